import type { ClinicianId } from '../ids.ts'
import type { CandidateFacts } from '../independence/facts.ts'
import { mayOffer, type Offerability } from '../independence/may-offer.ts'
import type { Assessment, BlockingFindings, Finding, ToAsk } from '../independence/verdict.ts'
import { isNonEmpty, type NonEmpty } from '../result.ts'
import { isAvailable, offersMode, type Ranked, type RankedRequest, type RankingFacts } from './rank.ts'

export type Assessed<Id extends string = ClinicianId> = {
  readonly id: Id
  readonly assessment: Assessment
  readonly candidate: Pick<CandidateFacts, 'openCases' | 'cap'>
}

/** Every clinician of the specialty exactly once: in order of rank with what is still to ask, without a free place, or out by rule. */
export type Shortlist = {
  readonly offerable: readonly (Ranked & { readonly findings: readonly Finding[]; readonly toAsk: readonly ToAsk[] })[]
  readonly full: readonly { readonly id: ClinicianId; readonly findings: readonly Finding[] }[]
  readonly excluded: readonly { readonly id: ClinicianId; readonly findings: BlockingFindings }[]
}

/** Puts every assessed candidate in its one place. A candidate seen twice, or offerable and not ranked, is a bug. */
export const shortlist = ({
  assessed,
  ranked,
}: {
  readonly assessed: readonly Assessed[]
  readonly ranked: readonly Ranked[]
}): Shortlist => {
  const placed = placedOf(assessed)
  const offerable = placed.filter(({ standing }) => standing.kind === 'offerable')
  return {
    offerable: inOrderOf(ranked, offerable).map(({ assessment: { findings, toAsk }, ...one }) => ({
      ...one.ranked,
      findings,
      toAsk,
    })),
    full: placed.flatMap(({ id, assessment, standing }) =>
      standing.kind === 'full' ? [{ id, findings: assessment.findings }] : [],
    ),
    excluded: placed.flatMap(({ id, standing }) =>
      standing.kind === 'excluded' ? [{ id, findings: standing.findings }] : [],
    ),
  }
}

/** What it would take to ask somebody who passes: to wait for a place, a plan with two approvals, or an exception of theirs. */
export type Price = {
  readonly kind: 'free-place' | 'plan' | 'urgency' | 'mode'
  readonly what: string
}

/** Every candidate exactly once: offered in order of rank, runner-up at a price, or excluded by rule. */
export type Account<Id extends string = ClinicianId> = {
  readonly offered: readonly (Ranked<Id> & { readonly assessment: Assessment })[]
  readonly runnersUp: readonly (Ranked<Id> & { readonly assessment: Assessment; readonly price: NonEmpty<Price> })[]
  readonly excluded: readonly {
    readonly id: Id
    readonly assessment: Assessment
    readonly blocking: BlockingFindings
  }[]
}

/**
 * Accounts for everybody. Excluded is whom a rule bars or leaves undetermined, whatever else is true of them; of the others
 * a runner-up is who has any price, all of them stated, and offered is who has none. Nobody asked for an urgency or a mode
 * is no price; a clinician who was not asked what they take has not said that they take it.
 */
export const accountFor = <Id extends string>({
  assessed,
  ranked,
  request,
  candidates,
}: {
  readonly assessed: readonly Assessed<Id>[]
  readonly ranked: readonly Ranked<Id>[]
  readonly request: Pick<RankedRequest, 'urgency' | 'mode'>
  readonly candidates: readonly Pick<RankingFacts<Id>, 'id' | 'urgencies' | 'modes'>[]
}): Account<Id> => {
  const placed = placedOf(assessed)
  const offers = new Map(candidates.map((one) => [one.id, one]))
  const passing = inOrderOf(
    ranked,
    placed.filter(({ standing }) => standing.kind !== 'excluded'),
  ).map((one) => ({
    ...one.ranked,
    assessment: one.assessment,
    price: pricesOf(one, request, offers.get(one.id) ?? { urgencies: null, modes: null }),
  }))
  return {
    offered: passing.flatMap(({ price, ...one }) => (price.length === 0 ? [one] : [])),
    runnersUp: passing.flatMap(({ price, ...one }) => (isNonEmpty(price) ? [{ ...one, price }] : [])),
    excluded: placed.flatMap(({ id, assessment, standing }) =>
      standing.kind === 'excluded' ? [{ id, assessment, blocking: standing.findings }] : [],
    ),
  }
}

type Placed<Id extends string> = {
  readonly id: Id
  readonly assessment: Assessment
  readonly standing: Offerability
}

const placedOf = <Id extends string>(assessed: readonly Assessed<Id>[]): readonly Placed<Id>[] => {
  if (new Set(assessed.map(({ id }) => id)).size !== assessed.length) throw new Error('A candidate was assessed twice')
  return assessed
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, assessment, candidate }) => ({ id, assessment, standing: mayOffer(assessment, candidate) }))
}

const inOrderOf = <Id extends string>(ranked: readonly Ranked<Id>[], placed: readonly Placed<Id>[]) => {
  const byId = new Map(placed.map((one) => [one.id, one]))
  const inOrder = ranked.flatMap((one) => {
    const its = byId.get(one.id)
    return its ? [{ ...its, ranked: one }] : []
  })
  if (inOrder.length !== byId.size) throw new Error('An offerable candidate was not ranked exactly once')
  return inOrder
}

const pricesOf = (
  { assessment, standing }: Pick<Placed<string>, 'assessment' | 'standing'>,
  request: Pick<RankedRequest, 'urgency' | 'mode'>,
  offers: Pick<RankingFacts, 'urgencies' | 'modes'>,
): readonly Price[] => [
  ...price(standing.kind === 'full', {
    kind: 'free-place',
    what: 'Has no free place: wait until one is free, or agree one over the cap with the clinician.',
  }),
  ...price(assessment.verdict === 'manage', {
    kind: 'plan',
    what: 'Only with a written management plan and two approvals, and the family told.',
  }),
  ...price(request.urgency !== null && !isAvailable(offers, request), {
    kind: 'urgency',
    what: `Has not said that they take requests of urgency ${request.urgency}: ask for an exception.`,
  }),
  ...price(request.mode !== null && !offersMode(offers, request), {
    kind: 'mode',
    what: `Has not said that they give opinions this way (${request.mode}): ask for an exception, or change the way.`,
  }),
]

const price = (isDue: boolean, due: Price): readonly Price[] => (isDue ? [due] : [])
