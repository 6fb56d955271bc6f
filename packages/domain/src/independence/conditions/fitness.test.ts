import { day, neurology, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { CandidateSide, Registration } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]
type Practice = NonNullable<CandidateSide['practice']>[number]

const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)]
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const mine = (candidate: NonNullable<PairOver['candidate']>): PairOver => ({ candidate })
const entry = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, register entry)`]

describe('a grade', () => {
  const says = weighing(
    aRule({ id: 'C11', condition: { kind: 'below-first-doctor', equals: ['specialist', 'professor'] } }),
  )
  const resident = (request: NonNullable<PairOver['request']>): PairOver => ({
    candidate: { grade: 'resident' },
    request,
  })
  const lead = aTreating({ person: 'T2', grade: 'resident' })
  const other = aTreating({ person: 'T3', role: 'treating' })
  const below = entry('BAR', 'resident')
  const first = ["UNKNOWN: the first doctor's grade (treating consultant, request)"]

  test.each<Case>([
    ['of a resident', resident({}), below],
    [
      'of a doctor of several words',
      mine({ grade: 'associate-specialist-doctor' }),
      entry('BAR', 'associate specialist doctor'),
    ],
    ['of a consultant', mine({ grade: 'consultant', specialistRegister: [] }), []],
    ['that equals a consultant’s, on the specialist register', mine({ grade: 'professor' }), []],
    [
      'that equals a consultant’s, on no specialist register',
      mine({ grade: 'professor', specialistRegister: [] }),
      entry('BAR', 'professor'),
    ],
    [
      'that equals a consultant’s, on a register nobody looked at',
      mine({ grade: 'professor', specialistRegister: null }),
      entry('UNKNOWN', 'the entries on the specialist register'),
    ],
    [
      'of a resident on the specialist register',
      mine({ grade: 'resident', specialistRegister: ['paediatrics'] }),
      below,
    ],
    ['nobody asked about', mine({ grade: null }), entry('UNKNOWN', 'the grade')],
    ['of one of an MDT', mine({ grade: 'resident', role: 'mdt-contributor' }), []],
    ['of one who gives factual input', mine({ grade: 'resident', role: 'factual-input' }), []],
    ['of one whose part nobody knows', mine({ grade: 'resident', role: null }), below],
    ['of an MDT', mine({ grade: 'resident', kind: 'mdt' }), []],
    [
      'below that of whoever gave the first opinion',
      resident({ firstOpinionBy: 'T3', treating: [lead, other] }),
      below,
    ],
    [
      'not below that of whoever gave the first opinion',
      resident({ firstOpinionBy: 'T2', treating: [lead, other] }),
      [],
    ],
    [
      'not below that of the lead, where nobody who treats gave a first opinion',
      resident({ firstOpinionBy: 'X1', treating: [lead, other] }),
      [],
    ],
    [
      'below that of anybody who treats, where nobody leads',
      resident({ firstOpinionBy: null, treating: [{ ...lead, role: 'treating' }, other] }),
      below,
    ],
    ['after a doctor whose grade nobody knows', resident({ treating: [aTreating({ grade: null })] }), first],
    [
      'after a doctor whose grade nobody knows, and a resident',
      resident({ firstOpinionBy: null, treating: [lead, aTreating({ grade: null })] }),
      first,
    ],
    [
      'after a doctor whose grade nobody knows, and a consultant',
      resident({ firstOpinionBy: null, treating: [aTreating(), aTreating({ person: 'T2', grade: null })] }),
      below,
    ],
    [
      'nobody asked about, after a resident',
      { ...mine({ grade: null }), request: { treating: [aTreating({ grade: 'resident' })] } },
      [],
    ],
    [
      'that equals a consultant’s, after one whose grade nobody knows',
      { ...mine({ grade: 'professor' }), request: { treating: [aTreating({ grade: null })] } },
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a standing declaration', () => {
  const says = weighing(aRule({ id: 'C35', lookBackMonths: 12, condition: { kind: 'standing-declaration' } }))
  const signed = (standingDeclaration: CandidateSide['standingDeclaration']) => mine({ standingDeclaration })
  const it = 'a standing declaration of interests, signed and in date'

  test.each<Case>([
    ['signed a year ago to the day', signed(day('2025-06-15')), []],
    ['signed a year and a day ago', signed(day('2025-06-14')), entry('BAR', it)],
    ['dated tomorrow', signed(tomorrow), entry('BAR', it)],
    [
      'signed some time in a year',
      signed({ earliest: day('2025-01-01'), latest: day('2025-12-31') }),
      entry('UNKNOWN', it),
    ],
    ['that is not signed', signed('unsigned'), entry('BAR', it)],
    ['nobody asked for', signed(null), entry('UNKNOWN', it)],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a declaration for the case', () => {
  const says = weighing(aRule({ id: 'C35', settledBy: 'acceptance', condition: { kind: 'case-declaration' } }))
  const signed = (
    caseDeclaration: CandidateSide['caseDeclaration'],
    instructedOn: typeof today | null = day('2026-06-08'),
  ): PairOver => ({
    candidate: { caseDeclaration },
    request: { instructedOn },
  })
  const it = (severity: string) => [`${severity}: a declaration signed for this case (candidate, case declaration)`]

  test.each<Case>([
    ['signed on the day of asking', signed(day('2026-06-08')), []],
    ['signed today', signed(today), []],
    ['signed the day before asking', signed(day('2026-06-07')), it('BAR')],
    ['dated tomorrow', signed(tomorrow), it('BAR')],
    ['signed some time this year', signed({ earliest: day('2026-01-01'), latest: day('2026-12-31') }), it('UNKNOWN')],
    ['that is not signed', signed('unsigned'), it('BAR')],
    ['that is not signed, with no day of asking', signed('unsigned', null), it('BAR')],
    ['nobody asked for', signed(null), it('UNKNOWN')],
    ['nobody asked for, with no day of asking', signed(null, null), it('UNKNOWN')],
    [
      'signed, with no day of asking',
      signed(today, null),
      ['UNKNOWN: the day the clinician was asked (candidate, request)'],
    ],
    ['signed today, asked tomorrow', signed(today, tomorrow), it('BAR')],
    ['signed today, asked today', signed(today, today), []],
    [
      'signed some time this year, asked tomorrow',
      signed({ earliest: day('2026-01-01'), latest: day('2026-12-31') }, tomorrow),
      it('BAR'),
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('keeps the day it was signed on in its evidence, as does a standing one', () => {
    const rules = [
      aRule({ id: 'C35', condition: { kind: 'standing-declaration' } }),
      aRule({ id: 'C35', settledBy: 'acceptance', condition: { kind: 'case-declaration' } }),
    ]
    const days = (standingDeclaration: typeof today | 'unsigned', caseDeclaration: typeof today | 'unsigned') =>
      judging(rules)(aPair({ candidate: { standingDeclaration, caseDeclaration } })).findings.map(
        ({ evidence: { from, to } }) => [from, to],
      )
    expect(days(day('2025-06-14'), day('2026-06-07'))).toEqual([
      ['2025-06-14', '2025-06-14'],
      ['2026-06-07', '2026-06-07'],
    ])
    expect(days('unsigned', 'unsigned')).toEqual([
      [null, null],
      [null, null],
    ])
  })
})

describe('the medical register', () => {
  const rule = aRule({ id: 'C36', lookBackMonths: 12, condition: { kind: 'registration', warning: 'MANAGE' } })
  const says = weighing(rule)
  const seen = (registration: Partial<Registration>) => mine({ registration })
  const shows = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, medical register check)`]
  const stale = shows('UNKNOWN', 'a check of the medical register that is not out of date')

  test.each<Case>([
    ['registered', seen({}), []],
    ['registered with a licence, as it is written', seen({ status: 'registered-with-a-licence' }), []],
    ['suspended', seen({ status: 'suspended' }), shows('BAR', 'registration suspended')],
    ['not registered', seen({ status: 'not-registered' }), shows('BAR', 'registration not-registered')],
    ['of unknown status', seen({ status: null }), shows('UNKNOWN', 'the status of the registration')],
    ['no licence', seen({ hasLicence: false }), shows('BAR', 'no licence to practise')],
    ['a licence nobody asked about', seen({ hasLicence: null }), shows('UNKNOWN', 'no licence to practise')],
    [
      'conditions until today',
      seen({ conditions: [{ affectsScope: true, ...until(today) }] }),
      shows('BAR', 'conditions that affect this field'),
    ],
    ['conditions until yesterday', seen({ conditions: [{ affectsScope: true, ...until(yesterday) }] }), []],
    ['conditions on something else', seen({ conditions: [{ affectsScope: false, ...always }] }), []],
    [
      'conditions on nobody knows what',
      seen({ conditions: [{ affectsScope: null, ...always }] }),
      shows('UNKNOWN', 'conditions that affect this field'),
    ],
    ['conditions nobody asked about', seen({ conditions: null }), shows('UNKNOWN', 'conditions on the registration')],
    ['an interim order', seen({ hasInterimOrder: true }), shows('BAR', 'an interim order')],
    ['an interim order nobody asked about', seen({ hasInterimOrder: null }), shows('UNKNOWN', 'an interim order')],
    ['a warning until today', seen({ warnings: [until(today)] }), shows('MANAGE', 'a warning')],
    ['a warning until yesterday', seen({ warnings: [until(yesterday)] }), []],
    ['a warning of unknown days', seen({ warnings: [{ from: null, to: null }] }), shows('UNKNOWN', 'a warning')],
    ['warnings nobody asked about', seen({ warnings: null }), shows('UNKNOWN', 'warnings on the registration')],
    [
      'another name',
      seen({ isSameName: false }),
      shows('UNKNOWN', 'whose entry it is: the name on the register is another'),
    ],
    ['a name nobody compared', seen({ isSameName: null }), []],
    ['looked at a year ago to the day', seen({ checkedOn: day('2025-06-15') }), []],
    ['looked at a year and a day ago', seen({ checkedOn: day('2025-06-14') }), stale],
    ['looked at tomorrow', seen({ checkedOn: tomorrow }), stale],
    ['looked at nobody knows when', seen({ checkedOn: null }), stale],
    ['never looked at', mine({ registration: null }), shows('UNKNOWN', 'the entry on the medical register')],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('speaks for the day it was looked at, and for today where nobody knows the day', () => {
    const asOf = (registration: Partial<Registration> | null) =>
      judging([rule])(aPair({ candidate: { registration } })).findings.map(({ evidence }) => evidence.asOf)
    expect(asOf({ hasLicence: false, checkedOn: day('2026-06-01') })).toEqual(['2026-06-01'])
    expect(asOf({ checkedOn: null })).toEqual([today])
    expect(asOf(null)).toEqual([today])
  })
})

describe('a specialty', () => {
  const says = weighing(aRule({ id: 'C37', lookBackMonths: 24, condition: { kind: 'specialist' } }))
  const practised = (...practice: readonly Practice[]) => mine({ practice })
  const inField = (lastOn: Practice['lastOn']): Practice => ({ tfc: neurology, lastOn })
  const elsewhere = { tfc: '300', lastOn: today }
  const practice = 'practice in this field within 24 months'
  const listing = 'the entry on the specialist register for this field'

  test.each<Case>([
    ['on its register and in practice', {}, []],
    ['on none of its registers', mine({ specialistRegister: ['dermatology'] }), entry('BAR', listing)],
    [
      'on one of its registers',
      { ...mine({ specialistRegister: ['dermatology', 'a'] }), request: { registers: ['b', 'a'] } },
      [],
    ],
    ['on registers nobody looked at', mine({ specialistRegister: null }), entry('UNKNOWN', listing)],
    ['of which nobody knows the registers', { request: { registers: null } }, entry('UNKNOWN', listing)],
    ['practised 24 months ago to the day', practised(inField(day('2024-06-15'))), []],
    ['practised 24 months and a day ago', practised(inField(day('2024-06-14'))), entry('BAR', practice)],
    ['practised still', practised(inField('ongoing')), []],
    ['practised nobody knows when', practised(inField(null)), entry('UNKNOWN', practice)],
    [
      'practised in a year, perhaps in time',
      practised(inField({ earliest: day('2024-01-01'), latest: day('2024-12-31') })),
      entry('UNKNOWN', practice),
    ],
    ['practised tomorrow, which is a slip', practised(inField(tomorrow)), entry('UNKNOWN', practice)],
    [
      'practised long ago, and nobody knows when',
      practised(inField(day('2010-01-01')), inField(null)),
      entry('UNKNOWN', practice),
    ],
    [
      'practised nobody knows when, and long ago',
      practised(inField(null), inField(day('2010-01-01'))),
      entry('UNKNOWN', practice),
    ],
    ['practised today, and nobody knows when', practised(inField(today), inField(null)), []],
    ['practised nobody knows when, and today', practised(inField(null), inField(today)), []],
    ['practised today, and tomorrow', practised(inField(today), inField(tomorrow)), []],
    ['not practised, but another', practised(elsewhere), entry('BAR', practice)],
    ['not practised, but another nobody knows when', practised({ ...elsewhere, lastOn: null }), entry('BAR', practice)],
    ['practised beside another', practised(elsewhere, inField(today)), []],
    ['not practised at all', practised(), entry('BAR', practice)],
    ['of which nobody asked for the practice', mine({ practice: null }), entry('UNKNOWN', practice)],
    ['that nobody names', { request: { tfc: null } }, entry('UNKNOWN', practice)],
    ['of one of an MDT', mine({ specialistRegister: [], practice: [], role: 'mdt-contributor' }), []],
    ['of an MDT', mine({ specialistRegister: [], practice: [], kind: 'mdt' }), []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a register abroad', () => {
  const says = weighing(
    aRule({ id: 'C38', severity: 'MANAGE', condition: { kind: 'overseas', body: 'GMC', countries: ['uk', 'wales'] } }),
  )
  const at = (body: string | null, country: string | null) => mine({ registration: { body, country } })
  const asked = entry('UNKNOWN', 'where, and with whom, the clinician is registered')

  test.each<Case>([
    ['is not the GMC’s, in Wales', at('GMC', 'wales'), []],
    ['is that of another country', at('GMC', 'ireland'), entry('MANAGE', 'registered with GMC, ireland')],
    ['is that of another body', at('MCI', 'uk'), entry('MANAGE', 'registered with MCI, uk')],
    ['is that of another body, nobody knows where', at('MCI', null), entry('MANAGE', 'registered with MCI, null')],
    [
      'is that of another country, nobody knows whose',
      at(null, 'ireland'),
      entry('MANAGE', 'registered with null, ireland'),
    ],
    ['may be another body’s', at(null, 'uk'), asked],
    ['may be in another country', at('GMC', null), asked],
    ['may be either', at(null, null), asked],
    ['was never looked at', mine({ registration: null }), asked],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('cover', () => {
  const rule = aRule({ id: 'C39', condition: { kind: 'indemnity' } })
  const says = weighing(rule)
  const cover = (indemnity: Partial<NonNullable<CandidateSide['indemnity']>>) => mine({ indemnity })
  const lapsed = entry('BAR', 'indemnity that has lapsed')
  const howLong = entry('UNKNOWN', 'how long the indemnity lasts')

  test.each<Case>([
    ['that goes on', cover({}), []],
    ['until today', cover({ validTo: today }), []],
    ['until tomorrow', cover({ validTo: tomorrow }), []],
    ['until yesterday', cover({ validTo: yesterday }), lapsed],
    ['until nobody knows when', cover({ validTo: null }), howLong],
    [
      'until some day of a year',
      cover({ validTo: { earliest: day('2026-01-01'), latest: day('2026-12-31') } }),
      howLong,
    ],
    [
      'until some day of last year',
      cover({ validTo: { earliest: day('2025-01-01'), latest: day('2025-12-31') } }),
      lapsed,
    ],
    ['of none', cover({ route: 'none' }), entry('BAR', 'no indemnity')],
    [
      'of none, with nothing else asked',
      cover({ route: 'none', validTo: null, employerView: null }),
      entry('BAR', 'no indemnity'),
    ],
    ['of an unknown kind', cover({ route: null }), entry('UNKNOWN', 'the indemnity')],
    ['nobody asked about', mine({ indemnity: null }), entry('UNKNOWN', 'the indemnity')],
    ['by an employer who objects', cover({ employerView: 'objects' }), entry('BAR', 'an employer who objects')],
    ['by an employer nobody asked', cover({ employerView: null }), entry('UNKNOWN', 'whether the employer permits it')],
    ['that needs no employer', cover({ employerView: 'not-needed' }), []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('keeps its last day in the evidence', () => {
    const { findings } = judging([rule])(aPair({ candidate: { indemnity: { validTo: yesterday } } }))
    expect(findings.map(({ evidence: { from, to } }) => [from, to])).toEqual([[null, yesterday]])
  })
})

describe('a free place', () => {
  const says = weighing(aRule({ id: 'C42', severity: 'NOTE', condition: { kind: 'full' } }))
  const asked = entry('UNKNOWN', 'how many cases at once were agreed, and how many are in hand')

  test.each<Case>([
    ['is there', mine({ capacity: { open: 1, cap: 2 } }), []],
    ['was the last one', mine({ capacity: { open: 2, cap: 2 } }), []],
    ['was given twice', mine({ capacity: { open: 3, cap: 2 } }), entry('NOTE', '3 cases in hand of 2 agreed')],
    ['was never agreed', mine({ capacity: { cap: null } }), asked],
    ['was not counted', mine({ capacity: { open: null } }), asked],
    ['was not asked about', mine({ capacity: null }), asked],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a blinded route', () => {
  const says = weighing(aRule({ id: 'C40', severity: 'NOTE', condition: { kind: 'unblinded' } }))
  const log = (severity: string, fact: string) => [`${severity}: ${fact} (candidate, pack open log)`]
  const opened = (firstOpinionOpenedAt: string | null, ownViewAt: string | null) =>
    mine({ pack: { firstOpinionOpenedAt, ownViewAt } })
  const asked = log('UNKNOWN', 'when the first opinion and the own view were opened and written')

  test.each<Case>([
    ['with the own view first', opened('2026-06-12', '2026-06-11'), []],
    ['with the own view at the same time', opened('2026-06-12', '2026-06-12'), []],
    [
      'with the first opinion first',
      opened('2026-06-11', '2026-06-12'),
      log('NOTE', 'first opinion opened 2026-06-11, own view 2026-06-12'),
    ],
    [
      'with no own view',
      opened('2026-06-11', null),
      log('NOTE', 'first opinion opened 2026-06-11, own view not written down'),
    ],
    ['with the first opinion never opened', opened(null, null), []],
    ['without a log', mine({ pack: null }), asked],
    ['that may be none', { request: { isBlinded: null } }, asked],
    ['that is none, without a log', { ...mine({ pack: null }), request: { isBlinded: false } }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
