import { randomWord } from '@concord/platform/system'
import { unlimited } from '@concord/testkit/unlimited'
import { memberships, type Who, type World } from '@concord/testkit/world'
import { consoleApp } from '../../functions/console/app.ts'
import { bookOf } from '../../functions/console/book.ts'
import { sessionsOf, writeTicket } from '../../functions/console/sessions.ts'
import { routes } from '../../web/routes.ts'
import { type Anybody, isolationOf } from './matrix.ts'

const consoleUrl = 'http://concord.example'
/** Nobody signs in here: the sessions are begun already. */
const identity = {
  begin: async () => ({ to: consoleUrl, begun: { state: '', nonce: '', verifier: '', again: false } }),
  finish: async () => undefined,
  loggedOut: async () => undefined,
  signOutUrl: async () => consoleUrl,
}
/** What is new on every page: keys for forms, and the token of a session. */
const newWords = /[\w-]{43}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=")/g

/** The console over an invented world, with a browser for each of the cast, signed in and in their role. */
const browsersOf = ({ cases, deps, as }: World) => {
  const sessions = sessionsOf(deps)
  const app = consoleApp({
    ...deps,
    useCases: cases,
    sessions,
    identity,
    cookieKey: async () => randomWord(),
    book: () => bookOf(deps),
    assets: () => undefined,
    limits: unlimited,
    consoleUrl,
    issuer: consoleUrl,
    isInvented: true,
    report: (error) => {
      throw error
    },
  })
  const signIn = async (who: Who) => {
    const { subject, membership: own } = as(who)
    const named = Object.entries(memberships).find(([name]) => name === who)?.[1]
    const membership =
      own.role === 'clinician' ? `clinician@network/${own.home}/clinician/${own.clinician}` : (named ?? null)
    const word = await sessions.begin(
      { subject, name: 'Somebody Invented', idToken: null, issuerSession: null, authenticatedAt: deps.clock.now() },
      undefined,
    )
    const ticket = { word, subject, membership, mayChange: false }
    const session = await sessions.alive(ticket)
    return { cookie: `concord=${encodeURIComponent(writeTicket(ticket))}`, token: session?.formToken ?? '' }
  }
  const signedIn = new Map<Anybody, ReturnType<typeof signIn>>()
  return async (who: Anybody, method: string, path: string) => {
    const session = who === 'nobody' ? undefined : (signedIn.get(who) ?? signIn(who))
    if (session) signedIn.set(who, session)
    const { cookie = '', token = randomWord() } = (await session) ?? {}
    const form = new URLSearchParams({ token })
    return app.request(path, {
      method,
      headers: { cookie, ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(method === 'POST' && { body: form }),
    })
  }
}

isolationOf('the console', (world) => {
  const browse = browsersOf(world)
  const nameOf = (route: (typeof routes)[number]) =>
    `${route.method} ${route.page}${'step' in route ? ` ${route.step}` : ''}`
  return {
    addresses: routes.map((route) => ({
      name: nameOf(route),
      method: route.method,
      path: route.path.replace(':id', '{id}'),
    })),
    withoutId: [
      'get home',
      'get sign-in',
      'get sign-in-callback',
      'get asset',
      'post sign-out',
      'post ended-elsewhere',
      'get roles',
      'post choose-role',
      'get worklist',
      'get new-request',
      'post draft',
      'get inbox',
      'get register',
      'get figures',
      'get audit',
      'get people',
      'post role-step grant',
      'post role-step confirm',
      'post role-step end',
    ],
    caseAddress: 'get request',
    isNothing: ({ status, headers }, who) =>
      who === 'nobody' ? status === 401 || headers['location']?.startsWith('/sign-in') === true : status === 404,
    call: async (who, { method, path }, id) => {
      const answer = await browse(who, method.toUpperCase(), path.replace('{id}', id))
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: (await answer.text()).replaceAll(id, '{the id}').replace(newWords, '{new}').replaceAll('{the id}', id),
      }
    },
  }
})
