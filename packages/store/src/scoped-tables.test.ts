import type { TableName } from '@concord/application/grants'
import {
  isInside,
  mustBeMembership,
  paths,
  reactorScope,
  type Scope,
  scopeOf,
  stewardScope,
} from '@concord/application/scope'
import { clinicianId } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aRequest, aRequestId, networkOne } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OutsideScopeError, scopedTables } from './scoped-tables.ts'
import type { TableAccess } from './table-access.ts'
import { priorInvolvementIndex, rolesIndex, tables as shapes, worklistIndexes } from './tables.ts'

const tableNames = Object.keys(shapes) as TableName[]
const place = aRequest('draft')
const inHand = { ...place, id: aRequestId(1) }
const clinician = `clinician@network/network-one/clinician/${clinicianId(1)}`

/** Everybody there is, with all that they may reach, written out once more by hand. */
const everybody: Readonly<Record<string, Somebody>> = {
  requester: {
    scope: scopeOf(mustBeMembership('requester@network/network-one/trust/XA1')),
    read: {
      records: ['network/network-one/trust/XA1'],
      sealed: ['brief/network-one/XA1', 'pack/network-one/XA1'],
      figures: ['release/network-one'],
    },
    write: {
      records: ['network/network-one/trust/XA1'],
      sealed: ['brief/network-one/XA1', 'pack/network-one/XA1'],
      keys: ['brief/network-one/XA1', 'pack/network-one/XA1'],
    },
    erase: { records: ['network/network-one/trust/XA1/child'] },
  },
  coordinator: {
    scope: scopeOf(mustBeMembership('coordinator@network/network-one')),
    read: {
      records: ['network/network-one', 'national'],
      sealed: ['brief/network-one'],
      figures: ['release/network-one'],
    },
    write: {
      records: [
        ...['trust', 'clinician', 'assessment', 'once'].map((kind) => `network/network-one/${kind}`),
        'national/gmc',
      ],
    },
  },
  'clinician with nothing in hand': {
    scope: scopeOf(mustBeMembership(clinician)),
    read: { records: [`network/network-one/clinician/${clinicianId(1)}`] },
    write: { records: [`network/network-one/clinician/${clinicianId(1)}`] },
  },
  'clinician who is offered a case': {
    scope: scopeOf(mustBeMembership(clinician), { ...inHand, stage: 'offered' }),
    read: {
      records: [`network/network-one/clinician/${clinicianId(1)}`, paths.request(inHand)],
      sealed: [`brief/network-one/XA1/${inHand.id}`],
    },
    write: {
      records: [`network/network-one/clinician/${clinicianId(1)}`, paths.request(inHand)],
    },
  },
  'clinician who is engaged on a case': {
    scope: scopeOf(mustBeMembership(clinician), { ...inHand, stage: 'engaged' }),
    read: {
      records: [`network/network-one/clinician/${clinicianId(1)}`, paths.request(inHand)],
      sealed: [`brief/network-one/XA1/${inHand.id}`, `pack/network-one/XA1/${inHand.id}`],
    },
    write: {
      records: [`network/network-one/clinician/${clinicianId(1)}`, paths.request(inHand)],
      sealed: [`pack/network-one/XA1/${inHand.id}`],
    },
  },
  commissioner: {
    scope: scopeOf(mustBeMembership('commissioner@release/network-one')),
    read: { figures: ['release/network-one'] },
    write: {},
  },
  'commissioner of two networks at once': {
    scope: scopeOf(mustBeMembership('commissioner@release/network-one,release/network-two')),
    read: {},
    write: {},
  },
  operator: {
    scope: scopeOf(mustBeMembership('operator@reference')),
    read: { records: ['reference'] },
    write: { records: ['reference'] },
  },
  reactor: {
    scope: reactorScope(networkOne),
    read: { records: ['network/network-one'], figures: ['fact/network-one', 'release/network-one'] },
    write: { records: ['network/network-one', 'national'], figures: ['fact/network-one', 'release/network-one'] },
  },
}
type Reach = Partial<Record<TableName, readonly string[]>>
type Somebody = { readonly scope: Scope; readonly read: Reach; readonly write: Reach; readonly erase?: Reach }

/** Keys of every kind and of neighbours that look alike, whole or with something more behind them. */
const keysThere = [
  ...['network/network-one', 'network/network-two', 'network/network-on', 'network/network-one2'],
  ...['XA1', 'XA12', 'XB1', 'xa1'].flatMap((trust) => [
    `network/network-one/trust/${trust}`,
    `network/network-two/trust/${trust}`,
    `network/network-one/trust/${trust}/child`,
    ...['brief', 'pack', 'family', 'restricted', 'audit'].map((kind) => `${kind}/network-one/${trust}`),
  ]),
  ...[1, 2].flatMap((n) => [
    `network/network-one/clinician/${clinicianId(n)}`,
    `network/network-one/trust/XA1/request/${aRequestId(n)}`,
    `brief/network-one/XA1/${aRequestId(n)}`,
    `pack/network-one/XA1/${aRequestId(n)}`,
  ]),
  ...[
    'trust',
    'clinician',
    'assessment',
    'once',
    'card/421',
    'evidence/9990001',
    'evidence/XA1',
    'parked',
    'platform',
  ].map((kind) => `network/network-one/${kind}`),
  ...['national', 'national/gmc', 'national/card/421', 'reference', 'person/somebody', 'link/somewhere', 'none', ''],
  ...['release/network-one', 'release/network-two', 'fact/network-one', '*', 'network/*', 'network', 'network/', '/'],
]
const pks = fc
  .tuple(
    fc.constantFrom(...keysThere),
    fc.constantFrom('', '/', '/x', '//', '/..', '/../XB1', '/*', '2', ' ', '/once', '\n'),
  )
  .map(([key, more]) => `${key}${more}`)

/** The rule once more, letter by letter: the same path, or that path and then a slash. */
const lies = (pk: string, path: string) => pk.slice(0, path.length) === path && (pk[path.length] ?? '/') === '/'

/** Tables that note what came through to them. */
const noting = () => {
  const reached: string[] = []
  const tables: TableAccess = {
    get: async (table, { pk }) => void reached.push(`${table} ${pk}`),
    query: async (table, { pk }) => {
      reached.push(`${table} ${pk}`)
      return []
    },
    write: async (writes) => {
      for (const one of writes) reached.push(`${one.table} ${one.kind === 'put' ? one.item.pk : one.key.pk}`)
      return { kind: 'written' }
    },
  }
  return { tables, reached }
}
const operations = {
  get: (tables: TableAccess, table: TableName, pk: string) => tables.get(table, { pk, sk: 'state' }),
  query: (tables: TableAccess, table: TableName, pk: string) => tables.query(table, { pk }),
  list: (tables: TableAccess, table: TableName, pk: string) =>
    tables.query(table, { pk, index: worklistIndexes.network }),
  put: (tables: TableAccess, table: TableName, pk: string) =>
    tables.write([{ kind: 'put', table, item: { pk, sk: 'state' }, when: { kind: 'none' } }]),
  delete: (tables: TableAccess, table: TableName, pk: string) =>
    tables.write([{ kind: 'delete', table, key: { pk, sk: 'state' } }]),
}

describe('a caller’s tables', () => {
  test.each(Object.entries(everybody))('let a %s touch what is theirs and refuse any other key', async (_, who) => {
    const operation = fc.constantFrom(...Object.entries(operations))
    await fc.assert(
      fc.asyncProperty(operation, fc.constantFrom(...tableNames), pks, async ([does, ask], table, pk) => {
        const { tables, reached } = noting()
        // Keys are unwrapped for those who may read the text beside them; nobody reaches the audit.
        const reads = who.read[table === 'keys' ? 'sealed' : table]
        const mine = (does === 'put' ? who.write[table] : does === 'delete' ? who.erase?.[table] : reads) ?? []
        const isMine = mine.some((path) => lies(pk, path))
        const asking = ask(scopedTables(tables, who.scope), table, pk)
        if (isMine) await asking
        else await expect(asking).rejects.toThrow(OutsideScopeError)
        expect(reached).toEqual(isMine ? [`${table} ${pk}`] : [])
      }),
      runs(400),
    )
  })

  test.each(tableNames)('write nothing of %s when one of many keys lies elsewhere', async (table) => {
    const { tables, reached } = noting()
    const mine = scopedTables(tables, scopeOf(mustBeMembership('requester@network/network-one/trust/XA1')))
    const put = (one: TableName, pk: string) =>
      ({ kind: 'put', table: one, item: { pk, sk: 'a' }, when: { kind: 'none' } }) as const
    const both = mine.write([
      put('records', 'network/network-one/trust/XA1'),
      put(table, 'network/network-one/trust/XA12'),
    ])
    await expect(both).rejects.toThrow(OutsideScopeError)
    expect(reached).toEqual([])
  })

  test('say in the error which table and nothing of the key', async () => {
    const mine = scopedTables(memoryTables(), everybody['requester']?.scope ?? reactorScope(networkOne))
    const asking = mine.get('sealed', { pk: 'pack/network-one/XB1/somebody', sk: 'identity' })
    await expect(asking).rejects.toThrow('read of sealed outside the caller’s scope'.replace('’', "'"))
    await expect(asking).rejects.not.toThrow('XB1')
  })

  test.each([
    {
      list: 'another trust’s list',
      partition: worklistIndexes.trust.partition,
      path: 'network/network-one/trust/XB1/worklist',
    },
    {
      list: 'the list of a trust whose code begins alike',
      partition: worklistIndexes.trust.partition,
      path: 'network/network-one/trust/XA/worklist',
    },
    {
      list: 'the list of a child of another network',
      partition: priorInvolvementIndex.partition,
      path: 'network/network-two/child/hash',
    },
    {
      list: 'the list of a child from where no child is noted',
      partition: priorInvolvementIndex.partition,
      path: 'network/network-one/child/hash',
    },
    {
      list: 'another network’s list',
      partition: worklistIndexes.network.partition,
      path: 'network/network-two/worklist',
    },
    { list: 'no list at all', partition: worklistIndexes.network.partition, path: '' },
  ])('plant no request on $list', async ({ partition, path }) => {
    const { tables, reached } = noting()
    const mine = scopedTables(tables, scopeOf(mustBeMembership('requester@network/network-one/trust/XA1')))
    const item = { pk: paths.request(place), sk: 'state', [partition]: path }
    const planting = mine.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    await expect(planting).rejects.toThrow(OutsideScopeError)
    expect(reached).toEqual([])
  })
})

describe('the lists of roles', () => {
  const membership = 'requester@network/network-one/trust/XA1'
  const planting = (over: Readonly<Record<string, string>>) => {
    const { tables, reached } = noting()
    const own = { pk: 'members/network-one/XA1', sk: `anna/${membership}` }
    const found = { [rolesIndex.partition]: 'person/anna', [rolesIndex.sort]: membership }
    const write = {
      kind: 'put',
      table: 'records',
      item: { ...own, ...found, ...over },
      when: { kind: 'none' },
    } as const
    return { written: scopedTables(tables, stewardScope('network-one/XA1')).write([write]), reached }
  }

  test('are found from whoever holds a role', async () => {
    const { written, reached } = planting({})
    await written
    expect(reached).toHaveLength(1)
  })

  test.each([
    ['somebody else', { [rolesIndex.partition]: 'person/bea' }],
    ['a session', { [rolesIndex.partition]: 'person/anna/session' }],
    ['another role', { [rolesIndex.sort]: 'coordinator@network/network-one' }],
  ])('are not found from %s', async (_, over) => {
    const { written, reached } = planting(over)
    await expect(written).rejects.toThrow(OutsideScopeError)
    expect(reached).toEqual([])
  })
})

describe('what is noted of a child', () => {
  const mine = (tables: TableAccess) =>
    scopedTables(tables, scopeOf(mustBeMembership('requester@network/network-one/trust/XA1')))
  const planting = (path: string) => {
    const { tables, reached } = noting()
    const item = {
      pk: 'network/network-one/trust/XA1/child/hash',
      sk: place.id,
      [priorInvolvementIndex.partition]: path,
    }
    const write = { kind: 'put', table: 'records', item, when: { kind: 'none' } } as const
    return { written: mine(tables).write([write]), reached }
  }

  test('stands on the list of the same child in its network', async () => {
    const { written, reached } = planting('network/network-one/child/hash')
    await written
    expect(reached).toHaveLength(1)
  })

  test.each(['network/network-two/child/hash', 'network/network-one/child/another', 'network/network-one/child', ''])(
    'is refused on the list %j',
    async (path) => {
      const { written, reached } = planting(path)
      await expect(written).rejects.toThrow(OutsideScopeError)
      expect(reached).toEqual([])
    },
  )
})

describe('a key', () => {
  test.each([
    ['network/n/trust/RJ1', true],
    ['network/n/trust/RJ1/request/1', true],
    ['network/n/trust/RJ1/', true],
    ['network/n/trust/RJ12', false],
    ['network/n/trust/RJ12/request/1', false],
    ['network/n/trust/RJ', false],
    ['network/n/trust', false],
    ['network/n/trust/*', false],
    ['/network/n/trust/RJ1', false],
    ['network/n/trust/rj1', false],
    ['network/n/trust/RJ1 /request/1', false],
    ['', false],
  ])('%s inside the trust RJ1: %s', (pk, expected) => {
    expect(isInside(pk, ['network/n/trust/RJ1'])).toBe(expected)
  })

  test('is never inside nothing', () => {
    expect(isInside('network/n', [])).toBe(false)
    expect(isInside('', [])).toBe(false)
  })
})
