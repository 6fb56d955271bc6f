import { aDraft, anOpinion } from '@concord/testkit/drafts'
import { aConsultant } from '@concord/testkit/facts'
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
