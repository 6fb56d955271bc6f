import { must, parseRequestId } from '@concord/domain/ids'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const nowhere = must(parseRequestId, 'req_XA1_99999999-0000-7000-8000-000000000000')
const on = async (world: World, office: string) =>
  (await world.deps.auditChain.auditOf(`${office}/office`)).map(
    ({ entry }) => `${String(entry['who'])}: ${String(entry['did'])}`,
  )

describe('a refusal of somebody who reaches for what is not theirs', () => {
  test.each<readonly [Who, string]>([
    ['requester', 'network-one/XA1'],
    ['coordinator', 'network-one'],
    ['trustGuardian', 'network-one/XA1'],
    ['commissioner', 'platform'],
  ])('is on record at the office of %s', async (who, office) => {
    const world = await aWorld()
    await world.cases.readCase({ id: nowhere }, world.as(who))
    expect(await on(world, office)).toEqual([`${who}: refused read-case not-found`])
  })

  test('is the same for what is foreign and for what is nowhere, and names neither', async () => {
    const world = await aWorld()
    const foreign = await world.aRequestAt('draft')
    for (const id of [foreign, nowhere]) await world.cases.readCase({ id }, world.as('otherRequester'))
    const [first, second] = await on(world, 'network-one/XB1')
    expect([first, second]).toEqual([first, first])
    expect(first).not.toContain('req_')
  })

  test('is none where something is only not possible now, or cannot be taken', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('draft')
    expect((await world.step('esoLead', id, { type: 'share' })).kind).toBe('not-possible')
    expect(await on(world, 'network-one/XA1')).toEqual([])
  })

  test('of somebody who was only named, and is not known, is nobody’s', async () => {
    const world = await aWorld()
    const named = { ...world.as('requester'), standing: Promise.resolve(false), known: Promise.resolve(false) }
    expect(await world.cases.readCase({ id: nowhere }, named)).toEqual({ kind: 'not-standing' })
    expect(await on(world, 'network-one/XA1')).toEqual([])
  })
})
