import { clinicianId, neurology, today } from '@concord/testkit/facts'
import { anAssessment, aRequestId } from '@concord/testkit/requests'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RankingFacts, rank } from './rank.ts'
import { type Assessed, shortlist } from './shortlist.ts'

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
