import type { Session } from '@concord/application/ports/people'
import type { CaseEntry, Parked } from '@concord/application/ports/reactor-store'
import { paths } from '@concord/application/scope'
import { emptyChain, endAt, linksAfter } from '@concord/domain/audit/chain'
import type { NamedEntry } from '@concord/domain/audit/entry'
import type { ChainEnd } from '@concord/domain/audit/ledger'
import { type ClinicianId, must, parseSubject, parseTrustCode } from '@concord/domain/ids'
import { isNonEmpty } from '@concord/domain/result'
import { addMinutes } from '@concord/domain/time'
import { storedAuditChain } from '@concord/store/audit-chain'
import { storedAuditLog } from '@concord/store/audit-log'
import { keys } from '@concord/store/keys'
import { storedPeople } from '@concord/store/people'
import { storedReactorStore } from '@concord/store/reactor-store'
import { storedReference } from '@concord/store/reference-store'
import type { TableAccess } from '@concord/store/table-access'
import { beforeEach, describe, expect, test } from 'vitest'
import { clinicianId, day, gmc, inventedFiles, neurology, org } from './facts.ts'
import { hashes, history } from './ledgers.ts'
import { aListedClinician, networkTwo } from './listed-clinician.ts'
import { anExchange, aRef, aRequest, begun, networkOne } from './requests.ts'

/** What the platform keeps for itself, over whichever tables. Every test begins with empty ones. */
export const platformStoresContract = (name: string, emptyTables: () => TableAccess) => {
  let tables: TableAccess
  beforeEach(() => {
    tables = emptyTables()
  })

  describe(`what the reactors write to tables ${name}`, () => {
    const { network, trust, id } = aRequest('draft')
    const store = () => storedReactorStore(tables)
    const entry = (seq: number, stage: CaseEntry['stage']): CaseEntry => ({
      network,
      trust,
      id,
      seq,
      stage,
      at: begun,
      replyBy: null,
      acceptedBy: null,
    })
    const stage = async () => (await tables.get('records', keys.case(networkOne, clinicianId(1), id)))?.['stage']

    test('is a case in an inbox, the latest of what happened to it, however late the rest arrives', async () => {
      for (const [seq, one] of [
        [5, 'offered'],
        [9, 'over'],
        [7, 'engaged'],
        [9, 'offered'],
        [5, 'offered'],
      ] as const)
        await store().putCase(aRef(1), entry(seq, one))
      expect(await stage()).toBe('over')
    })

    test('is a card, of the newest version that came', async () => {
      const { status: _, ...card } = aListedClinician(1).state
      const listing = { network, tfc: neurology }
      for (const version of [4, 6, 5]) await store().putCard(listing, { ...card, version, listed: version === 6 })
      const found = await tables.get('records', keys.card(network, neurology, card.id))
      expect(found).toMatchObject({ card: { version: 6, listed: true } })
    })

    test('is an opinion that was given, with everybody it bears on, as it was kept first', async () => {
      const exchange = anExchange(1)
      await store().putExchange(network, exchange)
      await store().putExchange(network, { ...exchange, opinionUnit: org('XB1') })
      for (const about of [gmc(1), gmc(901), org('XA1'), org('XC1')])
        expect(await tables.query('records', { pk: `network/network-one/evidence/${about}` })).toMatchObject([
          { sk: `2026-06-15/${exchange.id}`, exchange },
        ])
      expect(await tables.query('records', { pk: 'network/network-one/evidence/XB1' })).toEqual([])
    })

    test('is an effect that was done, in its network alone and under no key that a person could take', async () => {
      expect(await store().wasDone(networkOne, 'notice/1')).toBe(false)
      await store().markDone(networkOne, 'notice/1')
      await store().markDone(networkOne, 'notice/1')
      expect(await store().wasDone(networkOne, 'notice/1')).toBe(true)
      expect(await store().wasDone(networkTwo, 'notice/1')).toBe(false)
      expect(await tables.query('records', { pk: `${paths.network(networkOne)}/once` })).toEqual([])
    })

    test('is a fact of a request for a year, once', async () => {
      const fact = { network, period: '2026-27', request: id, what: 'submitted', at: begun } as const
      for (const one of [fact, fact, { ...fact, what: 'matched' as const }]) await store().putFact(one)
      expect((await store().facts(network, '2026-27')).map(({ what }) => what)).toEqual(['matched', 'submitted'])
      expect(await store().facts(network, '2025-26')).toEqual([])
      expect(await store().facts(networkTwo, '2026-27')).toEqual([])
    })

    test('is a year’s release, once: a second one changes nothing', async () => {
      const release = (requests: number) =>
        ({ network, period: '2025-26', figures: { requests, matched: '0-7', medianWorkingDays: null } }) as const
      expect(await store().putRelease(release(20))).toBe('released')
      expect(await store().putRelease(release(21))).toBe('released-before')
      expect(await tables.query('figures', { pk: paths.release(network) })).toMatchObject([{ release: release(20) }])
    })

    test('is a reaction that failed, visible in its network until it is let go', async () => {
      const parked = (reaction: string, event: string): Parked => ({
        network,
        reaction,
        envelope: { id: event, pk: paths.request({ network, trust, id }), seq: 1, event: { type: 'request.triaged' } },
        because: 'Error',
        at: begun,
      })
      for (const one of [parked('notices', 'evt_1'), parked('inbox', 'evt_1'), parked('inbox', 'evt_2')])
        await store().park(one)
      await store().park(parked('inbox', 'evt_1'))
      expect(await store().parked(network)).toEqual([
        parked('inbox', 'evt_1'),
        parked('inbox', 'evt_2'),
        parked('notices', 'evt_1'),
      ])
      await store().unpark(parked('inbox', 'evt_1'))
      expect((await store().parked(network)).map(({ envelope }) => envelope.id)).toEqual(['evt_2', 'evt_1'])
      expect(await store().parked(networkTwo)).toEqual([])
    })

    test('goes to the office that was named for a place, the last one named', async () => {
      const path = paths.clinician(networkOne, clinicianId(1) satisfies ClinicianId)
      expect(await store().office(path)).toBeUndefined()
      for (const email of ['old@concord.example', 'new@concord.example'])
        await storedPeople(tables).setOffice(path, email)
      expect(await store().office(path)).toBe('new@concord.example')
    })
  })

  describe(`the audit in tables ${name}`, () => {
    test('keeps each entry by its case in the order of time, and the same one once', async () => {
      const audit = storedAuditLog(tables)
      const put = (minutes: number, entry: string, about = 'network-one/XA1/req_1') =>
        audit.put({
          at: addMinutes(begun, minutes),
          id: entry,
          about,
          who: 'anna',
          role: 'requester',
          did: 'case.read',
        })
      await put(2, 'b')
      await put(1, 'c')
      await put(2, 'a')
      await put(2, 'b')
      await put(1, 'd', 'network-one/office')
      const entries = await tables.query('audit', { pk: 'audit/network-one/XA1/req_1' })
      expect(entries.map((one) => one['id'])).toEqual(['c', 'a', 'b'])
    })

    const chain = () => storedAuditChain(tables)
    const waiting = async () => (await chain().waiting(networkOne)).entries
    /** Chains what waits after an end, and says what came of it and where the chain then ends. */
    const chained = async (after: ChainEnd, entries: readonly NamedEntry[]) => {
      const links = linksAfter(after, entries, hashes)
      const both = links.flatMap((link, at) => (entries[at] ? [{ link, entry: entries[at] }] : []))
      const last = links.at(-1)
      if (!isNonEmpty(both) || !last) throw new Error('Nothing waits')
      return { outcome: await chain().append(after, both), end: endAt(last) }
    }
    const read = (entry: string) =>
      storedAuditLog(tables).put({
        at: begun,
        id: entry,
        about: 'network-one/office',
        who: 'anna',
        role: 'coordinator',
        did: 'worklist.read',
      })

    test('tells what waits until it is chained, and that a chain has moved until its end is settled', async () => {
      await read('a')
      await read('b')
      const entries = await waiting()
      expect(entries.map(({ name }) => name)).toEqual(['a', 'b'].map((id) => `network-one/office ${begun}/${id}`))
      expect(await chain().waiting(networkTwo)).toEqual({ entries: [], hasMoved: false })
      const { outcome, end } = await chained(emptyChain(networkOne, hashes), entries)
      expect(outcome).toEqual({ kind: 'appended' })
      expect(await chain().waiting(networkOne)).toEqual({ entries: [], hasMoved: true })
      expect(await chain().end(networkOne)).toEqual(end)
      await chain().settle(end)
      expect(await chain().waiting(networkOne)).toEqual({ entries: [], hasMoved: false })
      expect(await chain().links(networkOne)).toHaveLength(2)
      // What was put and what is found have the same hash: nothing of the store's own is part of it.
      const found = await chain().auditOf('network-one/office')
      expect(found).toEqual(entries.map((one) => ({ ...one, isWaiting: false })))
    })

    test('chains all or nothing, each entry once, and after the very end that was read', async () => {
      await read('a')
      const first = await waiting()
      const { end } = await chained(emptyChain(networkOne, hashes), first)
      await read('b')
      const both = [...first, ...(await waiting())]
      expect((await chained(emptyChain(networkOne, hashes), both)).outcome).toEqual({ kind: 'moved-on' })
      const names = first.map(({ name }) => name)
      expect((await chained(end, both)).outcome).toEqual({ kind: 'chained-before', names })
      expect(await chain().links(networkOne)).toHaveLength(1)
      expect((await chained(end, both.slice(1))).outcome).toEqual({ kind: 'appended' })
      // An older end settles nothing.
      await chain().settle(end)
      expect(await chain().waiting(networkOne)).toMatchObject({ hasMoved: true })
    })

    test('keeps a head under its number once, and tells the latest', async () => {
      expect(await chain().latestHead()).toBeUndefined()
      const heads = history([['north'], ['south'], ['north']]).at(-1)?.heads ?? []
      for (const head of heads) expect(await chain().putHead(head)).toBe('put')
      for (const head of heads) expect(await chain().putHead({ ...head, root: 'other' })).toBe('put-before')
      expect(await chain().heads()).toEqual(heads)
      expect(await chain().latestHead()).toEqual(heads.at(-1))
      expect(await chain().head(2)).toEqual(heads[1])
    })
  })

  describe(`people in tables ${name}`, () => {
    const anna = must(parseSubject, 'anna')
    const people = () => storedPeople(tables)
    const grant = (membership: string, from: string, to: string | null) =>
      people().grant(anna, { membership, from: day(from), to: to === null ? null : day(to) })

    test.each([
      { on: '2026-05-31', holds: false },
      { on: '2026-06-01', holds: true },
      { on: '2026-06-30', holds: true },
      { on: '2026-07-01', holds: false },
    ])('hold a role from its first day to its last: on $on, $holds', async ({ on, holds }) => {
      await grant('operator@reference', '2026-06-01', '2026-06-30')
      expect(await people().holds(anna, 'operator@reference', day(on))).toBe(holds)
      expect(await people().memberships(anna, day(on))).toEqual(holds ? ['operator@reference'] : [])
    })

    test('hold no role that nobody granted, and none of somebody else', async () => {
      await grant('coordinator@network/network-one', '2026-01-01', null)
      expect(await people().holds(anna, 'coordinator@network/network-two', day('2026-06-15'))).toBe(false)
      expect(
        await people().holds(must(parseSubject, 'ann'), 'coordinator@network/network-one', day('2026-06-15')),
      ).toBe(false)
      expect(await people().memberships(must(parseSubject, 'ann'), day('2026-06-15'))).toEqual([])
    })

    test('lose a role from the day on which it is ended', async () => {
      await grant('coordinator@network/network-one', '2026-01-01', null)
      await grant('coordinator@network/network-one', '2026-01-01', '2026-06-14')
      expect(await people().holds(anna, 'coordinator@network/network-one', day('2026-06-15'))).toBe(false)
    })

    const session = (over: Partial<Session> = {}): Session => ({
      subject: anna,
      name: 'Anna (invented)',
      version: 1,
      startedAt: begun,
      seenAt: begun,
      formToken: 'form-token',
      idToken: null,
      issuerSession: null,
      authenticatedAt: null,
      ended: false,
      ...over,
    })

    test('are signed in under the hash of their word, and no session is anybody else’s', async () => {
      await people().keepSession('hash', session(), 1_800_000_000)
      expect(await people().session(anna, 'hash')).toEqual(session())
      expect(await people().session(anna, 'other-hash')).toBeUndefined()
      expect(await people().session(must(parseSubject, 'ann'), 'hash')).toBeUndefined()
      expect(await people().memberships(anna, day('2026-06-15'))).toEqual([])
    })

    test('have all their sessions told, and nobody else’s', async () => {
      await people().keepSession('one', session(), 1_800_000_000)
      await people().keepSession('two', session({ issuerSession: 'sid' }), 1_800_000_000)
      const told = (await people().sessions(anna)).map(({ hash, session: one }) => [hash, one.issuerSession])
      expect(told.toSorted()).toEqual([
        ['one', null],
        ['two', 'sid'],
      ])
      expect(await people().sessions(must(parseSubject, 'ann'))).toEqual([])
    })

    test('stay signed out, whatever page was under way when they signed out', async () => {
      await people().keepSession('hash', session(), 1_800_000_000)
      await people().keepSession('hash', session({ ended: true }), 1_800_000_000)
      await people().keepSession('hash', session({ version: 2 }), 1_800_000_000)
      expect(await people().session(anna, 'hash')).toMatchObject({ ended: true })
    })
  })

  describe(`reference documents in tables ${name}`, () => {
    const reference = () => storedReference(tables)

    test('are those in force, and saving the same version again changes nothing', async () => {
      expect(await reference().find('organisations')).toBeUndefined()
      expect(await reference().save(inventedFiles)).toBe('saved')
      expect(await reference().save(inventedFiles)).toBe('unchanged')
      expect(await reference().find('organisations')).toEqual(inventedFiles)
    })

    test('of an earlier version are kept when a newer one comes into force', async () => {
      await reference().save(inventedFiles)
      await reference().save({ ...inventedFiles, version: 'later' })
      expect(await reference().find('organisations')).toMatchObject({ version: 'later' })
      expect(await tables.get('records', keys.reference('organisations', 'invented'))).toBeDefined()
    })

    test('name the networks of a deployment, none to begin with', async () => {
      expect(await reference().networks()).toEqual([])
      const network = { code: networkOne, name: 'Network One (invented)', trusts: [must(parseTrustCode, 'XA1')] }
      await reference().saveNetworks([network])
      expect(await reference().networks()).toEqual([network])
    })
  })
}
