import { type Instant, parseInstant } from '@concord/domain/time'
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { calmFetch } from './calm-fetch.ts'

/** What an issuer says of a session that it ended (OpenID Connect Back-Channel Logout 1.0). */
export type LoggedOut = {
  /** Null where the issuer's own session alone says whose it is; then `session` is not. */
  readonly subject: string | null
  /** Null where all of the subject's sessions are meant. */
  readonly session: string | null
  readonly at: Instant
}

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const OLDEST_SECONDS = 300
const ASKED_AGAIN_AFTER_MS = 30_000

const claims = z.object({
  sub: z.string().min(1).optional(),
  sid: z.string().min(1).optional(),
  iat: z.number(),
  jti: z.string().min(1),
  events: z.object({ [EVENT]: z.looseObject({}) }),
  // A nonce is what tells an identity token apart: one of those ends nobody's session.
  nonce: z.never().optional(),
})

type Reading = {
  readonly issuer: string
  readonly clientId: string
  readonly keys: JWTVerifyGetKey
  readonly now: () => Instant
}

/** Reads a logout token: signed by the issuer, for this client, made within five minutes, and saying that it is one. Anything else is none. */
export const readLogoutToken = async (
  token: string,
  { issuer, clientId, keys, now }: Reading,
): Promise<LoggedOut | undefined> => {
  const currentDate = new Date(now())
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      // As identity tokens are signed, and no other: what a key could also be used for is not asked.
      algorithms: ['RS256'],
      currentDate,
      maxTokenAge: OLDEST_SECONDS,
    })
    const { sub, sid, iat } = claims.parse(payload)
    if (sub === undefined && sid === undefined) return undefined
    const at = parseInstant(new Date(iat * 1000).toISOString())
    return at && { subject: sub ?? null, session: sid ?? null, at }
  } catch {
    return undefined
  }
}

/** The issuer's keys, fetched when they are first needed; for a key that nobody knows at most twice a minute, however many tokens name one. */
export const keysAt = (url: string, ask = calmFetch((at, init: RequestInit) => fetch(at, init))): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(url), { cooldownDuration: ASKED_AGAIN_AFTER_MS, [customFetch]: ask })
