import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Call } from './dynamodb.ts'
import type { Find, Invoke, Outcome } from './functions.ts'
import { stop } from './stop.ts'
import { type LocalTemplate, understand } from './template.ts'

const mappingShape = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z.number(),
  BisectBatchOnFunctionError: z.boolean(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }),
  FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }),
  FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
  MaximumRetryAttempts: z.number(),
  StartingPosition: z.literal('TRIM_HORIZON'),
  Tags: z.unknown().optional(),
})
type Mapping = z.infer<typeof mappingShape>

/** The stream sources of the template; a third reader of one stream is refused, since DynamoDB bears two. */
export const mappingsOf = (template: LocalTemplate): readonly Mapping[] => {
  const mappings = template.all('AWS::Lambda::EventSourceMapping').map((resource) => understand(resource, mappingShape))
  for (const [stream, readers] of Map.groupBy(mappings, ({ EventSourceArn }) => EventSourceArn))
    if (readers.length > 2)
      stop(`${readers.length} functions read ${stream}, and a DynamoDB stream bears two readers at most.`)
  return mappings
}

const recordShape = z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })
type Records = readonly z.infer<typeof recordShape>[]
export type Delivery = Pick<Mapping, 'BisectBatchOnFunctionError' | 'MaximumRetryAttempts'> & {
  readonly invoke: Invoke
  readonly giveUp: (records: Records, because: string) => void
  readonly pause: (attempt: number) => Promise<unknown>
}

/** Delivers a batch as Lambda does: retried from the first failure, split so that one bad record stands alone, then given up. */
export const deliver = async (records: Records, delivery: Delivery, attempt = 0): Promise<void> => {
  if (records.length === 0) return
  const outcome = await delivery.invoke({ Records: records })
  const failedAt = firstFailure(records, outcome)
  if (failedAt === undefined) return

  const rest = records.slice(failedAt)
  if (delivery.BisectBatchOnFunctionError && rest.length > 1) {
    // A split uses up no attempt.
    const middle = Math.ceil(rest.length / 2)
    await deliver(rest.slice(0, middle), delivery, attempt)
    return deliver(rest.slice(middle), delivery)
  }
  if (attempt >= delivery.MaximumRetryAttempts)
    return delivery.giveUp(rest, outcome.kind === 'returned' ? 'reported as failed' : outcome.because)
  await delivery.pause(attempt)
  return deliver(rest, delivery, attempt + 1)
}

const failure = z.object({ itemIdentifier: z.string() })
const failures = z.object({ batchItemFailures: z.array(failure).nullish() }).nullish()

/** Where a batch began to fail: at its head, too, when the answer cannot be understood. */
const firstFailure = (records: Records, outcome: Outcome) => {
  const read = failures.safeParse(outcome.kind === 'returned' ? outcome.value : false)
  if (!read.success) return 0
  const failed = new Set(read.data?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier))
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber))
  return failed.size === 0 ? undefined : Math.max(0, first)
}

const fields = z.record(z.string(), z.unknown())

/** Whether a record fits a filter pattern; only lists of plain values are known here. */
export const fits = (pattern: unknown, record: unknown): boolean => {
  if (!Array.isArray(pattern)) {
    const [wanted, there] = [fields.parse(pattern), fields.catch({}).parse(record)]
    return Object.entries(wanted).every(([name, part]) => fits(part, there[name]))
  }
  if (!pattern.some((value) => typeof value === 'object')) return pattern.includes(record)
  return stop(`The stream has the filter ${JSON.stringify(pattern)}, which the local runner does not know.`)
}

type StreamOptions = { readonly folder: string; readonly call: Call; readonly find: Find }

/** Reads the streams of the template and delivers what passes their filters, going on after a restart where it stopped. */
export const startStreams = (template: LocalTemplate, options: StreamOptions) => {
  const stopping = new AbortController()
  const loops = mappingsOf(template).map(async (mapping) => {
    while (!stopping.signal.aborted) {
      // An iterator is good for minutes, and a machine may sleep for hours: whatever went wrong, it begins where it was.
      await follow(mapping, options, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) console.error('The stream is read again after:', error)
      })
      if (!stopping.signal.aborted) await wait(500)
    }
  })
  const halt = () => {
    stopping.abort()
    return Promise.all(loops)
  }
  return { stop: halt }
}

const streams = z.object({ Streams: z.tuple([z.object({ StreamArn: z.string() })]) })
const shards = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) })
const iterators = z.object({ ShardIterator: z.string() })
const pages = z.object({ Records: z.array(recordShape), NextShardIterator: z.string().nullish() })

/** Reads the shards of a stream in their turn. An open shard always has a next page, so the last one is left only at the end. */
const follow = async (mapping: Mapping, { folder, call, find }: StreamOptions, signal: AbortSignal) => {
  const [, TableName] = mapping.EventSourceArn.split('/')
  const { StreamArn } = streams.parse(await call('DynamoDBStreams.ListStreams', { TableName })).Streams[0]
  const place = join(folder, `stream-${mapping.FunctionName}`)
  const patterns = mapping.FilterCriteria.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern))
  const delivery: Delivery = {
    ...mapping,
    invoke: find(mapping.FunctionName),
    pause: (attempt) => wait(200 * 2 ** attempt, undefined, { signal }),
    // As on AWS, a letter says where the records stand and not what they hold.
    giveUp: (records, because) => {
      const [from, to] = [records[0], records.at(-1)].map((record) => record?.dynamodb.SequenceNumber)
      deadLetter(folder, { queue: mapping.DestinationConfig.OnFailure.Destination, because, StreamArn, from, to })
    },
  }

  const { Shards } = shards.parse(await call('DynamoDBStreams.DescribeStream', { StreamArn })).StreamDescription
  for (const { ShardId } of Shards) {
    let last = existsSync(place) ? readFileSync(place, 'utf8') : ''
    const from = (where: object) => call('DynamoDBStreams.GetShardIterator', { StreamArn, ShardId, ...where })
    // What was read last may stand in another shard, or be gone after a day.
    const begin = from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last }).catch(() =>
      from({ ShardIteratorType: 'TRIM_HORIZON' }),
    )
    let next: string | null | undefined = iterators.parse(await begin).ShardIterator
    while (next) {
      const page = await call('DynamoDBStreams.GetRecords', { ShardIterator: next })
      const { Records, NextShardIterator } = pages.parse(page)
      const news = Records.filter(({ dynamodb }) => dynamodb.SequenceNumber > last)
      const wanted = news.filter((record) => patterns.some((pattern) => fits(pattern, record)))
      for (let at = 0; at < wanted.length; at += mapping.BatchSize)
        await deliver(wanted.slice(at, at + mapping.BatchSize), delivery)
      last = news.at(-1)?.dynamodb.SequenceNumber ?? last
      if (news.length > 0) writeFileSync(place, last)
      else await wait(150, undefined, { signal })
      next = NextShardIterator
    }
  }
}

/** Stands in for the queues of last resort. */
export const deadLetter = (folder: string, letter: Readonly<Record<string, unknown>>) => {
  const line = JSON.stringify({ at: new Date().toISOString(), ...letter })
  appendFileSync(join(folder, 'dead-letters.ndjson'), `${line}\n`)
}
