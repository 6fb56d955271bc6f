import type { CalendarDate, Instant } from '@concord/domain/time'
import { dateAt } from '@concord/domain/time'
import type { Fact } from './ports/reactor-store.ts'
import type { Banded, ReleasedFigures } from './ports/store.ts'

/** The NHS financial year of a day, April to March: `2026-27`. */
export const financialYear = (on: CalendarDate): string => {
  const year = Number(on.slice(0, 4)) - (on.slice(5) < '04-01' ? 1 : 0)
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`
}

/** Counts of persons from 0 to 7 are one band: a zero would say as much as a one (domain/metrics, method notes). */
export const banded = (count: number): Banded => (count <= 7 ? '0-7' : count)

/** A median needs ten behind it. */
const MEDIAN_NEEDS = 10

/** What may be said of a year: made of facts once, published, and never of one child. */
export const figuresOf = (
  facts: readonly Fact[],
  workingDays: (from: CalendarDate, to: CalendarDate) => number,
): ReleasedFigures => {
  const at = (what: Fact['what']) =>
    new Map(facts.flatMap((fact) => (fact.what === what ? [[fact.request, fact.at] as const] : [])))
  const [submitted, matched, reported] = [at('submitted'), at('matched'), at('reported')]
  const days = [...reported]
    .flatMap(([request, to]) => spanFrom(submitted.get(request), to, workingDays))
    .toSorted((a, b) => a - b)
  return {
    requests: banded(submitted.size),
    matched: banded(matched.size),
    medianWorkingDays: days.length < MEDIAN_NEEDS ? null : medianOf(days),
  }
}

const spanFrom = (
  from: Instant | undefined,
  to: Instant,
  workingDays: (from: CalendarDate, to: CalendarDate) => number,
) => (from ? [workingDays(dateAt(from), dateAt(to))] : [])

const medianOf = (sorted: readonly number[]) => {
  const middle = sorted.length / 2
  const [low = 0, high = low] = Number.isInteger(middle)
    ? sorted.slice(middle - 1, middle + 1)
    : sorted.slice(Math.floor(middle))
  return Math.round(sorted.length % 2 === 0 ? (low + high) / 2 : low)
}
