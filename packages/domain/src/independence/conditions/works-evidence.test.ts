import { day, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { Committee, Grant, Publication, Treating } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]

const yesterday = addDays(today, -1)
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const old = day('2015-01-01')

describe('a joint output', () => {
  const rule = aRule({
    severity: 'MANAGE',
    lookBackMonths: 36,
    condition: { kind: 'joint-work', outputs: 3, consortium: 30, older: 'NOTE' },
  })
  const says = weighing(rule)
  const said = (severity: string, fact: string, whose = 'candidate') => `${severity}: ${fact} (${whose}, publications)`
  const open = said('UNKNOWN', "whether the joint work with T1 is the clinician's, and when it came out")
  const asked = (whose: string) => said('UNKNOWN', 'the publications and grants', whose)
  const paper = (id: string, over: Partial<Publication> = {}): Publication => ({
    id,
    sameWork: [id],
    kind: 'paper',
    on: today,
    authorCount: 4,
    authors: ['candidate', 'T1'],
    confirmed: true,
    ...over,
  })
  const mine = (...publications: readonly Publication[]): PairOver => ({ candidate: { publications } })
  const theirs = (over: Partial<Treating>): PairOver => ({ request: { treating: [aTreating(over)] } })
  const grants = (holders: Grant['holders']): PairOver => ({ candidate: { grants: [{ id: 'G1', holders }] } })
  const holding = (person: string | null, period: object = always) => ({ person, ...always, ...period })
  const recent = said('MANAGE', 'the paper W1, with T1')
  const older = said('NOTE', 'the paper W1, with T1')
  const grant = (severity: string) => said(severity, 'the grant G1, with T1')

  test.each<Case>([
    ['lately', mine(paper('W1')), [recent]],
    ['three years ago to the day', mine(paper('W1', { on: day('2023-06-15') })), [recent]],
    ['the day before', mine(paper('W1', { on: day('2023-06-14') })), [older]],
    [
      'three long ago',
      mine(...['W1', 'W2', 'W3'].map((id) => paper(id, { on: old }))),
      [said('MANAGE', '3 joint outputs with T1')],
    ],
    ['two long ago, told by the first in name', mine(paper('W2', { on: old }), paper('W1', { on: old })), [older]],
    ['one lately beside two long ago', mine(paper('W1'), paper('W2', { on: old }), paper('W0', { on: old })), [recent]],
    [
      'that the consultant lists under one of its two ids',
      {
        ...mine(paper('W1', { authors: null, sameWork: ['W1', 'W9'] })),
        ...theirs({ publications: [paper('W9', { authors: null })] }),
      },
      [recent],
    ],
    [
      'four long ago, of which two others show that three are one',
      mine(
        paper('W1', { on: old }),
        paper('W2', { on: old, sameWork: ['W2', 'W1'] }),
        paper('W3', { on: old, sameWork: ['W3', 'W2'] }),
        paper('W4', { on: old }),
      ),
      [older],
    ],
    [
      'of a consortium, as one of its two ids says',
      mine(paper('W1'), paper('W2', { sameWork: ['W2', 'W1'], kind: 'consortium' })),
      [],
    ],
    ['of as many authors as may be', mine(paper('W1', { authorCount: 30 })), [recent]],
    ['of a consortium', mine(paper('W1', { kind: 'consortium' })), []],
    ['of many authors', mine(paper('W1', { authorCount: 31 })), []],
    ['of nobody knows how many authors', mine(paper('W1', { authorCount: null })), [recent]],
    ['of others', mine(paper('W1', { authors: ['candidate', 'X1'] })), []],
    ['of nobody knows whom', mine(paper('W1', { authors: null })), []],
    [
      'of nobody knows whom, that the consultant lists',
      { ...mine(paper('W1', { authors: null })), ...theirs({ publications: [paper('W1', { authors: null })] }) },
      [recent],
    ],
    ['that the consultant lists alone', theirs({ publications: [paper('W1')] }), [recent]],
    ['of the consultant with others', theirs({ publications: [paper('W1', { authors: ['T1', 'X1'] })] }), []],
    ['that is not the clinician’s', mine(paper('W1', { confirmed: false })), []],
    ['that may be the clinician’s', mine(paper('W1', { confirmed: null })), [open]],
    ['long ago, that may be the clinician’s', mine(paper('W1', { confirmed: null, on: old })), [open]],
    [
      'long ago, beside one that may be the clinician’s',
      mine(paper('W1', { on: old }), paper('W2', { confirmed: null })),
      [open],
    ],
    [
      'long ago, beside one long ago that may be',
      mine(paper('W1', { on: old }), paper('W2', { confirmed: null, on: old })),
      [older],
    ],
    [
      'two long ago, beside one long ago that may be',
      mine(paper('W1', { on: old }), paper('W2', { on: old }), paper('W3', { confirmed: null, on: old })),
      [open],
    ],
    ['on a day nobody knows', mine(paper('W1', { on: null })), [open]],
    ['on a day nobody knows, beside one long ago', mine(paper('W1', { on: null }), paper('W2', { on: old })), [open]],
    ['on a day nobody knows, beside one lately', mine(paper('W1'), paper('W2', { on: null })), [recent]],
    [
      'under two ids, of which one is dated',
      mine(paper('W1', { on: null }), paper('W2', { sameWork: ['W2', 'W1'] })),
      [recent],
    ],
    [
      'with each of two consultants',
      {
        ...mine(paper('W1', { authors: ['T1', 'T2', 'candidate'] })),
        request: { treating: [aTreating(), aTreating({ person: 'T2' })] },
      },
      [recent, said('MANAGE', 'the paper W1, with T2')],
    ],
    ['held in a grant', grants([holding('candidate'), holding('T1')]), [grant('MANAGE')]],
    [
      'held in a grant until three years ago to the day',
      grants([holding('candidate', until(day('2023-06-15'))), holding('T1')]),
      [grant('MANAGE')],
    ],
    [
      'held in a grant until the day before',
      grants([holding('candidate', until(day('2023-06-14'))), holding('T1')]),
      [grant('NOTE')],
    ],
    [
      'held in a grant that the other left the day before',
      grants([holding('candidate'), holding('T1', until(day('2023-06-14')))]),
      [grant('NOTE')],
    ],
    ['held in a grant on days nobody knows', grants([holding('candidate', { to: null }), holding('T1')]), [open]],
    [
      'held in a grant that the other left long ago, whenever the clinician held it',
      grants([holding('candidate', { from: null, to: null }), holding('T1', until(old))]),
      [open],
    ],
    [
      'held in a grant twice, long ago, of which one term is known',
      grants([
        holding('candidate', until(old)),
        holding('candidate', { from: null, to: null }),
        holding('T1', until(old)),
      ]),
      [grant('NOTE')],
    ],
    [
      'held in a grant whose days contradict one another, long ago, beside a paper',
      {
        candidate: {
          ...grants([holding('candidate', { from: day('2016-01-01'), to: old }), holding('T1')]).candidate,
          publications: [paper('W1', { on: old })],
        },
      },
      [older],
    ],
    [
      'in a grant and a paper, told by the first in name',
      { candidate: { ...grants([holding('candidate'), holding('T1')]).candidate, publications: [paper('W1')] } },
      [grant('MANAGE')],
    ],
    ['held in a grant with somebody else', grants([holding('candidate'), holding('X1')]), []],
    ['held in a grant with nobody knows whom', grants([holding('candidate'), holding(null)]), []],
    ['held in a grant of nobody knows whom', grants(null), []],
    [
      'a grant long over and two old papers',
      {
        candidate: {
          ...grants([holding('candidate', until(old)), holding('T1')]).candidate,
          publications: [paper('W1', { on: old }), paper('W2', { on: old })],
        },
      },
      [said('MANAGE', '3 joint outputs with T1')],
    ],
    ['in publications nobody asked about', { candidate: { publications: null } }, [asked('candidate')]],
    ['in grants nobody asked about', { candidate: { grants: null } }, [asked('candidate')]],
    ['in publications nobody asked the consultant about', theirs({ publications: null }), [asked('T1')]],
    ['in grants nobody asked the consultant about', theirs({ grants: null }), [asked('T1')]],
  ])('%s', (_, given, expected) => {
    expect(says(given).toSorted()).toEqual(expected.toSorted())
  })

  test('is found by records, and keeps the day it came out on', () => {
    const seen = (over: PairOver) =>
      judging([rule])(aPair(over)).findings.map(({ confidence, evidence: { from, to } }) => [confidence, from, to])
    expect(seen(mine(paper('W1')))).toEqual([['derived', today, today]])
    expect(seen(mine(paper('W1', { on: old })))).toEqual([['derived', old, old]])
    expect(seen(mine(...['W1', 'W2', 'W3'].map((id) => paper(id, { on: old }))))).toEqual([['derived', null, null]])
    expect(seen(grants([holding('candidate'), holding('T1')]))).toEqual([['derived', null, null]])
  })
})

describe('a committee', () => {
  const says = weighing(
    aRule({
      severity: 'NOTE',
      lookBackMonths: null,
      condition: { kind: 'joint-committee', committees: ['guideline'] },
    }),
  )
  const seat = (over: Partial<Committee> = {}): readonly Committee[] => [
    { id: 'one', kind: 'guideline', ...always, ...over },
  ]
  const both = (mine: Treating['committees'], theirs: Treating['committees'] = seat()): PairOver => ({
    candidate: { committees: mine },
    request: { treating: [aTreating({ committees: theirs })] },
  })
  const said = (severity: string) => [`${severity}: one, with T1 (candidate, case declaration)`]
  const asked = (whose: string) => [`UNKNOWN: the guideline groups and College committees (${whose}, case declaration)`]

  test.each<Case>([
    ['of both', both(seat()), said('NOTE')],
    ['until today', both(seat(until(today))), said('NOTE')],
    ['until yesterday', both(seat(until(yesterday))), []],
    ['that the consultant left yesterday', both(seat(), seat(until(yesterday))), []],
    ['on unknown days', both(seat({ to: null })), said('UNKNOWN')],
    ['of another name', both(seat({ id: 'two' })), []],
    ['that does not count', both(seat({ kind: 'fellowship' })), []],
    ['of a kind nobody knows', both(seat({ kind: null })), said('UNKNOWN')],
    ['of a kind nobody knows, of another name', both(seat({ id: 'two', kind: null })), []],
    ['nobody asked the clinician about', both(null), asked('candidate')],
    ['nobody asked the consultant about', both(seat(), null), asked('T1')],
    ['unknown of the clinician, where the consultant sits on none', both(null, []), []],
    ['unknown of the consultant, where the clinician sits on none', both([], null), []],
    ['unknown of the consultant, where the clinician’s does not count', both(seat({ kind: 'fellowship' }), null), []],
    [
      'of one of two consultants',
      {
        candidate: { committees: seat() },
        request: { treating: [aTreating(), aTreating({ person: 'T2', committees: seat() })] },
      },
      ['NOTE: one, with T2 (candidate, case declaration)'],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
