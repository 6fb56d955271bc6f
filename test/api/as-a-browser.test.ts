import { routes as apiRoutes } from '@concord/contracts/routes'
import { sha256 } from '@concord/platform/system'
import { consoleOf } from '@concord/testkit/browser'
import { apiOf } from '@concord/testkit/call-api'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, type Who } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { routes as pages } from '../../web/routes.ts'

/** Both faces over one world, with a request that a clinician has in hand. */
const bothFaces = async () => {
  const tables = memoryTables()
  const world = await aWorld({ tables })
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('in-review', { clinician })
  const api = apiOf(world)
  const { app, browser } = consoleOf(world)
  const everybody: readonly Who[] = ['requester', 'coordinator', 'commissioner', 'operator', clinician]
  const filled = (path: string) => path.replace(/:id|\{id\}/, /clinicians|register/.test(path) ? clinician : id)
  const apiPaths = Object.values(apiRoutes)
    .flat()
    .filter(({ config }) => config.method === 'get')
    .map(({ config: { path } }) => `${filled(path)}${path === '/v1/clinicians' ? '?tfc=421' : ''}`)
  const pagePaths = pages.filter(({ method }) => method === 'get').map(({ path }) => filled(path))
  return { tables, api, app, browser, everybody, apiPaths, pagePaths }
}

describe('a page of another site', () => {
  const elsewhere = { origin: 'https://elsewhere.example' }
  const preflight = { ...elsewhere, 'access-control-request-method': 'POST' }
  const grants = (headers: Headers) => [...headers.keys()].filter((name) => name.startsWith('access-control-'))

  // evidence: ASVS 3.4.2
  test('may read no answer of the API, and is promised none', async () => {
    const { api, everybody, apiPaths } = await bothFaces()
    for (const path of apiPaths)
      for (const who of [...everybody, 'nobody'] as const)
        for (const [method, headers] of [
          ['GET', elsewhere],
          ['OPTIONS', preflight],
        ] as const)
          expect(grants((await api(who, method, path, { headers })).headers), `${who} ${path}`).toEqual([])
  })

  // evidence: ASVS 3.4.2
  test('may read no page of the console, and is promised none', async () => {
    const { app, pagePaths } = await bothFaces()
    for (const path of pagePaths)
      for (const [method, headers] of [
        ['GET', elsewhere],
        ['OPTIONS', preflight],
      ] as const)
        expect(grants((await app.request(path, { method, headers })).headers), path).toEqual([])
  })

  // evidence: ASVS 3.5.1, 3.5.2
  test('finds the API deaf to a cookie: a call without a token is nobody’s', async () => {
    const { api, browser, apiPaths } = await bothFaces()
    const there = browser()
    await there.signIn('requester')
    const cookie = [...there.jar].map((pair) => pair.join('=')).join('; ')
    for (const path of apiPaths)
      expect((await api('nobody', 'GET', path, { headers: { cookie } })).status, path).toBe(401)
  })
})

describe('a call that only reads', () => {
  const kept = ({ tables }: Awaited<ReturnType<typeof bothFaces>>) =>
    sha256(JSON.stringify(tables.all().filter(({ table }) => table !== 'audit')))

  // evidence: ASVS 3.5.3
  test('leaves everything in the API as it was, save that it is on record', async () => {
    const faces = await bothFaces()
    const before = kept(faces)
    for (const who of faces.everybody)
      for (const path of faces.apiPaths)
        for (const method of ['GET', 'HEAD', 'OPTIONS']) await faces.api(who, method, path)
    expect(kept(faces)).toBe(before)
  })

  // evidence: ASVS 3.5.3
  test('leaves everything in the console as it was, save that it is on record', async () => {
    const faces = await bothFaces()
    const browsers = []
    for (const who of faces.everybody) {
      const there = faces.browser()
      await there.signIn(who)
      browsers.push(there)
    }
    const before = kept(faces)
    // Signing in is a way out to the issuer and back, which nobody else can finish: its state and nonce are the browser's own.
    const reads = faces.pagePaths.filter((path) => !path.startsWith('/sign-in'))
    for (const there of browsers) for (const path of reads) await there.get(path)
    expect(kept(faces)).toBe(before)
  })
})

describe('an answer', () => {
  // evidence: ASVS 4.1.1
  test('of the API says that it is JSON, and is', async () => {
    const { api, everybody, apiPaths } = await bothFaces()
    for (const who of [...everybody, 'nobody'] as const)
      for (const path of [...apiPaths, '/v1/openapi.json', '/v1/nothing']) {
        const answer = await api(who, 'GET', path)
        expect(answer.headers.get('content-type'), path).toBe(
          answer.status === 200 ? 'application/json' : 'application/problem+json',
        )
        await expect(answer.json(), path).resolves.toBeTypeOf('object')
      }
  })

  // evidence: ASVS 4.1.1
  test('of the console says that it is HTML in UTF-8, and is', async () => {
    const { browser, everybody, pagePaths } = await bothFaces()
    for (const who of everybody) {
      const there = browser()
      await there.signIn(who)
      for (const path of [...pagePaths, '/no/such']) {
        const { html, headers } = await there.get(path)
        if (html === '' || path === '/figures.csv') continue
        expect(headers.get('content-type'), path).toBe('text/html; charset=UTF-8')
        expect(html, path).toMatch(/^<!doctype html><html[^>]*>.*<meta charset="utf-8"/is)
      }
    }
  })

  // evidence: ASVS 6.4.2
  test('of the console asks nobody for a password, nor offers a hint or a secret question', async () => {
    const { browser, everybody, pagePaths } = await bothFaces()
    for (const who of everybody) {
      const there = browser()
      for (const path of pagePaths) expect((await there.get(path)).html, path).not.toMatch(secrets)
      await there.signIn(who)
      for (const path of pagePaths) expect((await there.get(path)).html, path).not.toMatch(secrets)
    }
  })
})

const secrets = /type="password"|password|passphrase|secret question|memorable|maiden name/i
