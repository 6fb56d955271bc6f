import type { Deadline } from '@concord/domain/calendar/deadlines'
import type { Urgency } from '@concord/domain/independence/facts'
import type { RuleRow } from '@concord/domain/independence/rule'
import type { CalendarDate, Instant } from '@concord/domain/time'

/** The rules and clocks in force on a day, under the version that assessments keep. */
export type PolicyInForce = {
  readonly version: string
  readonly rules: readonly RuleRow[]
  readonly deadlines: (urgency: Urgency, submittedAt: Instant) => readonly Deadline[]
  readonly shareBy: (urgency: Urgency, reportedAt: Instant) => Deadline | null
  readonly replyBy: (urgency: Urgency, offeredAt: Instant) => Instant
}
export type PolicyBook = (on: CalendarDate) => PolicyInForce
