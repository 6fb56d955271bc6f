import { addMonths, type CalendarDate } from '../time.ts'
import type { Period } from './facts.ts'

export type Ternary = 'yes' | 'no' | 'unknown'
export type Window = { readonly from: CalendarDate; readonly to: CalendarDate }

/** Holds when both do; one that does not settles it, whatever the other. */
export const both = (a: Ternary, b: Ternary): Ternary =>
  a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'unknown'

/** Holds when any does. */
export const anyOf = (answers: readonly Ternary[]): Ternary =>
  answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'

/** The days a rule looks at: the day itself, or back to the day exactly n months before, both included. */
export const lookBack = (months: number | null, asOf: CalendarDate): Window => {
  const key = `${months} ${asOf}`
  const window = windows.get(key) ?? { from: months === null ? asOf : addMonths(asOf, -months), to: asOf }
  windows.set(key, window)
  return window
}

// A register is judged on one day by a few spans: reckoning them anew for each candidate took half of the whole assessment.
const windows = new Map<string, Window>()

/** Whether a period covers any day of the window. An end before its start contradicts itself and says nothing. */
export const touches = (period: Period, window: Window): Ternary => {
  const { from, to } = period
  if (isContradictory(period)) return 'unknown'
  if (to !== null && to !== 'ongoing' && to < window.from) return 'no'
  if (from !== null && from > window.to) return 'no'
  if (to === 'ongoing' || (from !== null && from >= window.from)) return 'yes'
  if (to === null) return 'unknown'
  // The last day is in the window, or the first known to lie before it; an unknown start after a later end proves nothing.
  return from !== null || to <= window.to ? 'yes' : 'unknown'
}

/** Whether two periods cover a same day of the window: who never overlapped were not colleagues. */
export const touchTogether = (a: Period, b: Period, window: Window): Ternary => {
  const each = both(touches(a, window), touches(b, window))
  if (isContradictory(a) || isContradictory(b)) return each
  const shared = meeting(a, b)
  return both(each, isContradictory(shared) ? 'no' : touches(shared, window))
}

const isContradictory = ({ from, to }: Period) => from !== null && to !== null && to !== 'ongoing' && to < from

// Days sort as text, and `ongoing` after all of them.
const meeting = (a: Period, b: Period): Period => ({
  from: a.from === null || b.from === null ? null : ([a.from, b.from].toSorted()[1] ?? null),
  to: a.to === null || b.to === null ? null : ([a.to, b.to].toSorted()[0] ?? null),
})
