import type { Vault } from '@concord/application/ports/outside'
import { officeOf } from '@concord/application/scope'
import { routes } from '@concord/contracts/routes'
import { must, parseSubject } from '@concord/domain/ids'
import type { Key, TableAccess } from '@concord/store/table-access'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf, secondsOf } from '@concord/testkit/call-api'
import { day } from '@concord/testkit/facts'
import { keyVault } from '@concord/testkit/key-vault'
import { memoryTables } from '@concord/testkit/memory-tables'
import { meteredTables } from '@concord/testkit/metered-tables'
import { aWorld, memberships, type Who } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const bodies: Readonly<Record<string, unknown>> = apiBodies
const every = Object.values(routes)
  .flat()
  .map(({ config: { method, path, operationId = '' } }) => ({ method: method.toUpperCase(), path, operationId }))
const writes = every.filter(({ method }) => method !== 'GET')
const addressOf = (path: string, id: string) =>
  path.replace('{id}', path.includes('clinicians') ? 'cln_99999999-0000-7000-8000-000000000000' : id)
const nowhere = 'req_XA1_99999999-0000-7000-8000-000000000000'

/** A body that comes bit by bit, and how many bytes of it were fetched. */
const dripping = (text: string, times = 1) => {
  const chunk = new TextEncoder().encode(text)
  let [sent, fetched] = [0, 0]
  const stream = new ReadableStream(
    {
      pull: (to) => {
        if (sent < times) to.enqueue(chunk)
        else to.close()
        if (sent < times) fetched += chunk.byteLength
        sent += 1
      },
    },
    // Nothing is fetched before somebody reads.
    { highWaterMark: 0 },
  )
  return { stream, fetched: () => fetched }
}

/** The API over tables and a vault that are counted, and that can be turned against their callers. */
const aDoor = async () => {
  const [stored, kept] = [memoryTables(), keyVault()]
  let mood: 'as it is' | 'unreadable' | 'silent' = 'as it is'
  const isOfPeople = (pk: string) => /^(members|person|reference)\//.test(pk)
  const reading =
    <Found>(of: (key: Key) => Promise<Found>, garbage: (key: Key) => Found) =>
    (key: Key): Promise<Found> => {
      if (mood === 'as it is' || isOfPeople(key.pk)) return of(key)
      return mood === 'silent' ? Promise.withResolvers<Found>().promise : Promise.resolve(garbage(key))
    }
  const hostile: TableAccess = {
    ...stored,
    get: (table, key) =>
      reading(
        (at) => stored.get(table, at),
        (at) => ({ ...at, kind: 'garbage' }),
      )(key),
    query: (table, query) =>
      reading(
        () => stored.query(table, query),
        ({ pk }) => [{ pk, sk: 'state', kind: 'garbage' }],
      )({ pk: query.pk, sk: '' }),
  }
  const put: string[] = []
  const noting: TableAccess['write'] = async (writes) => {
    for (const write of writes)
      if (write.kind === 'put' && write.table === 'audit')
        put.push(`${String(write.item['about'])}: ${String(write.item['did'])}`)
    return stored.write(writes)
  }
  const metered = meteredTables({ ...hostile, write: noting })
  let keys = 0
  const counted = <Args extends readonly unknown[], Answer>(call: (...args: Args) => Answer) => {
    return (...args: Args): Answer => {
      keys += 1
      return call(...args)
    }
  }
  const vault: Vault = {
    ...kept,
    newKey: counted(kept.newKey),
    open: counted(kept.open),
    keyedHash: counted(kept.keyedHash),
  }
  const world = await aWorld({ tables: metered.tables, vault })
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('reported', { clinician })
  const errors: unknown[] = []
  const entries = (): readonly string[] => [...put]
  keys = 0
  return {
    world,
    clinician,
    id,
    errors,
    entries,
    spent: metered.spent,
    keysUsed: () => keys,
    send: apiOf(world, errors),
    turn: (to: typeof mood) => {
      mood = to
    },
  }
}
const cast = Object.keys(memberships) as readonly (keyof typeof memberships)[]

describe('a call without a verified subject, or with a token that is none for the API,', () => {
  const identity = { sub: 'requester', nonce: 'n', aud: 'concord-console', acts_as: memberships.requester }
  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ['without claims', {}],
    ['without a subject', { acts_as: memberships.requester, client_id: 'c', jti: 'j' }],
    ['whose subject is none', { sub: '../person', client_id: 'c', jti: 'j' }],
    ['with an identity token', identity],
    ['with an identity token of Cognito', { sub: 'requester', token_use: 'id', acts_as: memberships.requester }],
    ['whose token names no client', { sub: 'requester', client_id: undefined, acts_as: memberships.requester }],
  ])('%s looks nothing up, reads no body, uses no key and leaves no entry', async (_, claims) => {
    const { send, spent, keysUsed, entries, id } = await aDoor()
    const before = entries()
    for (const { method, path, operationId } of every) {
      const body = dripping(JSON.stringify(bodies[operationId] ?? {}))
      const { result, calls } = await spent(() =>
        send(claims, method, addressOf(path, id), method === 'GET' ? {} : { body: body.stream }),
      )
      expect([operationId, result.status, calls, body.fetched()]).toEqual([operationId, 401, 0, 0])
    }
    expect(keysUsed()).toBe(0)
    expect(entries()).toEqual(before)
  })
})

describe('a call with a good token, in a role that', () => {
  const claimsOf = (sub: string, acts_as: string, now: string) => ({ sub, acts_as, auth_time: secondsOf(now) })
  /** Everybody of the cast and the clinician of the case, with what they would act as. */
  const rolesOf = ({ world, clinician }: Awaited<ReturnType<typeof aDoor>>) =>
    [...cast, clinician].map((who: Who) => ({
      who,
      membership: world.as(who).membership,
      text:
        who in memberships
          ? memberships[who as keyof typeof memberships]
          : `clinician@network/network-one/clinician/${who}`,
    }))

  test.each(['unreadable', 'silent'] as const)(
    'has ended is refused the same although all that is stored were %s: nothing is parsed or opened',
    async (mood) => {
      const door = await aDoor()
      const { world, send, turn, errors, keysUsed, entries, id } = door
      const ended = { from: day('2025-01-01'), to: day('2025-12-31') }
      for (const { who, text } of rolesOf(door))
        await world.deps.people.grant(must(parseSubject, who), { membership: text, ...ended })
      turn(mood)
      for (const { who, membership, text } of rolesOf(door)) {
        const before = entries()
        for (const { method, path, operationId } of every)
          for (const one of [id, nowhere]) {
            const body = method === 'GET' ? {} : { body: bodies[operationId] }
            const answer = await send(claimsOf(who, text, world.deps.clock.now()), method, addressOf(path, one), body)
            expect([operationId, await answer.json()]).toMatchObject([
              operationId,
              { status: 401, code: 'not-signed-in' },
            ])
          }
        const left = entries().slice(before.length)
        expect(left.filter((one) => !one.startsWith(`${officeOf(membership)}/office: refused `))).toEqual([])
      }
      expect(errors).toEqual([])
      expect(keysUsed()).toBe(0)
    },
    120_000,
  )

  test('was never theirs leaves entries at the platform’s office and at no other', async () => {
    const door = await aDoor()
    const { world, send, turn, errors, keysUsed, entries, id } = door
    turn('unreadable')
    const before = entries()
    for (const { text } of rolesOf(door))
      for (const { method, path, operationId } of every) {
        const body = method === 'GET' ? {} : { body: bodies[operationId] }
        const claims = claimsOf('a-stranger', text, world.deps.clock.now())
        const answer = await send(claims, method, addressOf(path, id), body)
        expect([operationId, answer.status]).toEqual([operationId, 401])
      }
    const left = entries().slice(before.length)
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter((one) => !one.startsWith('platform/office: refused '))).toEqual([])
    expect(errors).toEqual([])
    expect(keysUsed()).toBe(0)
  })
})

describe('a body', () => {
  const large = 'x'.repeat(64 * 1024)
  /** The limit of 200 KB, and the one piece by which it is found to be passed. */
  const bound = 200 * 1024 + large.length

  test.each(writes)(
    'of 64 MB to $method $path is read no further than its limit, by whoever holds the role',
    async (at) => {
      const { send, id } = await aDoor()
      const body = dripping(large, 1024)
      const answer = await send('coordinator', at.method, addressOf(at.path, id), { body: body.stream })
      expect(answer.status).toBe(413)
      expect(body.fetched()).toBeLessThanOrEqual(at.operationId === 'clinician-record-works' ? 20 * bound : bound)
    },
  )

  test('that says it is too large is not read at all', async () => {
    const { send } = await aDoor()
    const body = dripping(large, 1024)
    const answer = await send('requester', 'POST', '/v1/requests', {
      body: body.stream,
      headers: { 'content-length': String(64 * 1024 * 1024) },
    })
    expect([answer.status, body.fetched()]).toEqual([413, 0])
  })

  test('as large as publications may be is read for nobody who does not hold the role, and the answer is 401', async () => {
    const { send } = await aDoor()
    const body = dripping(large, 1024)
    const path = '/v1/clinicians/cln_99999999-0000-7000-8000-000000000000/works'
    const route = writes.find(({ operationId }) => operationId === 'clinician-record-works')
    expect(route?.path.replace('{id}', path.split('/')[3] ?? '')).toBe(path)
    const stranger = { sub: 'a-stranger', acts_as: memberships.coordinator }
    const answer = await send(stranger, route?.method ?? '', path, { body: body.stream })
    expect(answer.status).toBe(401)
    expect(body.fetched()).toBeLessThanOrEqual(bound)
  })

  test.each([
    ['never closed', '['.repeat(200 * 1024 - 1)],
    ['closed again', `${'['.repeat(100 * 1024)}${']'.repeat(100 * 1024)}`],
    ['of objects', `${'{"a":'.repeat(30 * 1024)}1${'}'.repeat(30 * 1024)}`],
    ['of a hundred thousand names', `{${Array.from({ length: 15_000 }, (_, n) => `"n${n}":1`).join(',')}}`],
    ['with the name of a prototype', '{"__proto__":{"revises":null}}'],
  ])('200 KB deep, %s, does not read, and breaks nothing', async (_, body) => {
    const { send, errors } = await aDoor()
    const answer = await send('requester', 'POST', '/v1/requests', { body })
    expect(answer.status).toBe(400)
    expect((await answer.text()).length).toBeLessThan(10_000)
    expect(errors).toEqual([])
  })
})
