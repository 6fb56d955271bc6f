import { freePort } from '@concord/testkit/free-port'
import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Outcome } from './functions.ts'
import { chooseRoute, jwtAuthoriser, type Route, routesOf, startHttp } from './http.ts'
import { localTemplate } from './template.ts'

describe('the route of a call', () => {
  const keys = [
    'ANY /',
    'ANY /{proxy+}',
    'ANY /v1/{proxy+}',
    'GET /v1/openapi.json',
    'ANY /v1/openapi.json',
    'GET /v1/{proxy+}',
  ]
  const routes = keys.map((key) => ({ key }))
  test.each([
    { method: 'GET', path: '/', key: 'ANY /', why: 'the root is no proxy' },
    { method: 'GET', path: '/requests', key: 'ANY /{proxy+}', why: 'anything else is' },
    { method: 'POST', path: '/v1/requests', key: 'ANY /v1/{proxy+}', why: 'the longer path goes before the shorter' },
    { method: 'GET', path: '/v1/requests', key: 'GET /v1/{proxy+}', why: 'its method goes before ANY' },
    { method: 'GET', path: '/v1/openapi.json', key: 'GET /v1/openapi.json', why: 'a whole match goes before a proxy' },
    {
      method: 'PUT',
      path: '/v1/openapi.json',
      key: 'ANY /v1/openapi.json',
      why: 'a whole match of ANY goes before one in part',
    },
    { method: 'GET', path: '/v1/openapi.json/more', key: 'GET /v1/{proxy+}', why: 'a whole match is whole' },
    { method: 'GET', path: '/v1/', key: 'ANY /{proxy+}', why: 'a proxy stands for something' },
  ])('$method $path is $key, since $why', ({ method, path, key }) => {
    expect(chooseRoute(routes, method, path)).toEqual({ key })
  })

  test('is none where nothing matches', () => {
    expect(chooseRoute([{ key: 'GET /v1/openapi.json' }], 'POST', '/v1/openapi.json')).toBeUndefined()
    expect(chooseRoute([{ key: 'ANY /v1/{proxy+}' }], 'GET', '/v2/requests')).toBeUndefined()
  })
})

const [issuer, audience] = ['https://issuer.example', 'urn:concord:api']
const { privateKey, publicKey } = await generateKeyPair('RS256')
const curve = await generateKeyPair('ES256')
const keySet = createLocalJWKSet({
  keys: [
    { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' },
    { ...(await exportJWK(curve.publicKey)), kid: 'curve', alg: 'ES256' },
  ],
})
const authorise = jwtAuthoriser(issuer, [audience], keySet)
const token = (
  payload: Readonly<Record<string, unknown>>,
  expires: string | null = '5m',
  key = privateKey,
  kid = 'one',
) => {
  const made = new SignJWT({ iss: issuer, aud: audience, sub: 'coordinator', ...payload })
  if (expires) made.setExpirationTime(expires)
  return made.setProtectedHeader({ alg: 'RS256', kid }).sign(key)
}

const another = await generateKeyPair('RS256')
const now = Math.floor(Date.now() / 1000)
const refused = {
  'no token': undefined,
  'no token after Bearer': 'Bearer ',
  'a word that is no token': 'Bearer open-sesame',
  'a token for another audience': await token({ aud: 'urn:another:api' }),
  'a token for another audience, of a client that is named like ours': await token({
    aud: 'urn:another:api',
    client_id: audience,
  }),
  'a token for no audience, of a client that is not ours': await token({ aud: undefined, client_id: 'another' }),
  'a token for no audience, of no client': await token({ aud: undefined }),
  'a token of another issuer': await token({ iss: 'https://another.example' }),
  'a token that has expired': await token({}, '-1m'),
  'a token that never expires': await token({}, null),
  'a token that is not valid yet': await token({ nbf: now + 600 }),
  'a token that nobody signed': new UnsecuredJWT({ iss: issuer, aud: audience, exp: now + 600 }).encode(),
  'a token signed by somebody else': await token({}, '5m', another.privateKey),
  'a token signed with a key nobody knows': await token({}, '5m', another.privateKey, 'two'),
  'a token that was changed': (await token({})).replace(
    /\.[^.]+\./,
    `.${Buffer.from('{"sub":"operator"}').toString('base64url')}.`,
  ),
  'a token signed in a way that API Gateway does not read': await new SignJWT({ iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'ES256', kid: 'curve' })
    .setExpirationTime('5m')
    .sign(curve.privateKey),
  'a token signed with our public key for a secret': await new SignJWT({ iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setExpirationTime('5m')
    .sign(Buffer.from(await exportSPKI(publicKey))),
  'a token signed with a secret': await new SignJWT({ iss: issuer, aud: audience })
    .setProtectedHeader({ alg: 'HS256', kid: 'one' })
    .setExpirationTime('5m')
    .sign(Buffer.from('a secret that is long enough for it')),
}

describe('the authoriser', () => {
  test('lets a token of the issuer for this API in, and gives its claims as text', async () => {
    const claims = await authorise(`Bearer ${await token({ roles: ['a', 'b'], level: 3 })}`)
    expect(claims).toMatchObject({ sub: 'coordinator', iss: issuer, roles: '[a b]', level: '3' })
  })

  test('takes a token that names no audience by its client, as those of Cognito do', async () => {
    expect(await authorise(`Bearer ${await token({ aud: undefined, client_id: audience })}`)).toBeDefined()
    expect(await authorise(`Bearer ${await token({ aud: ['urn:another:api', audience] })}`)).toBeDefined()
  })

  test.each(Object.entries(refused))('turns away %s', async (_, credentials) => {
    expect(await authorise(credentials)).toBeUndefined()
  })
})

describe('the routes of the template', () => {
  const templateWith = (route: object) =>
    localTemplate(
      [
        {
          Resources: {
            Door: { Type: 'AWS::ApiGatewayV2::Api' },
            Run: { Type: 'AWS::Lambda::Function' },
            Way: {
              Type: 'AWS::ApiGatewayV2::Integration',
              Properties: { IntegrationUri: { 'Fn::GetAtt': ['Run', 'Arn'] }, PayloadFormatVersion: '2.0' },
            },
            Route: {
              Type: 'AWS::ApiGatewayV2::Route',
              Properties: {
                ApiId: { Ref: 'Door' },
                RouteKey: 'ANY /v1/{proxy+}',
                Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Way' }]] },
                AuthorizationType: 'NONE',
                ...route,
              },
            },
          },
        },
      ],
      '.',
    )
  const found: string[] = []
  const find = (arn: string) => {
    found.push(arn)
    return async (): Promise<Outcome> => ({ kind: 'returned', value: {} })
  }

  test('lead each to its function', () => {
    expect(routesOf(templateWith({}), find)).toMatchObject([{ key: 'ANY /v1/{proxy+}', authorise: undefined }])
    expect(found).toEqual(['arn:aws:lambda:eu-west-2:000000000000:function/run'])
  })

  test.each([
    { route: { AuthorizationType: 'JWT' }, lacks: 'an authoriser', says: 'ANY /v1/{proxy+} has no Authorizer' },
    { route: { Target: 'integrations/gone' }, lacks: 'an integration', says: 'ANY /v1/{proxy+} has no Integration' },
    { route: { RouteKey: 'GET /v1/{id}' }, lacks: 'a path that the runner knows', says: 'RouteKey' },
    { route: { AuthorizationScopes: ['read'] }, lacks: 'only what the runner does', says: 'AuthorizationScopes' },
  ])('stop the runner where one lacks $lacks', ({ route, says }) => {
    expect(() => routesOf(templateWith(route), find)).toThrow(says)
  })
})

describe('a call', () => {
  const events: unknown[] = []
  let outcome: Outcome = { kind: 'returned', value: {} }
  const invoke = async (event: unknown) => {
    events.push(event)
    return outcome
  }
  const route = (key: string, claims?: Awaited<ReturnType<NonNullable<Route['authorise']>>> | null): Route => ({
    key,
    invoke,
    authorise: claims === undefined ? undefined : async () => claims ?? undefined,
  })
  let port = 0
  let server: Awaited<ReturnType<typeof startHttp>> | undefined
  beforeAll(async () => {
    port = await freePort()
    const routes = [
      route('ANY /open/{proxy+}'),
      route('ANY /closed/{proxy+}', null),
      route('ANY /in/{proxy+}', { sub: 'me' }),
    ]
    server = await startHttp(port, routes)
  })
  afterAll(() => server?.stop())
  const call = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
  const eventOf = async (path: string, init?: RequestInit) => {
    outcome = { kind: 'returned', value: { statusCode: 200 } }
    await call(path, init)
    return events.at(-1)
  }

  test('reaches the function as payload 2.0 has it', async () => {
    expect(await eventOf('/open/a%20b?x=1&y=2', { headers: { cookie: 'a=1; b=2', 'X-Word': 'w' } })).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /open/{proxy+}',
      rawPath: '/open/a%20b',
      rawQueryString: 'x=1&y=2',
      queryStringParameters: { x: '1', y: '2' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-word': 'w' },
      isBase64Encoded: false,
      requestContext: { http: { method: 'GET', path: '/open/a%20b' } },
    })
  })

  test('carries JSON as text and a form as base64, as API Gateway does', async () => {
    const json = { method: 'POST', body: '{"a":"é"}', headers: { 'content-type': 'application/json; charset=utf-8' } }
    expect(await eventOf('/open/x', json)).toMatchObject({ body: '{"a":"é"}', isBase64Encoded: false })
    const form = { method: 'POST', body: new URLSearchParams({ a: 'é' }) }
    const body = Buffer.from('a=%C3%A9').toString('base64')
    expect(await eventOf('/open/x', form)).toMatchObject({ body, isBase64Encoded: true })
  })

  test('carries the claims that were verified, and none where nothing was', async () => {
    const context = z.looseObject({ requestContext: z.looseObject({ authorizer: z.unknown().optional() }) })
    expect(context.parse(await eventOf('/in/x')).requestContext.authorizer).toMatchObject({
      jwt: { claims: { sub: 'me' } },
    })
    const forged = { headers: { authorizer: '{"jwt":{"claims":{"sub":"you"}}}' } }
    expect(context.parse(await eventOf('/open/x', forged)).requestContext.authorizer).toBeUndefined()
  })

  test('is answered with what the function says, cookies and bytes too', async () => {
    const body = Buffer.from([0, 255]).toString('base64')
    const value = {
      statusCode: 303,
      headers: { location: '/', 'x-count': 3 },
      cookies: ['a=1', 'b=2'],
      body,
      isBase64Encoded: true,
    }
    outcome = { kind: 'returned', value }
    const reply = await call('/open/x')
    expect([reply.status, reply.headers.get('location'), reply.headers.get('x-count')]).toEqual([303, '/', '3'])
    expect(reply.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual([0, 255])
  })

  test.each([
    { when: 'no route matches', path: '/nowhere', status: 404 },
    { when: 'the authoriser turns it away', path: '/closed/x', status: 401 },
    { when: 'the function broke', path: '/open/x', becomes: { kind: 'failed', because: 'no' } as const, status: 500 },
    {
      when: 'the function answers nothing that is an answer',
      path: '/open/x',
      becomes: { kind: 'returned', value: 'hello' } as const,
      status: 500,
    },
    {
      when: 'the function took too long',
      path: '/open/x',
      becomes: { kind: 'timed-out', because: 'late' } as const,
      status: 503,
    },
  ])('is answered $status when $when', async ({ path, becomes, status }) => {
    if (becomes) outcome = becomes
    const before = events.length
    expect((await call(path)).status).toBe(status)
    expect(events.length - before).toBe(status >= 500 ? 1 : 0)
  })
})
