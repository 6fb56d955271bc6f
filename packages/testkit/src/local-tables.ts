import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { dynamoTables } from '@concord/store/dynamo-tables'
import type { Item, Key, TableAccess } from '@concord/store/table-access'
import { tables as shapes } from '@concord/store/tables'
import { inject } from 'vitest'

/** The tables of DynamoDB Local as if they were empty: every partition of this one lies under a word of its own. */
export const localTables = (): TableAccess => {
  const client = new DynamoDBClient({
    endpoint: inject('dynamoDbUrl'),
    region: 'eu-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const names = { records: 'records', sealed: 'sealed', keys: 'keys', audit: 'audit', figures: 'figures' }
  return apart(dynamoTables({ client, names }), `${randomUUID()}:`)
}

const partitions = ['pk', ...Object.values(shapes).flatMap(({ indexes }) => indexes.map(({ partition }) => partition))]

const apart = (tables: TableAccess, word: string): TableAccess => {
  const changed = <T extends Key>(item: T, change: (text: string) => string): T => ({
    ...item,
    ...Object.fromEntries(
      partitions.flatMap((name) => {
        const value = Object.entries(item).find(([one]) => one === name)?.[1]
        return typeof value === 'string' ? [[name, change(value)]] : []
      }),
    ),
  })
  const inside = <T extends Key>(item: T) => changed(item, (text) => `${word}${text}`)
  const outside = (item: Item) => changed(item, (text) => text.slice(word.length))
  return {
    get: async (table, key) => {
      const item = await tables.get(table, inside(key))
      return item && outside(item)
    },
    query: async (table, { pk, after, ...query }) =>
      (await tables.query(table, { ...query, pk: `${word}${pk}`, after: after && inside(after) })).map(outside),
    write: async (writes) => {
      const [first, ...others] = writes
      const moved = (write: typeof first) =>
        write.kind === 'put' ? { ...write, item: inside(write.item) } : { ...write, key: inside(write.key) }
      const written = await tables.write([moved(first), ...others.map(moved)])
      if (written.kind === 'written') return written
      return { kind: 'refused', by: written.by.map((one) => (typeof one === 'object' && one ? outside(one) : one)) }
    },
  }
}
