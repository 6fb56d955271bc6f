import { day, org, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, heldAt, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { Business, CandidateSide, Interests, Product } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]
type One<K extends keyof Interests> = NonNullable<Interests[K]>[number]

const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)]
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const option = (over: Partial<Product> = {}): Product => ({ id: 'P1', maker: 'CO1', isContested: true, ...over })
const stake = (over: Partial<Business> = {}): Business => ({
  company: 'CO1',
  kind: 'company',
  role: 'stake',
  sharePercent: 12,
  ...always,
  ...over,
})
const owning = (over: Partial<Business>, products: readonly Product[] | null = [option()]): PairOver => ({
  candidate: { business: [stake(over)] },
  request: { products },
})
const mine = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, case declaration)`]
const share = 'a share in CO1, which makes an option'
const pay = 'paid by CO1, which makes an option'
const businesses = 'the businesses had a share in or paid by'

describe('a large share in the maker of an option', () => {
  const says = weighing(aRule({ id: 'C14', condition: { kind: 'shared-business', sharePercent: 10 } }))

  test.each<Case>([
    ['of a tenth', owning({ sharePercent: 10 }), mine('BAR', share)],
    ['of a little less', owning({ sharePercent: 9.9 }), []],
    ['of a size nobody knows', owning({ sharePercent: null }), mine('UNKNOWN', share)],
    ['of who is paid, and has none', owning({ role: 'paid', sharePercent: null }), []],
    ['of who is paid, and has a tenth', owning({ role: 'paid', sharePercent: 10 }), mine('BAR', pay)],
    ['until today', owning(until(today)), mine('BAR', share)],
    ['until yesterday', owning(until(yesterday)), []],
    ['of unknown days', owning({ from: null, to: null }), mine('UNKNOWN', share)],
    ['in another firm', owning({ company: 'CO2' }), []],
    [
      'in a firm nobody names',
      owning({ company: null }),
      mine('UNKNOWN', 'a share in a company, which makes an option'),
    ],
    ['in the maker of an option nobody names', owning({}, [option({ maker: null })]), mine('UNKNOWN', share)],
    ['in one of two makers', owning({}, [option({ id: 'P2', maker: 'CO2' }), option()]), mine('BAR', share)],
    ['of an option that may be contested or not', owning({}, [option({ isContested: null })]), mine('BAR', share)],
    ['through a common fund', owning({ kind: 'fund' }), []],
    ['through a common fund that they run', owning({ kind: 'fund', role: 'partner' }), mine('BAR', share)],
    ['in a widely held firm, of a tenth', owning({ kind: 'widely-held', sharePercent: 10 }), mine('BAR', share)],
    ['in a widely held firm, of a little less', owning({ kind: 'widely-held', sharePercent: 9.9 }), []],
    ['where no options are at stake', owning({}, []), []],
    ['where nobody knows the options', owning({}, null), ['UNKNOWN: the products at stake (requester, request)']],
    ['that is over, where nobody knows the options', owning(until(yesterday), null), []],
    ['nobody asked about', { candidate: { business: null } }, mine('UNKNOWN', businesses)],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a smaller share in the maker of an option, or pay', () => {
  const says = weighing(
    aRule({ id: 'C15', condition: { kind: 'stake-in-maker', sharePercent: 10, notContested: 'MANAGE' } }),
  )

  test.each<Case>([
    ['a little less than a tenth', owning({ sharePercent: 9.9 }), mine('BAR', share)],
    ['a tenth, which is another rule', owning({ sharePercent: 10 }), []],
    ['of a size nobody knows', owning({ sharePercent: null }), mine('UNKNOWN', share)],
    ['pay without a share', owning({ role: 'paid', sharePercent: null }), mine('BAR', pay)],
    ['pay, of a widely held firm', owning({ kind: 'widely-held', role: 'paid', sharePercent: null }), mine('BAR', pay)],
    ['little of a widely held firm', owning({ kind: 'widely-held', sharePercent: 0.1 }), []],
    [
      'a part nobody knows of a widely held firm',
      owning({ kind: 'widely-held', sharePercent: null }),
      mine('UNKNOWN', share),
    ],
    [
      'in the maker of another option',
      owning({ sharePercent: 1 }, [option({ isContested: false })]),
      mine('MANAGE', share),
    ],
    [
      'in the maker of an option that may be contested',
      owning({ sharePercent: 1 }, [option({ isContested: null })]),
      mine('UNKNOWN', share),
    ],
    ['in a firm that makes none', owning({ company: 'CO2', sharePercent: 1 }, [option({ isContested: null })]), []],
    [
      'where nobody knows the options',
      owning({ sharePercent: 1 }, null),
      ['UNKNOWN: the products at stake (requester, request)'],
    ],
    ['nobody asked about', { candidate: { business: null } }, mine('UNKNOWN', businesses)],
    [
      'nobody asked about, where no options are at stake',
      { candidate: { business: null }, request: { products: [] } },
      [],
    ],
    ['of none', {}, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a patent', () => {
  const says = weighing(aRule({ id: 'C16', condition: { kind: 'patent', notSole: 'NOTE' } }))
  const patent = (
    over: Partial<One<'patents'>>,
    products: readonly Product[] | null = [option()],
    role: CandidateSide['role'] = 'sole',
  ): PairOver => ({
    candidate: { role, patents: [{ product: 'P1', isInventor: false, ...always, ...over }] },
    request: { products },
  })
  const held = 'a patent on P1'

  test.each<Case>([
    ['held', patent({}), mine('BAR', held)],
    ['held until today', patent(until(today)), mine('BAR', held)],
    ['held until yesterday', patent(until(yesterday)), []],
    ['held on unknown days', patent({ from: null, to: null }), mine('UNKNOWN', held)],
    ['of an inventor, though it ended', patent({ isInventor: true, ...until(yesterday) }), mine('BAR', held)],
    ['of one who gives factual input', patent({}, [option()], 'factual-input'), mine('NOTE', held)],
    ['of one of an MDT', patent({}, [option()], 'mdt-contributor'), mine('NOTE', held)],
    ['of one whose part nobody knows', patent({}, [option()], null), mine('BAR', held)],
    [
      'on an option that is not contested, beside one that is',
      patent({ product: 'P2' }, [option(), option({ id: 'P2', isContested: false })]),
      [],
    ],
    ['on an option that may be contested', patent({}, [option({ isContested: null })]), mine('UNKNOWN', held)],
    ['on nothing at stake', patent({ product: 'P9' }), []],
    ['on nobody knows what', patent({ product: null }), mine('UNKNOWN', 'a patent on null')],
    ['where nobody knows the options', patent({}, null), mine('UNKNOWN', held)],
    [
      'on nobody knows what, where nothing is contested',
      patent({ product: null }, [option({ isContested: false })]),
      [],
    ],
    ['nobody asked about', { candidate: { patents: null } }, mine('UNKNOWN', 'the patents held')],
    ['nobody asked about, where nothing is at stake', { candidate: { patents: null }, request: { products: [] } }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a trial', () => {
  const says = weighing(aRule({ id: 'C17', severity: 'MANAGE', condition: { kind: 'leads-trial' } }))
  const trial = (
    over: Partial<One<'trialRoles'>>,
    trials: NonNullable<PairOver['request']>['trials'] = [{ id: 'TR1', childCouldEnter: true }],
  ): PairOver => ({
    candidate: { trialRoles: [{ trial: 'TR1', leads: true, ...always, ...over }] },
    request: { trials },
  })
  const leads = 'leads TR1'

  test.each<Case>([
    ['led', trial({}), mine('MANAGE', leads)],
    ['led until today', trial(until(today)), mine('MANAGE', leads)],
    ['led until yesterday', trial(until(yesterday)), []],
    ['led from tomorrow', trial({ from: tomorrow }), []],
    ['taken part in', trial({ leads: false }), []],
    ['in a part that nobody knows', trial({ leads: null }), mine('UNKNOWN', leads)],
    ['led on unknown days', trial({ from: null, to: null }), mine('UNKNOWN', leads)],
    ['the child could perhaps enter', trial({}, [{ id: 'TR1', childCouldEnter: null }]), mine('UNKNOWN', leads)],
    [
      'the child could not enter, beside one it could',
      trial({}, [
        { id: 'TR1', childCouldEnter: false },
        { id: 'TR2', childCouldEnter: true },
      ]),
      [],
    ],
    ['that is no part of the question', trial({ trial: 'TR9' }), []],
    ['that nobody names', trial({ trial: null }), mine('UNKNOWN', 'leads null')],
    ['where nobody knows which there are', trial({}, null), mine('UNKNOWN', leads)],
    [
      'that nobody names, where the child could enter none',
      trial({ trial: null }, [{ id: 'TR1', childCouldEnter: false }]),
      [],
    ],
    ['nobody asked about', { candidate: { trialRoles: null } }, mine('UNKNOWN', 'the trials led')],
    ['nobody asked about, where there is none', { candidate: { trialRoles: null }, request: { trials: [] } }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('where the child, a fee or activity would go', () => {
  const says = weighing(aRule({ id: 'C18', condition: { kind: 'would-receive', otherwise: 'MANAGE' } }))
  const going = (
    places: readonly string[],
    kind: 'transfer' | 'elective-surgery' | 'treatment-choice' | null = 'transfer',
    posts: CandidateSide['posts'] = [heldAt('XC1', { site: org('XC101') })],
  ): PairOver => ({ request: { question: { kind, wouldReceive: places.map(org) } }, candidate: { posts } })
  const there = (severity: string) => [
    `${severity}: a post where the child, a fee or activity would go (candidate, register entry)`,
  ]
  const asked = ['UNKNOWN: who would receive the child, a fee or activity (requester, request)']

  test.each<Case>([
    ['is their trust', going(['XC1']), there('MANAGE')],
    ['is their trust, of several', going(['XB1', 'XC1']), there('MANAGE')],
    ['is their trust, for a choice of treatment', going(['XC1'], 'treatment-choice'), there('MANAGE')],
    ['is their trust, for an operation that can wait', going(['XC1'], 'elective-surgery'), there('BAR')],
    ['is their trust, for a question of unknown kind', going(['XC1'], null), asked],
    ['is elsewhere, for a question of unknown kind', going(['XB1'], null), []],
    [
      'is the trust of their site',
      going(['XA1'], 'transfer', [heldAt('XU1', { site: org('XA102') })]),
      there('MANAGE'),
    ],
    ['is not the trust of their university', going(['XA1'], 'transfer', [heldAt('XU1')]), []],
    [
      'is a trust where nobody asked for the site',
      going(['XC1'], 'transfer', [heldAt('XC1', { site: null })]),
      there('MANAGE'),
    ],
    ['is elsewhere, where nobody asked for the site', going(['XC1'], 'transfer', [heldAt('XB1', { site: null })]), []],
    ['is where they worked until today', going(['XC1'], 'transfer', [heldAt('XC1', until(today))]), there('MANAGE')],
    ['is where they worked until yesterday', going(['XC1'], 'transfer', [heldAt('XC1', until(yesterday))]), []],
    [
      'is where they worked on unknown days',
      going(['XC1'], 'transfer', [heldAt('XC1', { from: null, to: null })]),
      there('UNKNOWN'),
    ],
    ['is nowhere', going([], 'transfer', null), []],
    [
      'is theirs or not, their posts being unknown',
      going(['XC1'], 'transfer', null),
      mine('UNKNOWN', 'the posts held'),
    ],
    ['nobody says', { request: { question: { wouldReceive: null } } }, asked],
    ['nobody says, nor what is asked', { request: { question: null } }, asked],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('an application or a recruitment', () => {
  const says = weighing(aRule({ id: 'C28', severity: 'MANAGE', lookBackMonths: 6, condition: { kind: 'recruitment' } }))
  const applied = (over: Partial<One<'recruitment'>>): PairOver => ({
    candidate: { recruitment: [{ org: org('XA1'), with: null, on: today, ...over }] },
  })
  const told = (person: string | null, on: typeof today | null): PairOver => ({
    request: { requester: { applicants: [{ person, on }] } },
  })
  const it = 'an application or a recruitment'

  test.each<Case>([
    ['at the requesting trust', applied({}), mine('MANAGE', it)],
    ['at the trust before it merged', applied({ org: org('XA0'), on: day('2025-12-31') }), mine('MANAGE', it)],
    ['elsewhere', applied({ org: org('XB1') }), []],
    ['of a treating consultant', applied({ org: null, with: 'T1' }), mine('MANAGE', it)],
    ['of a treating consultant, elsewhere', applied({ org: org('XB1'), with: 'T1' }), mine('MANAGE', it)],
    ['of somebody else', applied({ org: null, with: 'X1' }), []],
    [
      'of one of two who treat',
      {
        ...applied({ org: null, with: 'T1' }),
        request: { treating: [aTreating(), aTreating({ person: 'T2', role: 'treating' })] },
      },
      mine('MANAGE', it),
    ],
    ['of nobody knows whom or where', applied({ org: null }), mine('UNKNOWN', it)],
    ['on a day nobody knows', applied({ on: null }), mine('UNKNOWN', it)],
    ['six months ago to the day', applied({ on: day('2025-12-15') }), mine('MANAGE', it)],
    ['six months and a day ago', applied({ on: day('2025-12-14') }), []],
    ['nobody asked about', { candidate: { recruitment: null } }, mine('UNKNOWN', 'applications and recruitment')],
    [
      'that the requester names',
      told('candidate', day('2025-12-15')),
      ['MANAGE: an application to the requesting trust (requester, request)'],
    ],
    ['that the requester names, older', told('candidate', day('2025-12-14')), []],
    [
      'that the requester names, of no day',
      told('candidate', null),
      ['UNKNOWN: an application to the requesting trust (requester, request)'],
    ],
    ['of somebody else, as the requester says', told('X1', today), []],
    ['of nobody knows whom, as the requester says', told(null, today), []],
    [
      'nobody asked the requester about',
      { request: { requester: { applicants: null } } },
      ['UNKNOWN: who applied to the requesting trust (requester, request)'],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

test('an application keeps its day in the evidence, whoever tells of it', () => {
  const rule = aRule({ lookBackMonths: 6, condition: { kind: 'recruitment' } })
  const days = (on: typeof today | null) => {
    const recruitment = [{ org: org('XA1'), with: null, on }]
    const request = { requester: { applicants: [{ person: 'candidate', on }] } }
    return judging([rule])(aPair({ candidate: { recruitment }, request })).findings.map(
      ({ evidence: { from, to } }) => [from, to],
    )
  }
  expect(days(today)).toEqual([
    [today, today],
    [today, today],
  ])
  expect(days(null)).toEqual([
    [null, null],
    [null, null],
  ])
})

describe('a role outside the post', () => {
  const says = weighing(aRule({ id: 'C29', severity: 'MANAGE', condition: { kind: 'outside-role' } }))
  const role = (over: Partial<One<'outsideRoles'>>): PairOver => ({
    candidate: { outsideRoles: [{ linkedTrust: 'none', fundsThisFamily: false, ...always, ...over }] },
  })
  const it = 'a role with the requesting trust, or a charity that funds the family'

  test.each<Case>([
    ['with the requesting trust', role({ linkedTrust: org('XA1') }), mine('MANAGE', it)],
    [
      'with the requesting trust, that may fund the family',
      role({ linkedTrust: org('XA1'), fundsThisFamily: null }),
      mine('MANAGE', it),
    ],
    ['with another trust', role({ linkedTrust: org('XB1') }), []],
    ['with nobody knows which trust', role({ linkedTrust: null }), mine('UNKNOWN', it)],
    [
      'with nobody knows which trust, that funds the family',
      role({ linkedTrust: null, fundsThisFamily: true }),
      mine('MANAGE', it),
    ],
    ['that funds the family', role({ fundsThisFamily: true }), mine('MANAGE', it)],
    ['that may fund the family', role({ fundsThisFamily: null }), mine('UNKNOWN', it)],
    ['that has nothing to do with it', role({}), []],
    ['until today', role({ fundsThisFamily: true, ...until(today) }), mine('MANAGE', it)],
    ['until yesterday', role({ fundsThisFamily: true, ...until(yesterday) }), []],
    ['on unknown days', role({ fundsThisFamily: true, from: null, to: null }), mine('UNKNOWN', it)],
    ['nobody asked about', { candidate: { outsideRoles: null } }, mine('UNKNOWN', 'roles outside the post')],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('money from the maker of an option', () => {
  const says = weighing(
    aRule({
      id: 'C30',
      severity: 'MANAGE',
      lookBackMonths: 36,
      condition: { kind: 'industry-payment', pounds: 1000, withinMonths: 12, lesser: 'NOTE' },
    }),
  )
  const paid = (pounds: number | null, on: One<'payments'>['on'] = today, company: string | null = 'CO1') => ({
    company,
    pounds,
    on,
  })
  const had = (payments: Interests['payments'], products: readonly Product[] | null = [option()]): PairOver => ({
    candidate: { payments },
    request: { products },
  })
  const some = mine('NOTE', 'a payment from CO1')
  const open = mine('UNKNOWN', 'what CO1 paid, and when')
  const much = (pounds: number) => mine('MANAGE', `GBP ${pounds} from CO1 in 12 months`)
  const lastYears = { earliest: day('2025-01-01'), latest: day('2025-12-31') }

  test.each<Case>([
    ['much', had([paid(1000)]), much(1000)],
    ['much together', had([paid(400), paid(601)]), much(1001)],
    ['much, twelve months ago to the day', had([paid(1000, day('2025-06-15'))]), much(1000)],
    ['much, longer ago', had([paid(1000, day('2025-06-14'))]), some],
    ['much, over more than a year', had([paid(600), paid(600, day('2025-06-14'))]), some],
    ['a little', had([paid(999.99)]), some],
    ['some, three years ago to the day', had([paid(9000, day('2023-06-15'))]), some],
    ['longer ago than three years', had([paid(9000, day('2023-06-14'))]), []],
    ['a sum nobody knows', had([paid(null)]), open],
    ['a sum nobody knows, beside much', had([paid(null), paid(1000)]), much(1000)],
    ['a sum nobody knows, longer ago than a year', had([paid(null, day('2024-01-01'))]), some],
    ['much, on a day that may be longer ago than a year', had([paid(1000, lastYears)]), open],
    ['a little, on a day that may be longer ago than a year', had([paid(999, lastYears)]), some],
    ['little on a day that may be longer ago, which would make it much', had([paid(500, lastYears), paid(500)]), open],
    ['much, on a day nobody knows', had([paid(1000, null)]), open],
    ['a little, on a day nobody knows', had([paid(1, null)]), open],
    ['from another firm', had([paid(9000, today, 'CO2')]), []],
    ['from nobody knows whom', had([paid(9000, today, null)]), open],
    ['a little from nobody knows whom', had([paid(1, today, null)]), open],
    ['from nobody knows whom, long ago', had([paid(9000, day('2020-01-01'), null)]), []],
    ['much, beside some from nobody knows whom', had([paid(1000), paid(1, today, null)]), much(1000)],
    ['of one maker of two options, told once', had([paid(1)], [option(), option({ id: 'P2' })]), some],
    [
      'of two makers, each by itself',
      had([paid(600), paid(600, today, 'CO2')], [option(), option({ id: 'P2', maker: 'CO2' })]),
      [...some, ...mine('NOTE', 'a payment from CO2')],
    ],
    ['where nobody names the maker', had([paid(9000)], [option({ maker: null })]), []],
    ['where nothing is at stake', had(null, []), []],
    [
      'where nobody knows what is at stake',
      had([paid(1)], null),
      ['UNKNOWN: the products at stake (requester, request)'],
    ],
    ['none, where nobody knows what is at stake', had([], null), []],
    ['nobody asked about', had(null), mine('UNKNOWN', 'payments and hospitality from the makers of the options')],
    [
      'nobody asked about, where nobody knows what is at stake',
      had(null, null),
      mine('UNKNOWN', 'payments and hospitality from the makers of the options'),
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
