import { aCandidate, aCommand, actorAs, type Walked, walk, wanderings } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decide } from './decide.ts'
import type { RequestEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { declaredBy, type Exclusion, holderOf, type RequestState, statuses } from './request.ts'
import { type StepName, stepNames, transitions } from './transitions.ts'

const onEveryJourney = (holds: (journey: readonly Walked[]) => void) =>
  fc.assert(
    fc.property(wanderings, (turns) => holds(walk(turns))),
    runs(200),
  )
const releasedBy = (event: RequestEvent) => ('released' in event ? (event.released?.id ?? null) : null)
const isOver = ({ status }: RequestState) => status === 'closed' || status === 'withdrawn'
const idsOf = (exclusions: readonly Exclusion[]) =>
  [...new Set(exclusions.map(({ clinician }) => clinician))].toSorted()
const exclusionsOf = (state: RequestState | undefined) => (state && 'exclusions' in state ? state.exclusions : [])

describe('every legal journey of a request', () => {
  test('folds from its events to the state reached step by step', () => {
    onEveryJourney((journey) => {
      const events = journey.flatMap((one) => one.events)
      expect(events.reduce<RequestState | undefined>(evolve, undefined)).toEqual(journey.at(-1)?.state)
    })
  })

  test('counts its events as versions, and keeps its id, network, trust and beginning', () => {
    onEveryJourney((journey) => {
      const [first] = journey
      const kept = ({ id, network, trust, draftedAt, draftedBy }: RequestState) => [
        id,
        network,
        trust,
        draftedAt,
        draftedBy,
      ]
      const counted = journey.map((_, n) => journey.slice(0, n + 1).flatMap(({ events }) => events).length)
      expect(journey.map(({ state }) => state.version)).toEqual(counted)
      expect(journey.map(({ state }) => kept(state))).toEqual(journey.map(() => first && kept(first.state)))
    })
  })

  test('remembers everybody who was left out or passed over', () => {
    onEveryJourney((journey) => {
      const open = journey.filter(({ state }) => state.status !== 'withdrawn')
      expect(open.map(({ state }) => idsOf(exclusionsOf(state)))).toEqual(
        open.map(({ ledger }) => [...new Set([...ledger.out.keys(), ...ledger.passed])].toSorted()),
      )
      const kept = open.filter(({ move }) => move.command.type !== 'decide-declaration')
      expect(kept.map(({ state, before }) => exclusionsOf(state).slice(0, exclusionsOf(before).length))).toEqual(
        kept.map(({ before }) => exclusionsOf(before)),
      )
    })
  })

  test('offers to nobody who was left out for good', () => {
    onEveryJourney((journey) => {
      const attempts = journey
        .filter(({ ledger }) => ledger.isShortlisted)
        .flatMap(({ state, ledger, move }) =>
          [1, 2, 3, 4, 5, 6]
            .map(aCandidate)
            .filter(({ id }) => ledger.out.has(id))
            .map((candidate) =>
              decide(state, aCommand('offer', { candidate }), {
                at: move.at,
                actor: actorAs('coordinator'),
                ownTrusts: [],
              }),
            ),
        )
      expect(attempts).toEqual(attempts.map(() => ({ kind: 'not-offerable', standing: 'left-out-before' })))
    })
  })

  test('has asked whom its commands asked, and until when', () => {
    onEveryJourney((journey) => {
      const asked = (state: RequestState) => (state.status === 'offered' ? state.offers : [])
      expect(journey.map(({ state }) => new Map(asked(state).map(({ id, replyBy }) => [id, replyBy])))).toEqual(
        journey.map(({ ledger }) => ledger.asked),
      )
    })
  })

  test('has for its holder whoever took a place and was not released, and releases them once', () => {
    onEveryJourney((journey) => {
      const holders = journey.map(({ ledger }) => ledger.holder)
      expect(journey.map(({ state }) => holderOf(state)?.id ?? null)).toEqual(holders)
      const before = [null, ...holders]
      const ends = holders.map((holder, n) => (holder === null ? before[n] : null))
      expect(journey.map(({ events }) => events.map(releasedBy).find((one) => one !== null) ?? null)).toEqual(ends)
      const held = journey.filter((one, n) => one.move.command.type === 'accept' && before[n] !== null)
      const left = journey.filter(({ state, ledger }) => isOver(state) && ledger.holder !== null)
      expect([held, left]).toEqual([[], []])
    })
  })
})

describe('a clinician looked at again', () => {
  const looked = (journey: readonly Walked[]) => journey.filter(({ move }) => move.command.type === 'recheck')
  const steps = [
    [aCommand('engage'), 'requester'],
    [aCommand('open-pack'), 'clinician'],
    [aCommand('report'), 'clinician'],
  ] as const

  test('and barred keeps no case, and is not asked again', () => {
    onEveryJourney((journey) => {
      const barred = looked(journey).filter(({ events }) => events.some(({ type }) => type === 'pack.closed'))
      for (const { state, before } of barred) {
        const was = before && holderOf(before)
        expect([state.status, holderOf(state)]).toEqual(['matching', null])
        expect(exclusionsOf(state).at(-1)).toEqual({ clinician: was?.id, because: 'conflict' })
      }
    })
  })

  test('and doubted, or with a plan to be approved, goes no further until that is settled', () => {
    onEveryJourney((journey) => {
      for (const { state, ledger, move } of journey) {
        const doubts = 'acceptance' in state ? state.acceptance.doubts : []
        expect(doubts.length > 0).toBe(ledger.isDoubted)
        const holder = holderOf(state)
        if (!holder || (!ledger.isDoubted && ledger.toApprove.length === 0)) continue
        // Answers at the opening that were signed before are a matter of their own.
        if (declaredBy(state, holder.id, 'opening')) continue
        const attempts = steps.map(([command, role]) => {
          const decision = decide(state, 'clinician' in command ? { ...command, clinician: holder } : command, {
            at: move.at,
            actor: actorAs(role),
            ownTrusts: [],
          })
          return decision.kind === 'decided' && decision.told ? decision.told : decision
        })
        expect(new Set(attempts.map(({ kind }) => kind))).toEqual(
          new Set(['not-possible', ledger.isDoubted ? 'clearance-doubted' : 'plan-not-approved']),
        )
      }
    })
  })
})

describe('the table of the process', () => {
  // Always the same, and so many that even what is rare is done once.
  const journeys = fc.sample(wanderings, { seed: 1, numRuns: 2000 }).map(walk)

  test.each(stepNames)('says where %s leads: there, and nowhere else', (step) => {
    const reached = new Set(
      journeys.flatMap((journey) =>
        journey.filter(({ move }) => move.command.type === step).map(({ state }) => state.status),
      ),
    )
    expect(reached).toEqual(new Set(transitions[step].to))
  })

  test('says whence every step is taken', () => {
    for (const step of stepNames) {
      const left = journeys.flatMap((journey) =>
        journey.filter(({ move }) => move.command.type === step).map(({ before }) => before?.status ?? 'none'),
      )
      expect(new Set(left), step).toEqual(new Set(transitions[step].from))
    }
  })

  test('agrees with what an event may happen to: to any other state it is a bug, and thrown', () => {
    const happened = new Map<string, { readonly steps: Set<StepName>; readonly event: RequestEvent }>()
    const stood = new Map<string, RequestState>()
    for (const { move, events, state } of journeys.flat()) {
      for (const event of events) {
        const steps = happened.get(event.type)?.steps ?? new Set()
        happened.set(event.type, { steps: steps.add(move.command.type), event })
      }
      stood.set(state.status, state)
    }
    expect([...stood.keys()].toSorted()).toEqual([...statuses].toSorted())
    // A look again doubts, confirms, asks for a plan or closes, and an opening may close as well.
    expect(happened.size).toBe(stepNames.length + 3)
    for (const { steps, event } of happened.values()) {
      const from: readonly string[] = [...steps].flatMap((step) => transitions[step].from)
      for (const [status, state] of stood)
        if (!from.includes(status))
          expect(() => evolve(state, event)).toThrow(`${event.type} cannot happen to a request that is ${status}`)
      if (event.type !== 'request.drafted')
        expect(() => evolve(undefined, event)).toThrow('a request that is not there')
    }
  })
})
