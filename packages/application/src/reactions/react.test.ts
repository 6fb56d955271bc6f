import type { Notice } from '@concord/application/ports/outside'
import type { ClinicianId } from '@concord/domain/ids'
import { addMinutes } from '@concord/domain/time'
import { sha256 } from '@concord/platform/system'
import { policyFor } from '@concord/policy/current-policy'
import { storedAuditLog } from '@concord/store/audit-log'
import { concordStore, eventEnvelope } from '@concord/store/concord-store'
import { storedPeople } from '@concord/store/people'
import { storedReactorStore } from '@concord/store/reactor-store'
import { scopedTables } from '@concord/store/scoped-tables'
import type { Item, TableAccess } from '@concord/store/table-access'
import { anEntryCommand } from '@concord/testkit/clinicians'
import { inventedOrganisations } from '@concord/testkit/facts'
import { keyVault } from '@concord/testkit/key-vault'
import { aListedClinician, enter } from '@concord/testkit/listed-clinician'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aRequestId, begun, networkOne, type Walked, walk, wanderings } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import { aWorld } from '@concord/testkit/world'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { noticeWords } from '../../../../functions/react/notice-words.ts'
import { paths, placeFor, reactorScope } from '../scope.ts'
import type { ReactorDeps } from './perform.ts'
import { react, replay } from './react.ts'
import type { DomainEvent } from './reactions.ts'

const place = placeFor(networkOne, aRequestId(1))
const now = addMinutes(begun, 60 * 24 * 60)

/** The reactors over these tables, and what they send; events that they cause go on the stream as well. */
const reactorsOver = (tables: TableAccess) => {
  const stream: Item[] = []
  const mail: Notice[] = []
  const told: TableAccess = {
    ...tables,
    write: async (writes) => {
      const written = await tables.write(writes)
      if (written.kind === 'written')
        for (const one of writes) if (one.kind === 'put' && one.item['kind'] === 'event') stream.push(one.item)
      return written
    },
  }
  let made = 0
  const deps: ReactorDeps = {
    storeFor: concordStore({
      meansFor: (scope) => ({ tables: scopedTables(told, scope), vault: keyVault() }),
      digest: sha256,
      uuid: () => `made-${++made}`,
    })('platform'),
    clock: { now: () => now },
    audit: storedAuditLog(tables),
    rulesFor: async (_, on) => policyFor('england-and-wales')(on),
    organisations: async () => inventedOrganisations,
    reactor: storedReactorStore(tables),
    notifier: { send: async (notice) => void mail.push(notice) },
    words: noticeWords,
    consoleUrl: 'https://concord.example',
  }
  return { deps, stream, mail }
}

const numbers = [1, 2, 3, 4, 5, 6]

/** Six clinicians on the register, their cards on the listings, and an office for everybody. */
const withRegister = async () => {
  const tables = memoryTables()
  const { deps, stream } = reactorsOver(tables)
  const people = storedPeople(tables)
  for (const { state, events } of numbers.map((n) => aListedClinician(n))) {
    await deps.storeFor(reactorScope(networkOne)).commit({ clinician: { before: 0, state, events } })
    await people.setOffice(paths.clinician(networkOne, state.id), `${state.id}@concord.example`)
  }
  await people.setOffice(paths.network(networkOne), 'network@concord.example')
  await people.setOffice(paths.trust(networkOne, place.trust), 'trust@concord.example')
  for (const item of stream) await react(deps)(eventEnvelope.parse(item))
  return tables.all()
}
let register: Awaited<ReturnType<typeof withRegister>> = []
beforeAll(async () => {
  register = await withRegister()
})

/** Who held the case before accepts it again only once the reactors have given the place back: so far nobody has reacted. */
const untilReturn = (walked: readonly Walked[]): readonly Walked[] => {
  const accepted = (one: Walked) => one.events.find((event) => event.type === 'offer.accepted')?.acceptance.id
  const before = (n: number) => walked.slice(0, n).map(accepted)
  const end = walked.findIndex((one, n) => accepted(one) !== undefined && before(n).includes(accepted(one)))
  return end < 0 ? walked : walked.slice(0, end)
}

/** Tables in which a whole history has happened and nobody has reacted to any of it yet. */
const afterHistory = async (history: readonly Walked[]) => {
  const tables = memoryTables(register)
  const { deps, stream } = reactorsOver(tables)
  const store = deps.storeFor(reactorScope(networkOne))
  for (const { before, state, events } of history) {
    const accepting = events.find((event) => event.type === 'offer.accepted')?.acceptance
    const entry = accepting && (await store.clinician(networkOne, accepting.id))
    const taken = entry && enter(entry, [anEntryCommand('take-place', { request: state.id })])
    const request = { before: before?.version ?? 0, state, events }
    await store.commit({ request, ...(entry && taken && { clinician: { before: entry.version, ...taken } }) })
  }
  return { all: tables.all(), events: stream }
}

/** Delivers one event after the other, and those that follow from them, in an order and as often as `next` says. */
const delivered = async (
  { all, events }: Awaited<ReturnType<typeof afterHistory>>,
  next: (waiting: number) => { readonly at: number; readonly again: boolean },
) => {
  const tables = memoryTables(all)
  const { deps, stream, mail } = reactorsOver(tables)
  const waiting = [...events]
  while (waiting.length > 0) {
    const { at, again } = next(waiting.length)
    const [item] = again ? waiting.slice(at, at + 1) : waiting.splice(at, 1)
    expect(await react(deps)(eventEnvelope.parse(item))).toEqual([])
    waiting.push(...stream.splice(0))
  }
  return outcomeOf(
    tables.all().map((one) => one.item),
    mail,
  )
}

/** All that reactions leave behind; what the events they caused are called is told apart by nothing. */
const outcomeOf = (items: readonly Item[], mail: readonly Notice[]) => {
  const of = (...kinds: readonly string[]) =>
    items
      .filter(({ kind }) => kinds.includes(String(kind)))
      .toSorted((a, b) => (`${a.pk} ${a.sk}` < `${b.pk} ${b.sk}` ? -1 : 1))
  return {
    inbox: of('case'),
    cards: of('card'),
    entries: of('state'),
    evidence: of('exchange'),
    facts: of('fact'),
    audit: of('audit')
      .map(({ about, at, who, did }) => JSON.stringify([about, at, who, did]))
      .toSorted(),
    done: of('done'),
    parked: of('parked'),
    mail: mail.map(({ to, subject, reference }) => `${reference} ${to} ${subject}`).toSorted(),
  }
}

const inOrder = () => ({ at: 0, again: false })
/** At random from a seed, and every third time once more. */
const atRandom = (seed: number) => {
  let state = seed
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return (waiting: number) => ({ at: Math.floor(draw() * waiting), again: draw() < 0.3 })
}

describe('the reactors', () => {
  test('come to the same, in whatever order and however often events are delivered', async () => {
    await fc.assert(
      fc.asyncProperty(wanderings, fc.nat(), async (turns, seed) => {
        const history = await afterHistory(untilReturn(walk(turns)))
        const expected = await delivered(history, inOrder)
        expect(await delivered(history, atRandom(seed))).toEqual(expected)
        expect(new Set(expected.mail).size).toBe(expected.mail.length)
      }),
      runs(40),
    )
  }, 30_000)

  test('leave every case where the request has it: nothing is reopened, no place is kept and none is lost', async () => {
    await fc.assert(
      fc.asyncProperty(wanderings, fc.nat(), async (turns, seed) => {
        const walked = untilReturn(walk(turns))
        const last = walked.at(-1)
        const { inbox, entries } = await delivered(await afterHistory(walked), atRandom(seed))
        for (const { n, id, status } of numbers.map((one) => ({ n: one, ...aListedClinician(one).state }))) {
          const pk = paths.clinician(networkOne, id)
          const held = last?.ledger.holder === id ? [place.id] : []
          expect(entries.find((one) => one.pk === pk)).toMatchObject({ state: { status, openCases: held } })
          const wasAsked = walked.some(({ move }) => move.command.type === 'offer' && move.command.candidate.id === id)
          expect([n, inbox.find((one) => one.pk === pk)?.['stage']]).toEqual([
            n,
            wasAsked ? stageOf(last, id) : undefined,
          ])
        }
      }),
      runs(40),
    )
  }, 30_000)

  test('let what failed three times wait by itself, and its neighbours and what comes after it go on', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('shortlisted', { clinician })
    await world.step('coordinator', id, { type: 'offer', clinician })
    const offer = eventEnvelope.parse(world.stream.shift())
    let asked = 0
    const broken: ReactorDeps = {
      ...world.reactorDeps,
      notifier: {
        send: async () => {
          asked += 1
          throw new TypeError('Nobody answers')
        },
      },
    }
    expect(await react(broken)(offer)).toEqual(['notices'])
    expect(asked).toBe(3)
    const [parked, ...others] = await world.reactorDeps.reactor.parked(networkOne)
    expect(others).toEqual([])
    expect(parked).toMatchObject({
      reaction: 'notices',
      because: 'TypeError',
      envelope: { id: offer.id, seq: offer.seq },
    })

    // The inbox was not waiting for the mail: the clinician can answer, and the answer is told.
    expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({
      own: { cases: [{ id, stage: 'offered' }] },
    })
    await world.mustStep(clinician, id, { type: 'decline', because: 'no-capacity' })
    expect(world.mail.at(-1)).toMatchObject({ subject: 'An offer was not taken up' })

    if (!parked) throw new Error('It was parked')
    expect(await replay(broken)(parked)).toBe(false)
    expect(await world.reactorDeps.reactor.parked(networkOne)).toHaveLength(1)
    const before = world.mail.length
    expect(await replay(world.reactorDeps)(parked)).toBe(true)
    expect(world.mail.slice(before)).toMatchObject([{ to: `${clinician}@concord.example`, reference: offer.id }])
    expect(await world.reactorDeps.reactor.parked(networkOne)).toEqual([])
    // The case that is over since was not reopened, and nothing is told twice.
    expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({ own: { cases: [] } })
    expect(await replay(world.reactorDeps)(parked)).toBe(true)
    expect(world.mail).toHaveLength(before + 1)
  })

  test('park nothing that comes right before the third time', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('draft')
    await world.step('esoLead', id, { type: 'submit' })
    let asked = 0
    const flickering: ReactorDeps = {
      ...world.reactorDeps,
      notifier: {
        send: async (notice) => {
          asked += 1
          if (asked < 3) throw new Error('Not now')
          return world.reactorDeps.notifier.send(notice)
        },
      },
    }
    expect(await react(flickering)(eventEnvelope.parse(world.stream.shift()))).toEqual([])
    expect(world.mail).toMatchObject([{ to: 'network-one@concord.example' }])
  })

  test('give a place back while the clinician’s record is being changed by others', async () => {
    const world = await aWorld()
    const clinician = await world.aListed(1, { cap: 5 })
    const ids = []
    for (let n = 0; n < 4; n += 1) ids.push(await world.aRequestAt('accepted', { clinician }))
    for (const id of ids) await world.step('requester', id, { type: 'withdraw', because: 'resolved' })
    const events = world.stream.splice(0).map((item) => eventEnvelope.parse(item))
    const parked = await Promise.all([...events, ...events].map(react(world.reactorDeps)))
    expect(parked.flat()).toEqual([])
    await world.settle()
    const { state } = (await world.deps.storeFor(reactorScope(networkOne)).own(networkOne, clinician)) ?? {}
    expect(state).toMatchObject({ openCases: [], givenOn: [] })
    const given = world.history.filter(
      ({ pk, event }) => pk.includes(clinician) && typeOf(event) === 'place.given-back',
    )
    expect(given).toHaveLength(4)
  })

  test('have nobody to tell where no office was named, and go on', async () => {
    const world = await aWorld()
    await world.step('esoLead', await world.aRequestAt('draft'), { type: 'submit' })
    const nameless = { ...world.reactorDeps, reactor: { ...world.reactorDeps.reactor, office: async () => undefined } }
    expect(await react(nameless)(eventEnvelope.parse(world.stream.shift()))).toEqual([])
    expect(world.mail).toEqual([])
  })
})

const typeOf = (event: unknown) => (event as DomainEvent).type

/** In which stage somebody who was asked has the case, by the request alone. */
const stageOf = (last: Walked | undefined, id: ClinicianId): string => {
  const state = last?.state
  if (state?.status === 'offered' && state.offers.some((one) => one.id === id)) return 'offered'
  if (!state || !('acceptance' in state) || state.acceptance.id !== id || state.status === 'closed') return 'over'
  return state.status === 'accepted' ? 'accepted' : 'engaged'
}
