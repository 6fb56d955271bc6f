import { must, parseSubject, type RequestId, type Subject } from '@concord/domain/ids'
import { canaries } from '@concord/testkit/drafts'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const esoLead = must(parseSubject, 'esoLead')
const write = (world: World, id: RequestId, who: Who, readers: readonly Subject[] = []) =>
  world.step(who, id, { type: 'restrict', note: { text: canaries.restricted }, readers })
const read = (world: World, id: RequestId, who: Who) => world.cases.readRestrictedNote({ id }, world.as(who))
const aCase = async () => {
  const world = await aWorld()
  return { world, id: await world.aRequestAt('submitted') }
}

describe('a restricted note', () => {
  test('is read by whoever wrote it and those they named, and each time is on record', async () => {
    const { world, id } = await aCase()
    expect((await write(world, id, 'requester', [esoLead])).kind).toBe('done')
    for (const who of ['requester', 'esoLead'] as const)
      expect(await read(world, id, who)).toEqual({
        kind: 'restricted',
        note: { text: canaries.restricted, readers: ['requester', 'esoLead'] },
      })
    const found = await world.deps.auditChain.auditOf(`network-one/XA1/${id}`)
    expect(found.filter(({ entry }) => entry['did'] === 'restricted.read')).toHaveLength(2)
  })

  test('is not read, nor written over, by anybody else of the trust', async () => {
    const { world, id } = await aCase()
    await write(world, id, 'requester')
    expect(await read(world, id, 'esoLead')).toEqual({ kind: 'not-named' })
    expect(await write(world, id, 'esoLead')).toEqual({ kind: 'not-named' })
  })

  test.each([
    ['Zosia', 'somebody who was only named'],
    ['otherRequester', 'somebody of another trust'],
    ['alikeRequester', 'somebody of a trust whose code begins alike'],
    ['coordinator', 'the network'],
    ['trustGuardian', 'who watches over the trust'],
  ])('names %s as no reader: %s', async (subject) => {
    const { world, id } = await aCase()
    const readers = [esoLead, must(parseSubject, subject)]
    expect(await write(world, id, 'requester', readers)).toEqual({
      kind: 'not-on-the-list',
      places: [{ at: 'readers.1', list: 'reader' }],
    })
    expect(await read(world, id, 'requester')).toEqual({ kind: 'not-found', what: 'restricted note' })
  })

  test('names nobody whose role at the trust has ended', async () => {
    const { world, id } = await aCase()
    const step = { type: 'end', subject: esoLead, membership: 'eso-lead@network/network-one/trust/XA1' } as const
    await world.cases.changeRole({ step, asked: world.asked() }, world.as('clinicalLead'))
    expect((await write(world, id, 'requester', [esoLead])).kind).toBe('not-on-the-list')
  })

  test.each(['otherRequester', 'otherEsoLead', 'coordinator', 'clinicalLead', 'farEsoLead', 'guardian'] as const)(
    'is not there for %s',
    async (who) => {
      const { world, id } = await aCase()
      await write(world, id, 'requester')
      expect(await read(world, id, who)).toEqual({ kind: 'not-found', what: 'request' })
    },
  )

  test('is the trust’s to know of: neither network nor clinician sees that there is one', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('in-review', { clinician })
    await world.mustStep('requester', id, { type: 'restrict', note: { text: canaries.restricted }, readers: [] })
    const shown = async (who: Who) => JSON.stringify(await world.cases.readCase({ id }, world.as(who)))
    expect(await shown('esoLead')).toContain('restricted.noted')
    for (const who of ['coordinator', 'clinicalLead', clinician] as const) {
      expect(await shown(who)).not.toContain('restricted.noted')
      expect(await shown(who)).toContain('"restrictedTo":[]')
    }
  })
})
