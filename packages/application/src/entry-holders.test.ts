import { type ClinicianId, must, parseSubject } from '@concord/domain/ids'
import { day } from '@concord/testkit/facts'
import { aWorld, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import type { RoleStep } from './keep-roles.ts'

const newcomer = must(parseSubject, 'newcomer')
let world: World
let clinician: ClinicianId
let membership: string
beforeEach(async () => {
  world = await aWorld()
  clinician = await world.aListed(1)
  membership = `clinician@network/network-one/clinician/${clinician}`
})
const change = async (step: RoleStep) => {
  const outcome = await world.cases.changeRole({ step, asked: world.asked() }, world.as('clinicalLead'))
  await world.settle()
  return outcome
}
const granting = (subject = newcomer): RoleStep => ({ type: 'grant', subject, membership, name: 'Newcomer', to: null })
const ending = (subject = must(parseSubject, clinician)): RoleStep => ({ type: 'end', subject, membership })
const holds = (subject: string) => world.deps.people.holds(must(parseSubject, subject), membership, day('2026-06-15'))

describe('an entry of the register', () => {
  test('is granted to nobody while somebody else holds it', async () => {
    expect(await change(granting())).toEqual({ kind: 'entry-held' })
    expect(await holds('newcomer')).toBe(false)
  })

  test('can be granted once its holder’s role has ended, and the holder before is on record', async () => {
    expect(await change(ending())).toMatchObject({ kind: 'done' })
    expect(await change(granting())).toMatchObject({ kind: 'done' })
    expect([await holds('newcomer'), await holds(clinician)]).toEqual([true, false])
    expect(world.history.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ type: 'role.granted', subject: 'newcomer', follows: clinician }),
    )
  })

  test('that comes to somebody else is told to the clinician and to the network’s guardian at once', async () => {
    await change(ending())
    const before = world.mail.length
    await change(granting())
    expect(world.mail.slice(before).map(({ to }) => to)).toEqual([
      `${clinician}@concord.example`,
      'guardian.network-one@concord.example',
    ])
  })

  test('that comes back to the same person is no change of holder', async () => {
    await change(ending())
    const before = world.mail.length
    await change(granting(must(parseSubject, clinician)))
    expect(await holds(clinician)).toBe(true)
    expect(world.mail).toHaveLength(before)
  })

  test('goes to one of two who are granted it at once', async () => {
    await change(ending())
    const outcomes = await Promise.all([change(granting()), change(granting(must(parseSubject, 'another')))])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'entry-held'])
    expect([await holds('newcomer'), await holds('another')].filter(Boolean)).toHaveLength(1)
  })

  test('is not passed on by the seed or an operator either', async () => {
    const granted = world.deps.people.grant(newcomer, { membership, from: day('2026-01-01'), to: null })
    await expect(granted).rejects.toThrow('somebody else')
    expect(await holds('newcomer')).toBe(false)
  })
})

test('a role that was forgotten cannot be confirmed past somebody who holds the entry by now', async () => {
  await change(ending())
  await change(granting())
  const confirming: RoleStep = { type: 'confirm', subject: must(parseSubject, clinician), membership }
  expect(await change(confirming)).toEqual({ kind: 'entry-held' })
})
