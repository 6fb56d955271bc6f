import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { apiOf } from '@concord/testkit/call-api'
import { aDraft } from '@concord/testkit/drafts'
import { tableShapes } from '@concord/testkit/dynamodb-setup'
import { aWorld } from '@concord/testkit/world'
import { createTables, startDynamoDb } from '../local/dynamodb.ts'

/** What a handler costs beside the very DynamoDB calls it sends: same payloads, order and parallelism, through the same client, interleaved. */
const ROUNDS = Number(process.argv[2] ?? 400)
const PORT = 4890

const commands = { GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand } as const
// One constructor for all: which input belongs to which command was settled when the call was recorded.
const commandOf = ({ command, input }: Sent) => new (commands[command] as new (input: unknown) => GetItemCommand)(input)
type Sent = { readonly command: keyof typeof commands; readonly input: unknown }

const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'))
mkdirSync(join(folder, 'logs'))
const root = join(import.meta.dirname, '..')
const database = await startDynamoDb({ root, folder, port: PORT, inMemory: true, say: console.log })
await createTables(database.call, { all: () => tableShapes })
const client = new DynamoDBClient({
  endpoint: database.url,
  region: 'eu-west-2',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

let recording: Sent[][] | undefined
let inFlight = 0
client.middlewareStack.add(
  (next, { commandName = '' }) =>
    async (call) => {
      if (recording && commandName in commands) {
        // What is sent while another call is under way belongs to the same round.
        if (inFlight === 0) recording.push([])
        recording.at(-1)?.push({ command: commandName as keyof typeof commands, input: call.input })
      }
      inFlight += 1
      try {
        return await next(call)
      } finally {
        inFlight -= 1
      }
    },
  { step: 'initialize' },
)

const tables = dynamoTables({
  client,
  names: { records: 'records', sealed: 'sealed', keys: 'keys', audit: 'audit', figures: 'figures' },
})
const world = await aWorld({ tables })
const call = apiOf(world)
const clinician = await world.aListed(1)
for (let n = 0; n < 30; n += 1) await world.aRequestAt('submitted', { clinician })
const id = await world.aRequestAt('reported', { clinician })

const get = (path: string) => () => call('requester', 'GET', path)
const post = (path: string, body: object) => () => call('requester', 'POST', path, { body })
const paths: readonly (readonly [string, () => Response | Promise<Response>])[] = [
  ['read a worklist page', get('/v1/requests')],
  ['read a case, opened from two compartments', get(`/v1/requests/${id}`)],
  ['draft a request, three texts sealed', post('/v1/requests', aDraft())],
]

/** The same payload under other keys, so that a write can be sent again: every id, key and moment in it becomes a new one. */
const renewed = (value: unknown, names: Map<string, string>): unknown => {
  if (typeof value === 'string')
    return value.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uuid) => {
      const fresh = names.get(uuid) ?? randomUUID()
      names.set(uuid, fresh)
      return fresh
    })
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => renewed(one, names))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renewed(one, names)]))
}

// What is put, an audit entry of a read too, needs a key of its own each time; what is read stays where it is.
const sendBare = async (rounds: readonly (readonly Sent[])[], isWrite: boolean) => {
  const names = new Map<string, string>()
  for (const round of rounds)
    await Promise.all(
      round.map(({ command, input }) =>
        client.send(
          commandOf({ command, input: isWrite || command === 'PutItemCommand' ? renewed(input, names) : input }),
        ),
      ),
    )
}

const timed = async (work: () => unknown) => {
  const began = performance.now()
  await work()
  return performance.now() - began
}
const at = (times: readonly number[], part: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN

console.log(
  `Handler beside its own raw DynamoDB calls, ${ROUNDS} of each, interleaved, after ${ROUNDS / 4} to warm up\n`,
)
console.log('   p50 ×    p99 ×   rounds  calls   handler p50   raw p50')
for (const [name, handler] of paths) {
  recording = []
  const answer = await handler()
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`)
  const rounds = recording
  recording = undefined
  const isWrite = name.startsWith('draft')
  const [own, bare]: [number[], number[]] = [[], []]
  for (let n = -ROUNDS / 4; n < ROUNDS; n += 1) {
    const mine = await timed(handler)
    const theirs = await timed(() => sendBare(rounds, isWrite))
    if (n >= 0) {
      own.push(mine)
      bare.push(theirs)
    }
  }
  const ratio = (part: number) => (at(own, part) / at(bare, part)).toFixed(2).padStart(8)
  const ms = (times: readonly number[]) => `${at(times, 0.5).toFixed(1)} ms`.padStart(12)
  const calls = rounds.reduce((sum, round) => sum + round.length, 0)
  console.log(
    `${ratio(0.5)} ${ratio(0.99)} ${String(rounds.length).padStart(8)} ${String(calls).padStart(6)}  ${ms(own)}${ms(bare)}   ${name}`,
  )
}
await database.stop()
rmSync(folder, { recursive: true })
process.exit(0)
