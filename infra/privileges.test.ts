import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callerRoles, compartmentTags, tagNames } from '@concord/application/grants'
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
  Effect: z.enum(['Allow', 'Deny']),
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
const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap((policy) => {
  const { PolicyDocument, Roles } = policyShape.parse(policy).Properties
  return Roles.flatMap(({ Ref }) =>
    PolicyDocument.Statement.flatMap(({ Effect, Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => ({
          role: Ref.replace(/(Role)?[0-9A-F]{8}$/, ''),
          effect: Effect,
          action,
          resource: JSON.stringify(resource),
          condition: Condition,
        })),
      ),
    ),
  )
})
const permissions = statements.filter(({ effect }) => effect === 'Allow')
const propertiesOf = z.object({ Properties: z.record(z.string(), z.unknown()) })
const tableNamed = (name: string) => `Tables${name.charAt(0).toUpperCase()}${name.slice(1)}`
/** Who may do what with a table, as `role: action`. */
const mayWith = (name: string) =>
  permissions
    .filter(({ resource, action }) => resource.includes(tableNamed(name)) && action.startsWith('dynamodb:'))
    .map(({ role, action }) => `${role}: ${action.replace('dynamodb:', '')}`)

const callers = callerRoles.map((name) => `Caller${name.charAt(0).toUpperCase()}${name.slice(1)}`)
const functions = ['Api', 'Clock', 'Console', 'React']
const keysOf = z.looseObject({
  'ForAllValues:StringLike': z.looseObject({ 'dynamodb:LeadingKeys': z.preprocess(list, z.array(z.string())) }),
  Null: z.strictObject({ 'dynamodb:LeadingKeys': z.literal('false') }),
})
const onItems = permissions.filter(
  ({ action }) => action.startsWith('dynamodb:') && !/Stream|Records|Shard/.test(action),
)

describe('the roles of the template', () => {
  test('are those of the four functions, of the tick, of who erases a case, and one for each kind of caller', () => {
    expect([...new Set(statements.map(({ role }) => role))].toSorted()).toEqual(
      [...functions, ...callers, 'ClockTick', 'Eraser'].toSorted(),
    )
  })

  test('have no policy but the ones looked at here', () => {
    const roles = Object.values(template.findResources('AWS::IAM::Role')).map((role) => propertiesOf.parse(role))
    const named = roles.flatMap(({ Properties }) => Object.keys(Properties))
    expect(named).toContain('AssumeRolePolicyDocument')
    expect(named.filter((name) => ['ManagedPolicyArns', 'Policies'].includes(name))).toEqual([])
  })

  test('reach one thing each, save for heads of the audit and for listing streams, which cannot be narrowed', () => {
    const wide = permissions.filter(({ resource, action }) => `${resource}${action}`.includes('*'))
    const heads = { effect: 'Allow', resource: '"arn:aws:s3:::concord-example-witness-000000000000/heads/*"' }
    expect(wide).toEqual([
      { role: 'React', effect: 'Allow', action: 'dynamodb:ListStreams', resource: '"*"', condition: undefined },
      ...['s3:PutObject', 's3:GetObjectVersion'].map((action) => ({
        role: 'Clock',
        action,
        condition: undefined,
        ...heads,
      })),
    ])
  })

  test('reach items by their leading keys alone, and none by a call that names no key', () => {
    expect(onItems.length).toBeGreaterThan(20)
    for (const { condition } of onItems)
      expect(keysOf.safeParse(condition).success, JSON.stringify(condition)).toBe(true)
  })
})

describe('the role of a caller', () => {
  const keyPatterns = onItems
    .filter(({ role }) => callers.includes(role))
    .flatMap(({ role, condition }) =>
      keysOf.parse(condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys'].map((pattern) => ({ role, pattern })),
    )

  // evidence: ASVS 8.3.3
  test('reaches what lies under a tag of the session, and else nothing of any tenant', () => {
    const untagged = keyPatterns.filter(({ pattern }) => !pattern.startsWith('$' + '{aws:PrincipalTag/'))
    expect([...new Set(untagged.map(({ role, pattern }) => `${role}: ${pattern}`))].toSorted()).toEqual([
      'CallerNetwork: national',
      'CallerNetwork: national/*',
      'CallerNetwork: national/gmc',
      'CallerNetwork: national/gmc/*',
      'CallerOperator: reference',
      'CallerOperator: reference/*',
    ])
  })

  test('refuses whatever hangs on a tag without use', () => {
    const denied = statements.filter(({ effect }) => effect === 'Deny')
    for (const role of [...callers, 'Eraser'])
      expect(
        new Set(denied.filter((one) => one.role === role).map(({ condition }) => JSON.stringify(condition))),
      ).toEqual(new Set([JSON.stringify({ 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['none', 'none/*'] } })]))
  })

  test('is taken on by the api and the console, with every tag and no other', () => {
    const trust = z.looseObject({
      Statement: z.array(z.looseObject({ Principal: z.unknown(), Condition: z.unknown() })),
    })
    for (const [id, found] of Object.entries(template.findResources('AWS::IAM::Role'))) {
      if (!id.startsWith('Caller')) continue
      const { Statement } = trust.parse(propertiesOf.parse(found).Properties['AssumeRolePolicyDocument'])
      expect(JSON.stringify(Statement.map(({ Principal }) => Principal))).toMatch(/ApiRole.*ConsoleRole/)
      for (const { Condition } of Statement)
        expect(Condition).toEqual({
          Null: Object.fromEntries(tagNames.map((tag) => [`aws:RequestTag/${tag}`, 'false'])),
          'ForAllValues:StringEquals': { 'aws:TagKeys': [...tagNames] },
        })
    }
    const takers = permissions.filter(({ action }) => action === 'sts:AssumeRole').map(({ role }) => role)
    expect([...new Set(takers)].toSorted()).toEqual(['Api', 'Console'])
  })
})

describe('the role in which an operator erases a case', () => {
  const own = onItems.filter(({ role }) => role === 'Eraser')
  const under = (tag: string, more = '') => `\${aws:PrincipalTag/${tag}}${more}`
  const keysFor = (action: string) =>
    own
      .filter((one) => one.action === `dynamodb:${action}`)
      .map(({ resource, condition }) => [
        /Tables(Records|Sealed|Keys|Audit)/.exec(resource)?.[1],
        keysOf
          .parse(condition)
          ['ForAllValues:StringLike']['dynamodb:LeadingKeys'].filter((pattern) => !pattern.endsWith('/*')),
      ])

  test('deletes the texts of the case in its tags and what finds the child, and nothing of where it stands', () => {
    expect(keysFor('DeleteItem')).toEqual([
      ['Records', [under('case', '/child'), under('own', '/child')]],
      ['Sealed', compartmentTags.map((kind) => under(kind))],
    ])
  })

  test('puts the mark where a key of the case was, and its entry into the audit', () => {
    expect(keysFor('PutItem')).toEqual([
      ['Keys', compartmentTags.map((kind) => under(kind))],
      ['Audit', ['audit']],
    ])
  })

  test('is taken on by no function, with every tag and no other, and opens nothing', () => {
    const [found] = Object.entries(template.findResources('AWS::IAM::Role')).filter(([id]) => id.startsWith('Eraser'))
    const trust = JSON.stringify(propertiesOf.parse(found?.[1]).Properties['AssumeRolePolicyDocument'])
    expect(trust).toContain(':root')
    expect(trust).not.toMatch(/ApiRole|ConsoleRole|ReactRole|ClockRole/)
    for (const tag of tagNames) expect(trust).toContain(`aws:RequestTag/${tag}`)
    const kms = permissions.filter(({ role, action }) => role === 'Eraser' && action.startsWith('kms:'))
    for (const { condition } of kms) expect(JSON.stringify(condition)).toContain('kms:ViaService')
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

  test('may delete an item, save that a trust takes back what it noted of a child', () => {
    const deletes = onItems.filter(({ role, action }) => action === 'dynamodb:DeleteItem' && role !== 'Eraser')
    const noted = '$' + '{aws:PrincipalTag/own}/child'
    expect(deletes.map(({ role, condition }) => [role, keysOf.parse(condition)['ForAllValues:StringLike']])).toEqual([
      ['CallerTrust', { 'dynamodb:LeadingKeys': [noted, `${noted}/*`] }],
    ])
    expect(deletes[0]?.resource).toContain('TablesRecords')
  })

  test.each(['Scan', 'DeleteTable', 'UpdateTable', 'PartiQLSelect', 'PartiQLDelete', 'ExportTableToPointInTime'])(
    'may %s',
    (action) => {
      expect(permissions.filter((one) => one.action === `dynamodb:${action}`)).toEqual([])
    },
  )

  test('may do anything with the audit but add to it, save the clock, which reads and chains it, and guardians, who read', () => {
    expect(mayWith('audit').toSorted()).toEqual([
      'Api: PutItem',
      ...['CallerGuardian: GetItem', 'CallerGuardian: GetItem', 'CallerGuardian: Query', 'CallerGuardian: Query'],
      ...['Clock: GetItem', 'Clock: GetItem', 'Clock: PutItem', 'Clock: Query', 'Clock: Query'],
      'Console: PutItem',
      'Eraser: PutItem',
      'React: PutItem',
    ])
  })

  test('puts anything into the audit but entries, save the clock, which also puts chains and heads', () => {
    const puts = onItems.filter(
      ({ action, resource }) => action.endsWith('PutItem') && resource.includes('TablesAudit'),
    )
    const keys = puts.map(({ role, condition }) => {
      const patterns = keysOf.parse(condition)['ForAllValues:StringLike']['dynamodb:LeadingKeys']
      return [role, patterns.filter((pattern) => !pattern.endsWith('/*'))]
    })
    expect(Object.fromEntries(keys)).toEqual({
      Api: ['audit'],
      Console: ['audit'],
      Eraser: ['audit'],
      React: ['audit'],
      Clock: ['audit', 'audit-chain', 'audit-head'],
    })
  })

  test('signs or keeps a head of the audit but the clock', () => {
    const uses = permissions.filter(({ action }) => action.startsWith('s3:') || action === 'kms:Sign')
    expect(uses.map(({ role, action }) => `${role}: ${action}`).toSorted()).toEqual([
      'Clock: kms:Sign',
      'Clock: s3:GetObjectVersion',
      'Clock: s3:ListBucketVersions',
      'Clock: s3:PutObject',
    ])
  })

  // evidence: ASVS 8.3.3
  test('reaches what is sealed, or its keys, in its own name: callers do, and keys are written by trusts and where the glass is broken', () => {
    const whoMay = (name: string, action: string) =>
      mayWith(name)
        .filter((may) => may.endsWith(action))
        .map((may) => may.split(':')[0])
    for (const name of ['sealed', 'keys'])
      expect([...new Set(whoMay(name, 'GetItem'))].toSorted()).toEqual([
        'CallerBreaker',
        'CallerClinician',
        'CallerGuardian',
        'CallerNamed',
        'CallerNetwork',
        'CallerTrust',
        // What it reads it cannot open.
        'Eraser',
      ])
    expect(whoMay('sealed', 'PutItem').toSorted()).toEqual([
      'CallerBreaker',
      'CallerClinician',
      'CallerGuardian',
      'CallerNamed',
      'CallerTrust',
    ])
    expect(whoMay('keys', 'PutItem').toSorted()).toEqual(['CallerBreaker', 'CallerNamed', 'CallerTrust', 'Eraser'])
  })

  test('is told the name of a table that it may not use', () => {
    const environment = z.object({ Properties: z.object({ Environment: z.object({ Variables: z.looseObject({}) }) }) })
    for (const [id, found] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
      const role = id.replace(/Function[0-9A-F]{8}$/, '')
      const variables = environment.parse(found).Properties.Environment.Variables
      const told = Object.keys(tables).filter((name) => `TABLE_${name.toUpperCase()}` in variables)
      // Who acts for callers is told of every table, and reaches them in the callers' roles.
      const mayItself = Object.keys(tables).filter((name) => mayWith(name).some((may) => may.startsWith(`${role}:`)))
      expect({ role, told }).toEqual({
        role,
        told: ['Api', 'Console'].includes(role) ? Object.keys(tables) : mayItself,
      })
    }
  })
})

describe('the key of the stage', () => {
  const throughTables = { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-2.amazonaws.com' } }
  const uses = permissions.filter(
    ({ action, resource }) => action.startsWith('kms:') && !/Witness|Child/.test(resource),
  )
  const unwrapping = uses.filter(({ condition }) => JSON.stringify(condition) !== JSON.stringify(throughTables))

  test('serves through the tables, or a caller for a compartment under a tag of theirs', () => {
    const compartment = z.strictObject({
      StringLike: z.strictObject({
        'kms:EncryptionContext:compartment': z.array(
          z.string().regex(/^\$\{aws:PrincipalTag\/(brief|pack|restricted|glass)\}(\/\*)?$/),
        ),
      }),
      Null: z.strictObject({ 'kms:EncryptionContext:compartment': z.literal('false') }),
    })
    for (const { condition } of unwrapping)
      expect(compartment.safeParse(condition).success, JSON.stringify(condition)).toBe(true)
  })

  test('unwraps for those who read compartments, and wraps for those who begin one', () => {
    expect(unwrapping.map(({ role, action }) => `${role}: ${action}`).toSorted()).toEqual([
      'CallerBreaker: kms:Decrypt',
      'CallerBreaker: kms:GenerateDataKey',
      'CallerClinician: kms:Decrypt',
      'CallerGuardian: kms:Decrypt',
      'CallerNamed: kms:Decrypt',
      'CallerNamed: kms:GenerateDataKey',
      'CallerNetwork: kms:Decrypt',
      'CallerTrust: kms:Decrypt',
      'CallerTrust: kms:GenerateDataKey',
    ])
  })
})

test('the key for hashes of children makes them for trusts, who know whose they are, and for nobody else', () => {
  const uses = permissions.filter(({ action, resource }) => /kms:.*Mac$/.test(action) || resource.includes('Child'))
  expect(uses.map(({ role, action, resource }) => [role, action, resource.includes('Child')])).toEqual([
    ['CallerTrust', 'kms:GenerateMac', true],
  ])
})

test('the secrets of the outside world are read by those who call it: the console and the reactor', () => {
  const readers = permissions.filter(({ action }) => action === 'secretsmanager:GetSecretValue')
  expect(readers.map(({ role }) => role).toSorted()).toEqual(['Console', 'React'])
})
