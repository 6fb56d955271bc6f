import type { Actor, Role } from '../actor.ts'
import { fold } from '../fold.ts'
import type { TeamId } from '../ids.ts'
import { type CalendarDate, dateAt, type Instant } from '../time.ts'

/** A clinical team, meeting, rota or transport service on the list of a trust or a network. Its name is the organisation's, and no case's. */
export type Team = {
  readonly id: TeamId
  readonly name: string
  readonly version: number
  /** Since when it is not chosen any more; who was in it before still was. */
  readonly retiredOn: CalendarDate | null
}

/** Whose list it is says who keeps it: a trust's second opinion lead, or the network for teams that belong to none of its trusts. */
export const teamKeepers = {
  trust: ['eso-lead'],
  network: ['coordinator', 'clinical-lead'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type TeamCommand =
  | { readonly type: 'add'; readonly team: TeamId; readonly name: string }
  | { readonly type: 'rename'; readonly team: TeamId; readonly name: string }
  | { readonly type: 'retire' | 'restore'; readonly team: TeamId }

/** One thing that happened to a list. It holds no name: events are kept for good, and a name can be changed. */
export type TeamEvent = {
  readonly type: 'team.added' | 'team.renamed' | 'team.retired' | 'team.restored'
  readonly team: TeamId
  readonly at: Instant
  readonly by: Actor
}

export type TeamRefusal =
  | { readonly kind: 'not-found'; readonly what: 'team' }
  /** Two entries for one team would hide that two people are in it. */
  | { readonly kind: 'team-listed-already' }
  | { readonly kind: 'team-unchanged'; readonly step: 'retire' | 'restore' }

const happens = {
  add: 'team.added',
  rename: 'team.renamed',
  retire: 'team.retired',
  restore: 'team.restored',
} as const

/** Decides what a command does to one team of a list. */
export const decideTeam = (
  list: readonly Team[],
  command: TeamCommand,
  { at, actor }: { readonly at: Instant; readonly actor: Actor },
): { readonly kind: 'decided'; readonly event: TeamEvent } | TeamRefusal => {
  const found = list.find(({ id }) => id === command.team)
  if (command.type !== 'add' && !found) return { kind: 'not-found', what: 'team' }
  const isNamed = (name: string) =>
    list.some((one) => one.id !== command.team && one.retiredOn === null && fold(one.name) === fold(name))
  switch (command.type) {
    case 'add':
    case 'rename':
      if (isNamed(command.name)) return { kind: 'team-listed-already' }
      break
    case 'retire':
      if (found?.retiredOn !== null) return { kind: 'team-unchanged', step: 'retire' }
      break
    case 'restore':
      if (found?.retiredOn === null) return { kind: 'team-unchanged', step: 'restore' }
      if (found && isNamed(found.name)) return { kind: 'team-listed-already' }
  }
  return { kind: 'decided', event: { type: happens[command.type], team: command.team, at, by: actor } }
}

/** What a team becomes when something happened to it, under the name that was said with it. */
export const evolveTeam = (before: Team | undefined, { type, team, at }: TeamEvent, name: string | null): Team => {
  const version = (before?.version ?? 0) + 1
  if (type === 'team.added') {
    if (name === null) throw new Error('A team is added with its name')
    return { id: team, name, version, retiredOn: null }
  }
  if (!before) throw new Error('Only a team that was added changes')
  switch (type) {
    case 'team.renamed':
      return { ...before, version, name: name ?? before.name }
    case 'team.retired':
      return { ...before, version, retiredOn: dateAt(at) }
    case 'team.restored':
      return { ...before, version, retiredOn: null }
  }
}
