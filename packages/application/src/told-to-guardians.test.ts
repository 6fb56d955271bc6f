import type { RequestId } from '@concord/domain/ids'
import { aDraft } from '@concord/testkit/drafts'
import { aWorld, declarationFor, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const notFound = { kind: 'not-found', what: 'request' }
const seenBy = async (world: World, id: RequestId, who: 'guardian' | 'trustGuardian') => {
  const seen = await world.cases.readWhoHasSeen({ id, cursor: null }, world.as(who))
  if (seen.kind !== 'who-has-seen') throw new Error(seen.kind)
  return seen.cases
}
const linesFor = async (world: World, id: RequestId, who: 'guardian' | 'trustGuardian') =>
  (await seenBy(world, id, who))[0]?.lines ?? []

describe('the network’s guardian', () => {
  test.each(['still a draft', 'withdrawn before it was sent'])('finds no request that is %s', async (how) => {
    const world = await aWorld()
    const id = await world.aRequestAt('draft', { draft: aDraft() })
    if (how !== 'still a draft') await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
    await world.cases.breakGlass({ id, reason: 'An invented emergency.', asked: world.asked() }, world.as('esoLead'))
    await world.settle()
    expect(await world.cases.readWhoHasSeen({ id, cursor: null }, world.as('guardian'))).toEqual(notFound)
    expect(await linesFor(world, id, 'trustGuardian')).not.toEqual([])
  })

  test('is told of a request from the moment it was sent, and of no restricted note', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('draft')
    await world.cases.readCase({ id }, world.as('requester'))
    world.passMinutes(1)
    await world.mustStep('esoLead', id, { type: 'submit' })
    world.passMinutes(1)
    const note = { note: { text: 'Invented.' }, readers: [world.as('requester').subject] }
    const noted = await world.cases.step(id, { type: 'restrict', ...note }, world.asked(), world.as('requester'))
    expect(noted.kind).toBe('done')
    await world.settle()
    await world.cases.readRestrictedNote({ id }, world.as('requester'))
    const dids = (await linesFor(world, id, 'guardian')).map(({ did }) => did)
    expect(dids).toEqual(['request.submitted'])
    const all = (await linesFor(world, id, 'trustGuardian')).map(({ did }) => did)
    expect(all).toEqual(expect.arrayContaining(['request.drafted', 'case.read', 'restricted.noted', 'restricted.read']))
  })

  test('is told nothing of another draft for the same child', async () => {
    const world = await aWorld()
    const sent = await world.aRequestAt('submitted')
    const draft = await world.aRequestAt('draft')
    expect((await seenBy(world, sent, 'guardian')).map(({ id }) => id)).toEqual([sent])
    expect((await seenBy(world, sent, 'trustGuardian')).map(({ id }) => id)).toEqual([sent, draft])
  })
})

test('the trust’s guardian does not learn who was asked and declined, and learns who accepted', async () => {
  const world = await aWorld()
  const [first, second] = [await world.aListed(1), await world.aListed(2)]
  const id = await world.aRequestAt('offered', { clinician: first, others: [second] })
  for (const one of [first, second]) {
    await world.cases.readCase({ id }, world.as(one))
    await world.cases.readJointWorks({ id }, world.as(one))
  }
  await world.mustStep(second, id, { type: 'decline', because: 'no-capacity' })
  await world.mustStep(first, id, { type: 'accept', declaration: declarationFor() })
  const lines = await linesFor(world, id, 'trustGuardian')
  expect(lines).toContainEqual(
    expect.objectContaining({ did: 'offer.declined', role: 'clinician', who: null, name: null }),
  )
  expect(lines).toContainEqual(expect.objectContaining({ did: 'offer.accepted', who: first }))
  expect(JSON.stringify(lines)).not.toContain(second)
  expect(JSON.stringify(await linesFor(world, id, 'guardian'))).toContain(second)
})
