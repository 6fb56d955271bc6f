import type { Instant } from '../time.ts'
import type { AuditHashes } from './hashes.ts'
import type { ChainEnd, Head } from './ledger.ts'

/** The head that follows another once chains have moved on, or none when they have not. */
export const headAfter = (
  before: Head | undefined,
  { at, moved }: { readonly at: Instant; readonly moved: readonly ChainEnd[] },
  hashes: AuditHashes,
): Head | undefined => {
  const byTenant = new Map([...(before?.ends ?? []), ...moved].map((end) => [end.tenant, end]))
  const ends = [...byTenant.values()].toSorted((a, b) => (a.tenant < b.tenant ? -1 : 1))
  const root = rootOf(ends, hashes)
  if (ends.length === 0 || root === before?.root) return undefined
  const head = { number: (before?.number ?? 0) + 1, at, root, previous: before?.hash ?? null }
  return { ...head, hash: hashes.head(head), ends }
}

/** Whether a head says of itself what its parts say. */
export const isWhole = (head: Head, hashes: AuditHashes): boolean =>
  hashes.head(head) === head.hash && rootOf(head.ends, hashes) === head.root

/** The root of a Merkle tree over the ends: two make one, and one that is left over goes up as it is. */
const rootOf = (ends: readonly ChainEnd[], hashes: AuditHashes): string => {
  let level = ends.map(hashes.end)
  while (level.length > 1) level = above(level, hashes)
  return level[0] ?? ''
}

const above = (level: readonly string[], hashes: AuditHashes): string[] =>
  level.flatMap((one, at) => {
    const next = level[at + 1]
    return at % 2 === 1 ? [] : [next === undefined ? one : hashes.pair(one, next)]
  })

/** What stands beside one end on its way up to the root, and on which side. */
export type Beside = { readonly side: 'left' | 'right'; readonly hash: string }

/** The way from a tenant's end to the root: it shows that the end is under it, and tells nothing of other tenants. */
export const wayUp = (ends: readonly ChainEnd[], tenant: string, hashes: AuditHashes): readonly Beside[] => {
  let at = ends.findIndex((end) => end.tenant === tenant)
  const way: Beside[] = []
  for (let level = ends.map(hashes.end); level.length > 1; level = above(level, hashes)) {
    const hash = level[at % 2 === 0 ? at + 1 : at - 1]
    if (hash !== undefined) way.push({ side: at % 2 === 0 ? 'right' : 'left', hash })
    at = Math.floor(at / 2)
  }
  return way
}

export const rootAbove = (end: ChainEnd, way: readonly Beside[], hashes: AuditHashes): string =>
  way.reduce(
    (below, { side, hash }) => (side === 'left' ? hashes.pair(hash, below) : hashes.pair(below, hash)),
    hashes.end(end),
  )
