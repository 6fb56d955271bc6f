import type { TableName } from '@concord/application/grants'
import type { NonEmpty } from '@concord/domain/result'
import type { TableIndex } from './tables.ts'

export type Key = { readonly pk: string; readonly sk: string }
/** An item as the store thinks of it: its key, and attributes with the domain's names. */
export type Item = Key & { readonly [attribute: string]: unknown }

/** What must hold in the table for a write to happen. `newer` lets a later version replace an earlier one, never the reverse. */
export type Condition =
  | { readonly kind: 'none' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'version'; readonly is: number }
  | { readonly kind: 'newer'; readonly attribute: string; readonly than: number }

export type Write =
  | { readonly kind: 'put'; readonly table: TableName; readonly item: Item; readonly when: Condition }
  | { readonly kind: 'delete'; readonly table: TableName; readonly key: Key }

export type Query = {
  readonly pk: string
  readonly index?: TableIndex
  /** What the sort keys begin with, or the one they begin at: a database is asked one of the two. */
  readonly prefix?: string
  readonly from?: string
  /** With `from`, the one they end at. */
  readonly to?: string
  readonly newestFirst?: boolean
  readonly limit?: number
  /** The key, and that of the index, of the item after which to go on. */
  readonly after?: Item | undefined
}

export type Written =
  | { readonly kind: 'written' }
  /** For each write in turn: what stood in its way, `raced` where two met, null where nothing did. */
  | { readonly kind: 'refused'; readonly by: readonly (Item | 'raced' | null)[] }

/** All that the store asks of a database, in its own words: two implementations, one contract. */
export type TableAccess = {
  readonly get: (table: TableName, key: Key) => Promise<Item | undefined>
  /** As many as the limit says, or the whole of what was asked for. */
  readonly query: (table: TableName, query: Query) => Promise<readonly Item[]>
  /** All of the writes or none. */
  readonly write: (writes: NonEmpty<Write>) => Promise<Written>
}
