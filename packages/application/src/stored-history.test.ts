import { clinicianEvent, clinicianState } from '@concord/contracts/domain/clinician'
import { requestEvent, requestState } from '@concord/contracts/domain/request'
import { evolveClinician } from '@concord/domain/clinician/decide'
import { evolve } from '@concord/domain/request/evolve'
import type { RequestState } from '@concord/domain/request/request'
import type { Item } from '@concord/store/table-access'
import { openingAnswers } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld } from '@concord/testkit/world'
import { expect, test } from 'vitest'

test('what is stored as state is what the stored events come to, of every request and every clinician', async () => {
  const tables = memoryTables()
  const world = await aWorld({ tables })
  const [first, second, third] = [await world.aListed(1), await world.aListed(2), await world.aListed(3)]
  await world.aRequestAt('closed', { clinician: first })
  const objected = await world.aRequestAt('accepted', { clinician: second })
  await world.mustStep('requester', objected, { type: 'record-objection' })
  const conflicted = await world.aRequestAt('engaged', { clinician: third })
  await world.mustStep(third, conflicted, { type: 'open-pack', answers: openingAnswers({ C13: 'yes' }) })
  await world.mustStep('requester', conflicted, { type: 'withdraw', because: 'discharged' })
  const asked = world.asked()
  await world.cases.changeClinician({ id: second, step: { type: 'unlist' }, asked }, world.as(second))

  const items = tables.all().map(({ item }) => item)
  const states = items.filter(({ kind }) => kind === 'state')
  const eventsOf = ({ pk }: Item) =>
    items
      .filter((one) => one['kind'] === 'event' && one.pk === pk)
      .toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
      .map(({ event }) => event)
  expect(states).toHaveLength(6)
  for (const item of states) {
    const isRequest = item.pk.includes('/request/')
    const folded = isRequest
      ? eventsOf(item)
          .map((one) => requestEvent.parse(one))
          .reduce<RequestState | undefined>(evolve, undefined)
      : eventsOf(item)
          .map((one) => clinicianEvent.parse(one))
          .reduce(evolveClinician, undefined)
    expect((isRequest ? requestState : clinicianState).parse(item['state'])).toEqual(folded)
    expect(item['version']).toBe(folded?.version)
  }
})
