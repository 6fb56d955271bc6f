import { FRESH_MINUTES } from '@concord/contracts/demands'
import { addMinutes, type Instant, parseInstant } from '@concord/domain/time'

type Claims = Readonly<Record<string, unknown>>

/** Whether a program of its own holds the token (client credentials): its subject is then the client itself. */
export const isProgram = ({ sub, client_id: client, azp }: Claims): boolean =>
  sub !== undefined && (sub === client || sub === azp)

/** Whether somebody signed in just now, by the moment of which the issuer says that it looked who it is: null where it does not say. */
export const isFresh = (at: Instant | null, now: Instant): boolean =>
  at !== null && at <= addMinutes(now, CLOCKS_APART_MINUTES) && now < addMinutes(at, FRESH_MINUTES)

/** The moment in the form that tokens have it in. */
export const momentOf = (seconds: number): Instant | null =>
  seconds >= 0 && seconds < 1e11 ? (parseInstant(new Date(Math.floor(seconds) * 1000).toISOString()) ?? null) : null

/**
 * Whether the verified token says that a person signed in just now. One that does not say so, says it of the future or belongs to a
 * program does not: what needs a person is never done by a program, whatever roles it was given.
 */
export const isFreshToken = (claims: Claims, now: Instant): boolean => {
  const said = claims['auth_time']
  // The gateway gives every claim as text.
  if (isProgram(claims) || typeof said !== 'string' || !/^\d{1,11}$/.test(said)) return false
  return isFresh(momentOf(Number(said)), now)
}

/** By how much the issuer's clock may be ahead of ours. */
const CLOCKS_APART_MINUTES = 1
