import type { TableName } from '@concord/application/grants'
import type { Fact, Parked, ReactorStore } from '@concord/application/ports/reactor-store'
import { reactorScope } from '@concord/application/scope'
import { instant, networkCode } from '@concord/contracts/domain/scalars'
import { isNonEmpty } from '@concord/domain/result'
import { addMinutes } from '@concord/domain/time'
import { z } from 'zod'
import { factPk, keys, parkedPk } from './keys.ts'
import { readItem } from './read-item.ts'
import type { Condition, Item, TableAccess } from './table-access.ts'
import { keyNames } from './tables.ts'

type Newer = Extract<Condition, { readonly kind: 'newer' }>
const factItem = z.object({
  fact: z.strictObject({
    network: networkCode,
    period: z.string(),
    request: z.string(),
    what: z.enum(['submitted', 'matched', 'reported']),
    at: instant,
  }) satisfies z.ZodType<Fact>,
})
const parkedItem = z.object({
  parked: z.strictObject({
    network: networkCode,
    reaction: z.string(),
    envelope: z.strictObject({ id: z.string(), pk: z.string(), seq: z.int(), event: z.unknown() }),
    because: z.string(),
    at: instant,
  }),
})

/** How long a case that is over stays in its clinician's partition: longer than any late or parked event that could reopen it. */
const FORGOTTEN_AFTER_MINUTES = 400 * 24 * 60

/** What the reactors write. A refused condition means that the same or a newer thing is there already: nothing to do. */
export const storedReactorStore = (tables: TableAccess): ReactorStore => {
  const put = async (item: Item) => {
    await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
  }
  const putNewer = async (item: Item, newer: Omit<Newer, 'kind'>, table: TableName = 'records') => {
    await tables.write([{ kind: 'put', table, item, when: { kind: 'newer', ...newer } }])
  }
  return {
    putCase: ({ id, home }, entry) => {
      const forgottenAt = Math.floor(Date.parse(addMinutes(entry.at, FORGOTTEN_AFTER_MINUTES)) / 1000)
      const over = entry.stage === 'over' && { [keyNames.ttl]: forgottenAt }
      const item = { ...keys.case(home, id, entry.id), kind: 'case', ...entry, ...over }
      return putNewer(item, { attribute: 'seq', than: entry.seq })
    },
    putCard: ({ network, tfc }, card) => {
      const item = { ...keys.card(network, tfc, card.id), kind: 'card', version: card.version, card }
      return putNewer(item, { attribute: 'version', than: card.version })
    },
    async putExchange(network, exchange) {
      const { id, on, opinionBy, opinionUnit, requestedBy, requestingOrg } = exchange
      const about = new Set([requestedBy, opinionBy, requestingOrg, ...(opinionUnit === null ? [] : [opinionUnit])])
      const writes = [...about].map((one) => ({
        kind: 'put' as const,
        table: 'records' as const,
        item: { ...keys.evidence(network, one, on, id), kind: 'exchange', exchange },
        when: { kind: 'absent' as const },
      }))
      if (isNonEmpty(writes)) await tables.write(writes)
    },
    async office(path) {
      const item = await tables.get('records', keys.office(path))
      return item && readItem(z.object({ email: z.string() }), item).email
    },
    wasDone: async (network, key) =>
      (await tables.get('records', keys.once(reactorScope(network).once, key))) !== undefined,
    markDone: (network, key) => put({ ...keys.once(reactorScope(network).once, key), kind: 'done' }),
    park: (parked) =>
      put({ ...keys.parked(parked.network, parked.reaction, parked.envelope.id), kind: 'parked', parked }),
    async parked(network) {
      const items = await tables.query('records', { pk: parkedPk(network) })
      return items.map((item): Parked => readItem(parkedItem, item).parked)
    },
    async unpark({ network, reaction, envelope }) {
      await tables.write([{ kind: 'delete', table: 'records', key: keys.parked(network, reaction, envelope.id) }])
    },
    putFact: (fact) => {
      const earliness = -Date.parse(fact.at)
      const item = { ...keys.fact(fact.network, fact.period, fact.request, fact.what), kind: 'fact', earliness, fact }
      return putNewer(item, { attribute: 'earliness', than: earliness }, 'figures')
    },
    async facts(network, period) {
      const items = await tables.query('figures', { pk: factPk(network, period) })
      return items.map((item) => readItem(factItem, item).fact)
    },
    async putRelease(release) {
      const item = { ...keys.release(release.network, release.period), kind: 'release', release }
      const written = await tables.write([{ kind: 'put', table: 'figures', item, when: { kind: 'absent' } }])
      return written.kind === 'written' ? 'released' : 'released-before'
    },
  }
}
