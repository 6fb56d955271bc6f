import { describe, expect, test } from 'vitest'
import { decide, keyStatements, policiesIn, statementOf } from './evaluate.ts'

const KEYS = 'dynamodb:LeadingKeys'
const tag = (name: string) => `\${aws:PrincipalTag/${name}}`
const statement = (over: object = {}) =>
  statementOf({
    Effect: 'Allow',
    Action: 'dynamodb:Query',
    Resource: 'arn:table',
    Condition: {
      'ForAllValues:StringLike': { [KEYS]: [tag('own'), `${tag('own')}/*`] },
      Null: { [KEYS]: 'false' },
    },
    ...over,
  })
const asked = (keys: readonly string[] | undefined, over: object = {}) => ({
  action: 'dynamodb:Query',
  resource: 'arn:table',
  context: keys ? { [KEYS]: keys } : {},
  ...over,
})
const tags = { own: 'trust/RJ1' }

describe('a policy on leading keys', () => {
  test.each([
    ['trust/RJ1', 'allowed'],
    ['trust/RJ1/request/1', 'allowed'],
    ['trust/RJ1/', 'allowed'],
    ['trust/RJ12', 'not allowed'],
    ['trust/RJ', 'not allowed'],
    ['trust/*', 'not allowed'],
    ['', 'not allowed'],
    ['x/trust/RJ1', 'not allowed'],
  ])('says of %j: %s', (pk, decision) => {
    expect(decide([statement()], asked([pk]), tags)).toBe(decision)
  })

  test('allows many keys when all of them are inside', () => {
    expect(decide([statement()], asked(['trust/RJ1', 'trust/RJ1/a']), tags)).toBe('allowed')
    expect(decide([statement()], asked(['trust/RJ1', 'trust/RJ2']), tags)).toBe('not allowed')
  })

  test('allows no call without keys, which it would if nothing were said of their absence', () => {
    const { Null: _, ...trap } = statement().Condition
    expect(decide([statement()], asked(undefined), tags)).toBe('not allowed')
    expect(decide([statement({ Condition: trap })], asked(undefined), tags)).toBe('allowed')
  })

  test.each(['*', 'trust/*', 'trust/RJ?', 'trust/.'])('takes a tag of %j for itself and not for a pattern', (own) => {
    expect(decide([statement()], asked(['trust/RJ1']), { own })).toBe('not allowed')
    expect(decide([statement()], asked([own]), { own })).toBe('allowed')
  })

  test('allows nothing to a session that lacks the tag', () => {
    for (const pk of ['', '/x', tag('own'), `${tag('own')}/x`])
      expect(decide([statement()], asked([pk]), {})).toBe('not allowed')
  })

  test.each([{ action: 'dynamodb:Scan' }, { action: 'dynamodb:query' }, { resource: 'arn:table/index/i' }])(
    'allows nothing else: %j',
    (over) => {
      expect(decide([statement()], asked(['trust/RJ1'], over), tags)).toBe('not allowed')
    },
  )

  test('gives way to a deny, wherever it stands', () => {
    const deny = statement({
      Effect: 'Deny',
      Action: 'dynamodb:*',
      Condition: { 'ForAnyValue:StringLike': { [KEYS]: ['trust/RJ1/secret*'] } },
    })
    for (const statements of [
      [statement(), deny],
      [deny, statement()],
    ]) {
      expect(decide(statements, asked(['trust/RJ1/secret/1']), tags)).toBe('denied')
      expect(decide(statements, asked(['trust/RJ1/other', 'trust/RJ1/secret']), tags)).toBe('denied')
      expect(decide(statements, asked(['trust/RJ1/other']), tags)).toBe('allowed')
    }
  })
})

describe('a key policy', () => {
  const key = {
    id: 'Key',
    properties: {
      KeyPolicy: {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:root' }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: ['kms:Decrypt'],
            Resource: '*',
            Condition: {
              StringNotLike: { compartment: [tag('pack'), `${tag('pack')}/*`] },
              Null: { compartment: 'false' },
            },
          },
        ],
      },
    },
  }
  const use = (compartment: string | undefined, pack: string | undefined) =>
    decide(
      keyStatements(key),
      {
        action: 'kms:Decrypt',
        resource: 'arn:key',
        context: compartment === undefined ? {} : { compartment: [compartment] },
      },
      pack === undefined ? {} : { pack },
    )

  test('denies each compartment that is not under the session’s tag, and all to a session without', () => {
    expect(use('pack/a/1', 'pack/a')).toBe('not allowed')
    expect(use('pack/ab/1', 'pack/a')).toBe('denied')
    expect(use('pack/a/1', undefined)).toBe('denied')
  })

  test('has no say where no compartment is named', () => {
    expect(use(undefined, undefined)).toBe('not allowed')
  })
})

describe('a template’s policies', () => {
  const policy = (Statement: readonly object[]) => ({
    ...{ id: 'P', name: 'p', arn: 'arn:p', assetPath: '' },
    properties: { PolicyDocument: { Version: '2012-10-17', Statement }, Roles: ['role'] },
  })
  const plain = { Effect: 'Allow', Action: 'a', Resource: '*' }

  test('of one role count together', () => {
    const all = () => [policy([plain]), policy([{ ...plain, Action: 'b' }])]
    expect(
      policiesIn({ all })
        .get('role')
        ?.map(({ Action }) => Action),
    ).toEqual([['a'], ['b']])
  })

  test.each([{ NotAction: 'a' }, { Condition: { StringEqualsIgnoreCase: { a: 'b' } } }, { Effect: 'Maybe' }])(
    'are refused when they use what is not evaluated here: %j',
    (over) => {
      const all = () => [policy([{ ...plain, ...over }])]
      expect(() => policiesIn({ all })).toThrow()
    },
  )
})
