import { day } from '@concord/testkit/facts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../time.ts'
import {
  anyOf,
  both,
  endedBefore,
  liesIn,
  lookBack,
  not,
  type Period,
  type Ternary,
  touches,
  touchTogether,
  written,
} from './period.ts'

const start = day('2026-01-01')
const LAST = 12
const window = { from: addDays(start, 4), to: addDays(start, 8) }

const days = fc.integer({ min: 0, max: LAST })
const known = fc.record({ from: days, to: fc.option(days, { nil: 'ongoing' as const }) })
const hidden = fc.record({ from: fc.boolean(), to: fc.boolean() })
type Known = { readonly from: number; readonly to: number | 'ongoing' }

const periodOf = ({ from, to }: Known, hide = { from: false, to: false }): Period => ({
  from: hide.from ? null : addDays(start, from),
  to: hide.to ? null : to === 'ongoing' ? to : addDays(start, to),
})
const covers = ({ from, to }: Known, on: number) => from <= on && (to === 'ongoing' || on <= to)
const isSound = ({ from, to }: Known) => to === 'ongoing' || from <= to
const inWindow = [4, 5, 6, 7, 8]

describe('a period', () => {
  test('touches a window as a calendar of single days says', () => {
    fc.assert(
      fc.property(known.filter(isSound), (one) => {
        expect(touches(periodOf(one), window)).toBe(inWindow.some((on) => covers(one, on)) ? 'yes' : 'no')
      }),
    )
  })

  test('of which a day is unknown is never said to touch or not to touch against the truth', () => {
    fc.assert(
      fc.property(known.filter(isSound), hidden, (one, hide) => {
        // An open end is a fact of its own: a start that is hidden cannot lie ahead of it.
        fc.pre(!(hide.from && one.to === 'ongoing' && one.from > 8))
        const said = touches(periodOf(one, hide), window)
        if (said !== 'unknown') expect(said).toBe(touches(periodOf(one), window))
      }),
    )
  })

  test('that ends before it starts says nothing', () => {
    expect(touches({ from: addDays(start, 6), to: addDays(start, 5) }, window)).toBe('unknown')
  })

  test('touches together with another only on a day they share', () => {
    fc.assert(
      fc.property(known.filter(isSound), known.filter(isSound), (a, b) => {
        const shared = inWindow.some((on) => covers(a, on) && covers(b, on))
        expect(touchTogether(periodOf(a), periodOf(b), window)).toBe(shared ? 'yes' : 'no')
        expect(touchTogether(periodOf(b), periodOf(a), window)).toBe(shared ? 'yes' : 'no')
      }),
    )
  })

  test('looks back to the day exactly n months before, or at the day itself', () => {
    expect(lookBack(12, day('2026-06-15'))).toEqual({ from: '2025-06-15', to: '2026-06-15' })
    expect(lookBack(12, day('2028-02-29'))).toEqual({ from: '2027-02-28', to: '2028-02-29' })
    expect(lookBack(null, day('2026-06-15'))).toEqual({ from: '2026-06-15', to: '2026-06-15' })
  })
})

// What is known of a bound, and every day it then may be: beyond the days that are written one more on either side says all.
type Bound = { readonly said: Period['to']; readonly days: readonly number[] }
const every = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const NEVER = Number.POSITIVE_INFINITY
const on = (at: number) => addDays(start, at)
const between = (earliest: number, latest: number): Bound => ({
  said: { earliest: on(earliest), latest: on(latest) },
  days: every.filter((at) => earliest <= at && at <= latest),
})
const bounds: readonly Bound[] = [
  ...[1, 3, 5, 7].map((at) => ({ said: on(at), days: [at] })),
  ...[1, 2, 3, 5, 6].flatMap((from) => [3, 5, 7].flatMap((to) => (from < to ? [between(from, to)] : []))),
]
const starts = [...bounds, { said: null, days: every }].flatMap(({ said, days: all }) =>
  said === 'ongoing' ? [] : [{ said, days: all }],
)
const ends: readonly Bound[] = [
  ...bounds,
  { said: null, days: [...every, NEVER] },
  { said: 'ongoing', days: [NEVER] },
  ...[1, 3, 5, 7].map((at) => ({
    said: { earliest: on(at), latest: 'ongoing' as const },
    days: [...every.filter((later) => later >= at), NEVER],
  })),
]
const near = { from: on(3), to: on(5) }
const days3to5 = [3, 4, 5]

type Blurred = { readonly period: Period; readonly ways: readonly (readonly [from: number, to: number])[] }
const blurred: readonly Blurred[] = starts.flatMap((from) =>
  ends.map((to) => ({
    period: { from: from.said, to: to.said },
    ways: from.days.flatMap((first) =>
      to.days.flatMap((last) => {
        // What goes on had begun by the day that it was looked at.
        const isBegun = to.said !== 'ongoing' || from.said !== null || first <= 5
        return first <= last && isBegun ? [[first, last] as const] : []
      }),
    ),
  })),
)
const settled = (answers: readonly boolean[]): Ternary =>
  answers.length === 0 ? 'unknown' : answers.every(Boolean) ? 'yes' : answers.some(Boolean) ? 'unknown' : 'no'
const label = ({ from, to }: Period) => `${written(from)} to ${written(to)}`

describe('a period of which only so much is known', () => {
  test('touches a window where it must, and does not where it cannot', () => {
    for (const { period, ways } of blurred) {
      const isIn = ways.map(([from, to]) => days3to5.some((at) => from <= at && at <= to))
      expect(touches(period, near), label(period)).toBe(settled(isIn))
    }
  })

  test('touches together with another where they must, and not where they cannot', () => {
    const some = fc.constantFrom(...blurred.filter(({ ways }) => ways.length > 0))
    fc.assert(
      fc.property(some, some, (a, b) => {
        const isShared = a.ways.flatMap(([from, to]) =>
          b.ways.map(([since, until]) => days3to5.some((at) => from <= at && at <= to && since <= at && at <= until)),
        )
        const said = touchTogether(a.period, b.period, near)
        if (said !== 'unknown') expect(said, `${label(a.period)}, ${label(b.period)}`).toBe(settled(isShared))
        expect(touchTogether(b.period, a.period, near)).toBe(said)
      }),
    )
  })
  const whole = { from: on(0), to: on(8) }
  const early = { from: on(3), to: { earliest: on(3), latest: on(5) } }
  const late = { from: { earliest: on(3), latest: on(5) }, to: on(5) }

  test.each([
    ['that contradicts itself, beside one that touches', { from: on(5), to: on(3) }, whole, 'unknown'],
    ['that contradicts itself, beside one that is over', { from: on(5), to: on(3) }, { from: on(0), to: on(2) }, 'no'],
    ['of which one may end before the other starts', early, late, 'unknown'],
    ['of which one surely starts before the other ends', { from: on(3), to: on(4) }, { from: on(4), to: on(5) }, 'yes'],
    ['of which one starts the day after the other ends', { from: on(3), to: on(4) }, { from: on(5), to: on(5) }, 'no'],
    ['of unknown days, beside one that covers all', { from: null, to: null }, whole, 'unknown'],
    ['that meet only after the window', { from: on(4), to: on(8) }, { from: on(6), to: on(8) }, 'no'],
  ] as const)('is settled with another as far as it can be: %s', (_, one, other, expected) => {
    expect(touchTogether(one, other, near)).toBe(expected)
    expect(touchTogether(other, one, near)).toBe(expected)
  })

  test.each([
    ['the day before', on(4), 'yes'],
    ['the day itself', on(5), 'no'],
    ['going on', 'ongoing', 'no'],
    ['not known', null, 'unknown'],
    ['between two days before', { earliest: on(1), latest: on(4) }, 'yes'],
    ['between a day before and the day itself', { earliest: on(1), latest: on(5) }, 'unknown'],
    ['the day itself or later', { earliest: on(5), latest: 'ongoing' }, 'no'],
  ] as const)('is over before a day where its end is %s: %s', (_, to, expected) => {
    expect(endedBefore({ from: on(0), to }, on(5))).toBe(expected)
  })

  test.each([
    [on(2), 'no'],
    [on(3), 'yes'],
    [on(5), 'yes'],
    [on(6), 'no'],
    [{ earliest: on(3), latest: on(5) }, 'yes'],
    [{ earliest: on(2), latest: on(5) }, 'unknown'],
    [null, 'unknown'],
  ] as const)('a day lies in a window, as far as it is known: %j %s', (at, expected) => {
    expect(liesIn(at, near)).toBe(expected)
  })

  test('is written with both days between which a bound lies', () => {
    expect([null, on(1), 'ongoing' as const, { earliest: on(1), latest: on(3) }].map(written)).toEqual([
      null,
      '2026-01-02',
      'ongoing',
      '2026-01-02/2026-01-04',
    ])
  })
})

describe('what is yes, no or unknown', () => {
  const all = ['yes', 'no', 'unknown'] as const

  test('is both where both are, and not where either is not', () => {
    expect(all.map((a) => all.map((b) => both(a, b)))).toEqual([
      ['yes', 'no', 'unknown'],
      ['no', 'no', 'no'],
      ['unknown', 'no', 'unknown'],
    ])
  })

  test('is any where one is, and not where none is', () => {
    expect(
      [[], ['no'], ['no', 'unknown'], ['unknown', 'yes'], ['no', 'yes']].map((list) => anyOf(list as Ternary[])),
    ).toEqual(['no', 'no', 'unknown', 'yes', 'yes'])
  })

  test('is turned round, and unknown stays unknown', () => {
    expect(all.map(not)).toEqual(['no', 'yes', 'unknown'])
  })
})
