import type { Actor } from '../actor.ts'
import type { Deadline } from '../calendar/deadlines.ts'
import type { GmcNumber, NetworkCode, RequestId, Subject, TrustCode } from '../ids.ts'
import type { OpeningAnswers } from '../independence/facts.ts'
import type { NonEmpty } from '../result.ts'
import type { Instant } from '../time.ts'
import type { AnswersStand, DeclarationDecision, DeclaredStage, Settlement, SignedAnswers } from './declared.ts'
import type { AnsweredMark } from './questions.ts'
import type {
  Acceptance,
  Cleared,
  ClinicianRef,
  DeclineReason,
  FamilyView,
  Offer,
  OpenStatus,
  Outcome,
  PlanApprover,
  RoutingFacts,
  SectionRef,
  ShortlistRef,
  WithdrawalReason,
} from './request.ts'

type Happened =
  | {
      readonly type: 'request.drafted'
      readonly id: RequestId
      readonly network: NetworkCode
      readonly trust: TrustCode
      readonly tagKey: string
      readonly routing: RoutingFacts
      readonly sections: readonly SectionRef[]
      readonly unnamed: readonly GmcNumber[]
      readonly answered: readonly AnsweredMark[]
    }
  | {
      readonly type: 'request.revised'
      readonly routing: RoutingFacts
      readonly sections: readonly SectionRef[]
      readonly unnamed: readonly GmcNumber[]
      /** What its author was asked about and confirmed: who and when are those of the event. */
      readonly answered: readonly AnsweredMark[]
    }
  | {
      readonly type: 'restricted.noted'
      readonly section: SectionRef
      readonly readers: NonEmpty<Subject>
    }
  | { readonly type: 'request.submitted'; readonly deadlines: readonly Deadline[] }
  | { readonly type: 'request.taken-up' }
  | { readonly type: 'request.triaged' }
  | { readonly type: 'request.shortlisted'; readonly shortlist: ShortlistRef }
  | { readonly type: 'offer.made'; readonly offer: Offer }
  | {
      readonly type: 'offer.accepted'
      readonly acceptance: Acceptance
      readonly others: readonly ClinicianRef[]
      /** The answers it rests on; null in what was stored before answers were kept with the request. */
      readonly signed: SignedAnswers | null
    }
  /** Answers that led no further: a rule bars, a question is open, or they differ from what was signed before. */
  | {
      readonly type: 'declaration.signed'
      readonly clinician: ClinicianRef
      readonly name: string
      readonly stage: DeclaredStage
      readonly signed: SignedAnswers
      readonly stands: AnswersStand
    }
  | {
      readonly type: 'declaration.settled'
      readonly clinician: ClinicianRef
      readonly stage: DeclaredStage
      readonly settled: NonEmpty<Settlement>
      /** The rules that bar, now that it is settled. */
      readonly bars: readonly string[]
    }
  | {
      readonly type: 'declaration.decided'
      readonly clinician: ClinicianRef
      readonly stage: DeclaredStage
      readonly decision: DeclarationDecision
    }
  | { readonly type: 'offer.declined'; readonly clinician: ClinicianRef; readonly because: DeclineReason }
  | { readonly type: 'offer.expired'; readonly clinician: ClinicianRef }
  | { readonly type: 'plan.approved'; readonly clinician: ClinicianRef; readonly as: PlanApprover }
  | { readonly type: 'family.objected'; readonly released: ClinicianRef }
  | {
      readonly type: 'request.engaged'
      readonly clinician: ClinicianRef
      /** Whose case it is, by their sign-in. */
      readonly acceptedBy: Subject
      readonly familyView: FamilyView
    }
  | { readonly type: 'pack.opened'; readonly clinician: ClinicianRef; readonly answers: OpeningAnswers }
  /** A later look at the clinician's record: what it left undetermined, that nothing of it is left, or what is to be managed now. */
  | { readonly type: 'clearance.doubted'; readonly clinician: ClinicianRef; readonly rules: readonly string[] }
  | { readonly type: 'clearance.confirmed'; readonly clinician: ClinicianRef }
  | {
      readonly type: 'plan.needed'
      readonly clinician: ClinicianRef
      readonly cleared: Cleared
      readonly approvalsNeeded: readonly PlanApprover[]
    }
  | { readonly type: 'pack.closed'; readonly released: ClinicianRef; readonly rules: readonly string[] }
  /** The clinician's register entry came to somebody else while they had the case. */
  | { readonly type: 'case.freed'; readonly released: ClinicianRef }
  | {
      readonly type: 'opinion.reported'
      readonly opinion: SectionRef
      readonly share: Deadline | null
      readonly released: ClinicianRef
    }
  | { readonly type: 'opinion.shared'; readonly clinician: ClinicianRef }
  | { readonly type: 'request.closed'; readonly outcome: Outcome; readonly clinician: ClinicianRef }
  | {
      readonly type: 'request.withdrawn'
      readonly because: WithdrawalReason
      readonly was: OpenStatus
      /** A draft that its trust gave up is the trust's own: nobody else is told of it. */
      readonly wasSent: boolean
      readonly released: ClinicianRef | null
      readonly ended: readonly ClinicianRef[]
    }

/** One thing that happened to a request. `released` names whose place is to be given back, `ended` whose case is over. */
export type RequestEvent = Happened & { readonly at: Instant; readonly by: Actor }
export type RequestHappening = Happened
