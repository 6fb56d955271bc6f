import { canaries } from '@concord/testkit/drafts'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditEvents } from './audit-report.ts'

const event = z.looseObject({
  resourceType: z.literal('AuditEvent'),
  recorded: z.string(),
  action: z.string(),
  entity: z.array(z.looseObject({ role: z.looseObject({ code: z.string() }) })),
})

describe('what is on record of a case, as AuditEvents', () => {
  test('is a line for each read and each deed, in their order, and names no child', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    world.passMinutes(1)
    for (const who of ['requester', clinician] as const) await world.cases.readCase({ id }, world.as(who))
    const said = await auditEvents(world.deps, `network-one/XA1/${id}`, null)
    const events = said.split('\n').map((line) => event.parse(JSON.parse(line)))
    expect(events.filter(({ action }) => action === 'R')).toHaveLength(2)
    expect(events.filter(({ action }) => action === 'C')).toHaveLength(1)
    expect(events.map(({ recorded }) => recorded)).toEqual(events.map(({ recorded }) => recorded).toSorted())
    for (const { entity } of events) expect(entity.filter(({ role }) => role.code === '1')).toHaveLength(1)
    for (const word of Object.values(canaries)) expect(said).not.toContain(word)
  })

  test('of nothing on record is refused with the form to write', async () => {
    const { deps } = await aWorld()
    await expect(auditEvents(deps, 'network-one/XA1/req_XA1_1', null)).rejects.toThrow('write it as south-west/RA7')
  })
})
