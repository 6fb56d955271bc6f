import type { Deadline } from '../calendar/deadlines.ts'
import type { ClinicianRefusal } from '../clinician/decide.ts'
import type { ClinicianId, GmcNumber, NetworkCode, RequestId, Subject, TrustCode } from '../ids.ts'
import type { OpeningAnswers } from '../independence/facts.ts'
import type { Assessment } from '../independence/verdict.ts'
import type { NonEmpty } from '../result.ts'
import type { Instant } from '../time.ts'
import type { Answers, DeclarationDecision, DeclaredStage, Settlement } from './declared.ts'
import type { AnsweredMark } from './questions.ts'
import type {
  ClinicianRef,
  DeclineReason,
  FamilyView,
  Outcome,
  RoutingFacts,
  SectionRef,
  ShortlistRef,
  WithdrawalReason,
} from './request.ts'

/** What can be asked of a request. Texts come as references to what was sealed; judgements come made by the engine. */
export type RequestCommand =
  | {
      readonly type: 'draft'
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
      readonly type: 'revise'
      readonly routing: RoutingFacts
      readonly sections: readonly SectionRef[]
      /** Treating consultants of whom the brief does not say the name. */
      readonly unnamed: readonly GmcNumber[]
      /** The questions that were answered with it. */
      readonly answered: readonly AnsweredMark[]
    }
  /** `readers` beside whoever writes it. */
  | { readonly type: 'restrict'; readonly section: SectionRef; readonly readers: readonly Subject[] }
  | { readonly type: 'submit'; readonly deadlines: readonly Deadline[] }
  | { readonly type: 'take-up' }
  | { readonly type: 'complete-triage' }
  | { readonly type: 'shortlist'; readonly shortlist: ShortlistRef }
  | {
      readonly type: 'offer'
      readonly candidate: ClinicianRef & { readonly name: string }
      readonly standing: Standing
      readonly replyBy: Instant
    }
  | {
      readonly type: 'accept'
      readonly clinician: ClinicianRef
      readonly answers: Answers
      readonly assessment: Assessment
      /** Why there is no place for the case among the clinician's own, if there is none. */
      readonly noPlace: ClinicianRefusal | null
    }
  /** A change of mind, once the first answers have closed the offer or the pack. */
  | {
      readonly type: 'answer-again'
      readonly clinician: ClinicianRef
      readonly stage: DeclaredStage
      readonly answers: Answers
      readonly assessment: Assessment
    }
  | {
      readonly type: 'settle-declaration'
      readonly clinician: ClinicianId
      readonly settled: NonEmpty<Settlement>
      /** What the engine makes of the answers with these in them; null where it has not enough to judge by before the clinician signs. */
      readonly assessment: Assessment | null
    }
  | {
      readonly type: 'decide-declaration'
      readonly clinician: ClinicianId
      readonly decision: DeclarationDecision
    }
  | { readonly type: 'decline'; readonly clinician: ClinicianRef; readonly because: DeclineReason }
  | { readonly type: 'expire-offer'; readonly clinician: ClinicianRef }
  | { readonly type: 'approve-plan' }
  | { readonly type: 'record-objection' }
  | { readonly type: 'engage'; readonly familyView: FamilyView }
  | {
      readonly type: 'open-pack'
      readonly clinician: ClinicianRef
      readonly answers: OpeningAnswers
      readonly assessment: Assessment
    }
  | { readonly type: 'recheck'; readonly clinician: ClinicianRef; readonly assessment: Assessment }
  /** The register entry came to `holder` at `since`: nothing that somebody else began on it goes with it. */
  | { readonly type: 'free'; readonly clinician: ClinicianRef; readonly holder: Subject; readonly since: Instant }
  | {
      readonly type: 'report'
      readonly clinician: ClinicianRef
      readonly opinion: SectionRef
      /** When it is to be shared with the family, counted from now. */
      readonly share: Deadline | null
    }
  | { readonly type: 'share' }
  | { readonly type: 'close'; readonly outcome: Outcome }
  | { readonly type: 'withdraw'; readonly because: WithdrawalReason }

/** How a clinician stands on the shortlist an offer is made from. */
export type Standing = 'offerable' | 'full' | 'excluded' | 'shortlist-changed'
