import { day, org, today } from '@concord/testkit/facts'
import { aPair, aTreating, judging } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import type { Grant, Publication } from '../pair.ts'

const rule = aRule({
  id: 'C23',
  severity: 'MANAGE',
  settledBy: 'acceptance',
  lookBackMonths: 36,
  condition: { kind: 'joint-work', outputs: 3, consortium: 30, older: 'NOTE' },
})
const judged = judging([rule])
const old = day('2015-01-01')

const paper = (id: string, over: Partial<Publication> = {}): Publication => ({
  id,
  sameWork: [id],
  kind: 'paper',
  on: old,
  authorCount: 4,
  authors: ['candidate', 'T1'],
  confirmed: true,
  ...over,
})
const both = { from: old, to: today }
const grant = (holders: Grant['holders']): Grant => ({ id: 'G1', holders })
const mine = grant([
  { person: 'candidate', ...both },
  { person: 'T1', ...both },
])
const weigh = (
  own: { readonly publications?: readonly Publication[]; readonly grants?: readonly Grant[] },
  theirs: typeof own = {},
) =>
  judged(aPair({ request: { treating: [aTreating({ org: org('XA1'), ...theirs })] }, candidate: own })).findings.map(
    ({ severity, evidence }) => `${severity}: ${evidence.fact}`,
  )

describe('joint work', () => {
  test('under several ids is one work, in whatever order the ids that join it come', () => {
    const joining = [
      paper('W1', { sameWork: ['W1'] }),
      paper('W3', { sameWork: ['W3'] }),
      paper('W2', { sameWork: ['W2', 'W1', 'W3'] }),
    ]
    for (const publications of [
      joining,
      joining.toReversed(),
      [joining[0], joining[2], joining[1]].flatMap((one) => one ?? []),
    ])
      expect(weigh({ publications })).toEqual(['NOTE: the paper W1, with T1'])
  })

  test('of which several are just as old is told by the same one, in whatever order they come', () => {
    const publications = [paper('W2'), paper('W1')]
    expect(weigh({ publications })).toEqual(['NOTE: the paper W1, with T1'])
    expect(weigh({ publications: publications.toReversed() })).toEqual(['NOTE: the paper W1, with T1'])
  })

  test('is counted until there are enough of it', () => {
    const some = (count: number) => Array.from({ length: count }, (_, at) => paper(`W${at}`))
    expect(weigh({ publications: some(2) })).toEqual(['NOTE: the paper W0, with T1'])
    expect(weigh({ publications: some(3) })).toEqual(['MANAGE: 3 joint outputs with T1'])
  })

  test('that a treating consultant lists counts as what the clinician lists', () => {
    expect(weigh({}, { publications: [paper('W1')] })).toEqual(['NOTE: the paper W1, with T1'])
    expect(
      weigh(
        { publications: [paper('W1', { authors: ['candidate'] })] },
        { publications: [paper('W1', { authors: ['T1'] })] },
      ),
    ).toEqual(['NOTE: the paper W1, with T1'])
  })

  test('that nobody confirmed is open, unless it was confirmed under another id or denied', () => {
    const open = paper('W1', { confirmed: null })
    expect(weigh({ publications: [open] })[0]).toMatch(/^UNKNOWN: /)
    expect(weigh({ publications: [open, paper('W2', { sameWork: ['W2', 'W1'] })] })).toEqual([
      'NOTE: the paper W1, with T1',
    ])
    expect(weigh({ publications: [open, paper('W2', { sameWork: ['W2', 'W1'], confirmed: false })] })).toEqual([])
    const contradictory = [paper('W1'), paper('W2', { sameWork: ['W2', 'W1'], confirmed: false })]
    expect(weigh({ publications: contradictory })[0]).toMatch(/^UNKNOWN: /)
  })

  test('on a day known by its year may or may not be recent', () => {
    const year = { earliest: day('2023-01-01'), latest: day('2023-12-31') }
    expect(weigh({ publications: [paper('W1', { on: year })] })[0]).toMatch(/^UNKNOWN: /)
    expect(weigh({ publications: [paper('W1', { on: { ...year, earliest: day('2023-06-15') } })] })).toEqual([
      'MANAGE: the paper W1, with T1',
    ])
  })
})

describe('a joint grant', () => {
  test('weighs by whoever names both of its holders, though the other names one', () => {
    const half = grant([{ person: 'T1', ...both }])
    for (const [own, theirs] of [
      [[mine], [half]],
      [[half], [mine]],
      [[mine], [grant(null)]],
    ] as const)
      expect(weigh({ grants: own }, { grants: theirs })).toEqual(['MANAGE: the grant G1, with T1'])
  })

  test('that both list is one output, however many terms of it there were', () => {
    const terms = grant([
      { person: 'candidate', from: old, to: day('2016-01-01') },
      { person: 'candidate', from: day('2017-01-01'), to: day('2018-01-01') },
      { person: 'T1', from: old, to: day('2018-01-01') },
    ])
    expect(weigh({ grants: [terms] }, { grants: [terms] })).toEqual(['NOTE: the grant G1, with T1'])
  })

  test('held one after the other is none', () => {
    const apart = grant([
      { person: 'candidate', from: old, to: day('2020-12-31') },
      { person: 'T1', from: day('2021-01-01'), to: today },
    ])
    expect(weigh({ grants: [apart] })).toEqual([])
  })

  test('of which nobody knows the end may be recent', () => {
    const open = grant([
      { person: 'candidate', from: old, to: null },
      { person: 'T1', from: old, to: null },
    ])
    expect(weigh({ grants: [open] })[0]).toMatch(/^UNKNOWN: /)
  })
})
