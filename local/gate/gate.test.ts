import { json } from 'node:stream/consumers'
import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { freePort } from '@concord/testkit/free-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../listen.ts'
import { statementOf } from './evaluate.ts'
import { startGate } from './gate.ts'
import { accessKeyIn, principalsOf } from './principals.ts'

const own = `\${aws:PrincipalTag/own}`
const policies = [
  statementOf({
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    Resource: ['arn:records', 'arn:records/index/worklist'],
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [own, `${own}/*`] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  }),
]
const principals = {
  principalOf: (key: string) => (key === 'trust' ? { role: 'caller', tags: { own: 'trust/RJ1' } } : undefined),
  statementsOf: () => policies,
  assume: () => undefined,
}

describe('the gate before DynamoDB Local', () => {
  const reached: unknown[] = []
  const denied: string[] = []
  const parts: { stop: () => unknown }[] = []
  let endpoint = ''
  beforeAll(async () => {
    const [behind, port] = [await freePort(), await freePort()]
    parts.push(
      await listen(behind, async (request, response) => {
        reached.push(await json(request))
        response.end('{}')
      }),
    )
    parts.push(
      await startGate(port, {
        dynamodbUrl: `http://127.0.0.1:${behind}`,
        principals,
        arnOf: (table) => `arn:${table}`,
        onDenied: (line) => denied.push(line),
      }),
    )
    endpoint = `http://127.0.0.1:${port}`
  })
  afterAll(() => Promise.all(parts.map(({ stop }) => stop())))
  const client = (accessKeyId: string) =>
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-2',
      maxAttempts: 1,
      credentials: { accessKeyId, secretAccessKey: 'x' },
    })
  const get = (pk: string, as = 'trust') =>
    client(as).send(new GetItemCommand({ TableName: 'records', Key: { pk: { S: pk }, sk: { S: 'state' } } }))
  const query = (expression: string, IndexName?: string) =>
    client('trust').send(
      new QueryCommand({
        TableName: 'records',
        IndexName,
        KeyConditionExpression: expression,
        ExpressionAttributeNames: { '#pk': 'pk' },
        ExpressionAttributeValues: { ':pk': { S: 'trust/RJ1/worklist' } },
      }),
    )
  const put = (...pks: readonly string[]) =>
    client('trust').send(
      new TransactWriteItemsCommand({
        TransactItems: pks.map((pk) => ({ Put: { TableName: 'records', Item: { pk: { S: pk }, sk: { S: 'x' } } } })),
      }),
    )
  const refused = (asking: Promise<unknown>) => expect(asking).rejects.toMatchObject({ name: 'AccessDeniedException' })

  test('lets through what the role and the tags of the session allow, as it was asked', async () => {
    await get('trust/RJ1/request/1')
    await query('#pk = :pk', 'worklist')
    await put('trust/RJ1', 'trust/RJ1/once')
    expect(reached).toHaveLength(3)
    expect(reached[0]).toMatchObject({ TableName: 'records', Key: { pk: { S: 'trust/RJ1/request/1' } } })
  })

  test('lets the owner of this machine through', async () => {
    await get('anything', 'local')
    expect(reached).toHaveLength(4)
  })

  test('lets nothing else through, and says so', async () => {
    await refused(get('trust/RJ12'))
    await refused(get('trust/RJ1', 'nobody'))
    await refused(put('trust/RJ1', 'trust/RJ2'))
    await refused(query('#pk = :pk', 'another'))
    // A query in a form that the store does not use names no key that could be looked at.
    await refused(query(':pk = #pk'))
    await refused(client('trust').send(new ScanCommand({ TableName: 'records' })))
    expect(reached).toHaveLength(4)
    expect(denied).toHaveLength(6)
    expect(denied[0]).toBe('caller is not authorized to perform dynamodb:GetItem on arn:records')
  })
})

describe('a role that is taken on', () => {
  const resource = (id: string, properties: Readonly<Record<string, unknown>>) => ({
    id,
    name: id,
    arn: `arn:${id}`,
    assetPath: '',
    properties,
  })
  const trust = {
    Effect: 'Allow',
    Action: ['sts:AssumeRole', 'sts:TagSession'],
    Principal: { AWS: 'arn:api' },
    Condition: { Null: { 'aws:RequestTag/own': 'false' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['own'] } },
  }
  const may = { Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: 'arn:caller' }
  const { assume, principalOf } = principalsOf({
    all: (type) =>
      type === 'AWS::IAM::Role'
        ? [
            resource('caller', { AssumeRolePolicyDocument: { Statement: [trust] } }),
            resource('api', { AssumeRolePolicyDocument: { Statement: [] } }),
            resource('react', { AssumeRolePolicyDocument: { Statement: [] } }),
          ]
        : ['api', 'react'].map((role) =>
            resource(`policy-${role}`, { PolicyDocument: { Statement: [may] }, Roles: [role] }),
          ),
  })
  const api = { role: 'api', tags: {} }

  test('is a session with those tags, for a function that may and that the role trusts', () => {
    const key = assume(api, 'arn:caller', { own: 'trust/RJ1' })
    expect(principalOf(key ?? '')).toEqual({ role: 'caller', tags: { own: 'trust/RJ1' } })
    expect(principalOf('api')).toEqual(api)
  })

  test.each([
    ['without the tag', api, 'arn:caller', {}],
    ['with a tag more', api, 'arn:caller', { own: 'a', more: 'b' }],
    ['by a function that the role does not trust', { role: 'react', tags: {} }, 'arn:caller', { own: 'a' }],
    ['by nobody of the template', { role: 'nobody', tags: {} }, 'arn:caller', { own: 'a' }],
    ['where the function may take on no such role', api, 'arn:react', { own: 'a' }],
    ['where there is none', api, 'arn:none', { own: 'a' }],
  ])('is none %s', (_, by, arn, tags) => {
    expect(assume(by, arn, tags)).toBeUndefined()
  })

  test('is nobody under a key that was never given out', () => {
    expect(principalOf('sessionxyz')).toBeUndefined()
    expect(accessKeyIn('AWS4-HMAC-SHA256 Credential=key/20260101/eu-west-2/dynamodb/aws4_request, Signature=0')).toBe(
      'key',
    )
    expect(accessKeyIn()).toBe('')
  })
})
