import type { TableName } from '@concord/application/grants'
import type { Condition, Item, Key, TableAccess } from '@concord/store/table-access'

export type StoredItem = { readonly table: TableName; readonly item: Item }

/** The tables in memory, for tests: what the contract suite holds it to, DynamoDB is held to as well. */
export const memoryTables = (filled: readonly StoredItem[] = []) => {
  const partitions = new Map<string, Map<string, StoredItem>>()
  const partition = (table: TableName, pk: string) => {
    const found = partitions.get(`${table} ${pk}`) ?? new Map<string, StoredItem>()
    partitions.set(`${table} ${pk}`, found)
    return found
  }
  const all = (): readonly StoredItem[] => [...partitions.values()].flatMap((items) => [...items.values()])
  const find = (table: TableName, { pk, sk }: Key) => partition(table, pk).get(sk)?.item
  const put = ({ table, item }: StoredItem) => partition(table, item.pk).set(item.sk, { table, item: copy(item) })
  for (const one of filled) put(one)

  const tables: TableAccess = {
    get: async (table, key) => {
      const found = find(table, key)
      return found && copy(found)
    },
    query: async (table, { pk, index, prefix = '', from = '', to, newestFirst = false, limit, after }) => {
      const sort = index?.sort ?? 'sk'
      const place = (item: Item) => `${String(item[sort])} ${item.pk} ${item.sk}`
      const within = index ? all().filter((one) => one.table === table) : [...partition(table, pk).values()]
      return within
        .map(({ item }) => item)
        .filter((item) => item[index?.partition ?? 'pk'] === pk)
        .filter((item) => String(item[sort]).startsWith(prefix) && String(item[sort]) >= from)
        .filter((item) => to === undefined || String(item[sort]) <= to)
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1) * (newestFirst ? -1 : 1))
        .filter((item) => !after || (newestFirst ? place(item) < place(after) : place(item) > place(after)))
        .slice(0, limit)
        .map(copy)
    },
    write: async (writes) => {
      const by = writes.map((write) => {
        if (write.kind === 'delete') return null
        const found = find(write.table, write.item)
        return holds(write.when, found) ? null : found ? copy(found) : ('raced' as const)
      })
      if (by.some((one) => one !== null)) return { kind: 'refused', by }
      for (const write of writes) {
        if (write.kind === 'put') put(write)
        else partition(write.table, write.key.pk).delete(write.key.sk)
      }
      return { kind: 'written' }
    },
  }
  return { ...tables, all }
}

/** Stored as DynamoDB would: without undefined, and nobody else's object. */
const copy = ({ pk, sk, ...attributes }: Item): Item => ({ pk, sk, ...copied(attributes) })

const copied = (attributes: object) =>
  Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[name, copyOf(value)]])),
  )

const copyOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(copyOf)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  return typeof value === 'object' && value !== null ? copied(value) : value
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
