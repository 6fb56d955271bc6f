import { clinicianId, day, neurology, today } from '@concord/testkit/facts'
import { aRequestId } from '@concord/testkit/requests'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type RankedRequest, type RankingFacts, rank } from './rank.ts'

const request: RankedRequest = { id: aRequestId(1), tfc: neurology, urgency: 'U1', mode: 'video', language: null }
const one = (id: number, over: Partial<RankingFacts> = {}): RankingFacts => ({
  id: clinicianId(id),
  practice: [{ tfc: neurology, lastPractisedOn: today }],
  urgencies: ['U1', 'U2'],
  modes: ['video'],
  languages: ['English'],
  openCases: 0,
  cap: 2,
  opinionsLastYear: 0,
  ...over,
})
const order = (candidates: readonly RankingFacts[], over: Partial<RankedRequest> = {}) =>
  rank({ request: { ...request, ...over }, candidates, asOf: today }).map(({ id }) => id)

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 })
const dates = fc
  .integer({ min: 0, max: 40 })
  .map((months) => day(`${2023 + Math.floor(months / 12)}-0${(months % 9) + 1}-15`))
const registers = ids.chain((list) =>
  fc.tuple(
    ...list.map((id) =>
      fc
        .record({
          practice: fc.option(dates.map((lastPractisedOn) => [{ tfc: neurology, lastPractisedOn }])),
          urgencies: fc.subarray(['U0', 'U1', 'U2', 'U3'] as const),
          openCases: fc.integer({ min: 0, max: 4 }),
          cap: fc.option(fc.integer({ min: 1, max: 4 })),
          opinionsLastYear: fc.integer({ min: 0, max: 9 }),
        })
        .map((over) => one(id, over)),
    ),
  ),
)

describe('ranking', () => {
  test.each([
    [
      'practised lately over one who practised 13 months ago',
      one(1),
      one(2, { practice: [{ tfc: neurology, lastPractisedOn: day('2025-05-15') }] }),
    ],
    [
      'practised six months ago to the day over a day earlier',
      one(1, { practice: [{ tfc: neurology, lastPractisedOn: day('2025-12-15') }] }),
      one(2, { practice: [{ tfc: neurology, lastPractisedOn: day('2025-12-14') }] }),
    ],
    ['takes this urgency over one who does not', one(1), one(2, { urgencies: ['U3'] })],
    ['offers this mode over one who does not', one(1), one(2, { modes: ['records'] })],
    ['gave fewer opinions over one who gave more', one(1), one(2, { opinionsLastYear: 1 })],
    [
      'gave seven over one who gave eight, where the part is used up',
      one(1, { opinionsLastYear: 7 }),
      one(2, { opinionsLastYear: 8 }),
    ],
    ['has more free places over one who has fewer', one(1), one(2, { openCases: 1 })],
  ])('puts who %s', (_, better, other) => {
    expect(order([other, better])).toEqual([better.id, other.id])
  })

  test('looks at languages only where the family wishes one', () => {
    const welsh = one(2, { languages: ['English', 'Welsh'], openCases: 1 })
    expect(order([one(1), welsh])).toEqual([clinicianId(1), clinicianId(2)])
    expect(order([one(1), welsh], { language: 'welsh' })).toEqual([clinicianId(2), clinicianId(1)])
  })

  test('gives scores that are the sum of their parts, in order, and everybody once, however the register is turned', () => {
    fc.assert(
      fc.property(registers, (candidates) => {
        const ranked = rank({ request, candidates, asOf: today })
        expect(rank({ request, candidates: candidates.toReversed(), asOf: today })).toEqual(ranked)
        expect(new Set(ranked.map(({ id }) => id))).toEqual(new Set(candidates.map(({ id }) => id)))
        for (const { score, parts } of ranked) {
          expect(Object.values(parts).every((part) => Number.isInteger(part) && part >= 0)).toBe(true)
          expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score)
        }
        expect(ranked.map(({ score }) => score)).toEqual(ranked.map(({ score }) => score).toSorted((a, b) => b - a))
      }),
    )
  })

  test('lets nobody among equals be always first', () => {
    const firsts = Array.from(
      { length: 400 },
      (_, n) =>
        order(
          [1, 2, 3, 4].map((id) => one(id)),
          { id: aRequestId(n) },
        )[0],
    )
    for (const id of [1, 2, 3, 4]) {
      expect(firsts.filter((first) => first === clinicianId(id)).length).toBeGreaterThan(70)
    }
  })
})
