import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { placeFor, scopeOf } from '@concord/application/scope'
import { kmsVault } from '@concord/platform/kms-vault'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { aDraft } from '@concord/testkit/drafts'
import { tableShapes } from '@concord/testkit/dynamodb-setup'
import { freePort } from '@concord/testkit/free-port'
import { aWorld, memberships } from '@concord/testkit/world'
import type { LambdaEvent } from '../functions/api/lambda.ts'
import { createTables, startDynamoDb } from '../local/dynamodb.ts'
import { captured } from './overhead/captured-event.ts'
import { collecting, interleaved, quantile } from './overhead/interleaved.ts'
import { again, recorder, sentTo } from './overhead/recorder.ts'
import { kmsKeys, owner, standIns } from './overhead/stand-ins.ts'
import { textsOf, variantsOn, type Without } from './overhead/variants.ts'

/**
 * What all of it costs: the api's Lambda handler with sealing, audit and scoped credentials, called with a captured event, beside
 * the very commands it sent, bare, through the same clients to the same DynamoDB Local. No gate stands before either.
 */
const ROUNDS = Number(process.argv[2] ?? 2000)
const WARM_UP = Math.max(150, Math.floor(ROUNDS / 8))
const BARS = { p50: 1.25, p99: 1.5 }
const BARE = 'its commands, bare'
const EVERYTHING = 'everything on'
const variants: Readonly<Record<string, readonly Without[]>> = {
  [EVERYTHING]: [],
  'without sealing': ['sealing'],
  'without audit': ['audit'],
  'without scoped credentials': ['scoped credentials'],
  'without any of them': ['sealing', 'audit', 'scoped credentials'],
}

const folder = mkdtempSync(join(tmpdir(), 'concord-bench-'))
mkdirSync(join(folder, 'logs'))
const root = join(import.meta.dirname, '..')
const database = await startDynamoDb({ root, folder, port: await freePort(), inMemory: true, say: console.log })
await createTables(database.call, { all: () => tableShapes })

const names = { records: 'records', sealed: 'sealed', keys: 'keys', audit: 'audit', figures: 'figures' }
const clouds = standIns(folder)
const seeding = new DynamoDBClient({ endpoint: database.url, region: 'eu-west-2', credentials: owner })
const world = await aWorld({
  tables: dynamoTables({ client: seeding, names }),
  vault: kmsVault({ client: clouds.kms(), ...kmsKeys }),
})
const clinician = await world.aListed(1)
for (let n = 0; n < 30; n += 1) await world.aRequestAt('submitted', { clinician })
const id = await world.aRequestAt('reported', { clinician })

const requester = world.as('requester')
const texts = await textsOf(world, scopeOf(requester.membership), placeFor(world.networks.one, id))
const { watch, record } = recorder()
const variant = variantsOn({ url: database.url, names, world, clouds, watch, texts })

const claims = {
  iss: 'https://issuer.example',
  aud: 'concord',
  exp: '1800000000',
  iat: '1799996400',
  jti: randomUUID(),
  client_id: 'bench',
  sub: requester.subject,
  acts_as: memberships.requester,
}
const gatewayPort = await freePort()
const calls = [
  { name: 'Read a page of a worklist', method: 'GET', path: '/v1/requests' },
  { name: 'Read a case, texts of two compartments opened', method: 'GET', path: `/v1/requests/${id}` },
  { name: 'Draft a request, three texts sealed', method: 'POST', path: '/v1/requests', body: aDraft() },
]

const answered = async (handler: ReturnType<typeof variant>, event: LambdaEvent) => {
  const { statusCode, body } = await handler(event)
  if (statusCode !== 200 && statusCode !== 201) throw new Error(`${statusCode} ${body}`)
}
const handlers = Object.entries(variants).map(([name, without]) => ({ name, handler: variant(without) }))
const everything = handlers[0]?.handler
if (!everything) throw new Error('There is a variant with everything')

const collected = collecting()
const began = performance.now()
const ratio = (value: number) => value.toFixed(2).padStart(9)
const ms = (value: number) => `${value.toFixed(1)} ms`.padStart(10)
let areHeld = true

console.log(
  `Each ${ROUNDS} times after ${WARM_UP} to warm up (code compiled, credentials taken on, sockets open), all in turn, one at a time.
The entry of a decision is put by the reactor, from its event: no command of this path is for the audit of a draft.`,
)
for (const { name, ...call } of calls) {
  const event = await captured(gatewayPort, { ...call, claims })
  const fresh = () => event(randomUUID())
  for (const { handler } of handlers) await answered(handler, fresh())
  let rounds: Awaited<ReturnType<typeof record>> = []
  const asked = await clouds.asked(async () => {
    rounds = await record(() => answered(everything, fresh()))
  })

  const times = await interleaved(
    [
      { name: BARE, ready: () => again(rounds, call.method !== 'GET') },
      ...handlers.map(({ name: its, handler }) => ({
        name: its,
        ready: () => {
          const one = fresh()
          return () => answered(handler, one)
        },
      })),
    ],
    ROUNDS,
    WARM_UP,
  )
  const of = (its: string, part: number) => quantile(times.get(its), part)
  const [audit, sealing] = [sentTo(rounds, ['audit']), sentTo(rounds, ['sealed', 'keys'])]
  const inTransaction = sealing.items > 0 ? `, and ${sealing.items} items of its transaction` : ''
  console.log(`
${name}
  ${rounds.flat().length} commands in ${rounds.length} rounds. Of these for the audit alone: ${audit.commands}; for sealing alone: ${sealing.commands}${inTransaction}.
  Beside them: ${asked.kms} calls of KMS, ${asked.sts} of STS (one an hour for each caller).

     p50 ×    p99 ×   p50 of all on                 p50       p99`)
  for (const its of [BARE, ...Object.keys(variants)]) {
    const [p50, p99] = [of(its, 0.5), of(its, 0.99)]
    console.log(
      `${ratio(p50 / of(BARE, 0.5))}${ratio(p99 / of(BARE, 0.99))}${ratio(p50 / of(EVERYTHING, 0.5))}                ${ms(p50)}${ms(p99)}   ${its}`,
    )
  }
  const held = {
    p50: of(EVERYTHING, 0.5) / of(BARE, 0.5) <= BARS.p50,
    p99: of(EVERYTHING, 0.99) / of(BARE, 0.99) <= BARS.p99,
  }
  areHeld &&= held.p50 && held.p99
  console.log(
    `  p50 at most ${BARS.p50}: ${held.p50 ? 'held' : 'NOT HELD'} · p99 at most ${BARS.p99}: ${held.p99 ? 'held' : 'NOT HELD'}`,
  )
}
console.log(
  `\nGarbage was collected during ${((collected() / (performance.now() - began)) * 100).toFixed(1)} % of the time, whoever had made it.`,
)
if (ROUNDS < 2000) console.log('Of fewer than 2000 calls, and on a machine with other work, a p99 is noise.')
await database.stop()
rmSync(folder, { recursive: true })
process.exit(areHeld ? 0 : 1)
