import { draftBody } from '@concord/contracts/bodies'
import { must, parseRequestId } from '@concord/domain/ids'
import { aDraft, anOpinion } from '@concord/testkit/drafts'
import { aConsultant, day } from '@concord/testkit/facts'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { draftRequest } from './draft-request.ts'

const draftWith = async (nhsNumber: string | null, { inventedAllowed = true } = {}) => {
  const world = await aWorld()
  const { routing, texts } = aDraft()
  const drafted = { routing, texts: { ...texts, identity: { ...texts.identity, nhsNumber } } }
  return draftRequest({ ...world.deps, inventedAllowed })(
    { ...drafted, asked: world.asked(), revises: null },
    world.as('requester'),
  )
}

describe('a draft', () => {
  test.each([
    ['a last digit that does not fit', '999 010 0072', 'check-digit'],
    ['ten equal digits', '999 999 9999', 'never-issued'],
  ])('with an NHS number of %s is refused', async (_, number, because) => {
    expect(await draftWith(number)).toEqual({ kind: 'nhs-number', because })
  })

  test('with a number kept for tests is refused where people are real', async () => {
    expect(await draftWith('999 010 0071', { inventedAllowed: false })).toEqual({
      kind: 'nhs-number',
      because: 'invented',
    })
  })

  // Report 03: each is the number, as people type and paste it.
  test.each([
    '999-010-0071',
    '999\u00a0010\u00a00071',
    '999\u202f010\u202f0071',
    '999\u200d010\u200d0071',
    '999\u2011010\u20110071',
    '9990100071 ',
    '\t9990100071',
  ])('with the number %j is taken by the API, and kept as ten digits', async (nhsNumber) => {
    const { routing, texts } = aDraft()
    const body = { routing, texts: { ...texts, identity: { ...texts.identity, nhsNumber } } }
    expect(draftBody.parse(body).texts.identity.nhsNumber).toBe('9990100071')
    const world = await aWorld()
    const drafted = await world.cases.draft({ ...body, asked: world.asked(), revises: null }, world.as('requester'))
    const id = must(parseRequestId, drafted.kind === 'done' ? drafted.done.id : '')
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({
      view: { identity: { nhsNumber: '9990100071' } },
    })
  })

  test('of a child who is not born yet is refused, as is an agreement that nobody can have given', async () => {
    const world = await aWorld({ now: '2026-06-15T09:00:00Z' })
    const { routing, texts } = aDraft()
    const refusal = await world.cases.draft(
      {
        routing: { ...routing, agreement: { basis: 'parent', on: day('2031-01-01') } },
        texts: { ...texts, identity: { ...texts.identity, bornOn: day('2065-06-06') } },
        asked: world.asked(),
        revises: null,
      },
      world.as('requester'),
    )
    expect(refusal).toEqual({
      kind: 'implausible-dates',
      wrong: [
        { at: 'routing.agreement.on', because: 'too-late', limit: '2026-06-15' },
        { at: 'texts.identity.bornOn', because: 'too-late', limit: '2026-06-15' },
      ],
    })
  })

  test('of a child without a number is taken', async () => {
    expect(await draftWith(null)).toMatchObject({ kind: 'done' })
  })
})

describe('a submission', () => {
  test('says that the teams of a treating consultant were not asked for', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('draft', { draft: { routing: { treating: [aConsultant({ teams: null })] } } })
    expect(await world.step('esoLead', id, { type: 'submit' })).toEqual({
      kind: 'incomplete',
      missing: ['the teams of each treating consultant, or that there are none'],
    })
  })
})

describe('an opinion', () => {
  test.each([[[]], [['Yes.', 'And more.']]])('with the answers %j to one question is refused', async (answers) => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('in-review', { clinician })
    expect(await world.step(clinician, id, { type: 'report', opinion: anOpinion({ answers }) })).toEqual({
      kind: 'unanswered',
      questions: 1,
      answers: answers.length,
    })
  })

  test('counts the time to share it with the family from its issue', async () => {
    const world = await aWorld({ now: '2026-06-15T09:00:00Z' })
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('reported', { clinician })
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({
      view: { due: { step: 'share', by: '2026-06-16T16:00:00.000Z' } },
    })
  })
})
