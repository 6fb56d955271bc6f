import { type ClinicianId, must, parseTrustCode } from '@concord/domain/ids'
import { anApplication } from '@concord/testkit/clinicians'
import { aConsultant, aPost, gmc, org } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { anExchange } from '@concord/testkit/requests'
import { aWorld, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { explainAssessment } from './explain-assessment.ts'

/** On the register, and employed by a trust or by none. */
const listedAt = (world: World, n: number, trust: 'XB1' | 'XC1' | 'none') => {
  const posts = trust === 'none' ? [] : [aPost({ org: org(trust), site: 'none' })]
  return world.aListed(n, { facts: { ...anApplication().facts, gmc: gmc(n), posts } })
}
const trust = (code: string) => must(parseTrustCode, code)
const anotherLead = (n: number) => ({ routing: { treating: [aConsultant({ gmc: gmc(n) })] as const } })

/** What a new shortlist says of a clinician by the two rules that look at the platform's own history. */
const saidOf = async (world: World, clinician: ClinicianId, draft = {}) => {
  const id = await world.aRequestAt('shortlisted', { clinician, draft })
  const read = await world.cases.readShortlist({ id }, world.as('coordinator'))
  if (read.kind !== 'shortlist') throw new Error('A shortlist was drawn')
  const line = read.assessed.result.offerable.find((one) => one.id === clinician)
  if (!line) throw new Error('The clinician is offerable')
  const findings = line.findings.filter(({ rule }) => rule === 'C25' || rule === 'C26')
  return { findings: findings.map(({ rule, severity }) => [rule, severity]), id, history: read.assessed.history }
}

describe('opinions that a network brokered before', () => {
  test('are nothing to say of anybody while there are two', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    for (let n = 0; n < 2; n += 1) await world.aRequestAt('reported', { clinician })
    expect(await saidOf(world, clinician)).toMatchObject({ findings: [] })
  })

  test('make a clinician’s line say MANAGE by C25 when three passed between the same two people', async () => {
    const world = await aWorld()
    const [clinician, other] = [await listedAt(world, 1, 'XC1'), await listedAt(world, 2, 'XB1')]
    for (let n = 0; n < 3; n += 1) await world.aRequestAt('reported', { clinician })
    const { findings, id, history } = await saidOf(world, clinician)
    expect(findings).toEqual([['C25', 'MANAGE']])
    expect(history).toHaveLength(3)
    expect(await saidOf(world, other)).toMatchObject({ findings: [] })
    expect(await explainAssessment(world.deps)({ id, takenAt: null })).toMatchObject({ isSame: true })
  })

  test('make it say NOTE by C26 when more than three in ten of five were for this trust', async () => {
    const world = await aWorld()
    const clinician = await listedAt(world, 1, 'XC1')
    const others = [await listedAt(world, 2, 'XB1'), await listedAt(world, 3, 'XB1'), await listedAt(world, 4, 'none')]
    for (const [n, one] of [clinician, clinician, ...others].entries())
      await world.aRequestAt('reported', { clinician: one, draft: anotherLead(910 + n) })
    expect(await saidOf(world, clinician)).toMatchObject({ findings: [['C26', 'NOTE']] })
    for (const one of others) expect(await saidOf(world, one)).toMatchObject({ findings: [] })
  })

  test('count between two trusts in either direction, whoever gave and asked', async () => {
    const world = await aWorld()
    const [near, far] = [await listedAt(world, 1, 'XB1'), await listedAt(world, 2, 'XC1')]
    const third = await listedAt(world, 3, 'XC1')
    await world.aRequestAt('reported', { clinician: far, draft: anotherLead(911) })
    await world.aRequestAt('reported', { clinician: third, draft: anotherLead(912) })
    // Given by people of the trust that now asks, to one that now may be asked.
    const theirs = { opinionBy: gmc(951), opinionUnit: org('XA1'), requestedBy: gmc(952), requestingOrg: trust('XB1') }
    const keep = (n: number) =>
      world.reactorDeps.reactor.putExchange(
        world.networks.one,
        anExchange(n, { ...theirs, requestingUnit: org('XB1') }),
      )
    for (const n of [1, 2]) await keep(n)
    for (const one of [near, far, third])
      expect(await saidOf(world, one, anotherLead(914))).toMatchObject({ findings: [] })
    await world.aRequestAt('reported', { clinician: third, draft: anotherLead(913) })
    await keep(3)
    for (const one of [near, far, third])
      expect(await saidOf(world, one, anotherLead(914))).toMatchObject({ findings: [['C25', 'MANAGE']] })
  })

  test('are forgotten after two years', async () => {
    const world = await aWorld({ now: '2026-06-15T09:00:00Z' })
    const clinician = await listedAt(world, 1, 'XC1')
    for (let n = 0; n < 3; n += 1) await world.aRequestAt('reported', { clinician })
    world.passMinutes(24 * 60 * 735)
    const id = await world.aRequestAt('shortlisted', { clinician })
    expect(await world.cases.readShortlist({ id }, world.as('coordinator'))).toMatchObject({
      assessed: { history: [] },
    })
  })

  test('are kept once, however often the opinion is told', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const clinician = await listedAt(world, 1, 'XC1')
    const id = await world.aRequestAt('reported', { clinician })
    const kept = () => tables.all().filter(({ item }) => item['kind'] === 'exchange')
    const before = kept()
    expect(before.map(({ item }) => item.pk.split('/').at(-1)).toSorted()).toEqual([gmc(1), gmc(901), 'XA1', 'XC1'])
    expect(before[0]?.item['exchange']).toEqual({
      id,
      on: '2026-06-15',
      opinionBy: gmc(1),
      opinionUnit: 'XC1',
      requestedBy: gmc(901),
      requestingUnit: 'XA1',
      requestingOrg: 'XA1',
    })
    world.stream.push(...world.history)
    await world.settle()
    expect(kept()).toEqual(before)
  })
})
