import type { Condition, Item, Key, TableAccess, Write } from '@concord/store/table-access'
import type { TableName } from '@concord/store/tables'

export type StoredItem = { readonly table: TableName; readonly item: Item }

/** The tables in memory, for tests: what the contract suite holds it to, DynamoDB is held to as well. */
export const memoryTables = (filled: readonly StoredItem[] = []) => {
  const items = new Map<string, StoredItem>()
  const at = (table: TableName, { pk, sk }: Key) => JSON.stringify([table, pk, sk])
  // Stored as DynamoDB would: without undefined, and nobody else's object.
  const copy = (item: Item): Item => structuredClone(Object.assign({ pk: item.pk, sk: item.sk }, defined(item)))
  const there = (write: Write) => items.get(at(write.table, write.kind === 'put' ? write.item : write.key))?.item
  const put = ({ table, item }: StoredItem) => items.set(at(table, item), { table, item: copy(item) })
  for (const one of filled) put(one)

  const tables: TableAccess = {
    get: async (table, key) => {
      const found = items.get(at(table, key))?.item
      return found && copy(found)
    },
    query: async (table, { pk, index, prefix = '', newestFirst = false, limit, after }) => {
      const [partition, sort] = index ? [index.partition, index.sort] : ['pk', 'sk']
      const place = (item: Item) => `${item[sort]} ${item.pk} ${item.sk}`
      return [...items.values()]
        .filter((one) => one.table === table && one.item[partition] === pk)
        .map(({ item }) => item)
        .filter((item) => String(item[sort]).startsWith(prefix))
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1) * (newestFirst ? -1 : 1))
        .filter((item) => !after || (newestFirst ? place(item) < place(after) : place(item) > place(after)))
        .slice(0, limit)
        .map(copy)
    },
    write: async (writes) => {
      const by = writes.map((write) => {
        const found = there(write)
        const stands = write.kind === 'delete' || holds(write.when, found)
        return stands ? null : found ? copy(found) : ('raced' as const)
      })
      if (by.some((one) => one !== null)) return { kind: 'refused', by }
      for (const write of writes) {
        if (write.kind === 'put') put(write)
        else items.delete(at(write.table, write.key))
      }
      return { kind: 'written' }
    },
  }
  return { ...tables, all: (): readonly StoredItem[] => [...items.values()] }
}

const defined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(defined)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, defined(one)]])),
  )
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
