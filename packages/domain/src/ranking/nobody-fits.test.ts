import { aPost, aStranger, assessing, clinicianId, day, neurology, org, today } from '@concord/testkit/facts'
import { anAssessment, aRequestId } from '@concord/testkit/requests'
import { aRule } from '@concord/testkit/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verdictOf } from '../independence/assess.ts'
import type { Exhaustion } from '../independence/pair.ts'
import type { RuleRow } from '../independence/rule.ts'
import type { Finding } from '../independence/verdict.ts'
import { addDays } from '../time.ts'
import { type Listing, nobodyFits } from './nobody-fits.ts'
import { rank } from './rank.ts'
import { accountFor } from './shortlist.ts'

const rules: readonly RuleRow[] = [
  aRule(),
  aRule({ id: 'C02', lookBackMonths: null, condition: { kind: 'shared-site' } }),
  aRule({ id: 'C05', lookBackMonths: null, condition: { kind: 'advised-before' } }),
  aRule({ id: 'C11', lookBackMonths: null, condition: { kind: 'below-first-doctor', equals: [] } }),
  aRule({ id: 'C32', condition: { kind: 'acting-person', kinds: [], trainingMonths: 120 } }),
  aRule({ id: 'C33', condition: { kind: 'acting-companion', kinds: [] } }),
  aRule({ id: 'C35', condition: { kind: 'standing-declaration' } }),
  aRule({ id: 'C35', settledBy: 'acceptance', condition: { kind: 'case-declaration' } }),
  aRule({ id: 'C36', condition: { kind: 'registration', warning: 'MANAGE' } }),
  aRule({ id: 'C37', condition: { kind: 'specialist' } }),
  aRule({ id: 'C39', condition: { kind: 'indemnity' } }),
  aRule({ id: 'C42', severity: 'NOTE', condition: { kind: 'full' } }),
]
const neverMended = ['C05', 'C36', 'C39']

const found = (rule: string, over: Partial<Omit<Finding, 'evidence'>> & { readonly to?: string | null } = {}) => {
  const { to = null, ...rest } = over
  const evidence = { fact: `of ${rule}`, whose: 'x', from: null, to, source: 'register entry', asOf: today }
  const words = { sentence: 'Invented.', familySentence: 'Invented.' }
  const finding: Finding = {
    rule,
    severity: 'BAR',
    stage: 'offer',
    confidence: 'declared',
    appliesTo: 'x',
    evidence,
    ...words,
    ...rest,
  }
  return finding
}

type Someone = {
  readonly findings?: readonly Finding[]
  readonly open?: number
  readonly listing?: Partial<Listing>
  readonly urgencies?: readonly 'U1'[]
}
type Asked = {
  readonly exhaustion?: Exhaustion | null
  readonly network?: string | null
  readonly rules?: readonly RuleRow[]
}

/** Asks of people in order: each is known by their number. */
const asked = (people: readonly Someone[], over: Asked = {}) => {
  const request = { id: aRequestId(1), tfc: neurology, urgency: 'U1', mode: 'records', language: null } as const
  const candidates = people.map(({ open = 0, urgencies = ['U1'] }, n) => ({
    id: clinicianId(n),
    practice: null,
    urgencies,
    modes: ['records'] as const,
    languages: null,
    openCases: open,
    cap: 1,
    opinionsLastYear: 0,
  }))
  const assessed = people.map(({ findings = [], open = 0 }, n) => ({
    id: clinicianId(n),
    candidate: { openCases: open, cap: 1 },
    assessment: { ...anAssessment('clear', 'offer'), verdict: verdictOf(findings), findings },
  }))
  return nobodyFits({
    account: accountFor({ assessed, ranked: rank({ request, candidates, asOf: today }), request, candidates }),
    asOf: today,
    rules,
    neverMended,
    exhaustion: null,
    network: null,
    listings: people.map(({ listing }, n) => ({ id: clinicianId(n), network: null, isNational: null, ...listing })),
    ...over,
  })
}
const nearestOf = (people: readonly Someone[], over?: Asked) =>
  asked(people, over)?.nearest.map(({ id, eligibleFrom, upon }) => [
    people.findIndex((_, n) => clinicianId(n) === id),
    eligibleFrom,
    ...upon,
  ])
const routesOf = (people: readonly Someone[], over?: Asked) => {
  const [mdt, least] = asked(people, over)?.routes ?? []
  return { mdt, least }
}

const barred: Someone = { findings: [found('C05')] }

describe('when nobody fits', () => {
  test.each([
    ['somebody is free and clear', [barred, {}]],
    ['somebody passes with a plan', [barred, { findings: [found('C02', { severity: 'MANAGE' })] }]],
    ['somebody would have to make an exception', [barred, { urgencies: [] }]],
  ] as const)('is not said where %s', (_, people) => {
    expect(asked(people)).toBeNull()
  })

  test('is said where who passes has no free place, and of no candidates at all', () => {
    expect(asked([{ open: 1 }])).toMatchObject({
      emptiedBy: [{ rule: 'C42', candidates: 1 }],
      nearest: [{ rules: ['C42'], eligibleFrom: null, upon: ['a free place'] }],
    })
    expect(asked([{ open: 1 }], { rules: [] })?.emptiedBy).toEqual([{ rule: 'full', candidates: 1 }])
    expect(asked([{ open: 1, urgencies: [] }])?.emptiedBy).toEqual([{ rule: 'C42', candidates: 1 }])
    expect(asked([])).toMatchObject({ emptiedBy: [], nearest: [], elsewhere: [] })
  })

  test('the rules that emptied the list are counted, each once a candidate, most first', () => {
    const people = [
      { findings: [found('C02'), found('C02', { to: '2026-01-01' }), found('C39')] },
      { findings: [found('C39', { severity: 'UNKNOWN' }), found('C01', { severity: 'MANAGE' })] },
      { findings: [found('C01')] },
      { open: 1 },
    ] as const
    expect(asked(people)?.emptiedBy).toEqual([
      { rule: 'C39', candidates: 2 },
      { rule: 'C01', candidates: 1 },
      { rule: 'C02', candidates: 1 },
      { rule: 'C42', candidates: 1 },
    ])
  })

  test('a candidate is eligible from the first day on which the rule would no longer hold', () => {
    const days = fc.integer({ min: 0, max: 1500 }).map((n) => addDays(day('2023-01-01'), n))
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 18 }), (to, months) => {
        const rule = aRule({ from: day('2000-01-01'), lookBackMonths: months || null })
        const judge = (asOf: typeof to) =>
          assessing([rule])({
            asOf,
            candidate: {
              ...aStranger(),
              posts: [aPost({ org: org('XA1'), site: org('XA101'), from: day('2020-01-01'), to })],
            },
          }).findings.filter(({ severity }) => severity === 'BAR')
        const [finding] = judge(to)
        const [nearest] = asked([{ findings: finding ? [finding] : [] }], { rules: [rule] })?.nearest ?? []
        const from = nearest?.eligibleFrom
        if (!from) throw new Error('A day can be known')
        expect(judge(from)).toEqual([])
        expect(judge(addDays(from, -1))).toHaveLength(1)
      }),
      // A month back from 29, 30 and 31 March is 28 February too.
      { examples: [[day('2025-02-28'), 1]] },
    )
  })

  test.each([
    ['twelve months after the end of a post, and a day', found('C01', { to: '2025-11-30' }), ['2026-12-01']],
    ['the day after a current fact ends', found('C02', { to: '2026-07-31' }), ['2026-08-01']],
    ['after the latest end that sources claim', found('C01', { to: '2025-01-01/2025-12-31' }), ['2027-01-01']],
    ['nobody knows when, where a post goes on', found('C01', { to: 'ongoing' }), [null]],
    ['nobody knows when, where a day stands for no end', found('C01', { to: '9999-12-31' }), [null]],
    ['nobody knows when, where it may go on', found('C01', { to: '2025-01-01/ongoing' }), [null]],
    ['nobody knows when, where its end is not known', found('C01'), [null]],
    ['never by time, where the child was treated', found('C05', { to: '2020-01-01' }), [null]],
    [
      'never by time, where cover has lapsed',
      found('C39', { to: '2026-01-01' }),
      [null, 'cover that is in force, and an employer who permits it'],
    ],
    ['never by time, by a rule of no row', found('C99', { to: '2026-01-01' }), [null]],
    ['today, upon signing', found('C35', { to: '2025-01-01' }), [today, 'signing a standing declaration']],
    ['today, upon signing for this case', found('C35', { stage: 'acceptance' }), [today, 'signing for this case']],
    [
      'today, upon a new check of the register',
      found('C36', { severity: 'UNKNOWN' }),
      [today, 'a new check of the medical register that shows nothing in the way'],
    ],
    [
      'nobody knows when, where the register shows a bar',
      found('C36'),
      [null, 'a new check of the medical register that shows nothing in the way'],
    ],
    ['today, upon another acting', found('C32'), [today, 'somebody else acting in this part']],
    ['today, upon another interpreting', found('C33'), [today, 'somebody else acting in this part']],
    ['nobody knows, where a fact is missing', found('C01', { severity: 'UNKNOWN' }), [null, 'knowing of C01']],
  ] as const)('a candidate is eligible %s', (_, finding, expected) => {
    expect(nearestOf([{ findings: [finding] }])).toEqual([[0, ...expected]])
  })

  test.each<RuleRow['condition']>([
    { kind: 'same-group' },
    { kind: 'left-trust', afterMonths: 12, older: 'NOTE' },
    { kind: 'management-tie' },
    { kind: 'shared-team', teams: [] },
    { kind: 'training-tie', pupil: [], otherwise: 'NOTE' },
    { kind: 'shared-business', sharePercent: 10 },
    { kind: 'expert-witness', otherCase: 'NOTE' },
    { kind: 'joint-work', outputs: 5, consortium: 30, older: 'NOTE' },
    { kind: 'joint-committee', committees: [] },
    { kind: 'recruitment' },
    { kind: 'outside-role' },
    { kind: 'industry-payment', pounds: 1000, withinMonths: 12, lesser: 'NOTE' },
    { kind: 'leads-trial' },
  ])('what has days lets go by itself: $kind', (condition) => {
    const people = [{ findings: [found('C99', { to: '2025-12-31' })] }]
    expect(nearestOf(people, { rules: [aRule({ id: 'C99', condition })] })).toEqual([[0, '2027-01-01']])
  })

  test.each<RuleRow['condition']>([
    { kind: 'patent', notSole: 'NOTE' },
    { kind: 'close-to-consultant', kinds: [] },
    { kind: 'dispute' },
    { kind: 'overseas', body: 'GMC', countries: [] },
  ])('what somebody has to mend does not, whatever its days: $kind', (condition) => {
    const people = [{ findings: [found('C99', { to: '2025-12-31' })] }]
    expect(nearestOf(people, { rules: [aRule({ id: 'C99', condition })] })).toEqual([[0, null]])
  })

  test('a candidate is eligible when the last of several bars is gone, and on no day where one of them has none', () => {
    const post = (to: string) => found('C01', { to })
    expect(nearestOf([{ findings: [post('2026-01-31'), post('2025-12-31'), found('C35')] }])).toEqual([
      [0, '2027-02-01', 'signing a standing declaration'],
    ])
    expect(nearestOf([{ findings: [post('2026-01-31'), found('C05')] }])).toEqual([[0, null]])
  })

  test('the nearest are those of the earliest day, then those only in doubt or full, then those of the fewest bars', () => {
    const people = [
      { findings: [found('C05'), found('C39')] },
      { findings: [found('C05')] },
      { findings: [found('C02', { severity: 'UNKNOWN' })] },
      { findings: [found('C01', { to: '2026-01-31' })] },
      { findings: [found('C35')] },
      { open: 1 },
    ] as const
    expect(nearestOf(people)?.map(([n]) => n)).toEqual([4, 3, 2, 5, 1, 0])
    expect(asked(Array.from({ length: 30 }, () => barred))?.nearest).toHaveLength(10)
    const unknown = (...rules: readonly string[]) => ({
      findings: rules.map((rule) => found(rule, { severity: 'UNKNOWN' })),
    })
    expect(nearestOf([unknown('C01', 'C02'), unknown('C37')])?.map(([n]) => n)).toEqual([1, 0])
  })

  test('other networks are counted, with those listed nationally, and the one that asks is not', () => {
    const from = (network: string | null, isNational: boolean | null) => ({
      ...barred,
      listing: { network, isNational },
    })
    const people = [
      from('south', null),
      from('north', true),
      from('west', null),
      from('west', true),
      from('east', false),
      from(null, true),
    ]
    expect(asked(people, { network: 'south' })?.elsewhere).toEqual([
      { network: 'west', candidates: 2, national: 1 },
      { network: 'east', candidates: 1, national: 0 },
      { network: 'north', candidates: 1, national: 1 },
    ])
    expect(asked(people)?.elsewhere).toHaveLength(4)
  })

  test('the MDT route is open to who is kept only from giving the opinion alone', () => {
    const people = [
      { findings: [found('C37'), found('C11', { severity: 'UNKNOWN' })] },
      { findings: [found('C11'), found('C01')] },
      { findings: [found('C11')] },
      { open: 1 },
    ] as const
    expect(routesOf(people).mdt).toEqual({
      route: 'mdt',
      isOpen: true,
      ids: [clinicianId(0), clinicianId(2)],
      because: 'They are kept only from giving the opinion alone: they may contribute to the opinion of an MDT.',
    })
    expect(routesOf([barred, { open: 1 }]).mdt).toEqual({
      route: 'mdt',
      isOpen: false,
      ids: [],
      because: 'Nobody is kept only from giving the opinion alone.',
    })
  })

  const proof: Exhaustion = {
    result: 'none-other',
    on: today,
    hasSecondOpinion: true,
    hasOverseasOpinion: null,
    hasEthicsNote: true,
    approvedBy: [
      { name: 'Lee', role: 'network-clinical-lead' },
      { name: 'Jo', role: 'requesting-medical-director' },
    ],
  }

  test('the least conflicted is the one of fewest bars, and open once everything is proved and two people signed', () => {
    const people = [
      { findings: [found('C01'), found('C02')] },
      { findings: [found('C02'), found('C02', { to: '2026-01-01' })] },
      { findings: [found('C02'), found('C01', { severity: 'NOTE' })] },
      { findings: [found('C01')] },
      { findings: [found('C02')] },
    ]
    expect(routesOf(people, { exhaustion: proof }).least).toEqual({
      route: 'least-conflicted',
      isOpen: true,
      ids: [clinicianId(3)],
      because: 'Barred by C01; both have signed, and what has to be arranged is arranged.',
    })
    const fewestBars = [
      { findings: [found('C02'), found('C02', { to: '2026-01-01' })] },
      { findings: [found('C01'), found('C11', { severity: 'NOTE' }), found('C37', { severity: 'NOTE' })] },
    ]
    expect(routesOf(fewestBars).least?.ids).toEqual([clinicianId(1)])
    expect(routesOf([{ findings: [found('C02'), found('C01')] }]).least?.because).toBe(
      'Barred by C01, C02. Needs proof that nobody else is left, the network’s clinical lead and the requesting medical director to sign, a second or an overseas opinion, and an ethics note.',
    )
    expect(routesOf([barred]).least).toEqual({
      route: 'least-conflicted',
      isOpen: false,
      ids: [],
      because: 'Everybody is barred by a rule that no approval can mend, or something about them is not known.',
    })
    const unsigned = { ...proof, approvedBy: [] }
    for (const exhaustion of [null, unsigned])
      expect(routesOf(people, { exhaustion }).least).toMatchObject({ isOpen: false, ids: [clinicianId(3)] })
  })

  test('the least conflicted is never past a rule that no approval can mend, nor past what is not known', () => {
    const findings = fc.array(
      fc.record({
        rule: fc.constantFrom('C01', 'C02', 'C05', 'C36', 'C39'),
        severity: fc.constantFrom('BAR' as const, 'UNKNOWN' as const),
      }),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(fc.array(findings, { minLength: 1, maxLength: 8 }), (drawn) => {
        const people = drawn.map((some) => ({ findings: some.map(({ rule, severity }) => found(rule, { severity })) }))
        const { least } = routesOf(people, { exhaustion: proof })
        const isMendable = (some: (typeof drawn)[number]) =>
          some.every(({ rule, severity }) => severity === 'BAR' && !neverMended.includes(rule))
        expect(least?.isOpen).toBe(drawn.some(isMendable))
        expect(least?.ids).toHaveLength(drawn.some(isMendable) ? 1 : 0)
        for (const id of least?.ids ?? []) {
          const who = drawn.find((_, n) => clinicianId(n) === id)
          expect(who && isMendable(who)).toBe(true)
        }
      }),
    )
  })

  test('says the same in whatever order the candidates come', () => {
    const people = [
      { findings: [found('C05')] },
      { findings: [found('C01', { to: '2026-01-31' })] },
      { findings: [found('C11')] },
      { findings: [found('C02')] },
    ]
    const account = (some: readonly number[]) => {
      const assessed = some.map((n) => ({
        id: clinicianId(n),
        candidate: { openCases: 0, cap: 1 },
        assessment: { ...anAssessment('barred', 'offer'), findings: people[n]?.findings ?? [] },
      }))
      return nobodyFits({
        account: accountFor({ assessed, ranked: [], request: { urgency: null, mode: null }, candidates: [] }),
        asOf: today,
        rules,
        neverMended,
        exhaustion: proof,
        network: null,
        listings: some.map((n) => ({ id: clinicianId(n), network: `net-${n % 2}`, isNational: n > 1 })),
      })
    }
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (order) => {
        expect(account(order)).toEqual(account([0, 1, 2, 3]))
      }),
    )
  })
})
