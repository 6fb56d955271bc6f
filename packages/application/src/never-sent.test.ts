import type { RequestId } from '@concord/domain/ids'
import { aDraft, canaries } from '@concord/testkit/drafts'
import { aWorld, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'

const notFound = { kind: 'not-found', what: 'request' }
const brokers = ['coordinator', 'clinicalLead'] as const

describe.each(['still a draft', 'withdrawn before it was ever sent'])('a request that is %s', (how) => {
  let world: World
  let id: RequestId
  beforeEach(async () => {
    world = await aWorld()
    id = await world.aRequestAt('draft', { draft: aDraft() })
    if (how !== 'still a draft') await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
  })
  const breakIt = async (who: 'clinicalLead' | 'esoLead') => {
    const outcome = await world.cases.breakGlass(
      { id, reason: canaries.glassReason, asked: world.asked() },
      world.as(who),
    )
    await world.settle()
    return outcome
  }

  test.each(brokers)('is not there for the %s: not its brief, and not that it was ever begun', async (who) => {
    expect(await world.cases.readCase({ id }, world.as(who))).toEqual(notFound)
    expect(await world.step(who, id, { type: 'take-up' })).toEqual(notFound)
    expect(await world.step(who, id, { type: 'withdraw', because: 'resolved' })).toEqual(notFound)
    expect(await world.cases.readWorklist({ cursor: null }, world.as(who))).toMatchObject({ page: { rows: [] } })
  })

  test('stays its trust’s own to read', async () => {
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({ view: { id } })
    expect(await world.cases.readWorklist({ cursor: null }, world.as('esoLead'))).toMatchObject({
      page: { rows: [{ id }] },
    })
  })

  test('is told to nobody by mail', async () => {
    expect(world.mail).toEqual([])
  })

  test('opens to no emergency of the network’s', async () => {
    expect(await breakIt('clinicalLead')).toEqual(notFound)
    expect(world.mail).toEqual([])
  })

  test('that its trust opens in an emergency is the trust’s guardian’s to review, and the network’s learns nothing', async () => {
    const broken = await breakIt('esoLead')
    expect(broken).toMatchObject({ kind: 'done' })
    expect(world.mail.map(({ to }) => to)).toEqual(['guardian.network-one.trust.XA1@concord.example'])
    expect(await world.cases.readGlassesToReview({}, world.as('trustGuardian'))).toMatchObject({
      waiting: [{ request: id }],
    })
    expect(await world.cases.readGlasses({ id }, world.as('trustGuardian'))).toMatchObject({ kind: 'glasses' })
    expect(await world.cases.readGlassesToReview({}, world.as('guardian'))).toMatchObject({ waiting: [] })
    expect(await world.cases.readGlasses({ id }, world.as('guardian'))).toEqual(notFound)
  })

  test('counts in no figure', () => {
    expect(world.history.filter(({ pk }) => pk.includes(id)).map(({ event }) => event)).not.toContainEqual(
      expect.objectContaining({ type: 'request.submitted' }),
    )
  })
})

test('a request that was sent stays the network’s when it is withdrawn', async () => {
  const world = await aWorld()
  const id = await world.aRequestAt('submitted')
  await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
  expect(world.mail.map(({ to }) => to)).toEqual(['network-one@concord.example', 'network-one@concord.example'])
  for (const who of brokers) {
    expect(await world.cases.readCase({ id }, world.as(who))).toMatchObject({ view: { status: 'withdrawn' } })
    expect(await world.cases.readWorklist({ cursor: null }, world.as(who))).toMatchObject({ page: { rows: [{ id }] } })
  }
})
