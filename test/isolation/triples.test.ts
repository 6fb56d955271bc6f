import { compartmentTags, type TableName, UNUSED } from '@concord/application/grants'
import {
  breakerScope,
  eraserScope,
  mustBeMembership,
  namedScope,
  type Scope,
  scopeOf,
  stewardScope,
  watcherScope,
} from '@concord/application/scope'
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
  ...networks.flatMap((network) =>
    [[network], ...trusts.map((trust) => [network, trust])].map((office) => ({
      name: `the guardian of ${office.join('/')}`,
      scope: scopeOf(
        mustBeMembership(`guardian@network/${network}${office.length > 1 ? `/trust/${office[1] ?? ''}` : ''}`),
      ),
      // A guardian reads who saw what at the office they watch over, and who holds which role there; and has the broken glasses,
      // but for the key of what is written about one, which whoever broke it made.
      may: (table: TableName, does: Does, pk: string) =>
        does !== 'erase' &&
        ((table === 'audit' && does === 'read' && lies(pk, 'audit', ...office)) ||
          (table === 'records' && does === 'read' && lies(pk, 'members', ...office)) ||
          ((table === 'records' || table === 'sealed') && lies(pk, 'glass', ...office)) ||
          (table === 'keys' && does === 'read' && lies(pk, 'glass', ...office))),
    })),
  ),
  ...cases.flatMap(({ network, trust, id }) =>
    [[network], [network, trust]].map((office) => {
      const guardian = mustBeMembership(`guardian@network/${network}${office.length > 1 ? `/trust/${trust}` : ''}`)
      const place = {
        network: must(parseNetworkCode, network),
        trust: must(parseTrustCode, trust),
        id: must(parseRequestId, id),
      }
      const scope = watcherScope(guardian, place)
      if (!scope) throw new Error('A guardian has this of a case they watch over')
      const watched = ['network', network, ...(office.length > 1 ? ['trust', trust] : [])]
      return {
        name: `the guardian of ${office.join('/')} who looks up ${id} of ${network}`,
        scope,
        // As ever, and what finds the other cases of the child.
        may: (table: TableName, does: Does, pk: string) =>
          does !== 'erase' &&
          ((table === 'audit' && does === 'read' && lies(pk, 'audit', ...office)) ||
            (table === 'records' &&
              does === 'read' &&
              (lies(pk, 'members', ...office) ||
                lies(pk, ...watched, 'child') ||
                lies(pk, 'network', network, 'trust', trust, 'request', id, 'child'))) ||
            ((table === 'records' || table === 'sealed') && lies(pk, 'glass', ...office)) ||
            (table === 'keys' && does === 'read' && lies(pk, 'glass', ...office))),
      }
    }),
  ),
  ...networks.flatMap((network) =>
    [[network], ...trusts.map((trust) => [network, trust])].map((office) => ({
      name: `whoever keeps the roles of ${office.join('/')}`,
      scope: stewardScope(office.join('/')),
      may: (table: TableName, does: Does, pk: string) =>
        does !== 'erase' && table === 'records' && lies(pk, 'members', ...office),
    })),
  ),
  ...cases.flatMap(({ network, trust, id }) => {
    const place = {
      network: must(parseNetworkCode, network),
      trust: must(parseTrustCode, trust),
      id: must(parseRequestId, id),
    }
    const lead = mustBeMembership(`eso-lead@network/${network}/trust/${trust}`)
    const [named, shut, opened] = [
      namedScope(lead, place),
      breakerScope(lead, place, false),
      breakerScope(lead, place, true),
    ]
    if (!named || !shut || !opened) throw new Error('A lead has these of a case of their own')
    const isIts = (pk: string, kind: string) => lies(pk, kind, network, trust, id)
    const isRequest = (pk: string) => lies(pk, 'network', network, 'trust', trust, 'request', id)
    const sealedTables: readonly TableName[] = ['sealed', 'keys']
    return [
      {
        name: `somebody named on ${id} of ${network}`,
        scope: named,
        // Of the one case where it stands, and what is restricted of it.
        may: (table: TableName, does: Does, pk: string) =>
          does !== 'erase' &&
          ((table === 'records' && isRequest(pk)) || (sealedTables.includes(table) && isIts(pk, 'restricted'))),
      },
      ...[
        { name: `a lead before the glass over ${id} of ${network} is broken`, scope: shut, opens: [] },
        {
          name: `a lead under the broken glass over ${id} of ${network}`,
          scope: opened,
          opens: ['brief', 'pack', 'restricted'],
        },
      ].map(({ opens, ...one }) => ({
        ...one,
        // Of the one case where it stands, its glass, and while that is broken all that is sealed: to read.
        may: (table: TableName, does: Does, pk: string) =>
          does !== 'erase' &&
          ((table === 'records' && does === 'read' && isRequest(pk)) ||
            ((table === 'records' || sealedTables.includes(table)) && isIts(pk, 'glass')) ||
            (sealedTables.includes(table) && does === 'read' && opens.some((kind) => isIts(pk, kind)))),
      })),
    ]
  }),
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
        // While a broken glass waits for its review nothing is erased: so it is looked at.
        (table === 'records' && does === 'read' && lies(pk, 'glass', network, trust, id)) ||
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
    ...['release', 'fact', 'glass', 'audit', 'members'].map((kind) => `${kind}/${network}`),
    ...trusts.flatMap((trust) => [
      `network/${network}/trust/${trust}`,
      `network/${network}/trust/${trust}/child/hash`,
      ...['brief', 'pack', 'restricted', 'glass', 'audit', 'members'].map((kind) => `${kind}/${network}/${trust}`),
    ]),
  ]),
  ...cases.flatMap(({ network, trust, id }) => [
    `network/${network}/trust/${trust}/request/${id}`,
    `network/${network}/trust/${trust}/request/${id}/child`,
    ...['brief', 'pack', 'restricted', 'glass'].map((kind) => `${kind}/${network}/${trust}/${id}`),
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
  restricted: ['sealed', 'keys'],
  glass: ['records', 'sealed', 'keys'],
  pack: ['sealed', 'keys'],
  audit: ['audit'],
  release: ['figures'],
  fact: ['figures'],
}
const anyTable = fc.constantFrom<TableName>('records', 'sealed', 'keys', 'audit', 'figures')
/** Anybody, a key of theirs or of anybody else, and mostly a table where such keys lie. */
const triples = fc.constantFrom(...people).chain((who) =>
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom(...roots),
        fc.constantFrom(UNUSED, ...Object.values(who.scope.tags).filter((value) => value !== UNUSED)),
      ),
      more,
    )
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
  // evidence: ASVS 8.3.1, 8.3.3
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
