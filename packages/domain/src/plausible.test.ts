import { someRouting } from '@concord/testkit/drafts'
import { aConsultant, aPost, aStranger, day } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { wrongInApplication, wrongInCheck, wrongInDraft, wrongInGrant, wrongInTies } from './plausible.ts'

const today = day('2026-11-30')
const draft = (routing: Parameters<typeof someRouting>[0] = {}, bornOn = '2018-05-04') =>
  wrongInDraft({ routing: someRouting(routing), bornOn: day(bornOn) }, today)
const agreedOn = (on: string) => draft({ agreement: { basis: 'parent', on: day(on) } })

describe('a draft', () => {
  test('of likely days is taken, to the first and the last that could be', () => {
    expect(draft()).toEqual([])
    expect(draft({}, '2026-11-30')).toEqual([])
    expect(draft({}, '2001-11-30')).toEqual([])
    expect([...agreedOn('2026-11-30'), ...agreedOn('2017-05-04')]).toEqual([])
  })

  // Report 08, with the right value of each line: refused.
  test.each([
    ['2065-06-06', 'too-late', '2026-11-30'],
    ['2026-12-01', 'too-late', '2026-11-30'],
    ['0018-05-04', 'too-early', '2001-11-30'],
    ['2001-11-29', 'too-early', '2001-11-30'],
  ])('of a child born on %s is %s', (bornOn, because, limit) => {
    expect(draft({}, bornOn)).toEqual([{ at: 'texts.identity.bornOn', because, limit }])
  })

  test('with an agreement to come, or long before the birth, is refused', () => {
    const at = 'routing.agreement.on'
    expect(agreedOn('2031-01-01')).toEqual([{ at, because: 'too-late', limit: '2026-11-30' }])
    expect(agreedOn('2010-01-01')).toEqual([{ at, because: 'too-early', limit: '2017-05-04' }])
  })

  test('of a family that is told in time to come is refused, and so is a decision that is decades away', () => {
    expect(draft({ familyInformedOn: day('2031-01-01'), decideBy: day('2206-01-01') }).map(({ at }) => at)).toEqual([
      'routing.decideBy',
      'routing.familyInformedOn',
    ])
  })

  test('says of the teams of a consultant which day is wrong', () => {
    const teams = [{ team: 'Epilepsy', kind: 'team', from: day('2020-01-01'), to: day('2019-01-01') }] as const
    expect(draft({ treating: [aConsultant({ teams })] })).toEqual([
      { at: 'routing.treating.0.teams.0.to', because: 'before-its-start', limit: '2020-01-01' },
    ])
  })
})

describe('a register entry', () => {
  const stranger = aStranger()
  test('of likely days is taken', () => {
    expect(wrongInTies({ ...stranger, posts: [aPost()] }, today)).toEqual([])
  })

  test.each([
    [{ from: day('2031-01-01') }, 'affiliations.posts.0.from', 'too-late'],
    [{ from: day('0201-01-01') }, 'affiliations.posts.0.from', 'too-early'],
    [{ from: day('2015-01-01'), to: day('2014-01-01') }, 'affiliations.posts.0.to', 'before-its-start'],
    [{ to: day('2206-01-01') }, 'affiliations.posts.0.to', 'too-late'],
  ])('with a post of %j is refused', (over, at, because) => {
    const ties = { ...stranger, posts: [aPost(over)], teams: [], trainingTies: [], managementTies: [] }
    expect(wrongInTies(ties, today)).toMatchObject([{ at, because }])
  })

  test('says where the last practice and the end of the indemnity cannot be', () => {
    const {
      openCases: _o,
      cap,
      ...facts
    } = {
      ...stranger,
      practice: [{ tfc: stranger.practice?.[0]?.tfc ?? neverHappens(), lastPractisedOn: day('2027-01-01') }],
      indemnity: { route: 'own', validTo: day('9999-01-01'), employerView: null } as const,
    }
    const entry = { name: 'x', visibility: 'network', languages: [], urgencies: [], modes: [] } as const
    expect(wrongInApplication({ ...entry, cap: cap ?? 1, facts }, today).map(({ at }) => at)).toEqual([
      'entry.facts.practice.0.lastPractisedOn',
      'entry.facts.indemnity.validTo',
    ])
  })

  test('was checked neither in time to come nor years ago', () => {
    const registration = stranger.registration ?? neverHappens()
    const on = (checkedOn: string) => wrongInCheck({ ...registration, checkedOn: day(checkedOn) }, today)
    expect([on('2026-12-01'), on('2026-11-30'), on('2016-11-30')].map(({ length }) => length)).toEqual([1, 0, 1])
  })
})

test('a role that is given ends neither before today nor in the distant future', () => {
  expect(['2026-11-29', '2026-11-30', '2036-12-01'].map((to) => wrongInGrant(day(to), today).length)).toEqual([1, 0, 1])
  expect(wrongInGrant(null, today)).toEqual([])
})

const neverHappens = (): never => {
  throw new Error('The stranger of the tests has one')
}
