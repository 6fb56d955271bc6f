import type { People } from '@concord/application/ports/people'
import { refusalOnRecord } from '@concord/application/refusals-on-record'
import { parseMembership } from '@concord/application/scope'
import { LARGEST_BIBLIOGRAPHY } from '@concord/contracts/domain/works'
import { dateAt } from '@concord/domain/time'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as plain from '../../web/plain-pages.tsx'
import { type RolePage, routes } from '../../web/routes.ts'
import { consoleGuards } from '../guards.ts'
import type { Limits } from '../limits.ts'
import { isFresh } from '../person.ts'
import { broken, tooLarge, tooMany } from '../problems.ts'
import type { Assets } from './assets.ts'
import { caseVisits } from './case-visits.ts'
import { guardVisits } from './guard-visits.ts'
import { listVisits } from './list-visits.ts'
import { peopleVisits } from './people-visits.ts'
import { type SignInDeps, signInPages } from './sign-in.ts'
import { type ToolDeps, toolsOf } from './tools.ts'
import { type Answer, notFound, type Visit, type VisitDeps } from './visit.ts'

type OwnDeps = {
  readonly people: Pick<People, 'memberships' | 'holds' | 'everHeld'>
  readonly assets: Assets
  readonly limits: Limits
  readonly issuer: string
}
export type ConsoleDeps = SignInDeps & ToolDeps & VisitDeps & OwnDeps

const LARGEST_FORM = 200 * 1024
/** A file, and what a form wraps around it. */
const LARGEST_UPLOAD = LARGEST_BIBLIOGRAPHY + 64 * 1024

/** The console: each address of the table of routes, for whom it is there. */
export const consoleApp = (deps: ConsoleDeps) => {
  const { people, clock, sessions, book, assets, limits, report } = deps
  const tools = toolsOf(deps)
  const { arrive, show } = tools
  const visit = visitsOf(deps)

  const inRole = async (c: Context, route: RolePage) => {
    const [{ ticket, form, refused, session, genuine }, known] = await Promise.all([arrive(c), book()])
    if (refused) return show(c, plain.problemPage(refused))
    const membership = ticket?.membership ? parseMembership(ticket.membership) : undefined
    // The session, the form's token and the membership are looked at beside the first load: with any of them gone, nothing is read or done.
    const holds = ticket?.membership && people.holds(ticket.subject, ticket.membership, dateAt(clock.now()))
    const fresh = session.then(
      (one) => !route.isFresh || (one !== undefined && isFresh(one.authenticatedAt, clock.now())),
    )
    // What is only said to come from somebody does not count as theirs.
    const counted = { ...route, namesId: route.path.includes(':id') }
    const waiting = genuine.then((is) => (ticket && is ? limits.count(ticket.subject, counted) : 0))
    const standing = Promise.all([genuine, holds, fresh, waiting.then((seconds) => seconds === 0)]).then((all) =>
      all.every(Boolean),
    )
    const caller = ticket && membership && { subject: ticket.subject, membership, standing, known: genuine }
    const [path, id, query] = [c.req.path, c.req.param('id') ?? '', (name: string) => c.req.query(name)]
    const isThere = caller && route.for.includes(caller.membership.role)
    // For whoever seems to have called too often nothing is read before that is known.
    const isHeld = ticket !== undefined && limits.isOver(ticket.subject, counted) && (await waiting) > 0
    const answering = isThere && !isHeld ? visit(route, { caller, path, id, query, form, book: known }) : notFound
    if (caller && !isThere && (await genuine)) await refusalOnRecord(deps, caller, `page ${route.page}`)
    const [signedIn, isGenuine, stands, answer] = await Promise.all([session, genuine, standing, answering])
    const [isRecent, seconds] = await Promise.all([fresh, waiting])

    const isForm = route.method === 'post'
    const wanted = encodeURIComponent(isForm ? '/' : path + new URL(c.req.url).search)
    if (!ticket || !signedIn)
      return isForm ? show(c, plain.signedOutPage(path, form)) : c.redirect(`/sign-in?to=${wanted}`)
    if (!isGenuine) return show(c, plain.forgedPage)
    if (seconds > 0) {
      c.header('retry-after', String(seconds))
      return show(c, plain.tooManyPage(tooMany(seconds), isForm ? { to: path, typed: form } : undefined))
    }
    if (!isRecent) return show(c, plain.signInAgainPage(path, form))
    await sessions.see(ticket, signedIn)
    if (!stands) return c.redirect(`/roles?to=${wanted}`, 303)
    if ('to' in answer) return c.redirect(answer.to, 303)
    if ('file' in answer) return fileOf(c, answer.file)
    if (counted.namesId && answer === notFound) limits.missed(ticket.subject)
    return show(c, answer.page, { session: signedIn, ticket, membership, book: known })
  }

  const asset = (c: Context) =>
    assets(c.req.param('file') ?? '', c.req.header('accept-encoding')) ?? show(c, plain.notFoundPage)
  const open = { ...signInPages(deps, tools), asset }
  const guards = Object.entries(consoleGuards(deps))

  const limit = (route: (typeof routes)[number]) =>
    bodyLimit({
      maxSize: 'step' in route && route.step === 'record-works' ? LARGEST_UPLOAD : LARGEST_FORM,
      onError: (c) => show(c, plain.problemPage(tooLarge)),
    })

  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of guards) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  })
  app.onError((error, c) => {
    report(error)
    return show(c, plain.problemPage(broken))
  })
  app.notFound((c) => show(c, plain.notFoundPage))
  for (const route of routes)
    app.on(route.method.toUpperCase(), route.path, limit(route), (c) =>
      typeof route.for === 'string' ? open[route.page](c) : inRole(c, route),
    )
  return app
}

/** A file that a browser keeps and does not show. */
const fileOf = (c: Context, { name, type, text }: Extract<Answer, { readonly file: unknown }>['file']) =>
  c.body(text, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` })

/** The page that answers each address for somebody who acts in a role. One that is forgotten does not compile. */
const visitsOf = (deps: VisitDeps) => {
  const pages = { ...caseVisits(deps), ...listVisits(deps), ...guardVisits(deps), ...peopleVisits(deps) }
  return (route: RolePage, at: Visit): Promise<Answer> | Answer => {
    switch (route.page) {
      case 'step':
        return pages.step(route.step, at)
      case 'form':
        return pages.form(route.step, at)
      case 'entry-step':
        return pages['entry-step'](route.step, at)
      case 'role-step':
        return pages['role-step'](route.step, at)
      default:
        return pages[route.page](at)
    }
  }
}
