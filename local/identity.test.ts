import { freePort } from '@concord/testkit/free-port'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast } from './cast.ts'
import { demoClient, startIdentity } from './identity.ts'
import { accessToken } from './sign-in.ts'

const audience = 'urn:concord:api'
const port = await freePort()
const issuer = `http://127.0.0.1:${port}`
let stopIdentity = async (): Promise<unknown> => undefined
beforeAll(async () => {
  const options = { audience, consoleUrl: 'http://127.0.0.1:4600', clientSecret: 'secret' }
  stopIdentity = (await startIdentity(port, options)).stop
})
afterAll(() => stopIdentity())

describe('signing in on this machine', () => {
  test('gives whom one chose a token for the API, signed by the issuer', async () => {
    const token = await accessToken({ issuer, audience, subject: 'coordinator' })
    const keys = createRemoteJWKSet(new URL('/jwks', issuer))
    const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] })
    expect(payload).toMatchObject({ sub: 'coordinator', acts_as: 'coordinator@network/south-west' })
  })

  test('gives somebody who belongs nowhere no role', async () => {
    const token = await accessToken({ issuer, audience, subject: 'no-longer' })
    const [, payload = ''] = token.split('.')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    expect(claims).toMatchObject({ sub: 'no-longer' })
    expect(claims).not.toHaveProperty('acts_as')
  })

  test('is refused to somebody who is not of the cast', async () => {
    await expect(accessToken({ issuer, audience, subject: 'somebody' })).rejects.toThrow('somebody')
  })

  test('shows everybody one can be, on a page that no real service has', async () => {
    const words = new URLSearchParams({
      ...demoClient,
      response_type: 'code',
      scope: 'openid',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    })
    const page = await (await fetch(`${issuer}/auth?${words}`)).text()
    expect(page).toContain('Invented people and cases')
    for (const { subject } of cast) expect(page).toContain(`value="${subject}"`)
  })

  test('is not begun without a proof of who will end it', async () => {
    const words = new URLSearchParams({ ...demoClient, response_type: 'code', scope: 'openid' })
    const reply = await fetch(`${issuer}/auth?${words}`, { redirect: 'manual' })
    expect(reply.headers.get('location')).toContain('error=invalid_request')
  })

  test('that is over says so', async () => {
    const body = new URLSearchParams({ subject: 'coordinator' })
    const reply = await fetch(`${issuer}/who/long-gone`, { method: 'POST', body })
    expect([reply.status, await reply.text()]).toEqual([400, expect.stringContaining('This sign-in is over')])
  })
})
