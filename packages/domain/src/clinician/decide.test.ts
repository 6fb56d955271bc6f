import {
  aClinician,
  anApplication,
  anEntryCommand,
  type EntryStepName,
  entryWanderings,
  takeEntryStep,
  walkEntry,
} from '@concord/testkit/clinicians'
import { aPost, aStranger, clinicianId, day, today } from '@concord/testkit/facts'
import { actorAs, aRequestId, begun, networkOne } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Actor, roles } from '../actor.ts'
import { must, parseGmcNumber } from '../ids.ts'
import { addMinutes } from '../time.ts'
import type { ClinicianState } from './clinician.ts'
import { type ClinicianCommand, clinicianSteps, decideClinician, evolveClinician } from './decide.ts'

const DAY = 24 * 60
const steps = Object.keys(clinicianSteps).filter((name): name is EntryStepName => name in clinicianSteps)
const everyone: readonly Actor['role'][] = [...roles, 'system']
const statuses = ['applied', 'verified', 'listed', 'unlisted'] as const
const everywhere = ['none', ...statuses] as const

const decided = (state: ClinicianState | undefined, command: ClinicianCommand, role: Actor['role']) =>
  decideClinician(state, command, { at: begun, actor: actorAs(role), inventedAllowed: true })

/** An entry in a status that meets every guard of the step. */
const readyFor = (step: EntryStepName, status: (typeof everywhere)[number]) => {
  if (status === 'none') return undefined
  const state = aClinician(status)
  // Whatever became of an entry, its places are given back.
  return step === 'give-back' ? { ...state, openCases: [aRequestId(1)] } : state
}
const tryOut = (step: EntryStepName, status: (typeof everywhere)[number], role: Actor['role']) =>
  decided(readyFor(step, status), anEntryCommand(step), role)

/** Where each step leads; the others leave the entry where it is. */
const leads: Partial<Record<EntryStepName, ClinicianState['status']>> = {
  apply: 'applied',
  list: 'listed',
  unlist: 'unlisted',
}

describe.each(steps)('the step %s of the register', (step) => {
  const from: readonly string[] = clinicianSteps[step].from
  const by: readonly string[] = clinicianSteps[step].by

  test('is refused in every state its row leaves out, naming the state', () => {
    for (const status of everywhere.filter((one) => !from.includes(one)))
      for (const role of clinicianSteps[step].by)
        expect(tryOut(step, status, role)).toEqual({ kind: 'entry-not-possible', step, status })
  })

  test('is refused to every role its row leaves out, wherever the entry stands', () => {
    for (const status of everywhere)
      for (const role of everyone.filter((one) => !by.includes(one)))
        expect(tryOut(step, status, role)).toEqual({ kind: 'entry-not-yours', step, role })
  })

  test('is taken from every state of its row by every role of it, as one event of theirs', () => {
    for (const status of clinicianSteps[step].from)
      for (const role of clinicianSteps[step].by)
        expect(tryOut(step, status, role), `${status}, ${role}`).toMatchObject({
          kind: 'decided',
          events: [{ by: actorAs(role) }],
        })
  })

  test('leads where it should', () => {
    for (const status of clinicianSteps[step].from) {
      const { state } = takeEntryStep(readyFor(step, status), anEntryCommand(step))
      const isFirstVerified = step === 'verify' && status === 'applied'
      expect(state?.status, status).toBe(isFirstVerified ? 'verified' : (leads[step] ?? status))
    }
  })
})

describe('applying', () => {
  const applied = (gmc: string, inventedAllowed: boolean) =>
    decideClinician(
      undefined,
      anEntryCommand('apply', {
        entry: anApplication({ facts: { ...anApplication().facts, gmc: must(parseGmcNumber, gmc) } }),
      }),
      { at: begun, actor: actorAs('coordinator'), inventedAllowed },
    ).kind

  test('with an invented number is refused in production, and nowhere else', () => {
    expect(applied('9990001', false)).toBe('invented-number')
    expect(applied('9990001', true)).toBe('decided')
  })

  test('enters the clinician in the register of one network', () => {
    expect(aClinician('applied')).toMatchObject({ id: clinicianId(1), home: networkOne, gmc: '9990001', version: 1 })
  })

  test('leaves the check of the register and the declaration to those whose word they are', () => {
    const { entry } = aClinician('applied')
    const said = { ...anApplication(), facts: { ...anApplication().facts, ...aStranger() } }
    expect(takeEntryStep(undefined, anEntryCommand('apply', { entry: said })).state?.entry.facts).toMatchObject({
      registration: null,
      specialistRegister: null,
      standingDeclarationSignedOn: null,
    })
    expect(entry.facts.registration).toBeNull()
  })
})

describe('listing', () => {
  test('waits for the posts, without which nobody can say where the clinician works', () => {
    const entry = anApplication({ facts: { ...anApplication().facts, posts: null } })
    expect(decided(aClinician('verified', { entry }), anEntryCommand('list'), 'coordinator')).toEqual({
      kind: 'no-affiliations',
    })
  })

  test('waits for the standing declaration', () => {
    const { state } = takeEntryStep(aClinician('applied'), anEntryCommand('verify'))
    expect(decided(state, anEntryCommand('list'), 'coordinator')).toEqual({ kind: 'not-declared' })
  })
})

describe('an entry', () => {
  const withdrawn = { ...anEntryCommand('verify').registration, licence: false }
  const after = (command: ClinicianCommand) => takeEntryStep(aClinician('listed'), command).state?.entry

  test('has the availability that was set last, and nothing else changed by it', () => {
    const { availability } = anEntryCommand('set-availability')
    expect(after(anEntryCommand('set-availability'))).toEqual({ ...aClinician('listed').entry, ...availability })
  })

  test.each([
    [anEntryCommand('record-affiliations'), { posts: [aPost({ kind: 'locum' })] }],
    [anEntryCommand('declare', { signedOn: day('2026-06-20') }), { standingDeclarationSignedOn: day('2026-06-20') }],
    [
      { ...anEntryCommand('verify'), registration: withdrawn, specialistRegister: [] },
      { registration: withdrawn, specialistRegister: [] },
    ],
  ])('has the facts that were recorded last, and the others as they were: $type', (command, facts) => {
    const before = aClinician('listed').entry
    expect(after(command)).toEqual({ ...before, facts: { ...before.facts, ...facts } })
  })

  test('begins with an application: to nobody else can anything happen', () => {
    const { events } = takeEntryStep(aClinician('listed'), anEntryCommand('unlist'))
    for (const event of events) expect(() => evolveClinician(undefined, event)).toThrow('clinician.unlisted')
  })
})

describe('a place', () => {
  const take = (state: ClinicianState, n: number) =>
    decided(state, anEntryCommand('take-place', { request: aRequestId(n) }), 'clinician')

  test('is taken up to the cap and not beyond', () => {
    expect(take(aClinician('listed', { cases: [1] }), 2).kind).toBe('decided')
    expect(take(aClinician('listed', { cases: [1, 2] }), 3)).toEqual({ kind: 'full', cap: 2 })
  })

  test('is not taken twice for the same request', () => {
    expect(take(aClinician('listed', { cases: [1] }), 1)).toEqual({ kind: 'in-hand-already' })
  })

  test('is not taken while more is in hand than a lowered cap allows, and nothing in hand is lost by lowering it', () => {
    const availability = { ...anEntryCommand('set-availability').availability, cap: 1 }
    const { state } = takeEntryStep(
      aClinician('listed', { cases: [1, 2] }),
      anEntryCommand('set-availability', { availability }),
    )
    if (!state) throw new Error('The entry is there')
    expect(state.openCases).toEqual([aRequestId(1), aRequestId(2)])
    expect(take(state, 3)).toEqual({ kind: 'full', cap: 1 })
  })

  test('is given back once: a second time there is nothing to do', () => {
    const { state } = takeEntryStep(aClinician('listed', { cases: [1, 2] }), anEntryCommand('give-back'))
    expect(state?.openCases).toEqual([aRequestId(2)])
    expect(decided(state, anEntryCommand('give-back'), 'system')).toEqual({ kind: 'nothing-to-do' })
  })

  test('counts for the year in which an opinion was given, and not where it was merely released', () => {
    const giveBack = (state: ClinicianState, n: number, because: 'given' | 'released', days: number) => {
      const command = anEntryCommand('give-back', { request: aRequestId(n), because })
      const { state: next } = takeEntryStep(state, command, { at: addMinutes(begun, days * DAY) })
      if (!next) throw new Error('The entry is there')
      return next
    }
    const first = giveBack(aClinician('listed', { cases: [1, 2] }), 1, 'given', 0)
    expect(first.givenOn).toEqual([today])
    expect(giveBack(first, 2, 'released', 1).givenOn).toEqual([today])
    expect(giveBack(first, 2, 'given', 364).givenOn).toEqual([today, day('2027-06-14')])
    expect(giveBack(first, 2, 'given', 365).givenOn).toEqual([day('2027-06-15')])
  })
})

describe('every legal course of an entry', () => {
  const onEveryCourse = (holds: (course: ReturnType<typeof walkEntry>) => void) =>
    fc.assert(
      fc.property(entryWanderings, (turns) => holds(walkEntry(turns))),
      runs(300),
    )

  test('folds from its events to the state reached step by step, and counts them as versions', () => {
    onEveryCourse((course) => {
      const events = course.flatMap((one) => one.events)
      const state = events.reduce<ClinicianState | undefined>(evolveClinician, undefined)
      expect(state).toEqual(course.at(-1)?.state)
      expect(state?.version).toBe(events.length)
      expect(state).toMatchObject({ id: clinicianId(1), gmc: anApplication().facts.gmc })
    })
  })

  test('never takes a place beyond the cap, nor two for one request', () => {
    onEveryCourse((course) => {
      const taken = course.filter(({ command }) => command.type === 'take-place')
      expect(taken.filter(({ state }) => state && state.openCases.length > state.entry.cap)).toEqual([])
      expect(course.filter(({ state }) => new Set(state?.openCases).size !== state?.openCases.length)).toEqual([])
    })
  })

  test('has in hand what was taken and not given back, whatever else was changed', () => {
    onEveryCourse((course) => {
      const hand = new Set<string>()
      const hands = course.map(({ command }) => {
        if (command.type === 'take-place') hand.add(command.request)
        if (command.type === 'give-back') hand.delete(command.request)
        return [...hand]
      })
      expect(course.map(({ state }) => state?.openCases)).toEqual(hands)
    })
  })
})
