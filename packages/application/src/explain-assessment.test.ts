import { anApplication } from '@concord/testkit/clinicians'
import { at, day, org } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { explainAssessment } from './explain-assessment.ts'

const drawn = async () => {
  const tables = memoryTables()
  const world = await aWorld({ tables })
  const clinician = await world.aListed(1)
  await world.aListed(2)
  const id = await world.aRequestAt('shortlisted')
  const explain = (takenAt: Parameters<ReturnType<typeof explainAssessment>>[0]['takenAt'] = null) =>
    explainAssessment(world.deps)({ id, takenAt })
  return { world, tables, clinician, id, explain }
}

describe('an assessment explained', () => {
  test('comes out as the same bytes, after the register has moved on too', async () => {
    const { world, clinician, explain } = await drawn()
    expect(await explain()).toMatchObject({ kind: 'explained', isSame: true })
    await world.cases.changeClinician(
      {
        id: clinician,
        step: {
          type: 'record-affiliations',
          affiliations: {
            posts: [{ org: org('XA1'), site: 'none', kind: 'substantive', from: day('2020-01-01'), to: 'ongoing' }],
            teams: [],
            trainingTies: [],
            managementTies: [],
          },
        },
        asked: world.asked(),
      },
      world.as(clinician),
    )
    await world.settle()
    const again = await explain()
    expect(again).toMatchObject({ kind: 'explained', isSame: true })
    if (again.kind !== 'explained') throw new Error('It was explained above')
    expect(again.assessed.result.offerable.map(({ id }) => id)).toContain(clinician)
    expect(await explain(again.assessed.takenAt)).toMatchObject({ kind: 'explained', hash: again.hash })
  })

  test('that was never taken, or at another moment, is not found', async () => {
    const { explain } = await drawn()
    expect(await explain(at('2026-01-01T00:00:00Z'))).toEqual({ kind: 'not-found', what: 'assessment' })
  })

  test('under rules that are no longer there says which they were', async () => {
    const { world, id, explain } = await drawn()
    const was = await explain()
    if (was.kind !== 'explained') throw new Error('It was explained')
    const rulesFor: typeof world.deps.rulesFor = async (...of) => ({
      ...(await world.deps.rulesFor(...of)),
      version: 'rules-0',
    })
    expect(await explainAssessment({ ...world.deps, rulesFor })({ id, takenAt: null })).toEqual({
      kind: 'other-policy',
      was: was.assessed.policyVersion,
      is: 'rules-0',
    })
  })
})

describe('a network that made a rule stricter', () => {
  test('weighs by it from its next shortlist on, and the assessment says so', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1, {
      facts: {
        ...anApplication().facts,
        posts: [
          { org: org('XC1'), site: org('XC101'), kind: 'substantive', from: day('2015-01-01'), to: 'ongoing' },
          { org: org('XA1'), site: org('XA101'), kind: 'locum', from: day('2024-01-01'), to: day('2024-12-31') },
        ],
      },
    })
    const changes = {
      by: 'network',
      changes: [{ kind: 'stricter', rule: 'C01', from: '2024-04-01', to: 'ongoing', lookBackMonths: 24 }],
    }
    await world.deps.reference.saveStricter({ place: 'network-one', version: 'v1', changes })
    const id = await world.aRequestAt('shortlisted')
    const outcome = await explainAssessment(world.deps)({ id, takenAt: null })
    if (outcome.kind !== 'explained') throw new Error('It was explained')
    expect(outcome).toMatchObject({
      isSame: true,
      assessed: { policyVersion: expect.stringContaining('network-one@v1') },
    })
    expect(outcome.assessed.result.excluded.map((one) => one.id)).toContain(clinician)
    const [nearest] = outcome.assessed.nobodyFits?.nearest ?? []
    expect(nearest?.rules).toContain('C01')
  })
})
