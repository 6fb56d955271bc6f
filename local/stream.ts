import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import type { Call } from './dynamodb.ts'
import type { Invoke, Outcome } from './functions.ts'
import { stop } from './stop.ts'
import { type LocalTemplate, understand } from './template.ts'

const recordShape = z.looseObject({ dynamodb: z.looseObject({ SequenceNumber: z.string() }) })
export type StreamRecord = z.infer<typeof recordShape>
export type Delivery = {
  readonly invoke: Invoke
  readonly retries: number
  readonly bisects: boolean
  readonly giveUp: (records: readonly StreamRecord[], because: string) => void
  readonly pause: (attempt: number) => Promise<unknown>
}

/** Delivers a batch as Lambda does: retried from the first failure, split so that one bad record stands alone, then given up. */
export const deliver = async (records: readonly StreamRecord[], delivery: Delivery, attempt = 0): Promise<void> => {
  if (records.length === 0) return
  const outcome = await delivery.invoke({ Records: records })
  const failedAt = firstFailure(records, outcome)
  if (failedAt === undefined) return

  const rest = records.slice(failedAt)
  if (delivery.bisects && rest.length > 1) {
    // What is before the failure is done; a split uses up no attempt.
    const middle = failedAt > 0 ? 1 : Math.ceil(rest.length / 2)
    await deliver(rest.slice(0, middle), delivery, attempt)
    return deliver(rest.slice(middle), delivery)
  }
  if (attempt >= delivery.retries)
    return delivery.giveUp(rest, outcome.kind === 'returned' ? 'reported as failed' : outcome.because)
  await delivery.pause(attempt)
  return deliver(rest, delivery, attempt + 1)
}

const failuresShape = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]) })
  .nullish()

/** Where a batch began to fail: at its head, too, when the answer cannot be understood. */
const firstFailure = (records: readonly StreamRecord[], outcome: Outcome) => {
  const read = failuresShape.safeParse(outcome.kind === 'returned' ? outcome.value : false)
  if (!read.success) return 0
  const failed = read.data?.batchItemFailures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  )
  return failed?.length ? Math.max(0, Math.min(...failed)) : undefined
}

/** Whether a record fits a filter pattern; only lists of plain values are known here. */
export const fits = (pattern: unknown, record: unknown): boolean => {
  if (Array.isArray(pattern)) {
    if (pattern.some((value) => typeof value === 'object'))
      stop('The stream has a filter that the local runner does not know.')
    return pattern.includes(record)
  }
  const [wanted, there] = [pattern, record].map((side) => z.record(z.string(), z.unknown()).catch({}).parse(side))
  return Object.entries(wanted ?? {}).every(([name, part]) => fits(part, there?.[name]))
}

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

export type StreamOptions = { readonly folder: string; readonly call: Call; readonly find: (name: string) => Invoke }

/** Reads the streams of the template and delivers what passes their filters, going on after a restart where it stopped. */
export const startStreams = (template: LocalTemplate, options: StreamOptions) => {
  const stopping = new AbortController()
  const loops = mappingsOf(template).map((mapping) =>
    follow(mapping, options, stopping.signal).catch((error: unknown) => {
      if (!stopping.signal.aborted) console.error('The stream is no longer read:', error)
    }),
  )
  const halt = () => {
    stopping.abort()
    return Promise.all(loops)
  }
  return { stop: halt }
}

const streams = z.object({ Streams: z.tuple([z.object({ StreamArn: z.string() })]) })
// DynamoDB Local keeps a stream in one shard at a time.
const shards = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).min(1) }) })
const iterators = z.object({ ShardIterator: z.string() })
const pages = z.object({ Records: z.array(recordShape), NextShardIterator: z.string().optional() })

const follow = async (mapping: Mapping, { folder, call, find }: StreamOptions, signal: AbortSignal) => {
  const [, TableName] = mapping.EventSourceArn.split('/')
  const { StreamArn } = streams.parse(await call('DynamoDBStreams.ListStreams', { TableName })).Streams[0]
  const place = join(folder, `stream-${mapping.FunctionName}`)
  const patterns = mapping.FilterCriteria.Filters.map(({ Pattern }): unknown => JSON.parse(Pattern))
  const delivery: Delivery = {
    invoke: find(mapping.FunctionName),
    retries: mapping.MaximumRetryAttempts,
    bisects: mapping.BisectBatchOnFunctionError,
    pause: (attempt) => wait(200 * 2 ** attempt, undefined, { signal }),
    // As on AWS, a letter says where the records stand and not what they hold.
    giveUp: (records, because) => {
      const [from, to] = [records[0], records.at(-1)].map((record) => record?.dynamodb.SequenceNumber)
      deadLetter(folder, { queue: mapping.DestinationConfig.OnFailure.Destination, because, StreamArn, from, to })
    },
  }

  const begin = async () => {
    const { Shards } = shards.parse(await call('DynamoDBStreams.DescribeStream', { StreamArn })).StreamDescription
    const from = async (where: object) =>
      iterators.parse(await call('DynamoDBStreams.GetShardIterator', { StreamArn, ...Shards.at(-1), ...where }))
        .ShardIterator
    const horizon = () => from({ ShardIteratorType: 'TRIM_HORIZON' })
    if (!existsSync(place)) return horizon()
    const after = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: readFileSync(place, 'utf8') }
    // What was read last may be gone after a day; reading some of it again does no harm.
    return from(after).catch(horizon)
  }

  let iterator: string | undefined
  while (!signal.aborted) {
    const ShardIterator = iterator ?? (await begin())
    const { Records, NextShardIterator } = pages.parse(await call('DynamoDBStreams.GetRecords', { ShardIterator }))
    const wanted = Records.filter((record) => patterns.some((pattern) => fits(pattern, record)))
    for (let at = 0; at < wanted.length; at += mapping.BatchSize)
      await deliver(wanted.slice(at, at + mapping.BatchSize), delivery)
    const last = Records.at(-1)
    if (last) writeFileSync(place, last.dynamodb.SequenceNumber)
    else await wait(150, undefined, { signal })
    iterator = NextShardIterator
  }
}

/** Stands in for the queues of last resort. */
export const deadLetter = (folder: string, letter: Readonly<Record<string, unknown>>) =>
  appendFileSync(
    join(folder, 'dead-letters.ndjson'),
    `${JSON.stringify({ at: new Date().toISOString(), ...letter })}\n`,
  )
