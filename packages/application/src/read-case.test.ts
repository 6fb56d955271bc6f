import { must, parseSubject } from '@concord/domain/ids'
import { gmc } from '@concord/testkit/facts'
import { aWorld } from '@concord/testkit/world'
import { expect, test } from 'vitest'
import { placeFor } from './scope.ts'

test('an inbox that runs ahead of its request opens no pack: the request has the last word', async () => {
  const world = await aWorld()
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('accepted', { clinician })
  const place = placeFor(world.networks.one, id)
  // As no reactor writes it: the pack is in the clinician's scope then, and the trust has not shared it.
  const acceptedBy = must(parseSubject, clinician)
  const entry = { ...place, seq: 99, stage: 'engaged', at: world.deps.clock.now(), replyBy: null, acceptedBy } as const
  await world.reactorDeps.reactor.putCase({ id: clinician, home: world.networks.one, gmc: gmc(1) }, entry)
  expect(await world.cases.readCase({ id }, world.as(clinician))).toMatchObject({
    kind: 'case',
    view: { identity: null, narrative: null, opinion: null },
  })
})
