import { type ClinicianId, must, parseSubject, type RequestId } from '@concord/domain/ids'
import { eventEnvelope } from '@concord/store/concord-store'
import { anOpinion } from '@concord/testkit/drafts'
import { openingAnswers } from '@concord/testkit/facts'
import { aWorld, declarationFor, done, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../caller.ts'
import type { RoleStep } from '../keep-roles.ts'
import { placeFor, reactorScope } from '../scope.ts'
import { react } from './react.ts'
import type { DomainEvent } from './reactions.ts'

const newcomer = must(parseSubject, 'newcomer')
const notFound = { kind: 'not-found', what: 'request' }
const held = ['accepted', 'engaged', 'in-review'] as const
let world: World
let clinician: ClinicianId
let membership: string
beforeEach(async () => {
  world = await aWorld()
  clinician = await world.aListed(1)
  membership = `clinician@network/network-one/clinician/${clinician}`
})

const change = async (step: RoleStep) => {
  done(await world.cases.changeRole({ step, asked: world.asked() }, world.as('clinicalLead')))
  await world.settle()
}
/** The entry goes from its holder to somebody else, a minute after what happened last. */
const passOn = async () => {
  world.passMinutes(1)
  await change({ type: 'end', subject: must(parseSubject, clinician), membership })
  await change({ type: 'grant', subject: newcomer, membership, name: 'Newcomer', to: null })
}
const asNewcomer = (): Caller => ({ ...world.as(clinician), subject: newcomer, standing: Promise.resolve(true) })
const store = () => world.deps.storeFor(reactorScope(world.networks.one))
const stateOf = (id: RequestId) => store().request(placeFor(world.networks.one, id))
const placesTaken = async () => (await store().clinician(world.networks.one, clinician))?.openCases
const granted = () => {
  const events = world.history.map((item) => eventEnvelope.parse(item))
  const found = events.findLast(({ event }) => (event as DomainEvent).type === 'role.granted')
  if (!found) throw new Error('The entry was granted')
  return found
}

describe('a register entry that comes to somebody else', () => {
  test.each(held)('takes back a case that is %s: it is matched again, and the place is free', async (status) => {
    const id = await world.aRequestAt(status, { clinician })
    const before = world.mail.length
    await passOn()
    expect(await stateOf(id)).toMatchObject({
      status: 'matching',
      shortlist: null,
      exclusions: [{ clinician, because: 'holder-changed' }],
    })
    expect(await placesTaken()).toEqual([])
    const told = world.mail.slice(before).map(({ to, subject }) => `${to}: ${subject}`)
    expect(told).toContain('network-one.trust.XA1@concord.example: A request has to be matched again')
    expect(told).toContain('network-one@concord.example: A request has to be matched again')
  })

  test('leaves the pack to neither of the two, and nobody can report on it', async () => {
    const id = await world.aRequestAt('in-review', { clinician })
    await passOn()
    const before: Caller = { ...world.as(clinician), standing: Promise.resolve(true) }
    for (const caller of [before, asNewcomer()]) {
      expect(await world.cases.readCase({ id }, caller)).toEqual(notFound)
      expect(
        await world.cases.step(id, { type: 'open-pack', answers: openingAnswers() }, world.asked(), caller),
      ).toEqual(notFound)
      expect(await world.cases.step(id, { type: 'report', opinion: anOpinion() }, world.asked(), caller)).toEqual(
        notFound,
      )
      expect(await world.cases.readOwn({}, caller)).toMatchObject({ own: { cases: [] } })
    }
  })

  test('leaves what is reported where it is, and takes nothing back before somebody else is granted the entry', async () => {
    const reported = await world.aRequestAt('reported', { clinician })
    const engaged = await world.aRequestAt('engaged', { clinician })
    await change({ type: 'end', subject: must(parseSubject, clinician), membership })
    expect([(await stateOf(reported))?.status, (await stateOf(engaged))?.status]).toEqual(['reported', 'engaged'])
    await change({ type: 'grant', subject: newcomer, membership, name: 'Newcomer', to: null })
    expect([(await stateOf(reported))?.status, (await stateOf(engaged))?.status]).toEqual(['reported', 'matching'])
  })

  test('takes a case back once, however often it is told', async () => {
    const id = await world.aRequestAt('engaged', { clinician })
    await passOn()
    const [state, mails] = [await stateOf(id), world.mail.length]
    expect(await react(world.reactorDeps)(granted())).toEqual([])
    await world.settle()
    expect(await stateOf(id)).toEqual(state)
    expect(world.mail).toHaveLength(mails)
  })

  test('leaves alone what the new holder accepts, even when it is told again afterwards', async () => {
    await passOn()
    world.passMinutes(1)
    const id = await world.aRequestAt('offered', { clinician })
    done(await world.cases.step(id, { type: 'accept', declaration: declarationFor() }, world.asked(), asNewcomer()))
    await world.settle()
    expect(await react(world.reactorDeps)(granted())).toEqual([])
    await world.settle()
    expect(await stateOf(id)).toMatchObject({ status: 'accepted', acceptance: { acceptedBy: newcomer } })
    expect(await placesTaken()).toEqual([id])
  })

  test('leaves alone what a still later holder accepted, when its own news comes late', async () => {
    await passOn()
    const late = granted()
    world.passMinutes(1)
    await change({ type: 'end', subject: newcomer, membership })
    await change({ type: 'grant', subject: must(parseSubject, clinician), membership, name: 'Back', to: null })
    world.passMinutes(1)
    const id = await world.aRequestAt('engaged', { clinician })
    expect(await react(world.reactorDeps)(late)).toEqual([])
    await world.settle()
    expect(await stateOf(id)).toMatchObject({ status: 'engaged' })
  })
})
