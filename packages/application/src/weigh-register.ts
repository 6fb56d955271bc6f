import { type Card, candidateFacts, rankingFacts } from '@concord/domain/clinician/clinician'
import type { NetworkCode, OrgCode } from '@concord/domain/ids'
import { assess } from '@concord/domain/independence/assess'
import type { RequestFacts } from '@concord/domain/independence/facts'
import { pairOf } from '@concord/domain/independence/pair-of'
import type { OrganisationGraph } from '@concord/domain/organisation/graph'
import { type NobodyFits, nobodyFits } from '@concord/domain/ranking/nobody-fits'
import { type RankedRequest, rank } from '@concord/domain/ranking/rank'
import { accountFor, type Shortlist, shortlist } from '@concord/domain/ranking/shortlist'
import { type CalendarDate, dateAt, type Instant } from '@concord/domain/time'
import type { Rulebook } from './ports/policy.ts'
import type { Exchange } from './ports/store.ts'

/** An assessment as it is kept: the facts it saw, and what the engine made of them under which policy. */
export type Assessed = Seen & {
  readonly asOf: CalendarDate
  readonly policyVersion: string
  /** The version of the organisations it was weighed with. */
  readonly organisations: string
  readonly result: Shortlist
  /** What there is to do when nobody can be asked; null where somebody can. */
  readonly nobodyFits: NobodyFits | null
}

/** What an assessment sees: the moment, the request, and everyone on the listing. */
export type Seen = {
  readonly takenAt: Instant
  readonly request: RequestFacts
  readonly wished: RankedRequest
  readonly network: NetworkCode
  readonly candidates: readonly Card[]
  /** Opinions that the network brokered before, as far as they can bear on these. */
  readonly history: readonly Exchange[]
}

type By = {
  readonly policy: Rulebook
  readonly organisations: OrganisationGraph
}

/** Weighs and ranks everyone of a listing for one request. From the same facts, policy and organisations it gives the same bytes. */
export const weighRegister = (
  { takenAt, request, wished, network, candidates, history }: Seen,
  { policy, organisations }: By,
): Assessed => {
  const asOf = dateAt(takenAt)
  const field = policy.fieldOf(request.tfc)
  const assessed = candidates.map((card) => {
    const candidate = candidateFacts(card)
    const pair = pairOf({ asOf, request, candidate, history, organisations, field })
    const assessment = assess({ rules: policy.rules, policyVersion: policy.version, stage: 'offer', pair })
    return { id: card.id, candidate, assessment }
  })
  const placeOf = (sites: readonly (OrgCode | 'none' | null)[]) =>
    sites
      .map((site) => (site === null || site === 'none' ? null : (organisations.find(site)?.place ?? null)))
      .find((place) => place !== null)
  const asked = { ...wished, place: placeOf(request.sites) }
  const offers = candidates.map((card) => ({
    ...rankingFacts(card, asOf),
    place: placeOf((card.entry.facts.posts ?? []).filter(({ to }) => to === 'ongoing').map(({ site }) => site)),
  }))
  const ranked = rank({ request: asked, candidates: offers, asOf })
  const account = accountFor({ assessed, ranked, request: asked, candidates: offers })
  return {
    takenAt,
    asOf,
    policyVersion: policy.version,
    organisations: organisations.version,
    request,
    wished,
    network,
    candidates,
    history,
    result: shortlist({ assessed, ranked }),
    nobodyFits: nobodyFits({
      account,
      asOf,
      rules: policy.rules,
      neverMended: policy.neverMended,
      exhaustion: null,
      network,
      listings: candidates.map(({ id, home, entry }) => ({
        id,
        network: home,
        isNational: entry.visibility === 'national',
      })),
    }),
  }
}
