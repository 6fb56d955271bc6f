import { day, org, today } from '@concord/testkit/facts'
import { always, aPair, judging } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import type { Associate } from '../pair.ts'

const interests = [
  aRule({ id: 'C14', condition: { kind: 'shared-business', sharePercent: 10 } }),
  aRule({ id: 'C15', condition: { kind: 'stake-in-maker', sharePercent: 10, notContested: 'MANAGE' } }),
  aRule({ id: 'C16', condition: { kind: 'patent', notSole: 'NOTE' } }),
  aRule({ id: 'C17', severity: 'MANAGE', condition: { kind: 'leads-trial' } }),
  aRule({ id: 'C28', severity: 'MANAGE', lookBackMonths: 6, condition: { kind: 'recruitment' } }),
  aRule({ id: 'C29', severity: 'NOTE', condition: { kind: 'outside-role' } }),
  aRule({
    id: 'C30',
    severity: 'MANAGE',
    lookBackMonths: 36,
    condition: { kind: 'industry-payment', pounds: 1000, withinMonths: 12, lesser: 'NOTE' },
  }),
]
const close = aRule({
  id: 'C31',
  severity: 'MANAGE',
  condition: { kind: 'associate-interest', rules: interests.map(({ id }) => id) },
})
const anAssociate = (over: Partial<Associate>): Associate => ({
  isClose: true,
  business: [],
  patents: [],
  trialRoles: [],
  payments: [],
  outsideRoles: [],
  recruitment: [],
  ...over,
})
const judged = judging([close, ...interests])
const says = (over: Partial<Associate>) =>
  judged(aPair({ candidate: { associates: [anAssociate(over)] } })).findings.map(
    ({ rule, severity, evidence: { fact, whose, source } }) => `${rule} ${severity}: ${fact} (${whose}, ${source})`,
  )
const of = (severity: string, fact: string) => [
  `C31 ${severity}: a close associate: ${fact} (candidate, case declaration)`,
]

const stake = { company: 'CO1', kind: 'company', role: 'stake', sharePercent: 10, ...always } as const

describe('the interest of a close associate weighs a level less than one’s own', () => {
  test.each([
    ['a large share', { business: [stake] }, of('MANAGE', 'a share in CO1, which makes an option')],
    [
      'a small one',
      { business: [{ ...stake, sharePercent: 1 }] },
      of('MANAGE', 'a share in CO1, which makes an option'),
    ],
    ['a patent', { patents: [{ product: 'P1', isInventor: true, ...always }] }, of('MANAGE', 'a patent on P1')],
    ['a trial', { trialRoles: [{ trial: 'TR1', leads: true, ...always }] }, of('NOTE', 'leads TR1')],
    [
      'an application',
      { recruitment: [{ org: org('XA1'), with: null, on: day('2025-12-15') }] },
      of('NOTE', 'an application or a recruitment'),
    ],
    ['one longer ago', { recruitment: [{ org: org('XA1'), with: null, on: day('2025-12-14') }] }, []],
    [
      'what is a note, which is nothing then',
      { outsideRoles: [{ linkedTrust: org('XA1'), fundsThisFamily: false, ...always }] },
      [],
    ],
    [
      'much money',
      { payments: [{ company: 'CO1', pounds: 1000, on: today }] },
      of('NOTE', 'GBP 1000 from CO1 in 12 months'),
    ],
    ['a little, which is nothing then', { payments: [{ company: 'CO1', pounds: 1, on: today }] }, []],
    [
      'a share of a size nobody knows',
      { business: [{ ...stake, sharePercent: null }] },
      of('UNKNOWN', 'a share in CO1, which makes an option'),
    ],
    [
      'of one who may not be close',
      { isClose: null, business: [stake] },
      of('UNKNOWN', 'a share in CO1, which makes an option'),
    ],
    ['of one who is not close', { isClose: false, business: [stake] }, []],
    ['patents that nobody asked about', { patents: null }, of('UNKNOWN', 'the patents held')],
    ['nothing', {}, []],
  ] as const)('%s', (_, over, expected) => {
    expect(says(over)).toEqual(expected)
  })

  test('and is asked for where nobody did', () => {
    const { findings } = judged(aPair({ candidate: { associates: null } }))
    expect(findings.map(({ rule, severity, evidence }) => `${rule} ${severity}: ${evidence.fact}`)).toEqual([
      'C31 UNKNOWN: the interests of close associates',
    ])
  })

  test('by the rules in force that the row names, and no others', () => {
    const some = judging([{ ...close, condition: { kind: 'associate-interest', rules: ['C16'] } }, ...interests])
    const candidate = { associates: [anAssociate({ business: [stake] })] }
    expect(some(aPair({ candidate })).findings).toEqual([])
    expect(judging([close])(aPair({ candidate })).findings).toEqual([])
  })

  test('and is a mistake of the policy, where a rule is none an associate could have', () => {
    const rules = [
      { ...close, condition: { kind: 'associate-interest', rules: ['C42'] } as const },
      aRule({ id: 'C42', condition: { kind: 'full' } }),
    ]
    expect(() => judging(rules)(aPair({ candidate: { associates: [anAssociate({})] } }))).toThrow('cannot have full')
  })
})
