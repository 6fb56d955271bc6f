import type { People } from '@concord/application/ports/people'
import { parseMembership } from '@concord/application/scope'
import { dateAt } from '@concord/domain/time'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as plain from '../../web/plain-pages.tsx'
import { type Route, routes } from '../../web/routes.ts'
import { broken, tooLarge } from '../problems.ts'
import type { Assets } from './assets.ts'
import { caseVisits } from './case-visits.ts'
import { listVisits } from './list-visits.ts'
import { type SignInDeps, signInPages } from './sign-in.ts'
import { type ToolDeps, toolsOf } from './tools.ts'
import { type Answer, notFound, type Visit, type VisitDeps } from './visit.ts'

export type ConsoleDeps = SignInDeps &
  ToolDeps &
  VisitDeps & {
    readonly people: Pick<People, 'memberships' | 'holds'>
    readonly assets: Assets
    readonly issuer: string
  }

const LARGEST_FORM = 200 * 1024

/** The console: each address of the table of routes, for whom it is there. */
export const consoleApp = (deps: ConsoleDeps) => {
  const { people, clock, sessions, book, assets, consoleUrl, issuer, report } = deps
  const tools = toolsOf(deps)
  const { arrive, show } = tools
  const open = signInPages(deps, tools)
  const visit = visitsOf(deps)

  const inRole = async (c: Context, route: Route) => {
    const [{ ticket, form, session, genuine }, known] = await Promise.all([arrive(c), book()])
    const membership = ticket?.membership ? parseMembership(ticket.membership) : undefined
    // The session, the form's token and the membership are looked at beside the first load: with any of them gone, nothing is read or done.
    const holds = ticket?.membership && people.holds(ticket.subject, ticket.membership, dateAt(clock.now()))
    const standing = Promise.all([genuine, holds]).then((all) => all.every(Boolean))
    const caller = ticket && membership && { subject: ticket.subject, membership, standing }
    const isThere = caller && Array.isArray(route.for) && route.for.includes(caller.membership.role)
    const asked = {
      path: c.req.path,
      id: c.req.param('id') ?? '',
      query: (name: string) => c.req.query(name),
      form,
      book: known,
    }
    const [signedIn, isGenuine, stands, answer] = await Promise.all([
      session,
      genuine,
      standing,
      isThere ? visit(route, { ...asked, caller }) : notFound,
    ])

    if (!ticket || !signedIn) {
      if (route.method === 'post') return show(c, plain.signedOutPage({ to: c.req.path, typed: form }))
      const { pathname, search } = new URL(c.req.url)
      return c.redirect(`/sign-in?to=${encodeURIComponent(pathname + search)}`)
    }
    if (!isGenuine) return show(c, plain.forgedPage)
    await sessions.see(ticket, signedIn)
    if (!stands) return c.redirect(`/roles?to=${encodeURIComponent(route.method === 'get' ? c.req.path : '/')}`, 303)
    return answer.kind === 'go'
      ? c.redirect(answer.to, 303)
      : show(c, answer.page, { session: signedIn, ticket, membership, book: known })
  }

  const serve = (c: Context, route: Route): Response | Promise<Response> => {
    switch (route.page) {
      case 'home':
        return open.home(c)
      case 'sign-in':
        return open.begin(c)
      case 'sign-in-callback':
        return open.finish(c)
      case 'sign-out':
        return open.signOut(c)
      case 'roles':
        return open.roles(c)
      case 'choose-role':
        return open.choose(c)
      case 'asset':
        return assets(c.req.param('file') ?? '', c.req.header('accept-encoding')) ?? show(c, plain.notFoundPage)
      default:
        return inRole(c, route)
    }
  }

  const guards = Object.entries(guardsOf({ consoleUrl, issuer }))
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of guards) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  })
  app.use(bodyLimit({ maxSize: LARGEST_FORM, onError: (c) => show(c, plain.problemPage(tooLarge)) }))
  app.onError((error, c) => {
    report(error)
    return show(c, plain.problemPage(broken))
  })
  app.notFound((c) => show(c, plain.notFoundPage))
  for (const route of routes) app.on(route.method.toUpperCase(), route.path, (c) => serve(c, route))
  return app
}

/** What a browser may do with a page: nothing but show it, and send its forms back here or sign out at the issuer. */
const guardsOf = ({ consoleUrl, issuer }: Pick<ConsoleDeps, 'consoleUrl' | 'issuer'>) => ({
  'content-security-policy': `default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self' ${new URL(issuer).origin}; frame-ancestors 'none'; base-uri 'none'`,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  ...(consoleUrl.startsWith('https://') && { 'strict-transport-security': 'max-age=31536000' }),
})

/** The page that answers each address for somebody who acts in a role. One that is forgotten does not compile. */
const visitsOf = (deps: VisitDeps) => {
  const [cases, lists] = [caseVisits(deps), listVisits(deps)]
  return (route: Route, at: Visit): Promise<Answer> | Answer => {
    switch (route.page) {
      case 'step':
        return cases.step(route.step, at)
      case 'step-form':
        return cases.form(route.step, at)
      case 'entry-step':
        return lists.entryStep(route.step, at)
      case 'new-request':
      case 'draft':
      case 'draft-form':
      case 'revise':
      case 'request':
      case 'shortlist':
        return cases[route.page](at)
      case 'worklist':
      case 'inbox':
      case 'register':
      case 'entry':
      case 'figures':
        return lists[route.page](at)
      case 'home':
      case 'sign-in':
      case 'sign-in-callback':
      case 'sign-out':
      case 'asset':
      case 'roles':
      case 'choose-role':
        return notFound
    }
  }
}
