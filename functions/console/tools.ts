import type { Session } from '@concord/application/ports/people'
import type { Membership } from '@concord/application/scope'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { document, type Page } from '../../web/layout.tsx'
import { menus } from '../../web/words.ts'
import type { Book } from './book.ts'
import { formOf } from './form-of.ts'
import { readTicket, type Sessions, type Ticket, writeTicket } from './sessions.ts'

const TICKET = 'concord'
const noForm = { form: new URLSearchParams() }

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
  readonly consoleUrl: string
  readonly isInvented: boolean
  readonly ids: { readonly uuid: () => string }
}

/** What every way into the console shares: who arrives, their ticket, and a page in its frame. */
export const toolsOf = ({ sessions, consoleUrl, isInvented, ids }: ToolDeps) => {
  const { prefix, options } = cookiesFor(consoleUrl)
  return {
    /** Who arrives with what. A form is genuine when it carries the token of a session that is alive. */
    arrive: async (c: Context) => {
      const ticket = readTicket(getCookie(c, TICKET, prefix))
      const isForm = c.req.method === 'POST'
      const posted = isForm ? await formOf(c.req) : noForm
      const form = 'refused' in posted ? new URLSearchParams() : posted.form
      const refused = 'refused' in posted ? posted.refused : undefined
      // Of what is not taken at all nobody asks whose it is.
      const session = ticket && !refused ? sessions.alive(ticket) : Promise.resolve(undefined)
      const genuine = session.then((one) => one !== undefined && (!isForm || one.formToken === form.get('token')))
      return { ticket, form, refused, session, genuine }
    },
    give: (c: Context, ticket: Ticket) => setCookie(c, TICKET, writeTicket(ticket), options),
    take: (c: Context) => deleteCookie(c, TICKET, options),
    show: (c: Context, page: Page, seen?: Seen) => {
      const { problem = null, errors = [] } = page.typed ?? {}
      const status = page.status ?? problem?.status ?? (errors.length > 0 ? 400 : 200)
      const { session, ticket, membership, book } = seen ?? {}
      const own = membership?.role === 'clinician' ? membership.clinician : ''
      const frame = {
        path: c.req.path,
        isInvented,
        organisationsAsOf: book?.asOf ?? null,
        seal: { token: session?.formToken ?? '', newKey: ids.uuid },
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

/** Where one wanted to go, if that is an address of this console; otherwise the start. */
export const samePlace = (wanted: string | null | undefined, consoleUrl: string): string => {
  const url = wanted?.startsWith('/') ? URL.parse(wanted, consoleUrl) : null
  const isHere = url?.origin === new URL(consoleUrl).origin && !/^\/(\/|sign-)/.test(url.pathname)
  return url && isHere ? url.pathname + url.search : '/'
}
