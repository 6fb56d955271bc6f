import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Allowance, buckets, takeOne } from './buckets.ts'

const allowances: fc.Arbitrary<Allowance> = fc.record({
  burst: fc.integer({ min: 1, max: 20 }),
  eachMs: fc.integer({ min: 1, max: 10_000 }),
})
/** Calls by one of three, each so long after the one before. */
const calls = fc.array(
  fc.record({ by: fc.constantFrom('one', 'two', 'three'), afterMs: fc.integer({ min: 0, max: 5_000 }) }),
  { maxLength: 120 },
)
type Call = { readonly by: string; readonly at: number }
const timed = (list: readonly { readonly by: string; readonly afterMs: number }[]): readonly Call[] => {
  let at = 1_750_000_000_000
  return list.map(({ by, afterMs }) => {
    at += afterMs
    return { by, at }
  })
}
/** For each call how long it was told to wait: none is 0. */
const answers = (allowance: Allowance, list: readonly Call[], most = 1_000) => {
  const held = buckets(allowance, most)
  return list.map(({ by, at }) => {
    const wait = held.waitMs(by, at)
    held.take(by, at)
    return wait
  })
}
/** How many were given by the nth call. */
const givenBy = (told: readonly number[], n: number) => told.slice(0, n + 1).filter((wait) => wait === 0).length
const ofOne = <T>(list: readonly Call[], told: readonly T[], who: string) => told.filter((_, n) => list[n]?.by === who)

describe('a bucket', () => {
  test('gives no more in any time than its burst and what flows in meanwhile', () => {
    fc.assert(
      fc.property(allowances, calls, (allowance, list) => {
        const all = timed(list).map(({ at }) => ({ by: 'one', at }))
        const told = answers(allowance, all)
        const given = all.filter((_, n) => told[n] === 0).map(({ at }) => at)
        for (const [from, first] of given.entries())
          for (const [to, last] of given.entries())
            if (to >= from)
              expect(to - from + 1).toBeLessThanOrEqual(allowance.burst + (last - first) / allowance.eachMs)
      }),
    )
  })

  test('gives one as soon as it said it would, and not a moment before', () => {
    fc.assert(
      fc.property(allowances, calls, (allowance, list) => {
        const held = buckets(allowance, 10)
        for (const { at } of timed(list)) {
          const wait = held.waitMs('one', at)
          if (wait > 0) {
            expect(held.waitMs('one', at + wait - 1)).toBe(1)
            expect(held.waitMs('one', at + wait)).toBe(0)
          }
          held.take('one', at)
        }
      }),
    )
  })

  test('that nobody takes from is full again', () => {
    fc.assert(
      fc.property(allowances, fc.integer({ min: 0, max: 2 ** 40 }), (allowance, now) => {
        const { burst, eachMs } = allowance
        const list = Array.from({ length: burst * 2 }, () => ({ by: 'one', at: now }))
        expect(answers(allowance, list).filter((wait) => wait === 0)).toHaveLength(burst)
        const rested = [...list, ...list.map(({ by }) => ({ by, at: now + burst * eachMs }))]
        expect(answers(allowance, rested).filter((wait) => wait === 0)).toHaveLength(burst * 2)
      }),
    )
  })

  test('loses nothing by what it refuses: to go on asking is not to wait longer', () => {
    const empty = takeOne({ burst: 1, eachMs: 1_000 }, { fullAt: 11_000, now: 10_000 })
    expect(empty).toEqual({ kind: 'empty', waitMs: 1_000 })
  })
})

describe('the buckets of many', () => {
  test('are told apart: whatever others do, one’s answers are the same as if they were alone', () => {
    fc.assert(
      fc.property(allowances, calls, (allowance, list) => {
        const all = timed(list)
        const told = answers(allowance, all)
        for (const who of ['one', 'two', 'three']) {
          const alone = all.filter(({ by }) => by === who)
          expect(ofOne(all, told, who)).toEqual(answers(allowance, alone))
        }
      }),
    )
  })

  test('that are too many to remember let nobody do less than they could alone', () => {
    fc.assert(
      fc.property(allowances, calls, (allowance, list) => {
        const all = timed(list)
        const told = answers(allowance, all, 1)
        for (const who of ['one', 'two', 'three']) {
          const alone = answers(
            allowance,
            all.filter(({ by }) => by === who),
          )
          const among = ofOne(all, told, who)
          for (const n of alone.keys()) expect(givenBy(among, n)).toBeGreaterThanOrEqual(givenBy(alone, n))
        }
      }),
    )
  })

  test('forget whoever was not seen for longest', () => {
    const held = buckets({ burst: 1, eachMs: 1_000 }, 2)
    for (const who of ['one', 'two', 'three']) held.take(who, 10_000)
    expect(['one', 'two', 'three'].map((who) => held.waitMs(who, 10_000))).toEqual([0, 1_000, 1_000])
  })
})
