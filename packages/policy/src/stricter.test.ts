import type { ConditionKind, RuleRow } from '@concord/domain/independence/rule'
import { severities, stages, type VerdictKind } from '@concord/domain/independence/verdict'
import { addDays } from '@concord/domain/time'
import { day, today } from '@concord/testkit/facts'
import { always, aPair, heldAt, judging, knownPairs, pairs } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { runs } from '@concord/testkit/runs'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rules } from './rules.ts'
import { checkDates, tighten } from './stricter.ts'

const from = '2026-01-01'
const byNetwork = (...changes: readonly object[]) => ({ by: 'network', changes })
const stricter = (rule: string, change: object) => ({ kind: 'stricter', rule, from, to: 'ongoing', ...change })
const ownRule = {
  kind: 'added',
  id: 'N01',
  severity: 'MANAGE',
  settledBy: 'offer',
  lookBackMonths: 24,
  downgrade: null,
  condition: { kind: 'post-at-trust', confirmedWithin: 12 },
  sentence: 'Had within {months} months {fact}.',
  familySentence: 'This clinician used to work for a trust involved in your child’s care.',
  source: 'a network',
  from,
  to: 'ongoing',
}
const rulesOf = (changes: unknown, base: readonly RuleRow[] = rules): readonly RuleRow[] => {
  const tightened = tighten(base, changes)
  if (tightened.kind === 'refused') throw new Error(JSON.stringify(tightened.errors))
  return tightened.rules
}
const errorsOf = (changes: unknown, base: readonly RuleRow[] = rules) => {
  const tightened = tighten(base, changes)
  return tightened.kind === 'refused' ? tightened.errors : []
}
const rowsOf = (id: string, all: readonly RuleRow[]) => all.filter((row) => row.id === id)

describe('a network may make a rule stricter', () => {
  test.each([
    ['a longer look-back', 'C01', { lookBackMonths: 24 }],
    ['a look-back where there was none', 'C08', { lookBackMonths: 12 }],
    ['a fresher signature', 'C35', { stage: 'offer', lookBackMonths: 6 }],
    ['a higher severity', 'C09', { severity: 'MANAGE' }],
    ['an earlier stage', 'C14', { settledBy: 'offer' }],
    ['no downgrade', 'C06', { downgrade: null }],
    ['a smaller share', 'C14', { parameters: { sharePercent: 5 } }],
    ['more kinds of team', 'C08', { parameters: { teams: ['team', 'mdt', 'rota', 'transport-service', 'forum'] } }],
    ['a smaller part of an MDT', 'C34', { parameters: { most: { of: 1, in: 4 } } }],
    ['a heavier weight of the milder case', 'C04', { parameters: { older: 'MANAGE' } }],
    ['several of these at once', 'C30', { lookBackMonths: 60, parameters: { pounds: 100, withinMonths: 24 } }],
  ])('by %s', (_, rule, change) => {
    const all = rulesOf(byNetwork(stricter(rule, change)))
    const changed = all.filter((row) => !rules.includes(row))
    const before = rowsOf(rule, rules).find(({ condition }) => condition.kind === changed[0]?.condition.kind)
    const { stage: _stage, parameters, ...fields } = { stage: '', parameters: {}, ...change }
    // What was in force before stays for the days before.
    expect(changed).toEqual([
      { ...before, to: '2025-12-31' },
      { ...before, from, ...fields, condition: { ...before?.condition, ...parameters } },
    ])
    expect(all).toHaveLength(rules.length + 1)
  })

  test('for a time, after which the rule is what it was', () => {
    const all = rowsOf('C01', rulesOf(byNetwork(stricter('C01', { to: '2026-03-31', lookBackMonths: 24 }))))
    expect(all.map((row) => [row.from, row.to, row.lookBackMonths])).toEqual([
      ['2024-04-01', '2025-12-31', 12],
      ['2026-01-01', '2026-03-31', 24],
      ['2026-04-01', 'ongoing', 12],
    ])
  })

  test('and a trust still stricter for its own requests, never laxer than its network', () => {
    const network = rulesOf(byNetwork(stricter('C01', { lookBackMonths: 24 })))
    const trust = (months: number) => ({ by: 'trust', changes: [stricter('C01', { lookBackMonths: months })] })
    expect(rowsOf('C01', rulesOf(trust(36), network)).map(({ lookBackMonths }) => lookBackMonths)).toEqual([12, 36])
    expect(errorsOf(trust(18), network)).toEqual([
      { path: 'changes[0].lookBackMonths', message: '18 months are laxer than 24: say 24 or more.' },
    ])
  })

  test('by a rule of its own, which then weighs', () => {
    const all = rulesOf(byNetwork(ownRule))
    const left = aPair({ candidate: { posts: [heldAt('XC1'), heldAt('XA1', { to: day('2025-01-01') })] } })
    const { findings } = judging(all)(left, 'offer')
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['C04 MANAGE', 'N01 MANAGE'])
    expect(findings[1]?.sentence).toBe('Had within 24 months a substantive post at Invented Trust XA1.')
  })

  test('and the clinician’s own word still counts where it is asked for earlier', () => {
    const all = rulesOf(byNetwork(stricter('C14', { settledBy: 'offer' })))
    const says = (answer: 'yes' | 'no') => aPair({ candidate: { said: { C14: [{ answer, about: null }] } } })
    expect(judging(all)(says('yes'), 'offer').verdict).toBe('barred')
    expect(judging(all)(says('no'), 'offer').verdict).toBe('clear')
  })

  test('by changing nothing at all', () => {
    expect(rulesOf(byNetwork())).toEqual(rules)
  })
})

describe('a change is refused', () => {
  const refusals: readonly (readonly [string, object, string, string | RegExp])[] = [
    [
      'a shorter look-back',
      stricter('C01', { lookBackMonths: 6 }),
      'lookBackMonths',
      '6 months are laxer than 12: say 12 or more.',
    ],
    [
      'an older signature',
      stricter('C35', { stage: 'offer', lookBackMonths: 24 }),
      'lookBackMonths',
      '24 months are laxer than 12: say 12 or fewer.',
    ],
    ['an older check of the register', stricter('C36', { lookBackMonths: 24 }), 'lookBackMonths', /say 12 or fewer/],
    ['practice longer ago', stricter('C37', { lookBackMonths: 36 }), 'lookBackMonths', /say 24 or fewer/],
    ['another time for a share', stricter('C26', { lookBackMonths: 36 }), 'lookBackMonths', /leave it at 24/],
    [
      'a look-back of a rule that has none',
      stricter('C02', { lookBackMonths: 12 }),
      'lookBackMonths',
      /does not look back/,
    ],
    [
      'a milder severity',
      stricter('C01', { severity: 'MANAGE' }),
      'severity',
      'MANAGE is milder than BAR: say BAR or heavier.',
    ],
    [
      'a later stage',
      stricter('C01', { settledBy: 'acceptance' }),
      'settledBy',
      'acceptance is later than offer: say offer or earlier.',
    ],
    ['a rule nobody knows', stricter('C99', { severity: 'BAR' }), 'rule', /There is no rule C99/],
    ['a stage it is not settled by', stricter('C01', { stage: 'report', severity: 'BAR' }), 'stage', /say offer/],
    [
      'one of several rows, not saying which',
      stricter('C05', { settledBy: 'offer' }),
      'stage',
      /acceptance or opening/,
    ],
    ['nothing that changes', stricter('C01', {}), 'rule', /This changes nothing of C01/],
    ['a severity that it has', stricter('C01', { severity: 'BAR' }), 'rule', /This changes nothing of C01/],
    ['a day that is none', stricter('C01', { from: '2026-02-30', lookBackMonths: 24 }), 'from', /no day/],
    ['days out of order', stricter('C01', { to: '2025-12-31', lookBackMonths: 24 }), 'to', /swap the days/],
    [
      'days before the rule',
      stricter('C01', { from: '2020-01-01', lookBackMonths: 24 }),
      'from',
      /from 2024-04-01 only/,
    ],
    ['a field nobody knows', stricter('C01', { lookback: 24 }), '', 'No such field: lookback. Leave it out.'],
    [
      'a parameter nobody knows',
      stricter('C01', { parameters: { months: 1 } }),
      'parameters.months',
      /only these: confirmedWithin/,
    ],
    [
      'a parameter of a rule without any',
      stricter('C02', { parameters: { months: 1 } }),
      'parameters.months',
      /has none/,
    ],
    [
      'a parameter of another kind',
      stricter('C01', { parameters: { confirmedWithin: 'long' } }),
      'parameters',
      /needs confirmedWithin/,
    ],
    ['a downgrade for more', stricter('C06', { downgrade: { severity: 'NOTE' } }), 'downgrade', /Correct it/],
    [
      'a weight of the milder case above the rule’s own',
      stricter('C04', { parameters: { older: 'BAR' } }),
      'parameters.older',
      /raise its severity too/,
    ],
    [
      'a severity above that of the graver case',
      stricter('C09', { severity: 'BAR' }),
      'parameters.fewCentres',
      /raise it too/,
    ],
    [
      'an interest that no associate could have',
      stricter('C31', { parameters: { rules: ['C14', 'C15', 'C16', 'C17', 'C28', 'C29', 'C30', 'C01'] } }),
      'parameters.rules',
      /C01 is no rule that a close associate/,
    ],
    ['a rule with an id of the platform', { ...ownRule, id: 'C45' }, 'id', /use N01 to N99/],
    ['a rule with an id of a trust', { ...ownRule, id: 'T01' }, 'id', /use N01 to N99/],
    ['a rule numbered nought', { ...ownRule, id: 'N00' }, 'id', /use N01 to N99/],
    [
      'a condition nobody can judge',
      { ...ownRule, condition: { kind: 'horoscope' } },
      'condition',
      /horoscope is no condition/,
    ],
    ['no condition', { ...ownRule, condition: undefined }, 'condition', /use one of/],
    [
      'a condition with parameters of another',
      { ...ownRule, condition: { kind: 'shared-site', confirmedWithin: 1 } },
      'condition',
      /has no parameters/,
    ],
    ['a rule with a field nobody knows', { ...ownRule, weight: 1 }, '', 'No such field: weight. Leave it out.'],
    ['a rule whose days are out of order', { ...ownRule, to: '2025-01-01' }, 'to', /swap the days/],
    [
      'a sentence that cannot be filled',
      { ...ownRule, sentence: 'Because of {reason}.' },
      'sentence',
      /use \{fact\} or \{months\}/,
    ],
    ['months in a sentence without any', { ...ownRule, lookBackMonths: null }, 'sentence', /use \{fact\}/],
    [
      'a look-back of a condition that has none',
      { ...ownRule, condition: { kind: 'shared-site' } },
      'lookBackMonths',
      /say null/,
    ],
  ]

  test.each(refusals)('for %s', (_, change, field, message) => {
    const [error, ...others] = errorsOf(byNetwork(change))
    expect(others).toEqual([])
    expect(error?.path).toBe(field ? `changes[0].${field}` : 'changes[0]')
    expect(error?.message).toMatch(message)
  })

  // Each parameter with a value that lets more people through.
  const laxer: Readonly<Record<string, object>> = {
    'C01 confirmedWithin': { confirmedWithin: 13 },
    'C04 afterMonths': { afterMonths: 13 },
    'C08 teams': { teams: ['team', 'mdt', 'rota', 'forum'] },
    'C09 centres': { centres: 2 },
    'C09 fewCentres': { fewCentres: 'NOTE' },
    'C10 pupil': { pupil: ['trainee-of'] },
    'C10 otherwise': { otherwise: 'NOTE' },
    'C11 equals': { equals: ['specialist', 'associate-specialist', 'professor', 'locum-consultant', 'resident'] },
    'C12 kinds': { kinds: ['relative'] },
    'C13 kinds': { kinds: ['relative'] },
    'C14 sharePercent': { sharePercent: 11 },
    'C15 sharePercent': { sharePercent: 9 },
    'C15 notContested': { notContested: 'NOTE' },
    'C18 otherwise': { otherwise: 'NOTE' },
    'C20 otherCase': { otherCase: 'NOTE' },
    'C23 outputs': { outputs: 6 },
    'C23 consortium': { consortium: 29 },
    'C24 committees': { committees: ['guideline'] },
    'C25 exchanges': { exchanges: 4 },
    'C26 share': { share: 31 },
    'C26 atLeast': { atLeast: 6 },
    'C30 pounds': { pounds: 1001 },
    'C30 withinMonths': { withinMonths: 11 },
    'C31 rules': { rules: ['C14'] },
    'C32 kinds': { kinds: ['relative'] },
    'C32 trainingMonths': { trainingMonths: 119 },
    'C33 kinds': { kinds: ['relative'] },
    'C34 kinds': { kinds: ['relative'] },
    'C34 most': { most: { of: 2, in: 5 } },
    'C36 warning': { warning: 'NOTE' },
    'C38 countries': { countries: ['uk', 'ireland'] },
    'C38 body': { body: 'GDC' },
    'C05 question': { question: 'C12' },
    'C12 question': { question: 'C13' },
    'C13 question': { question: 'C12' },
  }
  // Already as light as a weight can be: it can only rise.
  const lightest = ['C04 older', 'C16 notSole', 'C22 notSole', 'C23 older', 'C30 lesser', 'C34 minority']
  const parameters = rules.flatMap((row) =>
    Object.keys(row.condition).flatMap((name) => (name === 'kind' ? [] : [[`${row.id} ${name}`, name, row] as const])),
  )

  test.each(parameters.filter(([of]) => !lightest.includes(of)))('for a laxer parameter: %s', (of, name, row) => {
    const [error, ...others] = errorsOf(
      byNetwork(stricter(row.id, { stage: row.settledBy, from: row.from, parameters: laxer[of] })),
    )
    expect(others).toEqual([])
    expect(error).toEqual({
      path: `changes[0].parameters.${name}`,
      message: expect.stringMatching(/is laxer than .*, or leave it out\.$/),
    })
  })

  test('with all that is wrong, each in its place', () => {
    const changes = byNetwork(stricter('C01', { severity: 'NOTE', lookBackMonths: 1 }), stricter('C99', {}), {
      ...ownRule,
      id: 'T01',
    })
    expect(errorsOf(changes).map(({ path }) => path)).toEqual([
      'changes[0].severity',
      'changes[0].lookBackMonths',
      'changes[1].rule',
      'changes[2].id',
    ])
  })

  test.each([
    ['nothing', null, ''],
    ['nobody says whose it is', { changes: [] }, 'by'],
    ['more than a file of changes', { by: 'network', changes: [], policy: 1 }, ''],
    ['a change of no kind', { by: 'network', changes: [{ rule: 'C01' }] }, 'changes[0].kind'],
  ])('where the file is no file of changes: %s', (_, file, path) => {
    expect(errorsOf(file).map((one) => one.path)).toEqual([path])
  })

  test('where two change one rule on the same days, and not where the days are apart', () => {
    const first = stricter('C01', { to: '2026-06-30', lookBackMonths: 24 })
    expect(errorsOf(byNetwork(first, stricter('C01', { from: '2026-06-30', lookBackMonths: 36 })))).toEqual([
      { path: 'changes[1].from', message: expect.stringContaining('changes[0] changes C01 on some of the same days') },
    ])
    const apart = rulesOf(byNetwork(first, stricter('C01', { from: '2026-07-01', lookBackMonths: 36 })))
    expect(rowsOf('C01', apart).map(({ lookBackMonths }) => lookBackMonths)).toEqual([12, 24, 36])
  })

  test('where a rule of its own is in force twice, or not at all for a time', () => {
    const early = { ...ownRule, to: '2026-06-30' }
    const next = (on: string) => byNetwork(early, { ...ownRule, from: on })
    expect(errorsOf(next('2026-06-30'))).toMatchObject(
      [{ path: 'changes[1].from', message: /twice from 2026-06-30/ }].map(({ path }) => ({ path })),
    )
    expect(errorsOf(next('2026-07-02'))).toEqual([
      { path: 'changes[1].from', message: expect.stringContaining('start on 2026-07-01') },
    ])
    expect(rowsOf('N01', rulesOf(next('2026-07-01')))).toHaveLength(2)
  })

  test('where a rule of its own has the id of one that is there already', () => {
    expect(errorsOf(byNetwork(ownRule), rulesOf(byNetwork(ownRule)))).toMatchObject([{ path: 'changes[0].id' }])
  })
})

describe('the rows of a rule', () => {
  const until = (to: string) => aRule({ to: day(to) })
  const since = (on: string) => aRule({ from: day(on) })

  test('of the platform have neither gaps nor overlaps', () => {
    expect(checkDates(rules)).toEqual([])
  })

  test.each([
    ['follow one another to the day', '2026-07-01', []],
    ['are never two at once', '2026-06-30', ['rules[1].from']],
    ['leave no day out', '2026-07-02', ['rules[1].from']],
  ])('%s', (_, on, paths) => {
    expect(checkDates([until('2026-06-30'), since(on)]).map(({ path }) => path)).toEqual(paths)
    expect(checkDates([since(on), until('2026-06-30')]).map(({ path }) => path)).toEqual(
      paths.map(() => 'rules[0].from'),
    )
  })

  test('do not end before they start, nor go on beside another', () => {
    expect(checkDates([until('2023-12-31')]).map(({ path }) => path)).toEqual(['rules[0].to'])
    expect(checkDates([since('2024-01-01'), since('2025-01-01')]).map(({ path }) => path)).toEqual(['rules[1].from'])
  })

  test('that stand for different questions of one rule may be in force at once', () => {
    expect(checkDates([aRule(), aRule({ condition: { kind: 'shared-site' } }), aRule({ id: 'C02' })])).toEqual([])
  })

  test('refuse every change where the rules themselves are broken', () => {
    expect(errorsOf(byNetwork(), [aRule(), aRule()])).toMatchObject([{ path: 'rules[1].from' }])
  })
})

// What may be drawn for each condition's parameters, both ways: half of it is refused, and what is not is stricter.
const drawn: { readonly [K in ConditionKind]?: Arbitrary<object> } = {
  'post-at-trust': fc.record({ confirmedWithin: fc.constantFrom(6, 12, 24) }),
  'left-trust': fc.record({ afterMonths: fc.constantFrom(6, 12, 24), older: fc.constantFrom(...severities) }),
  'shared-team': fc.record({
    teams: fc.subarray(['team', 'mdt', 'rota', 'transport-service', 'forum'], { minLength: 3 }),
  }),
  neighbour: fc.record({ centres: fc.constantFrom(2, 3, 5), fewCentres: fc.constantFrom(...severities) }),
  'training-tie': fc.record({
    pupil: fc.subarray(['trainee-of', 'phd-student-of', 'co-trainee', 'trainer-of']),
    otherwise: fc.constantFrom(...severities),
  }),
  'below-first-doctor': fc.record({
    equals: fc.subarray(['specialist', 'associate-specialist', 'professor', 'resident']),
  }),
  'close-to-family': fc.record({
    kinds: fc.subarray(
      [
        'partner',
        'former-partner',
        'relative',
        'close-friend',
        'close',
        'god-parent',
        'neighbour',
        'faith-leader',
        'carer',
        'acquaintance',
      ],
      { minLength: 8 },
    ),
  }),
  'shared-business': fc.record({ sharePercent: fc.constantFrom(5, 10, 20) }),
  'stake-in-maker': fc.record({
    sharePercent: fc.constantFrom(5, 10, 20),
    notContested: fc.constantFrom(...severities),
  }),
  advocacy: fc.record({ notSole: fc.constantFrom(...severities) }),
  'joint-work': fc.record({
    outputs: fc.constantFrom(2, 5, 9),
    consortium: fc.constantFrom(3, 30, 40),
    older: fc.constantFrom(...severities),
  }),
  'joint-committee': fc.record({
    committees: fc.subarray(['guideline', 'college-committee', 'fellowship'], { minLength: 1 }),
  }),
  reciprocity: fc.record({ exchanges: fc.constantFrom(2, 3, 4) }),
  'closed-circle': fc.record({ share: fc.constantFrom(10, 30, 90), atLeast: fc.constantFrom(2, 5, 7) }),
  'industry-payment': fc.record({
    pounds: fc.constantFrom(100, 1000, 1500),
    withinMonths: fc.constantFrom(6, 12, 48),
    lesser: fc.constantFrom(...severities),
  }),
  registration: fc.record({ warning: fc.constantFrom(...severities) }),
}

const some = <T extends object>(fields: Arbitrary<T>, most: number) =>
  fc
    .tuple(fields, fc.shuffledSubarray([...Array(8).keys()], { minLength: most, maxLength: most }))
    .map(([all, which]) =>
      Object.fromEntries(Object.entries(all).filter((_, at, list) => which.some((one) => one % list.length === at))),
    )

const changeOf = (row: RuleRow): Arbitrary<object> =>
  some(
    fc.record({
      lookBackMonths: fc.constantFrom(3, 6, 12, 18, 24, 36, 60, 120, 180),
      severity: fc.constantFrom(...severities),
      settledBy: fc.constantFrom(...stages),
      downgrade: fc.constant(null),
      parameters: some(drawn[row.condition.kind] ?? fc.constant({}), 1),
    }),
    2,
  ).map((change) => ({
    kind: 'stricter',
    rule: row.id,
    stage: row.settledBy,
    from: row.from,
    to: 'ongoing',
    ...change,
  }))
// Half of what is drawn is laxer in something: that is refused, and what is left must be stricter.
const changes = fc
  .constantFrom(...rules)
  .chain(changeOf)
  .filter((change) => tighten(rules, byNetwork(change)).kind === 'tightened')
const mildFirst: readonly VerdictKind[] = ['clear', 'note', 'manage', 'undetermined', 'barred']

describe('under rules made stricter', () => {
  const judgedBoth = (change: object) => ({
    before: judging(rules),
    after: judging(rulesOf(byNetwork(change))),
  })
  const several = <T>(one: Arbitrary<T>) => fc.array(one, { minLength: 8, maxLength: 8 })

  test('no verdict of what is known is milder, whatever the change', () => {
    let heavier = 0
    fc.assert(
      fc.property(changes, several(knownPairs), fc.constantFrom(...stages), (change, all, stage) => {
        const { before, after } = judgedBoth(change)
        for (const pair of all) {
          const [was, is] = [before(pair, stage).verdict, after(pair, stage).verdict].map((one) =>
            mildFirst.indexOf(one),
          )
          expect(is).toBeGreaterThanOrEqual(was ?? 0)
          if (is !== was) heavier += 1
        }
      }),
      runs(200),
    )
    expect(heavier).toBeGreaterThan(0)
  })

  test('what nobody knows may be settled by a wider rule, and never becomes clear', () => {
    fc.assert(
      fc.property(changes, several(pairs), fc.constantFrom(...stages), (change, all, stage) => {
        const { before, after } = judgedBoth(change)
        for (const pair of all) {
          const [was, is] = [before(pair, stage).verdict, after(pair, stage).verdict]
          if (was === 'undetermined') expect(is).not.toBe('clear')
          else expect(mildFirst.indexOf(is)).toBeGreaterThanOrEqual(mildFirst.indexOf(was))
        }
      }),
      runs(100),
    )
  })

  test('each day has one row of each question, as before', () => {
    fc.assert(
      fc.property(
        changes,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 900 }),
        (change, start, length) => {
          const first = addDays(day('2024-04-01'), start)
          const dated = { ...change, from: first, to: length > 600 ? 'ongoing' : addDays(first, length) }
          const tightened = tighten(rules, byNetwork(dated))
          if (tightened.kind === 'refused') return
          for (const on of [today, first, addDays(first, -1), addDays(first, length), addDays(first, length + 1)]) {
            const there = (list: readonly RuleRow[]) =>
              list.filter((row) => row.from <= on && row.to >= on).map(({ id, condition }) => `${id} ${condition.kind}`)
            expect(there(tightened.rules)).toEqual(there(rules))
          }
        },
      ),
      runs(100),
    )
  })
})

describe('a longer time for a tie', () => {
  test('reaches whom the rule had let go', () => {
    const all = rulesOf(byNetwork(stricter('C10', { lookBackMonths: 180 })))
    const tie = { with: 'T1', kind: 'trainee-of', ...always, to: day('2015-01-01') } as const
    const pair = aPair({ candidate: { trainingTies: [tie] } })
    expect(judging(rules)(pair).verdict).toBe('clear')
    expect(judging(all)(pair).verdict).toBe('barred')
  })
})
