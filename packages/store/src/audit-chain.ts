import type { Appended, AuditChain, Chained } from '@concord/application/ports/audit-chain'
import { auditEnd, auditHead, auditLink } from '@concord/contracts/domain/audit'
import { aboutOf, type NamedEntry, tenantOf } from '@concord/domain/audit/entry'
import type { ChainEnd } from '@concord/domain/audit/ledger'
import type { NonEmpty } from '@concord/domain/result'
import { z } from 'zod'
import { auditVersions } from './audit-log.ts'
import { auditChainPk, auditHeadPk, auditPk, keys, unchainedPk } from './keys.ts'
import { readItem } from './read-item.ts'
import type { Item, Key, TableAccess, Write } from './table-access.ts'
import { unchainedIndex } from './tables.ts'

/** More than this in a minute waits for the next. */
const A_MINUTE = 1_000
/** Before every date, so that it is told whatever else waits. */
const END = '-end'

const linkItem = z.object({ link: auditLink })
const endItem = z.object({ end: auditEnd })
const headItem = z.object({ head: auditHead })

/** The chains and heads of the audit. Links and heads are put where nothing is; no entry is changed but by losing its place among those that wait. */
export const storedAuditChain = (tables: TableAccess): AuditChain => {
  const head = async (number: number) => {
    const item = await tables.get('audit', keys.auditHead(number))
    return item && readItem(headItem, item).head
  }
  return {
    async waiting(network) {
      const query = { pk: unchainedPk(network), index: unchainedIndex, limit: A_MINUTE }
      const items = await tables.query('audit', query)
      // The index is written by whoever puts an entry, and no policy looks at it: what lies elsewhere is not this network's.
      const own = items.filter(({ pk }) => tenantOf(pk.replace(/^audit\//, '')) === network)
      return { entries: own.map(namedEntry), hasMoved: items.some((item) => item[unchainedIndex.sort] === END) }
    },
    async end(network) {
      const item = await tables.get('audit', keys.auditEnd(network))
      return item && readItem(endItem, item).end
    },
    append: (after, chained) => append(tables, after, chained),
    async latestHead() {
      const [item] = await tables.query('audit', { pk: auditHeadPk, newestFirst: true, limit: 1 })
      return item && readItem(headItem, item).head
    },
    async putHead(one) {
      const item = { ...keys.auditHead(one.number), kind: 'audit-head', head: one }
      const written = await tables.write([{ kind: 'put', table: 'audit', item, when: { kind: 'absent' } }])
      return written.kind === 'written' ? 'put' : 'put-before'
    },
    async settle(end) {
      const when = { kind: 'version', is: end.length } as const
      await tables.write([{ kind: 'put', table: 'audit', item: endAs(end), when }])
    },
    head,
    heads: async () => (await tables.query('audit', { pk: auditHeadPk })).map((item) => readItem(headItem, item).head),
    links: async (network) =>
      (await tables.query('audit', { pk: auditChainPk(network), prefix: 'link/' })).map(
        (item) => readItem(linkItem, item).link,
      ),
    auditOf: async (about) =>
      (await tables.query('audit', { pk: auditPk(about) })).map((item) => ({
        ...namedEntry(item),
        isWaiting: unchainedIndex.partition in item,
      })),
  }
}

const endAs = (end: ChainEnd) => ({ ...keys.auditEnd(end.tenant), kind: 'audit-end', version: end.length, end })

/** An entry under the name of its place, with all that it says and nothing that the store adds. */
const namedEntry = ({ pk, sk, kind: _k, version: _v, seq: _s, ...item }: Item): NamedEntry => {
  const { [unchainedIndex.partition]: _p, [unchainedIndex.sort]: _q, ...entry } = item
  return { name: `${pk.replace(/^audit\//, '')} ${sk}`, entry }
}
const keyOf = (name: string): Key => ({ pk: auditPk(aboutOf(name)), sk: name.slice(aboutOf(name).length + 1) })

const append = async (tables: TableAccess, after: ChainEnd, chained: NonEmpty<Chained>): Promise<Appended> => {
  const last = chained.at(-1)?.link ?? chained[0].link
  const end = endAs({ tenant: last.tenant, length: last.seq, hash: last.hash })
  const moved = { [unchainedIndex.partition]: unchainedPk(last.tenant), [unchainedIndex.sort]: END }
  const put = (item: Item, when: Extract<Write, { kind: 'put' }>['when']): Write => ({
    kind: 'put',
    table: 'audit',
    item,
    when,
  })
  const written = await tables.write([
    put({ ...end, ...moved }, after.length === 0 ? { kind: 'absent' } : { kind: 'version', is: after.length }),
    ...chained.map(({ link }) =>
      put({ ...keys.auditLink(link.tenant, link.seq), kind: 'audit-link', link }, { kind: 'absent' }),
    ),
    ...chained.map(({ link: { seq }, entry: { name, entry } }) =>
      put(
        { ...entry, ...keyOf(name), kind: 'audit', version: auditVersions.chained, seq },
        { kind: 'version', is: auditVersions.waiting },
      ),
    ),
  ])
  if (written.kind === 'written') return { kind: 'appended' }
  const [before, ...others] = written.by
  const entries = others.slice(chained.length)
  const names = chained.flatMap(({ entry }, at) => (isChained(entries[at]) ? [entry.name] : []))
  if (before === null && names.length > 0) return { kind: 'chained-before', names }
  return { kind: 'moved-on' }
}

/** Or was never put by the audit log: then it has no place in a chain, and keeps no other from one. */
const isChained = (item: Item | 'raced' | null | undefined) =>
  typeof item === 'object' && item !== null && item['version'] !== auditVersions.waiting
