import { createHash } from 'node:crypto'
import { emptyChain, endAt, linksAfter } from '@concord/domain/audit/chain'
import { type AuditEntry, nameOf } from '@concord/domain/audit/entry'
import { auditHashes } from '@concord/domain/audit/hashes'
import { headAfter } from '@concord/domain/audit/head'
import type { ChainEnd, Head, Link, Witnessed } from '@concord/domain/audit/ledger'
import type { Evidence, Found } from '@concord/domain/audit/verify'
import { addMinutes } from '@concord/domain/time'
import { begun } from './requests.ts'

/** With SHA-256, as everywhere but in the domain’s own rooms. */
export const hashes = auditHashes((text) => createHash('sha256').update(text).digest('hex'))
export const tenants = ['north', 'south', 'southwest'] as const
export type Tenant = (typeof tenants)[number]

/** All that is kept, of every tenant, as the tables and the witness have it. */
export type Ledger = {
  readonly links: Readonly<Record<string, readonly Link[]>>
  readonly entries: Readonly<Record<string, readonly Found[]>>
  readonly heads: readonly Head[]
}
export const nothing: Ledger = { links: {}, entries: {}, heads: [] }
export const of = <T>(all: Readonly<Record<string, readonly T[]>>, tenant: string): readonly T[] => all[tenant] ?? []
const endOf = ({ links }: Ledger, tenant: string): ChainEnd => {
  const last = of(links, tenant).at(-1)
  return last ? endAt(last) : emptyChain(tenant, hashes)
}
export const anEntry = (tenant: string, n: number, did = 'case.read'): AuditEntry => ({
  at: addMinutes(begun, n),
  id: `entry-${n}`,
  about: n % 3 === 0 ? `${tenant}/office` : `${tenant}/RA7/req_${n % 3}`,
  who: `person-${n % 5}`,
  role: 'requester',
  did,
})
export const found = (entry: AuditEntry, isWaiting = false): Found => ({ name: nameOf(entry), entry, isWaiting })

/** One minute: what each tenant did is chained, and a head is published for all. */
const minute = (ledger: Ledger, did: readonly Tenant[], n: number): Ledger => {
  const links = { ...ledger.links }
  const entries = { ...ledger.entries }
  for (const [at, tenant] of did.entries()) {
    const entry = anEntry(tenant, n * 100 + at)
    links[tenant] = [...of(links, tenant), ...linksAfter(endOf({ ...ledger, links }, tenant), [found(entry)], hashes)]
    entries[tenant] = [...of(entries, tenant), found(entry)]
  }
  const moved = [...new Set(did)].map((tenant) => endOf({ ...ledger, links }, tenant))
  const head = headAfter(ledger.heads.at(-1), { at: addMinutes(begun, n * 100 + 99), moved }, hashes)
  return { links, entries, heads: head ? [...ledger.heads, head] : ledger.heads }
}
/** A ledger after each of its minutes. */
export const history = (minutes: readonly (readonly Tenant[])[]): readonly Ledger[] => {
  const after: Ledger[] = []
  for (const [n, did] of minutes.entries()) after.push(minute(after.at(-1) ?? nothing, did, n))
  return after
}
export const signed = (heads: readonly Head[]): readonly Witnessed[] => heads.map((head) => ({ head, isSigned: true }))
export const evidenceOf = (
  { links, entries, heads }: Ledger,
  tenant: string,
  witnessed: readonly Witnessed[],
): Evidence => ({
  tenant,
  links: of(links, tenant),
  entries: of(entries, tenant),
  heads,
  witnessed,
})
