// One thing: a request in every state it can be in, and what its parts are called.
import type { Deadline } from '../calendar/deadlines.ts'
import type { ClinicianId, GmcNumber, NetworkCode, RequestId, Subject, TrustCode } from '../ids.ts'
import type { RequestFacts } from '../independence/facts.ts'
import type { Severity, VerdictKind } from '../independence/verdict.ts'
import type { NonEmpty } from '../result.ts'
import { type CalendarDate, dateAt, type Instant } from '../time.ts'
import type { AnswersOnRecord, DeclaredStage } from './declared.ts'
import type { Deed } from './duties.ts'
import type { Language } from './languages.ts'

export const opinionKinds = [
  'diagnosis',
  'treatment-choice',
  'surgery',
  'end-of-life',
  'experimental',
  're-read',
] as const
export type OpinionKind = (typeof opinionKinds)[number]
export const modes = ['records', 'video', 'in-person'] as const
export type Mode = (typeof modes)[number]

/** What matching needs, and no text about a child. */
export type RoutingFacts = Omit<RequestFacts, 'trust' | 'instructedOn'> & {
  readonly kind: OpinionKind
  readonly mode: Mode
  readonly language: Language | null
  readonly decideBy: CalendarDate | null
  readonly familyInformedOn: CalendarDate | null
  readonly agreement: { readonly basis: 'parent' | 'young-person' | 'lawful-reason'; readonly on: CalendarDate } | null
  /** Asked before a request is begun: a child who is getting worse now needs Martha's Rule, not a second opinion. */
  readonly screen: { readonly deteriorating: boolean; readonly marthasRuleUsed: boolean }
}

/**
 * The parts of a case that are sealed apart, each under a key of its own: the question as those who are asked read it; who the
 * child is, the story and the opinion; what is safeguarding or legal; and why somebody broke the glass.
 */
export const compartments = ['brief', 'pack', 'restricted', 'glass'] as const
export type CompartmentKind = (typeof compartments)[number]

/** Where a sealed text lies. The text itself is never in a state, an event, an index or a log. */
export type SectionRef = {
  readonly compartment: CompartmentKind
  readonly section: string
  readonly version: number
  readonly hash: string
}

/** A clinician, with the network whose register holds them. */
export type ClinicianRef = { readonly id: ClinicianId; readonly home: NetworkCode; readonly gmc: GmcNumber }
/** By name, since a family is told who was found. */
export type Offer = ClinicianRef & { readonly name: string; readonly offeredAt: Instant; readonly replyBy: Instant }

/** The engine's run a shortlist rests on: its document is stored beside the event, under this hash. */
export type ShortlistRef = {
  readonly takenAt: Instant
  readonly hash: string
  readonly policyVersion: string
  readonly offerable: number
  readonly excluded: number
}

export type Exclusion = {
  readonly clinician: ClinicianId
  readonly because: 'declined' | 'expired' | 'conflict' | 'objection' | 'not-needed' | 'holder-changed'
}

/** Left out for a reason that lasts. Who missed the time, was not needed or holds the entry of somebody before them can be asked again. */
export const isOut = ({ because }: Exclusion) =>
  because === 'declined' || because === 'conflict' || because === 'objection'

/** What the engine said of the clinician who accepted, at the acceptance stage. */
export type Cleared = {
  readonly policyVersion: string
  readonly verdict: VerdictKind
  readonly findings: readonly { readonly rule: string; readonly severity: Severity }[]
}
export type PlanApprover = 'clinical-lead' | 'eso-lead'
export type Acceptance = ClinicianRef & {
  readonly name: string
  readonly offeredAt: Instant
  readonly acceptedAt: Instant
  /** Who signed in to accept: the case is this person's, and nobody's who comes to hold the entry later. Told to nobody. */
  readonly acceptedBy: Subject
  readonly cleared: Cleared
  /** Those who must still sign the written plan: both, where a finding is to be managed; nobody otherwise. */
  readonly approvalsNeeded: readonly PlanApprover[]
  /** Rules that a later look at the clinician's record left undetermined: while there are any, nothing goes on. */
  readonly doubts: readonly string[]
}
export type FamilyView = 'agrees' | 'no-objection' | 'waived-immediate'

/** What is safeguarding or legal: sealed apart, for those of the trust who are named and nobody else. */
export type RestrictedNote = { readonly section: SectionRef; readonly readers: NonEmpty<Subject> }

/** What a clinician signed for this request, for as long as anybody may be asked: kept whatever became of the offer. */
export type Declared = ClinicianRef & { readonly name: string } & AnswersOnRecord

type Base = {
  readonly id: RequestId
  readonly network: NetworkCode
  readonly trust: TrustCode
  /** Counts all that happened, whoever may know of it: for the store alone. */
  readonly version: number
  /** Keys the tags by which each party sees whether the request changed for them. Shown to nobody. */
  readonly tagKey: string
  readonly routing: RoutingFacts
  readonly sections: readonly SectionRef[]
  /** Treating consultants of whom the brief does not say the name: works are found by names, so it cannot be sent while there are any. */
  readonly unnamed: readonly GmcNumber[]
  readonly restricted: RestrictedNote | null
  readonly draftedAt: Instant
  readonly draftedBy: Subject
  /** Who did what on it: some of these are never one person's. */
  readonly did: readonly Deed[]
}
type Sent = Base & {
  readonly submittedAt: Instant
  readonly submittedBy: Subject
  readonly deadlines: readonly Deadline[]
  readonly exclusions: readonly Exclusion[]
  readonly declarations: readonly Declared[]
}
type Engaged = Sent & { readonly acceptance: Acceptance; readonly familyView: FamilyView; readonly engagedAt: Instant }
type Reviewed = Engaged & { readonly openedAt: Instant }
type Reported = Reviewed & { readonly reportedAt: Instant }
type Shared = Reported & { readonly sharedAt: Instant }

export type DraftRequest = Base & { readonly status: 'draft' }
export type SubmittedRequest = Sent & { readonly status: 'submitted' }
export type TriageRequest = Sent & { readonly status: 'triage' }
export type MatchingRequest = Sent & { readonly status: 'matching'; readonly shortlist: ShortlistRef | null }
export type OfferedRequest = Sent & {
  readonly status: 'offered'
  readonly shortlist: ShortlistRef
  readonly offers: NonEmpty<Offer>
}
export type AcceptedRequest = Sent & { readonly status: 'accepted'; readonly acceptance: Acceptance }
export type EngagedRequest = Engaged & { readonly status: 'engaged' }
export type InReviewRequest = Reviewed & { readonly status: 'in-review' }
/** In the hands of one clinician, who has not given the opinion yet. */
export type HeldRequest = AcceptedRequest | EngagedRequest | InReviewRequest
export type ReportedRequest = Reported & { readonly status: 'reported' }
export type SharedRequest = Shared & { readonly status: 'shared' }
export type ClosedRequest = Shared & {
  readonly status: 'closed'
  readonly closedAt: Instant
  readonly outcome: Outcome
}
export type WithdrawnRequest = Base & {
  readonly status: 'withdrawn'
  readonly submittedAt: Instant | null
  readonly withdrawnAt: Instant
  readonly because: WithdrawalReason
  readonly was: OpenStatus
}

export const outcomes = ['plan-confirmed', 'plan-changed', 'transferred', 'further-opinion', 'other'] as const
export type Outcome = (typeof outcomes)[number]
export const withdrawalReasons = ['agreement-withdrawn', 'discharged', 'transferred', 'resolved', 'duplicate'] as const
export type WithdrawalReason = (typeof withdrawalReasons)[number]
export const declineReasons = ['conflict', 'no-capacity', 'not-my-field', 'other'] as const
export type DeclineReason = (typeof declineReasons)[number]

/** A request in each state it can be in: what a state has not reached, it cannot hold. */
export type RequestState =
  | DraftRequest
  | SubmittedRequest
  | TriageRequest
  | MatchingRequest
  | OfferedRequest
  | AcceptedRequest
  | EngagedRequest
  | InReviewRequest
  | ReportedRequest
  | SharedRequest
  | ClosedRequest
  | WithdrawnRequest

/** The states in which somebody still waits for something, in the order of the main path. */
export const openStatuses = [
  'draft',
  'submitted',
  'triage',
  'matching',
  'offered',
  'accepted',
  'engaged',
  'in-review',
  'reported',
  'shared',
] as const satisfies readonly Status[]
export const statuses = [...openStatuses, 'closed', 'withdrawn'] as const satisfies readonly Status[]
export type Status = RequestState['status']
export type OpenStatus = Exclude<Status, 'closed' | 'withdrawn'>

/**
 * Whether the network ever received it: that alone makes a request anybody's business but its trust's. Where a request is now never says
 * what happened to it before; a draft can be withdrawn too.
 */
export const wasSent = (state: RequestState): boolean => 'submittedAt' in state && state.submittedAt !== null

/** Whether the clinician has seen the names and answered the close ties again, so that the rest of the pack is theirs to read. */
export const wasOpened = (state: RequestState): boolean => 'openedAt' in state

export const isHeld = (state: RequestState): state is HeldRequest =>
  state.status === 'accepted' || state.status === 'engaged' || state.status === 'in-review'

/** The clinician who holds the case now: from acceptance until the opinion is given. */
export const holderOf = (state: RequestState): ClinicianRef | null => (isHeld(state) ? refOf(state.acceptance) : null)

/** The clinician who may read the pack: once engaged, and after giving the opinion too. */
export const readerOf = (state: RequestState): ClinicianRef | null =>
  'engagedAt' in state && state.status !== 'closed' ? refOf(state.acceptance) : null

/** Every clinician who now has the case in hand, offered or engaged. */
export const withCaseInHand = (state: RequestState): readonly ClinicianRef[] => {
  if (state.status === 'offered') return state.offers.map(refOf)
  return 'acceptance' in state && state.status !== 'closed' ? [refOf(state.acceptance)] : []
}

/** What this clinician signed at this stage, if anything. */
export const declaredBy = (state: RequestState, clinician: ClinicianId, stage: DeclaredStage): Declared | undefined =>
  'declarations' in state ? state.declarations.find((one) => one.id === clinician && one.stage === stage) : undefined

export const refOf = ({ id, home, gmc }: ClinicianRef): ClinicianRef => ({ id, home, gmc })

/** What the engine is shown of a request, when it weighs this clinician. */
export const requestFacts = (state: RequestState, clinician?: ClinicianId): RequestFacts => {
  const { sites, urgency, tfc, treating, unwelcome, discussedWith, treatedBy } = state.routing
  const offers = state.status === 'offered' ? state.offers : 'acceptance' in state ? [state.acceptance] : []
  const offer = offers.find(({ id }) => id === clinician)
  const declared = clinician && declaredBy(state, clinician, 'acceptance')
  // A change of mind may come when the offer is gone: they were asked no later than they first signed.
  const instructedAt = offer?.offeredAt ?? (declared ? declared.signed[0].signedAt : null)
  return {
    trust: state.trust,
    sites,
    urgency,
    tfc,
    treating,
    unwelcome,
    discussedWith,
    treatedBy,
    instructedOn: instructedAt && dateAt(instructedAt),
  }
}
