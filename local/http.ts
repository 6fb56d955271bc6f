import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import type { Find, Invoke } from './functions.ts'
import { listen } from './listen.ts'
import { stop } from './stop.ts'
import { type LocalTemplate, understand } from './template.ts'

type Authorise = (authorization: string | undefined) => Promise<Readonly<Record<string, string>> | undefined>
export type Route = { readonly key: string; readonly invoke: Invoke; readonly authorise: Authorise | undefined }

/**
 * A JWT authoriser as API Gateway has them: the issuer's signature, the issuer, the audience and the dates. A token that names no
 * audience at all is taken by its client, as Cognito's access tokens are.
 */
export const jwtAuthoriser =
  (issuer: string, audience: string[], keys: JWTVerifyGetKey): Authorise =>
  async (authorization = '') => {
    const asked = { issuer, algorithms: ['RS256'], requiredClaims: ['exp'] }
    const verified = await jwtVerify(authorization.replace(/^Bearer /i, ''), keys, asked).catch(() => undefined)
    const { aud = verified?.payload['client_id'] } = verified?.payload ?? {}
    if (!audience.some((one) => (Array.isArray(aud) ? aud.includes(one) : aud === one))) return undefined
    // Every claim reaches a function as text, whatever it was in the token.
    const text = (value: unknown) => (Array.isArray(value) ? `[${value.join(' ')}]` : String(value))
    return verified && Object.fromEntries(Object.entries(verified.payload).map(([name, value]) => [name, text(value)]))
  }

/** The route that API Gateway would choose: the fullest match of the path, then the named method before ANY. */
export const chooseRoute = <R extends Pick<Route, 'key'>>(routes: readonly R[], method: string, path: string) => {
  const matches = routes.flatMap((route) => {
    const [verb = '', pattern = ''] = route.key.split(' ')
    const [fixed = '', greedy] = pattern.split('{proxy+}')
    const isMatch = path.startsWith(fixed) && (path === fixed) === (greedy === undefined)
    if (!isMatch || (verb !== 'ANY' && verb !== method)) return []
    return [{ route, rank: fixed.length * 2 + (verb === 'ANY' ? 0 : 1) }]
  })
  return matches.toSorted((a, b) => b.rank - a.rank)[0]?.route
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
export const routesOf = (template: LocalTemplate, find: Find): readonly Route[] =>
  template.all('AWS::ApiGatewayV2::Route').map((resource) => {
    const { RouteKey: key, Target, AuthorizationType, AuthorizerId } = understand(resource, routeShape)
    const part = (type: string, id: string | undefined) =>
      template.all(`AWS::ApiGatewayV2::${type}`).find(({ name }) => name === id) ??
      stop(`The route ${key} has no ${type} in the template.`)
    const invoke = find(understand(part('Integration', Target), integrationShape).IntegrationUri)
    if (AuthorizationType === 'NONE') return { key, invoke, authorise: undefined }
    const { Issuer, Audience } = understand(part('Authorizer', AuthorizerId), authorizerShape).JwtConfiguration
    // Where the local issuer has its keys; API Gateway finds them through the issuer's own description.
    return { key, invoke, authorise: jwtAuthoriser(Issuer, Audience, createRemoteJWKSet(new URL('/jwks', Issuer))) }
  })

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
    const answer = (status: number, message: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))

    const { method = 'GET', url = '/' } = request
    const [path = '', query = ''] = url.split(/\?(.*)/s)
    const chosen = chooseRoute(routes, method, path)
    if (!chosen) return answer(404, 'Not Found')
    const { key: routeKey, authorise, invoke } = chosen
    const claims = await authorise?.(request.headers.authorization)
    if (authorise && !claims) return answer(401, 'Unauthorized')

    const { cookie, ...rest } = request.headers
    const headers = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]))
    const body = await buffer(request)
    // Forms count as binary here, as they do for API Gateway.
    const isText = /^(text\/|application\/(json|xml|javascript)\b)/.test(headers['content-type'] ?? '')
    const http = { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: headers['user-agent'] ?? '' }
    const place = {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'],
      stage: '$default',
      routeKey,
    }
    const time = { requestId: randomUUID(), time: new Date().toISOString(), timeEpoch: Date.now() }
    const asked = { version: '2.0', routeKey, rawPath: path, rawQueryString: query, headers }
    const outcome = await invoke({
      ...asked,
      requestContext: { ...place, ...time, http, ...(claims && { authorizer: { jwt: { claims, scopes: null } } }) },
      ...(cookie && { cookies: cookie.split(/; */) }),
      ...(query && { queryStringParameters: Object.fromEntries(new URLSearchParams(query)) }),
      ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
      isBase64Encoded: body.length > 0 && !isText,
    })
    if (outcome.kind === 'timed-out') return answer(503, 'Service Unavailable')
    const reply = replyShape.safeParse(outcome.kind === 'returned' && outcome.value)
    if (!reply.success) return answer(500, 'Internal Server Error')
    const { statusCode, cookies, isBase64Encoded } = reply.data
    response.writeHead(statusCode, { ...reply.data.headers, ...(cookies.length > 0 && { 'set-cookie': cookies }) })
    return response.end(Buffer.from(reply.data.body, isBase64Encoded ? 'base64' : 'utf8'))
  })
