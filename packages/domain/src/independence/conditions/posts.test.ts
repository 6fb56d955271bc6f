import { day, org, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, heldAt, judging } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import type { Post } from '../pair.ts'
import type { Condition } from '../rule.ts'

const by = (condition: Condition, lookBackMonths: number | null = 12) => {
  const judged = judging([aRule({ condition, lookBackMonths, severity: 'MANAGE' })])
  return (posts: readonly Post[] | null, over: object = {}, request: object = {}) =>
    judged(aPair({ candidate: { posts, ...over }, request })).findings.map(
      ({ severity, confidence }) => `${severity} ${confidence}`,
    )
}
const until = (to: string) => ({ from: day('2010-01-01'), to: day(to) })

describe('a post at the trust that asks', () => {
  const weigh = by({ kind: 'post-at-trust', confirmedWithin: 12 })

  test('is declared where it is named, and derived where it took a file to see it', () => {
    expect(weigh([heldAt('XA1')])).toEqual(['MANAGE declared'])
    expect(weigh([heldAt('XA0', until('2026-01-01'))])).toEqual(['MANAGE derived'])
    expect(weigh([heldAt('XU1', { site: org('XA102') })])).toEqual(['MANAGE derived'])
  })

  test('is open where a name may be that of several trusts, and settled where all of them are the same', () => {
    expect(weigh([heldAt('XA1', { orgs: [org('XA1'), org('XB1')] })])).toEqual(['UNKNOWN unknown'])
    expect(weigh([heldAt('XA1', { orgs: [org('XA1'), org('XA0')] })])).toEqual(['MANAGE declared'])
    expect(weigh([heldAt('XB1', { orgs: [org('XB1'), org('XC1')] })])).toEqual([])
  })

  test('is open where its name is nobody’s, unless the site settles it', () => {
    expect(weigh([heldAt('XA1', { orgs: [] })])).toEqual(['UNKNOWN unknown'])
    expect(weigh([heldAt('XA1', { orgs: [], site: org('XC101') })])).toEqual([])
    expect(weigh([heldAt('XA1', { orgs: [], site: org('XA101') })])).toEqual(['MANAGE derived'])
  })

  test('that began on a day nobody knows, and goes on, is there', () => {
    expect(weigh([heldAt('XA1', { from: null })])).toEqual(['MANAGE declared'])
  })

  test('that ended in a year that reaches into the look-back is open', () => {
    const year = { earliest: day('2025-01-01'), latest: day('2025-12-31') }
    expect(weigh([heldAt('XA1', { from: day('2010-01-01'), to: year })])).toEqual(['UNKNOWN unknown'])
    const last = { earliest: day('2024-01-01'), latest: day('2024-12-31') }
    expect(weigh([heldAt('XA1', { from: day('2010-01-01'), to: last })])).toEqual([])
  })

  test('may be where a treating consultant may still be employed', () => {
    const treating = [aTreating({ posts: [heldAt('XA1'), heldAt('XB1', { to: null })] })]
    expect(weigh([heldAt('XB1')], {}, { treating })).toEqual(['UNKNOWN unknown'])
  })
})

describe('having left the trust that asks', () => {
  const weigh = by({ kind: 'left-trust', afterMonths: 12, older: 'NOTE' }, 60)

  test('is not said of who is there again', () => {
    expect(weigh([heldAt('XA1', until('2022-01-01')), heldAt('XA1', { from: today })])).toEqual([])
  })

  test('is weighed by the post that was left last', () => {
    expect(weigh([heldAt('XA1', until('2015-01-01')), heldAt('XA1', until('2024-01-01'))])).toEqual(['MANAGE declared'])
  })

  test('of a trust that another is not, is not said', () => {
    expect(weigh([heldAt('XB1', until('2024-01-01'))])).toEqual([])
    expect(weigh(null)).toEqual(['UNKNOWN unknown'])
  })
})

describe('a site where the child is seen', () => {
  const weigh = by({ kind: 'shared-site' }, null)

  test('is known by the list of sites worked, where a post does not name its own', () => {
    const post = heldAt('XC1', { site: null })
    expect(weigh([post], { sitesWorked: [] })).toEqual([])
    expect(weigh([post], { sitesWorked: null })).toEqual(['UNKNOWN unknown', 'UNKNOWN unknown'])
    expect(weigh([post], { sitesWorked: [{ site: org('XA101'), ...always }] })).toEqual(['MANAGE declared'])
  })
})

describe('a neighbour', () => {
  const weigh = by({ kind: 'neighbour', centres: 3, fewCentres: 'BAR' }, null)

  test('is not said of who is in one team with a treating consultant, which is another rule’s', () => {
    const teams = [{ id: 'team-a', kind: 'team', ...always }]
    expect(weigh([heldAt('XN1')])).toEqual(['MANAGE derived'])
    expect(weigh([heldAt('XN1')], { teams })).toEqual([])
  })

  test('is not said of the trust itself', () => {
    expect(weigh([heldAt('XA1')])).toEqual([])
  })
})
