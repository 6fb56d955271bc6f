import { must, parseSubject } from '@concord/domain/ids'
import { parseInstant } from '@concord/domain/time'
import { randomWord } from '@concord/platform/system'
import { type ConsoleDeps, consoleApp } from '../../../functions/console/app.ts'
import { bookOf } from '../../../functions/console/book.ts'
import { sessionsOf } from '../../../functions/console/sessions.ts'
import { unlimited } from './unlimited.ts'
import type { World } from './world.ts'

/** The console over an invented world, as browsers without JavaScript use it. The sign-in service takes whoever says who they are. */
export const consoleOf = (
  { cases, deps }: Pick<World, 'cases' | 'deps'>,
  { limits = unlimited, consoleUrl = 'https://concord.example', ...over }: ConsoleOptions = {},
) => {
  const reported: unknown[] = []
  const app = consoleApp({
    ...deps,
    useCases: cases,
    sessions: sessionsOf({ ...deps, issuer: 'https://issuer.example' }),
    identity: {
      begin: async (again) => {
        const begun = { state: randomWord(), nonce: 'n', verifier: 'v', again }
        return { to: `https://issuer.example/auth?state=${begun.state}`, begun }
      },
      finish: async (query) => {
        const said = new URLSearchParams(query)
        const subject = must(parseSubject, said.get('who') ?? '')
        return {
          subject,
          name: `Somebody called ${subject}`,
          idToken: null,
          issuerSession: `at the issuer: ${subject}`,
          // Just now, unless a test says otherwise: an issuer may remember somebody, or not say when it was.
          authenticatedAt: parseInstant(said.get('authenticated') ?? deps.clock.now()) ?? null,
        }
      },
      // As the issuer's own token would say it, read by `readLogoutToken`.
      loggedOut: async (token, now) => {
        const [subject = '', session] = token.split(' as ')
        return subject || session ? { subject: subject || null, session: session ?? null, at: now() } : undefined
      },
      signOutUrl: async () => 'https://issuer.example/out',
    },
    cookieKey: async () => 'a key that signs cookies in tests alone',
    book: () => bookOf(deps),
    assets: () => undefined,
    limits,
    consoleUrl,
    issuer: 'https://issuer.example',
    isInvented: true,
    report: (error) => void reported.push(error),
    ...over,
  })

  /** A browser of its own: keeps cookies, follows nothing by itself. */
  const browser = () => {
    const jar = new Map<string, string>()
    const ask = async (path: string, init: RequestInit = {}) => {
      const cookie = [...jar].map((pair) => pair.join('=')).join('; ')
      const reply = await app.request(`${consoleUrl}${path}`, { ...init, headers: { ...init.headers, cookie } })
      for (const one of reply.headers.getSetCookie()) {
        const [pair = ''] = one.split(';')
        const [name = '', value = ''] = pair.split(/=(.*)/s)
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
      const { status, headers } = reply
      return { status, headers, to: headers.get('location'), html: await reply.text() }
    }
    const get = (path: string) => ask(path)
    const post = (path: string, fields: Readonly<Record<string, string>>) =>
      ask(path, { method: 'POST', body: new URLSearchParams(fields) })
    const begin = async (to = '/') => {
      const { to: issuer } = await get(`/sign-in?to=${encodeURIComponent(to)}`)
      const state = new URL(issuer ?? '').searchParams.get('state') ?? ''
      return (who: string) => `/sign-in/callback?state=${state}&who=${who}`
    }
    return {
      jar,
      ask,
      get,
      post,
      /** Begins to sign in, and says where the issuer would send this browser back to, with whom. */
      begin,
      signIn: async (who: string, to = '/') => get((await begin(to))(who)),
      /** Fills in the form of a page that posts to `action`, and sends it. */
      send: async (page: string, action: string, fields: Readonly<Record<string, string>> = {}) =>
        post(action, { ...hiddenIn((await get(page)).html, action), ...fields }),
    }
  }
  return { app, browser, reported }
}

type ConsoleOptions = Partial<Pick<ConsoleDeps, 'limits' | 'consoleUrl' | 'assets' | 'report'>>

/** What any form of a page carries to show whose it is and in which role it is shown. */
export const sealIn = (html: string): Readonly<Record<'token' | 'as', string>> => {
  const [, token = '', as = ''] =
    /name="token" value="([^"]*)"\/><input type="hidden" name="as" value="([^"]*)"/.exec(html) ?? []
  return { token, as }
}

/** What a form carries that nobody typed: its seal, its version and whom it is about. Of several to one address, the one with these words. */
export const hiddenIn = (html: string, action: string, words = ''): Readonly<Record<string, string>> => {
  const form = html.split('<form ').find((one) => one.startsWith(`action="${action}"`) && one.includes(words))
  if (form === undefined) throw new Error(`The page has no form that posts to ${action}`)
  const inputs = form.split('</form>')[0]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g) ?? []
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]))
}
