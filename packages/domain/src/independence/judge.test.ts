import { always, aPair, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import type { Statement } from './pair.ts'
import type { RuleRow } from './rule.ts'

const tiesAsked = { kind: 'management-tie' } as const
const says = (over: Partial<RuleRow>, pair: PairOver = {}) =>
  judging([aRule({ id: 'C07', condition: tiesAsked, sentence: 'Manages a treating consultant.', ...over })])(
    aPair(pair),
  ).findings.map(
    ({ severity, confidence, evidence: { fact, whose, source } }) =>
      `${severity} (${confidence}): ${fact} (${whose}, ${source})`,
  )
const said = (...statements: readonly Statement[]): PairOver => ({
  candidate: { said: { C07: statements }, managementTies: null },
})
const answered = (answer: Statement['answer'], about: Statement['about'] = null) => said({ answer, about })
const asked = 'whether the clinician manages a treating consultant (candidate, case declaration)'

describe('the clinician’s own word on a rule', () => {
  test('settles with a no what they were asked, and leaves standing what the facts show and what others have not said', () => {
    const tie = { with: 'T1', kind: 'manages', ...always } as const
    expect(says({}, answered('no'))).toEqual([])
    expect(says({}, { candidate: { said: { C07: [{ answer: 'no', about: null }] }, managementTies: [tie] } })).toEqual([
      'BAR (declared): manages T1 (candidate, case declaration)',
    ])
    const treating = aPair().request.treating.map((one) => ({ ...one, managementTies: null }))
    expect(says({}, { ...answered('no'), request: { treating } })).toEqual([
      'UNKNOWN (unknown): whether one of the clinician and T1 directs, employs, appraises or answers for the other (T1, their own statement)',
    ])
  })

  test.each([
    ['yes', `BAR (declared): ${asked}`],
    ['yes-lighter', `MANAGE (declared): ${asked}`],
    ['unsure', `UNKNOWN (unknown): ${asked}`],
    ['unasked', `UNKNOWN (unknown): ${asked}`],
  ] as const)('weighs as it is: %s', (answer, finding) => {
    expect(says({}, answered(answer))).toEqual([finding])
  })

  test.each([
    ['BAR', 'MANAGE'],
    ['MANAGE', 'NOTE'],
    ['NOTE', 'NOTE'],
  ] as const)('in its lighter form is a level less than %s: %s', (severity, lighter) => {
    expect(says({ severity }, answered('yes-lighter'))).toEqual([`${lighter} (declared): ${asked}`])
  })

  test('is about each person it was asked of', () => {
    const word = said({ answer: 'yes', about: 'T1' }, { answer: 'no', about: 'T2' }, { answer: 'unasked', about: 'T3' })
    expect(says({}, word)).toEqual([
      'BAR (declared): whether the clinician manages a treating consultant: T1 (candidate, case declaration)',
    ])
    expect(says({ severity: 'NOTE' }, word)).toEqual([
      'UNKNOWN (unknown): whether the clinician manages a treating consultant: T3 (candidate, case declaration)',
      'NOTE (declared): whether the clinician manages a treating consultant: T1 (candidate, case declaration)',
    ])
  })

  test('is on its own rule, and on no other', () => {
    expect(says({ id: 'C08' }, answered('yes'))).toEqual([
      'UNKNOWN (unknown): whether one of the clinician and T1 directs, employs, appraises or answers for the other (candidate, case declaration)',
    ])
  })

  test('is not what is asked once more when the names are shown', () => {
    const condition = { kind: 'said-at-opening', question: 'C12' } as const
    expect(says({ condition }, answered('yes'))).toEqual([])
  })

  test.each([
    ['Wrote together with a consultant: {fact}.', 'wrote together with a consultant'],
    ['Wrote {fact} together with a consultant.', 'wrote together with a consultant'],
    ['Wrote within {months} months, and again within {months}.', 'wrote within 12 months, and again within 12'],
    ['Wrote e.g. a paper', 'wrote e.g. a paper'],
  ])('is asked for in the words of the rule: %s', (sentence, words) => {
    expect(says({ sentence }, answered('unsure'))).toEqual([
      `UNKNOWN (unknown): whether the clinician ${words} (candidate, case declaration)`,
    ])
  })
})
