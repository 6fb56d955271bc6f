import { emptyChain, endAt, linkAfter, linksAfter } from '@concord/domain/audit/chain'
import { headAfter } from '@concord/domain/audit/head'
import type { Head, Link } from '@concord/domain/audit/ledger'
import type { Fault, Found } from '@concord/domain/audit/verify'
import { addMinutes } from '@concord/domain/time'
import { anEntry, found, hashes, type Ledger, of } from './ledgers.ts'

/** The number of an entry that is planted. */
export const PLANTED = 5_000

/** The same chain from one place on made anew over these entries, every hash right in itself, and the heads over it. */
const madeAnew = (ledger: Ledger, tenant: string, entries: readonly Found[]): Ledger => {
  const links: Link[] = []
  for (const { name, entry } of entries) {
    const last = links.at(-1)
    links.push(linkAfter(last ? endAt(last) : emptyChain(tenant, hashes), { name, entry }, hashes))
  }
  const heads: Head[] = []
  for (const { at, ends } of ledger.heads) {
    const moved = ends.flatMap((end) => {
      const link = end.tenant === tenant ? links[Math.min(end.length, links.length) - 1] : undefined
      return end.tenant === tenant ? (link ? [endAt(link)] : []) : [end]
    })
    const head = headAfter(heads.at(-1), { at, moved }, hashes)
    if (head) heads.push(head)
  }
  return {
    links: { ...ledger.links, [tenant]: links },
    entries: { ...ledger.entries, [tenant]: entries },
    heads,
  }
}

type Tampered = {
  readonly ledger: Ledger
  /** Where in the chain the first is that does not hold, and none where it has no place. */
  readonly at: number | null
  readonly faults: readonly Fault[]
}
type Tamper = (
  whole: { readonly ledger: Ledger; readonly earlier: Ledger; readonly other: string | undefined },
  tenant: string,
  pick: { readonly k: number; readonly j: number },
) => Tampered | undefined

const withLinks = (ledger: Ledger, tenant: string, links: readonly Link[]): Ledger => ({
  ...ledger,
  links: { ...ledger.links, [tenant]: links },
})
const withEntries = (ledger: Ledger, tenant: string, entries: readonly Found[]): Ledger => ({
  ...ledger,
  entries: { ...ledger.entries, [tenant]: entries },
})
const changed = <T>(list: readonly T[], at: number, change: (one: T) => T): readonly T[] =>
  list.map((one, n) => (n === at ? change(one) : one))
const swapped = <T>(list: readonly T[], a: number, b: number): readonly T[] =>
  list.map((one, n) => (n === a ? (list[b] ?? one) : n === b ? (list[a] ?? one) : one))
const without = <T>(list: readonly T[], at: number) => list.filter((_, n) => n !== at)
const pickOf = <T>(all: Readonly<Record<string, readonly T[]>>, tenant: string | undefined, n: number) =>
  tenant === undefined ? undefined : of(all, tenant)[n % of(all, tenant).length]
const edited = (one: Found): Found => ({ ...one, entry: { ...one.entry, who: 'somebody-else' } })

/** The first that only a head has that this entry stands under first: without the head nothing shows any of them. */
const firstUnder = (ledger: Ledger, tenant: string, k: number) => {
  const before = ledger.heads[headOf(ledger, tenant, k) - 1]
  return (before?.ends.find((end) => end.tenant === tenant)?.length ?? 0) + 1
}
/** In which head the k-th entry of a tenant first stands. */
const headOf = ({ heads }: Ledger, tenant: string, k: number) =>
  heads.findIndex(({ ends }) => ends.some((end) => end.tenant === tenant && end.length > k))

/** Whatever somebody with the tables in their hands might do: with what is left as it was, and with all of it made anew to fit. */
export const tampers: Readonly<Record<string, Tamper>> = {
  'edit an entry': ({ ledger }, tenant, { k }) => ({
    ledger: withEntries(ledger, tenant, changed(of(ledger.entries, tenant), k, edited)),
    at: k + 1,
    faults: ['edited'],
  }),
  'add a field to an entry': ({ ledger }, tenant, { k }) => ({
    ledger: withEntries(
      ledger,
      tenant,
      changed(of(ledger.entries, tenant), k, (one) => ({ ...one, entry: { ...one.entry, purpose: 'care' } })),
    ),
    at: k + 1,
    faults: ['edited'],
  }),
  'edit an entry and the hash of it in its link': ({ ledger }, tenant, { k }) => {
    const entries = changed(of(ledger.entries, tenant), k, edited)
    const entryHash = hashes.entry(tenant, entries[k] ?? { name: '', entry: {} })
    const links = changed(of(ledger.links, tenant), k, (link) => ({ ...link, entryHash }))
    return { ledger: withLinks(withEntries(ledger, tenant, entries), tenant, links), at: k + 1, faults: ['edited'] }
  },
  'edit the name in a link': ({ ledger }, tenant, { k }) => ({
    ledger: withLinks(
      ledger,
      tenant,
      changed(of(ledger.links, tenant), k, (link) => ({ ...link, entry: `${link.entry}0` })),
    ),
    at: k + 1,
    faults: ['missing'],
  }),
  'point a link at another entry': ({ ledger }, tenant, { k, j }) => {
    const name = of(ledger.entries, tenant)[j]?.name
    if (k === j || name === undefined) return undefined
    const links = changed(of(ledger.links, tenant), k, (link) => ({ ...link, entry: name }))
    return { ledger: withLinks(ledger, tenant, links), at: k + 1, faults: ['edited'] }
  },
  'edit a head': ({ ledger }, tenant, { k }) => {
    const at = headOf(ledger, tenant, k)
    const heads = changed(ledger.heads, at, (head) => ({ ...head, at: addMinutes(head.at, 1) }))
    return { ledger: { ...ledger, heads }, at: firstUnder(ledger, tenant, k), faults: ['edited'] }
  },
  'edit the end in a head': ({ ledger }, tenant, { k }) => {
    const heads = changed(ledger.heads, headOf(ledger, tenant, k), (head) => ({
      ...head,
      ends: head.ends.filter((end) => end.tenant !== tenant),
    }))
    return { ledger: { ...ledger, heads }, at: firstUnder(ledger, tenant, k), faults: ['edited'] }
  },
  'delete an entry': ({ ledger }, tenant, { k }) => ({
    ledger: withEntries(ledger, tenant, without(of(ledger.entries, tenant), k)),
    at: k + 1,
    faults: ['missing'],
  }),
  'delete a link': ({ ledger }, tenant, { k }) => ({
    ledger: withLinks(ledger, tenant, without(of(ledger.links, tenant), k)),
    at: k + 1,
    faults: ['missing', 'truncated'],
  }),
  'delete a link and its entry': ({ ledger }, tenant, { k }) => ({
    ledger: withLinks(
      withEntries(ledger, tenant, without(of(ledger.entries, tenant), k)),
      tenant,
      without(of(ledger.links, tenant), k),
    ),
    at: k + 1,
    faults: ['missing', 'truncated'],
  }),
  'delete a head': ({ ledger }, tenant, { k }) => ({
    ledger: { ...ledger, heads: without(ledger.heads, headOf(ledger, tenant, k)) },
    at: firstUnder(ledger, tenant, k),
    faults: ['missing', 'rolled-back'],
  }),
  'insert an entry': ({ ledger }, tenant, { k }) => ({
    ledger: withEntries(ledger, tenant, [
      ...of(ledger.entries, tenant).slice(0, k),
      found(anEntry(tenant, PLANTED)),
      ...of(ledger.entries, tenant).slice(k),
    ]),
    at: null,
    faults: ['inserted'],
  }),
  'insert a link with its entry': ({ ledger }, tenant, { k }) => {
    const links = of(ledger.links, tenant)
    const before = links[k - 1]
    const entry = anEntry(tenant, PLANTED)
    const [more] = linksAfter(before ? endAt(before) : emptyChain(tenant, hashes), [found(entry)], hashes)
    if (!more) return undefined
    const planted = withEntries(ledger, tenant, [...of(ledger.entries, tenant), found(entry)])
    const with_ = [...links.slice(0, k), more, ...links.slice(k)]
    return { ledger: withLinks(planted, tenant, with_), at: k + 1, faults: ['inserted'] }
  },
  'reorder links': ({ ledger }, tenant, { k, j }) =>
    k === j
      ? undefined
      : {
          ledger: withLinks(ledger, tenant, swapped(of(ledger.links, tenant), k, j)),
          at: Math.min(k, j) + 1,
          faults: ['reordered'],
        },
  'reorder entries, each under the name of the other': ({ ledger }, tenant, { k, j }) => {
    const entries = of(ledger.entries, tenant)
    const [a, b] = [entries[k]?.entry, entries[j]?.entry]
    if (k === j || !a || !b) return undefined
    const there = changed(entries, k, (one) => ({ ...one, entry: b }))
    const both = changed(there, j, (one) => ({ ...one, entry: a }))
    return { ledger: withEntries(ledger, tenant, both), at: Math.min(k, j) + 1, faults: ['edited'] }
  },
  'reorder heads': ({ ledger }, tenant, { k, j }) => {
    const [a, b] = [headOf(ledger, tenant, k), headOf(ledger, tenant, j)]
    const at = firstUnder(ledger, tenant, Math.min(k, j))
    return a === b
      ? undefined
      : { ledger: { ...ledger, heads: swapped(ledger.heads, a, b) }, at, faults: ['reordered'] }
  },
  'reorder entries and make the chain and its heads anew': ({ ledger }, tenant, { k, j }) =>
    k === j
      ? undefined
      : {
          ledger: madeAnew(ledger, tenant, swapped(of(ledger.entries, tenant), k, j)),
          at: Math.min(k, j) + 1,
          faults: ['forked'],
        },
  'truncate links and entries': ({ ledger }, tenant, { k }) => ({
    ledger: withLinks(
      withEntries(ledger, tenant, of(ledger.entries, tenant).slice(0, k)),
      tenant,
      of(ledger.links, tenant).slice(0, k),
    ),
    at: k + 1,
    faults: ['truncated'],
  }),
  'truncate links alone': ({ ledger }, tenant, { k }) => ({
    ledger: withLinks(ledger, tenant, of(ledger.links, tenant).slice(0, k)),
    at: k + 1,
    faults: ['truncated'],
  }),
  'truncate, and make the heads anew': ({ ledger }, tenant, { k }) => ({
    ledger: madeAnew(ledger, tenant, of(ledger.entries, tenant).slice(0, k)),
    at: k + 1,
    faults: ['forked', 'rolled-back'],
  }),
  'fork: edit an entry and make the links after it anew': ({ ledger }, tenant, { k }) => ({
    ledger: {
      ...madeAnew(ledger, tenant, changed(of(ledger.entries, tenant), k, edited)),
      heads: ledger.heads,
    },
    at: k + 1,
    faults: ['forked'],
  }),
  'fork: the same, and make the heads anew': ({ ledger }, tenant, { k }) => ({
    ledger: madeAnew(ledger, tenant, changed(of(ledger.entries, tenant), k, edited)),
    at: k + 1,
    faults: ['forked'],
  }),
  'fork: another chain from one place on, joined where it was': ({ ledger }, tenant, { k }) => {
    const anew = madeAnew(ledger, tenant, changed(of(ledger.entries, tenant), k, edited))
    const links = [...of(anew.links, tenant).slice(0, k + 1), ...of(ledger.links, tenant).slice(k + 1)]
    return { ledger: { ...withLinks(anew, tenant, links), heads: ledger.heads }, at: k + 1, faults: ['forked'] }
  },
  'swap tenant: a link of another’s chain': ({ ledger, other }, tenant, { k, j }) => {
    const theirs = pickOf(ledger.links, other, j)
    if (!theirs) return undefined
    const links = changed(of(ledger.links, tenant), k, () => theirs)
    return { ledger: withLinks(ledger, tenant, links), at: k + 1, faults: ['another-tenant'] }
  },
  'swap tenant: a link of another’s chain, under this one’s name': ({ ledger, other }, tenant, { k, j }) => {
    const theirs = pickOf(ledger.links, other, j)
    if (!theirs) return undefined
    const links = changed(of(ledger.links, tenant), k, () => ({ ...theirs, tenant, seq: k + 1 }))
    return { ledger: withLinks(ledger, tenant, links), at: k + 1, faults: ['edited'] }
  },
  'swap tenant: an entry of another’s': ({ ledger, other }, tenant, { k, j }) => {
    const theirs = pickOf(ledger.entries, other, j)
    if (!theirs) return undefined
    const entries = changed(of(ledger.entries, tenant), k, ({ name }) => ({ ...theirs, name }))
    return { ledger: withEntries(ledger, tenant, entries), at: k + 1, faults: ['another-tenant'] }
  },
  'swap tenant: the whole of it': ({ ledger, other }, tenant) => {
    if (other === undefined) return undefined
    const ofOther = withLinks(ledger, tenant, of(ledger.links, other))
    return {
      ledger: withEntries(ofOther, tenant, of(ledger.entries, other)),
      at: 1,
      faults: ['another-tenant'],
    }
  },
  'roll back everything in the tables': ({ ledger, earlier }, tenant) => {
    const kept = of(earlier.links, tenant).length
    if (earlier.heads.length === ledger.heads.length) return undefined
    return { ledger: earlier, at: kept + 1, faults: ['rolled-back'] }
  },
  'roll back one tenant': ({ ledger, earlier }, tenant) => {
    const links = of(earlier.links, tenant)
    if (links.length === of(ledger.links, tenant).length) return undefined
    const back = withEntries(withLinks(ledger, tenant, links), tenant, of(earlier.entries, tenant))
    return { ledger: back, at: links.length + 1, faults: ['truncated'] }
  },
}
