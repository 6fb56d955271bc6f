import type { Deadline } from '@concord/domain/calendar/deadlines'
import type { Tfc } from '@concord/domain/ids'
import type { Urgency } from '@concord/domain/independence/facts'
import type { Field } from '@concord/domain/independence/pair-of'
import type { RuleRow } from '@concord/domain/independence/rule'
import type { CalendarDate, Instant } from '@concord/domain/time'

/** The rules and clocks in force on a day, under the version that assessments keep. */
export type PolicyInForce = {
  readonly version: string
  readonly rules: readonly RuleRow[]
  /** Rules that no approval can mend (C44). */
  readonly neverMended: readonly string[]
  /** What counts for a specialty: its register entries and its centres. */
  readonly fieldOf: (tfc: Tfc) => Field
  /** Whether a request can be for it. */
  readonly isSpecialty: (tfc: Tfc) => boolean
  readonly deadlines: (urgency: Urgency, submittedAt: Instant) => readonly Deadline[]
  readonly shareBy: (urgency: Urgency, reportedAt: Instant) => Deadline | null
  readonly replyBy: (urgency: Urgency, offeredAt: Instant) => Instant
  /** By when a guardian looks at a glass that was broken. */
  readonly reviewGlassBy: (brokenAt: Instant) => Instant
}
/** What the engine weighs by: the rules in force, made stricter where a network or a trust wished. */
export type Rulebook = Pick<PolicyInForce, 'version' | 'rules' | 'neverMended' | 'fieldOf'>
export type PolicyBook = (on: CalendarDate) => PolicyInForce
