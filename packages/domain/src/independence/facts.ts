import type { GmcNumber, OrgCode, Tfc } from '../ids.ts'
import type { NonEmpty } from '../result.ts'
import type { CalendarDate, Instant } from '../time.ts'

// Throughout: null is "nobody asked", an empty list is "asked, and there is none". `to` is the last day in force.

// What the platform records: the engine is shown it through `pair-of.ts`.

/** From when to when; `ongoing` is known not to have ended, null is unknown. */
type Period = { readonly from: CalendarDate | null; readonly to: CalendarDate | 'ongoing' | null }

export type PostKind = 'substantive' | 'honorary' | 'bank' | 'locum' | 'training' | 'academic' | 'visiting'
/** `none` is a post without a hospital site, as at a university; null is a site nobody asked about. */
export type Post = Period & { readonly org: OrgCode; readonly site: OrgCode | 'none' | null; readonly kind: PostKind }

export type TeamKind = 'team' | 'mdt' | 'rota' | 'transport-service'
export type TeamMembership = Period & { readonly team: string; readonly kind: TeamKind }

/** The declarer is the `kind` of `with`. */
export type TrainingKind = 'trainer-of' | 'trainee-of' | 'phd-supervisor-of' | 'phd-student-of' | 'co-trainee'
export type TrainingTie = Period & { readonly with: GmcNumber; readonly kind: TrainingKind }

export type ManagementKind =
  | 'manages'
  | 'appraises'
  | 'responsible-officer-of'
  | 'managed-by'
  | 'appraised-by'
  | 'has-as-responsible-officer'
export type ManagementTie = Period & { readonly with: GmcNumber; readonly kind: ManagementKind }

/** Consultants are each other's equals: years in post never count (C11). */
export type Grade = 'consultant' | 'specialist' | 'associate-specialist' | 'specialty-doctor' | 'resident'

/** What the register of the General Medical Council showed, and when it was looked at (C36). */
export type Registration = {
  readonly status: 'registered' | 'suspended' | 'erased'
  readonly licence: boolean
  readonly conditionsAffectScope: boolean
  readonly interimOrder: boolean
  readonly warning: boolean
  readonly checkedOn: CalendarDate
}

export type Indemnity = {
  readonly route: 'employer' | 'own' | 'none'
  readonly validTo: CalendarDate | 'ongoing' | null
  readonly employerView: 'permits' | 'objects' | 'not-needed' | null
}

/** What a register entry says of the one who may be asked. */
export type CandidateFacts = {
  readonly gmc: GmcNumber
  readonly grade: Grade | null
  readonly specialistRegister: readonly string[] | null
  readonly practice: readonly { readonly tfc: Tfc; readonly lastPractisedOn: CalendarDate }[] | null
  readonly posts: readonly Post[] | null
  readonly teams: readonly TeamMembership[] | null
  readonly trainingTies: readonly TrainingTie[] | null
  readonly managementTies: readonly ManagementTie[] | null
  readonly registration: Registration | null
  readonly indemnity: Indemnity | null
  readonly standingDeclarationSignedOn: CalendarDate | null
  /** What the clinician said of works that bear a treating consultant's name: nothing derived is used before (C23). */
  readonly jointWorks: readonly JointWorkSaid[]
  readonly openCases: number
  readonly cap: number | null
}

/** Both wrote it; it is not the clinician's; it is theirs, and by somebody else of the consultant's name. */
export const worksSaid = ['both', 'not-mine', 'not-theirs'] as const
export type WorkSaid = (typeof worksSaid)[number]
export type JointWorkSaid = {
  readonly with: GmcNumber
  readonly work: {
    /** Every id under which it is known, with its kind before it: `pmid:31234567`. */
    readonly ids: readonly string[]
    readonly title: string
    /** YYYY, YYYY-MM or YYYY-MM-DD. */
    readonly on: string | null
    readonly authorCount: number
  }
  /** A fingerprint of what was shown: of a work with another date, other ids or another match it is asked anew. */
  readonly evidence: string
  readonly said: WorkSaid
  readonly saidOn: CalendarDate
  /** The last day on which a dismissal holds; null for what was confirmed. */
  readonly until: CalendarDate | null
}

export type TreatingConsultant = {
  readonly gmc: GmcNumber
  readonly role: 'lead' | 'treating'
  readonly org: OrgCode
  readonly grade: Grade | null
  readonly teams: readonly TeamMembership[] | null
}

/** What the request says that bears on independence. Nothing of it describes the child. */
export type RequestFacts = {
  readonly trust: OrgCode
  readonly sites: readonly OrgCode[]
  readonly urgency: Urgency
  readonly tfc: Tfc
  readonly treating: NonEmpty<TreatingConsultant>
  /** Clinicians the family would not want; null when they were not asked (C43). */
  readonly unwelcome: readonly GmcNumber[] | null
  /** Clinicians with whom the treating team already spoke of this case (C06). */
  readonly discussedWith: readonly GmcNumber[] | null
  /** Clinicians who treated or advised on this child before (C05). */
  readonly treatedBy: readonly GmcNumber[] | null
  /** When the clinician was instructed; a signature from before that day is none (C35). */
  readonly instructedOn: CalendarDate | null
}

export type Urgency = 'U0' | 'U1' | 'U2' | 'U3'
export type Answer = 'yes' | 'no' | 'unsure'

/** What only the clinician can say, signed before anything that names the child is shown (process A.3, row 11). */
export type CaseDeclaration = {
  readonly signedAt: Instant
  /** Ever treated this child or advised on the case. */
  readonly C05: Answer
  /** Discussed the case with a treating doctor before being asked; only to judge its urgency is told apart. */
  readonly C06: Answer | 'urgency-triage'
  /** A close tie to the child or the family, as far as the clinician can tell without the name. */
  readonly C13: Answer
  readonly consultants: readonly DeclaredTies[]
  readonly interests: { readonly [Rule in InterestRule]: Said }
}

/** What is asked of a clinician's interests and involvement, one rule at a time. */
export const interestRules = [
  'C14',
  'C15',
  'C16',
  'C17',
  'C18',
  'C19',
  'C20',
  'C21',
  'C22',
  'C23',
  'C24',
  'C27',
  'C28',
  'C29',
  'C30',
  'C31',
] as const
export type InterestRule = (typeof interestRules)[number]
/** Yes as heavily as the rule weighs, or the lighter form that the question describes. */
export type Said = Answer | 'yes-lighter'

/** The clinician's ties to one treating consultant. */
export type DeclaredTies = {
  readonly gmc: GmcNumber
  readonly C07: Answer
  readonly C08: Answer
  readonly C10: 'no' | 'unsure' | 'they-taught-me' | 'i-taught-them' | 'trained-together'
  readonly C12: Answer
}

/** Asked once more when the names are first shown, before anything else of the pack. */
export type OpeningAnswers = {
  readonly answeredAt: Instant
  readonly C05: Answer
  readonly C12: Answer
  readonly C13: Answer
}
