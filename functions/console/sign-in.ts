import type { Deps } from '@concord/application/deps'
import type { Clock } from '@concord/application/ports/outside'
import type { People } from '@concord/application/ports/people'
import { parseMembership } from '@concord/application/scope'
import { parseSubject, type Subject } from '@concord/domain/ids'
import { dateAt } from '@concord/domain/time'
import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { z } from 'zod'
import * as plain from '../../web/plain-pages.tsx'
import { homes } from '../../web/words.ts'
import type { Book } from './book.ts'
import type { Identity } from './identity.ts'
import type { Sessions } from './sessions.ts'
import { signInOnRecord } from './sign-ins-on-record.ts'
import { cookiesFor, type Seen, samePlace, type Tools } from './tools.ts'

export type SignInDeps = Pick<Deps, 'audit' | 'ids'> & {
  readonly people: Pick<People, 'memberships' | 'everHeld'>
  readonly clock: Clock
  readonly sessions: Sessions
  readonly identity: Identity
  readonly book: () => Promise<Book>
  readonly cookieKey: () => Promise<string>
  readonly consoleUrl: string
  readonly report: (error: unknown) => void
}

const BEGUN = 'concord-sign-in'
const begunShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  again: z.boolean(),
  to: z.string(),
})

/** Coming, going and choosing a role: all that is done before or beside acting in one. */
export const signInPages = (deps: SignInDeps, { arrive, give, take, show }: Tools) => {
  const { people, clock, sessions, identity, book, cookieKey, consoleUrl, report } = deps
  const { prefix, options } = cookiesFor(consoleUrl)
  const heldBy = (subject: Subject) => people.memberships(subject, dateAt(clock.now()))

  const whoIs = async (c: Context) => {
    const { ticket, form, session: alive, genuine } = await arrive(c)
    const [session, isGenuine, known] = await Promise.all([alive, genuine, book()])
    const membership = ticket?.membership ? parseMembership(ticket.membership) : undefined
    return ticket && session ? { ticket, form, session, isGenuine, membership, book: known } : undefined
  }
  type There = Seen & { readonly form: URLSearchParams }
  /** Runs for who is signed in, and sends everybody else to sign in. */
  const signedIn = async (c: Context, run: (there: There) => Response | Promise<Response>) => {
    const there = await whoIs(c)
    if (!there) return c.redirect('/sign-in', 303)
    return there.isGenuine ? run(there) : show(c, plain.forgedPage)
  }

  return {
    home: async (c: Context) => {
      const there = await whoIs(c)
      if (!there) return show(c, plain.startPage)
      if (!there.membership) return c.redirect('/roles', 303)
      const home = homes[there.membership.role]
      return home ? c.redirect(home, 303) : show(c, plain.operatorPage, there)
    },
    'sign-in': async (c: Context) => {
      const { to, begun } = await identity.begin(c.req.query('again') === 'yes')
      const kept = JSON.stringify({ ...begun, to: samePlace(c.req.query('to'), consoleUrl) })
      await setSignedCookie(c, BEGUN, kept, await cookieKey(), { ...options, maxAge: 600 })
      return c.redirect(to)
    },
    'sign-in-callback': async (c: Context) => {
      const kept = await getSignedCookie(c, await cookieKey(), BEGUN, prefix)
      deleteCookie(c, BEGUN, options)
      if (!kept) return show(c, plain.cannotSignInPage)
      const { to, ...begun } = begunShape.parse(JSON.parse(kept))
      // A sign-in that the provider refused or somebody made up ends in one page; why is for the log.
      const who = await identity.finish(new URL(c.req.url).search, begun).catch(report)
      if (!who) return show(c, plain.cannotSignInPage)
      const { ticket: before } = await arrive(c)
      const [held, word] = await Promise.all([heldBy(who.subject), sessions.begin(who, before)])
      const [only = null, another] = held
      const membership = another ? null : only
      await signInOnRecord(deps, { subject: who.subject, as: membership }, 'sign-in.done')
      give(c, { word, subject: who.subject, membership, mayChange: another !== undefined })
      return c.redirect(membership ? to : `/roles?to=${encodeURIComponent(to)}`)
    },
    /** The issuer's own call: it has no session here, and what it says is signed. */
    'ended-elsewhere': async (c: Context) => {
      const { form } = await arrive(c)
      const ended = await identity.loggedOut(form.get('logout_token') ?? '', clock.now)
      const subject = ended && parseSubject(ended.subject)
      if (!ended || !subject) return c.json({ error: 'invalid_request' }, 400)
      const count = await sessions.endAll({ ...ended, subject })
      if (count > 0) await signInOnRecord(deps, { subject, as: null }, 'sign-in.ended-elsewhere')
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
        const held = await heldBy(ticket.subject)
        const membership = held.find((one) => one === form.get('membership'))
        if (!membership) return c.redirect('/roles', 303)
        await signInOnRecord(deps, { subject: ticket.subject, as: membership }, 'sign-in.role-chosen')
        give(c, { ...ticket, membership, mayChange: held.length > 1 })
        return c.redirect(samePlace(form.get('to'), consoleUrl), 303)
      }),
  }
}
