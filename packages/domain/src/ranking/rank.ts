import type { ClinicianId, RequestId, Tfc } from '../ids.ts'
import type { CandidateFacts, Urgency } from '../independence/facts.ts'
import type { Mode } from '../request/request.ts'
import { addMonths, type CalendarDate } from '../time.ts'

/** What a clinician is ranked by. Past agreement with anybody is not among it. */
export type RankingFacts = {
  readonly id: ClinicianId
  readonly practice: CandidateFacts['practice']
  readonly urgencies: readonly Urgency[]
  readonly modes: readonly Mode[]
  readonly languages: readonly string[]
  readonly openCases: number
  readonly cap: number | null
  readonly opinionsLastYear: number
}

/** What a request is ranked for; a language only where the family wishes one. */
export type RankedRequest = {
  readonly id: RequestId
  readonly tfc: Tfc
  readonly urgency: Urgency
  readonly mode: Mode
  readonly language: string | null
}

export type ScorePart = 'expertise' | 'availability' | 'mode' | 'language' | 'fair-load' | 'free-places'
export type Ranked = {
  readonly id: ClinicianId
  readonly score: number
  readonly parts: Readonly<Record<ScorePart, number>>
}

/** Orders candidates by the sum of their parts; then who gave fewest opinions in the rolling year; then by lot, drawn anew for each request. */
export const rank = ({ request, candidates, asOf }: ToRank): readonly Ranked[] =>
  candidates
    .map((candidate) => ({
      ...scored(candidate, request, asOf),
      given: candidate.opinionsLastYear,
      lot: lotOf(request.id, candidate.id),
    }))
    .toSorted((a, b) => b.score - a.score || a.given - b.given || a.lot - b.lot || (a.id < b.id ? -1 : 1))
    .map(({ id, score, parts }) => ({ id, score, parts }))

type ToRank = {
  readonly request: RankedRequest
  readonly candidates: readonly RankingFacts[]
  readonly asOf: CalendarDate
}

const scored = (candidate: RankingFacts, request: RankedRequest, asOf: CalendarDate): Ranked => {
  const places = Math.max(0, (candidate.cap ?? 0) - candidate.openCases)
  const parts = {
    expertise: expertise(candidate, request.tfc, asOf),
    availability: candidate.urgencies.includes(request.urgency) ? 25 : 0,
    mode: candidate.modes.includes(request.mode) ? 15 : 0,
    language: request.language !== null && candidate.languages.some((one) => isSame(one, request.language)) ? 10 : 0,
    'fair-load': Math.max(0, 6 - candidate.opinionsLastYear),
    'free-places': Math.min(4, places),
  }
  return { id: candidate.id, score: Object.values(parts).reduce((sum, part) => sum + part, 0), parts }
}

const expertise = ({ practice }: RankingFacts, tfc: Tfc, asOf: CalendarDate): number => {
  const hasPractisedWithin = (months: number) => {
    const since = addMonths(asOf, -months)
    return (
      practice?.some((one) => one.tfc === tfc && since <= one.lastPractisedOn && one.lastPractisedOn <= asOf) ?? false
    )
  }
  return hasPractisedWithin(6) ? 40 : hasPractisedWithin(12) ? 30 : hasPractisedWithin(24) ? 20 : 0
}

const isSame = (a: string, b: string | null) => a.toLowerCase() === b?.toLowerCase()

// FNV-1a, then the last mixing of MurmurHash3: without it ids that differ only at the end keep their order for every request.
const lotOf = (request: RequestId, clinician: ClinicianId): number => {
  let hash = 0x811c9dc5
  for (const letter of `${request} ${clinician}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
