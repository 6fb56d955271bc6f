import type { Clock } from '@concord/application/ports/outside'
import { instant } from '@concord/contracts/domain/scalars'
import { addMinutes } from '@concord/domain/time'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Begun } from './identity.ts'
import { signed, unsigned } from './signed-cookies.ts'
import { cookiesFor } from './tools.ts'

/** A cookie for each sign-in that was begun, so that one tab does not end what another began. */
const NAME = 'concord-sign-in-'
/** More than anybody has open at once, and few enough for the header of a call. */
const MOST_BEGUN = 5
const MINUTES = 10

const keptShape = z.object({
  nonce: z.string(),
  verifier: z.string(),
  again: z.boolean(),
  to: z.string(),
  at: instant,
})
type Kept = Begun & { readonly to: string }
type BegunDeps = {
  readonly clock: Clock
  readonly cookieKey: () => Promise<string>
  readonly consoleUrl: string
}

/** The sign-ins that this browser has begun and not finished, each kept by the browser under its state. */
export const begunSignIns = ({ clock, cookieKey, consoleUrl }: BegunDeps) => {
  const { options } = cookiesFor(consoleUrl)
  const host = 'prefix' in options ? '__Host-' : ''
  const forget = (c: Context, state: string) => deleteCookie(c, NAME + state, options)
  const all = async (c: Context) => {
    const key = await cookieKey()
    return Object.entries(getCookie(c)).flatMap(([cookie, value]) => {
      const state = cookie.slice((host + NAME).length)
      if (cookie !== host + NAME + state || !/^[\w-]{1,64}$/.test(state)) return []
      const text = unsigned(key, NAME + state, value)
      const { data: kept } = keptShape.safeParse(text === undefined ? undefined : JSON.parse(text))
      return [{ state, kept: kept && clock.now() < addMinutes(kept.at, MINUTES) ? kept : undefined }]
    })
  }
  return {
    /** Keeps one more. Those that are over, and the oldest where there are too many, are cleared away. */
    keep: async (c: Context, { state, ...begun }: Kept) => {
      const others = (await all(c)).toSorted((a, b) => ((a.kept?.at ?? '') < (b.kept?.at ?? '') ? 1 : -1))
      for (const [n, other] of others.entries()) if (!other.kept || n >= MOST_BEGUN - 1) forget(c, other.state)
      const text = JSON.stringify({ ...begun, at: clock.now() } satisfies z.input<typeof keptShape>)
      setCookie(c, NAME + state, signed(await cookieKey(), NAME + state, text), { ...options, maxAge: MINUTES * 60 })
    },
    /** The one that comes back with this state: once. */
    take: async (c: Context, state: string): Promise<Kept | undefined> => {
      const found = (await all(c)).find((one) => one.state === state)
      if (found) forget(c, state)
      return found?.kept && { state, ...found.kept }
    },
  }
}
