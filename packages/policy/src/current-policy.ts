import { allow, type Deadline, deadlinesFor } from '@concord/domain/calendar/deadlines'
import { fold } from '@concord/domain/fold'
import type { Tfc } from '@concord/domain/ids'
import type { Urgency } from '@concord/domain/independence/facts'
import type { Field } from '@concord/domain/independence/pair-of'
import { type RuleRow, rulesOn } from '@concord/domain/independence/rule'
import type { CalendarDate, Instant } from '@concord/domain/time'
import { calendars, type Jurisdiction } from './calendar.ts'
import { deadlines, glassReview, replies } from './deadlines.ts'
import { neverMended, rules } from './rules.ts'
import { specialtyOf } from './specialties.ts'

/** The rules and clocks in force on a day, under the version that assessments keep. */
export type Policy = {
  readonly version: string
  readonly rules: readonly RuleRow[]
  readonly neverMended: readonly string[]
  readonly fieldOf: (tfc: Tfc) => Field
  /** Whether a request can be for it. */
  readonly isSpecialty: (tfc: Tfc) => boolean
  readonly deadlines: (urgency: Urgency, submittedAt: Instant) => readonly Deadline[]
  readonly shareBy: (urgency: Urgency, reportedAt: Instant) => Deadline | null
  readonly replyBy: (urgency: Urgency, offeredAt: Instant) => Instant
  /** By when a guardian looks at a glass that was broken. */
  readonly reviewGlassBy: (brokenAt: Instant) => Instant
}

/** Changed with any row, so that an assessment says which set it was made by. */
export const policyVersion = 'rules-2'

/** What counts for a specialty. Each of these has centres enough in the United Kingdom, so that a neighbour is a note and no more [I]. */
const fieldOf = (tfc: Tfc): Field => {
  const registers = specialtyOf(tfc)?.registers.map(fold) ?? null
  return { registers, centres: registers && MANY_CENTRES }
}
const MANY_CENTRES = 10

/** The policy of a jurisdiction on a day. A day before the first rule has none, and asking for it is a bug. */
export const policyFor =
  (jurisdiction: Jurisdiction) =>
  (on: CalendarDate): Policy => {
    const inForce = rulesOn(rules, on)
    if (inForce.length === 0) throw new Error(`No policy was in force on ${on}`)
    const calendar = calendars[jurisdiction]
    return {
      version: policyVersion,
      rules: inForce,
      neverMended,
      fieldOf,
      isSpecialty: (tfc) => specialtyOf(tfc) !== undefined,
      deadlines: (urgency, submittedAt) => deadlinesFor(urgency, submittedAt, deadlines, calendar),
      shareBy: (urgency, reportedAt) => {
        const { share } = deadlines[urgency]
        return share && { step: 'share', ...allow(share, reportedAt, calendar) }
      },
      replyBy: (urgency, offeredAt) => allow(replies[urgency], offeredAt, calendar).by,
      reviewGlassBy: (brokenAt) => allow(glassReview, brokenAt, calendar).by,
    }
  }
