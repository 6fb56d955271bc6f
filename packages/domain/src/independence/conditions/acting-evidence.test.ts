import { day, today } from '@concord/testkit/facts'
import { aBroker, always, aPair, aTreating, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { Business, Companion, Member, Staff, Tie } from '../pair.ts'
import type { RuleRow } from '../rule.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]

const kinds = ['relative', 'close-friend', 'neighbour'] as const
const yesterday = addDays(today, -1)
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const says = (condition: RuleRow['condition']) => (over: PairOver) =>
  judging([aRule({ condition })])(aPair(over)).findings.map(
    ({ severity, appliesTo, evidence: { fact, whose, source } }) =>
      `${severity} of ${appliesTo}: ${fact} (${whose}, ${source})`,
  )

describe('of who acts in a request is said', () => {
  const acting = says({ kind: 'acting-person', kinds, trainingMonths: 120 })
  const staffed = (over: Partial<Staff>, candidate: NonNullable<PairOver['candidate']> = {}): PairOver => ({
    request: { staff: [aBroker(over)] },
    candidate,
  })
  const business: readonly Business[] = [
    { company: 'CO9', kind: 'widely-held', role: 'stake', sharePercent: 10, ...always },
  ]
  const team = { id: 'one', ...always }
  const stated = (severity: string, fact: string) => [`${severity} of broker: ${fact} (broker, their own statement)`]
  const declared = (severity: string, fact: string) => [`${severity} of broker: ${fact} (candidate, case declaration)`]
  const close = 'whether the clinician and broker are close friends, partners or relatives'
  const family = 'whether they are close to the child or the family'
  const treated = 'whether they ever treated this child'

  test.each<Case>([
    ['that they treated the child', staffed({ treatedThisChild: 'yes' }), stated('BAR', treated)],
    ['that they are not sure of it', staffed({ treatedThisChild: 'unsure' }), stated('UNKNOWN', treated)],
    ['that nobody asked it', staffed({ treatedThisChild: null }), stated('UNKNOWN', treated)],
    [
      'that they are close to a parent',
      staffed({ personalTies: [{ with: 'parent-2', kind: 'neighbour', ...always }] }),
      stated('BAR', family),
    ],
    [
      'not that they know a parent',
      staffed({ personalTies: [{ with: 'parent-2', kind: 'acquaintance', ...always }] }),
      [],
    ],
    [
      'that they may be close to anybody',
      staffed({ personalTies: [{ with: null, kind: 'relative', ...always }] }),
      [...stated('UNKNOWN', close), ...stated('UNKNOWN', family)],
    ],
    [
      'that they may be close to a parent',
      staffed({ personalTies: [{ with: 'parent-1', kind: 'unsure', ...always }] }),
      stated('UNKNOWN', family),
    ],
    [
      'that they are close to a parent in a way nobody knows',
      staffed({ personalTies: [{ with: 'parent-1', kind: null, ...always }] }),
      stated('UNKNOWN', family),
    ],
    [
      'that nobody asked for their ties',
      staffed({ personalTies: null }),
      [...stated('UNKNOWN', close), ...stated('UNKNOWN', family)],
    ],
    [
      'that the clinician manages them',
      staffed({}, { managementTies: [{ with: 'broker', kind: 'manages', ...always }] }),
      declared('BAR', 'manages broker'),
    ],
    [
      'not that the clinician did until yesterday',
      staffed({}, { managementTies: [{ with: 'broker', kind: 'manages', ...until(yesterday) }] }),
      [],
    ],
    [
      'that nobody asked whom they manage',
      staffed({ managementTies: null }),
      stated('UNKNOWN', 'whether one of the clinician and broker directs, employs, appraises or answers for the other'),
    ],
    [
      'that nobody asked whom they taught',
      staffed({ trainingTies: null }),
      stated('UNKNOWN', 'whether one of the clinician and broker taught, trained or supervised the other'),
    ],
    [
      'that the clinician taught them, ten years ago to the day',
      staffed({}, { trainingTies: [{ with: 'broker', kind: 'trainer-of', ...until(day('2016-06-15')) }] }),
      declared('BAR', 'the clinician is trainer of broker'),
    ],
    [
      'not that it was the day before that',
      staffed({}, { trainingTies: [{ with: 'broker', kind: 'trainer-of', ...until(day('2016-06-14')) }] }),
      [],
    ],
    ...(['team', 'mdt', 'rota', 'transport-service'] as const).map(
      (kind): Case => [
        `that they share a ${kind}`,
        staffed({ teams: [{ ...team, kind }] }, { teams: [{ ...team, kind }] }),
        [`BAR of broker: ${kind.replace('-', ' ')} one, with broker (candidate, register entry)`],
      ],
    ),
    [
      'not that they share a forum',
      staffed({ teams: [{ ...team, kind: 'forum' }] }, { teams: [{ ...team, kind: 'forum' }] }),
      [],
    ],
    [
      'that nobody asked for their teams',
      staffed({ teams: null }),
      stated('UNKNOWN', 'whether the clinician shares a clinical team, MDT, rota or transport service with broker'),
    ],
    [
      'not that nobody asked for their teams, where the clinician is in none',
      staffed({ teams: null }, { teams: [] }),
      [],
    ],
    [
      'that they own a tenth each of a widely held firm',
      staffed({ business }, { business }),
      declared('BAR', 'CO9, with broker'),
    ],
    [
      'not that one of them owns a little less',
      staffed({ business }, { business: business.map((one) => ({ ...one, sharePercent: 9.9 })) }),
      [],
    ],
    [
      'that nobody asked for their businesses',
      staffed({ business: null }, { business }),
      stated('UNKNOWN', 'whether the clinician and broker share a practice, partnership or company'),
    ],
    [
      'that nobody asked either of them about anything',
      staffed(
        { personalTies: null, managementTies: null, trainingTies: null, teams: null, business: null },
        { personalTies: null, managementTies: null, trainingTies: null, teams: null, business: null },
      ),
      [
        ...declared('UNKNOWN', close),
        ...stated('UNKNOWN', close),
        ...stated('UNKNOWN', family),
        ...declared(
          'UNKNOWN',
          'whether one of the clinician and broker directs, employs, appraises or answers for the other',
        ),
        ...stated(
          'UNKNOWN',
          'whether one of the clinician and broker directs, employs, appraises or answers for the other',
        ),
        ...declared('UNKNOWN', 'whether one of the clinician and broker taught, trained or supervised the other'),
        ...stated('UNKNOWN', 'whether one of the clinician and broker taught, trained or supervised the other'),
        ...declared(
          'UNKNOWN',
          'whether the clinician shares a clinical team, MDT, rota or transport service with broker',
        ),
        ...declared('UNKNOWN', 'whether the clinician and broker share a practice, partnership or company'),
      ],
    ],
    ['nothing, where nobody acts yet', { request: { staff: null } }, []],
  ])('%s', (_, given, expected) => {
    expect(acting(given).toSorted()).toEqual([...expected].toSorted())
  })

  test.each([
    ['personalTies', { personalTies: [{ with: 'candidate', kind: 'relative', ...always }] }, 'relative of candidate'],
    ['managementTies', { managementTies: [{ with: 'candidate', kind: 'manages', ...always }] }, 'manages candidate'],
    [
      'trainingTies',
      { trainingTies: [{ with: 'candidate', kind: 'trainer-of', ...always }] },
      'the clinician is trainee of broker',
    ],
  ] as const)('what they state, where nobody asked the clinician: %s', (asked, over, fact) => {
    expect(acting(staffed(over, { [asked]: null }))).toEqual(stated('BAR', fact))
  })
})

describe('of who stands by the family is said', () => {
  const beside = says({ kind: 'acting-companion', kinds })
  const one = (over: Partial<Companion> = {}): Companion => ({
    person: 'interpreter',
    isActing: true,
    isFamilyMember: false,
    personalTies: [],
    ...over,
  })
  const tie = (who: string | null, kind: Tie<'relative' | 'acquaintance' | 'unsure'>['kind'] = 'relative') => [
    { with: who, kind, ...always },
  ]
  const interprets = (over: Partial<Companion>): PairOver => ({ request: { interpreter: one(over) } })
  const stated = (severity: string, fact: string) => [
    `${severity} of interpreter: ${fact} (interpreter, their own statement)`,
  ]
  const asked = stated('UNKNOWN', 'whether they are close to the clinician or the treating team')

  test.each<Case>([
    [
      'that they are close to the clinician',
      interprets({ personalTies: tie('candidate') }),
      stated('BAR', 'close to candidate'),
    ],
    ['that they are close to the team', interprets({ personalTies: tie('T1') }), stated('BAR', 'close to T1')],
    [
      'that the clinician is close to them',
      { ...interprets({}), candidate: { personalTies: tie('interpreter') } },
      stated('BAR', 'close to candidate'),
    ],
    [
      'that they are perhaps close to the team',
      interprets({ personalTies: tie('T1', 'unsure') }),
      stated('UNKNOWN', 'close to T1'),
    ],
    [
      'that they are close in a way nobody knows',
      interprets({ personalTies: tie('T1', null) }),
      stated('UNKNOWN', 'close to T1'),
    ],
    [
      'that they may be close to either',
      interprets({ personalTies: tie(null) }),
      [...stated('UNKNOWN', 'close to T1'), ...stated('UNKNOWN', 'close to candidate')],
    ],
    ['not that they know the team', interprets({ personalTies: tie('T1', 'acquaintance') }), []],
    ['not that they are close to somebody else', interprets({ personalTies: tie('X1') }), []],
    [
      'not that the clinician is close to somebody else',
      { ...interprets({}), candidate: { personalTies: tie('X1') } },
      [],
    ],
    ['that nobody asked them', interprets({ personalTies: null }), asked],
    [
      'not that nobody asked the others',
      {
        request: { interpreter: one(), treating: [aTreating({ personalTies: null })] },
        candidate: { personalTies: null },
      },
      [],
    ],
    [
      'that one of the family interprets',
      interprets({ isFamilyMember: true }),
      ['BAR of interpreter: a member of the family interprets (interpreter, case roles)'],
    ],
    [
      'that one of the family may interpret',
      interprets({ isFamilyMember: null }),
      ['UNKNOWN of interpreter: a member of the family interprets (interpreter, case roles)'],
    ],
    [
      'that one of the family interprets, as far as anybody knows',
      interprets({ isActing: null, isFamilyMember: true }),
      ['BAR of interpreter: a member of the family interprets (interpreter, case roles)'],
    ],
    [
      'that an advocate was not asked, as far as anybody knows',
      { request: { advocate: one({ isActing: null, personalTies: null }) } },
      asked,
    ],
    [
      'nothing of an advocate who does not act',
      { request: { advocate: one({ isActing: false, personalTies: null }) } },
      [],
    ],
    [
      'nothing of an interpreter who does not act',
      interprets({ isActing: false, personalTies: null, isFamilyMember: true }),
      [],
    ],
    ['nothing, where nobody does', {}, []],
  ])('%s', (_, given, expected) => {
    expect(beside(given)).toEqual(expected)
  })
})

describe('of an MDT is said', () => {
  const board = says({ kind: 'mdt-members', kinds, most: { of: 1, in: 3 }, minority: 'NOTE' })
  const member = (at: number, over: Partial<Member> = {}): Member => ({
    person: `M${at}`,
    isChair: at === 0,
    isConflicted: false,
    personalTies: [],
    teams: [],
    ...over,
  })
  const of = (count: number, change: (at: number) => Partial<Member>): PairOver => ({
    candidate: { kind: 'mdt', members: Array.from({ length: count }, (_, at) => member(at, change(at))) },
  })
  const last = (over: Partial<Member>, count = 9) => of(count, (at) => (at === count - 1 ? over : {}))
  const roll = (severity: string, fact: string) => [`${severity} of mdt: ${fact} (mdt, MDT roll)`]
  const recuse = roll('NOTE', '1 of 9 members recuse themselves')
  const open = roll('UNKNOWN', 'which members of the MDT are conflicted')
  const chair = roll('UNKNOWN', 'which members of the MDT are conflicted, and who chairs')
  const tie = (who: string | null, kind: Tie<'relative' | 'acquaintance' | 'unsure'>['kind'] = 'relative') => [
    { with: who, kind, ...always },
  ]

  test.each<Case>([
    [
      'that the chair is conflicted',
      of(9, (at) => ({ isConflicted: at === 0 })),
      roll('BAR', 'the chair is conflicted'),
    ],
    [
      'that too many are conflicted',
      of(9, (at) => ({ isConflicted: at > 4 })),
      roll('BAR', '4 of 9 members are conflicted'),
    ],
    ['that some recuse themselves', last({ isConflicted: true }), recuse],
    ['that somebody was not asked', last({ isConflicted: null }), open],
    [
      'that somebody recuses, beside somebody not asked',
      of(9, (at) => ({ isConflicted: at === 8 ? true : at === 7 ? null : false })),
      recuse,
    ],
    ['that those not asked could be too many', of(9, (at) => ({ isConflicted: at > 4 ? null : false })), chair],
    ['that those not asked could be as many as may be', of(9, (at) => ({ isConflicted: at > 5 ? null : false })), open],
    [
      'that those not asked and those conflicted could be too many',
      of(9, (at) => ({ isConflicted: at > 6 ? true : at > 4 ? null : false })),
      chair,
    ],
    ['that the chair was not asked', of(9, (at) => ({ isConflicted: at === 0 ? null : false })), chair],
    ['that who was not asked may chair', last({ isConflicted: null, isChair: null }), chair],
    ['that who is conflicted may chair', last({ isConflicted: true, isChair: null }), chair],
    ['nothing, where who may chair is not conflicted', last({ isChair: null }), []],
    ['that a member is close to the team', last({ personalTies: tie('T1') }), recuse],
    ['that a member may be', last({ personalTies: tie('T1', 'unsure') }), open],
    ['that a member may be close to anybody', last({ personalTies: tie(null) }), open],
    ['nothing of a member who knows the team', last({ personalTies: tie('T1', 'acquaintance') }), []],
    ['nothing of a member close to somebody else', last({ personalTies: tie('X1') }), []],
    [
      'nothing of ties and teams that nobody asked about, where they said that they are not conflicted',
      last({ personalTies: null, teams: null }),
      [],
    ],
    [
      'that the team is close to a member',
      { ...last({}), request: { treating: [aTreating({ personalTies: tie('M8') })] } },
      recuse,
    ],
    [
      'nothing of the team being close to somebody else',
      { ...last({}), request: { treating: [aTreating({ personalTies: tie('X1') })] } },
      [],
    ],
    [
      'nothing of ties that nobody asked the team about',
      { ...last({}), request: { treating: [aTreating({ personalTies: null })] } },
      [],
    ],
    ...(['team', 'mdt', 'rota', 'transport-service'] as const).map(
      (kind): Case => [
        `that a member is in one ${kind} with the team`,
        {
          ...last({ teams: [{ id: 'one', kind, ...always }] }),
          request: { treating: [aTreating({ teams: [{ id: 'one', kind, ...always }] })] },
        },
        recuse,
      ],
    ),
    [
      'nothing of one forum with the team',
      {
        ...last({ teams: [{ id: 'one', kind: 'forum', ...always }] }),
        request: { treating: [aTreating({ teams: [{ id: 'one', kind: 'forum', ...always }] })] },
      },
      [],
    ],
    [
      'nothing of teams that nobody asked the team about',
      {
        ...last({ teams: [{ id: 'one', kind: 'team', ...always }] }),
        request: { treating: [aTreating({ teams: null })] },
      },
      [],
    ],
    [
      'that nobody named its members',
      { candidate: { kind: 'mdt', members: null } },
      roll('UNKNOWN', 'the members of the MDT'),
    ],
    ['that it has none', { candidate: { kind: 'mdt', members: [] } }, chair],
    ['nothing, where a person is asked', { candidate: { kind: 'person', members: null } }, []],
  ])('%s', (_, given, expected) => {
    expect(board(given)).toEqual(expected)
  })
})
