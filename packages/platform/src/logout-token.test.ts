import { at } from '@concord/testkit/facts'
import { createLocalJWKSet, exportJWK, exportPKCS8, generateKeyPair, importPKCS8, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { calmFetch } from './calm-fetch.ts'
import { keysAt, readLogoutToken } from './logout-token.ts'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const issuer = 'https://issuer.example'
const now = at('2026-06-15T12:00:00Z')
const seconds = Math.floor(Date.parse(now) / 1000)
const usual = {
  iss: issuer,
  aud: 'concord',
  sub: 'somebody',
  sid: 'session-1',
  iat: seconds - 10,
  jti: 'once',
  events: { [EVENT]: {} },
}

describe('a logout token', () => {
  let [own, foreign]: readonly Awaited<ReturnType<typeof generateKeyPair>>[] = []
  let keys: ReturnType<typeof createLocalJWKSet>
  beforeAll(async () => {
    ;[own, foreign] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')])
    if (!own) throw new Error('A key was made')
    // Without a word of the algorithm, as many issuers publish their keys.
    keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k' }] })
  })
  const signed = (claims: object, by = own) => {
    if (!by) throw new Error('A key was made')
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(by.privateKey)
  }
  const read = (token: string) => readLogoutToken(token, { issuer, clientId: 'concord', keys, now: () => now })

  test('of the issuer names whose session ended, and when', async () => {
    expect(await read(await signed(usual))).toEqual({
      subject: 'somebody',
      session: 'session-1',
      at: at('2026-06-15T11:59:50Z'),
    })
  })

  test('without a session is about all of them', async () => {
    expect(await read(await signed({ ...usual, sid: undefined }))).toMatchObject({ session: null })
  })

  test('without a subject is about that one session', async () => {
    expect(await read(await signed({ ...usual, sub: undefined }))).toMatchObject({
      subject: null,
      session: 'session-1',
    })
  })

  // evidence: ASVS 9.2.1
  test.each([
    ['another issuer', { iss: 'https://other.example' }],
    ['another client', { aud: 'another' }],
    ['six minutes ago', { iat: seconds - 360 }],
    ['the future', { iat: seconds + 60 }],
    ['no time', { iat: undefined }],
    ['no event', { events: undefined }],
    ['another event', { events: { 'http://schemas.openid.net/event/other': {} } }],
    ['an event that is no object', { events: { [EVENT]: 'yes' } }],
    ['a nonce, as identity tokens have', { nonce: 'n' }],
    ['nobody', { sub: undefined, sid: undefined }],
    ['a session without a name', { sub: undefined, sid: '' }],
    ['no id of its own', { jti: undefined }],
    ['a time that is over', { exp: seconds - 1 }],
    ['a time that is not yet', { nbf: seconds + 60 }],
  ])('of %s is none', async (_, over) => {
    expect(await read(await signed({ ...usual, ...over }))).toBeUndefined()
  })

  // evidence: ASVS 9.1.1, 9.1.2
  test('signed by nobody, or by somebody else, is none', async () => {
    expect(await read(new UnsecuredJWT(usual).encode())).toBeUndefined()
    expect(await read(await signed(usual, foreign))).toBeUndefined()
    expect(await read('no token')).toBeUndefined()
    expect(await read('')).toBeUndefined()
  })

  describe('made up, in a flood,', () => {
    afterEach(() => vi.useRealTimers())
    /** Tokens that say they are signed with keys nobody knows, each with another; and how often the issuer is asked for its keys. */
    const flood = async (answer: () => Promise<Response>) => {
      let [asked, at] = [0, 0]
      const ask = calmFetch(
        async () => {
          asked += 1
          return answer()
        },
        () => at,
      )
      const known = keysAt(`${issuer}/jwks`, ask)
      const send = async (count: number) => {
        for (let n = 0; n < count; n += 1) {
          if (!foreign) throw new Error('A key was made')
          const header = { alg: 'RS256', kid: `nobody-${at}-${n}` }
          const token = await new SignJWT(usual).setProtectedHeader(header).sign(foreign.privateKey)
          expect(
            await readLogoutToken(token, { issuer, clientId: 'concord', keys: known, now: () => now }),
          ).toBeUndefined()
        }
        return asked
      }
      const later = (ms: number) => {
        at += ms
        vi.setSystemTime(Date.now() + ms)
      }
      return { send, later, known }
    }
    const ours = async () => {
      if (!own) throw new Error('A key was made')
      return Response.json({ keys: [{ ...(await exportJWK(own.publicKey)), alg: 'RS256', kid: 'k' }] })
    }

    test('has the issuer asked for its keys once in half a minute', async () => {
      vi.useFakeTimers({ toFake: ['Date'] })
      const { send, later, known } = await flood(ours)
      expect(await send(60)).toBe(1)
      later(31_000)
      expect(await send(60)).toBe(2)
      const good = await readLogoutToken(await signed(usual), {
        issuer,
        clientId: 'concord',
        keys: known,
        now: () => now,
      })
      expect(good).toMatchObject({ subject: 'somebody' })
    })

    test.each([
      ['does not answer', () => Promise.reject(new Error('away'))],
      ['is broken', () => Promise.resolve(new Response('', { status: 503 }))],
    ])('leaves an issuer that %s alone for a while, and asks again then', async (_, answer) => {
      vi.useFakeTimers({ toFake: ['Date'] })
      const { send, later } = await flood(answer)
      expect(await send(60)).toBe(1)
      later(6_000)
      expect(await send(60)).toBe(2)
    })
  })

  // evidence: ASVS 9.1.2
  test('signed by any other algorithm, or with a secret, is none', async () => {
    const { privateKey } = own ?? {}
    if (!privateKey) throw new Error('A key was made')
    const pkcs8 = await exportPKCS8(privateKey)
    for (const alg of ['RS384', 'RS512', 'PS256']) {
      const key = await importPKCS8(pkcs8, alg)
      expect(await read(await new SignJWT(usual).setProtectedHeader({ alg, kid: 'k' }).sign(key)), alg).toBeUndefined()
    }
    const secret = Buffer.from('a secret that is long enough to sign')
    expect(await read(await new SignJWT(usual).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(secret))).toBe(
      undefined,
    )
  })

  // evidence: ASVS 9.1.3
  test('that brings its own key, or says where to fetch one, is none', async () => {
    if (!foreign) throw new Error('A key was made')
    const jwk = await exportJWK(foreign.publicKey)
    for (const brought of [
      { jwk },
      { jku: 'https://elsewhere.example/keys' },
      { x5u: 'https://elsewhere.example/x' },
    ]) {
      const header = { alg: 'RS256', kid: 'k', ...brought }
      expect(await read(await new SignJWT(usual).setProtectedHeader(header).sign(foreign.privateKey))).toBeUndefined()
    }
  })
})
