import { must, type NetworkCode, parseTeamId, type TeamId, type TrustCode } from '@concord/domain/ids'
import { decideTeam, evolveTeam, type TeamCommand, teamKeepers } from '@concord/domain/team/team'
import { actorOf, type Caller, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord } from './on-record.ts'
import { type Membership, officeOf, paths, teamsScope } from './scope.ts'
import { type Asked, afterCommit, answeredBefore, untilSettled } from './take-step.ts'
import { teamsOf } from './teams-listed.ts'

/** What a person asks of the list of teams that they keep. */
export type TeamStep =
  | { readonly type: 'add'; readonly name: string }
  | { readonly type: 'rename'; readonly team: TeamId; readonly name: string }
  | { readonly type: 'retire' | 'restore'; readonly team: TeamId }

const notStanding = { kind: 'not-standing' } as const

/** The teams that a caller may choose from: a trust's own and its network's; of a network, its own list or that of one of its trusts. */
export const readTeams =
  (deps: Deps) =>
  async ({ trust }: { readonly trust: TrustCode | null }, caller: Caller) => {
    const offices = await officesShown(deps, caller, trust)
    if (!offices) return notThere(caller, 'team')
    const lists = await whileStanding(caller, Promise.all(offices.map((office) => teamsOf(deps, office))))
    if (lists === 'not-standing') return notStanding
    await putOnRecord(deps, caller, { about: `${officeOf(caller.membership)}/office`, did: 'teams.read' })
    const kept = officeKept(caller.membership)
    return {
      kind: 'teams',
      teams: lists.flatMap((list, n) => list.map((team) => ({ ...team, isYours: offices[n] === kept }))),
    } as const
  }

/** Adds, renames, retires or restores a team of the list that is the caller's to keep. */
export const changeTeam =
  (deps: Deps) =>
  async ({ step, asked }: { readonly step: TeamStep; readonly asked: Asked }, caller: Caller) => {
    const office = officeKept(caller.membership)
    if (!office) return notThere(caller, 'team')
    const list = paths.teams(office)
    const store = deps.storeFor(teamsScope(office))
    const owner = office.split('/').at(-1) ?? ''
    const made = must(parseTeamId, `team_${owner}_${deps.ids.uuid().slice(-12)}`)
    const command: TeamCommand = step.type === 'add' ? { ...step, team: made } : step
    return untilSettled(store, asked, async () => {
      const loaded = await whileStanding(caller, Promise.all([store.once(asked.once.key), store.teams(list)]))
      if (loaded === 'not-standing') return notStanding
      const [before, teams] = loaded
      if (before) return answeredBefore(before, asked)
      const decision = decideTeam(teams, command, { at: deps.clock.now(), actor: actorOf(caller) })
      if (decision.kind !== 'decided') return decision
      const was = teams.find(({ id }) => id === command.team)
      const state = evolveTeam(was, decision.event, 'name' in command ? command.name : null)
      const done = { id: state.id, tag: String(state.version) }
      const committed = await store.commit({
        team: { list, before: was?.version ?? 0, state, event: decision.event },
        once: { record: asked.once, done },
      })
      return afterCommit(committed, asked, done)
    })
  }

/** The office whose list is a caller's to keep. */
const officeKept = (membership: Membership): string | undefined => {
  const kind = 'trust' in membership ? 'trust' : 'network'
  return teamKeepers[kind].some((role) => role === membership.role) ? officeOf(membership) : undefined
}

const officesShown = async (
  deps: Pick<Deps, 'trustsOf'>,
  { membership }: Caller,
  trust: TrustCode | null,
): Promise<readonly string[] | undefined> => {
  if ('trust' in membership)
    return trust === null || trust === membership.trust ? [officeOf(membership), membership.network] : undefined
  const network = networkOf(membership)
  if (!network) return undefined
  if (trust === null) return [network]
  return (await deps.trustsOf(network)).includes(trust) ? [`${network}/${trust}`] : undefined
}

/** The network whose lists a broker or a clinician of its register picks from. */
const networkOf = (membership: Membership): NetworkCode | undefined => {
  if (membership.role === 'clinician') return membership.home
  return membership.role === 'coordinator' || membership.role === 'clinical-lead' ? membership.network : undefined
}
