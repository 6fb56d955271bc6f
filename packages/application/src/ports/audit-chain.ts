import type { NamedEntry } from '@concord/domain/audit/entry'
import type { ChainEnd, Head, Link, Witnessed } from '@concord/domain/audit/ledger'
import type { Found } from '@concord/domain/audit/verify'
import type { NetworkCode } from '@concord/domain/ids'
import type { NonEmpty } from '@concord/domain/result'
import type { PLATFORM } from '../scope.ts'

/** Whose chain it is: a network's, or that of those who belong to none. */
export type Tenant = NetworkCode | typeof PLATFORM

/** What of a network stands in no chain yet, the oldest first, and whether its chain has moved since a head was published. */
export type Waiting = { readonly entries: readonly NamedEntry[]; readonly hasMoved: boolean }

export type Chained = { readonly link: Link; readonly entry: NamedEntry }
export type Appended =
  | { readonly kind: 'appended' }
  /** Another tick was quicker. */
  | { readonly kind: 'moved-on' }
  /** Some of them stand in the chain already: an index may tell of an entry for a while after it was chained. */
  | { readonly kind: 'chained-before'; readonly names: readonly string[] }

/** The chains of the tenants and the heads over them, as they are kept beside the entries. */
export type AuditChain = {
  /** One query. */
  readonly waiting: (tenant: Tenant) => Promise<Waiting>
  readonly end: (tenant: Tenant) => Promise<ChainEnd | undefined>
  /** All of these or none, after the end that was read. */
  readonly append: (after: ChainEnd, chained: NonEmpty<Chained>) => Promise<Appended>
  readonly latestHead: () => Promise<Head | undefined>
  readonly putHead: (head: Head) => Promise<'put' | 'put-before'>
  /** Notes that a head was published that has this end; one that moved on meanwhile stays to be published. */
  readonly settle: (end: ChainEnd) => Promise<void>
  readonly head: (number: number) => Promise<Head | undefined>
  readonly heads: () => Promise<readonly Head[]>
  readonly links: (tenant: Tenant) => Promise<readonly Link[]>
  /** All that is on record about a case or an office, in the order of time: one query. */
  readonly auditOf: (about: string) => Promise<readonly Found[]>
}

/** Keeps heads under a second key in a second store, where nothing that was published is changed or taken away. */
export type HeadWitness = {
  /** Publishing a head again changes nothing; another under its number is not taken. */
  readonly publish: (head: Head) => Promise<'published' | 'other-stands'>
  readonly latest: () => Promise<Witnessed | undefined>
  readonly find: (number: number) => Promise<Witnessed | undefined>
}
