import { describe, expect, test } from 'vitest'
import { localTables } from './local-tables.ts'
import { aWorld } from './world.ts'

describe('a request in the invented world, over DynamoDB', () => {
  test('goes from a draft to its end, with its texts sealed, its lists kept and everybody told', async () => {
    const world = await aWorld({ tables: localTables() })
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('closed', { clinician })
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({
      kind: 'case',
      view: { status: 'closed', identity: { givenName: 'Quillonia' }, opinion: { plan: 'supports-with-changes' } },
    })
    expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({
      own: { cases: [], state: { openCases: [], givenOn: ['2026-06-15'] } },
    })
    expect(await world.cases.readWorklist({ cursor: null }, world.as('coordinator'))).toMatchObject({
      page: { rows: [{ id, status: 'closed', due: null }], next: null },
    })
    expect(await world.reactorDeps.reactor.facts(world.networks.one, '2026-27')).toHaveLength(3)
    expect(await world.reactorDeps.reactor.parked(world.networks.one)).toEqual([])
    expect(new Set(world.mail.map(({ subject }) => subject)).size).toBe(5)
  })
})
