import { must, parseGlassId, parseSubject, type RequestId } from '@concord/domain/ids'
import { aDraft, anOpinion, canaries } from '@concord/testkit/drafts'
import { aWorld, done, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const about = (id: RequestId) => `network-one/XA1/${id}`
const aCase = async () => {
  const world = await aWorld()
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('reported', { clinician })
  await world.mustStep('requester', id, { type: 'restrict', note: { text: canaries.restricted }, readers: [] })
  return { world, clinician, id }
}
const breakIt = async (world: World, id: RequestId, who: Who = 'clinicalLead') => {
  const outcome = await world.cases.breakGlass(
    { id, reason: canaries.glassReason, asked: world.asked() },
    world.as(who),
  )
  await world.settle()
  return outcome
}
const glassOf = (outcome: { readonly kind: string }) => must(parseGlassId, done(outcome).id)
const didsOf = async (world: World, id: RequestId) =>
  (await world.deps.auditChain.auditOf(about(id))).map(({ entry }) => `${String(entry['who'])} ${String(entry['did'])}`)

describe('breaking the glass over a case', () => {
  test('opens all that is sealed of it, to the lead who broke it', async () => {
    const { world, id } = await aCase()
    expect(await breakIt(world, id)).toMatchObject({ kind: 'done' })
    expect(await world.cases.readOpenedCase({ id }, world.as('clinicalLead'))).toMatchObject({
      kind: 'opened-case',
      view: {
        identity: { givenName: canaries.givenName },
        narrative: { summary: canaries.story },
        opinion: anOpinion(),
        restricted: canaries.restricted,
        until: '2026-06-15T10:00:00.000Z',
      },
    })
  })

  test('opens the restricted note to the trust’s lead who is not named on it', async () => {
    const { world, id } = await aCase()
    expect(await world.cases.readRestrictedNote({ id }, world.as('esoLead'))).toEqual({ kind: 'not-named' })
    await breakIt(world, id, 'esoLead')
    expect(await world.cases.readOpenedCase({ id }, world.as('esoLead'))).toMatchObject({
      view: { restricted: canaries.restricted },
    })
  })

  test.each([
    'requester',
    'coordinator',
    'guardian',
    'otherEsoLead',
    'farEsoLead',
    'farClinicalLead',
    'commissioner',
  ] as const)('is not there for %s', async (who) => {
    const { world, id } = await aCase()
    expect(await breakIt(world, id, who)).toEqual({ kind: 'not-found', what: 'request' })
    expect(await world.cases.readOpenedCase({ id }, world.as(who))).toEqual({ kind: 'not-found', what: 'request' })
  })

  test('opens it to nobody else, not even to another who may break it', async () => {
    const { world, id } = await aCase()
    await breakIt(world, id)
    expect(await world.cases.readOpenedCase({ id }, world.as('esoLead'))).toEqual({ kind: 'glass-not-broken' })
  })

  test('shuts it again after an hour', async () => {
    const { world, id } = await aCase()
    await breakIt(world, id)
    world.passMinutes(60)
    expect(await world.cases.readOpenedCase({ id }, world.as('clinicalLead'))).toEqual({ kind: 'glass-not-broken' })
  })

  test('opens no other case', async () => {
    const { world, clinician, id } = await aCase()
    const other = await world.aRequestAt('submitted', { clinician })
    await breakIt(world, id)
    expect(await world.cases.readOpenedCase({ id: other }, world.as('clinicalLead'))).toEqual({
      kind: 'glass-not-broken',
    })
  })

  test('tells both guardians at once, and nothing of why', async () => {
    const { world, id } = await aCase()
    const before = world.mail.length
    await breakIt(world, id)
    const told = world.mail.slice(before)
    expect(told.map(({ to }) => to).toSorted()).toEqual([
      'guardian.network-one.trust.XA1@concord.example',
      'guardian.network-one@concord.example',
    ])
    expect(JSON.stringify(told)).not.toContain(canaries.glassReason)
  })

  test('counts once, however often the same is sent', async () => {
    const { world, id } = await aCase()
    const asked = world.asked()
    const send = () => world.cases.breakGlass({ id, reason: 'now', asked }, world.as('clinicalLead'))
    const [first, again] = [await send(), await send()]
    expect([done(again), again]).toEqual([done(first), { ...first, repeated: true }])
  })

  test('says nowhere but in its sealed reason why', async () => {
    const { world, id } = await aCase()
    await breakIt(world, id)
    expect(JSON.stringify(world.history)).not.toContain(canaries.glassReason)
    expect(JSON.stringify(await world.deps.auditChain.auditOf(about(id)))).not.toContain(canaries.glassReason)
  })
})

describe('a review of a broken glass', () => {
  const reviewOf = (world: World, id: RequestId, glass: ReturnType<typeof glassOf>) => ({
    by: (who: Who) =>
      world.cases.reviewGlass(
        { id, glass, finding: 'justified', note: 'It had to be.', asked: world.asked() },
        world.as(who),
      ),
  })

  test('waits on the lists of both guardians, due by the end of the next working day', async () => {
    const { world, id } = await aCase()
    await breakIt(world, id)
    for (const who of ['guardian', 'trustGuardian'] as const)
      expect(await world.cases.readGlassesToReview({}, world.as(who))).toMatchObject({
        waiting: [{ request: id, by: { subject: 'clinicalLead' }, reviewBy: '2026-06-16T16:00:00.000Z' }],
      })
    for (const who of ['otherTrustGuardian', 'otherGuardian'] as const)
      expect(await world.cases.readGlassesToReview({}, world.as(who))).toEqual({ kind: 'to-review', waiting: [] })
  })

  test('lists why, and each time that something was opened under it', async () => {
    const { world, id } = await aCase()
    await breakIt(world, id)
    for (let n = 0; n < 2; n += 1) {
      world.passMinutes(5)
      await world.cases.readOpenedCase({ id }, world.as('clinicalLead'))
    }
    const looked = await world.cases.readGlasses({ id }, world.as('trustGuardian'))
    expect(looked).toMatchObject({
      glasses: [
        {
          reason: canaries.glassReason,
          opened: [
            { did: 'glass.broken' },
            { at: '2026-06-15T09:05:00.000Z', did: 'glass.read' },
            { at: '2026-06-15T09:10:00.000Z', did: 'glass.read' },
          ],
          review: null,
        },
      ],
    })
  })

  test('is a guardian’s who is somebody else, once it is shut, and then waits no longer', async () => {
    const { world, id } = await aCase()
    const glass = glassOf(await breakIt(world, id))
    const review = reviewOf(world, id, glass)
    expect((await review.by('guardian')).kind).toBe('glass-still-open')
    world.passMinutes(61)
    for (const who of ['clinicalLead', 'coordinator', 'otherGuardian', 'otherTrustGuardian'] as const)
      expect(await review.by(who)).toEqual({ kind: 'not-found', what: 'request' })
    expect((await review.by('trustGuardian')).kind).toBe('done')
    expect(await review.by('guardian')).toEqual({ kind: 'glass-reviewed-already' })
    expect(await world.cases.readGlassesToReview({}, world.as('guardian'))).toEqual({ kind: 'to-review', waiting: [] })
  })

  test('is never by the person who broke it, under another role of theirs', async () => {
    const { world, id } = await aCase()
    const glass = glassOf(await breakIt(world, id))
    world.passMinutes(61)
    const both = { ...world.as('guardian'), subject: must(parseSubject, 'clinicalLead') }
    const outcome = await world.cases.reviewGlass(
      { id, glass, finding: 'justified', note: 'Mine.', asked: world.asked() },
      both,
    )
    expect(outcome).toEqual({ kind: 'own-glass' })
  })
})

describe('who has seen a case', () => {
  test('is told to both guardians, the latest first, and looking is on record too', async () => {
    const { world, id } = await aCase()
    await world.cases.readCase({ id }, world.as('coordinator'))
    const seen = await world.cases.readWhoHasSeen({ id, cursor: null }, world.as('guardian'))
    if (seen.kind !== 'who-has-seen') throw new Error(seen.kind)
    const [first] = seen.cases
    expect(first?.lines.map(({ at }) => at)).toEqual(
      first?.lines
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
    expect(first?.lines).toContainEqual(expect.objectContaining({ who: 'esoLead', did: 'request.submitted' }))
    expect(first?.lines).toContainEqual(
      expect.objectContaining({ who: 'coordinator', did: 'case.read', name: 'coordinator' }),
    )
    expect(await didsOf(world, id)).toContain('guardian audit.read')
    expect((await world.cases.readWhoHasSeen({ id, cursor: null }, world.as('trustGuardian'))).kind).toBe(
      'who-has-seen',
    )
  })

  test('is told of every case of the child that the guardian watches over, and of no other child', async () => {
    const { world, clinician, id } = await aCase()
    const again = await world.aRequestAt('submitted', { clinician })
    const other = { ...aDraft(), asked: world.asked(), revises: null }
    const texts = { ...other.texts, identity: { ...other.texts.identity, nhsNumber: '999 010 0098' } }
    done(await world.cases.draft({ ...other, texts }, world.as('requester')))
    for (const who of ['guardian', 'trustGuardian'] as const) {
      const seen = await world.cases.readWhoHasSeen({ id, cursor: null }, world.as(who))
      if (seen.kind !== 'who-has-seen') throw new Error(seen.kind)
      expect(seen.cases.map((one) => one.id)).toEqual([id, again])
      expect(seen.cases[1]?.lines).toContainEqual(expect.objectContaining({ did: 'request.submitted' }))
    }
    expect(await didsOf(world, again)).toContain('guardian audit.read')
  })

  test.each(['otherGuardian', 'otherTrustGuardian'] as const)('is not there for %s', async (who) => {
    const { world, id } = await aCase()
    expect(await world.cases.readWhoHasSeen({ id, cursor: null }, world.as(who))).toEqual({
      kind: 'not-found',
      what: 'request',
    })
  })

  test.each(['requester', 'clinicalLead', 'commissioner', 'operator'] as const)('is not for %s', async (role) => {
    const { world, id } = await aCase()
    expect((await world.cases.readWhoHasSeen({ id, cursor: null }, world.as(role))).kind).toBe('not-a-guardian')
  })
})
