import { must, parseRequestId } from '@concord/domain/ids'
import { keys } from '@concord/store/keys'
import { anApplication } from '@concord/testkit/clinicians'
import { aPost, gmc, org } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { meteredTables } from '@concord/testkit/metered-tables'
import { aRequest } from '@concord/testkit/requests'
import { aWorld, type PathStatus, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { placeFor, reactorScope } from './scope.ts'
import { tick } from './tick.ts'

/** Somebody who is far from the trusts of both networks. */
const elsewhere = (n: number) => {
  const { facts } = anApplication()
  return { facts: { ...facts, gmc: gmc(n), posts: [aPost({ org: org('XB1'), site: org('XB101') })] } }
}
const days = (count: number) => count * 24 * 60
const stateOf = ({ deps, networks }: World, id: Parameters<typeof placeFor>[1], network = networks.one) =>
  deps.storeFor(reactorScope(network)).request(placeFor(network, id))
const tickIn = async (world: World) => {
  const ticked = await tick(world.deps)()
  await world.settle()
  return ticked
}

describe('the clock', () => {
  test('lets an offer expire once its time is over, and not a minute before', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    // Two working days from Monday at nine in UTC are over on Wednesday at five in London, an hour ahead.
    world.passMinutes(days(2) + 7 * 60)
    expect(await tickIn(world)).toEqual({ expired: 0 })
    expect(await stateOf(world, id)).toMatchObject({ status: 'offered' })
    world.passMinutes(1)
    expect(await tickIn(world)).toEqual({ expired: 1 })
    expect(await stateOf(world, id)).toMatchObject({
      status: 'matching',
      exclusions: [{ clinician, because: 'expired' }],
    })
    expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({ own: { cases: [] } })
    expect(world.mail.at(-1)).toMatchObject({ to: 'network-one@concord.example', subject: 'An offer was not taken up' })
  })

  test('lets each offer expire by its own time, and leaves the rest open', async () => {
    const world = await aWorld()
    const [first, second] = [await world.aListed(1), await world.aListed(2)]
    const id = await world.aRequestAt('offered', { clinician: first })
    world.passMinutes(days(1))
    await world.mustStep('coordinator', id, { type: 'offer', clinician: second })
    world.passMinutes(days(2))
    expect(await tickIn(world)).toEqual({ expired: 1 })
    expect(await stateOf(world, id)).toMatchObject({ status: 'offered', offers: [{ id: second }] })
    world.passMinutes(days(1))
    expect(await tickIn(world)).toEqual({ expired: 1 })
    expect(await stateOf(world, id)).toMatchObject({ status: 'matching' })
  })

  test('lets an offer expire once, however many ticks run beside each other or come after', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('offered', { clinician: await world.aListed(1) })
    world.passMinutes(days(3))
    const ticks = await Promise.all([1, 2, 3].map(() => tick(world.deps)()))
    expect(ticks.map(({ expired }) => expired).toSorted()).toEqual([0, 0, 1])
    await world.settle()
    expect(await tickIn(world)).toEqual({ expired: 0 })
    const found = await world.deps.storeFor(reactorScope(world.networks.one)).timeline(placeFor(world.networks.one, id))
    expect(found?.events.filter(({ type }) => type === 'offer.expired')).toHaveLength(1)
  })

  test('looks after every network', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1, elsewhere(1))
    const far = await world.aRequestAt('offered', { clinician, far: true })
    await world.aRequestAt('offered', { clinician })
    world.passMinutes(days(3))
    expect(await tickIn(world)).toEqual({ expired: 2 })
    expect(await stateOf(world, far, world.networks.two)).toMatchObject({ status: 'matching' })
  })

  test('comes to an offer however many requests have been due for longer', async () => {
    const metered = meteredTables(memoryTables())
    const world = await aWorld({ tables: metered.tables })
    const id = await world.aRequestAt('offered', { clinician: await world.aListed(1) })
    const store = world.deps.storeFor(reactorScope(world.networks.one))
    for (let n = 1; n <= 230; n += 1) {
      const other = must(parseRequestId, `req_XA1_00000000-0000-7000-9000-${String(n).padStart(12, '0')}`)
      await store.commit({ request: { before: 0, state: { ...aRequest('submitted'), id: other }, events: [] } })
    }
    world.passMinutes(days(3))
    const { result, calls } = await metered.spent(tick(world.deps))
    expect(result).toEqual({ expired: 1 })
    expect(await stateOf(world, id)).toMatchObject({ status: 'matching' })
    // Two pages more than with nothing else due: what is overdue is looked at in the list alone.
    expect(calls).toBe(9)
  })

  test('is kept from it by no key that a person used', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    const other = await world.aRequestAt('submitted')
    const asked = world.asked(null, `expire-${id}-${clinician}`)
    expect(await world.cases.step(other, { type: 'take-up' }, asked, world.as('coordinator'))).toMatchObject({
      kind: 'done',
    })
    world.passMinutes(days(3))
    expect(await tickIn(world)).toEqual({ expired: 1 })
  })

  test('looks after all the others when one request cannot be read, and says so', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1, elsewhere(1))
    const broken = await world.aRequestAt('offered', { clinician })
    // A day later, so that what is broken stands first on the list.
    world.passMinutes(days(1))
    const others = [
      [await world.aRequestAt('offered', { clinician }), world.networks.one],
      [await world.aRequestAt('offered', { clinician, far: true }), world.networks.two],
    ] as const
    const key = keys.request(placeFor(world.networks.one, broken))
    const item = { ...(await world.tables.get('records', key)), ...key, state: { status: 'offered' } }
    await world.tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    world.passMinutes(days(3))
    await expect(tick(world.deps)()).rejects.toThrow('The clock failed 1 times')
    for (const [id, network] of others) expect(await stateOf(world, id, network)).toMatchObject({ status: 'matching' })
  })

  test('never moves a request that waits for anything else, however long', async () => {
    const world = await aWorld()
    const reached: readonly PathStatus[] = [
      ...(['draft', 'submitted', 'triage', 'matching', 'shortlisted', 'accepted'] as const),
      ...(['engaged', 'in-review', 'reported', 'shared', 'closed'] as const),
    ]
    const ids = []
    for (const [n, status] of reached.entries())
      ids.push(await world.aRequestAt(status, { clinician: await world.aListed(n + 1) }))
    const withdrawn = await world.aRequestAt('submitted')
    await world.mustStep('requester', withdrawn, { type: 'withdraw', because: 'resolved' })
    const before = await Promise.all([...ids, withdrawn].map((id) => stateOf(world, id)))
    world.passMinutes(days(400))
    expect(await tickIn(world)).toEqual({ expired: 0 })
    expect(await Promise.all([...ids, withdrawn].map((id) => stateOf(world, id)))).toEqual(before)
  })
})
