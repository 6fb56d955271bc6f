import { gunzipSync, gzipSync } from 'node:zlib'
import type { ReferenceStore } from '@concord/application/ports/reference-store'
import { organisations } from '@concord/contracts/domain/organisations'
import { networkCode, trustCode } from '@concord/contracts/domain/scalars'
import { z } from 'zod'
import { keys } from './keys.ts'
import { readItem } from './read-item.ts'
import type { TableAccess } from './table-access.ts'

const inForce = z.object({ inForce: z.string() })
const networksItem = z.object({
  networks: z.array(z.strictObject({ code: networkCode, name: z.string(), trusts: z.array(trustCode) })),
})
const stricterItem = z.object({ sk: z.string(), version: z.string(), body: z.string() })
const documentItem = z.object({ body: z.instanceof(Uint8Array) })
/** Sorts before every version: which of them is in force. */
const POINTER = '-in-force'

/** Reference documents: one per version, kept for ever, and a pointer to the one in force. */
export const storedReference = (tables: TableAccess): ReferenceStore => {
  const currentVersion = async (kind: string) => {
    const pointer = await tables.get('records', keys.reference(kind, POINTER))
    return pointer && readItem(inForce, pointer).inForce
  }
  return {
    async find(kind, wanted) {
      const version = wanted ?? (await currentVersion(kind))
      const item = version && (await tables.get('records', keys.reference(kind, version)))
      return item
        ? organisations.parse(JSON.parse(gunzipSync(readItem(documentItem, item).body).toString('utf8')))
        : undefined
    },
    async stricter() {
      const items = await tables.query('records', { pk: keys.reference('stricter', '').pk })
      return items.map((item) => {
        const { sk: place, version, body } = readItem(stricterItem, item)
        return { place, version, changes: JSON.parse(body) as unknown }
      })
    },
    async saveStricter({ place, version, changes }) {
      const item = { ...keys.reference('stricter', place), kind: 'stricter', version, body: JSON.stringify(changes) }
      await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    },
    async networks() {
      const version = await tables.get('records', keys.reference('networks', POINTER))
      return version ? readItem(networksItem, version).networks : []
    },
    async saveNetworks(networks) {
      const item = { ...keys.reference('networks', POINTER), kind: 'networks', networks }
      await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    },
    async save(document) {
      if ((await currentVersion('organisations')) === document.version) return 'unchanged'
      const body = gzipSync(JSON.stringify(document))
      const item = { ...keys.reference('organisations', document.version), kind: 'reference', body }
      const pointer = { ...keys.reference('organisations', POINTER), kind: 'pointer', inForce: document.version }
      await tables.write([
        { kind: 'put', table: 'records', item, when: { kind: 'none' } },
        { kind: 'put', table: 'records', item: pointer, when: { kind: 'none' } },
      ])
      return 'saved'
    },
  }
}
