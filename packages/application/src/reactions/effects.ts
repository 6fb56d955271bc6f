import type { AuditEntry } from '@concord/domain/audit/entry'
import type { ClinicianId, NetworkCode, Subject } from '@concord/domain/ids'
import type { ClinicianRef } from '@concord/domain/request/request'
import type { CalendarDate, Instant } from '@concord/domain/time'
import type { CaseEntry, Fact } from '../ports/reactor-store.ts'
import type { RequestPlace } from '../scope.ts'

/** What an event asks to be done on somebody else's side. Each is safe to do twice, and in any order. */
export type Effect =
  | { readonly kind: 'put-case'; readonly clinician: ClinicianRef; readonly entry: CaseEntry }
  | {
      readonly kind: 'give-back'
      readonly clinician: ClinicianRef
      readonly place: RequestPlace
      readonly because: 'given' | 'released'
    }
  | { readonly kind: 'recheck-cases'; readonly home: NetworkCode; readonly clinician: ClinicianId }
  | {
      readonly kind: 'free-cases'
      readonly home: NetworkCode
      readonly clinician: ClinicianId
      /** Who holds the entry now, and from when. */
      readonly holder: Subject
      readonly since: Instant
    }
  | { readonly kind: 'refresh-cards'; readonly home: NetworkCode; readonly clinician: ClinicianId }
  | {
      readonly kind: 'keep-exchange'
      readonly place: RequestPlace
      readonly giver: ClinicianRef
      readonly on: CalendarDate
    }
  | {
      readonly kind: 'notify'
      readonly office: string
      readonly network: NetworkCode
      readonly words: NoticeWords
      readonly path: string
    }
  | { readonly kind: 'put-fact'; readonly place: RequestPlace; readonly what: Fact['what']; readonly at: Instant }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }

export type NoticeWords =
  | 'submitted'
  | 'offered'
  | 'accepted'
  | 'declined'
  | 'to-settle'
  | 'to-decide'
  | 'settled'
  | 'decided'
  | 'plan'
  | 'late-plan'
  | 'engaged'
  | 'conflict'
  | 'freed'
  | 'doubted'
  | 'reported'
  | 'withdrawn'
  | 'glass-broken'
  | 'holder-changed'
