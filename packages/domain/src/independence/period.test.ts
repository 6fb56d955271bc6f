import { day } from '@concord/testkit/facts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../time.ts'
import { lookBack, type Period, touches, touchTogether } from './period.ts'

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
