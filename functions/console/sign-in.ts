import type { People } from '@concord/application/ports/people'
import { parseMembership } from '@concord/application/scope'
import type { Role } from '@concord/domain/actor'
import { dateAt, type Instant } from '@concord/domain/time'
import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { z } from 'zod'
import * as plain from '../../web/plain-pages.tsx'
import type { Book } from './book.ts'
import type { Identity } from './identity.ts'
import type { Sessions } from './sessions.ts'
import { cookieOptions, samePlace, type Tools } from './tools.ts'

export type SignInDeps = {
  readonly people: Pick<People, 'memberships'>
  readonly clock: { readonly now: () => Instant }
  readonly sessions: Sessions
  readonly identity: Identity
  readonly book: () => Promise<Book>
  readonly cookieKey: () => Promise<string>
  readonly consoleUrl: string
  readonly report: (error: unknown) => void
}

const BEGUN = 'concord-sign-in'
const begunShape = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() })
/** Where each role starts. */
const homes: Readonly<Record<Role, string | null>> = {
  requester: '/requests',
  'eso-lead': '/requests',
  coordinator: '/requests',
  'clinical-lead': '/requests',
  clinician: '/inbox',
  commissioner: '/figures',
  operator: null,
}

/** Coming, going and choosing a role: all that is done before or beside acting in one. */
export const signInPages = (
  { people, clock, sessions, identity, book, cookieKey, consoleUrl, report }: SignInDeps,
  { arrive, give, take, show }: Tools,
) => {
  const options = { ...cookieOptions(consoleUrl), maxAge: 600 }
  const prefix = 'prefix' in options ? options.prefix : undefined
  const heldBy = (subject: Parameters<People['memberships']>[0]) => people.memberships(subject, dateAt(clock.now()))

  /** Runs for who is signed in, and sends everybody else to sign in. */
  const signedIn = async (
    c: Context,
    run: (there: Awaited<ReturnType<typeof whoIs>> & object) => Promise<Response>,
  ) => {
    const there = await whoIs(c)
    if (!there) return c.redirect(`/sign-in?to=${encodeURIComponent(c.req.method === 'GET' ? c.req.path : '/')}`, 303)
    return there.isGenuine ? run(there) : show(c, plain.forgedPage)
  }
  const whoIs = async (c: Context) => {
    const { ticket, form, session, genuine } = await arrive(c)
    const [found, isGenuine] = await Promise.all([session, genuine])
    return ticket && found ? { ticket, form, session: found, isGenuine } : undefined
  }

  return {
    home: async (c: Context) => {
      const there = await whoIs(c)
      if (!there) return show(c, plain.startPage)
      const membership = there.ticket.membership ? parseMembership(there.ticket.membership) : undefined
      if (!membership) return c.redirect('/roles', 303)
      const home = homes[membership.role]
      return home ? c.redirect(home, 303) : show(c, plain.operatorPage, { ...there, membership, book: await book() })
    },
    begin: async (c: Context) => {
      const { to, begun } = await identity.begin()
      const kept = JSON.stringify({ ...begun, to: samePlace(c.req.query('to'), consoleUrl) })
      await setSignedCookie(c, BEGUN, kept, await cookieKey(), options)
      return c.redirect(to.href)
    },
    finish: async (c: Context) => {
      const kept = await getSignedCookie(c, await cookieKey(), BEGUN, prefix)
      deleteCookie(c, BEGUN, options)
      if (!kept) return show(c, plain.cannotSignInPage)
      const { to, ...begun } = begunShape.parse(JSON.parse(kept))
      // A sign-in that the provider refused or somebody made up ends in one page; why is for the log.
      const who = await identity.finish(new URL(c.req.url).search, begun).catch(report)
      if (!who) return show(c, plain.cannotSignInPage)
      const { ticket: before } = await arrive(c)
      const [held, word] = await Promise.all([heldBy(who.subject), sessions.begin(who, before)])
      const membership = held.length === 1 ? (held[0] ?? null) : null
      give(c, { word, subject: who.subject, membership, mayChange: held.length > 1 })
      return c.redirect(membership ? to : `/roles?to=${encodeURIComponent(to)}`)
    },
    signOut: (c: Context) =>
      signedIn(c, async ({ ticket, session }) => {
        await sessions.end(ticket, session)
        take(c)
        return c.redirect(await identity.signOutUrl(session.idToken), 303)
      }),
    roles: (c: Context) =>
      signedIn(c, async ({ ticket, session }) => {
        const [held, known] = await Promise.all([heldBy(ticket.subject), book()])
        const choices = held.flatMap((membership) => {
          const read = parseMembership(membership)
          return read ? [{ membership, words: known.roleAt(read) }] : []
        })
        return show(c, plain.rolesPage({ held: choices, to: samePlace(c.req.query('to'), consoleUrl) }), {
          session,
          ticket,
          membership: undefined,
          book: known,
        })
      }),
    choose: (c: Context) =>
      signedIn(c, async ({ ticket, form }) => {
        const held = await heldBy(ticket.subject)
        const membership = held.find((one) => one === form.get('membership'))
        if (!membership) return c.redirect('/roles', 303)
        give(c, { ...ticket, membership, mayChange: held.length > 1 })
        return c.redirect(samePlace(form.get('to'), consoleUrl), 303)
      }),
  }
}
