import { type ClinicianId, must, parseSubject, type RequestId } from '@concord/domain/ids'
import { anOpinion, canaries } from '@concord/testkit/drafts'
import { day, openingAnswers } from '@concord/testkit/facts'
import { aWorld, declarationFor, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import type { StepCall } from './use-cases.ts'

const notFound = { kind: 'not-found', what: 'request' }
const second = must(parseSubject, 'second-sign-in')
let world: World
let clinician: ClinicianId
beforeEach(async () => {
  world = await aWorld()
  clinician = await world.aListed(1)
})

/** Somebody else who signs in on the same entry of the register, as a role given out twice would let them. */
const secondSignIn = (): Caller => ({ ...world.as(clinician), subject: second, standing: Promise.resolve(true) })

describe('a case that one person accepted', () => {
  test.each(['accepted', 'engaged', 'in-review', 'reported', 'shared'] as const)(
    'is not there for another sign-in on the entry, once it is %s',
    async (status) => {
      const id = await world.aRequestAt(status, { clinician })
      expect(await world.cases.readCase({ id }, world.as(clinician))).toMatchObject({ kind: 'case' })
      expect(await world.cases.readCase({ id }, secondSignIn())).toEqual(notFound)
      expect(await world.cases.readJointWorks({ id }, secondSignIn())).toEqual(notFound)
      expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({ own: { cases: [{ id }] } })
      expect(await world.cases.readOwn({}, secondSignIn())).toMatchObject({ own: { cases: [] } })
    },
  )

  test('is theirs alone to open and to report on', async () => {
    const answers = openingAnswers()
    const engaged = await world.aRequestAt('engaged', { clinician })
    const steps: readonly (readonly [RequestId, StepCall])[] = [
      [engaged, { type: 'open-pack', answers }],
      [await world.aRequestAt('in-review', { clinician }), { type: 'report', opinion: anOpinion() }],
    ]
    for (const [id, step] of steps) {
      expect(await world.cases.step(id, step, world.asked(), secondSignIn())).toEqual(notFound)
      expect((await world.step(clinician, id, step)).kind).toBe('done')
    }
  })

  test('stays hidden from the other even while the inbox is late', async () => {
    const id = await world.aRequestAt('offered', { clinician })
    // Nothing has told the inbox of the acceptance yet.
    await world.step(clinician, id, { type: 'accept', declaration: declarationFor() })
    expect(await world.cases.readCase({ id }, secondSignIn())).toEqual(notFound)
    expect(await world.cases.readJointWorks({ id }, secondSignIn())).toEqual(notFound)
  })

  test('says by whose sign-in it was accepted to nobody', async () => {
    const id = await world.aRequestAt('accepted', { clinician })
    for (const who of ['requester', 'esoLead', 'coordinator', 'clinicalLead', clinician] as const) {
      const read = await world.cases.readCase({ id }, world.as(who))
      expect(read).toMatchObject({ kind: 'case' })
      expect(JSON.stringify(read)).not.toContain('acceptedBy')
    }
  })
})

describe('whoever holds a role at the trust that asks', () => {
  const grants = [
    'requester@network/network-one/trust/XA1',
    'eso-lead@network/network-one/trust/XA1',
    'guardian@network/network-one/trust/XA1',
    // The same trust, asking through another network.
    'requester@network/network-two/trust/XA1',
  ]
  const grant = (membership: string) =>
    world.deps.people.grant(must(parseSubject, clinician), { membership, from: day('2026-01-01'), to: null })

  test.each(grants)('does not accept: %s', async (membership) => {
    const id = await world.aRequestAt('offered', { clinician })
    await grant(membership)
    expect(await world.step(clinician, id, { type: 'accept', declaration: declarationFor() })).toEqual({
      kind: 'role-in-trust',
    })
  })

  test.each(grants)('does not open the pack or report, if it was given to them meanwhile: %s', async (membership) => {
    const [engaged, inReview] = [
      await world.aRequestAt('engaged', { clinician }),
      await world.aRequestAt('in-review', { clinician }),
    ]
    await grant(membership)
    expect(await world.step(clinician, engaged, { type: 'open-pack', answers: openingAnswers() })).toEqual({
      kind: 'role-in-trust',
    })
    expect(await world.step(clinician, inReview, { type: 'report', opinion: anOpinion() })).toEqual({
      kind: 'role-in-trust',
    })
    expect(JSON.stringify(world.history)).not.toContain(canaries.opinion)
  })

  test('may still say no', async () => {
    const id = await world.aRequestAt('offered', { clinician })
    await grant('requester@network/network-one/trust/XA1')
    expect(await world.step(clinician, id, { type: 'decline', because: 'conflict' })).toMatchObject({ kind: 'done' })
  })

  test.each(['requester@network/network-one/trust/XB1', 'requester@network/network-one/trust/XA12'])(
    'gives opinions to others: %s',
    async (membership) => {
      const id = await world.aRequestAt('offered', { clinician })
      await grant(membership)
      expect(await world.step(clinician, id, { type: 'accept', declaration: declarationFor() })).toMatchObject({
        kind: 'done',
      })
    },
  )
})
