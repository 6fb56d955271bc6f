import { addMonths, type CalendarDate } from '../time.ts'

export type Ternary = 'yes' | 'no' | 'unknown'
export type Window = { readonly from: CalendarDate; readonly to: CalendarDate }

/** Known only to lie between two days: a year, or what several sources claim. `ongoing` as the latest: it may not have ended. */
export type Between = { readonly earliest: CalendarDate; readonly latest: CalendarDate | 'ongoing' }

/** From the first day to the last, both in force. `ongoing` is known not to have ended, null is unknown. */
export type Period = {
  readonly from: CalendarDate | Between | null
  readonly to: CalendarDate | 'ongoing' | Between | null
}

/** Holds when both do; one that does not settles it, whatever the other. */
export const both = (a: Ternary, b: Ternary): Ternary =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown'

/** Holds when any does. */
export const anyOf = (answers: readonly Ternary[]): Ternary =>
  answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'

export const not = (is: Ternary): Ternary => (is === 'yes' ? 'no' : is === 'no' ? 'yes' : 'unknown')

/** The days a rule looks at: the day itself, or back to the day exactly n months before, both included. */
export const lookBack = (months: number | null, asOf: CalendarDate): Window => {
  if (months === null) return { from: asOf, to: asOf }
  const byMonths = windows.get(asOf) ?? new Map<number, Window>()
  const window = byMonths.get(months) ?? { from: addMonths(asOf, -months), to: asOf }
  windows.set(asOf, byMonths.set(months, window))
  return window
}

// A register is judged on one day by a few spans: reckoning them anew for each candidate took half of the whole assessment.
const windows = new Map<CalendarDate, Map<number, Window>>()

/** Whether a period covers any day of the window. An end before its start contradicts itself and says nothing. */
export const touches = (period: Period, window: Window): Ternary => touchesWithin(limitsOf(period, window.to), window)

/** Whether two periods cover a same day of the window: who never overlapped were not colleagues. */
export const touchTogether = (a: Period, b: Period, window: Window): Ternary => {
  const [one, other] = [limitsOf(a, window.to), limitsOf(b, window.to)]
  const each = both(touchesWithin(one, window), touchesWithin(other, window))
  if (isContradictory(one) || isContradictory(other)) return each
  const shared = {
    fromMin: later(one.fromMin, other.fromMin),
    fromMax: later(one.fromMax, other.fromMax),
    toMin: earlier(one.toMin, other.toMin),
    toMax: earlier(one.toMax, other.toMax),
  }
  if (isContradictory(shared)) return 'no'
  // Both may reach into the window and yet not meet, where a bound of either is not known.
  const isSure = shared.fromMax <= shared.toMin
  return both(each, isSure ? touchesWithin(shared, window) : both(touchesWithin(shared, window), 'unknown'))
}

/** Whether a day that may be known only roughly lies in the window. */
export const liesIn = (on: CalendarDate | Between | null, window: Window): Ternary =>
  on === null ? 'unknown' : touches({ from: on, to: on }, window)

/** Whether a period is over before a day: its last day lies before it. */
export const endedBefore = (period: Period, on: CalendarDate): Ternary => {
  const { toMin, toMax } = limitsOf(period, on)
  return toMax < on ? 'yes' : toMin >= on ? 'no' : 'unknown'
}

/** The first and the last day as they are written in evidence: a day, two days it lies between, or null. */
export const written = (bound: CalendarDate | 'ongoing' | Between | null): string | null =>
  bound === null || typeof bound === 'string' ? bound : `${bound.earliest}/${bound.latest}`

type Limits = { readonly fromMin: string; readonly fromMax: string; readonly toMin: string; readonly toMax: string }

const FIRST = '0000-01-01'
// Days sort as text, and `ongoing` after all of them.
const LAST = 'ongoing'

// What goes on had begun by the day that it was looked at, whenever that was.
const limitsOf = ({ from, to }: Period, seen: CalendarDate): Limits => {
  const [fromMin, fromMax] =
    from === null
      ? [FIRST, to === 'ongoing' ? seen : LAST]
      : typeof from === 'string'
        ? [from, from]
        : [from.earliest, from.latest]
  const [toMin, toMax] = to === null ? [FIRST, LAST] : typeof to === 'string' ? [to, to] : [to.earliest, to.latest]
  return { fromMin, fromMax, toMin, toMax }
}

const touchesWithin = (limits: Limits, { from, to }: Window): Ternary => {
  const { fromMin, fromMax, toMin, toMax } = limits
  if (isContradictory(limits)) return 'unknown'
  if (fromMin > to || toMax < from) return 'no'
  // Since nothing ends before it starts, a start in the window reaches it, and so does an end.
  const reachesIn = toMin >= from || fromMin >= from
  const startsInTime = fromMax <= to || toMax <= to
  return reachesIn && startsInTime ? 'yes' : 'unknown'
}

const isContradictory = ({ fromMin, toMax }: Limits) => toMax < fromMin

const later = (a: string, b: string) => (a > b ? a : b)
const earlier = (a: string, b: string) => (a < b ? a : b)
