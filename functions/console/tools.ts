import type { Session } from '@concord/application/ports/people'
import type { Membership } from '@concord/application/scope'
import { isSameWord } from '@concord/platform/system'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { document, type Page } from '../../web/layout.tsx'
import { menus } from '../../web/words.ts'
import type { Book } from './book.ts'
import { formTokenOf, readTicket, type Sessions, type Ticket, writeTicket } from './sessions.ts'
import { signed, unsigned } from './signed-cookies.ts'

const TICKET = 'concord'

/** How cookies are set: for this host and no script, and over https under a name that no other host can set. */
export const cookiesFor = (consoleUrl: string) => {
  const always = { httpOnly: true, sameSite: 'Lax', path: '/' } as const
  return consoleUrl.startsWith('https://')
    ? { prefix: 'host' as const, options: { ...always, secure: true, prefix: 'host' as const } }
    : { prefix: undefined, options: always }
}

/** Who somebody is to the frame around a page. */
export type Seen = {
  readonly session: Session
  readonly ticket: Ticket
  readonly membership: Membership | undefined
  readonly book: Book
}
export type ToolDeps = {
  readonly sessions: Sessions
  readonly cookieKey: () => Promise<string>
  readonly consoleUrl: string
  readonly isInvented: boolean
  readonly ids: { readonly uuid: () => string }
}

/** What every way into the console shares: who arrives, their ticket, and a page in its frame. */
export const toolsOf = ({ sessions, cookieKey, consoleUrl, isInvented, ids }: ToolDeps) => {
  const { prefix, options } = cookiesFor(consoleUrl)
  return {
    /** The ticket that somebody arrives with, if it is one of ours. For any other nothing is looked up and nothing is read. */
    ticketOf: async (c: Context): Promise<Ticket | undefined> =>
      readTicket(unsigned(await cookieKey(), TICKET, getCookie(c, TICKET, prefix))),
    /** The session of a ticket, and whether what was sent is from a page of that session: of what is only read there is no doubt. */
    sessionOf: (ticket: Ticket, form: URLSearchParams | null) => {
      const session = sessions.alive(ticket)
      const genuine = session.then(
        (one) =>
          one !== undefined && (form === null || isSameWord(formTokenOf(one, form.get('as')), form.get('token') ?? '')),
      )
      return { session, genuine: quiet(genuine) }
    },
    give: async (c: Context, ticket: Ticket) =>
      setCookie(c, TICKET, signed(await cookieKey(), TICKET, writeTicket(ticket)), options),
    take: (c: Context) => deleteCookie(c, TICKET, options),
    show: (c: Context, page: Page, seen?: Seen) => {
      const { problem = null, errors = [] } = page.typed ?? {}
      const status = page.status ?? problem?.status ?? (errors.length > 0 ? 400 : 200)
      const { session, ticket, membership, book } = seen ?? {}
      const as = ticket?.membership ?? null
      const own = membership?.role === 'clinician' ? membership.clinician : ''
      const frame = {
        path: c.req.path,
        isInvented,
        organisationsAsOf: book?.asOf ?? null,
        seal: {
          token: session ? formTokenOf(session, as) : '',
          as: as ?? '',
          newKey: ids.uuid,
        },
        name: session?.name ?? null,
        as: membership && book ? book.roleAt(membership) : null,
        mayChange: ticket?.mayChange ?? false,
        menu: membership ? menus[membership.role].map(([to, words]) => [to.replace(':id', own), words] as const) : [],
      }
      return c.html(html`<!doctype html>${document(page, frame)}`, status as 200)
    },
  }
}
export type Tools = ReturnType<typeof toolsOf>

/** A promise that somebody may come to wait for, or not: if it fails without, it must not end the process. */
export const quiet = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined)
  return promise
}

/** No address of a page of ours is longer, and several of them are kept in cookies. */
const LONGEST_PLACE = 500

/** Where one wanted to go, if that is an address of this console; otherwise the start. */
export const samePlace = (wanted: string | null | undefined, consoleUrl: string): string => {
  const isShort = (wanted?.length ?? 0) <= LONGEST_PLACE
  const url = wanted?.startsWith('/') && isShort ? URL.parse(wanted, consoleUrl) : null
  const isHere = url?.origin === new URL(consoleUrl).origin && !/^\/(\/|sign-)/.test(url.pathname)
  return url && isHere ? url.pathname + url.search : '/'
}
