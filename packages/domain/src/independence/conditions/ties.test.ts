import { day, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { Business, Team, Treating } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]

const yesterday = addDays(today, -1)
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const mine = (candidate: NonNullable<PairOver['candidate']>): PairOver => ({ candidate })
const theirs = (over: Partial<Treating>): PairOver => ({ request: { treating: [aTreating(over)] } })
const together = (candidate: NonNullable<PairOver['candidate']>, over: Partial<Treating>): PairOver => ({
  ...mine(candidate),
  ...theirs(over),
})

describe('a tie of management', () => {
  const says = weighing(aRule({ id: 'C07', lookBackMonths: null, condition: { kind: 'management-tie' } }))
  const asked = 'UNKNOWN: whether one of the clinician and T1 directs, employs, appraises or answers for the other'
  const tie = { with: 'T1', kind: 'responsible-officer-of', ...always } as const

  test.each<Case>([
    [
      'to a treating consultant',
      mine({ managementTies: [tie] }),
      ['BAR: responsible officer of T1 (candidate, case declaration)'],
    ],
    [
      'that the consultant states',
      theirs({ managementTies: [{ ...tie, with: 'candidate', kind: 'appraises' }] }),
      ['BAR: appraises candidate (T1, their own statement)'],
    ],
    [
      'until today',
      mine({ managementTies: [{ ...tie, ...until(today) }] }),
      ['BAR: responsible officer of T1 (candidate, case declaration)'],
    ],
    ['until yesterday', mine({ managementTies: [{ ...tie, ...until(yesterday) }] }), []],
    [
      'of an unknown end',
      mine({ managementTies: [{ ...tie, to: null }] }),
      ['UNKNOWN: responsible officer of T1 (candidate, case declaration)'],
    ],
    [
      'of an unknown kind',
      mine({ managementTies: [{ ...tie, kind: null }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'of which nobody is sure',
      mine({ managementTies: [{ ...tie, kind: 'unsure' }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'to nobody knows whom',
      mine({ managementTies: [{ ...tie, with: null }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'to nobody knows whom, that ended yesterday',
      mine({ managementTies: [{ ...tie, with: null, ...until(yesterday) }] }),
      [],
    ],
    ['to somebody else', mine({ managementTies: [{ ...tie, with: 'X1' }] }), []],
    ['of the consultant to somebody else', theirs({ managementTies: [{ ...tie, with: 'X1' }] }), []],
    ['nobody asked the clinician about', mine({ managementTies: null }), [`${asked} (candidate, case declaration)`]],
    ['nobody asked the consultant about', theirs({ managementTies: null }), [`${asked} (T1, their own statement)`]],
    ['of none', {}, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('is looked for with each consultant who treats', () => {
    const treating = [aTreating(), aTreating({ person: 'T2', role: 'treating' })]
    expect(says({ request: { treating }, candidate: { managementTies: [{ ...tie, with: 'T2' }] } })).toEqual([
      'BAR: responsible officer of T2 (candidate, case declaration)',
    ])
  })
})

describe('a team', () => {
  const says = weighing(
    aRule({ id: 'C08', lookBackMonths: null, condition: { kind: 'shared-team', teams: ['mdt', 'transport-service'] } }),
  )
  const asked = 'UNKNOWN: whether the clinician shares a clinical team, MDT, rota or transport service with T1'
  const team = (over: Partial<Team> = {}): readonly Team[] => [
    { id: 'one', kind: 'transport-service', ...always, ...over },
  ]
  const shared = (one: Partial<Team>, other: Partial<Team> = one) =>
    together({ teams: team(one) }, { teams: team(other) })
  const there = 'BAR: transport service one, with T1 (candidate, register entry)'

  test.each<Case>([
    ['of both is shared', shared({}), [there]],
    ['until today', shared({ ...until(today) }, {}), [there]],
    ['that the clinician left yesterday', shared({ ...until(yesterday) }, {}), []],
    ['that the consultant left yesterday', shared({}, { ...until(yesterday) }), []],
    ['of another id', shared({}, { id: 'other' }), []],
    ['of a kind that does not count', shared({ kind: 'forum' }), []],
    ['that one of them counts otherwise', shared({}, { kind: 'forum' }), []],
    [
      'whose kind the clinician does not know',
      shared({ kind: null }, {}),
      ['BAR: team one, with T1 (candidate, register entry)'],
    ],
    ['whose kind the consultant does not know', shared({}, { kind: null }), [there]],
    ['whose kind nobody knows', shared({ kind: null }), ['UNKNOWN: team one, with T1 (candidate, register entry)']],
    [
      'of which the start is not known',
      shared({ from: null, to: null }, {}),
      ['UNKNOWN: transport service one, with T1 (candidate, register entry)'],
    ],
    [
      'nobody asked the clinician about',
      together({ teams: null }, { teams: team() }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'nobody asked the consultant about',
      together({ teams: team() }, { teams: null }),
      [`${asked} (T1, their own statement)`],
    ],
    [
      'nobody asked either about',
      together({ teams: null }, { teams: null }),
      [`${asked} (candidate, case declaration)`],
    ],
    ['unknown of the clinician, where the consultant is in none', together({ teams: null }, { teams: [] }), []],
    ['unknown of the consultant, where the clinician is in none', together({ teams: [] }, { teams: null }), []],
    [
      'unknown of the consultant, where the clinician left theirs',
      together({ teams: team(until(yesterday)) }, { teams: null }),
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('that two are in at the same time is found by itself, not declared', () => {
    const rule = aRule({ condition: { kind: 'shared-team', teams: ['mdt'] } })
    expect(weighing(rule)(shared({ kind: 'mdt', ...until(day('2025-06-15')) }))).toEqual([
      'BAR: mdt one, with T1 (candidate, register entry)',
    ])
    expect(weighing(rule)(shared({ kind: 'mdt', ...until(day('2025-06-14')) }))).toEqual([])
  })
})

test('a shared team is derived from both entries, and a tie is on somebody’s word', () => {
  const rules = [
    aRule({ id: 'C07', condition: { kind: 'management-tie' } }),
    aRule({ id: 'C08', condition: { kind: 'shared-team', teams: ['team'] } }),
  ]
  const candidate = {
    managementTies: [{ with: 'T1', kind: 'manages', ...always }],
    teams: [{ id: 'team-a', kind: 'team', ...always }],
  } as const
  expect(judging(rules)(aPair({ candidate })).findings.map(({ confidence }) => confidence)).toEqual([
    'declared',
    'derived',
  ])
})

describe('a tie of training', () => {
  const says = weighing(
    aRule({
      id: 'C10',
      lookBackMonths: 120,
      condition: { kind: 'training-tie', pupil: ['trainee-of', 'phd-student-of'], otherwise: 'MANAGE' },
    }),
  )
  const asked = 'UNKNOWN: whether one of the clinician and T1 taught, trained or supervised the other'
  const tie = { with: 'T1', kind: 'trainee-of', ...until(day('2020-01-01')) } as const
  const stated = { ...tie, with: 'candidate' } as const

  test.each<Case>([
    [
      'of a pupil',
      mine({ trainingTies: [tie] }),
      ['BAR: the clinician is trainee of T1 (candidate, case declaration)'],
    ],
    [
      'of a doctoral pupil',
      mine({ trainingTies: [{ ...tie, kind: 'phd-student-of' }] }),
      ['BAR: the clinician is phd student of T1 (candidate, case declaration)'],
    ],
    [
      'of a teacher',
      mine({ trainingTies: [{ ...tie, kind: 'trainer-of' }] }),
      ['MANAGE: the clinician is trainer of T1 (candidate, case declaration)'],
    ],
    [
      'of two who trained together',
      mine({ trainingTies: [{ ...tie, kind: 'co-trainee' }] }),
      ['MANAGE: the clinician is co trainee T1 (candidate, case declaration)'],
    ],
    [
      'the consultant states: their pupil',
      theirs({ trainingTies: [{ ...stated, kind: 'trainer-of' }] }),
      ['BAR: the clinician is trainee of T1 (T1, their own statement)'],
    ],
    [
      'the consultant states: their doctoral pupil',
      theirs({ trainingTies: [{ ...stated, kind: 'phd-supervisor-of' }] }),
      ['BAR: the clinician is phd student of T1 (T1, their own statement)'],
    ],
    [
      'the consultant states: their teacher',
      theirs({ trainingTies: [stated] }),
      ['MANAGE: the clinician is trainer of T1 (T1, their own statement)'],
    ],
    [
      'the consultant states: their doctoral supervisor',
      theirs({ trainingTies: [{ ...stated, kind: 'phd-student-of' }] }),
      ['MANAGE: the clinician is phd supervisor of T1 (T1, their own statement)'],
    ],
    [
      'the consultant states: beside each other',
      theirs({ trainingTies: [{ ...stated, kind: 'co-trainee' }] }),
      ['MANAGE: the clinician is co trainee T1 (T1, their own statement)'],
    ],
    [
      'ten years ago to the day',
      mine({ trainingTies: [{ ...tie, to: day('2016-06-15') }] }),
      ['BAR: the clinician is trainee of T1 (candidate, case declaration)'],
    ],
    ['ten years and a day ago', mine({ trainingTies: [{ ...tie, to: day('2016-06-14') }] }), []],
    [
      'of an unknown kind',
      mine({ trainingTies: [{ ...tie, kind: null }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'of which nobody is sure',
      mine({ trainingTies: [{ ...tie, kind: 'unsure' }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'of which the consultant is not sure',
      theirs({ trainingTies: [{ ...stated, kind: 'unsure' }] }),
      [`${asked} (T1, their own statement)`],
    ],
    [
      'of a kind the consultant does not say',
      theirs({ trainingTies: [{ ...stated, kind: null }] }),
      [`${asked} (T1, their own statement)`],
    ],
    [
      'to nobody knows whom',
      mine({ trainingTies: [{ ...tie, with: null }] }),
      [`${asked} (candidate, case declaration)`],
    ],
    [
      'of unknown days',
      mine({ trainingTies: [{ ...tie, to: null }] }),
      ['UNKNOWN: the clinician is trainee of T1 (candidate, case declaration)'],
    ],
    ['to somebody else', mine({ trainingTies: [{ ...tie, with: 'X1' }] }), []],
    ['of the consultant to somebody else', theirs({ trainingTies: [{ ...stated, with: 'X1' }] }), []],
    ['nobody asked the clinician about', mine({ trainingTies: null }), [`${asked} (candidate, case declaration)`]],
    ['nobody asked the consultant about', theirs({ trainingTies: null }), [`${asked} (T1, their own statement)`]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a personal tie to a consultant', () => {
  const says = weighing(
    aRule({
      id: 'C12',
      lookBackMonths: null,
      condition: {
        kind: 'close-to-consultant',
        kinds: ['partner', 'former-partner', 'close-friend', 'close', 'neighbour', 'carer', 'faith-leader'],
      },
    }),
  )
  const asked = (who: string) => `UNKNOWN: whether the clinician and ${who} are close friends, partners or relatives`
  const tie = { with: 'T1', kind: 'close-friend', ...always } as const
  const friends = 'BAR: close friend of T1 (candidate, case declaration)'
  const earlier = (by: string | null, firstOpinionBy: string | null = 'T1'): PairOver => ({
    request: { firstOpinionBy, earlierOpinions: [{ by }] },
  })

  test.each<Case>([
    ['that counts', mine({ personalTies: [tie] }), [friends]],
    [
      'that the consultant states',
      theirs({ personalTies: [{ ...tie, with: 'candidate' }] }),
      ['BAR: close friend of candidate (T1, their own statement)'],
    ],
    ['of a kind that does not count', mine({ personalTies: [{ ...tie, kind: 'relative' }] }), []],
    ['of friends until today', mine({ personalTies: [{ ...tie, ...until(today) }] }), [friends]],
    ['of friends until yesterday', mine({ personalTies: [{ ...tie, ...until(yesterday) }] }), []],
    ['of neighbours until yesterday', mine({ personalTies: [{ ...tie, kind: 'neighbour', ...until(yesterday) }] }), []],
    [
      'to a faith leader until yesterday',
      mine({ personalTies: [{ ...tie, kind: 'faith-leader', ...until(yesterday) }] }),
      [],
    ],
    ['to a carer until yesterday', mine({ personalTies: [{ ...tie, kind: 'carer', ...until(yesterday) }] }), []],
    [
      'of former partners, whenever that was',
      mine({ personalTies: [{ ...tie, kind: 'former-partner', ...until(yesterday) }] }),
      ['BAR: former partner of T1 (candidate, case declaration)'],
    ],
    ['of friends, of unknown days', mine({ personalTies: [{ ...tie, from: null, to: null }] }), [friends]],
    [
      'of an unknown kind',
      mine({ personalTies: [{ ...tie, kind: null }] }),
      [`${asked('T1')} (candidate, case declaration)`],
    ],
    [
      'of which nobody is sure',
      mine({ personalTies: [{ ...tie, kind: 'unsure' }] }),
      [`${asked('T1')} (candidate, case declaration)`],
    ],
    [
      'to nobody knows whom',
      mine({ personalTies: [{ ...tie, with: null }] }),
      [`${asked('T1')} (candidate, case declaration)`],
    ],
    [
      'to nobody knows whom, of a kind that does not count',
      mine({ personalTies: [{ ...tie, with: null, kind: 'acquaintance' }] }),
      [],
    ],
    ['to somebody else', mine({ personalTies: [{ ...tie, with: 'X1' }] }), []],
    ['of the consultant to somebody else', theirs({ personalTies: [{ ...tie, with: 'X1' }] }), []],
    [
      'nobody asked the clinician about',
      mine({ personalTies: null }),
      [`${asked('T1')} (candidate, case declaration)`],
    ],
    ['nobody asked the consultant about', theirs({ personalTies: null }), [`${asked('T1')} (T1, their own statement)`]],
    [
      'to whoever gave an earlier opinion',
      { ...mine({ personalTies: [{ ...tie, with: 'X1' }] }), ...earlier('X1') },
      ['BAR: close friend of X1 (candidate, case declaration)'],
    ],
    [
      'to whoever gave the first opinion, without treating',
      { ...mine({ personalTies: [{ ...tie, with: 'X1' }] }), request: { firstOpinionBy: 'X1' } },
      ['BAR: close friend of X1 (candidate, case declaration)'],
    ],
    [
      'nobody asked about, with nobody who gave another opinion',
      { ...mine({ personalTies: null }), ...earlier(null, null) },
      [`${asked('T1')} (candidate, case declaration)`],
    ],
    [
      'nobody asked about, with one who gave an opinion twice',
      { ...mine({ personalTies: null }), ...earlier('X1', 'X1') },
      [`${asked('T1')} (candidate, case declaration)`, `${asked('X1')} (candidate, case declaration)`],
    ],
    [
      'nobody asked about, where nobody knows of earlier opinions',
      { ...mine({ personalTies: null }), request: { earlierOpinions: null } },
      [`${asked('T1')} (candidate, case declaration)`],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a personal tie to the family', () => {
  const says = weighing(
    aRule({
      id: 'C13',
      lookBackMonths: null,
      condition: { kind: 'close-to-family', kinds: ['god-parent', 'neighbour'] },
    }),
  )
  const asked = 'UNKNOWN: whether the clinician is close to the child or the family'
  const tie = { with: 'parent-1', kind: 'god-parent', ...always } as const
  const family = (ties: NonNullable<NonNullable<PairOver['request']>['family']>['ties']): PairOver => ({
    request: { family: { ties: ties ?? null } },
  })

  test.each<Case>([
    ['that counts', mine({ personalTies: [tie] }), ['BAR: god parent of parent-1 (candidate, case declaration)']],
    [
      'that the family states',
      family([{ ...tie, with: 'candidate' }]),
      ['BAR: god parent of candidate (family, family view)'],
    ],
    ['of a kind that does not count', mine({ personalTies: [{ ...tie, kind: 'close-friend' }] }), []],
    [
      'of neighbours until today',
      family([{ ...tie, with: 'candidate', kind: 'neighbour', ...until(today) }]),
      ['BAR: neighbour of candidate (family, family view)'],
    ],
    [
      'of neighbours until yesterday',
      family([{ ...tie, with: 'candidate', kind: 'neighbour', ...until(yesterday) }]),
      [],
    ],
    ['to somebody of no family', mine({ personalTies: [{ ...tie, with: 'X1' }] }), []],
    ['of the family to somebody else', family([{ ...tie, with: 'X1' }]), []],
    ['nobody asked the clinician about', mine({ personalTies: null }), [`${asked} (candidate, case declaration)`]],
    ['nobody asked the family about', family(null), [`${asked} (family, family view)`]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a business', () => {
  // Of the maker of an option it says nothing here: nothing is at stake.
  const says = (over: PairOver) =>
    weighing(aRule({ id: 'C14', lookBackMonths: null, condition: { kind: 'shared-business', sharePercent: 10 } }))({
      ...over,
      request: { ...over.request, products: [] },
    })
  const asked = 'UNKNOWN: whether the clinician and T1 share a practice, partnership or company'
  const held = (over: Partial<Business> = {}): readonly Business[] => [
    { company: 'CO9', kind: 'company', role: 'stake', sharePercent: 1, ...always, ...over },
  ]
  const shared = (one: Partial<Business>, other: Partial<Business> = {}) =>
    together({ business: held(one) }, { business: held(other) })
  const there = 'BAR: CO9, with T1 (candidate, case declaration)'
  const open = 'UNKNOWN: CO9, with T1 (candidate, case declaration)'

  test.each<Case>([
    ['is shared, however small the parts', shared({}), [there]],
    ['of one who owns and one who is paid', shared({}, { role: 'paid' }), [there]],
    ['of one who is paid and one who owns', shared({ role: 'paid' }, {}), [there]],
    ['that pays both', shared({ role: 'paid' }, { role: 'paid' }), []],
    [
      'that is a practice which pays both',
      shared({ kind: 'practice', role: 'paid' }, { kind: 'practice', role: 'paid' }),
      [there],
    ],
    ['of another name', shared({}, { company: 'CO8' }), []],
    [
      'whose name the clinician does not say',
      shared({ company: null }),
      ['UNKNOWN: a business, with T1 (candidate, case declaration)'],
    ],
    ['whose name the consultant does not say', shared({}, { company: null }), [open]],
    ['that is a common fund of the clinician', shared({ kind: 'fund' }), []],
    ['that is a common fund of the consultant', shared({}, { kind: 'fund' }), []],
    [
      'widely held, a tenth each',
      shared({ kind: 'widely-held', sharePercent: 10 }, { kind: 'widely-held', sharePercent: 10 }),
      [there],
    ],
    ['widely held, a little less than a tenth', shared({ kind: 'widely-held', sharePercent: 9.9 }), []],
    [
      'widely held, a little less than a tenth with the consultant',
      shared({}, { kind: 'widely-held', sharePercent: 9.9 }),
      [],
    ],
    ['widely held, in parts that nobody knows', shared({ kind: 'widely-held', sharePercent: null }), [open]],
    ['until today', shared(until(today)), [there]],
    ['until yesterday', shared(until(yesterday)), []],
    ['that the consultant left yesterday', shared({}, until(yesterday)), []],
    ['of unknown days', shared({ from: null, to: null }), [open]],
    [
      'nobody asked the clinician about',
      together({ business: null }, { business: held() }),
      ['UNKNOWN: whether the clinician and T1 share a practice, partnership or company (candidate, case declaration)'],
    ],
    [
      'nobody asked the consultant about',
      together({ business: held() }, { business: null }),
      [`${asked} (T1, their own statement)`],
    ],
    ['unknown of the consultant, where the clinician has none', together({ business: [] }, { business: null }), []],
    [
      'unknown of the consultant, where the clinician’s is a common fund',
      together({ business: held({ kind: 'fund' }) }, { business: null }),
      [],
    ],
    ['unknown of the clinician, where the consultant has none', together({ business: null }, { business: [] }), []],
    [
      'unknown of the consultant, where the clinician’s is over',
      together({ business: held(until(yesterday)) }, { business: null }),
      [],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
