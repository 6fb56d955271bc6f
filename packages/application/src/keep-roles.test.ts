import { must, parseSubject, parseTrustCode } from '@concord/domain/ids'
import { clinicianId, day } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { callerFrom } from '../../../functions/caller.ts'
import type { RoleStep } from './keep-roles.ts'

const newcomer = must(parseSubject, 'newcomer')
const atXA1 = 'requester@network/network-one/trust/XA1'
const granting = (membership: string = atXA1): RoleStep => ({
  type: 'grant',
  subject: newcomer,
  membership,
  name: 'Newcomer (invented)',
  to: null,
})
const change = (world: World, who: Who, step: RoleStep) =>
  world.cases.changeRole({ step, asked: world.asked() }, world.as(who))
const holds = (world: World, membership = atXA1) => world.deps.people.holds(newcomer, membership, day('2026-06-15'))

describe('a role at an office', () => {
  test('is given by whom it belongs to, and holds on the next call', async () => {
    const world = await aWorld()
    expect((await change(world, 'esoLead', granting())).kind).toBe('done')
    expect(await holds(world)).toBe(true)
  })

  test('that is ended is gone on the very next call, whatever an index still says', async () => {
    const world = await aWorld()
    await change(world, 'esoLead', granting())
    await change(world, 'esoLead', { type: 'end', subject: newcomer, membership: atXA1 })
    expect(await holds(world)).toBe(false)
  })

  test.each<readonly [Who, string, string]>([
    ['esoLead', 'eso-lead@network/network-one/trust/XA1', 'role-not-yours'],
    ['esoLead', 'requester@network/network-one/trust/XB1', 'not-found'],
    ['esoLead', 'coordinator@network/network-one', 'not-found'],
    ['requester', atXA1, 'role-not-yours'],
    ['coordinator', 'coordinator@network/network-one', 'role-not-yours'],
    ['clinicalLead', 'coordinator@network/network-two', 'not-found'],
    ['clinicalLead', 'eso-lead@network/network-one/trust/XC1', 'not-found'],
    ['clinicalLead', 'guardian@network/network-one', 'role-not-yours'],
    ['clinicalLead', 'clinical-lead@network/network-one', 'role-not-yours'],
    ['clinicalLead', `clinician@network/network-one/clinician/${clinicianId(77)}`, 'not-found'],
    ['clinicalLead', 'operator@reference', 'not-found'],
    ['commissioner', atXA1, 'not-found'],
    ['operator', atXA1, 'not-found'],
    ['guardian', atXA1, 'not-found'],
    ['clinicalLead', 'nothing at all', 'not-found'],
  ])('is not %s’s to give: %s', async (who, membership, kind) => {
    const world = await aWorld()
    expect((await change(world, who, granting(membership))).kind).toBe(kind)
  })

  test('is given by a network’s lead to the leads of its trusts, and to those who stand on its register', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const ofEntry = `clinician@network/network-one/clinician/${clinician}`
    await change(world, 'clinicalLead', { type: 'end', subject: must(parseSubject, clinician), membership: ofEntry })
    for (const membership of ['eso-lead@network/network-one/trust/XB1', 'coordinator@network/network-one', ofEntry])
      expect((await change(world, 'clinicalLead', granting(membership))).kind).toBe('done')
  })

  test('is nobody’s to give themselves', async () => {
    const world = await aWorld()
    const own = { ...granting(), subject: must(parseSubject, 'esoLead') }
    expect(await change(world, 'esoLead', own)).toEqual({ kind: 'own-role' })
  })

  test('is on record, with who gave it', async () => {
    const world = await aWorld()
    await change(world, 'esoLead', granting())
    await world.settle()
    const found = await world.deps.auditChain.auditOf('network-one/XA1/office')
    expect(found.map(({ entry }) => [entry['who'], entry['did']])).toContainEqual(['esoLead', 'role.granted'])
  })

  test('is shown to those who keep the list and those who ask, of their own office and no other', async () => {
    const world = await aWorld()
    const read = (who: Who, trust: string | null = null) =>
      world.cases.readRoles({ trust: trust === null ? null : must(parseTrustCode, trust) }, world.as(who))
    expect(await read('esoLead')).toMatchObject({
      held: [{ subject: 'esoLead' }, { subject: 'requester' }, { subject: 'trustGuardian' }],
    })
    expect((await read('esoLead', 'XB1')).kind).toBe('not-found')
    expect((await read('coordinator', 'XA1')).kind).toBe('not-found')
    expect(await read('clinicalLead', 'XB1')).toMatchObject({ kind: 'roles' })
    expect(await read('clinicalLead', 'XC1')).toEqual({ kind: 'roles', held: [] })
    expect(await read('requester')).toEqual(await read('esoLead'))
    expect((await read('requester', 'XB1')).kind).toBe('not-found')
    for (const who of ['guardian', 'commissioner', 'operator'] as const)
      expect((await read(who)).kind).toBe('not-found')
  })

  test('planted in the index is nobody’s: the list of its place has no such role', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const membership = 'coordinator@network/network-one'
    const held = { subject: newcomer, name: 'Newcomer (invented)', membership, version: 1, to: null, endedAt: null }
    const days = { from: day('2026-01-01'), reviewBy: day('2027-01-01') }
    // As a broken steward of a trust could write it, on a list of its own.
    const item = {
      pk: 'members/network-one/XA1',
      sk: `${newcomer}/${membership}`,
      kind: 'role',
      held: { ...held, ...days },
      holderPk: `person/${newcomer}`,
      membership,
    }
    await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    expect(await world.deps.people.memberships(newcomer, day('2026-06-15'))).toEqual([membership])
    const caller = await callerFrom(world.deps, { sub: newcomer })
    expect(await caller?.standing).toBe(false)
  })
})
