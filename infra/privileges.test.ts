import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tables } from '@concord/store/tables'
import { Template } from 'aws-cdk-lib/assertions'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { concordApp } from './app.ts'
import { exampleStage } from './stage.ts'

const outdir = mkdtempSync(join(tmpdir(), 'concord-infra-'))
afterAll(() => rmSync(outdir, { recursive: true }))

const { service } = concordApp(exampleStage('example'), { outdir, bundled: false, checked: false })
const template = Template.fromStack(service)

const list = (value: unknown) => (Array.isArray(value) ? value : [value])
const statementShape = z.strictObject({
  Effect: z.literal('Allow'),
  Action: z.preprocess(list, z.array(z.string())),
  Resource: z.preprocess(list, z.array(z.unknown())),
  Condition: z.unknown().optional(),
})
const policyShape = z.object({
  Properties: z.object({
    PolicyDocument: z.object({ Statement: z.array(statementShape) }),
    Roles: z.array(z.object({ Ref: z.string() })),
  }),
})

/** Every permission that any role of the template has: the role's construct, an action, a resource as text, a condition. */
const permissions = Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => {
  const { PolicyDocument, Roles } = policyShape.parse(policy).Properties
  return Roles.flatMap(({ Ref }) =>
    PolicyDocument.Statement.flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => ({
          role: Ref.replace(/Role[0-9A-F]{8}$/, ''),
          action,
          resource: JSON.stringify(resource),
          condition: Condition,
        })),
      ),
    ),
  )
})
const propertiesOf = z.object({ Properties: z.record(z.string(), z.unknown()) })
const tableNamed = (name: string) => `Tables${name.charAt(0).toUpperCase()}${name.slice(1)}`
/** Who may do what with a table, as `role: action`. */
const mayWith = (name: string) =>
  permissions
    .filter(({ resource, action }) => resource.includes(tableNamed(name)) && action.startsWith('dynamodb:'))
    .map(({ role, action }) => `${role}: ${action.replace('dynamodb:', '')}`)

describe('the roles of the template', () => {
  test('are those of the four functions and of the tick', () => {
    expect([...new Set(permissions.map(({ role }) => role))].toSorted()).toEqual([
      'Api',
      'Clock',
      'ClockTick',
      'Console',
      'React',
    ])
  })

  test('have no policy but the ones looked at here', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role')).map((role) => propertiesOf.parse(role))
    const named = roles.flatMap(({ Properties }) => Object.keys(Properties))
    expect(named).toContain('AssumeRolePolicyDocument')
    expect(named.filter((name) => ['ManagedPolicyArns', 'Policies'].includes(name))).toEqual([])
  })

  test('reach one thing each, save for listing streams, which cannot be narrowed', () => {
    const wide = permissions.filter(({ resource, action }) => `${resource}${action}`.includes('*'))
    expect(wide).toEqual([{ role: 'React', action: 'dynamodb:ListStreams', resource: '"*"', condition: undefined }])
  })
})

describe('no function', () => {
  test('may do more with items than the store asks of DynamoDB', () => {
    const store = readFileSync(new URL('../packages/store/src/dynamo-tables.ts', import.meta.url), 'utf8')
    const asked = new Set([...store.matchAll(/new (\w+)Command\(/g)].map(([, command]) => command))
    expect(asked.size).toBeGreaterThan(3)
    const granted = Object.keys(tables)
      .flatMap(mayWith)
      .map((may) => may.split(': ')[1] ?? '')
    const stream = new Set(['DescribeStream', 'GetRecords', 'GetShardIterator'])
    expect([...new Set(granted)].filter((action) => !asked.has(action) && !stream.has(action))).toEqual([])
  })

  test.each([
    'Scan',
    'DeleteItem',
    'DeleteTable',
    'UpdateTable',
    'PartiQLSelect',
    'PartiQLDelete',
    'ExportTableToPointInTime',
  ])('may %s', (action) => {
    expect(permissions.filter((one) => one.action === `dynamodb:${action}`)).toEqual([])
  })

  test('may do anything with the audit but add to it', () => {
    expect(mayWith('audit').toSorted()).toEqual(['Api: PutItem', 'Console: PutItem', 'React: PutItem'])
  })

  test('but the api and the console reaches what is sealed, or its keys', () => {
    for (const name of ['sealed', 'keys'])
      expect([...new Set(mayWith(name).map((may) => may.split(':')[0]))].toSorted()).toEqual(['Api', 'Console'])
  })

  test('is told the name of a table that it may not use', () => {
    const environment = z.object({ Properties: z.object({ Environment: z.object({ Variables: z.looseObject({}) }) }) })
    for (const [id, found] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
      const role = id.replace(/Function[0-9A-F]{8}$/, '')
      const variables = environment.parse(found).Properties.Environment.Variables
      const told = Object.keys(tables).filter((name) => `TABLE_${name.toUpperCase()}` in variables)
      const allowed = Object.keys(tables).filter((name) => mayWith(name).some((may) => may.startsWith(`${role}:`)))
      expect({ role, told }).toEqual({ role, told: allowed })
    }
  })
})

describe('the key of the stage', () => {
  const throughTables = { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-2.amazonaws.com' } }
  const forCompartments = { Null: { 'kms:EncryptionContextKeys': 'false' } }
  const uses = permissions.filter(({ action }) => action.startsWith('kms:'))

  test('serves the functions through the tables alone, or for a compartment that is named', () => {
    expect(uses.length).toBeGreaterThan(0)
    for (const { condition } of uses) expect([throughTables, forCompartments]).toContainEqual(condition)
  })

  test('wraps and unwraps the keys of cases for the api and the console and for nobody else', () => {
    const unwrapping = uses.filter(({ condition }) => JSON.stringify(condition) === JSON.stringify(forCompartments))
    expect(unwrapping.map(({ role, action }) => `${role}: ${action}`).toSorted()).toEqual([
      'Api: kms:Decrypt',
      'Api: kms:GenerateDataKey',
      'Console: kms:Decrypt',
      'Console: kms:GenerateDataKey',
    ])
  })
})

test('the secrets of the outside world are read by those who call it: the console and the reactor', () => {
  const readers = permissions.filter(({ action }) => action === 'secretsmanager:GetSecretValue')
  expect(readers.map(({ role }) => role).toSorted()).toEqual(['Console', 'React'])
})
