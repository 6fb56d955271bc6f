import type { Actor, Role } from '../actor.ts'
import type { Subject } from '../ids.ts'
import { type ImplausibleDates, wrongInGrant } from '../plausible.ts'
import { isNonEmpty } from '../result.ts'
import { addDays, addMonths, type CalendarDate, dateAt, type Instant } from '../time.ts'

/** A role that somebody holds at a place, from a day on: granted by somebody else, looked at again every year. */
export type RoleHeld = {
  readonly subject: Subject
  /** Who they are to those who keep the list. */
  readonly name: string
  /** `<role>@<path>`. */
  readonly membership: string
  readonly version: number
  readonly from: CalendarDate
  /** The last day, where one was said. */
  readonly to: CalendarDate | null
  /** By when somebody has to say again that it is still right. */
  readonly reviewBy: CalendarDate
  readonly endedAt: Instant | null
}

/** How long a role goes on after the day by which it was to be looked at: long enough for a holiday, and no longer. */
const GRACE_DAYS = 28
const REVIEW_MONTHS = 12

export const nextReview = (from: CalendarDate) => addMonths(from, REVIEW_MONTHS)
/** The last day on which a role that nobody looks at again still holds. */
export const lapsesOn = ({ reviewBy }: Pick<RoleHeld, 'reviewBy'>) => addDays(reviewBy, GRACE_DAYS)

/** Whether a role holds on a day: begun, not ended, and not forgotten by those who keep it. */
export const holdsOn = (held: Pick<RoleHeld, 'from' | 'to' | 'reviewBy' | 'endedAt'>, on: CalendarDate) =>
  held.from <= on && (held.to === null || on <= held.to) && held.endedAt === null && on <= lapsesOn(held)

/** By whom each role is granted, looked at again and ended; an operator does it by command. */
export const grantors: Readonly<Record<Role, readonly Role[]>> = {
  requester: ['eso-lead'],
  'eso-lead': ['clinical-lead'],
  coordinator: ['clinical-lead'],
  'clinical-lead': ['operator'],
  clinician: ['coordinator', 'clinical-lead'],
  commissioner: ['operator'],
  // Who watches over leads is not theirs to choose.
  guardian: ['operator'],
  operator: ['operator'],
}

export type RoleCommand =
  | { readonly type: 'grant'; readonly name: string; readonly to: CalendarDate | null }
  | { readonly type: 'confirm' }
  | { readonly type: 'end' }

type Happened =
  | {
      readonly type: 'role.granted'
      readonly name: string
      readonly from: CalendarDate
      readonly to: CalendarDate | null
      readonly reviewBy: CalendarDate
      /** Who held the register entry before, where that was somebody else: a change of holder. */
      readonly follows: Subject | null
    }
  | { readonly type: 'role.confirmed'; readonly reviewBy: CalendarDate }
  | { readonly type: 'role.ended' }
/** One thing that happened to a role somebody holds. */
export type RoleEvent = Happened & {
  readonly subject: Subject
  readonly membership: string
  readonly at: Instant
  readonly by: Actor
}

export type RoleRefusal =
  | { readonly kind: 'role-not-yours'; readonly asked: Role; readonly role: Actor['role'] }
  /** Nobody grants, confirms or ends what they hold themselves. */
  | { readonly kind: 'own-role' }
  | { readonly kind: 'held-already' }
  /** A register entry has one holder at a time, and somebody else has this one. */
  | { readonly kind: 'entry-held' }
  | { readonly kind: 'not-held' }
  | ImplausibleDates

/** The role by which a register entry was last held. An entry is one person's: nobody else is given it until that role has ended. */
export type EntryHolder = { readonly version: number; readonly held: RoleHeld }

/** Whether a role goes on, or could yet be confirmed: one that was forgotten has not ended. */
const hasNotEnded = ({ endedAt, to }: Pick<RoleHeld, 'endedAt' | 'to'>, today: CalendarDate) =>
  endedAt === null && (to === null || today <= to)

export type RoleDecision = { readonly kind: 'decided'; readonly events: readonly [RoleEvent] } | RoleRefusal

/** Decides who gives, confirms and ends a role. */
export const decideRole = (
  state: RoleHeld | undefined,
  command: RoleCommand,
  asked: {
    readonly subject: Subject
    readonly membership: string
    readonly role: Role
    /** Of a register entry, the role by which it was last held; null for every other role. */
    readonly holder: RoleHeld | null
    readonly at: Instant
    readonly actor: Actor
  },
): RoleDecision => {
  const { subject, membership, role, holder, at, actor } = asked
  if (!grantors[role].some((one) => one === actor.role))
    return { kind: 'role-not-yours', asked: role, role: actor.role }
  if (actor.subject === subject) return { kind: 'own-role' }
  const today = dateAt(at)
  const stands = state !== undefined && hasNotEnded(state, today)
  const other = holder !== null && holder.subject !== subject ? holder : null
  if (other && command.type !== 'end' && hasNotEnded(other, today)) return { kind: 'entry-held' }
  const happened = (one: Happened): RoleDecision => ({
    kind: 'decided',
    events: [{ ...one, subject, membership, at, by: actor }],
  })
  switch (command.type) {
    case 'grant': {
      if (stands && holdsOn({ ...state, from: today }, today)) return { kind: 'held-already' }
      const { name, to } = command
      const wrong = wrongInGrant(to, today)
      if (isNonEmpty(wrong)) return { kind: 'implausible-dates', wrong }
      return happened({
        type: 'role.granted',
        name,
        from: today,
        to,
        reviewBy: nextReview(today),
        follows: other?.subject ?? null,
      })
    }
    case 'confirm':
      // One that lapsed can be confirmed too: it was forgotten, not ended.
      return stands ? happened({ type: 'role.confirmed', reviewBy: nextReview(today) }) : { kind: 'not-held' }
    case 'end':
      return stands ? happened({ type: 'role.ended' }) : { kind: 'not-held' }
  }
}

/** What an event makes of a role. */
export const evolveRole = (state: RoleHeld | undefined, event: RoleEvent): RoleHeld => {
  const version = (state?.version ?? 0) + 1
  if (event.type === 'role.granted') {
    const { subject, membership, name, from, to, reviewBy } = event
    return { subject, membership, name, from, to, reviewBy, version, endedAt: null }
  }
  if (!state) throw new Error('Only a role that was granted goes on or ends')
  return event.type === 'role.confirmed'
    ? { ...state, version, reviewBy: event.reviewBy }
    : { ...state, version, endedAt: event.at }
}
