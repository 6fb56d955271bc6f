import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Invoke } from './functions.ts'
import { listen } from './listen.ts'
import { stop } from './stop.ts'
import { type LocalTemplate, understand } from './template.ts'

type Claims = Readonly<Record<string, string>>
export type Authorise = (authorization: string | undefined) => Promise<Claims | undefined>
export type Route = { readonly key: string; readonly invoke: Invoke; readonly authorise: Authorise | undefined }

/** A JWT authoriser as API Gateway has them: the issuer's signature, the issuer, the audience and the dates. */
export const jwtAuthoriser =
  (issuer: string, audience: readonly string[], keys: JWTVerifyGetKey): Authorise =>
  async (authorization = '') => {
    const asked = { issuer, audience: [...audience], algorithms: ['RS256'], requiredClaims: ['exp'] }
    const verified = await jwtVerify(authorization.replace(/^Bearer /i, ''), keys, asked).catch(() => undefined)
    // Every claim reaches a function as text, whatever it was in the token.
    const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value))
    return verified && Object.fromEntries(Object.entries(verified.payload).map(([name, value]) => [name, text(value)]))
  }

/** The route that API Gateway would choose: the fullest match of the path, then the named method before ANY. */
export const chooseRoute = <R extends Pick<Route, 'key'>>(routes: readonly R[], method: string, path: string) => {
  const matches = routes.flatMap((route) => {
    const [verb = '', pattern = ''] = route.key.split(' ')
    const [fixed = '', ...greedy] = pattern.split('{proxy+}')
    const proxy = path.slice(fixed.length)
    const isMatch = path.startsWith(fixed) && (greedy.length > 0 ? proxy !== '' : proxy === '')
    if (!isMatch || (verb !== 'ANY' && verb !== method)) return []
    return [{ route, proxy, rank: fixed.length * 2 + (verb === 'ANY' ? 0 : 1) + (greedy.length > 0 ? 0 : 10_000) }]
  })
  return matches.toSorted((a, b) => b.rank - a.rank)[0]
}

const integrationShape = z.object({ IntegrationUri: z.string(), PayloadFormatVersion: z.literal('2.0') })
const authorizerShape = z.object({
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
})
const routeShape = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string().regex(/^[A-Z]+ (\/[\w.-]+)*\/(\{proxy\+\}|[\w.-]*)$/),
  Target: z.string().transform((target) => target.replace('integrations/', '')),
  AuthorizationType: z.enum(['JWT', 'NONE']),
  AuthorizerId: z.string().optional(),
})

/** The routes of the template, each with its function and its authoriser. */
export const routesOf = (template: LocalTemplate, find: (nameOrArn: string) => Invoke): readonly Route[] => {
  const integrations = template.all('AWS::ApiGatewayV2::Integration')
  const authorisers = template.all('AWS::ApiGatewayV2::Authorizer').map((resource) => {
    const { Issuer, Audience } = understand(resource, authorizerShape).JwtConfiguration
    return { name: resource.name, authorise: jwtAuthoriser(Issuer, Audience, keysOf(Issuer)) }
  })
  return template.all('AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey: key, Target, AuthorizationType, AuthorizerId } = understand(resource, routeShape)
    const integration = integrations.find(({ name }) => name === Target)
    const authorise = authorisers.find(({ name }) => name === AuthorizerId)?.authorise
    if (!integration || (AuthorizationType === 'JWT' && !authorise))
      return stop(`The route ${key} lacks a part in the template.`)
    return { key, invoke: find(understand(integration, integrationShape).IntegrationUri), authorise }
  })
}

/** The issuer's keys, found through its own description when the first token comes. */
const keysOf = (issuer: string): JWTVerifyGetKey => {
  let found: JWTVerifyGetKey | undefined
  return async (header, token) => {
    const described = found ?? (await fetch(`${issuer}/.well-known/openid-configuration`).then((reply) => reply.json()))
    found ??= createRemoteJWKSet(new URL(z.object({ jwks_uri: z.url() }).parse(described).jwks_uri))
    return found(header, token)
  }
}

const replyShape = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
})

/** Serves the routes of the template, as an HTTP API with payload format 2.0 does. */
export const startHttp = (port: number, routes: readonly Route[]) =>
  listen(port, async (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s)
    const chosen = chooseRoute(routes, request.method ?? 'GET', path)
    if (!chosen) return answer(response, 404, 'Not Found')
    const claims = await chosen.route.authorise?.(request.headers.authorization)
    if (chosen.route.authorise && !claims) return answer(response, 401, 'Unauthorized')

    const event = eventOf({
      request,
      path,
      query,
      claims,
      body: await buffer(request),
      key: chosen.route.key,
      proxy: chosen.proxy,
    })
    const outcome = await chosen.route.invoke(event)
    if (outcome.kind === 'timed-out') return answer(response, 503, 'Service Unavailable')
    const reply = replyShape.safeParse(outcome.kind === 'returned' && outcome.value)
    if (!reply.success) return answer(response, 500, 'Internal Server Error')
    const { statusCode, headers, cookies, body, isBase64Encoded } = reply.data
    response.writeHead(statusCode, { ...headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) })
    return void response.end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
  })

const answer = (response: ServerResponse, status: number, message: string) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))

type Asked = {
  readonly request: IncomingMessage
  readonly path: string
  readonly query: string
  readonly claims: Claims | undefined
  readonly body: Buffer
  readonly key: string
  readonly proxy: string
}

const eventOf = ({ request, path, query, claims, body, key, proxy }: Asked): APIGatewayProxyEventV2 => {
  const { cookie, ...rest } = request.headers
  const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
  // Forms count as binary here, as they do for API Gateway.
  const isBase64Encoded =
    body.length > 0 && !/^(text\/|application\/(json|xml|javascript)\b)/.test(headers['content-type'] ?? '')
  const http = {
    method: request.method ?? 'GET',
    path,
    protocol: 'HTTP/1.1',
    sourceIp: '127.0.0.1',
    userAgent: headers['user-agent'] ?? '',
  }
  const where = {
    accountId: '000000000000',
    apiId: 'local',
    domainName: headers['host'] ?? '',
    domainPrefix: 'local',
    stage: '$default',
  }
  const when = { time: new Date().toISOString(), timeEpoch: Date.now() }
  const authorizer = claims && { authorizer: { jwt: { claims, scopes: null } } }
  return {
    version: '2.0',
    routeKey: key,
    rawPath: path,
    rawQueryString: query,
    headers,
    isBase64Encoded,
    requestContext: { ...where, ...when, http, requestId: randomUUID(), routeKey: key, ...authorizer },
    ...(cookie && { cookies: cookie.split(/; */) }),
    ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
    ...(proxy && { pathParameters: { proxy: decodeURIComponent(proxy) } }),
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
  }
}
