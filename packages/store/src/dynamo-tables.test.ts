import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { marshall } from '@aws-sdk/util-dynamodb'
import { describe, expect, test } from 'vitest'
import { dynamoTables, tableNamesFrom } from './dynamo-tables.ts'

const names = tableNamesFrom({
  TABLE_RECORDS: 'records-of-the-stage',
  TABLE_SEALED: 'sealed-of-the-stage',
  TABLE_KEYS: 'keys-of-the-stage',
  TABLE_AUDIT: 'audit-of-the-stage',
  TABLE_FIGURES: 'figures-of-the-stage',
})
/** Tables behind a client that gives one answer, or fails in one way, to whatever it is sent. */
const answering = (answer: () => unknown) => {
  const client = new DynamoDBClient({})
  const sent: unknown[] = []
  client.send = async (command: { readonly input: unknown }) => {
    sent.push(command.input)
    return answer() as never
  }
  return { tables: dynamoTables({ client, names }), sent }
}
const cancelled = (codes: readonly string[]) => () => {
  const reasons = codes.map((Code) =>
    Code === 'Found' ? { Code: 'ConditionalCheckFailed', Item: marshall({ pk: 'a', sk: 'b' }) } : { Code },
  )
  throw new TransactionCanceledException({ message: 'Cancelled', $metadata: {}, CancellationReasons: reasons })
}
const put = (sk: string) =>
  ({ kind: 'put', table: 'records', item: { pk: 'a', sk }, when: { kind: 'absent' } }) as const

describe('a transaction in DynamoDB', () => {
  test.each([
    { met: 'what stood in its way', codes: ['None', 'Found'], by: [null, { pk: 'a', sk: 'b' }] },
    { met: 'nothing where something had to be', codes: ['ConditionalCheckFailed', 'None'], by: ['raced', null] },
    { met: 'another transaction', codes: ['TransactionConflict', 'None'], by: ['raced', null] },
  ])('that met $met is refused, not broken', async ({ codes, by }) => {
    const { tables } = answering(cancelled(codes))
    expect(await tables.write([put('a'), put('b')])).toEqual({ kind: 'refused', by })
  })

  test.each(['ThrottlingError', 'ProvisionedThroughputExceeded', 'ItemCollectionSizeLimitExceeded', 'ValidationError'])(
    'that was cancelled for %s alone is an outage or a bug',
    async (code) => {
      const { tables } = answering(cancelled(['None', code]))
      await expect(tables.write([put('a'), put('b')])).rejects.toThrow('Cancelled')
    },
  )

  test('that could not be sent is no refusal', async () => {
    const { tables } = answering(() => {
      throw new Error('No route to host')
    })
    await expect(tables.write([put('a')])).rejects.toThrow('No route')
    await expect(tables.write([put('a'), put('b')])).rejects.toThrow('No route')
  })
})

describe('reading from DynamoDB', () => {
  test('is strongly consistent wherever it may be, and goes by the table’s real name', async () => {
    const { tables, sent } = answering(() => ({}))
    await tables.get('keys', { pk: 'a', sk: 'b' })
    await tables.query('records', { pk: 'a' })
    const index = { name: 'list', partition: 'listPk', sort: 'listSk', tells: [] }
    await tables.query('records', { pk: 'a', index })
    expect(sent).toMatchObject([
      { TableName: 'keys-of-the-stage', ConsistentRead: true },
      { TableName: 'records-of-the-stage', ConsistentRead: true },
      { TableName: 'records-of-the-stage', ConsistentRead: false, IndexName: 'list' },
    ])
  })
})

describe('what is asked of DynamoDB', () => {
  // evidence: ASVS 1.2.4
  test('has values beside its expressions, and never in them', async () => {
    const hostile = ['a OR 1 = 1', "') OR attribute_exists(pk", '#pk = :pk', '{"$ne":null}']
    const expressionsFor = async (word: string) => {
      const { tables, sent } = answering(() => ({}))
      await tables.query('records', { pk: word, prefix: word })
      await tables.query('records', { pk: word, from: word })
      await tables.write([{ ...put(word), when: { kind: 'newer', attribute: 'at', than: 1 } }])
      await tables.write([put(word), { kind: 'delete', table: 'records', key: { pk: word, sk: word } }])
      const said = JSON.stringify(sent)
      return said.match(/"(?:KeyCondition|Condition|Filter)Expression":"[^"]*"|"#\w+":"[^"]*"/g)
    }
    const usual = await expressionsFor('a')
    expect(usual?.length).toBeGreaterThan(4)
    for (const word of hostile) expect(await expressionsFor(word)).toEqual(usual)
  })
})
