import { endAt } from './chain.ts'
import { type FoundEntry, tenantOf } from './entry.ts'
import type { AuditHashes } from './hashes.ts'
import { type Beside, rootAbove, wayUp } from './head.ts'
import type { Head, Link, Witnessed } from './ledger.ts'

/** Shows that one entry stands under a published head, to somebody who sees nothing else. */
export type Receipt = {
  readonly entry: FoundEntry
  readonly link: Link
  /** The hashes of the entries chained after it until the head was published: of no other case more than that. */
  readonly after: readonly string[]
  readonly way: readonly Beside[]
  readonly head: Omit<Head, 'ends'>
}

type Published = { readonly links: readonly Link[]; readonly heads: readonly Head[]; readonly entry: FoundEntry }

/** The receipt of the entry at a place of its chain, under the first head that has it; none before that is published. */
export const receiptOf = (
  { tenant, seq }: Pick<Link, 'tenant' | 'seq'>,
  { links, heads, entry }: Published,
  hashes: AuditHashes,
): Receipt | undefined => {
  const lengthIn = ({ ends }: Head) => ends.find((end) => end.tenant === tenant)?.length ?? 0
  const found = heads.find((one) => lengthIn(one) >= seq)
  const link = links[seq - 1]
  if (!found || !link) return undefined
  const { ends, ...head } = found
  const after = links.slice(seq, lengthIn(found)).map(({ entryHash }) => entryHash)
  return { entry, link, after, way: wayUp(ends, tenant, hashes), head }
}

export type ReceiptVerdict =
  | { readonly kind: 'holds'; readonly tenant: string; readonly seq: number; readonly head: number }
  | { readonly kind: 'broken'; readonly because: 'entry' | 'another-tenant' | 'link' | 'root' | 'head' }
  | { readonly kind: 'not-witnessed'; readonly head: number }

/** Whether a receipt holds, by nothing but itself and what the witness keeps under its head's number. */
export const verifyReceipt = (
  { entry, link, after, way, head }: Receipt,
  witnessed: Witnessed | undefined,
  hashes: AuditHashes,
): ReceiptVerdict => {
  const { tenant, seq } = link
  if (tenantOf(String(entry['about'])) !== tenant) return { kind: 'broken', because: 'another-tenant' }
  if (hashes.entry(tenant, { name: link.entry, entry }) !== link.entryHash) return { kind: 'broken', because: 'entry' }
  if (hashes.link(link) !== link.hash) return { kind: 'broken', because: 'link' }
  let last: Omit<Link, 'entry'> = link
  for (const entryHash of after) {
    const one = { tenant, seq: last.seq + 1, previous: last.hash, entryHash }
    last = { ...one, hash: hashes.link(one) }
  }
  if (rootAbove(endAt(last), way, hashes) !== head.root) return { kind: 'broken', because: 'root' }
  if (hashes.head(head) !== head.hash) return { kind: 'broken', because: 'head' }
  if (!witnessed?.isSigned || hashes.head(witnessed.head) !== head.hash)
    return { kind: 'not-witnessed', head: head.number }
  return { kind: 'holds', tenant, seq, head: head.number }
}
