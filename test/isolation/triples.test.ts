import { compartmentTags, type TableName } from '@concord/application/grants'
import { eraserScope, mustBeMembership, type Scope, scopeOf } from '@concord/application/scope'
import { must, parseNetworkCode, parseRequestId, parseTrustCode } from '@concord/domain/ids'
import { OutsideScopeError, scopedTables } from '@concord/store/scoped-tables'
import type { TableAccess } from '@concord/store/table-access'
import { clinicianId } from '@concord/testkit/facts'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AccessDenied, gatedTables } from './defences.ts'

const networks = ['north', 'nort', 'north-east'] as const
const trusts = ['RJ1', 'RJ12', 'RA7'] as const
const requestId = (trust: string, n: number) => `req_${trust}_00000000-0000-7000-8000-00000000000${n}`
const cases = networks.flatMap((network) =>
  trusts.flatMap((trust) => [1, 2].map((n) => ({ network, trust, id: requestId(trust, n) }))),
)

/** Somebody, and what an access rule in plain words says they may do: read, write or delete in a table by a key. */
type Somebody = {
  readonly name: string
  readonly scope: Scope
  readonly may: (table: TableName, does: Does, pk: string) => boolean
}
type Does = 'read' | 'write' | 'erase'
/** The key is this place or lies in it: piece by piece, each of them the same. */
const lies = (pk: string, ...place: readonly string[]) => {
  const [asked, path] = [pk.split('/'), place.join('/').split('/')]
  return path.every((piece, at) => asked[at] === piece)
}

const people: readonly Somebody[] = [
  ...networks.flatMap((network) =>
    trusts.map((trust) => ({
      name: `the requester of ${trust} in ${network}`,
      scope: scopeOf(mustBeMembership(`requester@network/${network}/trust/${trust}`)),
      // A trust reads and writes its own requests with their texts, and reads what its network published. It deletes what it noted
      // of a child and nothing else.
      may: (table: TableName, does: Does, pk: string) =>
        (does === 'erase' && table === 'records' && lies(pk, 'network', network, 'trust', trust, 'child')) ||
        (does !== 'erase' &&
          ((table === 'records' && lies(pk, 'network', network, 'trust', trust)) ||
            ((table === 'sealed' || table === 'keys') &&
              (lies(pk, 'brief', network, trust) || lies(pk, 'pack', network, trust))) ||
            (table === 'figures' && does === 'read' && lies(pk, 'release', network)))),
    })),
  ),
  ...networks.map((network) => ({
    name: `the coordinator of ${network}`,
    scope: scopeOf(mustBeMembership(`coordinator@network/${network}`)),
    // A network reads all of its own and the national lists, and the question of each request. It writes requests, entries of its
    // register, assessments and its once-records, and claims GMC numbers.
    may: (table: TableName, does: Does, pk: string) =>
      does !== 'erase' &&
      ((table === 'records' &&
        (does === 'read'
          ? lies(pk, 'network', network) || lies(pk, 'national')
          : ['trust', 'clinician', 'assessment', 'once'].some((kind) => lies(pk, 'network', network, kind)) ||
            lies(pk, 'national', 'gmc'))) ||
        ((table === 'sealed' || table === 'keys') && does === 'read' && lies(pk, 'brief', network)) ||
        (table === 'figures' && does === 'read' && lies(pk, 'release', network))),
  })),
  ...cases.flatMap(({ network, trust, id }) =>
    (['offered', 'accepted', 'engaged'] as const).map((stage) => ({
      name: `a clinician of north with ${id} of ${network} ${stage}`,
      scope: scopeOf(mustBeMembership(`clinician@network/north/clinician/${clinicianId(1)}`), {
        network: must(parseNetworkCode, network),
        trust: must(parseTrustCode, trust),
        id: must(parseRequestId, id),
        stage,
      }),
      // A clinician has their own record and the one case at hand: its question always, the whole pack once engaged, and what they
      // write into it is the opinion.
      may: (table: TableName, does: Does, pk: string) =>
        does !== 'erase' &&
        ((table === 'records' &&
          (lies(pk, 'network', 'north', 'clinician', clinicianId(1)) ||
            lies(pk, 'network', network, 'trust', trust, 'request', id))) ||
          ((table === 'sealed' || table === 'keys') && does === 'read' && lies(pk, 'brief', network, trust, id)) ||
          (table === 'sealed' && stage === 'engaged' && lies(pk, 'pack', network, trust, id)) ||
          (table === 'keys' && stage === 'engaged' && does === 'read' && lies(pk, 'pack', network, trust, id))),
    })),
  ),
  {
    name: 'a clinician with nothing at hand',
    scope: scopeOf(mustBeMembership(`clinician@network/north/clinician/${clinicianId(2)}`)),
    may: (table, does, pk) =>
      does !== 'erase' && table === 'records' && lies(pk, 'network', 'north', 'clinician', clinicianId(2)),
  },
  ...networks.map((network) => ({
    name: `the commissioner of ${network}`,
    scope: scopeOf(mustBeMembership(`commissioner@release/${network}`)),
    may: (table: TableName, does: Does, pk: string) =>
      table === 'figures' && does === 'read' && lies(pk, 'release', network),
  })),
  ...cases.map(({ network, trust, id }) => ({
    name: `whoever erases ${id} of ${network}`,
    scope: eraserScope({
      network: must(parseNetworkCode, network),
      trust: must(parseTrustCode, trust),
      id: must(parseRequestId, id),
    }),
    // Of that one case: how it stands is read; texts are deleted, keys marked, what finds the child deleted; and it is put on record.
    may: (table: TableName, does: Does, pk: string) => {
      const isSealed = compartmentTags.some((kind) => lies(pk, kind, network, trust, id))
      const isNoted =
        lies(pk, 'network', network, 'trust', trust, 'child') ||
        lies(pk, 'network', network, 'trust', trust, 'request', id, 'child')
      return (
        (table === 'records' && does === 'read' && lies(pk, 'network', network, 'trust', trust, 'request', id)) ||
        (table === 'records' && does === 'erase' && isNoted) ||
        (table === 'sealed' && does !== 'write' && isSealed) ||
        (table === 'keys' && does !== 'erase' && isSealed) ||
        (table === 'audit' && does === 'write' && lies(pk, 'audit'))
      )
    },
  })),
  {
    name: 'the operator',
    scope: scopeOf(mustBeMembership('operator@reference')),
    may: (table, does, pk) => does !== 'erase' && table === 'records' && lies(pk, 'reference'),
  },
]

const roots = [
  ...networks.flatMap((network) => [
    `network/${network}`,
    ...[
      'once',
      'child',
      'worklist',
      'assessment',
      'card/421',
      'evidence/RJ1',
      'platform',
      'parked',
      'trust',
      'clinician',
    ].map((kind) => `network/${network}/${kind}`),
    ...[1, 2].map((n) => `network/${network}/clinician/${clinicianId(n)}`),
    ...['release', 'fact'].map((kind) => `${kind}/${network}`),
    ...trusts.flatMap((trust) => [
      `network/${network}/trust/${trust}`,
      `network/${network}/trust/${trust}/child/hash`,
      ...['brief', 'pack', 'audit'].map((kind) => `${kind}/${network}/${trust}`),
    ]),
  ]),
  ...cases.flatMap(({ network, trust, id }) => [
    `network/${network}/trust/${trust}/request/${id}`,
    `network/${network}/trust/${trust}/request/${id}/child`,
    ...['brief', 'pack'].map((kind) => `${kind}/${network}/${trust}/${id}`),
  ]),
  ...[
    'national',
    'national/gmc',
    'national/card/421',
    'reference',
    'person/somebody',
    'link/1',
    'none',
    'none/x',
    '*',
    '',
  ],
]
const more = fc.constantFrom('', '', '/', '/x', '/*', '*', '?', '2', '/../RA7', '/once', '\n')
const tablesOf: Readonly<Record<string, readonly TableName[]>> = {
  brief: ['sealed', 'keys'],
  pack: ['sealed', 'keys'],
  audit: ['audit'],
  release: ['figures'],
  fact: ['figures'],
}
const anyTable = fc.constantFrom<TableName>('records', 'sealed', 'keys', 'audit', 'figures')
/** Anybody, a key of theirs or of anybody else, and mostly a table where such keys lie. */
const triples = fc.constantFrom(...people).chain((who) =>
  fc
    .tuple(fc.oneof(fc.constantFrom(...roots), fc.constantFrom(...Object.values(who.scope.tags))), more)
    .chain(([root, end]) => {
      const itsTable = fc.constantFrom<TableName>(...(tablesOf[root.split('/')[0] ?? ''] ?? (['records'] as const)))
      const table = fc.oneof({ weight: 4, arbitrary: itsTable }, { weight: 1, arbitrary: anyTable })
      return fc.record({
        who: fc.constant(who),
        table,
        does: fc.constantFrom<Does>('read', 'read', 'write', 'write', 'erase'),
        pk: fc.constant(root + end),
      })
    }),
)

const nothing: TableAccess = {
  get: async () => undefined,
  query: async () => [],
  write: async () => ({ kind: 'written' }),
}
const asking = async (tables: TableAccess, table: TableName, does: Does, pk: string) => {
  const [key, when] = [{ pk, sk: 'x' }, { kind: 'none' }] as const
  try {
    if (does === 'read') await Promise.all([tables.get(table, key), tables.query(table, { pk })])
    else if (does === 'write') await tables.write([{ kind: 'put', table, item: key, when }])
    else await tables.write([{ kind: 'delete', table, key }])
    return true
  } catch (error) {
    if (error instanceof OutsideScopeError || error instanceof AccessDenied) return false
    throw error
  }
}

describe('who may do what', () => {
  // Twenty times as many in full: 50,000.
  test('is the same to the store, to the synthesised policies and to the rule in plain words', async () => {
    const seen = { allowed: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(triples, async ({ who: { name, scope, may }, table, does, pk }) => {
        const wanted = may(table, does, pk)
        seen[wanted ? 'allowed' : 'refused'] += 1
        const asked = `${name}: ${does} ${table} ${pk}`
        expect(await asking(scopedTables(nothing, scope), table, does, pk), `${asked}, by the store`).toBe(wanted)
        expect(await asking(gatedTables(nothing, scope), table, does, pk), `${asked}, by the policies`).toBe(wanted)
      }),
      runs(2_500),
    )
    // A sample in which hardly anything is allowed would prove little.
    expect(seen.allowed).toBeGreaterThan(200)
    expect(seen.refused).toBeGreaterThan(500)
  })
})
