import type { AuditEntry } from '@concord/domain/audit/entry'
import type { Status } from '@concord/domain/request/request'
import type { Instant } from '@concord/domain/time'
import type { RequestPlace } from '../scope.ts'

/** What there still is of a case to be erased. */
export type Erasable = {
  readonly status: Status
  /** Data keys that open something. */
  readonly keys: number
  readonly texts: number
  /** Whether the child's other requests lead here. */
  readonly isFindable: boolean
  /** How often its glass was broken and no guardian has looked at it yet: why it was is one of the texts. */
  readonly reviewsDue: number
  /** When the keys were erased, if they were. */
  readonly erasedAt: Instant | null
}

/** The tables as whoever erases one case reaches them: nothing in them opens. */
export type CaseErasure = {
  readonly look: (place: RequestPlace) => Promise<Erasable | undefined>
  /** Puts the mark in place of every key, takes away what finds the child, and puts it on record, all or nothing. */
  readonly eraseKeys: (place: RequestPlace, entry: AuditEntry) => Promise<'erased' | 'met-another'>
  /** Takes away what no key opens any more, in as many goes as it needs. */
  readonly clear: (place: RequestPlace) => Promise<void>
}
