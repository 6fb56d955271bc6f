import { clinicianId, neurology, today } from '@concord/testkit/facts'
import { anAssessment, aRequestId } from '@concord/testkit/requests'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RankingFacts, rank } from './rank.ts'
import { type Assessed, accountFor, shortlist } from './shortlist.ts'

const kinds = {
  offerable: { assessment: anAssessment('clear', 'offer'), candidate: { openCases: 0, cap: 2 } },
  managed: { assessment: anAssessment('manage', 'offer'), candidate: { openCases: 0, cap: 2 } },
  full: { assessment: anAssessment('note', 'offer'), candidate: { openCases: 2, cap: 2 } },
  barred: { assessment: anAssessment('barred', 'offer'), candidate: { openCases: 2, cap: 2 } },
  undetermined: { assessment: anAssessment('undetermined', 'offer'), candidate: { openCases: 0, cap: 2 } },
} as const
const kindNames = ['offerable', 'managed', 'full', 'barred', 'undetermined'] as const

const listed = (n: number): RankingFacts => ({
  id: clinicianId(n),
  practice: [{ tfc: neurology, lastPractisedOn: today }],
  urgencies: n % 2 ? ['U1'] : [],
  modes: n % 3 ? ['records'] : [],
  languages: [],
  openCases: 0,
  cap: 2,
  opinionsLastYear: n % 4,
})
const request = { id: aRequestId(1), tfc: neurology, urgency: 'U1', mode: 'records', language: null } as const
const rankedOf = (count: number) =>
  rank({ request, candidates: Array.from({ length: count }, (_, n) => listed(n)), asOf: today })
const assessedAs = (drawn: readonly (typeof kindNames)[number][]): readonly Assessed[] =>
  drawn.map((kind, n) => ({ id: clinicianId(n), ...kinds[kind] }))

describe('a shortlist', () => {
  const draws = fc.array(fc.constantFrom(...kindNames), { maxLength: 20 })

  test('has every candidate in the one place that is theirs', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const { offerable, full, excluded } = shortlist({ assessed: assessedAs(drawn), ranked: rankedOf(drawn.length) })
        const those = (...of: readonly string[]) =>
          drawn.flatMap((kind, n) => (of.includes(kind) ? [clinicianId(n)] : []))
        expect(offerable.map(({ id }) => id).toSorted()).toEqual(those('offerable', 'managed'))
        expect(full.map(({ id }) => id)).toEqual(those('full'))
        expect(excluded.map(({ id }) => id)).toEqual(those('barred', 'undetermined'))
      }),
    )
  })

  test('has the offerable in order of rank', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const ranked = rankedOf(drawn.length)
        const { offerable } = shortlist({ assessed: assessedAs(drawn), ranked })
        const ids = offerable.map(({ id }) => id)
        expect(ids).toEqual(ranked.map(({ id }) => id).filter((id) => ids.includes(id)))
      }),
    )
  })

  test('is the same in whatever order the candidates come', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const [assessed, ranked] = [assessedAs(drawn), rankedOf(drawn.length)]
        expect(shortlist({ assessed: assessed.toReversed(), ranked })).toEqual(shortlist({ assessed, ranked }))
      }),
    )
  })

  test('says of the offerable what is noted and still to ask, and of the others why', () => {
    const toAsk = [{ rule: 'C05', fact: 'an invented fact', by: 'acceptance' }] as const
    const managed = { id: clinicianId(1), ...kinds.managed, assessment: { ...kinds.managed.assessment, toAsk } }
    const assessed = [managed, { id: clinicianId(2), ...kinds.full }, { id: clinicianId(3), ...kinds.barred }]
    expect(shortlist({ assessed, ranked: rankedOf(4) })).toMatchObject({
      offerable: [{ id: clinicianId(1), findings: kinds.managed.assessment.findings, toAsk }],
      full: [{ id: clinicianId(2), findings: kinds.full.assessment.findings }],
      excluded: [{ id: clinicianId(3), findings: kinds.barred.assessment.findings }],
    })
  })

  test('refuses to lose anybody or to count them twice', () => {
    const [one] = assessedAs(['offerable'])
    const ranked = rankedOf(1)
    if (!one) throw new Error('There is one')
    expect(() => shortlist({ assessed: [one], ranked: [] })).toThrow('not ranked')
    expect(() => shortlist({ assessed: [one], ranked: [...ranked, ...ranked] })).toThrow('not ranked exactly once')
    expect(() => shortlist({ assessed: [one, one], ranked })).toThrow('twice')
  })
})

describe('an account of everybody', () => {
  const draws = fc.array(fc.constantFrom(...kindNames), { maxLength: 20 })
  const candidatesOf = (count: number) => Array.from({ length: count }, (_, n) => listed(n))
  const accountOf = (
    drawn: readonly (typeof kindNames)[number][],
    over: Partial<Parameters<typeof accountFor>[0]> = {},
  ) =>
    accountFor({
      assessed: assessedAs(drawn),
      ranked: rankedOf(drawn.length),
      request,
      candidates: candidatesOf(drawn.length),
      ...over,
    })

  test('has each in exactly one place: excluded by rule, at a price, or offered', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const { offered, runnersUp, excluded } = accountOf(drawn)
        const all = [...offered, ...runnersUp, ...excluded].map(({ id }) => id)
        expect(all.toSorted()).toEqual(drawn.map((_, n) => clinicianId(n)))
        const isOut = (n: number) => drawn[n] === 'barred' || drawn[n] === 'undetermined'
        const hasPrice = (n: number) => drawn[n] === 'managed' || drawn[n] === 'full' || n % 2 === 0 || n % 3 === 0
        const those = (is: (n: number) => boolean) => drawn.flatMap((_, n) => (is(n) ? [clinicianId(n)] : []))
        expect(excluded.map(({ id }) => id)).toEqual(those(isOut))
        expect(runnersUp.map(({ id }) => id).toSorted()).toEqual(those((n) => !isOut(n) && hasPrice(n)))
        expect(offered.map(({ id }) => id).toSorted()).toEqual(those((n) => !isOut(n) && !hasPrice(n)))
      }),
    )
  })

  test('has the offered and the runners-up in order of rank, whatever the order they came in', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const account = accountOf(drawn)
        const ranked = rankedOf(drawn.length).map(({ id }) => id)
        for (const list of [account.offered, account.runnersUp]) {
          const ids = list.map(({ id }) => id)
          expect(ids).toEqual(ranked.filter((id) => ids.includes(id)))
        }
        expect(accountOf(drawn, { assessed: assessedAs(drawn).toReversed() })).toEqual(account)
        expect(accountOf(drawn, { candidates: candidatesOf(drawn.length).toReversed() })).toEqual(account)
      }),
    )
  })

  const priceOf = (kind: 'offerable' | 'managed' | 'full', over: Partial<RankingFacts>, asked: object = {}) => {
    const candidate = { ...listed(1), modes: ['records'] as const, ...over }
    const { runnersUp } = accountFor({
      assessed: [{ id: candidate.id, ...kinds[kind] }],
      ranked: rank({ request, candidates: [candidate], asOf: today }),
      request: { ...request, ...asked },
      candidates: [candidate],
    })
    return runnersUp.flatMap(({ price }) => price.map((one) => one.kind))
  }

  test('says of each price what it would take', () => {
    const candidate = { ...listed(1), urgencies: [], modes: [] }
    const account = (kind: 'full' | 'managed') =>
      accountFor({
        assessed: [{ id: candidate.id, ...kinds[kind] }],
        ranked: rank({ request, candidates: [candidate], asOf: today }),
        request,
        candidates: [candidate],
      }).runnersUp.flatMap(({ price }) => price.map(({ what }) => what))
    const exceptions = [
      'Has not said that they take requests of urgency U1: ask for an exception.',
      'Has not said that they give opinions this way (records): ask for an exception, or change the way.',
    ]
    expect(account('full')).toEqual([
      'Has no free place: wait until one is free, or agree one over the cap with the clinician.',
      ...exceptions,
    ])
    expect(account('managed')).toEqual([
      'Only with a written management plan and two approvals, and the family told.',
      ...exceptions,
    ])
  })

  test('has of everybody the rank, the assessment and nothing else', () => {
    const { offered, runnersUp, excluded } = accountOf(['barred', 'offerable', 'managed'])
    const whole = ['assessment', 'id', 'parts', 'score']
    expect(offered.map((one) => Object.keys(one).toSorted())).toEqual([whole])
    expect(runnersUp.map((one) => Object.keys(one).toSorted())).toEqual([[...whole, 'price'].toSorted()])
    expect(excluded).toEqual([
      { id: clinicianId(0), assessment: kinds.barred.assessment, blocking: kinds.barred.assessment.findings },
    ])
    expect(offered.map(({ assessment }) => assessment)).toEqual([kinds.offerable.assessment])
  })

  test.each([
    ['free and clear', 'offerable', {}, {}, []],
    ['with no free place', 'full', {}, {}, ['free-place']],
    ['whose interest is to be managed', 'managed', {}, {}, ['plan']],
    ['who does not take this urgency', 'offerable', { urgencies: ['U3'] }, {}, ['urgency']],
    ['who was not asked which urgencies', 'offerable', { urgencies: null }, {}, ['urgency']],
    ['who does not give opinions this way', 'offerable', { modes: ['video'] }, {}, ['mode']],
    [
      'where nobody said how urgent, or which way',
      'offerable',
      { urgencies: [], modes: [] },
      { urgency: null, mode: null },
      [],
    ],
    ['with all of it', 'full', { urgencies: [], modes: [] }, {}, ['free-place', 'urgency', 'mode']],
  ] as const)('states every price of one %s', (_, kind, over, asked, price) => {
    expect(priceOf(kind, over, asked)).toEqual(price)
  })
})
