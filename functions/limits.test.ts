import { must, parseSubject } from '@concord/domain/ids'
import { addMinutes } from '@concord/domain/time'
import { at } from '@concord/testkit/facts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counted, limitsOf, usualAllowances } from './limits.ts'

const began = at('2026-06-15T12:00:00Z')
const [one, two] = [must(parseSubject, 'one'), must(parseSubject, 'two')]
const plain: Counted = { namesId: false }
const costly: Counted = { isCostly: true, namesId: false }
const aboutOne: Counted = { namesId: true }

type Act = {
  readonly who: typeof one
  readonly what: 'missed' | Counted
  readonly times: number
  readonly minutes: number
}

const counting = () => {
  let now = began
  const limits = limitsOf({ now: () => now })
  return {
    limits,
    later: (minutes: number) => {
      now = addMinutes(now, minutes)
    },
    times: (n: number, call: Counted, who = one) => Array.from({ length: n }, () => limits.count(who, call)),
  }
}

describe('how often one may call', () => {
  test('is as often as a person works, and more again after a while', () => {
    const { times, later } = counting()
    expect(new Set(times(usualAllowances.calls.burst, plain))).toEqual(new Set([0]))
    expect(times(1, plain)).toEqual([1])
    later(1)
    expect(new Set(times(100, plain))).toEqual(new Set([0]))
  })

  test('is less for what weighs or shows much at once, and the rest goes on', () => {
    const { times, limits } = counting()
    expect(new Set(times(usualAllowances.costly.burst, costly))).toEqual(new Set([0]))
    expect([limits.isOver(one, costly), times(1, costly)]).toEqual([true, [3]])
    expect([limits.isOver(one, plain), times(1, plain)]).toEqual([false, [0]])
  })

  test('is least for asking for what is not there: then nothing is found under any id for a while, and the rest goes on', () => {
    const { limits, times, later } = counting()
    for (let n = 0; n < usualAllowances.misses.burst; n += 1) {
      expect(limits.count(one, aboutOne)).toBe(0)
      limits.missed(one)
    }
    expect(times(1, aboutOne)).toEqual([10])
    expect([...times(1, plain), ...times(1, costly)]).toEqual([0, 0])
    later(1)
    expect(times(1, aboutOne)).toEqual([0])
  })

  test('does not grow less by looking, nor by being refused', () => {
    const { limits, times } = counting()
    for (let n = 0; n < 1_000; n += 1) limits.isOver(one, plain)
    times(usualAllowances.calls.burst, plain)
    const first = times(1, plain)
    expect(times(50, plain).at(-1)).toBe(first[0])
  })

  test('is one’s own: whatever somebody else does, the answers stay as they are', () => {
    const act: fc.Arbitrary<Act> = fc.record({
      who: fc.constantFrom(one, two),
      what: fc.constantFrom<'missed' | Counted>('missed', plain, costly, aboutOne),
      times: fc.integer({ min: 1, max: 60 }),
      minutes: fc.constantFrom(0, 0, 0, 1),
    })
    const toldTo = (acts: readonly Act[], only?: string) => {
      const { limits, later } = counting()
      return acts.flatMap(({ who, what, times, minutes }) => {
        later(minutes)
        if (only && who !== only) return []
        return Array.from({ length: times }, () => {
          if (what !== 'missed') return { who, wait: limits.count(who, what) }
          limits.missed(who)
          return { who, wait: 0 }
        })
      })
    }
    fc.assert(
      fc.property(fc.array(act, { maxLength: 25 }), (acts) => {
        for (const who of [one, two]) expect(toldTo(acts).filter((told) => told.who === who)).toEqual(toldTo(acts, who))
      }),
    )
  })
})
