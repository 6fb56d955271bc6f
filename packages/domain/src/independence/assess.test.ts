import { aPost, assessing, day, gmc, inventedOrganisations, org } from '@concord/testkit/facts'
import { aBroker, aPair, judging } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RuleRow } from './rule.ts'
import type { Stage } from './verdict.ts'

const stages: readonly Stage[] = ['offer', 'acceptance', 'opening', 'report']
const unasked = { indemnity: null } as const
const asking = (over: Partial<RuleRow> = {}) => aRule({ id: 'C39', condition: { kind: 'indemnity' }, ...over })
const firing = (over: Partial<RuleRow> = {}) => aRule({ id: 'C43', condition: { kind: 'unwelcome' }, ...over })
const unwelcome = { unwelcome: [gmc(1)] }

describe('a rule to be settled by a stage', () => {
  const pairs = stages.flatMap((settledBy) => stages.map((stage) => ({ settledBy, stage })))
  const isBefore = ({ settledBy, stage }: (typeof pairs)[number]) => stages.indexOf(stage) < stages.indexOf(settledBy)

  test.each(pairs.filter(isBefore))(
    '($settledBy) that nobody can answer is to ask at $stage, and no hindrance',
    ({ settledBy, stage }) => {
      expect(assessing([asking({ settledBy })])({ stage, candidate: unasked })).toMatchObject({
        verdict: 'clear',
        stage,
        findings: [],
        toAsk: [{ rule: 'C39', fact: 'the indemnity', by: settledBy }],
      })
    },
  )

  test.each(pairs.filter((pair) => !isBefore(pair)))(
    '($settledBy) that nobody can answer is undetermined at $stage, and names the fact that would settle it',
    ({ settledBy, stage }) => {
      const { verdict, findings, toAsk } = assessing([asking({ settledBy })])({ stage, candidate: unasked })
      expect({ verdict, toAsk }).toEqual({ verdict: 'undetermined', toAsk: [] })
      expect(findings).toMatchObject([
        {
          rule: 'C39',
          severity: 'UNKNOWN',
          confidence: 'unknown',
          sentence: 'It is not yet known: the indemnity (register entry).',
          familySentence:
            'Something about this clinician could not be checked yet. We do not go ahead with them until it is.',
        },
      ])
    },
  )

  test.each(pairs)('($settledBy) that holds already fires at $stage, early or not', ({ settledBy, stage }) => {
    expect(assessing([firing({ settledBy })])({ stage, request: unwelcome }).verdict).toBe('barred')
  })
})

describe('a verdict', () => {
  const rows = {
    BAR: firing({ severity: 'BAR' }),
    UNKNOWN: asking(),
    MANAGE: firing({ severity: 'MANAGE' }),
    NOTE: firing({ severity: 'NOTE' }),
  }
  const heaviestFirst = [
    ['BAR', 'barred'],
    ['UNKNOWN', 'undetermined'],
    ['MANAGE', 'manage'],
    ['NOTE', 'note'],
  ] as const

  test('is that of the heaviest finding: barred, undetermined, manage, note, and clear without any', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(heaviestFirst.map(([weight]) => weight)), (weights) => {
        const { verdict } = assessing(weights.map((weight) => rows[weight]))({ candidate: unasked, request: unwelcome })
        expect(verdict).toBe(heaviestFirst.find(([weight]) => weights.includes(weight))?.[1] ?? 'clear')
      }),
    )
  })

  test('and all that it rests on are the same in whatever order rules and posts come', () => {
    const rules = [
      ...Object.values(rows),
      asking({ settledBy: 'opening' }),
      aRule({ condition: { kind: 'shared-site' } }),
      aRule(),
    ]
    const posts = [
      aPost(),
      aPost({ org: org('XA1'), site: null }),
      aPost({ site: org('XA101') }),
      aPost({ org: org('XA0') }),
    ]
    const judged = (turnedRules: readonly RuleRow[], turnedPosts: typeof posts) =>
      JSON.stringify(assessing(turnedRules)({ candidate: { ...unasked, posts: turnedPosts }, request: unwelcome }))
    const all = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length })
    fc.assert(
      fc.property(all(rules), all(posts), (turnedRules, turnedPosts) => {
        expect(judged(turnedRules, turnedPosts)).toBe(judged(rules, posts))
      }),
    )
  })
})

describe('a finding', () => {
  test('is said once, however often the facts say it', () => {
    const there = aPost({ org: org('XA1'), site: 'none' })
    expect(assessing([aRule()])({ candidate: { posts: [there, there] } }).findings).toHaveLength(1)
  })

  test('has the fact and the look-back in its sentences, as they are written', () => {
    const organisations = { ...inventedOrganisations, name: () => 'St $& and {months}’s' }
    const rule = aRule({
      lookBackMonths: 12,
      sentence: '{months} months, {fact}.',
      familySentence: 'In {months} months.',
    })
    const { findings } = assessing([rule])({
      organisations,
      candidate: { posts: [aPost({ org: org('XA1'), site: 'none' })] },
    })
    expect(findings).toMatchObject([
      {
        rule: 'C01',
        severity: 'BAR',
        sentence: '12 months, a substantive post at St $& and {months}’s.',
        familySentence: 'In 12 months.',
        confidence: 'declared',
        evidence: { whose: gmc(1), from: day('2015-01-01'), to: 'ongoing', source: 'register entry' },
      },
    ])
  })
})

describe('what must be signed at its own stage', () => {
  const signed = aRule({ id: 'C35', settledBy: 'acceptance', condition: { kind: 'case-declaration' } })
  const unsigned = aPair({ candidate: { caseDeclaration: 'unsigned' } })

  test('is to ask before it, and held against who did not sign from it on', () => {
    expect(judging([signed])(unsigned, 'offer')).toMatchObject({
      verdict: 'clear',
      findings: [],
      toAsk: [{ rule: 'C35', fact: 'a declaration signed for this case', by: 'acceptance' }],
    })
    for (const stage of ['acceptance', 'opening'] as const)
      expect(judging([signed])(unsigned, stage)).toMatchObject({ verdict: 'barred', toAsk: [] })
  })
})

describe('what is still to ask', () => {
  test('is said once, in order of the rules and their stages', () => {
    const rules = [
      asking({ id: 'C40', settledBy: 'opening' }),
      asking({ id: 'C39', settledBy: 'report' }),
      asking({ id: 'C39', settledBy: 'acceptance' }),
      asking({ id: 'C39', settledBy: 'acceptance' }),
    ]
    const { toAsk } = assessing(rules)({ stage: 'offer', candidate: unasked })
    expect(toAsk.map(({ rule, by }) => `${rule} ${by}`)).toEqual(['C39 acceptance', 'C39 report', 'C40 opening'])
  })

  test('is not said beside a bar of the same rule, unless it is of somebody else', () => {
    const rule = aRule({ id: 'C05', condition: { kind: 'advised-before' } })
    const request = { lettersNaming: null, requester: { treatedChild: 'yes' } } as const
    expect(judging([rule])(aPair({ request })).findings.map(({ severity }) => severity)).toEqual(['BAR'])

    const acting = aRule({ id: 'C32', condition: { kind: 'acting-person', kinds: [], trainingMonths: 120 } })
    const staff = [
      aBroker({ treatedThisChild: 'yes' }),
      aBroker({ person: 'approver', role: 'approver', treatedThisChild: null }),
    ]
    const { findings } = judging([acting])(aPair({ request: { staff } }))
    expect(findings.map(({ severity, appliesTo }) => `${severity} of ${appliesTo}`)).toEqual([
      'BAR of broker',
      'UNKNOWN of approver',
    ])
  })
})

describe('having discussed the case before', () => {
  const strict = aRule({ id: 'C06', settledBy: 'acceptance', condition: { kind: 'discussed-before' } })

  test('is still to ask where the rule has no milder reading', () => {
    expect(assessing([strict])()).toMatchObject({ verdict: 'clear', toAsk: [{ rule: 'C06', by: 'acceptance' }] })
  })
})
