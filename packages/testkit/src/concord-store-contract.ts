import type { Change, Exchange, ScopedStore } from '@concord/application/ports/store'
import { mustBeMembership, paths, scopeOf } from '@concord/application/scope'
import { cardOf } from '@concord/domain/clinician/clinician'
import { must, parseRequestId, parseSubject, parseTrustCode, type RequestId, type TrustCode } from '@concord/domain/ids'
import type { RequestState } from '@concord/domain/request/request'
import { addMinutes } from '@concord/domain/time'
import { sha256 } from '@concord/platform/system'
import { concordStore } from '@concord/store/concord-store'
import { keys } from '@concord/store/keys'
import { storedReactorStore } from '@concord/store/reactor-store'
import { OutsideScopeError, scopedTables } from '@concord/store/scoped-tables'
import type { Item, TableAccess } from '@concord/store/table-access'
import { beforeEach, describe, expect, test } from 'vitest'
import { anEntryCommand } from './clinicians.ts'
import { aDeclaration, clinicianId, day, gmc, neurology } from './facts.ts'
import { keyVault } from './key-vault.ts'
import { aListedClinician, enter, networkTwo } from './listed-clinician.ts'
import { onRecord } from './on-record.ts'
import { aCommand, actorAs, aJourneyTo, anExchange, aRef, aRequest, begun, networkOne, take } from './requests.ts'

const once = (key: string, hash = 'hash of the body') => ({
  record: { key, hash },
  done: { id: aRequest('draft').id, tag: 'a-tag' },
})
const lastOf = (journey: ReturnType<typeof aJourneyTo>) => {
  const last = journey.at(-1)
  if (!last) throw new Error('A journey has a step')
  return last
}
/** All that led to a state, as one change. */
const wholeOf = (journey: ReturnType<typeof aJourneyTo>): NonNullable<Change['request']> => ({
  before: 0,
  state: lastOf(journey).state,
  events: journey.flatMap(({ events }) => events),
})
const requestId = (trust: string, n: number): RequestId =>
  must(parseRequestId, `req_${trust}_00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)

/** What the store does for one caller, over whichever tables. Every test begins with empty ones. */
export const concordStoreContract = (name: string, emptyTables: () => TableAccess) =>
  describe(`the store over tables ${name}`, () => {
    let tables: TableAccess
    let storeFor: (membership: string) => ScopedStore
    let coordinator: ScopedStore
    let requester: ScopedStore
    beforeEach(() => {
      tables = emptyTables()
      const vault = keyVault()
      let made = 0
      const store = concordStore({
        meansFor: (one) => ({ tables: scopedTables(tables, one), vault }),
        digest: sha256,
        uuid: () => `uuid-${++made}`,
      })
      storeFor = (membership) =>
        store({
          subject: must(parseSubject, 'somebody'),
          membership: mustBeMembership(membership),
          standing: Promise.resolve(true),
        })(scopeOf(mustBeMembership(membership)))
      coordinator = storeFor('coordinator@network/network-one')
      requester = storeFor('requester@network/network-one/trust/XA1')
    })

    describe('committing a step', () => {
      test('keeps the state, the events in their order and the once-record', async () => {
        const journey = aJourneyTo('offered', { asked: [1, 2] })
        const whole = wholeOf(journey)
        expect(await coordinator.commit({ request: whole, once: once('key-1') })).toEqual({ kind: 'committed' })
        expect(await coordinator.request(whole.state)).toEqual(whole.state)
        expect(await coordinator.timeline(whole.state)).toEqual({ state: whole.state, events: whole.events })
        expect(await coordinator.once('key-1')).toMatchObject({ hash: 'hash of the body', done: once('key-1').done })
      })

      test('marks every event for the stream, under an id of its own and its place in the history', async () => {
        const whole = wholeOf(aJourneyTo('triage'))
        await coordinator.commit({ request: whole })
        const items = await tables.query('records', { pk: paths.request(whole.state), prefix: 'event/' })
        expect(items.map(({ kind, seq }) => [kind, seq])).toEqual([1, 2, 3].map((seq) => ['event', seq]))
        expect(new Set(items.map(({ id }) => id)).size).toBe(3)
      })

      test('that was made for a version which is gone changes nothing at all', async () => {
        const whole = wholeOf(aJourneyTo('submitted'))
        await coordinator.commit({ request: whole })
        const taken = take(whole.state, { command: aCommand('take-up'), by: actorAs('coordinator'), at: begun })
        const step = { before: whole.state.version, state: taken.state, events: taken.events }
        const brief = await requester.compartment('brief', whole.state)
        expect(await coordinator.commit({ request: step })).toEqual({ kind: 'committed' })
        const late = {
          request: step,
          once: once('late'),
          sealed: [await brief.seal('question', 'Late?')],
          compartments: [brief],
        }
        expect(await requester.commit(late)).toEqual({ kind: 'stale' })
        expect(await requester.once('late')).toBeUndefined()
        expect(await tables.query('sealed', { pk: paths.compartment('brief', whole.state) })).toEqual([])
        expect((await coordinator.timeline(whole.state))?.events).toHaveLength(3)
      })

      test('under a key that was used before answers with what came of it then', async () => {
        const whole = wholeOf(aJourneyTo('draft'))
        await requester.commit({ request: whole, once: once('key-1') })
        const again = await requester.commit({ request: whole, once: once('key-1', 'hash of another body') })
        expect(again).toMatchObject({
          kind: 'repeated',
          record: { hash: 'hash of the body', done: once('key-1').done },
        })
      })

      test('under a key that somebody of another place used is not taken for theirs', async () => {
        await requester.commit({ request: wholeOf(aJourneyTo('draft')), once: once('key-1') })
        expect(await coordinator.once('key-1')).toBeUndefined()
        expect(await storeFor('requester@network/network-one/trust/XB1').once('key-1')).toBeUndefined()
      })

      test('that would change nothing is a bug', async () => {
        await expect(requester.commit({})).rejects.toThrow('changes nothing')
      })

      test('of an acceptance moves the request and takes the place, or does neither', async () => {
        const { state: entry, events } = aListedClinician(1)
        const offered = wholeOf(aJourneyTo('offered'))
        await coordinator.commit({ clinician: { before: 0, state: entry, events } })
        await coordinator.commit({ request: offered })
        const accepted = take(offered.state, { command: aCommand('accept'), by: actorAs('clinician'), at: begun })
        const place = enter(entry, [anEntryCommand('take-place', { request: offered.state.id })])
        const change = (before: number): Change => ({
          request: { before: offered.state.version, state: accepted.state, events: accepted.events },
          clinician: { before, ...place },
          signed: {
            home: networkOne,
            clinician: entry.id,
            answers: {
              place: { network: networkOne, trust: offered.state.trust, id: offered.state.id },
              ...{
                stage: 'acceptance',
                version: 1,
                signedBy: must(parseSubject, 'clinician'),
                verdict: 'clear',
                rules: [],
                isBarred: false,
              },
              declaration: aDeclaration(),
            },
          },
        })
        expect(await coordinator.commit(change(entry.version - 1))).toEqual({ kind: 'stale' })
        expect(await coordinator.request(offered.state)).toEqual(offered.state)
        expect(await coordinator.declaration(networkOne, entry.id, offered.state.id)).toBeUndefined()

        expect(await coordinator.commit(change(entry.version))).toEqual({ kind: 'committed' })
        expect(await coordinator.request(offered.state)).toMatchObject({ status: 'accepted' })
        expect(await coordinator.clinician(networkOne, entry.id)).toEqual(place.state)
        expect(await coordinator.declaration(networkOne, entry.id, offered.state.id)).toEqual(aDeclaration())
      })
    })

    describe('entering a clinician', () => {
      test('claims the GMC number once, for all networks', async () => {
        const first = aListedClinician(1)
        const { state, events } = aListedClinician(1, { home: networkTwo })
        const elsewhere = { ...state, id: clinicianId(2) }
        expect(await coordinator.commit({ clinician: { before: 0, ...first } })).toEqual({ kind: 'committed' })
        const other = storeFor('coordinator@network/network-two')
        expect(await other.commit({ clinician: { before: 0, state: elsewhere, events } })).toEqual({ kind: 'claimed' })
        expect(await other.clinician(networkTwo, elsewhere.id)).toBeUndefined()
      })

      test('leaves later changes of the entry free', async () => {
        const { state, events } = aListedClinician(1)
        await coordinator.commit({ clinician: { before: 0, state, events } })
        const next = enter(state, [anEntryCommand('unlist')])
        expect(await coordinator.commit({ clinician: { before: state.version, ...next } })).toEqual({
          kind: 'committed',
        })
        expect(await coordinator.clinician(networkOne, state.id)).toEqual(next.state)
      })
    })

    describe('a worklist', () => {
      /** A request of a trust that is due so many minutes after the others. */
      const due = (n: number, minutes: number, trust = 'XA1'): NonNullable<Change['request']> => {
        const whole = wholeOf(aJourneyTo('submitted'))
        if (whole.state.status !== 'submitted') throw new Error('Submitted was asked for')
        const deadlines = [{ step: 'acknowledge' as const, by: addMinutes(begun, minutes), provisional: false }]
        return { ...whole, state: { ...whole.state, id: requestId(trust, n), trust: trust as TrustCode, deadlines } }
      }
      const at = async (path: string, store: ScopedStore, limit = 25) => {
        const ids: RequestId[] = []
        let cursor: string | null = null
        let pages = 0
        do {
          const page: Awaited<ReturnType<ScopedStore['worklist']>> = await store.worklist(path, { cursor, limit })
          if (page === 'bad-cursor') throw new Error('A cursor of this very list')
          ids.push(...page.rows.map(({ id }) => id))
          cursor = page.next
          pages += 1
        } while (cursor !== null)
        return { ids, pages }
      }
      const network = paths.network(networkOne)
      const trust = paths.trust(networkOne, 'XA1' as TrustCode)

      test('has what is due first on top, and what nobody waits for last', async () => {
        const closed: RequestState = { ...aRequest('closed'), id: requestId('XA1', 9) }
        await coordinator.commit({ request: { before: 0, state: closed, events: [] } })
        for (const request of [due(1, 300), due(2, 10), due(3, 200)]) await coordinator.commit({ request })
        expect((await at(network, coordinator)).ids).toEqual([2, 3, 1, 9].map((n) => requestId('XA1', n)))
      })

      test('of a trust has its own requests alone, drafts among them; that of the network has no draft', async () => {
        const draft = wholeOf(aJourneyTo('draft'))
        for (const request of [draft, due(2, 10), due(3, 20, 'XB1')]) await coordinator.commit({ request })
        expect((await at(trust, requester)).ids).toEqual([requestId('XA1', 2), draft.state.id])
        expect((await at(network, coordinator)).ids).toEqual([requestId('XA1', 2), requestId('XB1', 3)])
      })

      test('moves a request with what is due next on it', async () => {
        for (const request of [due(1, 10), due(2, 20)]) await coordinator.commit({ request })
        const first = due(1, 10).state
        const later = {
          ...first,
          version: first.version + 1,
          ...(due(1, 500).state.status === 'submitted' && { deadlines: [] }),
        }
        await coordinator.commit({ request: { before: first.version, state: later, events: [] } })
        expect((await at(network, coordinator)).ids).toEqual([requestId('XA1', 2), requestId('XA1', 1)])
      })

      test('is gone through page by page, each request once, and ends with a page that has rows', async () => {
        for (const n of [1, 2, 3, 4, 5, 6]) await coordinator.commit({ request: due(n, n < 4 ? 10 : 20) })
        const { ids, pages } = await at(network, coordinator, 3)
        expect(ids).toEqual([1, 2, 3, 4, 5, 6].map((n) => requestId('XA1', n)))
        expect(pages).toBe(2)
      })

      test('goes on from where it was when what stood there has moved away', async () => {
        for (const n of [1, 2, 3, 4]) await coordinator.commit({ request: due(n, n * 10) })
        const page = await coordinator.worklist(network, { cursor: null, limit: 2 })
        const { state } = due(2, 20)
        await coordinator.commit({
          request: { before: state.version, state: { ...due(2, 90).state, version: 9 }, events: [] },
        })
        const next = await coordinator.worklist(network, { cursor: page === 'bad-cursor' ? null : page.next, limit: 9 })
        expect(next).toMatchObject({ rows: [3, 4, 2].map((n) => ({ id: requestId('XA1', n) })) })
      })

      test('says nothing in a cursor, and takes none of another list or of nobody', async () => {
        for (const n of [1, 2, 3]) await coordinator.commit({ request: due(n, n) })
        const page = await coordinator.worklist(network, { cursor: null, limit: 2 })
        const cursor = page === 'bad-cursor' ? '' : (page.next ?? '')
        expect(cursor).toMatch(/^[\w-]{40,200}$/)
        expect(await requester.worklist(trust, { cursor, limit: 2 })).toBe('bad-cursor')
        const other = storeFor('coordinator@network/network-two')
        expect(await other.worklist(paths.network(networkTwo), { cursor, limit: 2 })).toBe('bad-cursor')
        for (const forged of [
          '',
          'x',
          cursor.slice(1),
          `${cursor}A`,
          Buffer.from('{"pk":"","sk":"","sort":""}').toString('base64url'),
        ])
          expect(await coordinator.worklist(network, { cursor: forged, limit: 2 })).toBe('bad-cursor')
      })
    })

    describe('the requests about one child', () => {
      const noted = async (n: number, trust: string, hash: string, isListed: boolean, before: string | null = null) => {
        const place = { network: networkOne, trust: trust as TrustCode, id: requestId(trust, n) }
        const store = storeFor(`requester@network/network-one/trust/${trust}`)
        await store.commit({ child: { place, before, hash, isListed } })
        return place
      }

      test('are found by the hash: of a trust all, of the network those that are listed', async () => {
        const place = await noted(1, 'XA1', 'hash-a', true)
        await noted(2, 'XA1', 'hash-a', false)
        await noted(3, 'XB1', 'hash-a', true)
        await noted(4, 'XB1', 'hash-b', true)
        const [own, all] = [await requester.sameChild(place), await coordinator.sameChild(place)]
        expect(own.hash).toBe('hash-a')
        expect(await own.within('trust')).toEqual([requestId('XA1', 2)])
        expect(await all.within('network')).toEqual([requestId('XB1', 3)])
      })

      test('are no more found under a hash that was changed, and none under no hash', async () => {
        const place = await noted(1, 'XA1', 'hash-a', true)
        const other = await noted(2, 'XA1', 'hash-a', true)
        await noted(2, 'XA1', 'hash-b', true, 'hash-a')
        expect(await (await coordinator.sameChild(place)).within('network')).toEqual([])
        expect((await coordinator.sameChild(other)).hash).toBe('hash-b')
        const unknown = await coordinator.sameChild({ ...place, id: requestId('XA1', 9) })
        expect([unknown.hash, await unknown.within('network'), await unknown.within('trust')]).toEqual([null, [], []])
      })
    })

    describe('an assessment', () => {
      test('is read back as it was kept, the one drawn last', async () => {
        const { state } = wholeOf(aJourneyTo('matching'))
        const drawn = (minutes: number, json: string) => ({
          place: state,
          takenAt: addMinutes(begun, minutes),
          hash: sha256(json),
          json,
        })
        await coordinator.commit({ assessment: drawn(1, '{"first":"ö"}') })
        await coordinator.commit({ assessment: drawn(2, '{"second":2}') })
        const { place: _, ...latest } = drawn(2, '{"second":2}')
        expect(await coordinator.assessment(state)).toEqual(latest)
        expect(await coordinator.assessment({ ...state, id: requestId('XA1', 8) })).toBeUndefined()
      })
    })

    describe('sealed texts', () => {
      const place = aRequest('draft')
      const keep = async (question: string, store = requester) => {
        const brief = await store.compartment('brief', place)
        const section = await brief.seal('question', question)
        await store.commit({ sealed: [section], compartments: [brief] })
        return section.ref
      }
      const read = async () => (await requester.compartment('brief', place)).read('question', onRecord)

      test('are read back by whoever has the compartment in scope, the newest version of each', async () => {
        expect(await read()).toBeUndefined()
        expect(await keep('First?')).toMatchObject({ compartment: 'brief', section: 'question', version: 1 })
        expect(await keep('Second?')).toMatchObject({ version: 2 })
        expect(await read()).toBe('Second?')
        expect(await (await coordinator.compartment('brief', place)).read('question', onRecord)).toBe('Second?')
        expect(await tables.query('sealed', { pk: paths.compartment('brief', place) })).toHaveLength(2)
      })

      test('of one compartment share its one key', async () => {
        await keep('First?')
        const wrapped = await tables.query('keys', { pk: paths.compartment('brief', place) })
        await keep('Second?')
        expect(wrapped).toHaveLength(1)
        expect(await tables.query('keys', { pk: paths.compartment('brief', place) })).toEqual(wrapped)
      })

      test('are named by a hash of the ciphertext, which is never the same twice', async () => {
        const [first, second] = [await keep('Same?'), await keep('Same?')]
        expect(first.hash).toMatch(/^[0-9a-f]{64}$/)
        expect(first.hash).not.toBe(second.hash)
      })

      test('of one version cannot be stored twice', async () => {
        const [one, other] = await Promise.all([1, 2].map(() => requester.compartment('pack', place)))
        if (!one || !other) throw new Error('Both were opened')
        const write = async (pack: typeof one, text: string) =>
          requester.commit({ sealed: [await pack.seal('narrative', text)], compartments: [pack] })
        expect(await write(one, 'One')).toEqual({ kind: 'committed' })
        expect(await write(other, 'Other')).toEqual({ kind: 'stale' })
        expect(await (await requester.compartment('pack', place)).read('narrative', onRecord)).toBe('One')
      })

      describe('open only where they were put', () => {
        const path = paths.compartment('brief', place)
        const [first, second] = [keys.section(path, 'question', 1), keys.section(path, 'question', 2)]
        const stored = async (key: { readonly pk: string; readonly sk: string }): Promise<Item> => {
          const found = await tables.get('sealed', key)
          if (!found) throw new Error('A text was kept there')
          return found
        }
        const plant = (item: Item, table: 'sealed' | 'keys' = 'sealed') =>
          tables.write([{ kind: 'put', table, item, when: { kind: 'none' } }])
        const breaks = async (reading: Promise<unknown>) => expect(reading).rejects.toThrow()

        test('not under another version', async () => {
          await keep('First?')
          await plant({ ...(await stored(first)), ...second, version: 2 })
          await breaks(read())
        })

        test('not as another section', async () => {
          await keep('First?')
          const pack = paths.compartment('pack', place)
          await plant({ ...(await stored(first)), ...keys.section(pack, 'identity', 1), section: 'identity' })
          const wrapped = await tables.get('keys', keys.compartmentKey(path))
          if (wrapped) await plant({ ...wrapped, ...keys.compartmentKey(pack) }, 'keys')
          await breaks((await requester.compartment('pack', place)).read('identity', onRecord))
        })

        test('not in another case of the same trust, even with the key put beside them', async () => {
          await keep('First?')
          const other = { ...place, id: requestId('XA1', 7) }
          const elsewhere = paths.compartment('brief', other)
          await plant({ ...(await stored(first)), ...keys.section(elsewhere, 'question', 1) })
          const wrapped = await tables.get('keys', keys.compartmentKey(path))
          if (wrapped) await plant({ ...wrapped, ...keys.compartmentKey(elsewhere) }, 'keys')
          await breaks((await requester.compartment('brief', other)).read('question', onRecord))
        })

        test('not once a bit was changed', async () => {
          await keep('First?')
          const item = await stored(first)
          const body = Uint8Array.from(item['body'] as Uint8Array)
          body[body.length - 1] = (body.at(-1) ?? 0) ^ 1
          await plant({ ...item, body })
          await breaks(read())
        })

        test('and not when their key is gone', async () => {
          await keep('First?')
          await tables.write([{ kind: 'delete', table: 'keys', key: keys.compartmentKey(path) }])
          await breaks(read())
        })
      })
    })

    describe('a clinician’s own partition', () => {
      const self = () => storeFor(`clinician@network/network-one/clinician/${clinicianId(1)}`)
      const entry = (n: number, stage: 'offered' | 'engaged' | 'over') => {
        const { network, trust } = aRequest('draft')
        const acceptedBy = stage === 'engaged' ? must(parseSubject, 'anna') : null
        const when = { at: begun, replyBy: stage === 'offered' ? begun : null, acceptedBy }
        return { network, trust, id: requestId('XA1', n), seq: n, stage, ...when }
      }

      test('tells the entry and the cases at hand, and no more of those that are over', async () => {
        const { state, events } = aListedClinician(1)
        expect(await self().own(networkOne, state.id)).toBeUndefined()
        await coordinator.commit({ clinician: { before: 0, state, events } })
        const reactor = storedReactorStore(tables)
        for (const one of [entry(1, 'offered'), entry(2, 'engaged'), entry(3, 'over')])
          await reactor.putCase(aRef(1), one)
        const { seq: _, at: offeredAt, ...first } = entry(1, 'offered')
        const { seq: _s, at: engagedAt, ...second } = entry(2, 'engaged')
        expect(await self().own(networkOne, state.id)).toEqual({
          state,
          cases: [
            { ...first, offeredAt },
            { ...second, offeredAt: engagedAt },
          ],
        })
      })

      test('forgets in time the cases that are over, so that it does not grow with the years', async () => {
        const reactor = storedReactorStore(tables)
        await reactor.putCase(aRef(1), entry(1, 'offered'))
        const key = keys.case(networkOne, clinicianId(1), requestId('XA1', 1))
        expect(await tables.get('records', key)).not.toHaveProperty('expiresAt')
        await reactor.putCase(aRef(1), { ...entry(1, 'over'), seq: 2 })
        const forgottenAt = (await tables.get('records', key))?.['expiresAt']
        expect(Number(forgottenAt) * 1000).toBeGreaterThan(Date.parse(begun) + 365 * 24 * 3_600_000)
      })
    })

    describe('the cards of a specialty', () => {
      const card = (n: number, version = 4, listed = true) => {
        const made = cardOf(aListedClinician(n).state)
        if (!made) throw new Error('Whoever is listed has a card')
        return { ...made, version, listed }
      }
      const put = (network: 'national' | typeof networkOne, one: ReturnType<typeof card>) =>
        storedReactorStore(tables).putCard({ network, tfc: neurology }, one)
      const seen = async (store = coordinator, network = networkOne) =>
        (await store.cards(network, neurology)).map(({ gmc, version }) => [Number(gmc) - 9990000, version])

      test('are the network’s own and the national ones, everybody once', async () => {
        await put(networkOne, card(1))
        await put('national', card(1))
        await put('national', card(2))
        await put(networkOne, card(3))
        expect(await seen()).toEqual([
          [1, 4],
          [2, 4],
          [3, 4],
        ])
        expect(await seen(storeFor('coordinator@network/network-two'), networkTwo)).toEqual([
          [1, 4],
          [2, 4],
        ])
      })

      test('leave out whoever is listed no more, on whichever listing that is known first', async () => {
        await put(networkOne, card(1, 5, false))
        await put('national', card(1, 4))
        await put(networkOne, card(2, 4))
        await put('national', card(2, 5, false))
        expect(await seen()).toEqual([])
      })

      test('are the newest there are', async () => {
        await put(networkOne, card(1, 6))
        await put('national', card(1, 5))
        expect(await seen()).toEqual([[1, 6]])
      })
    })

    describe('the opinions brokered before', () => {
      const keep = async (...exchanges: readonly Exchange[]) => {
        for (const one of exchanges) await storedReactorStore(tables).putExchange(networkOne, one)
      }
      const about = [gmc(901), must(parseTrustCode, 'XA1')]
      const found = async (asked = { about, since: day('2024-06-15') }, store = coordinator) =>
        (await store.exchanges(networkOne, asked)).map(({ id }) => Number(id.slice(-2)))

      test('by or for somebody come each once, the earliest first', async () => {
        await keep(
          anExchange(3, { on: day('2026-03-01') }),
          anExchange(2, { on: day('2026-05-01'), requestedBy: gmc(902) }),
          anExchange(1, { on: day('2025-01-01'), opinionBy: gmc(901), requestingOrg: must(parseTrustCode, 'XB1') }),
          anExchange(4, { requestedBy: gmc(902), requestingOrg: must(parseTrustCode, 'XB1') }),
        )
        expect(await found()).toEqual([1, 3, 2])
        expect(await coordinator.exchanges(networkOne, { about: [gmc(902)], since: day('2026-06-01') })).toEqual([
          anExchange(4, { requestedBy: gmc(902), requestingOrg: must(parseTrustCode, 'XB1') }),
        ])
      })

      test('are those since a day, that day among them', async () => {
        const on = ['2024-06-14', '2024-06-15', '2024-06-16'].map(day)
        await keep(...on.map((one, n) => anExchange(n, { on: one })))
        expect(await found()).toEqual([1, 2])
      })

      test('are the network’s own: neither its trusts nor its clinicians nor other networks read them', async () => {
        await keep(anExchange(1))
        const asked = { about, since: day('2024-06-15') }
        expect(await storeFor('coordinator@network/network-two').exchanges(networkTwo, asked)).toEqual([])
        for (const other of [
          requester,
          storeFor('coordinator@network/network-two'),
          storeFor(`clinician@network/network-one/clinician/${clinicianId(1)}`),
        ])
          await expect(found(asked, other)).rejects.toThrow(OutsideScopeError)
      })
    })

    test('an item that does not read is an error that says where and not what', async () => {
      const { state } = wholeOf(aJourneyTo('submitted'))
      await coordinator.commit({ request: wholeOf(aJourneyTo('submitted')) })
      const item = await tables.get('records', keys.request(state))
      const broken = { ...keys.request(state), ...item, state: { ...state, urgency: 'Quillonia' } }
      await tables.write([{ kind: 'put', table: 'records', item: broken, when: { kind: 'none' } }])
      const reading = coordinator.request(state)
      await expect(reading).rejects.toThrow(/does not read: state/)
      await expect(reading).rejects.not.toThrow('Quillonia')
    })

    test('published figures come newest first, and of the network asked for alone', async () => {
      const reactor = storedReactorStore(tables)
      const figures = { requests: 20, matched: '0-7', medianWorkingDays: null } as const
      for (const period of ['2023-24', '2025-26', '2024-25'])
        await reactor.putRelease({ network: networkOne, period, figures })
      await reactor.putRelease({ network: networkTwo, period: '2022-23', figures })
      const commissioner = storeFor('commissioner@release/network-one')
      const found = await commissioner.releases(networkOne)
      expect(found.map(({ period }) => period)).toEqual(['2025-26', '2024-25', '2023-24'])
    })
  })
