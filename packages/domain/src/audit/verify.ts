import { emptyChain, endAt } from './chain.ts'
import { type FoundEntry, type NamedEntry, tenantOf } from './entry.ts'
import type { AuditHashes } from './hashes.ts'
import { isWhole } from './head.ts'
import type { ChainEnd, Head, Link, Witnessed } from './ledger.ts'

/** All there is to verify one tenant's chain by, as it was found: links and heads in the order of their keys. */
export type Evidence = {
  readonly tenant: string
  readonly links: readonly Link[]
  readonly entries: readonly Found[]
  readonly heads: readonly Head[]
  /** The latest that the witness keeps, and what of it was looked at besides. */
  readonly witnessed: readonly Witnessed[]
}
/** An entry under the name its place gives it; one that is waiting is to be chained within the minute. */
export type Found = NamedEntry & { readonly isWaiting: boolean }

export type Fault =
  | 'edited'
  | 'missing'
  | 'inserted'
  | 'reordered'
  | 'truncated'
  | 'forked'
  | 'another-tenant'
  | 'rolled-back'
  | 'unsigned'

/** The first that does not hold. Where the whole of a chain was made anew, heads tell between which two of them it begins. */
export type Broken = {
  readonly kind: 'broken'
  readonly fault: Fault
  /** The places in the chain among which the first is; none for an entry that no link names. */
  readonly from: number | null
  readonly to: number | null
  readonly entry: string | null
  /** The head that shows it, where it is a head that does. */
  readonly head: number | null
}

export type Verdict =
  | Broken
  | {
      readonly kind: 'holds'
      readonly chained: number
      /** How many of them stand under a head that the witness keeps. */
      readonly countersigned: number
      readonly waiting: number
    }

/** Whether a tenant's chain, its entries and the heads hold, and else the first that does not. */
export const verify = (evidence: Evidence, hashes: AuditHashes): Verdict => {
  const { tenant, links, entries, witnessed } = evidence
  const first = firstOf(brokenLink(evidence, hashes), [
    ...brokenHeads(evidence, hashes),
    brokenWitness(evidence, hashes),
  ])
  if (first) return first
  const named = new Set(links.map(({ entry }) => entry))
  const stray = entries.find(({ name, isWaiting }) => !isWaiting && !named.has(name))
  if (stray) return { kind: 'broken', fault: 'inserted', from: null, to: null, entry: stray.name, head: null }
  const last = witnessed.at(-1)?.head
  return {
    kind: 'holds',
    chained: links.length,
    countersigned: last ? lengthIn(last, tenant) : 0,
    waiting: entries.filter(({ name, isWaiting }) => isWaiting && !named.has(name)).length,
  }
}

type BrokenPlace = Broken & { readonly from: number; readonly to: number }

/** A link is one place, a head tells of several: a link that breaks among them is the last that the first can be. */
const firstOf = (
  link: BrokenPlace | undefined,
  byHeads: readonly (BrokenPlace | undefined)[],
): BrokenPlace | undefined => {
  const [first] = byHeads.flatMap((one) => one ?? []).toSorted((a, b) => a.from - b.from)
  if (!link || !first) return link ?? first
  if (link.to < first.from) return link
  return link.from > first.to ? first : { ...link, from: Math.min(link.from, first.from), head: first.head }
}

const endIn = (head: Head, tenant: string) => head.ends.find((end) => end.tenant === tenant)
const lengthIn = (head: Head | undefined, tenant: string) => (head ? (endIn(head, tenant)?.length ?? 0) : 0)

const brokenLink = ({ tenant, links, entries, heads }: Evidence, hashes: AuditHashes): BrokenPlace | undefined => {
  const byName = new Map(entries.map((one) => [one.name, one.entry]))
  const places = new Set(links.flatMap((link) => (link.tenant === tenant ? [link.seq] : [])))
  const published = new Map(
    heads.flatMap(({ ends }) => ends).flatMap((end) => (end.tenant === tenant ? [[end.length, end.hash]] : [])),
  )
  let end = emptyChain(tenant, hashes)
  let borneOut = 0
  for (const link of links) {
    const place = end.length + 1
    const placeOf = (fault: Fault) => {
      // What does not fit may be right, and what it should follow be wrong: back to where a head last bears the chain out.
      if (fault === 'forked') return { from: borneOut + 1, to: place }
      // Of two at one place either may be the one too many.
      return fault === 'inserted' ? { from: link.seq, to: link.seq } : { from: place, to: place }
    }
    const fault = linkFault(link, { end, places }, hashes) ?? entryFault(link, byName.get(link.entry), hashes)
    if (fault) return { kind: 'broken', fault, ...placeOf(fault), entry: link.entry, head: null }
    end = endAt(link)
    if (published.get(end.length) === end.hash) borneOut = end.length
  }
  return undefined
}

type Before = { readonly end: ChainEnd; readonly places: ReadonlySet<number> }
const linkFault = (link: Link, { end, places }: Before, hashes: AuditHashes): Fault | undefined => {
  const place = end.length + 1
  if (link.tenant !== end.tenant) return 'another-tenant'
  if (hashes.link(link) !== link.hash) return 'edited'
  if (link.seq > place) return places.has(place) ? 'reordered' : 'missing'
  if (link.seq < place) return 'inserted'
  return link.previous === end.hash ? undefined : 'forked'
}

const entryFault = (
  { tenant, entryHash, entry: name }: Link,
  entry: FoundEntry | undefined,
  hashes: AuditHashes,
): Fault | undefined => {
  if (!entry) return 'missing'
  if (tenantOf(String(entry['about'])) !== tenant) return 'another-tenant'
  return hashes.entry(tenant, { name, entry }) === entryHash ? undefined : 'edited'
}

/** The first head that is not what it should be, and the first that the chain does not bear out. */
const brokenHeads = ({ tenant, heads, links }: Evidence, hashes: AuditHashes): readonly (BrokenPlace | undefined)[] => {
  // Of two at one place the first counts.
  const bySeq = new Map(links.toReversed().flatMap((link) => (link.tenant === tenant ? [[link.seq, link.hash]] : [])))
  const last = Math.max(0, ...bySeq.keys())
  const numbers = new Set(heads.map(({ number }) => number))
  const first = (faultOf: (head: Head, before: Head | undefined) => Fault | undefined) => {
    for (const [at, head] of heads.entries()) {
      const before = heads[at - 1]
      const fault = faultOf(head, before)
      if (fault) return between({ tenant, links }, { fault, before, head })
    }
    return undefined
  }
  return [
    first((head, before) => {
      const number = (before?.number ?? 0) + 1
      if (!isWhole(head, hashes)) return 'edited'
      if (head.number > number) return numbers.has(number) ? 'reordered' : 'missing'
      if (head.number < number) return 'inserted'
      return head.previous === (before?.hash ?? null) ? undefined : 'forked'
    }),
    first((head) => {
      const end = endIn(head, tenant)
      if (!end) return undefined
      if (end.length > last) return 'truncated'
      // One that is missing among others is the chain's own to tell.
      const hash = bySeq.get(end.length)
      return hash === undefined || hash === end.hash ? undefined : 'forked'
    }),
  ]
}

/** What the witness keeps and the table does not, or otherwise. */
const brokenWitness = ({ tenant, heads, links, witnessed }: Evidence, hashes: AuditHashes): BrokenPlace | undefined => {
  const byNumber = new Map(heads.map((head) => [head.number, head]))
  let before: Head | undefined
  for (const { head, isSigned } of witnessed) {
    const broken = (fault: Fault) => between({ tenant, links }, { fault, before, head })
    if (!isSigned || !isWhole(head, hashes)) return broken('unsigned')
    const kept = byNumber.get(head.number)
    if (!kept && byNumber.size > 0 && head.number < Math.max(...byNumber.keys())) return broken('missing')
    if (!kept) {
      before = heads.at(-1)
      return broken('rolled-back')
    }
    if (kept.hash !== head.hash) return broken('forked')
    before = head
  }
  return undefined
}

/** Where it lies that two heads show: after what the earlier one has, and no later than what the later one has. */
const between = (
  { tenant, links }: Pick<Evidence, 'tenant' | 'links'>,
  { fault, before, head }: { readonly fault: Fault; readonly before: Head | undefined; readonly head: Head },
): BrokenPlace => {
  const after = lengthIn(before, tenant)
  const from = fault === 'truncated' ? links.length + 1 : after + 1
  const to = Math.max(from, lengthIn(head, tenant))
  return { kind: 'broken', fault, from, to, entry: links[from - 1]?.entry ?? null, head: head.number }
}
