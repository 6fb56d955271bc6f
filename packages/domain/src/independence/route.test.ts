import { today } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import type { Exhaustion } from './pair.ts'
import { routeFor } from './route.ts'
import type { Finding } from './verdict.ts'

const found = (rule: string, severity: Finding['severity'] = 'BAR'): Finding => ({
  rule,
  severity,
  stage: 'offer',
  confidence: 'declared',
  appliesTo: 'candidate',
  evidence: { fact: 'an invented fact', whose: 'candidate', from: null, to: null, source: 'invented', asOf: today },
  sentence: 'Invented.',
  familySentence: 'Invented.',
})
const lead = { name: 'Dr Lead', role: 'network-clinical-lead' }
const director = { name: 'Dr Director', role: 'requesting-medical-director' }
const proof: Exhaustion = {
  result: 'none-other',
  on: today,
  hasSecondOpinion: true,
  hasOverseasOpinion: null,
  hasEthicsNote: true,
  approvedBy: [lead, director],
}
const route = (findings: readonly Finding[], over: Partial<Exhaustion> = {}) =>
  routeFor({ verdict: 'barred', findings }, { ...proof, ...over }, ['C05', 'C12'])

describe('the route past a bar', () => {
  test.each([
    ['a mendable bar', [found('C01')], 'open'],
    ['two of them', [found('C01'), found('C02')], 'open'],
    ['one beside what is only shown, or managed', [found('C01'), found('C05', 'NOTE'), found('C12', 'MANAGE')], 'open'],
    ['one beside what no approval mends', [found('C01'), found('C05')], 'closed'],
    ['what no approval mends, named first', [found('C12'), found('C01')], 'closed'],
    ['one beside what is not known', [found('C01'), found('C02', 'UNKNOWN')], 'closed'],
  ] as const)('with %s is as open as its heaviest part: %s', (_, findings, expected) => {
    expect(route(findings)).toBe(expected)
  })

  test.each([
    ['both', [lead, director], 'open'],
    ['both, the other way round', [director, lead], 'open'],
    ['both, beside others', [{ name: 'Dr Ethics', role: 'ethics' }, lead, director], 'open'],
    [
      'both, where one signed as both and another beside them',
      [lead, { ...lead, role: director.role }, director],
      'open',
    ],
    ['the lead alone', [lead], 'closed'],
    ['the director alone', [director], 'closed'],
    ['the lead, and somebody of another part', [lead, { ...director, role: 'eso-lead' }], 'closed'],
    ['the lead, and somebody of a part that nobody knows', [lead, { ...director, role: null }], 'closed'],
    ['one person as both', [lead, { ...lead, role: director.role }], 'closed'],
    ['a lead whom nobody knows', [{ ...lead, name: null }, director], 'closed'],
    ['a director whom nobody knows', [lead, { ...director, name: null }], 'closed'],
    ['two whom nobody knows, who may be one', [lead, director].map((one) => ({ ...one, name: null })), 'closed'],
    ['nobody', [], 'closed'],
  ] as const)('needs two named people of both parts: signed by %s it is %s', (_, approvedBy, expected) => {
    expect(route([found('C01')], { approvedBy: [...approvedBy] })).toBe(expected)
  })

  test.each([
    ['no second opinion, and nobody knows of another', { hasSecondOpinion: false }],
    ['a second opinion that nobody knows of', { hasSecondOpinion: null }],
    ['an ethics note that nobody knows of', { hasEthicsNote: null }],
    ['a search whose result nobody knows', { result: null }],
  ] as const)('is closed with %s', (_, over) => {
    expect(route([found('C01')], over)).toBe('closed')
  })

  test.each(['clear', 'note', 'manage'] as const)('is not in question where the verdict is %s', (verdict) => {
    expect(routeFor({ verdict, findings: [] }, proof, [])).toBe('none')
  })

  test('is closed where the verdict is undetermined', () => {
    expect(routeFor({ verdict: 'undetermined', findings: [found('C01', 'UNKNOWN')] }, proof, [])).toBe('closed')
  })
})
