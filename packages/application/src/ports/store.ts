import type { AuditEntry } from '@concord/domain/audit/entry'
import type { BreakGlass, GlassEvent } from '@concord/domain/break-glass/break-glass'
import type { ChildNumber } from '@concord/domain/child-number'
import type { Card, ClinicianState } from '@concord/domain/clinician/clinician'
import type { ClinicianEvent } from '@concord/domain/clinician/decide'
import type { Work } from '@concord/domain/evidence/work'
import type {
  ClinicianId,
  GlassId,
  GmcNumber,
  NetworkCode,
  OrgCode,
  RequestId,
  Subject,
  Tfc,
  TrustCode,
} from '@concord/domain/ids'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import type { VerdictKind } from '@concord/domain/independence/verdict'
import type { EntryHolder, RoleEvent, RoleHeld } from '@concord/domain/membership/role-held'
import type { RequestEvent } from '@concord/domain/request/events'
import type { CompartmentKind, RequestState, SectionRef, Status } from '@concord/domain/request/request'
import type { Team, TeamEvent } from '@concord/domain/team/team'
import type { CalendarDate, Instant } from '@concord/domain/time'
import type { CaseInHand, RequestPlace } from '../scope.ts'
import type { OnRecord } from './outside.ts'

/**
 * What came of a command: kept under its key, so that asking again does nothing again. `tag` says to whoever asked how it stood then: of
 * a request what they see of it, of anything else its version, since nobody who reads one is kept from a part of it.
 */
export type Done = { readonly id: string; readonly tag: string }
export type Once = { readonly key: string; readonly hash: string }
export type OnceRecord = { readonly hash: string; readonly done: Done }

/** One sealed text, ready to be stored; the reference is what states and events may hold. */
export type SealedSection = { readonly ref: SectionRef; readonly path: string; readonly body: Uint8Array }
export type Section =
  | 'question'
  | 'identity'
  | 'narrative'
  /** What was asked of the draft's authors and answered by them. */
  | 'answers'
  | 'opinion'
  | 'restricted'
  /** Why a glass was broken, and what its review says: one of each for every time. */
  | `reason-${GlassId}`
  | `review-${GlassId}`
/** A compartment as it was read: its wrapped key, if it has one yet, and a way to read or add a text. */
export type Compartment = {
  /** When its texts were erased: then it reads as empty, and takes no other. */
  readonly erasedAt: Instant | null
  /** A text is unsealed once its entry is stored. The key may be unwrapped beside that. */
  readonly read: (section: Section, entry: Promise<OnRecord>) => Promise<unknown>
  readonly seal: (section: Section, content: unknown) => Promise<SealedSection>
  /** The wrapped key to be stored with the first text, made by the first `seal`. */
  readonly newKey: () => { readonly path: string; readonly wrapped: Uint8Array } | null
}

/** A clinician's own partition: the entry and the cases at hand. */
export type OwnRecord = {
  readonly state: ClinicianState
  readonly cases: readonly (CaseInHand & {
    readonly offeredAt: Instant
    readonly replyBy: Instant | null
    /** By whose sign-in it was accepted: an entry can come to another, and a case does not go with it. */
    readonly acceptedBy: Subject | null
  })[]
}

export type WorklistRow = {
  readonly id: RequestId
  readonly status: Status
  readonly tfc: Tfc
  readonly urgency: string
  readonly due: { readonly step: string; readonly by: Instant } | null
  readonly submittedAt: Instant | null
}
/** A broken glass that nobody has looked at yet. */
export type GlassToReview = Pick<BreakGlass, 'id' | 'request' | 'by' | 'openedAt' | 'until' | 'reviewBy'>
export type Page<T> = { readonly rows: readonly T[]; readonly next: string | null }

/** The facts a shortlist saw and what the engine made of them, under the hash the event carries. */
export type AssessmentDocument = { readonly takenAt: Instant; readonly hash: string; readonly json: string }

/** One opinion that a network brokered: who gave it to whom, and for which trusts they stood that day. */
export type Exchange = {
  /** Of the request it answered. */
  readonly id: RequestId
  readonly on: CalendarDate
  readonly opinionBy: GmcNumber
  /** The trust that employs the giver, where the register knows it. */
  readonly opinionUnit: OrgCode | null
  readonly requestedBy: GmcNumber
  readonly requestingUnit: OrgCode
  readonly requestingOrg: TrustCode
}

/** Under which keyed hash a request is noted, if its child has a number, and the other requests that are about the same child. */
export type SameChild = {
  readonly hash: string | null
  /** Of one trust, drafts among them, or of all trusts of a network, without drafts. An index may lag by a moment. */
  readonly within: (place: 'trust' | 'network') => Promise<readonly RequestId[]>
}

/** What a clinician signed, as their own partition keeps it: in full, and where the request lies that it is about. */
export type OwnAnswers = {
  readonly place: RequestPlace
  readonly version: number
  readonly signedBy: Subject
  readonly verdict: VerdictKind
  readonly rules: readonly string[]
  /** Whether it closed the offer or the pack. */
  readonly isBarred: boolean
} & (
  | { readonly stage: 'acceptance'; readonly declaration: CaseDeclaration }
  | { readonly stage: 'opening'; readonly declaration: OpeningAnswers }
)

/** One transaction: one aggregate (or, for an acceptance, two), its events, what was sealed, and the once-record. */
export type Change = {
  readonly once?: { readonly record: Once; readonly done: Done }
  readonly request?: { readonly before: number; readonly state: RequestState; readonly events: readonly RequestEvent[] }
  readonly clinician?: {
    readonly before: number
    readonly state: ClinicianState
    readonly events: readonly ClinicianEvent[]
  }
  /** One more signature of a clinician: never in the place of one before. */
  readonly signed?: { readonly home: NetworkCode; readonly clinician: ClinicianId; readonly answers: OwnAnswers }
  readonly works?: { readonly home: NetworkCode; readonly clinician: ClinicianId; readonly works: readonly Work[] }
  readonly glass?: { readonly before: number; readonly state: BreakGlass; readonly events: readonly GlassEvent[] }
  readonly role?: {
    readonly office: string
    readonly before: number
    readonly state: RoleHeld
    readonly event: RoleEvent
    /** Of a register entry, the version of its holder that was read: whoever is granted it becomes its holder, or nobody does. */
    readonly holderBefore: number | null
  }
  readonly team?: {
    /** Where the list stands. */
    readonly list: string
    readonly before: number
    readonly state: Team
    readonly event: TeamEvent
  }
  readonly sealed?: readonly SealedSection[]
  readonly compartments?: readonly Compartment[]
  readonly assessment?: AssessmentDocument & { readonly place: RequestPlace }
  /** By which hash the child's other requests are found; a network finds those that are listed. */
  readonly child?: {
    readonly place: RequestPlace
    readonly before: string | null
    readonly hash: string | null
    readonly isListed: boolean
  }
}
export type Committed =
  | { readonly kind: 'committed' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'repeated'; readonly record: OnceRecord }
  | { readonly kind: 'claimed' }

export type Release = { readonly network: NetworkCode; readonly period: string; readonly figures: ReleasedFigures }
/** One financial year of one network, as published: small numbers in one band, a median only where ten stand behind it. */
export type ReleasedFigures = {
  readonly requests: Banded
  /** Where so few were not matched that a subtraction would tell how few, that is all that is said. */
  readonly matched: Banded | 'all-but-0-7'
  readonly medianWorkingDays: number | null
}
export type Banded = number | '0-7'

/** The store as one caller may use it: a key outside the scope is refused, whatever the code above it does. */
export type ScopedStore = {
  readonly request: (place: RequestPlace) => Promise<RequestState | undefined>
  readonly timeline: (
    place: RequestPlace,
  ) => Promise<{ readonly state: RequestState; readonly events: readonly RequestEvent[] } | undefined>
  readonly own: (home: NetworkCode, id: ClinicianId) => Promise<OwnRecord | undefined>
  readonly clinician: (home: NetworkCode, id: ClinicianId) => Promise<ClinicianState | undefined>
  /** The case declaration that was signed last. */
  readonly declaration: (home: NetworkCode, id: ClinicianId, request: RequestId) => Promise<CaseDeclaration | undefined>
  /** All that the clinician signed for a request, at each stage the first first. */
  readonly signedAnswers: (home: NetworkCode, id: ClinicianId, request: RequestId) => Promise<readonly OwnAnswers[]>
  /** The works the clinician last brought. */
  readonly works: (home: NetworkCode, id: ClinicianId) => Promise<readonly Work[] | undefined>
  readonly cards: (network: NetworkCode, tfc: Tfc) => Promise<readonly Card[]>
  /** Since a day, by or for these people and trusts: each once, the earliest first. */
  readonly exchanges: (
    network: NetworkCode,
    asked: { readonly about: readonly (GmcNumber | TrustCode)[]; readonly since: CalendarDate },
  ) => Promise<readonly Exchange[]>
  /** Taken at a moment, or the latest. */
  readonly assessment: (place: RequestPlace, takenAt?: Instant | null) => Promise<AssessmentDocument | undefined>
  readonly worklist: (
    path: string,
    page: { readonly cursor: string | null; readonly limit: number },
  ) => Promise<Page<WorklistRow> | 'bad-cursor'>
  readonly compartment: (kind: CompartmentKind, place: RequestPlace) => Promise<Compartment>
  /** Every time that somebody broke the glass over a case. */
  readonly glasses: (place: RequestPlace) => Promise<readonly BreakGlass[]>
  /** Which of them wait for a guardian's review, at a network or a trust, the first due on top. */
  readonly toReview: (office: string) => Promise<readonly GlassToReview[]>
  /** What is on record about a case from a moment on and is shown, the latest first. A page is full while there is more to show. */
  readonly auditPage: (
    about: string,
    page: {
      readonly cursor: string | null
      readonly limit: number
      readonly since: Instant | null
      readonly shows: (entry: AuditEntry) => boolean
    },
  ) => Promise<Page<AuditEntry> | 'bad-cursor'>
  /** What is on record about a case from one moment to another, in the order of time. */
  readonly auditBetween: (
    about: string,
    hours: { readonly from: Instant; readonly to: Instant },
  ) => Promise<readonly AuditEntry[]>
  /** The roles held at an office, those that ended too. */
  readonly roles: (office: string) => Promise<readonly RoleHeld[]>
  /** The teams of a list, those that were retired too. */
  readonly teams: (list: string) => Promise<readonly Team[]>
  readonly role: (subject: Subject, membership: string) => Promise<RoleHeld | undefined>
  /** The role by which a register entry was last held. */
  readonly holder: (membership: string) => Promise<EntryHolder | undefined>
  /** The hash by which a network finds a child again without being told who it is. Those of two networks never match. */
  readonly hashOfChild: (network: NetworkCode, number: ChildNumber) => Promise<string>
  /** When the request was sent to the network, if it was. */
  readonly sentAt: (place: RequestPlace) => Promise<Instant | undefined>
  readonly sameChild: (place: RequestPlace) => Promise<SameChild>
  readonly once: (key: string) => Promise<OnceRecord | undefined>
  readonly releases: (network: NetworkCode) => Promise<readonly Release[]>
  readonly commit: (change: Change) => Promise<Committed>
}
