import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { routes as apiRoutes } from '@concord/contracts/routes'
import { logger, reporter } from '@concord/platform/logger'
import { apiBodies } from '@concord/testkit/api-bodies'
import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { apiOf } from '@concord/testkit/call-api'
import { aDraft, anOpinion, canaries } from '@concord/testkit/drafts'
import { listenToLogs } from '@concord/testkit/listen-to-logs'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { typedFrom } from '../../functions/console/read-form.ts'
import { routes as consoleRoutes } from '../../web/routes.ts'

const words = Object.values(canaries)
const bodies: Readonly<Record<string, object>> = apiBodies
const TOKEN = 'canary-token-of-the-caller'
const logged: string[] = []
const addresses: string[] = []
const secrets = new Set<string>([TOKEN])

/** What breaks in a use case, with the child's words in every place in which libraries put what they choked on. */
const failures: readonly (() => unknown)[] = [
  () => {
    throw new Error(`Cannot go on with ${canaries.givenName}`, { cause: { text: canaries.story } })
  },
  () => JSON.parse(`{"summary": ${canaries.story}`),
  () => z.strictObject({ a: z.literal('b') }).parse({ a: canaries.question, [canaries.familyName]: 1 }),
  () => {
    throw new ConditionalCheckFailedException({
      message: `Item of ${canaries.nhsNumber}`,
      $metadata: { requestId: 'R1' },
      Item: { text: { S: canaries.opinion } },
    })
  },
  () => {
    throw Object.assign(new TypeError(`fetch failed\n    at ${canaries.summary} (/x.ts:1:1)`), {
      headers: { authorization: TOKEN },
    })
  },
]
/** One after the other, for ever. */
const turns = function* () {
  for (;;) yield* failures
}
const breaking = (world: World): World => {
  const next = turns()
  return { ...world, cases: new Proxy(world.cases, { get: () => async () => next.next().value?.() }) }
}

beforeAll(async () => {
  listenToLogs(logged)

  const world = await aWorld()
  const clinician = await world.aListed(1, { cap: 20 })
  const id = await world.aRequestAt('reported', { clinician })
  const tell = reporter(logger('api'), 'A call broke')
  const report = {
    push: (...errors: unknown[]) => {
      errors.forEach(tell)
      return errors.length
    },
  }
  const reportPage = reporter(logger('console'), 'A page broke')
  const whos: readonly Who[] = ['requester', 'esoLead', 'coordinator', 'commissioner', clinician]

  for (const of of [world, breaking(world)]) {
    const send = apiOf(of, report)
    for (const { config } of Object.values(apiRoutes).flat())
      for (const who of whos) {
        const path = config.path.replace('{id}', config.path.includes('clinicians') ? clinician : id)
        const method = config.method.toUpperCase()
        const whole = {
          ...bodies[config.operationId ?? ''],
          ...(config.operationId === 'report' && { opinion: anOpinion() }),
        }
        const headers = { authorization: `Bearer ${TOKEN}` }
        const answer = await send(who, method, path, method === 'GET' ? { headers } : { body: whole, headers })
        if (of !== world) expect([200, 201]).not.toContain(answer.status)
      }
    const { browser } = consoleOf(of, { report: reportPage })
    for (const who of whos) {
      const there = browser()
      await there.signIn(who)
      for (const value of there.jar.values()) secrets.add(decodeURIComponent(value).split(' ')[0] ?? '')
      for (const { method, path } of consoleRoutes) {
        if (path === '/sign-out') continue
        const address = path.replace(':id', path.startsWith('/register') ? clinician : id).replace(':file{.+}', 'x.css')
        const reply =
          method === 'get' ? await there.get(address) : await there.post(address, { token: 'none', ...canaries })
        if (reply.to) addresses.push(reply.to)
        for (const [, to = ''] of reply.html.matchAll(/ (?:href|action|src)="([^"]*)"/g)) addresses.push(to)
        const token = /name="token" value="([^"]+)"/.exec(reply.html)?.[1]
        if (token) secrets.add(token)
      }
    }
  }
  // A form whose words are refused, and one that comes too late.
  const there = consoleOf(world, { report: reportPage }).browser()
  await there.signIn('requester')
  const typed = Object.fromEntries(typedFrom(aDraft()))
  const page = await there.get('/requests/new')
  const wrong = await there.post('/requests/new', {
    ...hiddenIn(page.html, '/requests/new'),
    ...typed,
    'routing.tfc': canaries.story,
  })
  for (const [, to = ''] of wrong.html.matchAll(/ (?:href|action|src)="([^"]*)"/g)) addresses.push(to)
  vi.restoreAllMocks()
}, 120_000)

describe('whatever is done, and whatever breaks on the way', () => {
  test('is logged as what it was and where', () => {
    const all = logged.join('\n')
    expect(all).toContain('A call broke')
    expect(all).toContain('A page broke')
    for (const name of ['SyntaxError', 'ZodError', 'ConditionalCheckFailedException', 'TypeError'])
      expect(all).toContain(`"name":"${name}"`)
    expect(all).toMatch(/"request":"R1"/)
    expect(all).toMatch(/"at":\["at /)
  })

  test('leaves no word of a case in a log', () => {
    const all = logged.join('\n').toLowerCase()
    for (const word of words) expect(all, word).not.toContain(word.toLowerCase())
  })

  test('leaves no token, cookie or form token in a log', () => {
    const all = logged.join('\n')
    expect(secrets.size).toBeGreaterThan(8)
    for (const secret of secrets) expect(all).not.toContain(secret)
  })

  test('puts neither a word of a case nor a secret into an address', () => {
    expect(addresses.length).toBeGreaterThan(100)
    const all = decodeURIComponent(addresses.filter((one) => !one.startsWith('data:')).join('\n'))
    for (const word of [...words, ...secrets]) expect(all, word).not.toContain(word)
  })
})
