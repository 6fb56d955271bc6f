import { fold } from '../fold.ts'
import type { ClinicianId } from '../ids.ts'
import type { Urgency } from '../independence/facts.ts'
import type { Day } from '../independence/pair.ts'
import { liesIn, lookBack } from '../independence/period.ts'
import type { Mode } from '../request/request.ts'
import type { CalendarDate } from '../time.ts'
import { type Coordinates, kilometresBetween } from './distance.ts'

// Throughout: null is "nobody asked", as in the facts of independence; here it is no hindrance, and earns nothing.

export const ageBands = ['neonate', 'infant', 'child', 'young-person'] as const
export type AgeBand = (typeof ageBands)[number]

/** What a clinician is ranked by. Past agreement with anybody is not among it. */
export type RankingFacts<Id extends string = ClinicianId> = {
  readonly id: Id
  readonly practice: readonly { readonly tfc: string; readonly lastPractisedOn: Day | 'ongoing' | null }[] | null
  readonly conditions?: readonly string[] | null | undefined
  readonly ageBands?: readonly AgeBand[] | null | undefined
  readonly procedures?: readonly { readonly name: string; readonly perYear: number | null }[] | null | undefined
  readonly urgencies: readonly Urgency[] | null
  readonly modes: readonly Mode[] | null
  readonly place?: Coordinates | null | undefined
  readonly languages: readonly string[] | null
  readonly openCases: number | null
  readonly cap: number | null
  readonly opinionsLastYear: number | null
}

/** What a request is ranked for; a language only where the family wishes one. */
export type RankedRequest = {
  readonly id: string
  readonly tfc: string | null
  readonly condition?: string | null | undefined
  readonly ageBand?: AgeBand | null | undefined
  readonly procedure?: string | null | undefined
  readonly urgency: Urgency | null
  readonly mode: Mode | null
  /** Where the child would be seen, for an opinion face to face. */
  readonly place?: Coordinates | null | undefined
  readonly language: string | null
}

/**
 * The most each part of a score can be, a hundred in all. In order of weight: expertise (the first four), availability,
 * mode and distance, language, fair load, free places; each of these outweighs the next, and a specialty practised lately
 * outweighs availability alone.
 */
export const mostOf = {
  expertise: 30,
  condition: 6,
  'age-band': 4,
  'procedure-volume': 5,
  availability: 23,
  mode: 10,
  distance: 4,
  language: 9,
  'fair-load': 6,
  'free-places': 3,
} as const
export type ScorePart = keyof typeof mostOf

export type Ranked<Id extends string = ClinicianId> = {
  readonly id: Id
  readonly score: number
  readonly parts: Readonly<Record<ScorePart, number>>
}

/**
 * Orders candidates by the sum of their parts. Of two with one score comes first who gave fewer opinions in the rolling year
 * (who gave nobody knows how many comes last); then by lot, drawn anew for each request; then by id.
 */
export const rank = <Id extends string = ClinicianId>({
  request,
  candidates,
  asOf,
}: {
  readonly request: RankedRequest
  readonly candidates: readonly RankingFacts<Id>[]
  readonly asOf: CalendarDate
}): readonly Ranked<Id>[] =>
  candidates
    .map((candidate) => ({
      ...scored(candidate, request, asOf),
      given: candidate.opinionsLastYear ?? Number.MAX_SAFE_INTEGER,
      lot: lotOf(request.id, candidate.id),
    }))
    .toSorted((a, b) => b.score - a.score || a.given - b.given || a.lot - b.lot || (a.id < b.id ? -1 : 1))
    .map(({ id, score, parts }) => ({ id, score, parts }))

const scored = <Id extends string>(
  candidate: RankingFacts<Id>,
  request: RankedRequest,
  asOf: CalendarDate,
): Ranked<Id> => {
  const { openCases, cap, opinionsLastYear: given } = candidate
  const places = openCases === null || cap === null ? 0 : Math.max(0, cap - openCases)
  const parts = {
    expertise: practice(candidate, request, asOf),
    condition: hasNamed(candidate.conditions, request.condition) ? mostOf.condition : 0,
    'age-band': has(candidate.ageBands, request.ageBand) ? mostOf['age-band'] : 0,
    'procedure-volume': volume(candidate, request),
    availability: isAvailable(candidate, request) ? mostOf.availability : 0,
    mode: offersMode(candidate, request) ? mostOf.mode : 0,
    distance: distance(candidate, request),
    language: hasNamed(candidate.languages, request.language) ? mostOf.language : 0,
    'fair-load': given === null ? 0 : Math.max(0, mostOf['fair-load'] - given),
    'free-places': Math.min(mostOf['free-places'], places),
  }
  return { id: candidate.id, score: Object.values(parts).reduce((sum, part) => sum + part, 0), parts }
}

/** Whether a clinician has said that they take requests of this urgency. */
export const isAvailable = (
  { urgencies }: Pick<RankingFacts, 'urgencies'>,
  { urgency }: Pick<RankedRequest, 'urgency'>,
): boolean => has(urgencies, urgency)

/** Whether a clinician has said that they give opinions in the way that is asked for. */
export const offersMode = ({ modes }: Pick<RankingFacts, 'modes'>, { mode }: Pick<RankedRequest, 'mode'>): boolean =>
  has(modes, mode)

// Months since the field was last practised, and what that earns [I].
const recency = [
  [6, mostOf.expertise],
  [12, 22],
  [24, 15],
] as const
// Procedures a year, and what they earn [I].
const volumes = [
  [50, mostOf['procedure-volume']],
  [20, 4],
  [10, 3],
  [5, 2],
  [1, 1],
] as const
// Kilometres to the child, and what they earn [I].
const distances = [
  [25, mostOf.distance],
  [50, 3],
  [100, 2],
  [200, 1],
] as const

const practice = ({ practice: fields }: Pick<RankingFacts, 'practice'>, { tfc }: RankedRequest, asOf: CalendarDate) => {
  const days = (fields ?? []).flatMap(({ tfc: field, lastPractisedOn }) => (field === tfc ? [lastPractisedOn] : []))
  const isWithin = (months: number) =>
    days.some((day) => day === 'ongoing' || liesIn(day, lookBack(months, asOf)) === 'yes')
  return recency.find(([months]) => isWithin(months))?.[1] ?? 0
}

const volume = ({ procedures }: Pick<RankingFacts, 'procedures'>, { procedure }: RankedRequest) => {
  const perYear = (procedures ?? []).flatMap((one) => (isNamed(one.name, procedure) ? [one.perYear ?? 0] : []))
  return volumes.find(([least]) => perYear.some((count) => count >= least))?.[1] ?? 0
}

/** Nearness counts for who is to be met, and where both places are known. */
const distance = (candidate: Pick<RankingFacts, 'modes' | 'place'>, request: RankedRequest) => {
  if (request.mode !== 'in-person' || !offersMode(candidate, request)) return 0
  if (candidate.place == null || request.place == null) return 0
  const kilometres = kilometresBetween(candidate.place, request.place)
  return distances.find(([most]) => kilometres <= most)?.[1] ?? 0
}

const has = <T>(list: readonly T[] | null | undefined, wished: T | null | undefined): boolean =>
  wished != null && Boolean(list?.includes(wished))

const isNamed = (name: string, wished: string | null | undefined): boolean =>
  wished != null && fold(name) === fold(wished)

const hasNamed = (names: readonly string[] | null | undefined, wished: string | null | undefined): boolean =>
  Boolean(names?.some((name) => isNamed(name, wished)))

// FNV-1a, then the last mixing of MurmurHash3: without it ids that differ only at the end keep their order for every request.
const lotOf = (request: string, clinician: string): number => {
  let hash = 0x811c9dc5
  for (const letter of `${request} ${clinician}`) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
