import type { Affiliations } from '@concord/domain/clinician/decide'
import type { ClinicianId, RequestId } from '@concord/domain/ids'
import type { RequestState } from '@concord/domain/request/request'
import { anApplication } from '@concord/testkit/clinicians'
import { anOpinion } from '@concord/testkit/drafts'
import { aPost, aStranger, day, gmc, openingAnswers, org } from '@concord/testkit/facts'
import { aWorld, declarationFor, done, type PathStatus, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { placeFor, reactorScope } from '../scope.ts'

const none: Affiliations = { posts: [aPost()], teams: [], trainingTies: [], managementTies: [] }
/** A post at the trust that asks, and one of which nobody knows whether it has ended. */
const atTheTrust: Affiliations = {
  ...none,
  posts: [aPost(), aPost({ org: org('XA1'), site: 'none', kind: 'honorary' })],
}
const nobodyKnows: Affiliations = {
  ...none,
  posts: [aPost(), aPost({ org: org('XA1'), site: 'none', from: day('2015-01-01'), to: null })],
}

const records = async (world: World, clinician: ClinicianId, affiliations: Affiliations) => {
  const step = { type: 'record-affiliations', affiliations } as const
  done(await world.cases.changeClinician({ id: clinician, step, asked: world.asked() }, world.as(clinician)))
  await world.settle()
}
const stateOf = (world: World, id: RequestId, network = world.networks.one) =>
  world.deps.storeFor(reactorScope(network)).request(placeFor(network, id))
const recordOf = (world: World, clinician: ClinicianId) =>
  world.deps.storeFor(reactorScope(world.networks.one)).clinician(world.networks.one, clinician)
const subjects = (world: World) => world.mail.map(({ to, subject }) => `${to}: ${subject}`)

/** A clinician with a case that stands somewhere. */
const withCaseAt = async (status: PathStatus) => {
  const world = await aWorld()
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt(status, { clinician })
  return { world, clinician, id }
}
const held = ['accepted', 'engaged', 'in-review'] as const

const declared = (state: RequestState) => ('declarations' in state ? state.declarations : [])

describe('a clinician’s record that changes', () => {
  test.each(held)(
    'so that it bars them from a case that is %s ends the case, and tells the network',
    async (status) => {
      const { world, clinician, id } = await withCaseAt(status)
      await records(world, clinician, atTheTrust)
      expect(await stateOf(world, id)).toMatchObject({
        status: 'matching',
        shortlist: null,
        exclusions: [{ clinician, because: 'conflict' }],
      })
      expect(await recordOf(world, clinician)).toMatchObject({ openCases: [], givenOn: [] })
      expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({ own: { cases: [] } })
      expect(await world.cases.readCase({ id }, world.as(clinician))).toMatchObject({ kind: 'not-found' })
      expect(subjects(world).at(-1)).toBe('network-one@concord.example: A request has to be matched again')
    },
  )

  test.each(held)(
    'so that it leaves something open of a case that is %s holds it up until that is said',
    async (status) => {
      const { world, clinician, id } = await withCaseAt(status)
      const before = await stateOf(world, id)
      await records(world, clinician, nobodyKnows)
      expect(await stateOf(world, id)).toMatchObject({ status, acceptance: { id: clinician, doubts: ['C01', 'C04'] } })
      expect(await recordOf(world, clinician)).toMatchObject({ openCases: [id] })
      expect(subjects(world).at(-1)).toBe('network-one@concord.example: A clinician’s independence has to be settled')
      const goOn = {
        accepted: () => world.step('requester', id, { type: 'engage', familyView: 'agrees' }),
        engaged: () => world.step(clinician, id, { type: 'open-pack', answers: openingAnswers() }),
        'in-review': () => world.step(clinician, id, { type: 'report', opinion: anOpinion() }),
      }[status]
      expect(await goOn()).toMatchObject({ kind: 'clearance-doubted', rules: ['C01', 'C04'] })

      await records(world, clinician, none)
      // What was answered at the opening is on record from the first time on.
      const [more, declarations] =
        status === 'engaged' ? [3, [{}, { stage: 'opening', stands: 'settled' }]] : [2, before && declared(before)]
      expect(await stateOf(world, id)).toMatchObject({
        ...before,
        version: Number(before?.version) + more,
        declarations,
      })
      expect(await goOn()).toMatchObject({ kind: 'done' })
    },
  )

  test.each(held)('so that it shows what is to be managed of a case that is %s waits for a plan', async (status) => {
    const { world, clinician, id } = await withCaseAt(status)
    const trained = { with: gmc(901), kind: 'co-trainee', from: day('2018-01-01'), to: day('2020-01-01') } as const
    await records(world, clinician, { ...none, trainingTies: [trained] })
    expect(await stateOf(world, id)).toMatchObject({
      status,
      acceptance: { cleared: { verdict: 'manage' }, approvalsNeeded: ['clinical-lead', 'eso-lead'] },
    })
    expect(subjects(world).slice(-2).toSorted()).toEqual([
      'network-one.trust.XA1@concord.example: A management plan needs your approval',
      'network-one@concord.example: A management plan needs your approval',
    ])
    const before = await stateOf(world, id)
    await records(world, clinician, { ...none, trainingTies: [trained] })
    expect(await stateOf(world, id)).toEqual(before)
    for (const who of ['clinicalLead', 'esoLead'] as const) await world.mustStep(who, id, { type: 'approve-plan' })
    expect(await stateOf(world, id)).toMatchObject({ status, acceptance: { approvalsNeeded: [] } })
  })

  test('and still lets them give an opinion changes nothing of their cases', async () => {
    for (const status of held) {
      const { world, clinician, id } = await withCaseAt(status)
      const [before, mails] = [await stateOf(world, id), world.mail.length]
      await records(world, clinician, { ...none, posts: [aPost({ from: day('2014-01-01') })] })
      expect(await stateOf(world, id)).toEqual(before)
      expect(world.mail).toHaveLength(mails)
    }
  })

  test('by a check of the medical register is looked at too', async () => {
    const { world, clinician, id } = await withCaseAt('engaged')
    const { registration, specialistRegister } = aStranger()
    if (!registration || !specialistRegister) throw new Error('The stranger is registered')
    const step = { type: 'verify', registration: { ...registration, licence: false }, specialistRegister } as const
    done(await world.cases.changeClinician({ id: clinician, step, asked: world.asked() }, world.as('coordinator')))
    await world.settle()
    expect(await stateOf(world, id)).toMatchObject({ status: 'matching' })
  })

  test('is looked at for every case they hold, in whichever network, and for none they gave an opinion on', async () => {
    const world = await aWorld()
    const at = (...trusts: readonly string[]) => ({
      ...none,
      posts: trusts.map((trust) => aPost({ org: org(trust), site: 'none' })),
    })
    const facts = { ...anApplication().facts, gmc: gmc(1), posts: at('XB1').posts }
    const clinician = await world.aListed(1, { cap: 5, facts })
    const given = await world.aRequestAt('reported', { clinician })
    const near = await world.aRequestAt('accepted', { clinician })
    const far = await world.aRequestAt('engaged', { clinician, far: true })
    const statuses = async () => [
      (await stateOf(world, given))?.status,
      (await stateOf(world, near))?.status,
      (await stateOf(world, far, world.networks.two))?.status,
    ]
    await records(world, clinician, at('XB1', 'XA1'))
    expect(await statuses()).toEqual(['reported', 'matching', 'engaged'])
    await records(world, clinician, at('XB1', 'XC1'))
    expect(await statuses()).toEqual(['reported', 'matching', 'matching'])
    expect(subjects(world).at(-1)).toBe('network-two@concord.example: A request has to be matched again')
  })

  test('is met at the acceptance of what is only offered', async () => {
    const { world, clinician, id } = await withCaseAt('offered')
    const before = await stateOf(world, id)
    await records(world, clinician, atTheTrust)
    expect(await stateOf(world, id)).toEqual(before)
    await world.mustStep(clinician, id, { type: 'accept', declaration: declarationFor() })
    expect(await stateOf(world, id)).toMatchObject({
      status: 'matching',
      declarations: [{ stands: 'barred', signed: [{ rules: ['C01'] }] }],
      exclusions: [{ clinician, because: 'conflict' }],
    })
  })

  test('is told twice and does nothing twice', async () => {
    const { world, clinician, id } = await withCaseAt('in-review')
    const other = await world.aListed(2)
    const second = await world.aRequestAt('accepted', { clinician: other })
    await records(world, clinician, nobodyKnows)
    await records(world, other, atTheTrust)
    const all = async () => [await stateOf(world, id), await stateOf(world, second), await recordOf(world, other)]
    const [before, mails, happened] = [await all(), world.mail.length, world.history.length]
    world.stream.push(...world.history)
    await world.settle()
    expect(await all()).toEqual(before)
    expect(world.mail).toHaveLength(mails)
    expect(world.history).toHaveLength(happened)
  })
})
