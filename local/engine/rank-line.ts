import { type LineProblem, pairsOfLine } from '@concord/contracts/exchange/pair-of-line'
import { mostCandidates, type RankLine, type RankReply, rankLine } from '@concord/contracts/exchange/rank-line'
import type { ErrorReply } from '@concord/contracts/exchange/reply'
import { must } from '@concord/domain/ids'
import { assess } from '@concord/domain/independence/assess'
import type { Day, Pair } from '@concord/domain/independence/pair'
import { liesIn } from '@concord/domain/independence/period'
import type { RuleRow } from '@concord/domain/independence/rule'
import type { Assessment } from '@concord/domain/independence/verdict'
import { type NobodyFits, nobodyFits } from '@concord/domain/ranking/nobody-fits'
import { type RankedRequest, type RankingFacts, rank } from '@concord/domain/ranking/rank'
import { accountFor } from '@concord/domain/ranking/shortlist'
import { addDays, addMonths, type CalendarDate, parseDate } from '@concord/domain/time'
import { policyVersion } from '@concord/policy/current-policy'
import { neverMended } from '@concord/policy/rules'
import { idOf, parseJson, problemOf, repliedOf, rulesFor } from './assess-line.ts'

type Candidate = RankLine['candidates'][number]
type Entry = { readonly line: Candidate; readonly pair: Pair }

/** Answers one line of `concord rank`: everyone who could be asked in their one place, or what is wrong with the line and where. */
export const answerRankLine = (text: string): RankReply | ErrorReply => {
  const json = parseJson(text)
  if (json.kind === 'unreadable') return { id: null, error: json.error }
  const id = idOf(json.value)
  // Before the schema: a line of a hundred thousand should not be read to the end to be refused.
  const misfit = sizeProblem(json.value)
  if (misfit) return { id, error: misfit }
  const read = rankLine.safeParse(json.value)
  if (!read.success) return { id, error: problemOf(read.error) }
  const line = read.data
  const unclear = repetition(line.candidates) ?? someoneOf(line)
  if (unclear) return { id, error: unclear }
  const laid = pairsOfLine(line, line.candidates, (index) => `candidates[${index}]`)
  if (laid.kind === 'unreadable') return { id, error: laid.error }

  const inForce = rulesFor(must(parseDate, line.asOf))
  if (inForce.kind === 'unreadable') return { id, error: inForce.error }
  return answered(
    { line, inForce: inForce.rules },
    line.candidates.flatMap((candidate, index) => {
      const pair = laid.pairs[index]
      return pair ? [{ line: candidate, pair }] : []
    }),
  )
}

const answered = (
  { line, inForce }: { readonly line: RankLine; readonly inForce: readonly RuleRow[] },
  entries: readonly Entry[],
): RankReply => {
  const asOf = must(parseDate, line.asOf)
  const { stage } = line.request
  const request = wished(line, entries)
  const candidates = entries.map((entry) => factsOf(entry, asOf))
  const assessed = entries.map(({ pair }) => ({
    id: pair.candidate.person,
    assessment: assess({ pair, rules: inForce, policyVersion, stage }),
    // Who has not said how many they have in hand is undetermined (C42) before this is asked.
    candidate: { openCases: pair.candidate.capacity?.open ?? 0, cap: pair.candidate.capacity?.cap ?? null },
  }))
  const account = accountFor({ assessed, ranked: rank({ request, candidates, asOf }), request, candidates })
  const nobody = nobodyFits({
    account,
    asOf,
    rules: inForce,
    neverMended,
    exhaustion: entries[0]?.pair.request.exhaustion ?? null,
    listings: line.candidates.map(({ person, offers }) => ({ id: person, ...offers })),
    network: line.wishes.network,
  })
  return {
    id: line.id,
    offered: account.offered.map((one, index) => ({ rank: index + 1, ...scored(one) })),
    runnersUp: account.runnersUp.map(({ price, ...one }) => ({ ...scored(one), price: [...price] })),
    excluded: account.excluded.map(({ id, assessment, blocking }) => {
      const { verdict, findings } = repliedOf(assessment)
      return { person: id, verdict, rules: [...new Set(blocking.map(({ rule }) => rule))], findings }
    }),
    nobodyFits: nobody && saidOf(nobody),
  }
}

const scored = ({
  id,
  score,
  parts,
  assessment,
}: {
  readonly id: string
  readonly score: number
  readonly parts: Readonly<Record<string, number>>
  readonly assessment: Assessment
}) => ({ person: id, score, parts, ...repliedOf(assessment) })

const saidOf = ({ emptiedBy, nearest, elsewhere, routes }: NobodyFits<string>): RankReply['nobodyFits'] => ({
  emptiedBy: [...emptiedBy],
  nearest: nearest.map(({ id, rules: by, eligibleFrom, upon }) => ({
    person: id,
    rules: [...by],
    eligibleFrom,
    upon: [...upon],
  })),
  elsewhere: [...elsewhere],
  routes: routes.map(({ ids, ...route }) => ({ ...route, people: [...ids] })),
})

const wished = (line: RankLine, entries: readonly Entry[]): RankedRequest => ({
  ...line.wishes,
  id: line.request.id ?? line.id,
  tfc: entries[0]?.pair.request.tfc ?? null,
  urgency: line.urgency,
})

const factsOf = ({ line: { offers }, pair: { candidate } }: Entry, asOf: CalendarDate): RankingFacts<string> => ({
  ...offers,
  id: candidate.person,
  practice: candidate.practice?.map(({ tfc, lastOn }) => ({ tfc, lastPractisedOn: lastOn })) ?? null,
  openCases: candidate.capacity?.open ?? null,
  cap: candidate.capacity?.cap ?? null,
  opinionsLastYear: givenWithinYear(offers.opinionsGivenOn, asOf),
})

/** The opinions of the rolling year; one that may lie in it counts, since what is unknown is nobody's advantage. */
const givenWithinYear = (days: readonly string[] | null, asOf: CalendarDate): number | null => {
  const year = { from: addDays(addMonths(asOf, -12), 1), to: asOf }
  return days?.filter((day) => liesIn(dayOf(day), year) !== 'no').length ?? null
}

const dayOf = (text: string): Day =>
  parseDate(text) ?? { earliest: must(parseDate, `${text}-01-01`), latest: must(parseDate, `${text}-12-31`) }

const sizeProblem = (value: unknown): LineProblem | undefined => {
  if (typeof value !== 'object' || value === null || !('candidates' in value)) return undefined
  const { candidates } = value
  if (!Array.isArray(candidates)) return undefined
  if (candidates.length === 0)
    return {
      code: 'empty-register',
      path: 'candidates',
      message: 'There is nobody to rank. Name one candidate at least.',
    }
  return candidates.length > mostCandidates
    ? {
        code: 'too-many',
        path: 'candidates',
        message: `These are ${candidates.length} candidates: a line may have ${mostCandidates}. Keep to those of the specialty.`,
      }
    : undefined
}

const repetition = (candidates: readonly Candidate[]): LineProblem | undefined => {
  const seen = new Set<string>()
  for (const [index, { person }] of candidates.entries()) {
    if (seen.has(person))
      return {
        code: 'duplicate-id',
        path: `candidates[${index}].person`,
        message: `${person} names two candidates: give each their own id.`,
      }
    seen.add(person)
  }
  return undefined
}

/** In a line of `assess` what names nobody is about the one candidate; here it could be anybody, and nobody would see it. */
const someoneOf = ({ request: { family, recordSearch }, candidates }: RankLine): LineProblem | undefined => {
  const known = new Set(candidates.map(({ person }) => person))
  const isNobody = (who: string | null) => who === null || (who === 'candidate' && !known.has(who))
  const ties = (family?.tiesToCandidate ?? []).flatMap((tie, at) =>
    isNobody(tie.with) ? [`family.tiesToCandidate[${at}].with`] : [],
  )
  const found = (['lettersNaming', 'publicStatements'] as const).flatMap((list) =>
    (recordSearch?.[list] ?? []).flatMap((one, at) =>
      isNobody(typeof one === 'string' ? one : (one.person ?? one.by)) ? [`recordSearch.${list}[${at}]`] : [],
    ),
  )
  const [path] = [...ties, ...found]
  return path === undefined
    ? undefined
    : { code: 'unknown-id', path: `request.${path}`, message: 'Say which of the candidates is meant, by their id.' }
}
