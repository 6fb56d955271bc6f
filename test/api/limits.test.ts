import { problem } from '@concord/contracts/problem'
import { routes } from '@concord/contracts/routes'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf } from '@concord/testkit/call-api'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { type Allowances, limitsOf, usualAllowances } from '../../functions/limits.ts'

const few: Allowances = {
  calls: { burst: 6, eachMs: 10_000 },
  costly: { burst: 2, eachMs: 30_000 },
  misses: { burst: 3, eachMs: 20_000 },
}
const bodies: Readonly<Record<string, object>> = apiBodies
const aBusyPlace = async (allowances = few) => {
  const world = await aWorld()
  const id = await world.aRequestAt('draft')
  const foreign = await world.aRequestAt('draft', { far: true })
  return { world, id, foreign, send: apiOf(world, [], limitsOf(world.deps.clock, allowances)) }
}
const nowhere = (n: number) => `/v1/requests/req_XA1_99999999-0000-7000-8000-00000000000${n}`

describe('a caller who calls too often', () => {
  test('is told when to go on, on every route, and nothing is done', async () => {
    const { world, id, send } = await aBusyPlace()
    for (let n = 0; n < few.calls.burst; n += 1) await send('requester', 'GET', `/v1/requests/${id}`)
    const before = world.history.length
    for (const { config } of Object.values(routes).flat()) {
      const path = config.path.replace('{id}', config.path.includes('clinicians') ? 'cln_x' : id)
      const body = bodies[config.operationId ?? '']
      const answer = await send('requester', config.method.toUpperCase(), path, { body })
      expect(answer.status, config.operationId).toBe(429)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(problem.parse(await answer.json())).toMatchObject({ code: 'too-many-calls', status: 429 })
    }
    expect(world.history).toHaveLength(before)
    world.passMinutes(1)
    expect((await send('requester', 'GET', `/v1/requests/${id}`)).status).toBe(200)
  })

  // evidence: ASVS 6.3.1
  test('holds up nobody else, not even of the same trust and role', async () => {
    const { id, send } = await aBusyPlace()
    const others = () =>
      Promise.all((['esoLead', 'coordinator'] as const).map((who) => send(who, 'GET', '/v1/requests')))
    for (let n = 0; n < 50; n += 1) await send('requester', 'GET', `/v1/requests/${id}`)
    expect((await others()).map(({ status }) => status)).toEqual([200, 200])
  })

  test('is nobody who only says whose call it is: without a verified token nothing counts', async () => {
    const { id, send } = await aBusyPlace()
    const headers = { authorization: 'Bearer requester', 'x-subject': 'requester', cookie: 'concord=requester' }
    for (let n = 0; n < 50; n += 1)
      expect((await send('nobody', 'GET', `/v1/requests/${id}`, { headers })).status).toBe(401)
    for (let n = 0; n < 50; n += 1)
      await send({ sub: 'stranger', acts_as: 'requester@network/network-one/trust/XA1' }, 'GET', '/v1/requests')
    expect((await send('requester', 'GET', `/v1/requests/${id}`)).status).toBe(200)
  })

  test('is the same in whichever of their roles they call', async () => {
    const { send } = await aBusyPlace()
    const as = (role: string) => ({ sub: 'somebody', acts_as: `${role}@network/network-one/trust/XA1` })
    for (let n = 0; n < few.calls.burst; n += 1) await send(as('requester'), 'GET', '/v1/inbox')
    expect((await send(as('eso-lead'), 'GET', '/v1/inbox')).status).toBe(429)
  })

  test('of the register or a worklist goes on with everything else', async () => {
    const { id, send } = await aBusyPlace()
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await send('coordinator', 'GET', '/v1/clinicians?tfc=421')).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await send('coordinator', 'GET', '/v1/requests')).status).toBe(429)
    expect((await send('coordinator', 'GET', `/v1/requests/${id}`)).status).toBe(404)
  })
})

describe('a caller who guesses ids', () => {
  // evidence: ASVS 6.3.1
  test('finds nothing more under any id for a while, there or not, and keeps the list', async () => {
    const { id, send } = await aBusyPlace({ ...few, calls: usualAllowances.calls })
    for (let n = 0; n < few.misses.burst; n += 1) expect((await send('requester', 'GET', nowhere(n))).status).toBe(404)
    const [there, gone] = [
      await send('requester', 'GET', `/v1/requests/${id}`),
      await send('requester', 'GET', nowhere(9)),
    ]
    expect([there.status, gone.status]).toEqual([429, 429])
    expect(await there.text()).toBe(await gone.text())
    expect((await send('requester', 'GET', '/v1/requests')).status).toBe(200)
  })

  test('is counted alike for what is somebody else’s, what is nowhere and what is no id', async () => {
    for (const kind of ['foreign', 'nowhere', 'no-id'] as const) {
      const { foreign, send } = await aBusyPlace({ ...few, calls: usualAllowances.calls })
      const path = { foreign: `/v1/requests/${foreign}`, nowhere: nowhere(1), 'no-id': '/v1/requests/no-id' }[kind]
      const statuses = []
      for (let n = 0; n <= few.misses.burst; n += 1) statuses.push((await send('requester', 'GET', path)).status)
      expect(statuses, kind).toEqual([404, 404, 404, 429])
    }
  })

  test('is nobody who reads what is there', async () => {
    const { id, send } = await aBusyPlace({ ...few, calls: usualAllowances.calls })
    for (let n = 0; n < 20; n += 1) expect((await send('requester', 'GET', `/v1/requests/${id}`)).status).toBe(200)
  })
})
