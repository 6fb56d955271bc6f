import { must, parseSubject } from '@concord/domain/ids'
import { consoleOf } from '@concord/testkit/browser'
import { day } from '@concord/testkit/facts'
import { aWorld, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { signInOnRecord } from './sign-ins-on-record.ts'

const on = async (world: World, office: string) =>
  (await world.deps.auditChain.auditOf(`${office}/office`)).map(
    ({ entry }) => `${String(entry['who'])} as ${String(entry['role'])}: ${String(entry['did'])}`,
  )

describe('coming and going', () => {
  test('is on record at the office of the role one acts in', async () => {
    const world = await aWorld()
    const there = consoleOf(world).browser()
    await there.signIn('requester')
    await there.send('/requests', '/sign-out')
    const found = await on(world, 'network-one/XA1')
    expect(found.filter((one) => one.includes('sign-in')).toSorted()).toEqual([
      'requester as requester: sign-in.done',
      'requester as requester: sign-in.ended',
    ])
  })

  test('of somebody with several roles is on record when they choose one', async () => {
    const world = await aWorld()
    const membership = 'guardian@network/network-one'
    await world.deps.people.grant(must(parseSubject, 'requester'), { membership, from: day('2026-01-01'), to: null })
    const there = consoleOf(world).browser()
    await there.signIn('requester')
    await there.send('/roles', '/roles', { membership })
    expect(await on(world, 'platform')).toEqual(['requester as none: sign-in.done'])
    expect(await on(world, 'network-one')).toContain('requester as guardian: sign-in.role-chosen')
  })

  test('of somebody without any role is on record all the same', async () => {
    const world = await aWorld()
    const there = consoleOf(world).browser()
    await there.signIn('stranger')
    expect(await on(world, 'platform')).toEqual(['stranger as none: sign-in.done'])
  })

  test('is not on record of somebody whose cookie was made up', async () => {
    const world = await aWorld()
    const there = consoleOf(world).browser()
    const ticket = `${'x'.repeat(43)} requester - requester@network/network-one/trust/XA1`
    there.jar.set('concord', encodeURIComponent(ticket))
    await there.get('/requests/req_XA1_99999999-0000-7000-8000-000000000000')
    expect(await on(world, 'network-one/XA1')).toEqual([])
  })

  test('in a role that was only claimed is on record at no office of that role', async () => {
    const world = await aWorld()
    const [subject, as] = [must(parseSubject, 'requester'), 'coordinator@network/network-two']
    await signInOnRecord(world.deps, { subject, as }, 'sign-in.ended')
    expect(await on(world, 'network-two')).toEqual([])
    expect(await on(world, 'platform')).toEqual(['requester as none: sign-in.ended'])
  })

  test('a page that is another role’s is on record as refused', async () => {
    const world = await aWorld()
    const there = consoleOf(world).browser()
    await there.signIn('commissioner')
    await there.get('/requests')
    expect(await on(world, 'platform')).toContain('commissioner as commissioner: refused page worklist')
  })
})
