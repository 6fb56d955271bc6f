import { allow, type Deadline, deadlinesFor } from '@concord/domain/calendar/deadlines'
import type { Urgency } from '@concord/domain/independence/facts'
import { type RuleRow, rulesOn } from '@concord/domain/independence/rule'
import type { CalendarDate, Instant } from '@concord/domain/time'
import { calendars, type Jurisdiction } from './calendar.ts'
import { deadlines, replies } from './deadlines.ts'
import { rules } from './rules.ts'

/** The rules and clocks in force on a day, under the version that assessments keep. */
export type Policy = {
  readonly version: string
  readonly rules: readonly RuleRow[]
  readonly deadlines: (urgency: Urgency, submittedAt: Instant) => readonly Deadline[]
  readonly shareBy: (urgency: Urgency, reportedAt: Instant) => Deadline | null
  readonly replyBy: (urgency: Urgency, offeredAt: Instant) => Instant
}

// Changed with any row, so that an assessment says which set it was made by.
const VERSION = 'working-set-1'

/** The policy of a jurisdiction on a day. A day before the first rule has none, and asking for it is a bug. */
export const policyFor =
  (jurisdiction: Jurisdiction) =>
  (on: CalendarDate): Policy => {
    const inForce = rulesOn(rules, on)
    if (inForce.length === 0) throw new Error(`No policy was in force on ${on}`)
    const calendar = calendars[jurisdiction]
    return {
      version: VERSION,
      rules: inForce,
      deadlines: (urgency, submittedAt) => deadlinesFor(urgency, submittedAt, deadlines, calendar),
      shareBy: (urgency, reportedAt) => {
        const { share } = deadlines[urgency]
        return share && { step: 'share', ...allow(share, reportedAt, calendar) }
      },
      replyBy: (urgency, offeredAt) => allow(replies[urgency], offeredAt, calendar).by,
    }
  }
