import { randomUUID } from 'node:crypto'
import { api } from '../../../functions/api/app.ts'
import { callerFrom } from '../../../functions/caller.ts'
import type { Limits } from '../../../functions/limits.ts'
import { unlimited } from './unlimited.ts'
import { memberships, type Who, type World } from './world.ts'

export type Claims = Readonly<Record<string, unknown>>
/** A moment as a token says it, and as the gateway gives it on: as text. */
export const secondsOf = (at: string) => String(Math.floor(Date.parse(at) / 1000))
/** A body is sent as JSON, text as it is, and a stream as it comes. */
export type Sent = { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

/** The API over an invented world, called as API Gateway calls it once it has verified a token: by somebody of the cast, or with claims. */
export const apiOf = (
  { cases, deps, as }: Pick<World, 'cases' | 'deps' | 'as'>,
  reported: Pick<unknown[], 'push'> = [],
  limits: Limits = unlimited,
) => {
  const app = api({
    useCases: cases,
    digest: deps.digest,
    callerOf: (claims) => callerFrom(deps, claims),
    limits,
    clock: deps.clock,
    report: (error) => reported.push(error),
  })
  const claimsOf = (who: Who | 'nobody'): Claims => {
    if (who === 'nobody') return {}
    const named = Object.entries(memberships).find(([name]) => name === who)?.[1]
    // Everybody has just signed in: what is asked of a sign-in long ago is asked with claims.
    return { sub: as(who).subject, auth_time: secondsOf(deps.clock.now()), ...(named && { acts_as: named }) }
  }
  /** A write carries a key of its own, unless the headers say otherwise; text goes out as it is, anything else as JSON. */
  return async (who: Who | 'nobody' | Claims, method: string, path: string, { body, headers }: Sent = {}) => {
    const isReady = body === undefined || typeof body === 'string' || body instanceof ReadableStream
    const sent = isReady ? body : JSON.stringify(body)
    const write = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
    const said = typeof who === 'string' ? claimsOf(who) : who
    // What every access token has, unless a test says otherwise.
    const claims = said['sub'] === undefined ? said : { client_id: 'a-client', jti: randomUUID(), ...said }
    return app.request(
      path,
      {
        method,
        headers: { ...(method !== 'GET' && write), ...headers },
        ...(sent !== undefined && { body: sent, duplex: 'half' }),
      },
      { event: { requestContext: { authorizer: { jwt: { claims } } } } },
    )
  }
}
