import { day, org, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { CandidateSide, Dispute, RequestSide } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]
type One<K extends 'expertWitness' | 'advocacy'> = NonNullable<CandidateSide[K]>[number]

const yesterday = addDays(today, -1)
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const mine = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, case declaration)`]

describe('pay for the case', () => {
  const says = weighing(aRule({ id: 'C19', condition: { kind: 'paid-for-case' } }))
  const paid = (paidBy: CandidateSide['paidBy']): PairOver => ({ candidate: { paidBy } })
  const it = 'who pays for this case'

  test.each<Case>([
    ['from a party', paid(['party']), mine('BAR', it)],
    ['from nobody knows whom', paid(['unknown']), mine('UNKNOWN', it)],
    ['from neither side', paid(['neutral']), []],
    ['from nobody', paid([]), []],
    ['nobody asked about', paid(null), mine('UNKNOWN', it)],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('an expert witness', () => {
  const says = weighing(
    aRule({ id: 'C20', lookBackMonths: 24, condition: { kind: 'expert-witness', otherCase: 'MANAGE' } }),
  )
  const witness = (over: Partial<One<'expertWitness'>>): PairOver => ({
    candidate: { expertWitness: [{ matter: 'other', against: org('XA1'), isLikely: true, on: today, ...over }] },
  })
  const asked = mine(
    'UNKNOWN',
    'whether the clinician is, was or is to be an expert witness in this case or against the trust',
  )
  const against = mine('MANAGE', 'expert witness against the requesting trust')

  test.each<Case>([
    ['in this case', witness({ matter: 'this-case' }), mine('BAR', 'expert witness in this case')],
    [
      'in this case, against nobody, long ago',
      witness({ matter: 'this-case', against: 'none', on: day('2000-01-01') }),
      mine('BAR', 'expert witness in this case'),
    ],
    ['in this case, which is not likely', witness({ matter: 'this-case', isLikely: false }), []],
    ['against the trust', witness({}), against],
    ['against the trust before it merged', witness({ against: org('XA0'), on: day('2025-12-31') }), against],
    ['against another trust', witness({ against: org('XB1') }), []],
    ['against no trust', witness({ against: 'none' }), []],
    ['against nobody knows which trust', witness({ against: null }), asked],
    ['against nobody knows which trust, long ago', witness({ against: null, on: day('2000-01-01') }), []],
    ['on a day nobody knows', witness({ on: null }), asked],
    ['in nobody knows which case', witness({ matter: null }), asked],
    ['24 months ago to the day', witness({ on: day('2024-06-15') }), against],
    ['24 months and a day ago', witness({ on: day('2024-06-14') }), []],
    ['nobody asked', { candidate: { expertWitness: null } }, asked],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

test('an expert witness is told with the day of it', () => {
  const rule = aRule({ lookBackMonths: 24, condition: { kind: 'expert-witness', otherCase: 'MANAGE' } })
  const expertWitness = [{ matter: 'other', against: org('XA1'), isLikely: true, on: today }] as const
  const [finding] = judging([rule])(aPair({ candidate: { expertWitness } })).findings
  expect([finding?.evidence.from, finding?.evidence.to]).toEqual([today, today])
})

describe('a public statement', () => {
  const says = weighing(aRule({ id: 'C21', condition: { kind: 'spoke-in-public' } }))
  const asked = 'whether the clinician spoke in public of this case'
  const spoke = (about: NonNullable<CandidateSide['publicStatements']>[number]['about']): PairOver => ({
    candidate: { publicStatements: [{ about }] },
  })

  test.each<Case>([
    ['on this case', spoke('this-case'), mine('BAR', asked)],
    ['on another case', spoke('other-case'), []],
    ['on the topic', spoke('topic'), []],
    ['on nobody knows what', spoke(null), mine('UNKNOWN', asked)],
    ['nobody asked about', { candidate: { publicStatements: null } }, mine('UNKNOWN', asked)],
    [
      'that was found',
      { request: { spokeInPublic: ['X1', 'candidate'] } },
      ['BAR: a public statement on this case (candidate, record search)'],
    ],
    ['of somebody else, that was found', { request: { spokeInPublic: ['X1'] } }, []],
    ['nobody searched for', { request: { spokeInPublic: null } }, [`UNKNOWN: ${asked} (requester, record search)`]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('published advocacy', () => {
  const says = weighing(aRule({ id: 'C22', severity: 'MANAGE', condition: { kind: 'advocacy', notSole: 'NOTE' } }))
  const it = 'published advocacy on the contested treatment'
  const wrote = (
    over: Partial<One<'advocacy'>>,
    products: RequestSide['products'] = [{ id: 'P1', maker: null, isContested: true }],
  ): PairOver => ({ candidate: { advocacy: [{ product: 'P1', strength: 'strong', ...over }] }, request: { products } })
  const as = (
    candidate: Partial<Pick<CandidateSide, 'kind' | 'role'>>,
    opinion: RequestSide['opinion'] = 'single',
  ): PairOver => ({
    candidate: { ...wrote({}).candidate, ...candidate },
    request: { opinion },
  })
  const settled = { id: 'P2', maker: null, isContested: false }

  test.each<Case>([
    ['that is strong', wrote({}), mine('MANAGE', it)],
    ['that is balanced', wrote({ strength: 'balanced' }), []],
    ['of a strength nobody judged', wrote({ strength: null }), mine('UNKNOWN', it)],
    ['on nobody knows what', wrote({ product: null }), mine('UNKNOWN', it)],
    ['on nobody knows what, balanced', wrote({ product: null, strength: 'balanced' }), []],
    ['on something else', wrote({ product: 'P9' }), []],
    [
      'on an option that is not contested, beside one that is',
      wrote({ product: 'P2' }, [{ id: 'P1', maker: null, isContested: true }, settled]),
      [],
    ],
    [
      'on an option that may be contested',
      wrote({}, [{ id: 'P1', maker: null, isContested: null }]),
      mine('UNKNOWN', it),
    ],
    ['where nothing is contested', wrote({ product: null }, [settled]), []],
    [
      'on a contested option, beside one that is not',
      wrote({}, [settled, { id: 'P1', maker: null, isContested: true }]),
      mine('MANAGE', it),
    ],
    ['where nobody knows the options', wrote({}, null), mine('UNKNOWN', it)],
    ['nobody asked about', { candidate: { advocacy: null } }, mine('UNKNOWN', it)],
    [
      'nobody asked about, where nothing is contested',
      { candidate: { advocacy: null }, request: { products: [settled] } },
      [],
    ],
    ['of one whose part nobody knows', as({ role: null }), mine('MANAGE', it)],
    ['of one of an MDT', as({ role: 'mdt-contributor' }), mine('NOTE', it)],
    ['of one who gives factual input', as({ role: 'factual-input' }), mine('NOTE', it)],
    ['of an MDT', as({ kind: 'mdt' }), mine('NOTE', it)],
    ['for the opinion of an MDT', as({}, 'mdt'), mine('NOTE', it)],
    ['for an opinion of unknown form', as({}, null), mine('MANAGE', it)],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a dispute', () => {
  const says = weighing(aRule({ id: 'C27', condition: { kind: 'dispute' } }))
  const it = 'whether there is a live dispute with the trust, the team or the family'
  const with_ = (other: string | null, over: Partial<Dispute> = {}): PairOver => ({
    candidate: { disputes: [{ with: other, status: 'live', ...always, ...over }] },
  })
  const told = (other: string | null, over: Partial<Dispute> = {}): PairOver => ({
    request: { requester: { disputes: [{ with: other, status: 'live', ...always, ...over }] } },
  })
  const theirs = (severity: string) => [`${severity}: ${it} (requester, request)`]

  test.each<Case>([
    ...['requester', 'family', 'requesting-trust', 'team', 'T1', 'parent-1', 'XA1'].map(
      (other): Case => [`with ${other}`, with_(other), mine('BAR', it)],
    ),
    ['with another trust', with_('XB1'), []],
    [
      'with one of two who treat',
      { ...with_('T1'), request: { treating: [aTreating(), aTreating({ person: 'T2', role: 'treating' })] } },
      mine('BAR', it),
    ],
    ['with somebody of no part', with_('X1'), []],
    ['with nobody knows whom', with_(null), mine('UNKNOWN', it)],
    ['with nobody knows whom, closed', with_(null, { status: 'closed' }), []],
    ['that is closed, whatever its days', with_('T1', { status: 'closed' }), []],
    ['that is live, whatever its days', with_('T1', until(yesterday)), mine('BAR', it)],
    ['of no stated standing, until today', with_('T1', { status: null, ...until(today) }), mine('BAR', it)],
    ['of no stated standing, until yesterday', with_('T1', { status: null, ...until(yesterday) }), []],
    ['of no stated standing, and no days', with_('T1', { status: null, from: null, to: null }), mine('UNKNOWN', it)],
    ['of no stated standing, begun on a known day', with_('T1', { status: null, to: null }), mine('UNKNOWN', it)],
    [
      'of no stated standing, that ended yesterday and began nobody knows when',
      with_('T1', { status: null, from: null, to: yesterday }),
      [],
    ],
    [
      'of no stated standing, that goes on and began nobody knows when',
      with_('T1', { status: null, from: null, to: 'ongoing' }),
      mine('BAR', it),
    ],
    ['nobody asked the clinician about', { candidate: { disputes: null } }, mine('UNKNOWN', it)],
    ['that the requester names', told('candidate'), theirs('BAR')],
    ['that the requester names, closed', told('candidate', { status: 'closed' }), []],
    ['of somebody, the requester does not say whom', told(null), theirs('BAR')],
    ['of somebody else, as the requester says', told('X1'), []],
    ['nobody asked the requester about', { request: { requester: { disputes: null } } }, theirs('UNKNOWN')],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
