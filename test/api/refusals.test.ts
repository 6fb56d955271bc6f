import { PROBLEM_TYPE, problem } from '@concord/contracts/problem'
import { routes } from '@concord/contracts/routes'
import { must, parseSubject } from '@concord/domain/ids'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf, type Sent } from '@concord/testkit/call-api'
import { aDraft, canaries } from '@concord/testkit/drafts'
import { day } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, memberships } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const done = z.object({ id: z.string(), tag: z.string() })
const bodies: Readonly<Record<string, object>> = apiBodies
const writes = Object.values(routes)
  .flat()
  .flatMap(({ status, config: { method, path, operationId = '' } }) =>
    method === 'get'
      ? []
      : [
          {
            method: method.toUpperCase(),
            path: path.replace('{id}', idFor(path)),
            name: operationId,
            isNew: status === 201,
          },
        ],
  )

function idFor(path: string) {
  const uuid = '99999999-0000-7000-8000-000000000000'
  return path.includes('clinicians') ? `cln_${uuid}` : `req_XA1_${uuid}`
}

/** The refusal in an answer, which must be a whole one. */
const refusalIn = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe(PROBLEM_TYPE)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const told = problem.strict().parse(await answer.json())
  expect(told).toMatchObject({ status: answer.status, type: `urn:concord:problem:${told.code}` })
  expect(told.detail).toMatch(/^[A-Z“{].*[.!]$/)
  return told
}

describe.each(writes)('$method $path', ({ method, path, name, isNew }) => {
  const whole = bodies[name]
  const key = 'a-key-of-a-test-0001'
  const cases: Readonly<Record<string, readonly [Sent, number, string, (string | undefined)?]>> = {
    'no body at all': [{}, 400, 'not-json'],
    'a body that is not said to be JSON': [
      { body: whole, headers: { 'content-type': 'text/plain' } },
      415,
      'not-json-type',
    ],
    'a body of a kind that only begins like JSON': [
      { body: whole, headers: { 'content-type': 'application/jsonish' } },
      415,
      'not-json-type',
    ],
    'broken JSON': [{ body: '{"routing":' }, 400, 'not-json'],
    'JSON that is no object': [{ body: '[1]' }, 400, 'unreadable', 'body'],
    'a field too many': [{ body: { ...whole, more: 1 } }, 400, 'unreadable', 'body'],
    'no Idempotency-Key': [
      { body: whole, headers: { 'idempotency-key': '' } },
      400,
      'unreadable',
      'headers.idempotency-key',
    ],
    'a malformed Idempotency-Key': [
      { body: whole, headers: { 'idempotency-key': 'short' } },
      400,
      'unreadable',
      'headers.idempotency-key',
    ],
    'more than a request can be, whatever the header says': [
      {
        body: { ...whole, more: 'x'.repeat(path.endsWith('/works') ? 4_300_000 : 210_000) },
        headers: { 'content-length': '2' },
      },
      413,
      'too-large',
    ],
    'a parameter that nobody reads': [{ body: whole }, 400, 'unreadable', 'query'],
  }
  // evidence: ASVS 2.2.1, 2.2.2, 5.2.1
  test.each(Object.entries(cases))('refuses %s', async (what, [sent, status, code, at]) => {
    const send = apiOf(await quietWorld)
    const query = what.startsWith('a parameter') ? '?more=1' : ''
    const told = await refusalIn(
      await send('requester', method, `${path}${query}`, {
        ...sent,
        headers: { 'idempotency-key': key, ...sent.headers },
      }),
    )
    expect(told).toMatchObject({ status, code })
    if (at) expect(told.errors?.map((one) => one.at)).toContain(at)
  })

  // What is not there yet has no version to insist on.
  if (isNew) return

  test('refuses a malformed If-Match', async () => {
    const send = apiOf(await quietWorld)
    const told = await refusalIn(
      await send('requester', method, path, { body: whole, headers: { 'if-match': 'W/"3"' } }),
    )
    expect(told).toMatchObject({ status: 400, code: 'unreadable', errors: [{ at: 'headers.if-match' }] })
  })
})

/** For calls that are refused before anything is looked up. */
const quietWorld = aWorld()
const drafted = async () => {
  const world = await aWorld()
  const reported: unknown[] = []
  const send = apiOf(world, reported)
  const answer = await send('requester', 'POST', '/v1/requests', { body: aDraft() })
  return { world, send, reported, answer, id: done.parse(await answer.json()).id }
}

describe('the API', () => {
  test('says that a request is not there before anything of what was sent for it', async () => {
    const { send } = await drafted()
    const { routing, texts } = aDraft()
    const body = { routing, texts: { ...texts, brief: { ...texts.brief, question: canaries.givenName } } }
    const nowhere = '/v1/requests/req_XA1_99999999-0000-7000-8000-000000000000'
    expect(await refusalIn(await send('requester', 'PUT', nowhere, { body }))).toMatchObject({
      code: 'no-such-request',
    })
  })

  // evidence: ASVS 2.2.1
  test('takes no code in a draft but those on a list, names each place, and keeps nothing of it', async () => {
    const tables = memoryTables()
    const send = apiOf(await aWorld({ tables }))
    const { routing, texts } = aDraft()
    const [lead] = routing.treating
    const before = JSON.stringify(tables.all())
    const typed = {
      ...routing,
      tfc: '999',
      sites: ['XA101', 'XB101', 'LUCJA'],
      treating: [lead, { ...lead, org: 'LUCJA' }, { ...lead, org: 'XZ1' }],
    }
    const answer = await send('requester', 'POST', '/v1/requests', { body: { routing: typed, texts } })
    const told = await refusalIn(answer)
    expect([answer.status, told.code, told.errors?.map(({ at }) => at)]).toEqual([
      422,
      'not-on-the-list',
      ['routing.tfc', 'routing.sites.1', 'routing.sites.2', 'routing.treating.1.org', 'routing.treating.2.org'],
    ])
    expect(JSON.stringify([told, tables.all()])).not.toContain('LUCJA')
    expect(JSON.stringify(tables.all().filter(({ table }) => table !== 'audit'))).toBe(before)
  })

  test('names every place of a body that does not read, and repeats nothing of what stood there', async () => {
    const { send } = await drafted()
    const { routing, texts } = aDraft()
    const body = {
      routing: { ...routing, tfc: 'four', decideBy: '2026-02-30', treating: [] },
      texts: { ...texts, identity: { ...texts.identity, bornOn: canaries.story } },
    }
    const answer = await send('requester', 'POST', '/v1/requests', { body })
    const text = await answer.clone().text()
    const { errors } = await refusalIn(answer)
    expect(errors?.map(({ at }) => at).toSorted()).toEqual([
      'body.routing.decideBy',
      'body.routing.tfc',
      'body.routing.treating.0',
      'body.texts.identity.bornOn',
    ])
    expect(text).not.toContain(canaries.story)
  })

  test.each([
    'req_XA1_99999999-0000-7000-8000-000000000000',
    'cln_99999999-0000-7000-8000-000000000000',
    'x',
    '%E0%A4%A',
    '..%2Fsecret',
  ])('says of the id %s that there is no such request', async (id) => {
    const { send } = await drafted()
    expect(await refusalIn(await send('requester', 'GET', `/v1/requests/${id}`))).toMatchObject({
      status: 404,
      code: 'no-such-request',
    })
  })

  test('says of a request among the clinicians that there is no such clinician', async () => {
    const { send, id } = await drafted()
    expect(await refusalIn(await send('coordinator', 'GET', `/v1/clinicians/${id}`))).toMatchObject({
      status: 404,
      code: 'no-such-clinician',
    })
  })

  test.each([
    'GET /v1/nothing',
    'DELETE /v1/requests',
    'PATCH /v1/inbox',
    'GET /v1/requests/',
    'POST /v1/openapi.json',
    'GET /v2/requests',
  ])('has no route %s', async (call) => {
    const { send } = await drafted()
    const [method = '', path = ''] = call.split(' ')
    expect(await refusalIn(await send('requester', method, path))).toMatchObject({ status: 404, code: 'no-such-route' })
  })

  test('refuses a step for a version that is no longer the one, and takes it for the one that is', async () => {
    const { send, id, answer } = await drafted()
    const revise = (etag: string) =>
      send('requester', 'PUT', `/v1/requests/${id}`, { body: aDraft(), headers: { 'if-match': etag } })
    const first = answer.headers.get('etag') ?? ''
    const second = await revise(first)
    expect(second.status).toBe(200)
    expect(await refusalIn(await revise(first))).toMatchObject({ status: 412, code: 'changed' })
    expect((await revise(second.headers.get('etag') ?? '')).status).toBe(200)
  })

  test('says the same ETag of a change and of what is read after it', async () => {
    const { send, id, answer } = await drafted()
    const read = await send('requester', 'GET', `/v1/requests/${id}`)
    expect(read.headers.get('etag')).toBe(answer.headers.get('etag'))
    expect(await read.json()).toMatchObject({ tag: answer.headers.get('etag')?.slice(1, -1) })
  })

  test('does once what is asked twice under one key, and answers the same', async () => {
    const { send, world } = await drafted()
    const once = { body: aDraft(), headers: { 'idempotency-key': 'a-key-of-a-test-0002' } }
    const [first, again] = [
      await send('requester', 'POST', '/v1/requests', once),
      await send('requester', 'POST', '/v1/requests', once),
    ]
    expect(again.status).toBe(201)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    expect(await again.text()).toBe(await first.text())
    const list = await world.cases.readWorklist({ cursor: null }, world.as('requester'))
    expect(list).toMatchObject({ page: { rows: { length: 2 } } })
  })

  test.each([
    { other: 'another body', path: (id: string) => `/v1/requests/${id}/withdrawal`, body: { because: 'duplicate' } },
    { other: 'another address', path: (id: string) => `/v1/requests/${id}/closure`, body: { outcome: 'other' } },
  ])('refuses a key used for $other', async ({ path, body }) => {
    const { send, id } = await drafted()
    const headers = { 'idempotency-key': 'a-key-of-a-test-0003' }
    const first = await send('requester', 'POST', `/v1/requests/${id}/withdrawal`, {
      body: { because: 'resolved' },
      headers,
    })
    expect(first.status).toBe(200)
    expect(await refusalIn(await send('requester', 'POST', path(id), { body, headers }))).toMatchObject({
      status: 422,
      code: 'key-reused',
    })
  })

  test('keeps the keys of two trusts apart', async () => {
    const { send } = await drafted()
    const headers = { 'idempotency-key': 'a-key-of-a-test-0004' }
    const both = await Promise.all(
      (
        [
          ['requester', {}],
          ['otherRequester', { trust: 'XB1' }],
        ] as const
      ).map(([who, of]) => send(who, 'POST', '/v1/requests', { body: aDraft(of), headers })),
    )
    expect(both.map(({ status }) => status)).toEqual([201, 201])
  })

  describe('with a list of more than a page', () => {
    const listed = async () => {
      const world = await aWorld()
      const send = apiOf(world)
      for (let n = 0; n < 27; n += 1) await send('requester', 'POST', '/v1/requests', { body: aDraft() })
      const page = z.object({ rows: z.array(z.object({ id: z.string() })), next: z.string().nullable() })
      const list = async (who: keyof typeof memberships, cursor?: string) =>
        send(who, 'GET', `/v1/requests${cursor ? `?cursor=${encodeURIComponent(cursor)}` : ''}`)
      return { list, page, first: page.parse(await (await list('requester')).json()) }
    }

    test('shows each row once, page after page', async () => {
      const { list, page, first } = await listed()
      const second = page.parse(await (await list('requester', first.next ?? '')).json())
      expect([first.rows.length, second.rows.length, second.next]).toEqual([25, 2, null])
      expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(27)
    })

    test.each(['otherRequester', 'coordinator', 'otherCoordinator', 'farRequester'] as const)(
      'refuses its cursor to %s',
      async (who) => {
        const { list, first } = await listed()
        expect(await refusalIn(await list(who, first.next ?? ''))).toMatchObject({ status: 400, code: 'bad-cursor' })
      },
    )

    test.each(['x', 'e30', Buffer.from('{"pk":"","sk":"","sort":""}').toString('base64url')])(
      'refuses the cursor %s',
      async (cursor) => {
        const { list } = await listed()
        expect(await refusalIn(await list('requester', cursor))).toMatchObject({ status: 400, code: 'bad-cursor' })
      },
    )
  })

  // evidence: ASVS 7.2.1, 8.2.1
  test.each([
    { whose: 'without a token', claims: {} },
    { whose: 'of somebody who holds no role', claims: { sub: 'stranger' } },
    { whose: 'of somebody who names a role of others', claims: { sub: 'stranger', acts_as: memberships.requester } },
    {
      whose: 'that names a role nobody can hold',
      claims: { sub: 'requester', acts_as: 'requester@network/network-one' },
    },
    { whose: 'that names a role in no form there is', claims: { sub: 'requester', acts_as: 'everything' } },
    { whose: 'whose subject is none', claims: { sub: '../reference' } },
    { whose: 'of somebody who holds several roles and names none', claims: { sub: 'several' } },
  ])('refuses a call $whose, on every route', async ({ claims }) => {
    const { world } = await drafted()
    for (const membership of [memberships.requester, memberships.coordinator])
      await world.deps.people.grant(must(parseSubject, 'several'), { membership, from: day('2026-01-01'), to: null })
    const send = apiOf(world)
    for (const {
      config: { method, path, operationId = '' },
    } of Object.values(routes).flat()) {
      const answer = await send(claims, method.toUpperCase(), path.replace('{id}', idFor(path)), {
        body: bodies[operationId],
      })
      expect(answer.headers.get('www-authenticate'), operationId).toBe('Bearer')
      expect(await refusalIn(answer), operationId).toMatchObject({ status: 401, code: 'not-signed-in' })
    }
  })

  // evidence: ASVS 8.3.2
  test('refuses whoever’s role has ended on the very next call, on every route, and does nothing', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    const send = apiOf(world)
    const everybody = [
      ...Object.entries(memberships),
      [clinician, `clinician@network/network-one/clinician/${clinician}`] as const,
    ]
    for (const [sub, membership] of everybody)
      await world.deps.people.grant(must(parseSubject, sub), {
        membership,
        from: day('2026-01-01'),
        to: day('2026-06-14'),
      })
    // That they were refused is on record, and nothing else is there.
    const all = () =>
      JSON.stringify(
        tables.all().filter(({ item }) => !(typeof item['did'] === 'string' && item['did'].startsWith('refused '))),
      )
    const before = all()
    for (const [sub, acts_as] of everybody)
      for (const {
        config: { method, path, operationId = '' },
      } of Object.values(routes).flat()) {
        const at = path.replace('{id}', path.includes('clinicians') ? clinician : id)
        const answer = await send({ sub, acts_as }, method.toUpperCase(), at, { body: bodies[operationId] })
        expect(await refusalIn(answer), `${sub} ${operationId}`).toMatchObject({ status: 401, code: 'not-signed-in' })
      }
    expect(all()).toBe(before)
  })

  test('says nothing of what broke, and reports it', async () => {
    const tables = memoryTables()
    const { deps, ...world } = await aWorld({ tables })
    const reported: unknown[] = []
    const broken = { ...world.cases, readCase: async () => Promise.reject(new Error(`broke at ${canaries.story}`)) }
    const send = apiOf({ ...world, deps, cases: broken }, reported)
    const answer = await send('requester', 'GET', `/v1/requests/${idFor('requests')}`)
    const text = await answer.clone().text()
    expect(await refusalIn(answer)).toMatchObject({ status: 500, code: 'broken' })
    expect(text).not.toContain('canary')
    expect(reported).toHaveLength(1)
  })

  test('is not ended by a membership that cannot be read while something else breaks', async () => {
    const { deps, ...world } = await aWorld()
    const away = async () => Promise.reject(new Error('the table is away'))
    const people = {
      ...deps.people,
      holds: () => new Promise<boolean>((_, fail) => setImmediate(() => fail(new Error('away')))),
    }
    const send = apiOf({ ...world, cases: { ...world.cases, readOwn: away }, deps: { ...deps, people } })
    expect(await refusalIn(await send('requester', 'GET', '/v1/inbox'))).toMatchObject({ code: 'broken' })
    await new Promise((settled) => setTimeout(settled, 5))
  })

  // evidence: ASVS 3.2.1, 3.4.1
  test('answers every route with what keeps an answer private', async () => {
    const { send, id } = await drafted()
    for (const path of ['/v1/openapi.json', `/v1/requests/${id}`, '/v1/requests', '/v1/nothing']) {
      const { headers } = await send('requester', 'GET', path)
      expect(Object.fromEntries(headers), path).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/),
      })
    }
  })
})
