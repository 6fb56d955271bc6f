import { freePort } from '@concord/testkit/free-port'
import { createRemoteJWKSet, decodeJwt, exportSPKI, importJWK, jwtVerify, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { apiClients, cast } from './cast.ts'
import { jwtAuthoriser } from './http.ts'
import { demoClient, startIdentity } from './identity.ts'
import { accessToken, clientToken, signedInTokens } from './sign-in.ts'

const audience = 'urn:concord:api'
const port = await freePort()
const issuer = `http://127.0.0.1:${port}`
const options = { audience, consoleUrl: 'http://127.0.0.1:4600', clientSecret: 'secret' }
const anotherPort = await freePort()
const another = `http://127.0.0.1:${anotherPort}`
const stops: (() => unknown)[] = []
beforeAll(async () => {
  for (const at of [port, anotherPort]) stops.push((await startIdentity(at, options)).stop)
})
afterAll(async () => {
  for (const stop of stops) await stop()
})

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

describe('a program', () => {
  const [program] = apiClients
  if (!program) throw new Error('The cast has one')
  const { subject, secret } = program
  const keys = createRemoteJWKSet(new URL('/jwks', issuer))
  const authorise = jwtAuthoriser(issuer, [audience], keys)
  const asked = (of: string, word: string, body: Readonly<Record<string, string>> = {}) =>
    fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${of}:${word}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: audience, ...body }),
    })
  afterEach(() => vi.useRealTimers())

  test('gets a token by its own credentials, which the gateway lets in: the subject is the client, and nothing grants anything', async () => {
    const token = await clientToken({ issuer, audience, subject })
    expect(Object.keys(decodeJwt(token)).toSorted()).toEqual(['aud', 'client_id', 'exp', 'iat', 'iss', 'jti', 'sub'])
    expect(await authorise(`Bearer ${token}`)).toMatchObject({ sub: subject, client_id: subject, aud: audience })
  })

  test('is not let in a quarter of an hour later, and neither is a person', async () => {
    const tokens = [
      await clientToken({ issuer, audience, subject }),
      await accessToken({ issuer, audience, subject: 'coordinator' }),
    ]
    for (const token of tokens) expect(await authorise(`Bearer ${token}`)).toBeDefined()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * 60_000 })
    for (const token of tokens) expect(await authorise(`Bearer ${token}`)).toBeUndefined()
  })

  test('gets no token with another’s secret, as a person, for another audience, nor for a client that is a person’s', async () => {
    const refusalOf = async (reply: Promise<Response>) =>
      z.object({ error: z.string(), error_description: z.string() }).parse(await (await reply).json())
    const notAllowed = { error_description: 'requested grant type is not allowed for this client' }
    expect(await refusalOf(asked(subject, 'guessed'))).toMatchObject({ error: 'invalid_client' })
    expect(await refusalOf(asked('nobody', secret))).toMatchObject({ error: 'invalid_client' })
    const elsewhere = asked(subject, secret, { resource: 'urn:another:api' })
    expect(await refusalOf(elsewhere)).toMatchObject({ error: 'invalid_target' })
    const asPerson = asked(subject, secret, { grant_type: 'authorization_code', code: 'x' })
    expect(await refusalOf(asPerson)).toMatchObject(notAllowed)
    expect(await refusalOf(asked('concord-console', 'secret'))).toMatchObject(notAllowed)
  })

  test('cannot say whose it would like to be', async () => {
    const reply = await asked(subject, secret, { subject: 'operator', sub: 'operator', acts_as: 'operator@reference' })
    const { access_token: token } = z.object({ access_token: z.string() }).parse(await reply.json())
    expect(decodeJwt(token)).toMatchObject({ sub: subject })
    expect(decodeJwt(token)).not.toHaveProperty('acts_as')
  })

  test('is turned away with whatever is no access token of this issuer for this API', async () => {
    const token = await clientToken({ issuer, audience, subject })
    const claims = decodeJwt(token)
    const { keys: published } = z
      .object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) })
      .parse(await (await fetch(`${issuer}/jwks`)).json())
    const [key] = published
    const publicKey = key && (await importJWK(key, 'RS256', { extractable: true }))
    if (!key || !publicKey || publicKey instanceof Uint8Array) throw new Error('The issuer has a key')
    const byHash = (secretOf: string) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(Buffer.from(secretOf))
    const [head = '', body = '', signature = ''] = token.split('.')
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'operator' })).toString('base64url')
    const { id_token: idToken } = await signedInTokens({ issuer, audience, subject: 'coordinator' })
    const refused: Readonly<Record<string, string>> = {
      'another issuer’s': await clientToken({ issuer: another, audience, subject }),
      'signed by nobody': new UnsecuredJWT(claims).encode(),
      'signed by nobody, under the issuer’s signature': `${Buffer.from(JSON.stringify({ alg: 'none', kid: key.kid })).toString('base64url')}.${body}.${signature}`,
      'signed with the public key for a secret': await byHash(await exportSPKI(publicKey)),
      'signed with the published key’s text for a secret': await byHash(JSON.stringify(key)),
      'an identity token': idToken,
      changed: `${head}.${forged}.${signature}`,
    }
    for (const [what, word] of Object.entries(refused)) expect(await authorise(`Bearer ${word}`), what).toBeUndefined()
    const elsewhere = jwtAuthoriser(issuer, ['urn:another:api'], keys)
    expect(await elsewhere(`Bearer ${token}`), 'at another API').toBeUndefined()
  })
})

describe('the access token of a person', () => {
  test('says when they signed in; a program’s does not, since nobody did', async () => {
    const person = decodeJwt(await accessToken({ issuer, audience, subject: 'coordinator' }))
    expect(Number(person['auth_time'])).toBeGreaterThan(Date.now() / 1000 - 60)
    expect(decodeJwt(await clientToken({ issuer, audience, subject: 'records-bristol' }))).not.toHaveProperty(
      'auth_time',
    )
  })
})
