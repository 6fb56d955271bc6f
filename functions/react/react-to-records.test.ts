import { marshall } from '@aws-sdk/util-dynamodb'
import type { Envelope } from '@concord/application/ports/reactor-store'
import { react } from '@concord/application/reactions/react'
import type { DomainEvent } from '@concord/application/reactions/reactions'
import type { Item } from '@concord/store/table-access'
import { canaries } from '@concord/testkit/drafts'
import { aWorld } from '@concord/testkit/world'
import type { DynamoDBRecord } from 'aws-lambda'
import { beforeEach, describe, expect, test } from 'vitest'
import { reactToRecords } from './react-to-records.ts'

let events: readonly Item[] = []
let logged: unknown[] = []
beforeEach(async () => {
  const world = await aWorld()
  await world.aRequestAt('triage')
  events = world.history.slice(0, 3)
  logged = []
})

/** An event as the stream hands it over, in DynamoDB's own words. */
const record = (item: Readonly<Record<string, unknown>>, n: number): DynamoDBRecord => ({
  eventID: `record-${n}`,
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: String(n), NewImage: marshall(item, { removeUndefinedValues: true }) as never },
})
const handled = async (
  records: readonly DynamoDBRecord[],
  reactTo: (envelope: Envelope<DomainEvent>) => Promise<readonly string[]>,
) => {
  const note = (...words: readonly unknown[]) => void logged.push(words)
  return reactToRecords({ react: reactTo, log: { error: note, info: note } })({ Records: [...records] })
}
const noting = (fails: (envelope: Envelope<DomainEvent>) => Promise<readonly string[]> = async () => []) => {
  const seen: string[] = []
  return {
    seen,
    reactTo: async (envelope: Envelope<DomainEvent>) => {
      seen.push(envelope.event.type)
      return fails(envelope)
    },
  }
}
const types = ['request.drafted', 'request.submitted', 'request.taken-up']

describe('records of the stream', () => {
  test('are reacted to in their order, and none is reported', async () => {
    const { seen, reactTo } = noting()
    expect(await handled(events.map(record), reactTo)).toEqual({ batchItemFailures: [] })
    expect(seen).toEqual(types)
    expect(logged).toEqual([])
  })

  test('bring the event as it was stored, with its place in the history', async () => {
    const found: Envelope<DomainEvent>[] = []
    await handled(events.map(record), async (envelope) => {
      found.push(envelope)
      return []
    })
    expect(found).toEqual(events.map(({ pk, id, seq, event }) => ({ pk, id, seq, event })))
  })

  test.each([
    { what: 'without an image', broken: () => ({ eventID: 'x', dynamodb: { SequenceNumber: '1' } }) },
    { what: 'that is no event', broken: () => record({ pk: 'network/network-one', sk: 'state' }, 1) },
    {
      what: 'of an event of an unknown type',
      broken: () => record({ ...events[1], event: { type: 'request.eaten' } }, 1),
    },
    {
      what: 'of an event with a field too many',
      broken: () => record({ ...events[1], event: { ...Object(events[1]?.['event']), name: canaries.givenName } }, 1),
    },
  ])('$what are never passed over: the batch stops there and says so', async ({ broken }) => {
    const { seen, reactTo } = noting()
    const [first, , third] = events.map(record)
    if (!first || !third) throw new Error('There are three events')
    expect(await handled([first, broken(), third], reactTo)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
    expect(seen).toEqual(['request.drafted'])
    expect(JSON.stringify(logged)).toContain('A record could not be reacted to')
    expect(JSON.stringify(logged)).not.toContain(canaries.givenName)
  })

  test('whose reactions cannot even be parked are tried again from there', async () => {
    const { seen, reactTo } = noting(async ({ seq }) => {
      if (seq === 2) throw new Error(`The table did not answer about ${canaries.givenName}`)
      return []
    })
    expect(await handled(events.map(record), reactTo)).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] })
    expect(seen).toEqual(types.slice(0, 2))
    expect(JSON.stringify(logged)).not.toContain(canaries.givenName)
  })

  test('go on after a reaction was parked, and the log names which', async () => {
    const { seen, reactTo } = noting(async ({ seq }) => (seq === 2 ? ['notices'] : []))
    expect(await handled(events.map(record), reactTo)).toEqual({ batchItemFailures: [] })
    expect(seen).toEqual(types)
    expect(logged).toEqual([['Parked', { reactions: ['notices'], event: 'record-1' }]])
  })

  test('that come again do nothing again', async () => {
    const world = await aWorld()
    await world.aRequestAt('triage')
    const again = world.history.map(record)
    const [mails, items] = [world.mail.length, await world.tables.query('audit', { pk: 'audit/network-one/office' })]
    for (let times = 0; times < 2; times += 1)
      expect(await handled(again, react(world.reactorDeps))).toEqual({ batchItemFailures: [] })
    expect(world.mail).toHaveLength(mails)
    expect(await world.tables.query('audit', { pk: 'audit/network-one/office' })).toEqual(items)
  })
})
