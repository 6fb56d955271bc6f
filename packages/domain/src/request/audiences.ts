import type { ClinicianId } from '../ids.ts'
import type { RequestEvent } from './events.ts'

/** Everybody to whom something of a request may be told. A clinician is one who is asked, or who holds the case. */
export const audiences = [
  'trust',
  'network',
  'clinician',
  'trust-guardian',
  'network-guardian',
  'commissioner',
  'operator',
] as const
export type Audience = (typeof audiences)[number]

/**
 * How an audience sees an event: whole, without the clinician whom it is about, only where it is about themselves, or not at all. What
 * is not seen cannot be inferred either: it changes no tag, no date and no answer of theirs.
 */
export type Sight = 'whole' | 'without-whom' | 'if-theirs' | 'never'
type SightOf<A extends Audience> = A extends 'clinician'
  ? Exclude<Sight, 'without-whom'>
  : A extends 'commissioner' | 'operator'
    ? 'never'
    : Exclude<Sight, 'if-theirs'>
type Seen = { readonly [A in Audience]: SightOf<A> }

const nobodyElse = { commissioner: 'never', operator: 'never' } as const
/** Before it was sent a request is its trust's, and its trust's guardian's. */
const ofTheDraft = {
  trust: 'whole',
  network: 'never',
  clinician: 'never',
  'trust-guardian': 'whole',
  'network-guardian': 'never',
  ...nobodyElse,
} as const satisfies Seen
const ofTheMatching = { ...ofTheDraft, network: 'whole', 'network-guardian': 'whole' } as const satisfies Seen
/** Who was asked and has not accepted is for the network alone to know, and for each clinician of themselves. */
const ofAnOffer = {
  ...ofTheMatching,
  trust: 'without-whom',
  clinician: 'if-theirs',
  'trust-guardian': 'without-whom',
} as const satisfies Seen
/** The family is told who accepted. */
const ofTheHolder = { ...ofTheMatching, clinician: 'if-theirs' } as const satisfies Seen

/** Which audience sees which event, and how: a new event or a new audience does not compile until it has its answer here. */
export const seenBy: { readonly [Type in RequestEvent['type']]: Seen } = {
  'request.drafted': ofTheDraft,
  'request.revised': ofTheDraft,
  'restricted.noted': ofTheDraft,
  'request.submitted': { ...ofTheMatching, clinician: 'whole' },
  'request.taken-up': ofTheMatching,
  'request.triaged': ofTheMatching,
  'request.shortlisted': ofTheMatching,
  'offer.made': ofAnOffer,
  'offer.accepted': ofTheHolder,
  'offer.declined': ofAnOffer,
  'offer.expired': ofAnOffer,
  'declaration.signed': ofAnOffer,
  'declaration.settled': ofAnOffer,
  'declaration.decided': ofAnOffer,
  'plan.approved': ofTheHolder,
  'family.objected': ofTheHolder,
  'request.engaged': ofTheHolder,
  'pack.opened': ofTheHolder,
  'clearance.doubted': ofTheHolder,
  'clearance.confirmed': ofTheHolder,
  'plan.needed': ofTheHolder,
  'pack.closed': ofTheHolder,
  'case.freed': ofTheHolder,
  'opinion.reported': ofTheHolder,
  'opinion.shared': ofTheHolder,
  'request.closed': ofTheHolder,
  'request.withdrawn': ofTheHolder,
}

/** Whom an event is about, where it is about one clinician. */
const clinicianIn = (event: RequestEvent): ClinicianId | null => {
  switch (event.type) {
    case 'offer.made':
      return event.offer.id
    case 'offer.accepted':
      return event.acceptance.id
    case 'offer.declined':
    case 'offer.expired':
    case 'declaration.signed':
    case 'declaration.settled':
    case 'declaration.decided':
    case 'plan.approved':
    case 'request.engaged':
    case 'pack.opened':
    case 'clearance.doubted':
    case 'clearance.confirmed':
    case 'plan.needed':
    case 'opinion.shared':
    case 'request.closed':
      return event.clinician.id
    case 'family.objected':
    case 'pack.closed':
    case 'case.freed':
    case 'opinion.reported':
      return event.released.id
    case 'request.withdrawn':
      return event.released?.id ?? null
    case 'request.drafted':
    case 'request.revised':
    case 'restricted.noted':
    case 'request.submitted':
    case 'request.taken-up':
    case 'request.triaged':
    case 'request.shortlisted':
      return null
  }
}

/** One of those who may be shown something of a request; of clinicians, which. */
export type Viewer =
  | { readonly audience: Exclude<Audience, 'clinician'> }
  | { readonly audience: 'clinician'; readonly id: ClinicianId }

/** An event as one viewer sees it: about whom, as far as they may know; nothing where they do not see it. */
export const seenAs = (event: RequestEvent, viewer: Viewer): { readonly clinician: ClinicianId | null } | undefined => {
  const clinician = clinicianIn(event)
  const sight: Sight = seenBy[event.type][viewer.audience]
  switch (sight) {
    case 'whole':
      return { clinician }
    case 'without-whom':
      return { clinician: null }
    case 'if-theirs':
      return viewer.audience === 'clinician' && clinician === viewer.id ? { clinician } : undefined
    case 'never':
      return undefined
  }
}
