import type { NetworkCode } from '@concord/domain/ids'
import type { CalendarDate, Instant } from '@concord/domain/time'
import { dateAt } from '@concord/domain/time'
import type { Clock } from './ports/outside.ts'
import type { Fact, ReactorStore } from './ports/reactor-store.ts'
import type { Banded, ReleasedFigures } from './ports/store.ts'

/** The NHS financial year of a day, April to March: `2026-27`. */
export const financialYear = (on: CalendarDate): string => {
  const year = Number(on.slice(0, 4)) - (on.slice(5) < '04-01' ? 1 : 0)
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`
}

/** Counts of persons from 0 to 7 are one band: a zero would say as much as a one (domain/metrics, method notes). */
const banded = (count: number): Banded => (count <= 7 ? '0-7' : count)

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
    matched: besides(matched.size, submitted.size),
    medianWorkingDays: days.length < MEDIAN_NEEDS ? null : medianOf(days),
  }
}

/** A count beside its whole: one band where it is small, and where the rest is, since a subtraction gives the rest away. */
const besides = (part: number, whole: number): ReleasedFigures['matched'] =>
  part > 7 && whole - part <= 7 ? 'all-but-0-7' : banded(part)

const spanFrom = (
  from: Instant | undefined,
  to: Instant,
  workingDays: (from: CalendarDate, to: CalendarDate) => number,
) => (from ? [workingDays(dateAt(from), dateAt(to))] : [])

/** Publishes the figures of a year that is over, once: a figure that were published twice could be told apart from itself. */
export const releaseFigures =
  ({ reactor, clock, workingDays }: ReleaseDeps) =>
  async (network: NetworkCode, period: string): Promise<Released> => {
    const now = financialYear(dateAt(clock.now()))
    if (!/^\d{4}-\d{2}$/.test(period) || period >= now) return { kind: 'not-over', now }
    const figures = figuresOf(await reactor.facts(network, period), workingDays)
    return (await reactor.putRelease({ network, period, figures })) === 'released'
      ? { kind: 'released', figures }
      : { kind: 'released-before' }
  }

export type ReleaseDeps = {
  readonly reactor: Pick<ReactorStore, 'facts' | 'putRelease'>
  readonly clock: Clock
  readonly workingDays: (from: CalendarDate, to: CalendarDate) => number
}
export type Released =
  | { readonly kind: 'released'; readonly figures: ReleasedFigures }
  | { readonly kind: 'released-before' }
  | { readonly kind: 'not-over'; readonly now: string }

const medianOf = (sorted: readonly number[]) => {
  const middle = sorted.length / 2
  const [low = 0, high = low] = Number.isInteger(middle)
    ? sorted.slice(middle - 1, middle + 1)
    : sorted.slice(Math.floor(middle))
  return Math.round(sorted.length % 2 === 0 ? (low + high) / 2 : low)
}
