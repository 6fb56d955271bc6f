import { day, today } from '@concord/testkit/facts'
import { aBroker, always, aPair, aTreating, judging } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import type { Companion, Member, Staff } from '../pair.ts'

const kinds = ['relative', 'close-friend', 'neighbour'] as const
const acting = judging([aRule({ id: 'C32', condition: { kind: 'acting-person', kinds, trainingMonths: 120 } })])
const beside = judging([aRule({ id: 'C33', condition: { kind: 'acting-companion', kinds } })])
const board = judging([
  aRule({ id: 'C34', condition: { kind: 'mdt-members', kinds, most: { of: 1, in: 3 }, minority: 'NOTE' } }),
])

describe('who acts in a request', () => {
  const weigh = (over: Partial<Staff>, candidate = {}) =>
    acting(aPair({ request: { staff: [aBroker(over)] }, candidate })).findings.map(
      ({ severity, appliesTo }) => `${severity} of ${appliesTo}`,
    )

  test.each([
    ['manages the clinician', { managementTies: [{ with: 'candidate', kind: 'manages', ...always }] }],
    ['trained the clinician', { trainingTies: [{ with: 'candidate', kind: 'trainer-of', ...always }] }],
    ['is in a team with them', { teams: [{ id: 'team-c', kind: 'rota', ...always }] }],
    ['lives beside the family', { personalTies: [{ with: 'child', kind: 'neighbour', ...always }] }],
  ] as const)('hands it on who %s', (_, over) => {
    expect(weigh(over)).toEqual(['BAR of broker'])
  })

  test('hands it on who shares a practice with the clinician', () => {
    const business = [{ company: 'CO9', kind: 'practice', role: 'partner', sharePercent: null, ...always }] as const
    expect(weigh({ business }, { business })).toEqual(['BAR of broker'])
  })

  test('hands it on where the clinician says so', () => {
    expect(weigh({}, { personalTies: [{ with: 'broker', kind: 'close-friend', ...always }] })).toEqual([
      'BAR of broker',
    ])
  })

  test('need not be asked again of the clinician, whom only the case declaration asks', () => {
    const unasked = { personalTies: null, managementTies: null, trainingTies: null, teams: null, business: null }
    expect(weigh({}, unasked)).toEqual([])
    expect(new Set(weigh({ personalTies: null, managementTies: null }))).toEqual(new Set(['UNKNOWN of broker']))
  })

  test('counts as acting until it is said that they do not', () => {
    const over = { treatedThisChild: 'yes' } as const
    expect([true, null, false].map((isActing) => weigh({ ...over, isActing }))).toEqual([
      ['BAR of broker'],
      ['BAR of broker'],
      [],
    ])
  })
})

describe('who stands by the family', () => {
  const one = (over: Partial<Companion>): Companion => ({
    person: 'interpreter',
    isActing: true,
    isFamilyMember: false,
    personalTies: [],
    ...over,
  })
  const weigh = (request: object, candidate = {}) =>
    beside(aPair({ request, candidate })).findings.map(({ severity, appliesTo }) => `${severity} of ${appliesTo}`)

  test('is not close to the treating team or the clinician, whichever of them says so', () => {
    const tie = (who: string) => [{ with: who, kind: 'relative', ...always }] as const
    expect(weigh({ advocate: one({ personalTies: tie('T1') }) })).toEqual(['BAR of interpreter'])
    expect(weigh({ advocate: one({}) }, { personalTies: tie('interpreter') })).toEqual(['BAR of interpreter'])
    expect(weigh({ advocate: one({}), treating: [aTreating({ personalTies: tie('interpreter') })] })).toEqual([
      'BAR of interpreter',
    ])
    expect(weigh({ advocate: one({ personalTies: tie('X1') }) })).toEqual([])
  })

  test('does not interpret for their own family, and may speak for it', () => {
    expect(weigh({ interpreter: one({ isFamilyMember: true }) })).toEqual(['BAR of interpreter'])
    expect(weigh({ interpreter: one({ isFamilyMember: null }) })).toEqual(['UNKNOWN of interpreter'])
    expect(weigh({ advocate: one({ isFamilyMember: true }) })).toEqual([])
  })
})

describe('an MDT', () => {
  const member = (at: number, over: Partial<Member> = {}): Member => ({
    person: `M${at}`,
    isChair: false,
    isConflicted: false,
    personalTies: [],
    teams: [],
    ...over,
  })
  const of = (count: number, change: (at: number) => Partial<Member>) =>
    Array.from({ length: count }, (_, at) => member(at, { isChair: at === 0, ...change(at) }))
  const weigh = (members: readonly Member[] | null) =>
    board(aPair({ candidate: { kind: 'mdt', members } })).findings.map(({ severity }) => severity)

  test.each([
    ['one of three', 3, 1, 'NOTE'],
    ['two of three', 3, 2, 'BAR'],
    ['one of two', 2, 1, 'BAR'],
    ['two of six', 6, 2, 'NOTE'],
    ['three of eight', 8, 3, 'BAR'],
  ])('may lose a third of its members and no more: %s', (_, count, conflicted, weighs) => {
    expect(weigh(of(count, (at) => ({ isConflicted: at >= count - conflicted })))).toEqual([weighs])
  })

  test('may not lose its chair', () => {
    expect(weigh(of(9, (at) => ({ isConflicted: at === 0 })))).toEqual(['BAR'])
    expect(weigh(of(9, (at) => ({ isChair: at === 0 ? true : null, isConflicted: at === 8 })))).toEqual(['UNKNOWN'])
  })

  test('is undetermined where those nobody asked could tip it, and where nobody is named', () => {
    expect(weigh(of(9, (at) => ({ isConflicted: at > 4 ? null : false })))).toEqual(['UNKNOWN'])
    expect(weigh([])).toEqual(['UNKNOWN'])
    expect(weigh(null)).toEqual(['UNKNOWN'])
  })

  test('loses a member who is close to a treating consultant or in one team with them', () => {
    const tie = [{ with: 'T1', kind: 'relative', ...always }] as const
    const team = { id: 'team-a', kind: 'team', from: day('2020-01-01'), to: today } as const
    expect(weigh(of(9, (at) => (at === 8 ? { personalTies: tie } : {})))).toEqual(['NOTE'])
    expect(weigh(of(9, (at) => (at === 8 ? { teams: [team] } : {})))).toEqual(['NOTE'])
    expect(weigh(of(9, (at) => (at === 8 ? { teams: [{ ...team, to: day('2026-06-14') }] } : {})))).toEqual([])
  })
})
