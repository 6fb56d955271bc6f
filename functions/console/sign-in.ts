import type { Deps } from '@concord/application/deps'
import type { Clock } from '@concord/application/ports/outside'
import type { People } from '@concord/application/ports/people'
import { parseMembership } from '@concord/application/scope'
import { parseSubject, type Subject } from '@concord/domain/ids'
import { dateAt } from '@concord/domain/time'
import type { Context } from 'hono'
import * as plain from '../../web/plain-pages.tsx'
import { homes } from '../../web/words.ts'
import { begunSignIns } from './begun-sign-ins.ts'
import type { Book } from './book.ts'
import { formOf } from './form-of.ts'
import type { Identity } from './identity.ts'
import type { Sessions, Ticket } from './sessions.ts'
import { signInOnRecord } from './sign-ins-on-record.ts'
import { type Seen, samePlace, type Tools } from './tools.ts'

export type SignInDeps = Pick<Deps, 'audit' | 'ids'> & {
  readonly people: Pick<People, 'memberships' | 'holds' | 'everHeld'>
  readonly clock: Clock
  readonly sessions: Sessions
  readonly identity: Identity
  readonly book: () => Promise<Book>
  readonly cookieKey: () => Promise<string>
  readonly consoleUrl: string
  readonly report: (error: unknown) => void
}

/** The issuer's own call brings one token. */
const LARGEST_CALL = 16 * 1024

/** Coming, going and choosing a role: all that is done before or beside acting in one. */
export const signInPages = (deps: SignInDeps, { ticketOf, sessionOf, give, take, show }: Tools) => {
  const { people, clock, sessions, identity, book, consoleUrl, report } = deps
  const begunOnes = begunSignIns(deps)
  const heldBy = (subject: Subject) => people.memberships(subject, dateAt(clock.now()))
  /** An index tells of a role for a moment after it ended: what is acted in, or put on record, is asked of the role itself. */
  const holds = async ({ subject, membership }: Pick<Ticket, 'subject' | 'membership'>) =>
    membership !== null && (await people.holds(subject, membership, dateAt(clock.now())))

  /** Who is here, with the form they sent. Nothing is read of a form, or looked up, for anybody without a ticket of ours. */
  const whoIs = async (c: Context) => {
    const ticket = await ticketOf(c)
    if (!ticket) return undefined
    const posted = c.req.method === 'POST' ? await formOf(c.req.raw) : { form: null }
    if ('refused' in posted) return posted
    const { session: alive, genuine } = sessionOf(ticket, posted.form)
    const [session, isGenuine, known] = await Promise.all([alive, genuine, book()])
    const membership = ticket.membership === null ? undefined : parseMembership(ticket.membership)
    const form = posted.form ?? new URLSearchParams()
    return session && { ticket, form, session, isGenuine, membership, book: known }
  }
  type There = Seen & { readonly form: URLSearchParams }
  /** Runs for who is signed in, and sends everybody else to sign in. */
  const signedIn = async (c: Context, run: (there: There) => Response | Promise<Response>) => {
    const there = await whoIs(c)
    if (!there) return c.redirect('/sign-in', 303)
    if ('refused' in there) return show(c, plain.problemPage(there.refused))
    return there.isGenuine ? run(there) : show(c, plain.forgedPage)
  }

  return {
    home: async (c: Context) => {
      const there = await whoIs(c)
      if (!there || 'refused' in there) return show(c, plain.startPage)
      if (!there.membership) return c.redirect('/roles', 303)
      const home = homes[there.membership.role]
      return home ? c.redirect(home, 303) : show(c, plain.operatorPage, there)
    },
    'sign-in': async (c: Context) => {
      const { to, begun } = await identity.begin(c.req.query('again') === 'yes')
      await begunOnes.keep(c, { ...begun, to: samePlace(c.req.query('to'), consoleUrl) })
      return c.redirect(to)
    },
    'sign-in-callback': async (c: Context) => {
      const before = await ticketOf(c)
      const kept = await begunOnes.take(c, c.req.query('state') ?? '')
      if (!kept) {
        // A page that was loaded again, or come back to: whoever is signed in has nothing to do here.
        const isIn = before !== undefined && (await sessions.alive(before)) !== undefined
        return isIn ? c.redirect('/', 303) : show(c, plain.cannotSignInPage)
      }
      const { to, ...begun } = kept
      // A sign-in that the provider refused or somebody made up ends in one page; why is for the log.
      const [came] = await Promise.allSettled([identity.finish(new URL(c.req.url).search, begun)])
      if (came.status === 'rejected') report(came.reason)
      const who = came.status === 'fulfilled' ? came.value : undefined
      if (!who) return show(c, plain.cannotSignInPage)
      const { subject } = who
      const [held, { word, goesOn }] = await Promise.all([heldBy(subject), sessions.begin(who, before)])
      const [only = null, another] = held
      const wanted = another === undefined ? only : goesOn && before ? before.membership : null
      const membership = (await holds({ subject, membership: wanted })) ? wanted : null
      await signInOnRecord(deps, { subject, as: membership }, 'sign-in.done')
      await give(c, { word, subject, membership, mayChange: another !== undefined })
      return c.redirect(membership ? to : `/roles?to=${encodeURIComponent(to)}`)
    },
    /** The issuer's own call: it has no session here, and what it says is signed. */
    'ended-elsewhere': async (c: Context) => {
      const posted = await formOf(c.req.raw, { largest: LARGEST_CALL })
      const token = 'form' in posted ? posted.form.get('logout_token') : null
      const ended = token ? await identity.loggedOut(token, clock.now) : undefined
      const named = ended?.subject == null ? null : parseSubject(ended.subject)
      if (!ended || named === undefined) return c.json({ error: 'invalid_request' }, 400)
      const subject = await sessions.endAll({ ...ended, subject: named })
      if (subject) await signInOnRecord(deps, { subject, as: null }, 'sign-in.ended-elsewhere')
      return c.body(null, 200)
    },
    'sign-out': (c: Context) =>
      signedIn(c, async ({ ticket, session }) => {
        await sessions.end(ticket, session)
        await signInOnRecord(deps, { subject: ticket.subject, as: ticket.membership }, 'sign-in.ended')
        take(c)
        // Nothing is to be kept as it is; this takes away what a browser keeps all the same.
        c.header('clear-site-data', '"cache", "storage"')
        return c.redirect(await identity.signOutUrl(session.idToken), 303)
      }),
    roles: (c: Context) =>
      signedIn(c, async (there) => {
        const held = (await heldBy(there.ticket.subject)).flatMap((membership) => {
          const read = parseMembership(membership)
          return read ? [{ membership, words: there.book.roleAt(read) }] : []
        })
        return show(c, plain.rolesPage({ held, to: samePlace(c.req.query('to'), consoleUrl) }), {
          ...there,
          membership: undefined,
        })
      }),
    'choose-role': (c: Context) =>
      signedIn(c, async ({ ticket, form }) => {
        const { subject } = ticket
        const held = await heldBy(subject)
        const membership = held.find((one) => one === form.get('membership')) ?? null
        if (!membership || !(await holds({ subject, membership }))) return c.redirect('/roles', 303)
        await signInOnRecord(deps, { subject, as: membership }, 'sign-in.role-chosen')
        await give(c, { ...ticket, membership, mayChange: held.length > 1 })
        return c.redirect(samePlace(form.get('to'), consoleUrl), 303)
      }),
  }
}
