import type { Head } from '@concord/domain/audit/ledger'
import { must, parseNetworkCode } from '@concord/domain/ids'
import { auditPk, keys } from '@concord/store/keys'
import type { Item } from '@concord/store/table-access'
import { memoryTables } from '@concord/testkit/memory-tables'
import { memoryWitness } from '@concord/testkit/memory-witness'
import { meteredTables } from '@concord/testkit/metered-tables'
import { begun } from '@concord/testkit/requests'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { chainAudit } from './chain-audit.ts'
import type { Tenant } from './ports/audit-chain.ts'
import { checkReceipt, issueReceipt, verifyAudit } from './verify-audit.ts'

const [one, two] = ['network-one', 'network-two'].map((code) => must(parseNetworkCode, code))
if (!one || !two) throw new Error('There are two networks')

const aSystem = async () => {
  const metered = meteredTables(memoryTables())
  const world = await aWorld({ tables: metered.tables })
  const witness = memoryWitness()
  const deps = { ...world.deps, witness }
  let n = 0
  const put = async (about = 'network-one/XA1/req_1') => {
    n += 1
    await deps.audit.put({ at: begun, id: `entry-${n}`, about, who: 'anna', role: 'requester', did: 'case.read' })
  }
  const change = async (item: Item) =>
    world.tables.write([{ kind: 'put', table: 'audit', item, when: { kind: 'none' } }])
  return { world, witness, deps, metered, put, change, minute: chainAudit(deps), verify: verifyAudit(deps) }
}

describe('once a minute', () => {
  test('what is new is chained in each network, and one head published for all', async () => {
    const { put, minute, witness, verify } = await aSystem()
    for (const about of ['network-one/XA1/req_1', 'network-one/office', 'network-two/XC1/req_2']) await put(about)
    expect(await minute()).toEqual({ chained: 3, head: 1 })
    expect(witness.all()).toMatchObject([
      {
        number: 1,
        ends: [
          { tenant: one, length: 2 },
          { tenant: two, length: 1 },
        ],
      },
    ])
    expect(await verify(one)).toEqual({ kind: 'holds', chained: 2, countersigned: 2, waiting: 0 })
    expect(await verify(two)).toEqual({ kind: 'holds', chained: 1, countersigned: 1, waiting: 0 })
    await put('network-two/office')
    expect(await verify(two)).toMatchObject({ chained: 1, waiting: 1 })
    expect(await minute()).toEqual({ chained: 1, head: 2 })
    // A network in which nothing happened stays under the root as it was.
    expect(witness.all().at(-1)).toMatchObject({
      ends: [
        { tenant: one, length: 2 },
        { tenant: two, length: 2 },
      ],
    })
  })

  test('nothing is published when nothing is new: one query for each network, and one for those who belong to none', async () => {
    const { put, minute, witness, metered } = await aSystem()
    await put()
    await minute()
    const { result, trips, calls } = await metered.spent(minute)
    expect(result).toEqual({ chained: 0, head: null })
    expect({ trips, calls }).toEqual({ trips: 2, calls: 4 })
    expect(witness.all()).toHaveLength(1)
  })

  test('more entries than one transaction bears are chained in their order', async () => {
    const { put, minute, verify, deps } = await aSystem()
    for (let n = 0; n < 120; n += 1) await put()
    expect(await minute()).toEqual({ chained: 120, head: 1 })
    expect(await verify(one)).toMatchObject({ kind: 'holds', chained: 120, countersigned: 120 })
    expect((await deps.auditChain.auditOf('network-one/XA1/req_1')).every(({ isWaiting }) => !isWaiting)).toBe(true)
  })

  test('ticks beside each other chain each entry once', async () => {
    const { put, minute, verify } = await aSystem()
    for (let n = 0; n < 10; n += 1) await put()
    const ticks = await Promise.allSettled([minute(), minute(), minute()])
    expect(ticks.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    await minute()
    expect(await verify(one)).toEqual({ kind: 'holds', chained: 10, countersigned: 10, waiting: 0 })
  })

  test('an index that still tells of what was chained has nothing chained again', async () => {
    const { put, minute, verify, deps } = await aSystem()
    await put()
    const late = await deps.auditChain.waiting(one)
    await minute()
    await put()
    const waiting = async () => ({
      ...late,
      entries: [...late.entries, ...(await deps.auditChain.waiting(one)).entries],
    })
    const lagging = {
      ...deps.auditChain,
      waiting: (network: Tenant) => (network === one ? waiting() : deps.auditChain.waiting(network)),
    }
    expect(await chainAudit({ ...deps, auditChain: lagging })()).toEqual({ chained: 1, head: 2 })
    expect(await verify(one)).toMatchObject({ kind: 'holds', chained: 2, countersigned: 2 })
  })

  test.each(['before the head', 'before the witness', 'after the witness'])(
    'a tick that broke off %s is made good by the next, with nothing new',
    async (when) => {
      const { put, minute, verify, deps, witness } = await aSystem()
      await put()
      const breaks = async () => Promise.reject(new Error('Broken off'))
      const broken = {
        ...deps,
        witness: when === 'before the witness' ? { ...witness, publish: breaks } : witness,
        auditChain: {
          ...deps.auditChain,
          ...(when === 'before the head' && { putHead: breaks }),
          ...(when === 'after the witness' && { settle: breaks }),
        },
      }
      await expect(chainAudit(broken)()).rejects.toThrow('Broken off')
      await minute()
      expect(await verify(one)).toEqual({ kind: 'holds', chained: 1, countersigned: 1, waiting: 0 })
      expect(witness.all()).toHaveLength(1)
      expect(await minute()).toEqual({ chained: 0, head: null })
    },
  )

  test('one network that fails keeps no other from being chained, and is told of', async () => {
    const { put, verify, deps } = await aSystem()
    for (const about of ['network-one/office', 'network-two/office']) await put(about)
    const end = async (network: Tenant) =>
      network === one ? Promise.reject(new Error('Unreadable')) : deps.auditChain.end(network)
    const failing = chainAudit({ ...deps, auditChain: { ...deps.auditChain, end } })
    await expect(failing()).rejects.toThrow('1 networks were not chained')
    expect(await verify(two)).toMatchObject({ chained: 1, countersigned: 1 })
  })

  test('an entry that names another network’s list is chained in neither', async () => {
    const { put, minute, change, world, verify } = await aSystem()
    await put('network-two/office')
    const [item] = await world.tables.query('audit', { pk: auditPk('network-two/office') })
    if (item) await change({ ...item, unchainedPk: 'unchained/network-one' })
    expect(await minute()).toEqual({ chained: 0, head: null })
    expect(await verify(one)).toMatchObject({ chained: 0 })
  })
})

describe('the tables without their witness', () => {
  const tampered = async () => {
    const system = await aSystem()
    for (let n = 0; n < 3; n += 1) {
      await system.put()
      await system.minute()
    }
    return system
  }

  test('show what was changed in an entry, and which is the first', async () => {
    const { world, change, verify } = await tampered()
    const items = await world.tables.query('audit', { pk: auditPk('network-one/XA1/req_1') })
    const second = items.find((item) => item['seq'] === 2)
    if (second) await change({ ...second, who: 'somebody-else' })
    expect(await verify(one)).toMatchObject({
      kind: 'broken',
      fault: 'edited',
      from: 2,
      to: 2,
      entry: `network-one/XA1/req_1 ${second?.sk}`,
    })
  })

  test('are not published over once they were rolled back', async () => {
    const { world, minute, put, verify } = await tampered()
    await world.tables.write([{ kind: 'delete', table: 'audit', key: keys.auditHead(3) }])
    expect(await verify(one)).toMatchObject({ kind: 'broken', fault: 'rolled-back', from: 3, to: 3, head: 3 })
    await put()
    await expect(minute()).rejects.toThrow('The witness keeps head 3, which the tables no longer have')
  })

  test('are told from it where they part, by few of its heads', async () => {
    const { world, change, verify, deps, witness } = await tampered()
    const heads = await deps.auditChain.heads()
    for (const head of heads.slice(1)) await change({ ...keys.auditHead(head.number), head: anew(head) })
    const asked: number[] = []
    const find = async (number: number) => {
      asked.push(number)
      return witness.find(number)
    }
    expect(world.networks.one).toBe(one)
    expect(await verifyAudit({ ...deps, witness: { ...witness, find } })(one)).toMatchObject({ from: 2, head: 2 })
    expect(asked).toEqual([1, 2])
    expect(await verify(one)).toMatchObject({ kind: 'broken' })
  })
})
const anew = (head: Head): Head => ({ ...head, hash: `${head.hash}0` })

describe('a receipt', () => {
  test('is given for an entry under a head, and holds by the witness alone', async () => {
    const { put, minute, deps, witness } = await aSystem()
    await put()
    expect(await issueReceipt(deps)(one, 1)).toBeUndefined()
    await minute()
    const receipt = await issueReceipt(deps)(one, 1)
    if (!receipt) throw new Error('There is no receipt')
    expect(await checkReceipt({ digest: deps.digest, witness })(receipt)).toEqual({
      kind: 'holds',
      tenant: one,
      seq: 1,
      head: 1,
    })
    expect(await issueReceipt(deps)(one, 2)).toBeUndefined()
    const other = { digest: deps.digest, witness: memoryWitness() }
    expect(await checkReceipt(other)(receipt)).toEqual({ kind: 'not-witnessed', head: 1 })
  })
})
