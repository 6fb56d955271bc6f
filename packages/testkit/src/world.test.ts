import { must, parseClinicianId } from '@concord/domain/ids'
import { describe, expect, test } from 'vitest'
import { aWorld } from './world.ts'

describe('a request in the invented world', () => {
  test('goes from a draft to its end', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('closed', { clinician })
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({
      kind: 'case',
      view: { status: 'closed', opinion: { plan: 'supports-with-changes' } },
    })
    expect(must(parseClinicianId, clinician)).toBe(clinician)
  })
})
