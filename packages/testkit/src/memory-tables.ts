import type { Condition, Item, Key, TableAccess, Write } from '@concord/store/table-access'
import type { TableName } from '@concord/store/tables'

/** The tables in memory, for tests: what the contract suite holds it to, DynamoDB is held to as well. */
export const memoryTables = (): TableAccess & { readonly dump: () => string } => {
  const items = new Map<string, Item>()
  const at = (table: TableName, { pk, sk }: Key) => JSON.stringify([table, pk, sk])
  // Stored as DynamoDB would: without undefined, and nobody else's object.
  const copy = (item: Item) =>
    structuredClone(Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined))) as Item
  const there = (write: Write) => items.get(at(write.table, write.kind === 'put' ? write.item : write.key))

  return {
    get: async (table, key) => {
      const found = items.get(at(table, key))
      return found && copy(found)
    },
    query: async (table, { pk, index, prefix, newestFirst = false, limit = Number.POSITIVE_INFINITY, after }) => {
      const [partition, sort] = index ? [index.partition, index.sort] : ['pk', 'sk']
      const place = (item: Item) => `${item[sort]} ${item.pk} ${item.sk}`
      const matching = [...items]
        .filter(
          ([key, item]) =>
            JSON.parse(key)[0] === table && item[partition] === pk && String(item[sort]).startsWith(prefix ?? ''),
        )
        .map(([, item]) => item)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1) * (newestFirst ? -1 : 1))
        .filter((item) => !after || (newestFirst ? place(item) < place(after) : place(item) > place(after)))
      const page = matching.slice(0, limit)
      return { items: page.map(copy), end: page.length < matching.length ? page.at(-1) : undefined }
    },
    write: async (writes) => {
      const by = writes.map((write) => {
        const found = there(write)
        const stands = write.kind === 'delete' || holds(write.when, found)
        return stands ? null : found ? copy(found) : ('raced' as const)
      })
      if (by.some((one) => one !== null)) return { kind: 'refused', by }
      for (const write of writes) {
        if (write.kind === 'put') items.set(at(write.table, write.item), copy(write.item))
        else items.delete(at(write.table, write.key))
      }
      return { kind: 'written' }
    },
    dump: () =>
      JSON.stringify([...items], (_, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
      ),
  }
}

const holds = (when: Condition, found: Item | undefined): boolean => {
  switch (when.kind) {
    case 'none':
      return true
    case 'absent':
      return found === undefined
    case 'version':
      return found?.['version'] === when.is
    case 'newer': {
      const standing = found?.[when.attribute]
      return found === undefined || (typeof standing === 'number' && standing < when.than)
    }
  }
}
