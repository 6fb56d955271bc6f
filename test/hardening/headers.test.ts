import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes as apiRoutes } from '@concord/contracts/routes'
import { consoleOf } from '@concord/testkit/browser'
import { apiOf } from '@concord/testkit/call-api'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { assetsIn } from '../../functions/console/assets.ts'
import { apiGuards, consoleGuards } from '../../functions/guards.ts'
import { routes as consoleRoutes } from '../../web/routes.ts'

const issuer = 'https://issuer.example'
const consoleUrl = 'https://concord.example'
const ofConsole = consoleGuards({ consoleUrl, issuer })
const ids = { req: 'req_XA1_99999999-0000-7000-8000-000000000000', cln: 'cln_99999999-0000-7000-8000-000000000000' }
const whos: readonly (Who | 'nobody')[] = ['nobody', 'requester', 'coordinator', 'commissioner']

const world = await aWorld()
/** Every use case breaks. */
const broken: World = {
  ...world,
  cases: new Proxy(world.cases, { get: () => async () => Promise.reject(new Error('broken')) }),
}
const folder = mkdtempSync(join(tmpdir(), 'concord-assets-'))
writeFileSync(join(folder, 'look.css'), 'body{}')
const assets = assetsIn(folder)
rmSync(folder, { recursive: true })

const isRead = (method: string) => method === 'GET' || method === 'HEAD'
const guardsIn = (headers: Headers, guards: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(guards).map((name) => [name, headers.get(name)]))

describe('every answer of the API', () => {
  const addresses = [
    ...Object.values(apiRoutes)
      .flat()
      .map(({ config }) => ({
        method: config.method.toUpperCase(),
        path: config.path.replace('{id}', config.path.includes('clinicians') ? ids.cln : ids.req),
      })),
    { method: 'GET', path: '/v1/openapi.json' },
    { method: 'GET', path: '/v1/nothing' },
    { method: 'DELETE', path: '/v1/requests' },
    { method: 'OPTIONS', path: '/v1/requests' },
    { method: 'HEAD', path: '/v1/requests' },
  ]

  test.each(addresses)(
    'to $method $path is guarded, whoever asks and whatever comes of it',
    async ({ method, path }) => {
      const statuses = new Set<number>()
      for (const of of [world, broken])
        for (const who of whos) {
          const { status, headers } = await apiOf(of)(who, method, path, isRead(method) ? {} : { body: {} })
          statuses.add(status)
          expect(guardsIn(headers, apiGuards), `${who} ${status}`).toEqual(apiGuards)
        }
      expect(statuses.size).toBeGreaterThan(0)
    },
  )

  test('is so when something breaks, and says nothing of what broke', async () => {
    const answer = await apiOf(broken)('requester', 'GET', '/v1/requests')
    expect(answer.status).toBe(500)
    expect(guardsIn(answer.headers, apiGuards)).toEqual(apiGuards)
    expect(await answer.json()).toMatchObject({ code: 'broken', detail: expect.not.stringContaining('broken') })
  })
})

describe('every answer of the console', () => {
  test.each(consoleRoutes.map(({ method, path }) => ({ method, path })))(
    'to $method $path is guarded, whoever asks and whatever comes of it',
    async ({ method, path }) => {
      const address = path
        .replace(':id', path.startsWith('/register') ? ids.cln : ids.req)
        .replace(':file{.+}', 'no.css')
      for (const of of [world, broken]) {
        const { browser } = consoleOf(of, { consoleUrl, assets })
        for (const who of whos) {
          const there = browser()
          if (who !== 'nobody') await there.signIn(who)
          const reply = method === 'get' ? await there.get(address) : await there.post(address, { token: 'none' })
          expect(guardsIn(reply.headers, ofConsole), `${who} ${reply.status}`).toEqual(ofConsole)
        }
      }
    },
  )

  test.each([
    ['that there is no such address', 404, '/no/such', 'requester'],
    ['that something broke', 500, '/requests', 'requester'],
  ] as const)('is guarded when it says %s', async (_, status, path, who) => {
    const there = consoleOf(broken, { consoleUrl }).browser()
    await there.signIn(who)
    const reply = await there.get(path)
    expect([reply.status, guardsIn(reply.headers, ofConsole)]).toEqual([status, ofConsole])
  })

  test('is guarded when it refuses a form for its size', async () => {
    const there = consoleOf(world, { consoleUrl }).browser()
    await there.signIn('requester')
    const reply = await there.post('/requests/new', { a: 'x'.repeat(300_000) })
    expect([reply.status, guardsIn(reply.headers, ofConsole)]).toEqual([413, ofConsole])
  })

  test('is guarded when it is a file of the look, which alone may be kept', async () => {
    const { status, headers } = await consoleOf(world, { consoleUrl, assets }).browser().get('/assets/look.css')
    const { 'cache-control': _, ...others } = ofConsole
    expect([status, guardsIn(headers, others)]).toEqual([200, others])
    expect(headers.get('cache-control')).toBe('public, max-age=3600')
  })
})

describe('what a browser is told', () => {
  test('allows no script, no frame around a page and none in it, and nothing from elsewhere', () => {
    for (const guards of [apiGuards, ofConsole]) {
      const policy = guards['content-security-policy'] ?? ''
      expect(policy).toMatch(/^default-src 'none';/)
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).toContain("base-uri 'none'")
      expect(policy).not.toMatch(/script-src|unsafe|\*|http:/)
    }
  })

  test('gives a page no power at all', () => {
    const policy = ofConsole['permissions-policy'].split(', ')
    expect(policy.length).toBeGreaterThan(25)
    expect(policy.filter((one) => !/^[a-z-]+=\(\)$/.test(one))).toEqual([])
  })

  test('keeps to HTTPS wherever the console stands on it', () => {
    expect(ofConsole).toHaveProperty('strict-transport-security')
    expect(consoleGuards({ consoleUrl: 'http://127.0.0.1:4800', issuer })).not.toHaveProperty(
      'strict-transport-security',
    )
  })
})
