import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { keyNames, type TableIndex, tables } from '@concord/store/tables'
import type { TestProject } from 'vitest/node'
import { createTables, startDynamoDb } from '../../../local/dynamodb.ts'
import { freePort } from './free-port.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB Local answers, and nothing where the run has none. */
    readonly dynamoDbUrl: string
  }
}

/** One DynamoDB Local for a whole run of tests, its tables made once; whoever uses them keeps to keys of their own. */
export const setup = async ({ provide }: TestProject) => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-tables-'))
  mkdirSync(join(folder, 'logs'))
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const port = await freePort()
  const database = await startDynamoDb({ root, folder, port, inMemory: true, say: () => {} })
  await createTables(database.call, { all: () => tableShapes })
  provide('dynamoDbUrl', database.url)
  return async () => {
    await database.stop()
    rmSync(folder, { recursive: true })
  }
}

const told = (tells: TableIndex['tells']) => {
  if (tells === 'all') return { ProjectionType: 'ALL' }
  return tells.length === 0 ? { ProjectionType: 'KEYS_ONLY' } : { ProjectionType: 'INCLUDE', NonKeyAttributes: tells }
}

const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' })
const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

// Without their stream: the tests hear of events from the writes themselves, and DynamoDB Local is slow with streams.
export const tableShapes = Object.entries(tables).map(([name, { indexes }]) => ({
  id: name,
  name,
  arn: name,
  assetPath: '',
  properties: {
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(keyNames.partition, keyNames.sort),
    AttributeDefinitions: [
      ...new Set([keyNames.partition, keyNames.sort, ...indexes.flatMap(({ partition, sort }) => [partition, sort])]),
    ].map(text),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.partition, index.sort),
        Projection: told(index.tells),
      })),
    }),
  },
}))
