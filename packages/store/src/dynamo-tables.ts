import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb'
import type { TableName } from '@concord/application/grants'
import type { Condition, Item, TableAccess, Write, Written } from './table-access.ts'
import { keyNames, type TableNames } from './tables.ts'

/** The tables as DynamoDB keeps them: every read strongly consistent where an index does not forbid it. */
export const dynamoTables = ({
  client,
  names,
}: {
  readonly client: DynamoDBClient
  readonly names: TableNames
}): TableAccess => ({
  async get(table, key) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: names[table], Key: marshall(key), ConsistentRead: true }),
    )
    return Item && read(Item)
  },

  async query(table, { pk, index, prefix, from, to, newestFirst = false, limit, after }) {
    const [partition, sort] = index ? [index.partition, index.sort] : [keyNames.partition, keyNames.sort]
    const bound = prefix ?? from
    const since = to === undefined ? '#sk >= :bound' : '#sk BETWEEN :bound AND :to'
    const within = prefix === undefined ? since : 'begins_with(#sk, :bound)'
    const items: Item[] = []
    let start = after && marshall(after)
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: names[table],
          IndexName: index?.name,
          KeyConditionExpression: bound === undefined ? '#pk = :pk' : `#pk = :pk AND ${within}`,
          ExpressionAttributeNames: { '#pk': partition, ...(bound !== undefined && { '#sk': sort }) },
          ExpressionAttributeValues: marshall({
            ':pk': pk,
            ...(bound !== undefined && { ':bound': bound }),
            ...(prefix === undefined && from !== undefined && to !== undefined && { ':to': to }),
          }),
          ScanIndexForward: !newestFirst,
          ConsistentRead: index === undefined,
          Limit: limit === undefined ? undefined : limit - items.length,
          ExclusiveStartKey: start,
        }),
      )
      items.push(...(page.Items ?? []).map(read))
      start = page.LastEvaluatedKey
      // A megabyte may not be all that was asked for.
    } while (start && items.length < (limit ?? Number.POSITIVE_INFINITY))
    return items
  },

  async write(writes) {
    const [first, ...others] = writes
    return others.length === 0 ? writeOne(client, names, first) : writeAll(client, names, writes)
  },
})

const writeOne = async (client: DynamoDBClient, names: TableNames, write: Write): Promise<Written> => {
  try {
    if (write.kind === 'put') await client.send(new PutItemCommand(putInput(names, write)))
    else await client.send(new DeleteItemCommand(deleteInput(names, write)))
    return { kind: 'written' }
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException)
      return { kind: 'refused', by: [error.Item ? read(error.Item) : 'raced'] }
    throw error
  }
}

const writeAll = async (client: DynamoDBClient, names: TableNames, writes: readonly Write[]): Promise<Written> => {
  try {
    const TransactItems = writes.map((write) =>
      write.kind === 'put' ? { Put: putInput(names, write) } : { Delete: deleteInput(names, write) },
    )
    await client.send(new TransactWriteItemsCommand({ TransactItems }))
    return { kind: 'written' }
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error
    const reasons = error.CancellationReasons ?? []
    const lost = reasons.some(({ Code }) => Code === 'ConditionalCheckFailed' || Code === 'TransactionConflict')
    // Cancelled for another reason (throttling, a size limit): an outage or a bug, not an answer.
    if (!lost) throw error
    const by = reasons.map(({ Code, Item }) => (Item ? read(Item) : Code && Code !== 'None' ? 'raced' : null))
    return { kind: 'refused', by }
  }
}

const putInput = (names: TableNames, { table, item, when }: Extract<Write, { kind: 'put' }>) => ({
  TableName: names[table],
  Item: marshall(item, { removeUndefinedValues: true }),
  ...conditionInput(when),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
})

const deleteInput = (names: TableNames, { table, key }: Extract<Write, { kind: 'delete' }>) => ({
  TableName: names[table],
  Key: marshall(key),
})

const conditionInput = (when: Condition) => {
  switch (when.kind) {
    case 'none':
      return {}
    case 'absent':
      return { ConditionExpression: 'attribute_not_exists(pk)' }
    case 'version':
      return { ConditionExpression: 'version = :read', ExpressionAttributeValues: marshall({ ':read': when.is }) }
    case 'newer':
      return {
        ConditionExpression: 'attribute_not_exists(pk) OR #newer < :than',
        ExpressionAttributeNames: { '#newer': when.attribute },
        ExpressionAttributeValues: marshall({ ':than': when.than }),
      }
  }
}

// Every item in these tables was put with both keys: the cast says what the table's own schema guarantees.
const read = (attributes: Parameters<typeof unmarshall>[0]) => unmarshall(attributes) as Item

export const tableNamesFrom = (env: Readonly<Record<`TABLE_${Uppercase<TableName>}`, string>>): TableNames => ({
  records: env.TABLE_RECORDS,
  sealed: env.TABLE_SEALED,
  keys: env.TABLE_KEYS,
  audit: env.TABLE_AUDIT,
  figures: env.TABLE_FIGURES,
})
