import { consoleOf, sealIn } from '@concord/testkit/browser'
import { memoryTables } from '@concord/testkit/memory-tables'
import { meteredTables } from '@concord/testkit/metered-tables'
import { aWorld, memberships } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { routes } from '../../web/routes.ts'

const consoleUrl = 'https://concord.example'
const metered = meteredTables(memoryTables())
const world = await aWorld({ tables: metered.tables })
const clinician = await world.aListed(1)
const id = await world.aRequestAt('offered', { clinician })
const { app, browser, reported } = consoleOf(world)
const inRole = routes.filter((route) => typeof route.for !== 'string' || route.for === 'signed-in')
const pathOf = (path: string) => path.replace(':id', path.startsWith('/register') ? clinician : id)

/** A body of as many bytes as it is asked for, and how many that were. */
const counted = (size: number, chunk = 'a=1&') => {
  let bytes = 0
  const bytesOf = new TextEncoder().encode(chunk.repeat(4096 / chunk.length))
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (bytes >= size) {
          controller.close()
          return
        }
        bytes += bytesOf.length
        controller.enqueue(bytesOf)
      },
    },
    { highWaterMark: 0 },
  )
  return { body, read: () => bytes }
}
const send = async (
  path: string,
  { cookie = '', size = 100_000, type = 'application/x-www-form-urlencoded', chunk = 'a=1&' } = {},
) => {
  const { body, read } = counted(size, chunk)
  const headers = { cookie, 'content-type': type }
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
  const { result, calls } = await metered.spent(async () => app.request(`${consoleUrl}${path}`, init))
  return { status: result.status, calls, bytes: read() }
}
const signedIn = async (who: string) => {
  const there = browser()
  await there.signIn(who)
  const cookie = [...there.jar].map((pair) => pair.join('=')).join('; ')
  return { there, cookie }
}
const made = (ticket: string) => `__Host-concord=${encodeURIComponent(ticket)}`
const { cookie: own } = await signedIn('requester')
const badTickets = [
  ['none', ''],
  ['one that was made up', made(`${'x'.repeat(43)} requester - ${memberships.requester}`)],
  ['one with a made-up signature', made(`${'y'.repeat(43)}.${'x'.repeat(43)} requester - ${memberships.requester}`)],
  ['one that was made to name another role', own.replace('requester%40', 'eso-lead%40')],
  ['one that was made to name another person', own.replace('%20requester%20', '%20esoLead%20')],
] as const

describe.each(badTickets)('a call with a ticket that is %s', (_, cookie) => {
  // evidence: ASVS 7.2.1
  test.each(inRole.map(({ method, path }) => ({ method, path })))(
    'to $method $path looks up nothing and reads nothing',
    async ({ method, path }) => {
      if (method === 'post') {
        const { status, calls, bytes } = await send(pathOf(path), { cookie })
        expect([[303, 401].includes(status), calls, bytes]).toEqual([true, 0, 0])
        return
      }
      const { result, calls } = await metered.spent(async () =>
        app.request(`${consoleUrl}${pathOf(path)}`, { headers: { cookie } }),
      )
      expect([[302, 303].includes(result.status), calls]).toEqual([true, 0])
    },
  )
})

describe('a body', () => {
  test('is read no further than a form may be long, and its owner is not even asked for', async () => {
    const { status, calls, bytes } = await send('/requests/new', { cookie: own, size: 50_000_000 })
    expect([status, calls, bytes < 210 * 1024]).toEqual([413, 0, true])
  })

  test('that says it is too long is not read at all', async () => {
    const { body, read } = counted(50_000_000)
    const headers = { cookie: own, 'content-length': '50000000' }
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
    expect([(await app.request(`${consoleUrl}/requests/new`, init)).status, read()]).toEqual([413, 0])
  })

  test('with too many fields is refused before any of them is made out', async () => {
    const { status, calls } = await send('/requests/new', { cookie: own, size: 100_000, chunk: '&&&&' })
    expect([status, calls]).toEqual([413, 0])
  })

  test.each(routes.filter(({ method, path }) => method === 'post' && !path.endsWith('/works')))(
    'with files is not read at $path, which takes none',
    async ({ path }) => {
      const reply = await send(pathOf(path), { cookie: own, type: 'multipart/form-data; boundary=x', chunk: '--x ' })
      expect([[303, 400].includes(reply.status), reply.bytes]).toEqual([true, 0])
    },
  )

  test('with a file is read at its one address only once the session and the role are known', async () => {
    const path = `/register/${clinician}/works`
    const type = 'multipart/form-data; boundary=x'
    const { there, cookie } = await signedIn(clinician)
    const parts = { type, size: 1_000_000, chunk: '--xx' }
    expect((await send(path, { cookie: own, ...parts })).bytes).toBe(0)
    const read = await send(path, { cookie, ...parts })
    expect([read.status, read.bytes > 0]).toEqual([413, true])
    await there.post('/sign-out', sealIn((await there.get('/inbox')).html))
    const after = await send(path, { cookie, ...parts })
    expect([after.status, after.bytes]).toEqual([401, 0])
  })

  test('of the issuer’s own call is short', async () => {
    const { status, bytes } = await send('/signed-out-elsewhere', { size: 1_000_000 })
    expect([status, bytes < 24 * 1024]).toEqual([400, true])
  })
})

describe('somebody whose session is over', () => {
  const outcomes = [
    ['finds something', async () => ({ kind: 'not-found', what: 'request' })],
    ['throws', async () => Promise.reject(new Error('broken'))],
    ['never comes back', async () => new Promise(() => undefined)],
  ] as const

  test.each(outcomes)('is told the same, and nothing is on record, when the load %s', async (_, outcome) => {
    const tables = memoryTables()
    const other = await aWorld({ tables })
    const cases = new Proxy(other.cases, { get: () => outcome })
    const { browser: open } = consoleOf({ ...other, cases })
    const there = open()
    await there.signIn('requester')
    const seal = sealIn((await there.get('/roles')).html)
    other.passMinutes(20)
    const before = JSON.stringify(tables.all())
    const page = await there.get('/requests/req_XA1_99999999-0000-7000-8000-000000000000')
    expect(page.to).toContain('/sign-in?to=')
    const form = await there.post('/requests/new', { ...seal, 'texts.brief.question': 'Why?' })
    expect([form.status, JSON.stringify(tables.all())]).toEqual([401, before])
  })
})

test('none of it broke anything', () => expect(reported).toEqual([]))
