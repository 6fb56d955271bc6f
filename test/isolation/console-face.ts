import { randomUUID } from 'node:crypto'
import { randomWord } from '@concord/platform/system'
import { unlimited } from '@concord/testkit/unlimited'
import { memberships, type Who, type World } from '@concord/testkit/world'
import { consoleApp } from '../../functions/console/app.ts'
import { bookOf } from '../../functions/console/book.ts'
import { typedFrom } from '../../functions/console/read-form.ts'
import { formTokenOf, sessionsOf, writeTicket } from '../../functions/console/sessions.ts'
import { signed } from '../../functions/console/signed-cookies.ts'
import { routes } from '../../web/routes.ts'
import { namesIds, namingIds } from './body-ids.ts'
import type { Anybody, Call, Face } from './matrix.ts'
import { plainBodies } from './plain-bodies.ts'

const consoleUrl = 'http://concord.example'
const cookieKey = randomWord()
/** Nobody signs in here: the sessions are begun already. */
const identity = {
  begin: async () => ({ to: consoleUrl, begun: { state: '', nonce: '', verifier: '', again: false } }),
  finish: async () => undefined,
  loggedOut: async () => undefined,
  signOutUrl: async () => consoleUrl,
}
/** What is new on every page: keys for forms, and the token of a session. */
const newWords = /value="([\w-]{43}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"/g

const throwing = (error: unknown) => {
  throw error
}

/** The console over an invented world, with a browser for each of the cast, signed in and in their role. */
const browsersOf = ({ cases, deps, as }: World, report: (error: unknown) => void) => {
  const sessions = sessionsOf({ ...deps, issuer: 'https://issuer.example' })
  const app = consoleApp({
    ...deps,
    useCases: cases,
    sessions,
    identity,
    cookieKey: async () => cookieKey,
    book: () => bookOf(deps),
    assets: () => undefined,
    limits: unlimited,
    consoleUrl,
    issuer: consoleUrl,
    isInvented: true,
    report,
  })
  const signIn = async (who: Who) => {
    const { subject, membership: own } = as(who)
    const named = Object.entries(memberships).find(([name]) => name === who)?.[1]
    const membership =
      own.role === 'clinician' ? `clinician@network/${own.home}/clinician/${own.clinician}` : (named ?? null)
    const { word } = await sessions.begin(
      { subject, name: 'Somebody Invented', idToken: null, issuerSession: null, authenticatedAt: deps.clock.now() },
      undefined,
    )
    const ticket = { word, subject, membership, mayChange: false }
    const session = await sessions.alive(ticket)
    const cookie = encodeURIComponent(signed(cookieKey, 'concord', writeTicket(ticket)))
    const token = session ? formTokenOf(session, membership) : ''
    return { cookie: `concord=${cookie}`, token, as: membership ?? '' }
  }
  const signedIn = new Map<Anybody, ReturnType<typeof signIn>>()
  return async (who: Anybody, { address, id, query, ...said }: Call) => {
    const session = who === 'nobody' ? undefined : (signedIn.get(who) ?? signIn(who))
    if (session) signedIn.set(who, session)
    const { cookie = '', token = randomWord(), as: role = '' } = (await session) ?? {}
    const { key = randomUUID(), version = '', inBody } = said
    const body = bodies.get(address.name)
    const form = typedFrom(inBody ? namingIds(body, inBody) : body)
    for (const [name, value] of Object.entries({ token, as: role, key, version })) form.set(name, value)
    const isForm = address.method === 'post'
    const path = `${address.path.replace('{id}', () => id)}${query === undefined ? '' : `?${query}`}`
    const answer = await app.request(path, {
      method: address.method.toUpperCase(),
      headers: { cookie, ...(isForm && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(isForm && { body: form }),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: [token, key]
        .reduce((left, word) => left.replaceAll(word, '{own}'), text)
        .replace(newWords, '{new}')
        // A page shows a child's number in three groups: it is looked for as it is kept.
        .replace(/\b(\d{3}) (\d{3}) (\d{4})\b/g, '$1$2$3'),
    }
  }
}

type Route = (typeof routes)[number]
const nameOf = (route: Route) => `${route.method} ${route.page}${'step' in route ? ` ${route.step}` : ''}`
const bodyOf = (route: Route) => {
  const step = 'step' in route ? route.step : route.page
  return plainBodies[bodyName(route.page, step)] ?? {}
}
const bodyName = (page: string, step: string) => {
  if (page === 'entry-step') return `clinician-${step}`
  return page === 'team-step' ? `team-${step}` : step
}
const bodies = new Map(routes.map((route) => [nameOf(route), bodyOf(route)]))

/** The console as isolation is tested on it. */
export const consoleFace = (world: World, errors?: unknown[]): Face => {
  const browse = browsersOf(world, errors ? (error) => void errors.push(error) : throwing)
  return {
    addresses: routes.map((route) => ({
      name: nameOf(route),
      method: route.method,
      path: route.path.replace(':id', '{id}'),
      hasIdsInBody: namesIds(bodyOf(route)),
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
      'get figures-file',
      'get audit',
      'get people',
      'get teams',
      'post team-step add',
      'post team-step rename',
      'post team-step retire',
      'post team-step restore',
      'post role-step grant',
      'post role-step confirm',
      'post role-step end',
    ],
    caseAddress: 'get request',
    isNothing: ({ status, headers }, who) =>
      who === 'nobody' ? status === 401 || headers['location']?.startsWith('/sign-in') === true : status === 404,
    call: browse,
  }
}
