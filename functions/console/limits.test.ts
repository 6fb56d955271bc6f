import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { type Allowances, limitsOf, usualAllowances } from '../limits.ts'

const few: Allowances = {
  calls: { burst: 5, eachMs: 10_000 },
  costly: { burst: 3, eachMs: 20_000 },
  misses: { burst: 3, eachMs: 20_000 },
}
const aBusyPlace = async (allowances: Partial<Allowances> = {}) => {
  const world = await aWorld()
  const id = await world.aRequestAt('draft')
  const limits = limitsOf(world.deps.clock, { ...usualAllowances, ...allowances })
  const { browser } = consoleOf(world, { limits })
  const there = browser()
  await there.signIn('requester')
  return { world, id, browser, there }
}

describe('somebody who calls up too many pages', () => {
  test('is told in words when to go on, and what they typed is kept and can be sent then', async () => {
    const { world, id, there } = await aBusyPlace({ calls: few.calls })
    const form = hiddenIn((await there.get(`/requests/${id}/withdrawal`)).html, `/requests/${id}/withdrawal`)
    for (let n = 1; n < few.calls.burst; n += 1) expect((await there.get(`/requests/${id}`)).status).toBe(200)
    const [action, before] = [`/requests/${id}/withdrawal`, world.history.length]
    const held = await there.post(action, { ...form, because: 'resolved' })
    expect([held.status, held.headers.get('retry-after')]).toEqual([429, '10'])
    expect(held.html).toContain('Go on in 10 seconds')
    expect(world.history).toHaveLength(before)

    world.passMinutes(1)
    const sent = await there.post(action, hiddenIn(held.html, action))
    expect(sent.to).toBe(`/requests/${id}?done=withdraw`)
  })

  test('is shown nothing of any page meanwhile', async () => {
    const { id, there } = await aBusyPlace({ calls: few.calls })
    for (let n = 0; n < few.calls.burst; n += 1) await there.get('/requests')
    const [own, none] = [await there.get(`/requests/${id}`), await there.get('/requests/no-id')]
    expect([own.status, own.html]).toEqual([429, none.html])
  })

  test('can sign out', async () => {
    const { there } = await aBusyPlace({ calls: few.calls })
    const start = await there.get('/requests')
    for (let n = 0; n < few.calls.burst; n += 1) await there.get('/requests')
    expect((await there.post('/sign-out', hiddenIn(start.html, '/sign-out'))).to).toBe('https://issuer.example/out')
  })

  test('of a list that costs much goes on with the rest', async () => {
    const { there } = await aBusyPlace({ costly: few.costly })
    for (let n = 0; n < few.costly.burst; n += 1) expect((await there.get('/requests')).status).toBe(200)
    expect((await there.get('/requests')).status).toBe(429)
    expect((await there.get('/requests/new')).status).toBe(200)
  })
})

test('nobody is held up by whoever pretends to be them, with a made-up session or a form from elsewhere', async () => {
  const { there, browser, id } = await aBusyPlace(few)
  const other = browser()
  for (const [name, value] of there.jar) other.jar.set(name, value.replace(/^[\w-]{43}/, 'x'.repeat(43)))
  for (let n = 0; n < 20; n += 1) {
    expect((await other.get('/requests/no-id')).to).toBe('/sign-in?to=%2Frequests%2Fno-id')
    expect((await there.post(`/requests/${id}/withdrawal`, { because: 'resolved', token: 'made-up' })).status).toBe(403)
  }
  expect((await there.get(`/requests/${id}`)).status).toBe(200)
})

test('whoever is held up and signed out is asked to sign in, as anybody is', async () => {
  const { world, there } = await aBusyPlace({ calls: { burst: 5, eachMs: 3_600_000 } })
  for (let n = 0; n < 6; n += 1) await there.get('/requests')
  expect((await there.get('/requests')).status).toBe(429)
  world.passMinutes(60)
  expect((await there.get('/requests')).to).toBe('/sign-in?to=%2Frequests')
})

test('whoever guesses addresses finds nothing more under any id for a while, there or not', async () => {
  const { id, there } = await aBusyPlace({ misses: few.misses })
  for (let n = 0; n < few.misses.burst; n += 1)
    expect((await there.get(`/requests/req_XA1_99999999-0000-7000-8000-00000000000${n}`)).status).toBe(404)
  const [own, none] = [await there.get(`/requests/${id}`), await there.get('/requests/no-id')]
  expect([own.status, none.status, own.html]).toEqual([429, 429, none.html])
  expect((await there.get('/requests')).status).toBe(200)
})
