import type { Clock } from '@concord/application/ports/outside'
import type { People, Session } from '@concord/application/ports/people'
import { FRESH_MINUTES } from '@concord/contracts/demands'
import { parseSubject, type Subject } from '@concord/domain/ids'
import { addMinutes, type Instant } from '@concord/domain/time'
import { keyedHash, randomWord } from '@concord/platform/system'

/** For how long somebody stays signed in: since the last page, and at the longest. `fresh`: for what needs a sign-in just made. */
export const sessionMinutes = { idle: 15, longest: 12 * 60, fresh: FRESH_MINUTES } as const
const { idle: IDLE_MINUTES, longest } = sessionMinutes
export const LONGEST_MINUTES = longest

/** Whether somebody is still signed in: seen within a quarter of an hour, and for no longer than half a day. */
export const isAlive = ({ startedAt, seenAt, ended }: Pick<Session, 'startedAt' | 'seenAt' | 'ended'>, now: Instant) =>
  !ended && now < addMinutes(seenAt, IDLE_MINUTES) && now < addMinutes(startedAt, LONGEST_MINUTES)

/**
 * What the browser holds, signed: whom it names and as what is ours to say, never the caller's. It grants nothing: the word is compared
 * with what is kept, and the membership is read on every call.
 */
export type Ticket = {
  readonly word: string
  readonly subject: Subject
  readonly membership: string | null
  readonly mayChange: boolean
}

export const writeTicket = ({ word, subject, membership, mayChange }: Ticket) =>
  [word, subject, mayChange ? '+' : '-', membership ?? ''].join(' ')
export const readTicket = (text: string | undefined): Ticket | undefined => {
  const [word = '', who = '', change = '', membership = ''] = text?.split(' ') ?? []
  const subject = parseSubject(who)
  return subject && /^[\w-]{43}$/.test(word)
    ? { word, subject, membership: membership || null, mayChange: change === '+' }
    : undefined
}

/** What a form carries to show that a page of this session made it, and for which role. */
export const formTokenOf = ({ formToken }: Pick<Session, 'formToken'>, membership: string | null) =>
  keyedHash(formToken, 'form', membership ?? '')

type SessionDeps = {
  readonly people: Pick<People, 'session' | 'sessions' | 'keepSession' | 'issuerSession' | 'keepIssuerSession'>
  readonly clock: Clock
  readonly digest: (text: string) => string
  readonly issuer: string
}

/** Who is signed in. Only the hash of the browser's word is kept. */
export const sessionsOf = ({ people, clock, digest, issuer }: SessionDeps) => {
  const forgottenAt = ({ startedAt }: Pick<Session, 'startedAt'>) =>
    Math.floor(Date.parse(addMinutes(startedAt, LONGEST_MINUTES)) / 1000)
  const keepAt = (hash: string, session: Session) => people.keepSession(hash, session, forgottenAt(session))
  const hashOf = (issuerSession: string) => digest(JSON.stringify([issuer, issuerSession]))
  const keep = (word: string, session: Session) => keepAt(digest(word), session)
  const find = ({ word, subject }: Ticket) => people.session(subject, digest(word))
  return {
    /**
     * A person who signs in again in the same browser keeps the secret of their forms, so that a form begun before can still be sent,
     * and goes on in their role if they were still signed in. The session that was there ends, no matter whose it was.
     */
    begin: async (
      who: Pick<Session, 'subject' | 'name' | 'idToken' | 'issuerSession' | 'authenticatedAt'>,
      before: Ticket | undefined,
    ): Promise<{ readonly word: string; readonly goesOn: boolean }> => {
      const earlier = before && (await find(before))
      const own = earlier?.subject === who.subject && !earlier.ended ? earlier : undefined
      const [word, now, formToken] = [randomWord(), clock.now(), own?.formToken ?? randomWord()]
      if (before && earlier && !earlier.ended) await keep(before.word, { ...earlier, ended: true })
      const session = { ...who, version: 1, startedAt: now, seenAt: now, formToken, ended: false }
      await Promise.all([
        keep(word, session),
        who.issuerSession === null
          ? undefined
          : people.keepIssuerSession(hashOf(who.issuerSession), who.subject, forgottenAt(session)),
      ])
      return { word, goesOn: own !== undefined && isAlive(own, now) }
    },
    alive: async (ticket: Ticket): Promise<Session | undefined> => {
      const session = await find(ticket)
      return session && isAlive(session, clock.now()) ? session : undefined
    },
    /** Notes that somebody is still there; once a minute is enough. */
    see: async ({ word }: Ticket, session: Session) => {
      const now = clock.now()
      if (now >= addMinutes(session.seenAt, 1))
        await keep(word, { ...session, seenAt: now, version: session.version + 1 })
    },
    /** Ends what the issuer says it ended: sessions begun before it said so, of one of its own sessions or of all. Says whose they were. */
    endAll: async ({ subject: said, session: named, at }: Ended): Promise<Subject | undefined> => {
      const subject = said ?? (named === null ? undefined : await people.issuerSession(hashOf(named)))
      if (!subject) return undefined
      const meant = (await people.sessions(subject)).filter(
        ({ session }) =>
          !session.ended && session.startedAt <= at && (named === null || session.issuerSession === named),
      )
      await Promise.all(meant.map(({ hash, session }) => keepAt(hash, { ...session, ended: true })))
      return meant.length > 0 ? subject : undefined
    },
    end: ({ word }: Ticket, session: Session) => keep(word, { ...session, ended: true }),
  }
}
/** What an issuer ended: of a subject, of one of its own sessions, or of both at once. */
type Ended = { readonly subject: Subject | null; readonly session: string | null; readonly at: Instant }
export type Sessions = ReturnType<typeof sessionsOf>
