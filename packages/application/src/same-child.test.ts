import type { RequestId } from '@concord/domain/ids'
import { must, parseRequestId } from '@concord/domain/ids'
import { aDraft } from '@concord/testkit/drafts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, done, memberships, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Membership, mustBeMembership, placeFor, scopeOf } from './scope.ts'

// Two numbers of the test range that pass their check digit.
const [CHILD, ANOTHER] = ['999 010 0071', '999 055 0018']

let tables: ReturnType<typeof memoryTables>
let world: World
beforeEach(async () => {
  tables = memoryTables()
  world = await aWorld({ tables })
})

type Trust = 'requester' | 'otherRequester' | 'farRequester'
const draftsOf = { requester: {}, otherRequester: { trust: 'XB1' }, farRequester: { far: true } } as const
const drafted = async (nhsNumber: string | null, who: Trust = 'requester', revises: RequestId | null = null) => {
  const { routing, texts } = aDraft(draftsOf[who])
  const identity = { ...texts.identity, nhsNumber }
  const asked = { routing, texts: { ...texts, identity }, asked: world.asked(), revises }
  return must(parseRequestId, done(await world.cases.draft(asked, world.as(who))).id)
}
const sent = async (nhsNumber: string | null, who: Trust = 'requester') => {
  const id = await drafted(nhsNumber, who)
  await submit(id, who)
  return id
}
const submit = async (id: RequestId, who: Trust = 'requester') => {
  const lead = mustBeMembership(memberships[who].replace('requester', 'eso-lead'))
  const caller = { ...world.as(who), membership: lead, standing: Promise.resolve(true) }
  done(await world.cases.step(id, { type: 'submit' }, world.asked(), caller))
}
const told = async (who: Parameters<World['as']>[0], id: RequestId) => {
  const read = await world.cases.readCase({ id }, world.as(who))
  if (read.kind !== 'case') throw new Error(`Not read: ${read.kind}`)
  return read.view.sameChild
}
const noted = () => tables.all().filter(({ item }) => /\/child(\/|$)/.test(item.pk))

describe('a network', () => {
  test('is told which of its requests are about the same child, of whichever trust', async () => {
    const [first, second, third] = [await sent(CHILD), await sent(CHILD, 'otherRequester'), await sent(ANOTHER)]
    expect(await told('coordinator', second)).toEqual([first])
    expect(await told('clinicalLead', first)).toEqual([second])
    expect(await told('coordinator', third)).toEqual([])
  })

  test('finds a child however the number was written', async () => {
    const first = await sent(CHILD)
    expect(await told('coordinator', await sent(CHILD.replaceAll(' ', '')))).toEqual([first])
  })

  test('is told of no draft, and not of one that its trust gave up either', async () => {
    const [draft, first] = [await drafted(CHILD), await sent(CHILD)]
    expect(await told('coordinator', first)).toEqual([])
    await world.mustStep('requester', draft, { type: 'withdraw', because: 'resolved' })
    expect(await told('coordinator', first)).toEqual([])
  })

  test('is told of no other network’s requests, and no hash of one is a hash of another', async () => {
    const [here, there] = [await sent(CHILD), await sent(CHILD, 'farRequester')]
    expect(await told('coordinator', here)).toEqual([])
    expect(await told('otherCoordinator', there)).toEqual([])
    expect(new Set(noted().flatMap(({ item }) => (item['hash'] ? [item['hash']] : []))).size).toBe(2)
  })

  test('is told of none where a child has no number', async () => {
    await sent(null)
    expect(await told('coordinator', await sent(null))).toEqual([])
  })
})

describe('nobody but a network', () => {
  test('is told, when reading a case, of others about the child', async () => {
    const clinician = await world.aListed(1)
    await sent(CHILD)
    const id = await world.aRequestAt('offered', { clinician })
    for (const who of ['requester', 'esoLead', clinician] as const) expect(await told(who, id)).toEqual([])
  })
})

describe('a trust', () => {
  test('can find its own requests about a child, drafts among them, and those of its neighbours not', async () => {
    const [draft, first] = [await drafted(CHILD), await sent(CHILD)]
    await sent(CHILD, 'otherRequester')
    const { membership } = world.as('requester')
    const { within } = await storeOf(membership).sameChild(placeFor(world.networks.one, first))
    expect(await within('trust')).toEqual([draft])
    await expect(within('network')).rejects.toThrow('outside the caller')
  })
})
const storeOf = (membership: Membership) => world.deps.storeFor(scopeOf(membership))

describe('revising a draft', () => {
  test('to another number is found under that one alone', async () => {
    const [one, other] = [await sent(CHILD), await sent(ANOTHER)]
    const id = await drafted(CHILD)
    await drafted(ANOTHER, 'requester', id)
    await submit(id)
    expect(await told('coordinator', one)).toEqual([])
    expect(await told('coordinator', other)).toEqual([id])
  })

  test('to no number leaves nothing behind by which it is found', async () => {
    const id = await drafted(CHILD)
    await drafted(null, 'requester', id)
    expect(noted().map(({ item }) => [item.sk, item['hash']])).toEqual([['hash', null]])
  })

  test('without changing the number writes nothing of it', async () => {
    const id = await drafted(CHILD)
    const before = noted()
    await drafted(CHILD, 'requester', id)
    expect(noted()).toEqual(before)
  })
})

describe('what is noted of a child', () => {
  test('is in no event, no state and no audit entry', async () => {
    await world.aRequestAt('submitted')
    const hashes = noted().flatMap(({ item }) => (typeof item['hash'] === 'string' ? [item['hash']] : []))
    expect(hashes).toHaveLength(1)
    const others = JSON.stringify(tables.all().filter(({ item }) => !/\/child(\/|$)/.test(item.pk)))
    for (const hash of hashes) expect(others + JSON.stringify(world.history)).not.toContain(hash)
  })

  test('is the number in no form', async () => {
    await sent(CHILD)
    expect(JSON.stringify(noted())).not.toMatch(/999.?010.?0071/)
  })
})

describe('an item planted on the list of a child', () => {
  test('from another network or under another trust’s name is not believed', async () => {
    const first = await sent(CHILD)
    const hash = String(noted().find(({ item }) => item.sk === 'hash')?.item['hash'])
    const list = { priorInvolvementPk: `network/network-one/child/${hash}`, priorInvolvementSk: 'x' }
    const plant = (pk: string, sk: string) =>
      tables.write([{ kind: 'put', table: 'records', item: { pk, sk, ...list }, when: { kind: 'none' } }])
    await plant(`network/network-two/trust/XC1/child/${hash}`, 'req_XC1_00000000-0000-7000-8000-000000000001')
    await plant(`network/network-one/trust/XB1/child/${hash}`, 'req_XA1_00000000-0000-7000-8000-000000000002')
    expect(await told('coordinator', first)).toEqual([])
  })
})
