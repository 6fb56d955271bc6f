import type { NamedEntry } from './entry.ts'
import type { AuditHashes } from './hashes.ts'
import type { ChainEnd, Link } from './ledger.ts'

/** A chain that holds nothing yet. Even its beginning is its tenant's alone. */
export const emptyChain = (tenant: string, hashes: AuditHashes): ChainEnd => ({
  tenant,
  length: 0,
  hash: hashes.start(tenant),
})

/** The links of these entries, in their order, after the end of a chain. */
export const linksAfter = (end: ChainEnd, entries: readonly NamedEntry[], hashes: AuditHashes): readonly Link[] => {
  const links: Link[] = []
  let last = end
  for (const entry of entries) {
    const link = linkAfter(last, entry, hashes)
    links.push(link)
    last = endAt(link)
  }
  return links
}

/** The link of one entry, found under a name. */
export const linkAfter = (
  { tenant, length, hash }: ChainEnd,
  { name, entry }: NamedEntry,
  hashes: AuditHashes,
): Link => {
  const link = {
    tenant,
    seq: length + 1,
    entry: name,
    entryHash: hashes.entry(tenant, { name, entry }),
    previous: hash,
  }
  return { ...link, hash: hashes.link(link) }
}

export const endAt = ({ tenant, seq, hash }: Omit<Link, 'entry'>): ChainEnd => ({ tenant, length: seq, hash })
