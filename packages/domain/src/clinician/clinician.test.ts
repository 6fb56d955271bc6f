import { aClinician } from '@concord/testkit/clinicians'
import { day, today } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { candidateFacts, cardOf, rankingFacts, refTo } from './clinician.ts'

describe('a card', () => {
  test.each(['applied', 'verified', 'unlisted'] as const)('is none of a clinician who is %s', (status) => {
    expect(cardOf(aClinician(status))).toBeNull()
  })

  test('is all of a listed clinician but where the entry stands and which works they brought', () => {
    const { status: _, works: _w, ...card } = aClinician('listed', { cases: [1] })
    expect(cardOf(aClinician('listed', { cases: [1] }))).toEqual(card)
  })
})

describe('what a clinician is judged and ranked by', () => {
  const state = aClinician('listed', { cases: [1] })

  test('has the places that are taken, by the entry’s own cap', () => {
    expect(candidateFacts(state)).toEqual({ ...state.entry.facts, openCases: 1, cap: 2 })
    const { practice } = state.entry.facts
    const { urgencies, modes, languages } = state.entry
    expect(rankingFacts(state, today)).toStrictEqual({
      ...{ id: state.id, practice, urgencies, modes, languages },
      ...{ openCases: 1, cap: 2, opinionsLastYear: 0 },
    })
  })

  test('has the opinions of the rolling year, to the day', () => {
    const givenOn = ['2025-06-15', '2025-06-16', '2026-06-15'].map(day)
    expect(rankingFacts({ ...state, givenOn }, today).opinionsLastYear).toBe(2)
    expect(rankingFacts({ ...state, givenOn }, day('2026-06-16')).opinionsLastYear).toBe(1)
  })

  test('is not in what names them', () => {
    const { id, home, gmc } = state
    expect(refTo(state)).toEqual({ id, home, gmc })
  })
})
