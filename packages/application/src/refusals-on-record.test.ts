import { must, parseRequestId, parseSubject } from '@concord/domain/ids'
import { day } from '@concord/testkit/facts'
import { aWorld, memberships, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { callerFrom } from '../../../functions/caller.ts'

const person = { sub: 'requester' }
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

  test.each([
    ['requester@network/network-one/trust/XB1', 'network-one/XB1'],
    ['coordinator@network/network-two', 'network-two'],
    ['guardian@network/network-one', 'network-one'],
  ])('as %s, a role that they never held, is on record at the platform’s office alone', async (membership, office) => {
    const world = await aWorld()
    const caller = await callerFrom(world.deps, { ...person, acts_as: membership })
    if (!caller) throw new Error('The claim reads')
    expect(await world.cases.readCase({ id: nowhere }, caller)).toEqual({ kind: 'not-standing' })
    expect(await on(world, office)).toEqual([])
    const entries = await world.deps.auditChain.auditOf('platform/office')
    expect(entries.map(({ entry }) => [entry['who'], entry['role'], entry['did']])).toEqual([
      ['requester', 'none', 'refused read-case not-standing'],
    ])
  })

  test('in a role that has ended is on record at the office where they held it', async () => {
    const world = await aWorld()
    const [subject, membership] = [must(parseSubject, 'requester'), memberships.requester]
    await world.deps.people.grant(subject, { membership, from: day('2025-01-01'), to: day('2025-12-31') })
    expect(await world.cases.readCase({ id: nowhere }, world.as('requester'))).toEqual({ kind: 'not-standing' })
    expect(await on(world, 'network-one/XA1')).toEqual(['requester: refused read-case not-standing'])
    expect(await on(world, 'platform')).toEqual([])
  })

  test('of somebody who was only named, and is not known, is nobody’s', async () => {
    const world = await aWorld()
    const named = { ...world.as('requester'), standing: Promise.resolve(false), known: Promise.resolve(false) }
    expect(await world.cases.readCase({ id: nowhere }, named)).toEqual({ kind: 'not-standing' })
    expect(await on(world, 'network-one/XA1')).toEqual([])
  })
})
