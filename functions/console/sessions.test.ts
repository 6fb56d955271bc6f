import { must, parseSubject } from '@concord/domain/ids'
import { sha256 } from '@concord/platform/system'
import { storedPeople } from '@concord/store/people'
import { at } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { describe, expect, test } from 'vitest'
import { isAlive, readTicket, sessionsOf, type Ticket, writeTicket } from './sessions.ts'

const who = {
  subject: must(parseSubject, 'somebody'),
  name: 'Somebody',
  idToken: null,
  issuerSession: null,
  authenticatedAt: null,
}
const began = at('2026-06-15T09:00:00Z')

const signedIn = async () => {
  let now = began
  const tables = memoryTables()
  const sessions = sessionsOf({
    people: storedPeople(tables),
    clock: { now: () => now },
    digest: sha256,
    issuer: 'https://issuer.example',
  })
  const { word } = await sessions.begin(who, undefined)
  const ticket: Ticket = { word, subject: who.subject, membership: null, mayChange: false }
  const later = (time: string) => {
    now = at(time)
  }
  return { sessions, ticket, later, tables }
}

describe('a session', () => {
  // evidence: ASVS 7.4.1
  test.each([
    {
      when: 'a moment before a quarter of an hour',
      seenAt: '2026-06-15T10:00:00Z',
      now: '2026-06-15T10:14:59Z',
      alive: true,
    },
    {
      when: 'a quarter of an hour after the last page',
      seenAt: '2026-06-15T10:00:00Z',
      now: '2026-06-15T10:15:00Z',
      alive: false,
    },
    { when: 'a moment before 12 hours', seenAt: '2026-06-15T20:59:00Z', now: '2026-06-15T20:59:59Z', alive: true },
    {
      when: '12 hours after it began, however busy',
      seenAt: '2026-06-15T20:59:00Z',
      now: '2026-06-15T21:00:00Z',
      alive: false,
    },
  ])('$when is alive: $alive', ({ seenAt, now, alive }) => {
    expect(isAlive({ startedAt: began, seenAt: at(seenAt), ended: false }, at(now))).toBe(alive)
  })

  // evidence: ASVS 7.4.1
  test('that was ended is over at once', async () => {
    const { sessions, ticket } = await signedIn()
    const session = await sessions.alive(ticket)
    if (!session) throw new Error('It began a moment ago')
    await sessions.end(ticket, session)
    expect(await sessions.alive(ticket)).toBeUndefined()
  })

  test('that was ended is not brought back by a page that was being read', async () => {
    const { sessions, ticket, later } = await signedIn()
    const session = await sessions.alive(ticket)
    if (!session) throw new Error('It began a moment ago')
    await sessions.end(ticket, session)
    later('2026-06-15T09:05:00Z')
    await sessions.see(ticket, session)
    expect(await sessions.alive(ticket)).toBeUndefined()
  })

  test('goes on with each page that is read', async () => {
    const { sessions, ticket, later } = await signedIn()
    for (const time of ['2026-06-15T09:10:00Z', '2026-06-15T09:20:00Z', '2026-06-15T09:30:00Z']) {
      later(time)
      const session = await sessions.alive(ticket)
      if (!session) throw new Error(`Over at ${time}`)
      await sessions.see(ticket, session)
    }
  })

  // evidence: ASVS 7.2.2
  test('is kept under a hash: the word itself is nowhere', async () => {
    const { ticket, tables } = await signedIn()
    expect(JSON.stringify(tables.all())).toContain(sha256(ticket.word))
    expect(JSON.stringify(tables.all())).not.toContain(ticket.word)
  })

  test('is not found by another word, nor by another person’s', async () => {
    const { sessions, ticket } = await signedIn()
    expect(await sessions.alive({ ...ticket, word: 'x'.repeat(43) })).toBeUndefined()
    expect(await sessions.alive({ ...ticket, subject: must(parseSubject, 'somebody-else') })).toBeUndefined()
  })

  test.each([
    { whoever: 'the same person', subject: who.subject, isSame: true },
    { whoever: 'somebody else', subject: must(parseSubject, 'somebody-else'), isSame: false },
  ])('begun after it ran out by $whoever keeps the form token: $isSame', async ({ subject, isSame }) => {
    const { sessions, ticket, later } = await signedIn()
    const before = await sessions.alive(ticket)
    later('2026-06-15T10:00:00Z')
    const { word } = await sessions.begin({ ...who, subject }, ticket)
    const again = { ...ticket, subject, word }
    expect((await sessions.alive(again))?.formToken === before?.formToken).toBe(isSame)
  })
})

describe('what the issuer says it ended', () => {
  const named = { ...who, issuerSession: 'session-1' }
  test.each([
    { by: 'its session alone', subject: null, session: 'session-1', isOver: true },
    { by: 'its session and the subject', subject: who.subject, session: 'session-1', isOver: true },
    { by: 'the subject alone', subject: who.subject, session: null, isOver: true },
    { by: 'another session alone', subject: null, session: 'session-2', isOver: false },
    { by: 'neither', subject: null, session: null, isOver: false },
  ])('named by $by is over: $isOver', async ({ subject, session, isOver }) => {
    const { sessions, ticket, tables } = await signedIn()
    const { word } = await sessions.begin(named, undefined)
    const ended = await sessions.endAll({ subject, session, at: began })
    expect(ended).toBe(isOver ? who.subject : undefined)
    expect((await sessions.alive({ ...ticket, word })) === undefined).toBe(isOver)
    // The other session of the same person was not the issuer's.
    expect((await sessions.alive(ticket)) === undefined).toBe(isOver && session === null)
    expect(tables.all().some(({ item }) => item.pk.includes('session-1') || item.sk.includes('session-1'))).toBe(false)
  })
})

describe('signing in again in the same browser', () => {
  // evidence: ASVS 7.2.4
  test.each([
    { whoever: 'the same person', subject: who.subject },
    { whoever: 'somebody else', subject: must(parseSubject, 'somebody-else') },
  ])('as $whoever begins another session, and ends the one that was there', async ({ subject }) => {
    const { sessions, ticket } = await signedIn()
    const { word } = await sessions.begin({ ...who, subject }, ticket)
    const again = { ...ticket, subject, word }
    expect(again.word).not.toBe(ticket.word)
    expect(await sessions.alive(again)).toBeDefined()
    expect(await sessions.alive(ticket)).toBeUndefined()
  })
})

describe('going on in a role', () => {
  test.each([
    { whoever: 'the same person, still signed in,', subject: who.subject, now: '2026-06-15T09:05:00Z', goesOn: true },
    { whoever: 'the same person, signed out since,', subject: who.subject, now: '2026-06-15T10:00:00Z', goesOn: false },
    {
      whoever: 'somebody else',
      subject: must(parseSubject, 'somebody-else'),
      now: '2026-06-15T09:05:00Z',
      goesOn: false,
    },
  ])('for $whoever who signs in: $goesOn', async ({ subject, now, goesOn }) => {
    const { sessions, ticket, later } = await signedIn()
    later(now)
    expect((await sessions.begin({ ...who, subject }, ticket)).goesOn).toBe(goesOn)
  })
})

describe('a ticket', () => {
  const ticket: Ticket = {
    word: 'w'.repeat(43),
    subject: who.subject,
    membership: 'coordinator@network/one',
    mayChange: true,
  }
  test('reads back as it was written', () => {
    expect(readTicket(writeTicket(ticket))).toEqual(ticket)
  })
  test.each([undefined, '', 'x', 'short somebody - ', `${'w'.repeat(43)} -bad- - `])('that is “%s” is none', (text) => {
    expect(readTicket(text)).toBeUndefined()
  })
})
