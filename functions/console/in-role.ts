import type { Caller } from '@concord/application/caller'
import { refusalOnRecord } from '@concord/application/refusals-on-record'
import { type Membership, parseMembership } from '@concord/application/scope'
import { LARGEST_BIBLIOGRAPHY } from '@concord/contracts/domain/works'
import { dateAt } from '@concord/domain/time'
import { keyedHash } from '@concord/platform/system'
import type { Context } from 'hono'
import * as plain from '../../web/plain-pages.tsx'
import type { RolePage } from '../../web/routes.ts'
import type { Counted, Limits } from '../limits.ts'
import { isFresh } from '../person.ts'
import { tooMany } from '../problems.ts'
import { bringsFile, formOf } from './form-of.ts'
import { formTokenOf, type Ticket } from './sessions.ts'
import type { SignInDeps } from './sign-in.ts'
import { signInOnRecord } from './sign-ins-on-record.ts'
import { quiet, type Tools } from './tools.ts'
import { type Answer, notFound, type Visit } from './visit.ts'

export type RoleDeps = SignInDeps & {
  readonly limits: Limits
}
type Answering = (route: RolePage, visit: Visit) => Promise<Answer> | Answer
/** A call with a ticket of ours. A page that is only read has no form. */
type Call = { readonly ticket: Ticket; readonly form: URLSearchParams | null; readonly isSwitched: boolean }

/** A file, and what a form wraps around it. */
const LARGEST_UPLOAD = LARGEST_BIBLIOGRAPHY + 64 * 1024

/**
 * The pages that somebody acts on in a role. Without a ticket of ours nothing is looked up and no body is read. With one, the session,
 * the form's token, the membership and the limits are looked at beside the first load; until all of them hold, nothing is done and
 * nothing of the load is told, whatever came of it.
 */
export const inRole = (deps: RoleDeps, tools: Tools, visit: Answering) => {
  const { people, clock, sessions, book, limits, cookieKey, report } = deps
  const { ticketOf, sessionOf, give, show } = tools

  const holds = async ({ subject, membership }: Ticket) =>
    membership !== null && (await people.holds(subject, membership, dateAt(clock.now())))
  const tooManyFor = (c: Context, seconds: number, sent?: plain.Sent) => {
    c.header('retry-after', String(seconds))
    return show(c, plain.tooManyPage(tooMany(seconds), sent))
  }

  /** What a form sent. A file, or as much as one, is taken at the one address for it, and there only once the person and their role are known. */
  const receive = async (c: Context, route: RolePage, ticket: Ticket) => {
    if (route.method === 'get') return { form: null }
    const takesFile = route.page === 'entry-step' && route.step === 'record-works'
    if (!takesFile || !bringsFile(c.req.raw)) return formOf(c.req.raw)
    const [session, isHeld] = await Promise.all([sessions.alive(ticket), holds(ticket)])
    if (!session) return { answer: show(c, plain.signedOutPage()) }
    const role = isHeld ? parseMembership(ticket.membership ?? '')?.role : undefined
    if (!role) return { answer: c.redirect('/roles', 303) }
    if (!route.for.includes(role)) return { answer: show(c, plain.notFoundPage) }
    if (limits.isOver(ticket.subject, countedAt(route)))
      return { answer: tooManyFor(c, limits.count(ticket.subject, countedAt(route))) }
    return formOf(c.req.raw, { largest: LARGEST_UPLOAD, takesFile })
  }

  /** Answers a call in the role of its ticket, which is the role that its form was shown in. */
  const act = async (c: Context, route: RolePage, { ticket, form, isSwitched }: Call) => {
    const { subject } = ticket
    const membership = membershipIn(ticket)
    const sent = form && sentTo(c, route, form)
    const { session, genuine } = sessionOf(ticket, form)
    const held = quiet(holds(ticket))
    const fresh = quiet(
      session.then((one) => !route.isFresh || (one !== undefined && isFresh(one.authenticatedAt, clock.now()))),
    )
    // What is only said to come from somebody does not count as theirs.
    const counted = countedAt(route)
    const waiting = quiet(genuine.then((is) => (is ? limits.count(subject, counted) : 0)))
    const known = quiet(
      Promise.all([genuine, fresh, waiting]).then(([is, isRecent, seconds]) => is && isRecent && seconds === 0),
    )
    const standing = quiet(
      Promise.all([known, held]).then(async ([isKnown, isHeld]) => {
        if (!isKnown || !isHeld) return false
        // In which role somebody acts is on record before they do.
        if (isSwitched) await signInOnRecord(deps, { subject, as: ticket.membership }, 'sign-in.role-chosen')
        return true
      }),
    )
    const caller = membership && { subject, membership, standing, known }
    const [path, id, query] = [c.req.path, c.req.param('id') ?? '', (name: string) => c.req.query(name)]
    const [of, key] = await Promise.all([book(), cookieKey()])
    const markOf = (shown: string) => keyedHash(key, 'shown', ticket.word, ticket.membership ?? '', path, shown)
    const at = caller && { caller, path, id, query, form: form ?? new URLSearchParams(), book: of, markOf }
    // For somebody who seems to have called too often nothing is read before that is known.
    const isHeldUp = limits.isOver(subject, counted) && (await waiting) > 0
    const answering = quiet(at && !isHeldUp ? answerTo(route, at) : Promise.resolve(notFound))

    const [signedIn, isGenuine] = await Promise.all([session, genuine])
    if (!signedIn) return sent ? show(c, plain.signedOutPage(sent)) : c.redirect(signInPath(c), 303)
    if (!isGenuine) return show(c, plain.forgedPage)
    const [isRecent, seconds] = await Promise.all([fresh, waiting])
    if (seconds > 0) return tooManyFor(c, seconds, sent ?? undefined)
    if (!isRecent) return show(c, plain.signInAgainPage(sent))
    await sessions.see(ticket, signedIn)
    if (!(await standing)) {
      // That they were refused is on record before they are told. How the load ended is for the log.
      await answering.catch(report)
      return sent ? show(c, plain.roleEndedPage(sent)) : c.redirect(`/roles?to=${wantedOf(c)}`, 303)
    }
    if (isSwitched) await give(c, ticket)
    const answer = await answering
    if ('to' in answer) return c.redirect(answer.to, 303)
    if ('file' in answer) return fileOf(c, answer.file)
    if (counted.namesId && answer === notFound) limits.missed(subject)
    return show(c, answer.page, { session: signedIn, ticket, membership, book: of })
  }

  const answerTo = async (route: RolePage, at: Visit): Promise<Answer> => {
    if (route.for.includes(at.caller.membership.role)) return visit(route, at)
    if (await isKnown(at.caller)) await refusalOnRecord(deps, at.caller, `page ${route.page}`)
    return notFound
  }

  /** A form that was shown in another role than the person acts in now: both are named, and nothing is done before they say which. */
  const askRole = async (c: Context, route: RolePage, { ticket, form }: { ticket: Ticket; form: URLSearchParams }) => {
    const sent = sentTo(c, route, form)
    const { session: alive, genuine } = sessionOf(ticket, form)
    const [session, isGenuine] = await Promise.all([alive, genuine])
    if (!session) return show(c, plain.signedOutPage(sent))
    const shown = { ...ticket, membership: form.get('as') }
    const shownAs = membershipIn(shown)
    // Until here the role was only what the form says. A token that fits it shows that we wrote it.
    if (!isGenuine || !shownAs) return show(c, plain.forgedPage)
    if (form.get('switch') === 'yes') return act(c, route, { ticket: shown, form, isSwitched: true })
    const seconds = limits.count(ticket.subject, countedAt(route))
    if (seconds > 0) return tooManyFor(c, seconds, sent)
    const [isHeld, isHeldNow, of] = await Promise.all([holds(shown), holds(ticket), book()])
    const now = isHeldNow ? membershipIn(ticket) : undefined
    const choiceOf = (membership: Membership, { membership: as }: Ticket) => ({
      words: of.roleAt(membership),
      seal: route.for.includes(membership.role) ? { as: as ?? '', token: formTokenOf(session, as) } : null,
    })
    const choices = { shown: choiceOf(shownAs, shown), isHeld, now: now && choiceOf(now, ticket) }
    return show(c, plain.otherRolePage(sent, choices), { session, ticket, membership: now, book: of })
  }

  return async (c: Context, route: RolePage) => {
    const ticket = await ticketOf(c)
    if (!ticket) return route.method === 'post' ? show(c, plain.signedOutPage()) : c.redirect(signInPath(c))
    const received = await receive(c, route, ticket)
    if ('answer' in received) return received.answer
    // Of what is not taken at all nobody asks whose it is.
    if ('refused' in received) return show(c, plain.problemPage(received.refused))
    const { form } = received
    return form === null || (form.get('as') ?? '') === (ticket.membership ?? '')
      ? act(c, route, { ticket, form, isSwitched: false })
      : askRole(c, route, { ticket, form })
  }
}

const membershipIn = ({ membership }: Ticket) => (membership === null ? undefined : parseMembership(membership))
const isKnown = async ({ known }: Caller) => (await known) === true
const countedAt = (route: RolePage): Counted => ({ ...route, namesId: route.path.includes(':id') })

/** Where a page is come back to after a sign-in. */
const wantedOf = (c: Context) => encodeURIComponent(c.req.path + new URL(c.req.url).search)
const signInPath = (c: Context) => `/sign-in?to=${wantedOf(c)}`

/** A form that was not taken now, to be sent again. One that cannot be taken back is shown once more before it counts. */
const sentTo = (c: Context, route: RolePage, typed: URLSearchParams): plain.Sent => ({
  to: c.req.path,
  typed,
  isShownFirst: route.page === 'step' && route.step === 'report',
})

/** A file that a browser keeps and does not show. */
const fileOf = (c: Context, { name, type, text }: Extract<Answer, { readonly file: unknown }>['file']) =>
  c.body(text, 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` })
