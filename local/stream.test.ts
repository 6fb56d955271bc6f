import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Call } from './dynamodb.ts'
import type { Invoke, Outcome } from './functions.ts'
import { type Delivery, deliver, fits, mappingsOf, startStreams } from './stream.ts'

const records = (...numbers: readonly string[]) => numbers.map((SequenceNumber) => ({ dynamodb: { SequenceNumber } }))
const batch = z.object({ Records: z.array(z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) })) })
const numbersOf = (event: unknown) => batch.parse(event).Records.map(({ dynamodb }) => dynamodb.SequenceNumber)
const done: Outcome = { kind: 'returned', value: { batchItemFailures: [] } }
const failedAt = (...numbers: readonly string[]): Outcome => ({
  kind: 'returned',
  value: { batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier })) },
})
const broken: Outcome = { kind: 'failed', because: 'Error: no' }

/** Delivers to a function that answers as told, and says what it was sent, what was given up, and how often it was waited. */
const delivered = async (
  numbers: readonly string[],
  answer: (sent: readonly string[]) => Outcome,
  rules: Partial<Delivery> = {},
) => {
  const [sent, givenUp, pauses]: [string[][], unknown[], number[]] = [[], [], []]
  await deliver(records(...numbers), {
    BisectBatchOnFunctionError: true,
    MaximumRetryAttempts: 2,
    invoke: async (event) => {
      sent.push(numbersOf(event))
      return answer(numbersOf(event))
    },
    giveUp: (left, because) => givenUp.push([numbersOf({ Records: left }), because]),
    pause: async (attempt) => pauses.push(attempt),
    ...rules,
  })
  return { sent, givenUp, pauses }
}

describe('a batch', () => {
  test('that succeeds is sent once', async () => {
    expect(await delivered(['1', '2'], () => done)).toEqual({ sent: [['1', '2']], givenUp: [], pauses: [] })
  })

  test('of nothing is not sent', async () => {
    expect((await delivered([], () => done)).sent).toEqual([])
  })

  test.each([null, undefined, {}, { batchItemFailures: null }])(
    'answered by %o is done, as on Lambda',
    async (value) => {
      expect((await delivered(['1'], () => ({ kind: 'returned', value }))).sent).toHaveLength(1)
    },
  )

  test('that breaks is split until the bad record stands alone, which is tried again and given up', async () => {
    const { sent, givenUp, pauses } = await delivered(['1', '2', '3', '4'], (sent) =>
      sent.includes('3') ? broken : done,
    )
    expect(sent).toEqual([['1', '2', '3', '4'], ['1', '2'], ['3', '4'], ['3'], ['3'], ['3'], ['4']])
    expect(givenUp).toEqual([[['3'], 'Error: no']])
    expect(pauses).toEqual([0, 1])
  })

  test('that failed in part is not sent again before the failure', async () => {
    let failures = 1
    const { sent, givenUp } = await delivered(['1', '2', '3'], (sent) =>
      sent[0] !== '3' && sent.includes('2') && failures-- > 0 ? failedAt('2') : done,
    )
    expect(sent).toEqual([['1', '2', '3'], ['2'], ['3']])
    expect(givenUp).toEqual([])
  })

  test('begins again at the earliest of several failures', async () => {
    let isFirst = true
    const { sent } = await delivered(['1', '2', '3'], () => {
      const outcome = isFirst ? failedAt('3', '2') : done
      isFirst = false
      return outcome
    })
    expect(sent.slice(1).flat()).toEqual(['2', '3'])
  })

  test.each([
    { value: 'done', why: 'text' },
    { value: { batchItemFailures: [{ itemIdentifier: 'elsewhere' }] }, why: 'a record it was not sent' },
  ])('answered with $why failed at its head', async ({ value }) => {
    const { sent } = await delivered(['1', '2'], (sent) => (sent.length > 1 ? { kind: 'returned', value } : done))
    expect(sent).toEqual([['1', '2'], ['1'], ['2']])
  })

  test('is given up whole where the template does not have it split', async () => {
    const { sent, givenUp } = await delivered(['1', '2'], () => broken, { BisectBatchOnFunctionError: false })
    expect(sent).toHaveLength(3)
    expect(givenUp).toEqual([[['1', '2'], 'Error: no']])
  })
})

describe('a filter', () => {
  const pattern = { eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['event'] } } } }
  const image = (kind: string) => ({ eventName: 'INSERT', dynamodb: { NewImage: { kind: { S: kind } } } })

  test('lets through what it asks for', () => {
    expect(fits(pattern, image('event'))).toBe(true)
    expect(fits({ eventName: ['MODIFY', 'INSERT'] }, image('event'))).toBe(true)
  })

  test.each([
    { record: image('card'), is: 'another kind' },
    { record: { ...image('event'), eventName: 'MODIFY' }, is: 'a change' },
    { record: { eventName: 'INSERT', dynamodb: {} }, is: 'an item without an image' },
    { record: { eventName: 'INSERT' }, is: 'nothing at all' },
  ])('keeps back $is', ({ record }) => {
    expect(fits(pattern, record)).toBe(false)
  })

  test('of a kind that the runner does not know is named', () => {
    expect(() => fits({ eventName: [{ prefix: 'INS' }] }, image('event'))).toThrow('[{"prefix":"INS"}]')
  })
})

const mapping = {
  id: 'Events',
  name: 'events',
  arn: 'events',
  assetPath: '',
  properties: {
    EventSourceArn: 'arn:aws:dynamodb:eu-west-2:000000000000:table/records/stream',
    FunctionName: 'react',
    BatchSize: 2,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: 'letters' } },
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 0,
    StartingPosition: 'TRIM_HORIZON',
  },
}

describe('the readers of a stream', () => {
  test('may be two and no more', () => {
    expect(mappingsOf({ all: () => [mapping, mapping] })).toHaveLength(2)
    expect(() => mappingsOf({ all: () => [mapping, mapping, mapping] })).toThrow('3 functions read')
  })

  test('may not ask for what the runner does not do', () => {
    const widened = { ...mapping, properties: { ...mapping.properties, ParallelizationFactor: 2 } }
    expect(() => mappingsOf({ all: () => [widened] })).toThrow('ParallelizationFactor')
  })
})

describe('the stream', () => {
  let folder = ''
  const sent: string[][] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-stream-'))
    sent.splice(0)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const record = (n: number, eventName = 'INSERT') => ({
    eventName,
    dynamodb: { SequenceNumber: String(n).padStart(21, '0') },
  })
  type Shard = { readonly id: string; readonly records: ReturnType<typeof record>[]; isClosed: boolean }
  const asked = z.object({ ShardId: z.string(), SequenceNumber: z.string().optional() })
  const place = z.string().transform((text) => text.split('@'))

  /** A stream as DynamoDB tells of it: an iterator is a shard and how far in it one is. */
  const streamOf = (shards: Shard[], refuse: (operation: string) => boolean = () => false): Call => {
    const find = (id: string | undefined) =>
      shards.find((shard) => shard.id === id) ?? { id: '', records: [], isClosed: true }
    return async (operation, input) => {
      if (refuse(operation)) throw new Error('ExpiredIteratorException')
      if (operation.endsWith('ListStreams')) return { Streams: [{ StreamArn: 'arn' }] }
      if (operation.endsWith('DescribeStream'))
        return { StreamDescription: { Shards: shards.map(({ id }) => ({ ShardId: id })) } }
      if (operation.endsWith('GetShardIterator')) {
        const { ShardId, SequenceNumber } = asked.parse(input)
        if (SequenceNumber === undefined) return { ShardIterator: `${ShardId}@0` }
        const at = find(ShardId).records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === SequenceNumber)
        if (at < 0) throw new Error('ValidationException')
        return { ShardIterator: `${ShardId}@${at + 1}` }
      }
      const [id, at] = z.object({ ShardIterator: place }).parse(input).ShardIterator
      const { records, isClosed } = find(id)
      const next = isClosed ? {} : { NextShardIterator: `${id}@${records.length}` }
      return { Records: records.slice(Number(at)), ...next }
    }
  }

  const reading = (call: Call, answer: () => Outcome = () => done) => {
    const invoke: Invoke = async (event) => {
      sent.push(numbersOf(event).map((number) => String(Number(number))))
      return answer()
    }
    return startStreams({ all: () => [mapping] }, { folder, call, find: () => invoke })
  }
  const hasSent = (numbers: readonly string[]) =>
    vi.waitFor(() => expect(sent.flat()).toEqual(numbers), { timeout: 3000 })

  test('is delivered in batches, in its order, without what the filter keeps back', async () => {
    const open: Shard = { id: 'a', records: [record(1), record(2, 'MODIFY'), record(3), record(4)], isClosed: false }
    const { stop } = reading(streamOf([open]))
    await hasSent(['1', '3', '4'])
    await stop()
    expect(sent).toEqual([['1', '3'], ['4']])
  })

  test('is followed through a stretch with nothing in it', async () => {
    const open: Shard = { id: 'a', records: [], isClosed: false }
    const { stop } = reading(streamOf([open]))
    await new Promise((resolve) => setTimeout(resolve, 400))
    open.records.push(record(1))
    await hasSent(['1'])
    await stop()
  })

  test('is followed from a shard that closes into the next', async () => {
    const first: Shard = { id: 'a', records: [record(1), record(2)], isClosed: false }
    const shards = [first]
    const { stop } = reading(streamOf(shards))
    await hasSent(['1', '2'])
    shards.push({ id: 'b', records: [record(3)], isClosed: false })
    first.isClosed = true
    await hasSent(['1', '2', '3'])
    await stop()
  })

  test('goes on after a restart where it stopped, in whichever shard that was', async () => {
    const first: Shard = { id: 'a', records: [record(1)], isClosed: false }
    const shards = [first]
    const before = reading(streamOf(shards))
    await hasSent(['1'])
    await before.stop()
    first.records.push(record(2))
    first.isClosed = true
    shards.push({ id: 'b', records: [record(3)], isClosed: false })
    const after = reading(streamOf(shards))
    await hasSent(['1', '2', '3'])
    await after.stop()
  })

  test('is not delivered again after a restart, though the shard before has to be read anew', async () => {
    const shards: Shard[] = [
      { id: 'a', records: [record(1)], isClosed: true },
      { id: 'b', records: [record(2)], isClosed: false },
    ]
    const before = reading(streamOf(shards))
    await hasSent(['1', '2'])
    await before.stop()
    shards[1]?.records.push(record(3))
    const after = reading(streamOf(shards))
    await hasSent(['1', '2', '3'])
    await after.stop()
  })

  test('is taken up again when its iterator has expired', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const open: Shard = { id: 'a', records: [record(1)], isClosed: false }
    let isExpired = false
    const { stop } = reading(streamOf([open], (operation) => isExpired && operation.endsWith('GetRecords')))
    await hasSent(['1'])
    isExpired = true
    open.records.push(record(2))
    await vi.waitFor(() => expect(said).toHaveBeenCalled())
    isExpired = false
    await hasSent(['1', '2'])
    await stop()
    said.mockRestore()
  })

  test('leaves a letter about what was given up, that says where it stands and not what it holds', async () => {
    const open: Shard = { id: 'a', records: [record(1), record(2)], isClosed: false }
    const { stop } = reading(streamOf([open]), () => broken)
    await vi.waitFor(() => expect(sent).toHaveLength(3), { timeout: 3000 })
    await stop()
    const letters = readFileSync(join(folder, 'dead-letters.ndjson'), 'utf8').trim().split('\n')
    const at = '000000000000000000001'
    expect(letters).toHaveLength(2)
    expect(JSON.parse(letters[0] ?? '')).toEqual({
      at: expect.any(String),
      queue: 'letters',
      because: 'Error: no',
      StreamArn: 'arn',
      from: at,
      to: at,
    })
  })
})
