import { day, org, today } from '@concord/testkit/facts'
import { aPair, aTreating, heldAt, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { EarlierOpinion } from '../pair.ts'
import type { RuleRow } from '../rule.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]

let count = 0
const opinion = (over: Partial<EarlierOpinion> = {}): EarlierOpinion => {
  count += 1
  return {
    id: `h${count}`,
    on: today,
    opinionBy: 'candidate',
    opinionUnit: null,
    requestedBy: 'T1',
    requestingUnit: null,
    requestingOrg: org('XA1'),
    ...over,
  }
}
const opinions = (many: number, over: Partial<EarlierOpinion> = {}) => Array.from({ length: many }, () => opinion(over))
const others = { opinionBy: 'X9', requestedBy: 'X8' }
const back = { opinionBy: 'T1', requestedBy: 'candidate' }
const brokered = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, opinions brokered earlier)`]

describe('opinions for one another', () => {
  const says = weighing(
    aRule({ severity: 'MANAGE', lookBackMonths: 24, condition: { kind: 'reciprocity', exchanges: 3 } }),
  )
  const withT1 = (many: number) => brokered('MANAGE', `${many} opinions exchanged with T1 in 24 months`)
  const between = (giving: string | null, asking: string | null) => ({
    ...others,
    opinionUnit: giving,
    requestingUnit: asking,
  })
  const units = (many: number, pair: string) =>
    brokered('MANAGE', `${many} opinions exchanged with ${pair} in 24 months`)

  test.each<Case>([
    ['are three', { history: opinions(3) }, withT1(3)],
    ['are four', { history: opinions(4) }, withT1(4)],
    ['are two', { history: opinions(2) }, []],
    ['are three in either direction', { history: [...opinions(1), ...opinions(2, back)] }, withT1(3)],
    ['are three of other people', { history: opinions(3, others) }, []],
    ['are three of the clinician for somebody else', { history: opinions(3, { requestedBy: 'X8' }) }, []],
    ['are three of somebody else for the consultant', { history: opinions(3, { opinionBy: 'X9' }) }, []],
    ['are three of nobody knows whom', { history: opinions(3, { opinionBy: null }) }, []],
    [
      'are two for one consultant and two for another',
      {
        history: [...opinions(2), ...opinions(2, { requestedBy: 'T2' })],
        request: { treating: [aTreating(), aTreating({ person: 'T2', role: 'treating' })] },
      },
      [],
    ],
    [
      'are three for another consultant',
      {
        history: opinions(3, { requestedBy: 'T2' }),
        request: { treating: [aTreating(), aTreating({ person: 'T2', role: 'treating' })] },
      },
      brokered('MANAGE', '3 opinions exchanged with T2 in 24 months'),
    ],
    [
      'are told by the most that are dated',
      {
        history: [...opinions(3), ...opinions(4, { requestedBy: 'T2' })],
        request: { treating: [aTreating(), aTreating({ person: 'T2', role: 'treating' })] },
      },
      brokered('MANAGE', '4 opinions exchanged with T2 in 24 months'),
    ],
    [
      'are told by name where they are as many',
      {
        history: [...opinions(3, { requestedBy: 'T2' }), ...opinions(3)],
        request: { treating: [aTreating({ person: 'T2', role: 'treating' }), aTreating()] },
      },
      withT1(3),
    ],
    ['go back to the day', { history: [...opinions(2), opinion({ on: day('2024-06-15') })] }, withT1(3)],
    ['go back a day longer', { history: [...opinions(2), opinion({ on: day('2024-06-14') })] }, []],
    ['lie ahead', { history: [...opinions(2), opinion({ on: addDays(today, 1) })] }, []],
    [
      'may be three',
      { history: [...opinions(2), opinion({ on: null })] },
      brokered('UNKNOWN', '2 opinions exchanged with T1 in 24 months'),
    ],
    ['are three beside one of no day', { history: [...opinions(3), opinion({ on: null })] }, withT1(3)],
    [
      'may be three some time in a year',
      { history: opinions(3, { on: { earliest: day('2024-01-01'), latest: day('2024-12-31') } }) },
      brokered('UNKNOWN', '0 opinions exchanged with T1 in 24 months'),
    ],
    ['are one opinion told three times', { history: opinions(3).map((one) => ({ ...one, id: 'h0' })) }, []],
    [
      'are three between a post and the trust',
      { history: opinions(3, between('XC1', 'XA1')) },
      units(3, 'XA1 and XC1'),
    ],
    [
      'are three between the trust and a post',
      { history: opinions(3, between('XA1', 'XC1')) },
      units(3, 'XA1 and XC1'),
    ],
    [
      'are three between a post’s site and a site of the child',
      { history: opinions(3, between('XC101', 'XA101')) },
      units(3, 'XA101 and XC101'),
    ],
    [
      'are three between the teams',
      { history: opinions(3, between('team-c', 'team-a')) },
      units(3, 'team-a and team-c'),
    ],
    [
      'are three with a unit where the clinician gave an opinion',
      {
        history: [
          ...opinions(3, between('unit-c', 'XA1')),
          opinion({ requestedBy: 'X8', opinionUnit: 'unit-c', on: day('2010-01-01') }),
        ],
      },
      units(3, 'XA1 and unit-c'),
    ],
    [
      'are three with a unit where the clinician asked',
      {
        history: [
          ...opinions(3, between('unit-c', 'XA1')),
          opinion({ opinionBy: 'X9', requestedBy: 'candidate', requestingUnit: 'unit-c', on: day('2010-01-01') }),
        ],
      },
      units(3, 'XA1 and unit-c'),
    ],
    [
      'are three with a unit where the consultant asked',
      {
        history: [
          ...opinions(3, between('XC1', 'unit-a')),
          opinion({ opinionBy: 'X9', requestingUnit: 'unit-a', on: day('2010-01-01') }),
        ],
      },
      units(3, 'XC1 and unit-a'),
    ],
    ['are three between units of no part', { history: opinions(3, between('XC1', 'XB1')) }, []],
    ['are three between units of the treating side', { history: opinions(3, between('XA1', 'XA101')) }, []],
    [
      'are three within one unit of both',
      { history: opinions(3, between('XA1', 'XA1')), candidate: { posts: [heldAt('XA1')] } },
      [],
    ],
    ['are three from nobody knows where', { history: opinions(3, between(null, 'XA1')) }, []],
    ['are three for nobody knows where', { history: opinions(3, between('XC1', null)) }, []],
    [
      'are three with where the clinician worked until today',
      { history: opinions(3, between('XB1', 'XA1')), candidate: { posts: [heldAt('XB1', { to: today })] } },
      units(3, 'XA1 and XB1'),
    ],
    [
      'are three with where the clinician worked until yesterday',
      {
        history: opinions(3, between('XB1', 'XA1')),
        candidate: { posts: [heldAt('XB1', { to: addDays(today, -1) })] },
      },
      [],
    ],
    [
      'are three with where nobody asked how long they worked',
      { history: opinions(3, between('XB1', 'XA1')), candidate: { posts: [heldAt('XB1', { to: null })] } },
      units(3, 'XA1 and XB1'),
    ],
    [
      'are three with a post that has no site',
      { history: opinions(3, between('none', 'XA1')), candidate: { posts: [heldAt('XB1')] } },
      [],
    ],
    [
      'are three for the trust, where nobody asked for posts and teams',
      { history: opinions(3, between('XC1', 'XA1')), candidate: { posts: null, teams: null } },
      [],
    ],
    [
      'are three for a team, where nobody asked for sites and teams',
      {
        history: opinions(3, between('XC1', 'team-a')),
        request: { sites: null, treating: [aTreating({ teams: null })] },
      },
      [],
    ],
    ['are none', { history: [] }, []],
    ['are nothing that anybody kept', { history: null }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('are the same whichever way they are told', () => {
    const history = [...opinions(2), opinion(back), ...opinions(1, { requestedBy: 'T2' })]
    expect(says({ history: history.toReversed() })).toEqual(says({ history }))
  })
})

test('what was brokered earlier is derived, whatever it shows', () => {
  const derived = (rule: RuleRow, history: readonly EarlierOpinion[]) =>
    judging([rule])(aPair({ history })).findings.map(({ confidence }) => confidence)
  const circle = aRule({ lookBackMonths: 24, condition: { kind: 'closed-circle', share: 30, atLeast: 5 } })
  const mutual = aRule({ lookBackMonths: 24, condition: { kind: 'reciprocity', exchanges: 3 } })
  expect(derived(mutual, opinions(3))).toEqual(['derived'])
  expect(derived(circle, opinions(5))).toEqual(['derived'])
  expect(derived(circle, [...opinions(5), opinion({ on: null })])).toEqual(['derived'])
})

test('an opinion that is told in two forms is told in the same one, in whatever order they come', () => {
  const says = weighing(aRule({ lookBackMonths: 24, condition: { kind: 'reciprocity', exchanges: 3 } }))
  const twice = [opinion(), { ...opinion(back), on: day('2010-01-01') }].map((one) => ({ ...one, id: 'twice' }))
  const history = [...opinions(2), ...twice]
  expect(says({ history: history.toReversed() })).toEqual(says({ history }))
  expect(says({ history })).toEqual(brokered('BAR', '3 opinions exchanged with T1 in 24 months'))
})

describe('one clinician for one requester', () => {
  const says = weighing(
    aRule({ severity: 'NOTE', lookBackMonths: 24, condition: { kind: 'closed-circle', share: 30, atLeast: 5 } }),
  )
  const circle = (mine: number, all: number, severity = 'NOTE') =>
    brokered(severity, `${mine} of ${all} opinions for this requester in 24 months`)
  const long = { on: day('2024-06-14') }

  test.each<Case>([
    ['gave two of five', { history: [...opinions(2), ...opinions(3, others)] }, circle(2, 5)],
    ['gave all five', { history: opinions(5) }, circle(5, 5)],
    ['gave one of five', { history: [...opinions(1), ...opinions(4, others)] }, []],
    ['gave three of ten, which is thirty percent', { history: [...opinions(3), ...opinions(7, others)] }, []],
    ['gave four of thirteen, which is more', { history: [...opinions(4), ...opinions(9, others)] }, circle(4, 13)],
    ['gave two of four', { history: [...opinions(2), ...opinions(2, others)] }, []],
    ['gave none', { history: opinions(9, others) }, []],
    [
      'gave them for the trust before it merged',
      { history: [...opinions(2, { requestingOrg: 'XA0' }), ...opinions(3, others)] },
      circle(2, 5),
    ],
    [
      'gave them for another trust',
      { history: [...opinions(4, { requestingOrg: 'XB1' }), ...opinions(5, others)] },
      [],
    ],
    ['gave them for a trust of which nobody knows what became', { history: opinions(6, { requestingOrg: 'XZ1' }) }, []],
    ['gave them for a place that no file knows', { history: opinions(6, { requestingOrg: 'QQQ' }) }, []],
    ['gave them for nobody knows whom', { history: opinions(6, { requestingOrg: null }) }, []],
    [
      'gave the fifth to the day',
      { history: [...opinions(2), ...opinions(2, others), opinion({ ...others, on: day('2024-06-15') })] },
      circle(2, 5),
    ],
    [
      'gave the fifth a day longer ago',
      { history: [...opinions(2), ...opinions(2, others), opinion({ ...others, ...long })] },
      [],
    ],
    ['gave some longer ago', { history: [...opinions(1), ...opinions(4, others), ...opinions(5, long)] }, []],
    [
      'gave one opinion told many times',
      { history: [...opinions(9).map((one) => ({ ...one, id: 'h0' })), ...opinions(4, others)] },
      [],
    ],
    [
      'may have given enough of them',
      { history: [...opinions(1), opinion({ on: null }), ...opinions(3, others)] },
      circle(1, 4, 'UNKNOWN'),
    ],
    [
      'gave enough, whenever another was',
      { history: [...opinions(3), ...opinions(2, others), opinion({ ...others, on: null })] },
      circle(3, 5),
    ],
    [
      'gave enough, whenever their own was',
      { history: [...opinions(2), ...opinions(3, others), opinion({ on: null })] },
      circle(2, 5),
    ],
    [
      'gave too few, whenever another was',
      { history: [...opinions(1), ...opinions(4, others), opinion({ ...others, on: null })] },
      [],
    ],
    [
      'gave enough unless another counts',
      { history: [...opinions(2), ...opinions(4, others), opinion({ ...others, on: null })] },
      circle(2, 6, 'UNKNOWN'),
    ],
    [
      'gave one of four, and one of no day that would make it two of five',
      { history: [...opinions(2), ...opinions(2, others), opinion({ ...others, on: null })] },
      circle(2, 4, 'UNKNOWN'),
    ],
    ['is nothing that anybody kept', { history: null }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
