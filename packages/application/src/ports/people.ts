import type { Subject } from '@concord/domain/ids'
import type { CalendarDate, Instant } from '@concord/domain/time'

/** A console session, kept on the server under the hash of a random word; the browser holds the word, whose it is and as what. */
export type Session = {
  readonly subject: Subject
  readonly name: string
  /** Counts how often it was seen. */
  readonly version: number
  readonly startedAt: Instant
  readonly seenAt: Instant
  /** The secret of this session's forms: what each carries is made of it and of the role it was shown in, so that no other site can send one. */
  readonly formToken: string
  /** Handed back to the issuer at sign-out. */
  readonly idToken: string | null
  /** The issuer's own name for its session, by which it says that it ended; null where it gave none. */
  readonly issuerSession: string | null
  /** When the issuer looked who it is, which may be long before the session began; null where it did not say. */
  readonly authenticatedAt: Instant | null
  readonly ended: boolean
}

/** Concord's own, effective-dated roles and the sessions of those who hold them. */
export type People = {
  readonly memberships: (subject: Subject, on: CalendarDate) => Promise<readonly string[]>
  readonly holds: (subject: Subject, membership: string, on: CalendarDate) => Promise<boolean>
  /** Whether the subject holds this membership or held it before: what is only claimed was never theirs. */
  readonly everHeld: (subject: Subject, membership: string) => Promise<boolean>
  /** As an operator or the seed has it: on the list of its place, whoever held it before. */
  readonly grant: (
    subject: Subject,
    grant: {
      readonly membership: string
      readonly name?: string
      readonly from: CalendarDate
      readonly to: CalendarDate | null
      readonly reviewBy?: CalendarDate
    },
  ) => Promise<void>
  /** Where notices for a network, a trust or a clinician go. */
  readonly setOffice: (path: string, email: string) => Promise<void>
  readonly session: (subject: Subject, hash: string) => Promise<Session | undefined>
  /** All of somebody's sessions that the table still remembers. */
  readonly sessions: (subject: Subject) => Promise<readonly { readonly hash: string; readonly session: Session }[]>
  /** Notes whose a session of the issuer is, under a hash of its name; the table forgets it as it forgets the session. */
  readonly keepIssuerSession: (hash: string, subject: Subject, expiresAt: number) => Promise<void>
  readonly issuerSession: (hash: string) => Promise<Subject | undefined>
  /**
   * Kept where it is new or ended, or the next version of what stands: an ended session stays ended, whatever was under way.
   * `expiresAt` is in epoch seconds: the table forgets the session some time after it.
   */
  readonly keepSession: (hash: string, session: Session, expiresAt: number) => Promise<void>
}
