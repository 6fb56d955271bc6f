// One thing, however long: everything one candidate is judged by for one request on one day.
import type { OrgCode, Tfc } from '../ids.ts'
import type { Places } from '../organisation/places.ts'
import type { CalendarDate } from '../time.ts'
import type { Answer, Urgency } from './facts.ts'
import type { Between, Period } from './period.ts'

// Throughout: null is "nobody asked", an empty list is "asked, and there is none". `to` is the last day in force.

/** Names one person for one run: a GMC number, or an id local to what is judged. */
export type PersonId = string
/** A day, or what is known of it. */
export type Day = CalendarDate | Between

export type Pair = {
  readonly asOf: CalendarDate
  readonly urgency: Urgency | null
  readonly request: RequestSide
  readonly candidate: CandidateSide
  readonly organisations: Places
  /** Opinions brokered earlier, in either direction. */
  readonly history: readonly EarlierOpinion[] | null
}

export const postKinds = [
  'substantive',
  'honorary',
  'bank',
  'locum',
  'training',
  'academic',
  'visiting',
  'guest-lecture',
] as const
/** Where a post is held; several organisations where only a name is known that fits them all, none where it fits nobody. */
export type Post = Period & {
  readonly orgs: readonly OrgCode[]
  /** `none` is a post without a hospital site; null is a site nobody asked about. */
  readonly site: OrgCode | 'none' | null
  readonly kind: (typeof postKinds)[number] | null
}
export type SiteWorked = Period & { readonly site: OrgCode }

export const teamKinds = ['team', 'mdt', 'rota', 'transport-service', 'forum', 'single-meeting'] as const
export type TeamKind = (typeof teamKinds)[number]
export type Team = Period & { readonly id: string; readonly kind: TeamKind | null }

/** The declarer is the `kind` of `with`. A tie to nobody knows whom has no `with`; one of unknown kind or direction no `kind`. */
export type Tie<Kind extends string> = Period & { readonly with: PersonId | null; readonly kind: Kind | null }

export const personalKinds = [
  'partner',
  'former-partner',
  'relative',
  'close-friend',
  'god-parent',
  'neighbour',
  'faith-leader',
  'carer',
  'close',
  'acquaintance',
  'unsure',
] as const
export type PersonalKind = (typeof personalKinds)[number]
export const managementKinds = [
  'manages',
  'employs',
  'appraises',
  'responsible-officer-of',
  'managed-by',
  'employed-by',
  'appraised-by',
  'has-as-responsible-officer',
  'unsure',
] as const
export type ManagementKind = (typeof managementKinds)[number]
export const trainingKinds = [
  'trainer-of',
  'trainee-of',
  'phd-supervisor-of',
  'phd-student-of',
  'co-trainee',
  'unsure',
] as const
export type TrainingKind = (typeof trainingKinds)[number]

/** `stake`: a share, which may be small; `partner`: whoever owns or runs it with others; `paid`: advises or works for it. */
export type Business = Period & {
  readonly company: string | null
  readonly kind: 'practice' | 'company' | 'fund' | 'widely-held'
  readonly role: 'stake' | 'partner' | 'paid' | null
  readonly sharePercent: number | null
}

export type Publication = {
  readonly id: string
  /** Every id under which the same work is known, its own among them. */
  readonly sameWork: readonly string[]
  readonly kind: 'paper' | 'consortium'
  readonly on: Day | null
  readonly authorCount: number | null
  readonly authors: readonly PersonId[] | null
  /** The clinician's own word on whether it is theirs. */
  readonly confirmed: boolean | null
}
export type Grant = {
  readonly id: string
  readonly holders: readonly (Period & { readonly person: PersonId | null })[] | null
}
export type Committee = Period & { readonly id: string; readonly kind: string | null }

/** What a person says of others, whoever they are. */
export type Related = {
  readonly person: PersonId
  readonly teams: readonly Team[] | null
  readonly personalTies: readonly Tie<PersonalKind>[] | null
  readonly managementTies: readonly Tie<ManagementKind>[] | null
  readonly trainingTies: readonly Tie<TrainingKind>[] | null
  readonly business: readonly Business[] | null
}

export type Treating = Related & {
  readonly role: 'lead' | 'treating'
  readonly org: OrgCode | null
  /** Every post they hold: where a treating consultant works, a candidate may not. */
  readonly posts: readonly Post[] | null
  readonly grade: string | null
  readonly publications: readonly Publication[] | null
  readonly grants: readonly Grant[] | null
  readonly committees: readonly Committee[] | null
}

/** Broker, ESO lead or approver. */
export type Staff = Related & {
  readonly role: string
  readonly isActing: boolean | null
  readonly treatedThisChild: Answer | null
}
/** Family advocate or interpreter. */
export type Companion = {
  readonly person: PersonId
  readonly isActing: boolean | null
  readonly isFamilyMember: boolean | null
  readonly personalTies: readonly Tie<PersonalKind>[] | null
}

export type Product = { readonly id: string; readonly maker: string | null; readonly isContested: boolean | null }
export type Dispute = Period & {
  /** A person, an organisation, the family, or nobody knows. */
  readonly with: string | null
  readonly status: 'live' | 'closed' | null
}

export type RequestSide = {
  readonly trust: OrgCode
  readonly sites: readonly OrgCode[] | null
  readonly tfc: Tfc | null
  /** The names of the specialist register that count for the specialty. */
  readonly registers: readonly string[] | null
  /** Centres of the specialty in the United Kingdom. */
  readonly centres: number | null
  readonly opinion: 'single' | 'mdt' | null
  readonly isBlinded: boolean | null
  readonly firstOpinionBy: PersonId | null
  readonly instructedOn: CalendarDate | null
  readonly question: {
    readonly kind: 'treatment-choice' | 'transfer' | 'elective-surgery' | null
    readonly wouldReceive: readonly OrgCode[] | null
  } | null
  readonly products: readonly Product[] | null
  readonly trials: readonly { readonly id: string; readonly childCouldEnter: boolean | null }[] | null
  readonly earlierOpinions: readonly { readonly by: PersonId | null }[] | null
  readonly treating: readonly Treating[]
  readonly requester: {
    readonly discussed: Answer | null
    readonly discussedFor: 'urgency-triage' | 'opinion' | null
    readonly treatedChild: Answer | null
    readonly disputes: readonly Dispute[] | null
    readonly applicants: readonly { readonly person: PersonId | null; readonly on: Day | null }[] | null
  }
  /** Found by the trust or the broker, not declared: people named in letters, and people who spoke in public of this case. */
  readonly lettersNaming: readonly PersonId[] | null
  readonly spokeInPublic: readonly PersonId[] | null
  readonly family: {
    readonly members: readonly PersonId[]
    readonly ties: readonly Tie<PersonalKind>[] | null
    readonly view: 'agrees' | 'no-objection' | 'objects' | 'not-asked' | null
    readonly objectsTo: readonly string[] | null
    readonly lossOfConfidenceIn: readonly string[] | null
  }
  readonly staff: readonly Staff[] | null
  readonly advocate: Companion | null
  readonly interpreter: Companion | null
  readonly overrides: readonly Override[] | null
  readonly exhaustion: Exhaustion | null
}

/** A named clinical lead's reason for weighing a rule more mildly where there is no time. */
export type Override = {
  readonly rule: string
  readonly by: string | null
  readonly role: string | null
  readonly reason: string | null
  readonly on: CalendarDate | null
}

/** The proof that nobody unconflicted is left anywhere, and what was arranged for it (C44). */
export type Exhaustion = {
  readonly result: 'others-available' | 'none-other' | null
  readonly on: CalendarDate | null
  readonly hasSecondOpinion: boolean | null
  readonly hasOverseasOpinion: boolean | null
  readonly hasEthicsNote: boolean | null
  readonly approvedBy: readonly { readonly name: string | null; readonly role: string | null }[] | null
}

export type EarlierOpinion = {
  readonly id: string
  readonly on: Day | null
  readonly opinionBy: PersonId | null
  readonly opinionUnit: string | null
  readonly requestedBy: PersonId | null
  readonly requestingUnit: string | null
  readonly requestingOrg: string | null
}

/** What somebody owns, is paid by, sits on or applies for: their own, or a close associate's (C31). */
export type Interests = {
  readonly business: readonly Business[] | null
  readonly patents: readonly (Period & { readonly product: string | null; readonly isInventor: boolean })[] | null
  readonly trialRoles: readonly (Period & { readonly trial: string | null; readonly leads: boolean | null })[] | null
  readonly payments:
    | readonly { readonly company: string | null; readonly pounds: number | null; readonly on: Day | null }[]
    | null
  readonly outsideRoles:
    | readonly (Period & {
        readonly linkedTrust: OrgCode | 'none' | null
        readonly fundsThisFamily: boolean | null
      })[]
    | null
  readonly recruitment:
    | readonly { readonly org: OrgCode | null; readonly with: PersonId | null; readonly on: Day | null }[]
    | null
}
export type Associate = Interests & { readonly isClose: boolean | null }

export type Registration = {
  readonly body: string | null
  readonly country: string | null
  /** The name on the register is the clinician's: false where it is another. */
  readonly isSameName: boolean | null
  readonly status: string | null
  readonly hasLicence: boolean | null
  readonly conditions: readonly (Period & { readonly affectsScope: boolean | null })[] | null
  readonly hasInterimOrder: boolean | null
  readonly warnings: readonly Period[] | null
  readonly checkedOn: CalendarDate | null
}

export type CandidateSide = Omit<Related, 'business'> &
  Interests & {
    readonly kind: 'person' | 'mdt'
    readonly role: 'sole' | 'mdt-contributor' | 'factual-input' | null
    /** The same person as somebody of the request, under another id. */
    readonly isAlso: readonly PersonId[]
    readonly grade: string | null
    readonly registration: Registration | null
    readonly specialistRegister: readonly string[] | null
    readonly practice: readonly { readonly tfc: string; readonly lastOn: Day | 'ongoing' | null }[] | null
    readonly indemnity: {
      readonly route: 'employer' | 'own' | 'none' | null
      readonly validTo: Period['to']
      readonly employerView: 'permits' | 'objects' | 'not-needed' | null
    } | null
    readonly capacity: { readonly open: number | null; readonly cap: number | null } | null
    readonly posts: readonly Post[] | null
    /** When the posts were last confirmed; older than the rule allows, they say nothing of what came since. */
    readonly postsConfirmedOn: CalendarDate | null
    readonly sitesWorked: readonly SiteWorked[] | null
    readonly associates: readonly Associate[] | null
    readonly publications: readonly Publication[] | null
    readonly grants: readonly Grant[] | null
    readonly committees: readonly Committee[] | null
    readonly advocacy:
      | readonly { readonly product: string | null; readonly strength: 'strong' | 'balanced' | null }[]
      | null
    readonly expertWitness:
      | readonly {
          readonly matter: 'this-case' | 'other' | null
          readonly against: OrgCode | 'none' | null
          readonly isLikely: boolean
          readonly on: Day | null
        }[]
      | null
    readonly publicStatements: readonly { readonly about: 'this-case' | 'other-case' | 'topic' | null }[] | null
    readonly disputes: readonly Dispute[] | null
    readonly caseContact:
      | readonly {
          readonly kind: 'treated' | 'informal-advice' | 'formal-opinion' | 'mdt-attendance' | 'unsure' | null
          readonly child: 'this' | 'other' | null
        }[]
      | null
    readonly discussed: {
      readonly answer: Answer | null
      readonly with: PersonId | null
      readonly purpose: 'urgency-triage' | 'opinion' | null
    } | null
    readonly paidBy: readonly ('party' | 'neutral' | 'unknown')[] | null
    /** `unsigned`: asked for and not there, or without a date. */
    readonly standingDeclaration: Day | 'unsigned' | null
    readonly caseDeclaration: Day | 'unsigned' | null
    readonly opening: { readonly [Question in 'C05' | 'C12' | 'C13']: Answer | null } | null
    /** The clinician's own word on a rule, where the case declaration asks rule by rule. Asked of nobody in particular, or of one person. */
    readonly said: Readonly<Partial<Record<string, readonly Statement[]>>>
    readonly pack: { readonly firstOpinionOpenedAt: string | null; readonly ownViewAt: string | null } | null
    readonly members: readonly Member[] | null
  }

/** Yes as heavily as the row says, or the lighter form that the question describes; unasked is no answer yet. */
export type Statement = {
  readonly answer: Answer | 'yes-lighter' | 'unasked'
  readonly about: PersonId | null
}

export type Member = {
  readonly person: PersonId
  readonly isChair: boolean | null
  readonly isConflicted: boolean | null
  readonly personalTies: readonly Tie<PersonalKind>[] | null
  readonly teams: readonly Team[] | null
}
