import { type About, type Answer, each, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type {
  Business,
  ManagementKind,
  Pair,
  PersonalKind,
  PersonId,
  Related,
  Team,
  TeamKind,
  Tie,
  TrainingKind,
} from '../pair.ts'
import { both, lookBack, type Ternary, touches, touchTogether, type Window } from '../period.ts'
import type { Severity } from '../verdict.ts'

/** Directs, employs, appraises or answers for a treating consultant, or the other way round (C07). */
export const managementTie: Judge<'management-tie'> = (pair) =>
  pair.request.treating.flatMap((other) => managedBetween(pair, other))

/** In the same clinical team, standing MDT, rota or transport service as a treating consultant, at the same time (C08). */
export const sharedTeam: Judge<'shared-team'> = (pair, { rule, condition }) => {
  const window = lookBack(rule.lookBackMonths, pair.asOf)
  return pair.request.treating.flatMap((other) => teamedWith(pair, other, { window, kinds: condition.teams }))
}

/** Taught, trained or supervised one another: a pupil cannot judge the teacher (C10). */
export const trainingTie: Judge<'training-tie'> = (pair, { rule, condition }) => {
  const window = lookBack(rule.lookBackMonths, pair.asOf)
  const weigh = (kind: TrainingKind) => (condition.pupil.includes(kind) ? null : condition.otherwise)
  return pair.request.treating.flatMap((other) => trainedBetween(pair, other, { window, weigh }))
}

/** A close friend, partner or relative of a treating consultant, or of whoever gave an earlier opinion (C12). */
export const closeToConsultant: Judge<'close-to-consultant'> = (pair, { condition }) => {
  const { request } = pair
  const earlier = [request.firstOpinionBy, ...(request.earlierOpinions ?? []).map(({ by }) => by)]
  const others = earlier.flatMap((person) =>
    person === null || request.treating.some((one) => one.person === person) ? [] : [{ person, personalTies: [] }],
  )
  return [...request.treating, ...unique(others)].flatMap((other) => closeBetween(pair, other, condition.kinds))
}

/** Close to the child or the family, or with a part in their life (C13). */
export const closeToFamily: Judge<'close-to-family'> = (pair, { condition }) => {
  const { candidate, request } = pair
  const { members, ties } = request.family
  const mine = tiesTo(candidate.personalTies, (who) => members.includes(who))
  const theirs = tiesTo(ties, (who) => who === candidate.person)
  const about = (whose: PersonId, source: string): About => ({
    fact: 'whether the clinician is close to the child or the family',
    whose,
    source,
  })
  return [
    ...closeness(mine, { kinds: condition.kinds, pair, about: () => about(candidate.person, CASE) }),
    ...closeness(theirs, { kinds: condition.kinds, pair, about: () => about('family', 'family view') }),
  ]
}

/** Personal closeness between the candidate and another, on the word of either. */
export const closeBetween = (
  { candidate, ...pair }: Pair,
  other: Pick<Related, 'person' | 'personalTies'>,
  kinds: readonly PersonalKind[],
): readonly Answer[] => {
  const about = (whose: PersonId, source: string): About => ({
    fact: `whether the clinician and ${other.person} are close friends, partners or relatives`,
    whose,
    source,
  })
  const mine = tiesTo(candidate.personalTies, (who) => who === other.person)
  const theirs = tiesTo(other.personalTies, (who) => who === candidate.person)
  return [
    ...closeness(mine, { kinds, pair, about: () => about(candidate.person, CASE) }),
    ...closeness(theirs, { kinds, pair, about: () => about(other.person, STATED) }),
  ]
}

export const managedBetween = (
  { candidate, asOf }: Pair,
  other: Pick<Related, 'person' | 'managementTies'>,
): readonly Answer[] => {
  const window = lookBack(null, asOf)
  const fact = `whether one of the clinician and ${other.person} directs, employs, appraises or answers for the other`
  const judged = (ties: readonly Tie<ManagementKind>[] | null, whose: PersonId, source: string) =>
    each(
      ties,
      (tie) => {
        const { kind } = tie
        const isSure = tie.with !== null && kind !== null && kind !== 'unsure'
        const about = () => ({ fact: isSure ? `${spaced(kind)} ${tie.with}` : fact, whose, source, during: tie })
        return whether(both(touches(tie, window), isSure ? 'yes' : 'unknown'), about)
      },
      () => ({ fact, whose, source }),
    )
  const mine = tiesTo(candidate.managementTies, (who) => who === other.person)
  const theirs = tiesTo(other.managementTies, (who) => who === candidate.person)
  return [...judged(mine, candidate.person, CASE), ...judged(theirs, other.person, STATED)]
}

type Training = { readonly window: Window; readonly weigh: (kind: TrainingKind) => Severity | null }

export const trainedBetween = (
  { candidate }: Pair,
  other: Pick<Related, 'person' | 'trainingTies'>,
  { window, weigh }: Training,
): readonly Answer[] => {
  const fact = `whether one of the clinician and ${other.person} taught, trained or supervised the other`
  const judged = (ties: readonly Tie<TrainingKind>[] | null, whose: PersonId, source: string) =>
    each(
      ties,
      (tie) => {
        const kind =
          whose === candidate.person || tie.kind === null || tie.kind === 'unsure' ? tie.kind : inverse[tie.kind]
        const isSure = tie.with !== null && kind !== null && kind !== 'unsure'
        const about = () => ({
          fact: isSure ? `the clinician is ${spaced(kind)} ${other.person}` : fact,
          whose,
          source,
          during: tie,
        })
        return whether(both(touches(tie, window), isSure ? 'yes' : 'unknown'), about, {
          severity: isSure ? weigh(kind) : null,
        })
      },
      () => ({ fact, whose, source }),
    )
  const mine = tiesTo(candidate.trainingTies, (who) => who === other.person)
  const theirs = tiesTo(other.trainingTies, (who) => who === candidate.person)
  return [...judged(mine, candidate.person, CASE), ...judged(theirs, other.person, STATED)]
}

type Teaming = { readonly window: Window; readonly kinds: readonly TeamKind[] }

// Who is in no team shares none, so the other side need not be known.
export const teamedWith = (
  { candidate }: { readonly candidate: Pick<Related, 'person' | 'teams'> },
  other: Pick<Related, 'person' | 'teams'>,
  { window, kinds }: Teaming,
): readonly Answer[] => {
  const fact = `whether the clinician shares a clinical team, MDT, rota or transport service with ${other.person}`
  const counted = (teams: readonly Team[] | null) =>
    teams?.filter((one) => (one.kind === null || kinds.includes(one.kind)) && touches(one, window) !== 'no') ?? null
  const [mine, theirs] = [counted(candidate.teams), counted(other.teams)]
  if (mine?.length === 0 || theirs?.length === 0) return NOTHING
  if (mine === null) return [needs(() => ({ fact, whose: candidate.person, source: CASE }))]
  if (theirs === null) return [needs(() => ({ fact, whose: other.person, source: STATED }))]
  return mine.flatMap((membership) =>
    theirs.flatMap((same) => {
      if (same.id !== membership.id) return NOTHING
      const isRoutine: Ternary = membership.kind === null && same.kind === null ? 'unknown' : 'yes'
      const about = () => ({
        fact: `${spaced(membership.kind ?? 'team')} ${membership.id}, with ${other.person}`,
        whose: candidate.person,
        source: 'register entry',
        during: membership,
      })
      return whether(both(isRoutine, touchTogether(membership, same, window)), about, { confidence: 'derived' })
    }),
  )
}

/** In business with another: a practice, a partnership or a company they share (C14). */
export const inBusinessWith = (
  { candidate, asOf }: Pair,
  other: Pick<Related, 'person' | 'business'>,
  sharePercent: number,
): readonly Answer[] => {
  const window = lookBack(null, asOf)
  const fact = `whether the clinician and ${other.person} share a practice, partnership or company`
  const counted = (list: readonly Business[] | null) =>
    list?.filter((one) => touches(one, window) !== 'no' && weighs(one, sharePercent) !== 'no') ?? null
  const [mine, theirs] = [counted(candidate.business), counted(other.business)]
  if (mine?.length === 0 || theirs?.length === 0) return NOTHING
  if (mine === null) return [needs(() => ({ fact, whose: candidate.person, source: CASE }))]
  if (theirs === null) return [needs(() => ({ fact, whose: other.person, source: STATED }))]
  return mine.flatMap((one) =>
    theirs.flatMap((same) => {
      const isSame: Ternary =
        one.company === null || same.company === null ? 'unknown' : one.company === same.company ? 'yes' : 'no'
      if (one.role === 'paid' && same.role === 'paid' && one.kind !== 'practice') return NOTHING
      const is = both(
        isSame,
        both(both(weighs(one, sharePercent), weighs(same, sharePercent)), touchTogether(one, same, window)),
      )
      return whether(is, () => ({
        fact: `${one.company ?? 'a business'}, with ${other.person}`,
        whose: candidate.person,
        source: CASE,
        during: one,
      }))
    }),
  )
}

// Small holdings through common funds or in widely held firms say nothing.
const weighs = ({ kind, sharePercent }: Business, from: number): Ternary => {
  if (kind === 'fund') return 'no'
  if (kind !== 'widely-held') return 'yes'
  return sharePercent === null ? 'unknown' : sharePercent >= from ? 'yes' : 'no'
}

type Closeness = {
  readonly kinds: readonly PersonalKind[]
  readonly pair: Pick<Pair, 'asOf'>
  readonly about: () => About
}

const closeness = (ties: readonly Tie<PersonalKind>[] | null, { kinds, pair, about }: Closeness): readonly Answer[] => {
  if (ties === null) return [needs(about)]
  return ties.flatMap((tie) => {
    const { kind } = tie
    if (kind === null || kind === 'unsure') return [needs(about)]
    if (!kinds.includes(kind)) return NOTHING
    // A friendship or a neighbourhood ends; kin and former partners stay what they are.
    const isOver = fleeting.includes(kind) && touches(tie, lookBack(null, pair.asOf)) === 'no'
    if (isOver) return NOTHING
    return tie.with === null
      ? [needs(about)]
      : [holds(() => ({ ...about(), fact: `${spaced(kind)} of ${tie.with}`, during: tie }))]
  })
}
const fleeting: readonly PersonalKind[] = ['close-friend', 'neighbour', 'faith-leader', 'carer']

/** A person's ties to somebody, those to nobody knows whom among them. */
const tiesTo = <Kind extends string>(ties: readonly Tie<Kind>[] | null, is: (who: PersonId) => boolean) =>
  ties === null || ties.length === 0 ? ties : ties.filter((tie) => tie.with === null || is(tie.with))

const unique = <T extends { readonly person: PersonId }>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((one) => [one.person, one])).values(),
]

const CASE = 'case declaration'
const STATED = 'their own statement'

const inverse: Readonly<Record<Exclude<TrainingKind, 'unsure'>, TrainingKind>> = {
  'trainer-of': 'trainee-of',
  'trainee-of': 'trainer-of',
  'phd-supervisor-of': 'phd-student-of',
  'phd-student-of': 'phd-supervisor-of',
  'co-trainee': 'co-trainee',
}

const spaced = (kind: string) => kind.replaceAll('-', ' ')
