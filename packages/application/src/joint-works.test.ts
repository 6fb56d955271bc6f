import type { ClinicianId } from '@concord/domain/ids'
import { aBibliography } from '@concord/testkit/bibliography'
import { gmc } from '@concord/testkit/facts'
import { aWorld, declarationFor, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

/** A clinician of that name who brought their works, and a request offered to them. */
const offeredTo = async (world: World) => {
  const clinician = await world.aListed(1, { name: 'Clinician One Invented' })
  await changed(world, clinician, { type: 'record-works', works: aBibliography })
  return { clinician, id: await world.aRequestAt('offered', { clinician }) }
}
type Step = Parameters<World['cases']['changeClinician']>[0]['step']
const changed = async (world: World, clinician: ClinicianId, step: Step) => {
  const outcome = await world.cases.changeClinician({ id: clinician, step, asked: world.asked() }, world.as(clinician))
  await world.settle()
  return outcome
}
const seenBy = async (world: World, { clinician, id }: Awaited<ReturnType<typeof offeredTo>>) => {
  const seen = await world.cases.readJointWorks({ id }, world.as(clinician))
  if (seen.kind !== 'joint-works') throw new Error(seen.kind)
  return seen.works
}
const answered = (works: Awaited<ReturnType<typeof seenBy>>, said: 'both' | 'not-mine' | 'not-theirs') =>
  works.map(({ with: consultant, evidence }) => ({ with: consultant, evidence, said }))
const declaration = declarationFor()

describe('what a clinician’s works show of a treating consultant', () => {
  test('is shown to them with the offer, work by work', async () => {
    const world = await aWorld()
    const works = await seenBy(world, await offeredTo(world))
    expect(works.map(({ work, name, match }) => [work.ids, name, match])).toEqual([
      [['pmid:90000001'], 'Dr Carla Consultant', 'name'],
      [['pmid:90000002'], 'Dr Carla Consultant', 'name'],
    ])
  })

  test('is nothing to the network before the clinician’s word', async () => {
    const world = await aWorld()
    const { id } = await offeredTo(world)
    const list = await world.cases.readShortlist({ id }, world.as('coordinator'))
    if (list.kind !== 'shortlist') throw new Error(list.kind)
    expect(JSON.stringify(list.assessed)).not.toContain('90000001')
  })

  test('has to be confirmed or corrected before the offer is accepted', async () => {
    const world = await aWorld()
    const { clinician, id } = await offeredTo(world)
    const refused = await world.step(clinician, id, { type: 'accept', declaration })
    expect(refused).toMatchObject({ kind: 'works-to-say', missing: [{ with: gmc(901) }, { with: gmc(901) }] })
  })

  test('weighs once confirmed, whatever the declaration says of it, and at the next shortlist as well', async () => {
    const world = await aWorld()
    const asked = await offeredTo(world)
    const { clinician, id } = asked
    const works = answered(await seenBy(world, asked), 'both')
    await world.mustStep(clinician, id, { type: 'accept', declaration, works })
    const { kind, ...read } = await world.cases.readCase({ id }, world.as('coordinator'))
    expect(kind === 'case' && 'view' in read && read.view.acceptance?.cleared.verdict).toBe('manage')

    const next = await world.aRequestAt('shortlisted')
    const list = await world.cases.readShortlist({ id: next }, world.as('coordinator'))
    if (list.kind !== 'shortlist') throw new Error(list.kind)
    const found = list.assessed.result.offerable.flatMap(({ findings }) => findings)
    expect(found.map(({ rule, severity, confidence }) => `${rule} ${severity} ${confidence}`)).toEqual([
      'C23 MANAGE derived',
    ])
  })

  test('is not held against a clinician whose works they are not', async () => {
    const world = await aWorld()
    const asked = await offeredTo(world)
    const { clinician, id } = asked
    const works = answered(await seenBy(world, asked), 'not-theirs')
    await world.mustStep(clinician, id, { type: 'accept', declaration, works })
    const { kind, ...read } = await world.cases.readCase({ id }, world.as('coordinator'))
    expect(kind === 'case' && 'view' in read && read.view.acceptance?.cleared.verdict).toBe('clear')
    expect(await seenBy(world, asked)).toEqual([])
  })

  test('is corrected where the clinician slipped', async () => {
    const world = await aWorld()
    const asked = await offeredTo(world)
    const { clinician, id } = asked
    const works = answered(await seenBy(world, asked), 'both')
    await world.mustStep(clinician, id, { type: 'accept', declaration, works })
    const outcome = await changed(world, clinician, {
      type: 'say-works',
      works: works.slice(0, 1).map((one) => ({ ...one, said: 'not-theirs' })),
    })
    expect(outcome.kind).toBe('done')
    const own = await world.cases.readOwn({}, world.as(clinician))
    const said = own.kind === 'own' ? own.own.state.entry.facts.jointWorks : []
    expect(said.map((one) => one.said).toSorted()).toEqual(['both', 'not-theirs'])
  })

  test('that was never shown cannot be corrected', async () => {
    const world = await aWorld()
    const { clinician } = await offeredTo(world)
    const works = [{ with: gmc(901), evidence: '0123456789abcdef', said: 'not-mine' }] as const
    expect(await changed(world, clinician, { type: 'say-works', works })).toEqual({
      kind: 'works-to-say',
      missing: [],
      notAsked: 1,
    })
  })

  test('is for nobody else: not for another clinician, the network or the trust', async () => {
    const world = await aWorld()
    const { id } = await offeredTo(world)
    const other = await world.aListed(2)
    for (const who of [other, 'coordinator', 'requester'] as const)
      expect(await world.cases.readJointWorks({ id }, world.as(who))).toEqual({ kind: 'not-found', what: 'request' })
  })
})

describe('a list of publications', () => {
  test('that does not read is refused with the place, and nothing is kept', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const outcome = await changed(world, clinician, { type: 'record-works', works: 'PMID- 1\nnonsense' })
    expect(outcome).toMatchObject({ kind: 'unreadable-works', because: expect.stringMatching(/^Line 2: /) })
    const own = await world.cases.readOwn({}, world.as(clinician))
    expect(own.kind === 'own' && own.own.state.works).toBeNull()
  })
})
