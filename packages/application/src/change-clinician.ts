import type { Application, ClinicianState } from '@concord/domain/clinician/clinician'
import { type ClinicianCommand, decideClinician, evolveClinician } from '@concord/domain/clinician/decide'
import type { Work } from '@concord/domain/evidence/work'
import { type WorkAnswer, wordOn, type wordsOn } from '@concord/domain/evidence/works-to-say'
import { type ClinicianId, must, type NetworkCode, parseClinicianId, type Tfc } from '@concord/domain/ids'
import { isNonEmpty } from '@concord/domain/result'
import { dateAt, type Instant } from '@concord/domain/time'
import { actorOf, type Caller, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord } from './on-record.ts'
import { scopeOf } from './scope.ts'
import { type Asked, answeredBefore, untilSettled } from './take-step.ts'
import { teamsNotListed } from './teams-listed.ts'

/** What a person may ask of a register entry; places are taken and given back by the process alone. */
export type EntryStep =
  | { readonly type: 'apply'; readonly entry: Application }
  | Extract<
      ClinicianCommand,
      { readonly type: 'verify' | 'list' | 'unlist' | 'set-availability' | 'record-affiliations' }
    >
  | { readonly type: 'declare' }
  | { readonly type: 'record-works'; readonly works: string }
  | { readonly type: 'say-works'; readonly works: readonly WorkAnswer[] }

/** Takes one step of a register entry, on behalf of the network that keeps it or of the clinician. */
export const changeClinician =
  ({ storeFor, clock, ids, readBibliography, inventedAllowed, trustsOf }: Deps) =>
  async (
    { id, step, asked }: { readonly id: ClinicianId | null; readonly step: EntryStep; readonly asked: Asked },
    caller: Caller,
  ) => {
    const { membership } = caller
    const home = homeOf(caller)
    const { role } = membership
    if (id === null && role !== 'coordinator' && role !== 'clinical-lead')
      return { kind: 'entry-not-yours', step: step.type, role } as const
    if (!home || (membership.role === 'clinician' && id !== membership.clinician))
      return { kind: 'not-found', what: 'clinician' } as const
    // Read when the membership holds, and once, however often the step is tried.
    let read: ReturnType<typeof readBibliography> | undefined
    const clinician = id ?? must(parseClinicianId, `cln_${ids.uuid()}`)
    const store = storeFor(scopeOf(membership))
    const trusts = teamsIn(step).length > 0 ? await trustsOf(home) : []
    const lists: ReadonlySet<string> = new Set([home, ...trusts.map((trust) => `${home}/${trust}`)])
    return untilSettled(store, asked, async () => {
      const loaded = await whileStanding(
        caller,
        Promise.all([
          store.once(asked.once.key),
          store.clinician(home, clinician),
          teamsNotListed({ storeFor }, teamsIn(step), { network: home, mayUse: (office) => lists.has(office) }),
        ]),
      )
      if (loaded === 'not-standing') return { kind: 'not-standing' } as const
      const [before, state, places] = loaded
      if (before) return answeredBefore(before, asked)
      if (!state && step.type !== 'apply') return { kind: 'not-found', what: 'clinician' } as const
      if (state && asked.ifMatch !== null && asked.ifMatch !== String(state.version))
        return { kind: 'changed' } as const

      if (isNonEmpty(places)) return { kind: 'not-on-the-list', places } as const
      if (step.type === 'record-works') read ??= readBibliography(step.works)
      if (read?.kind === 'unreadable-works') return read
      const works = read?.works ?? []
      const at = clock.now()
      const command = commandFor(step, { clinician, home, at, state, works })
      if ('kind' in command) return command
      const decision = decideClinician(state, command, { at, actor: actorOf(caller), inventedAllowed })
      if (decision.kind === 'nothing-to-do') throw new Error('Only a reactor gives places back')
      if (decision.kind !== 'decided') return decision
      const next = decision.events.reduce<ClinicianState | undefined>(evolveClinician, state)
      if (!next) throw new Error('A decided step left no clinician')
      const done = { id: next.id, tag: String(next.version) }
      const committed = await store.commit({
        clinician: { before: state?.version ?? 0, state: next, events: decision.events },
        ...(step.type === 'record-works' && { works: { home, clinician, works } }),
        once: { record: asked.once, done },
      })
      switch (committed.kind) {
        case 'committed':
          return { kind: 'done', done, repeated: false } as const
        case 'repeated':
          return answeredBefore(committed.record, asked)
        case 'stale':
          return { kind: 'met-another' } as const
        case 'claimed':
          return { kind: 'number-claimed' } as const
      }
    })
  }

const teamsIn = (step: EntryStep) => {
  const [at, teams] =
    step.type === 'apply'
      ? ['entry.facts', step.entry.facts.teams]
      : ['affiliations', step.type === 'record-affiliations' ? step.affiliations.teams : null]
  return (teams ?? []).map(({ team }, n) => ({ at: `${at}.teams.${n}.team`, team }))
}

/** One entry of the register, for the network that keeps it. */
export const readClinician =
  (deps: Deps) =>
  async ({ id }: { readonly id: ClinicianId }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-found', what: 'clinician' } as const
    const state = await whileStanding(caller, deps.storeFor(scopeOf(membership)).clinician(membership.network, id))
    if (state === 'not-standing') return { kind: 'not-standing' } as const
    if (!state) return { kind: 'not-found', what: 'clinician' } as const
    await putOnRecord(deps, caller, { about: `${membership.network}/office`, did: `clinician.read ${id}` })
    return { kind: 'clinician', state } as const
  }

/** Who of a specialty can be asked: the network's own listings and the national ones. Searches of the register are on record too. */
export const readRegister =
  (deps: Deps) =>
  async ({ tfc }: { readonly tfc: Tfc }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-found', what: 'clinician' } as const
    const cards = await whileStanding(caller, deps.storeFor(scopeOf(membership)).cards(membership.network, tfc))
    if (cards === 'not-standing') return { kind: 'not-standing' } as const
    await putOnRecord(deps, caller, { about: `${membership.network}/office`, did: `register.search ${tfc}` })
    return { kind: 'register', cards } as const
  }

const homeOf = ({ membership }: Caller): NetworkCode | undefined => {
  if (membership.role === 'clinician') return membership.home
  return membership.role === 'coordinator' || membership.role === 'clinical-lead' ? membership.network : undefined
}

type At = {
  readonly clinician: ClinicianId
  readonly home: NetworkCode
  readonly at: Instant
  readonly state: ClinicianState | undefined
  readonly works: readonly Work[]
}
const commandFor = (step: EntryStep, { clinician, home, at, state, works }: At): ClinicianCommand | WorksRefusal => {
  switch (step.type) {
    case 'apply':
      return { ...step, id: clinician, home }
    case 'declare':
      return { type: 'declare', signedOn: dateAt(at) }
    case 'record-works':
      return { type: 'record-works', count: works.length }
    case 'say-works': {
      // A correction: of what was said before, once more.
      const before = state?.entry.facts.jointWorks ?? []
      const isSaid = (one: WorkAnswer) => before.find((was) => was.with === one.with && was.evidence === one.evidence)
      const said = step.works.flatMap((one) => {
        const was = isSaid(one)
        return was ? [wordOn(was, one.said, dateAt(at))] : []
      })
      const notAsked = step.works.length - said.length
      return isNonEmpty(said) && notAsked === 0
        ? { type: 'say-works', said }
        : { kind: 'works-to-say', missing: [], notAsked }
    }
    default:
      return step
  }
}
type WorksRefusal = Extract<ReturnType<typeof wordsOn>, { readonly kind: 'works-to-say' }>
