import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from '@concord/testkit/free-port'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityOf } from './identity.ts'

const port = await freePort()
const issuer = `http://127.0.0.1:${port}`
const clientSecret = 'a secret that is long enough to sign'
const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
const seconds = Math.floor(Date.now() / 1000)

/** What the issuer answers with; each test says which token it gives. */
let idToken = ''
const answers: Readonly<Record<string, () => unknown>> = {
  '/.well-known/openid-configuration': () => ({
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }),
  '/jwks': async () => ({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k', use: 'sig' }] }),
  '/token': () => ({ access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: idToken }),
}
const server = createServer((request, response) => {
  void Promise.resolve(answers[request.url ?? '']?.()).then((answer) => {
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
})
beforeAll(() => once(server.listen(port, '127.0.0.1'), 'listening'))
afterAll(() => server.close())

const identity = identityOf({
  issuer,
  clientId: 'concord',
  clientSecret: async () => clientSecret,
  consoleUrl: 'https://concord.example',
})

/** A sign-in that comes back with the token that a forger, or the issuer, made for it. */
const signIn = async (make: (usual: Readonly<Record<string, unknown>>) => Promise<string> | string) => {
  const { begun } = await identity.begin(false)
  const usual = { iss: issuer, aud: 'concord', sub: 'somebody', iat: seconds, exp: seconds + 60, nonce: begun.nonce }
  idToken = await make(usual)
  return identity.finish(`?code=once&state=${begun.state}`, begun)
}
const signed =
  (over: object = {}, { by = own, header = {} }: { readonly by?: typeof own; readonly header?: object } = {}) =>
  (usual: Readonly<Record<string, unknown>>) =>
    new SignJWT({ ...usual, ...over }).setProtectedHeader({ alg: 'RS256', kid: 'k', ...header }).sign(by.privateKey)

describe('an identity token', () => {
  test('of the issuer says who signed in', async () => {
    expect(await signIn(signed())).toMatchObject({ subject: 'somebody' })
  })

  // evidence: ASVS 9.1.1, 9.1.2
  test.each([
    ['signed by somebody else', signed({}, { by: foreign })],
    [
      'that was changed',
      async (usual: object) => `${(await signed()({ ...usual })).split('.').slice(0, 2).join('.')}.AAAA`,
    ],
    ['that nobody signed', (usual: object) => new UnsecuredJWT({ ...usual }).encode()],
    [
      'signed with the client’s secret',
      (usual: object) =>
        new SignJWT({ ...usual }).setProtectedHeader({ alg: 'HS256', kid: 'k' }).sign(Buffer.from(clientSecret)),
    ],
  ] as const)('%s signs nobody in', async (_, make) => {
    await expect(signIn(make)).rejects.toThrow()
  })

  // evidence: ASVS 9.1.3
  test('that brings its own key signs nobody in', async () => {
    const jwk = await exportJWK(foreign.publicKey)
    for (const header of [{ jwk }, { jku: `${issuer}/jwks` }, { jwk, kid: undefined }])
      await expect(signIn(signed({}, { by: foreign, header }))).rejects.toThrow()
  })

  // evidence: ASVS 9.2.1
  test.each([
    ['whose time is over', { exp: seconds - 60 }],
    ['whose time is not yet', { nbf: seconds + 600 }],
  ])('%s signs nobody in', async (_, over) => {
    await expect(signIn(signed(over))).rejects.toThrow()
  })

  test.each([
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['for another client', { aud: 'another' }],
    ['of another sign-in', { nonce: 'another' }],
  ])('%s signs nobody in', async (_, over) => {
    await expect(signIn(signed(over))).rejects.toThrow()
  })
})
