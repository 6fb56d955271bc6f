import type { RequestId, Subject } from '../ids.ts'
import type { Viewer } from './audiences.ts'
import type { SignedAnswers } from './declared.ts'
import { type Due, dueFrom, dueNext } from './due.ts'
import type { Acceptance, Declared, Exclusion, Offer, RequestState, RoutingFacts, ShortlistRef } from './request.ts'

/** Those who have a part in a case, and so see how it stands. */
export type Party =
  | { readonly audience: 'trust' | 'network' }
  /** By their sign-in too: a register entry may have had another holder. */
  | (Extract<Viewer, { readonly audience: 'clinician' }> & { readonly subject: Subject })

/** Whom the family would not want, whom the team asked, who treated the child: no clinician learns it of the others. */
type OfOthers = 'unwelcome' | 'discussedWith' | 'treatedBy'

/** How a request stands, as one party sees it. */
export type Shown = Pick<RequestState, 'status' | 'trust' | 'network'> & {
  readonly id: RequestId
  readonly routing: Omit<RoutingFacts, OfOthers> & Partial<Pick<RoutingFacts, OfOthers>>
  readonly due: Due
  readonly offers: readonly Offer[]
  /** By whose sign-in it was accepted is on record, and nobody's to read here. */
  readonly acceptance: Omit<Acceptance, 'acceptedBy'> | null
  readonly exclusions: readonly Exclusion[]
  /** What clinicians signed: all of it for the network, their own for a clinician. */
  readonly declarations: readonly Declared[]
  readonly shortlist: ShortlistRef | null
  /** Who may read what is restricted, where something is. */
  readonly restrictedTo: readonly Subject[]
}

/** How a request stands, as far as a party may see it: the page is made of this, and so is the tag that says whether it changed. */
export const shownOf = (state: RequestState, party: Party): Shown => {
  const { id, status, trust, network } = state
  const about = { id, status, trust, network }
  const acceptance = 'acceptance' in state ? withoutSignIn(state.acceptance) : null
  const signed = 'declarations' in state ? state.declarations : []
  const nothing = { offers: [], exclusions: [], declarations: [], shortlist: null, restrictedTo: [] }
  switch (party.audience) {
    case 'trust': {
      const restrictedTo = state.restricted?.readers ?? []
      return { ...about, routing: state.routing, due: dueNext(state), acceptance, ...nothing, restrictedTo }
    }
    case 'network': {
      const offers = state.status === 'offered' ? state.offers : []
      const exclusions = 'exclusions' in state ? state.exclusions : []
      const shortlist = 'shortlist' in state ? state.shortlist : null
      const asked = { ...nothing, offers, exclusions, shortlist, declarations: signed }
      return { ...about, routing: state.routing, due: dueNext(state), acceptance, ...asked }
    }
    case 'clinician': {
      const { unwelcome: _u, discussedWith: _d, treatedBy: _t, ...routing } = state.routing
      const offers = state.status === 'offered' ? state.offers.filter((one) => one.id === party.id) : []
      // What a former holder of the register entry signed is not the next one's to read.
      const isTheirs = ({ signedBy }: SignedAnswers) => signedBy === party.subject
      const declarations = signed.filter((one) => one.id === party.id && one.signed.every(isTheirs))
      const own = acceptance?.id === party.id ? acceptance : null
      return { ...about, routing, due: dueFrom(state, party.id), acceptance: own, ...nothing, offers, declarations }
    }
  }
}

/**
 * What a party sees happen although nothing shown changes by it: that one more was asked, has answered or was settled with, without
 * whom; that a text was written anew. Each event that a party sees changes what is shown or one of these, and no other event changes either.
 */
export const tracesOf = (state: RequestState, { audience }: Party): readonly (string | number | null)[] => {
  if (audience !== 'trust') return []
  const offers = state.status === 'offered' ? state.offers : []
  const exclusions = 'exclusions' in state ? state.exclusions.length : null
  const shortlist = 'shortlist' in state ? (state.shortlist?.takenAt ?? null) : null
  const texts = state.restricted ? [...state.sections, state.restricted.section] : state.sections
  const declared = 'declarations' in state ? state.declarations : []
  return [
    ...declared.flatMap(({ signed, settled, stands, counts }) => [signed.length, settled.length, stands, counts]),
    exclusions,
    shortlist,
    ...offers.map(({ offeredAt }) => offeredAt),
    ...texts.flatMap(({ section, version }) => [section, version]),
  ]
}

const withoutSignIn = ({ acceptedBy: _, ...acceptance }: Acceptance) => acceptance
