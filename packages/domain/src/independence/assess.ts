import { type Answer, evidenceOf } from './answer.ts'
import { judge } from './judge.ts'
import type { Pair } from './pair.ts'
import type { RuleRow } from './rule.ts'
import {
  type Assessment,
  type Evidence,
  type Finding,
  isDueAt,
  type Stage,
  stages,
  type ToAsk,
  type VerdictKind,
} from './verdict.ts'

export type ToAssess = {
  readonly pair: Pair
  /** The rows in force on the day. */
  readonly rules: readonly RuleRow[]
  readonly policyVersion: string
  readonly stage: Stage
}

/** Weighs one candidate for one request by every rule. What is unknown is still to ask before its stage, and never a pass from it on. */
export const assess = ({ rules, policyVersion, stage, pair }: ToAssess): Assessment => {
  const findings: Finding[] = []
  const toAsk: ToAsk[] = []
  for (const rule of rules) {
    for (const answer of telling(judge(rule, pair, rules), rule, stage)) {
      if (answer.kind === 'yes' || isDueAt(rule.settledBy, stage)) findings.push(findingOf(rule, answer, pair))
      else toAsk.push({ rule: rule.id, fact: answer.about().fact, by: rule.settledBy })
    }
  }
  return { verdict: verdictOf(findings), stage, policyVersion, findings: inOrder(findings), toAsk: inOrder(toAsk) }
}

/**
 * Of a rule's answers those that tell something: where it bars already, what else it would like to know changes nothing;
 * and what must be signed at its own stage is not held against anybody before.
 */
export const telling = (answers: readonly Answer[], rule: RuleRow, stage: Stage): readonly Answer[] => {
  if (answers.length === 0) return answers
  if (rule.condition.kind === 'case-declaration' && !isDueAt(rule.settledBy, stage))
    return answers.map((answer) => ({ ...answer, kind: 'unknown' }))
  const isBarred = answers.some((answer) => answer.kind === 'yes' && (answer.severity ?? rule.severity) === 'BAR')
  return isBarred ? answers.filter(({ kind, appliesTo }) => kind === 'yes' || appliesTo !== null) : answers
}

/** The heaviest finding decides: barred, undetermined, manage, note, clear. */
export const verdictOf = (findings: readonly Pick<Finding, 'severity'>[]): VerdictKind =>
  weights.find(([severity]) => findings.some((finding) => finding.severity === severity))?.[1] ?? 'clear'

const weights = [
  ['BAR', 'barred'],
  ['UNKNOWN', 'undetermined'],
  ['MANAGE', 'manage'],
  ['NOTE', 'note'],
] as const satisfies readonly (readonly [Finding['severity'], VerdictKind])[]

/** Puts an answer into words: the rule's own, filled with the fact. */
export const findingOf = (rule: RuleRow, answer: Answer, { asOf, candidate }: Pair): Finding => {
  const evidence = evidenceOf(answer.about(), asOf)
  const about = { rule: rule.id, stage: rule.settledBy, appliesTo: answer.appliesTo ?? candidate.person, evidence }
  if (answer.kind === 'unknown')
    return { ...about, severity: 'UNKNOWN', confidence: 'unknown', ...unknownWords(evidence) }
  const words = (template: string) =>
    template.replaceAll('{months}', String(rule.lookBackMonths)).replaceAll('{fact}', () => evidence.fact)
  return {
    ...about,
    severity: answer.severity ?? rule.severity,
    confidence: answer.confidence,
    sentence: words(rule.sentence),
    familySentence: words(rule.familySentence),
  }
}

const unknownWords = ({ fact, source }: Evidence) => ({
  sentence: `It is not yet known: ${fact} (${source}).`,
  familySentence: 'Something about this clinician could not be checked yet. We do not go ahead with them until it is.',
})

// Sorted by what they say and said once, so that neither the order of the rules nor of the facts shows.
const inOrder = <T extends Finding | ToAsk>(list: readonly T[]): readonly T[] =>
  list
    .map((one) => ({ one, words: saying(one) }))
    .sort((a, b) => compared(a.words, b.words))
    .flatMap(({ one, words }, at, all) => {
      const before = all[at - 1]
      return before && compared(before.words, words) === 0 ? [] : one
    })

const saying = (one: Finding | ToAsk): readonly (string | number | null)[] => {
  if ('by' in one) return [one.rule, stages.indexOf(one.by), one.fact]
  const { fact, whose, from, to, source, asOf } = one.evidence
  const weight = weights.findIndex(([severity]) => severity === one.severity)
  const { rule, stage, appliesTo, confidence, sentence } = one
  return [rule, weight, stages.indexOf(stage), appliesTo, fact, whose, from, to, source, asOf, confidence, sentence]
}

const compared = (a: ReturnType<typeof saying>, b: ReturnType<typeof saying>): number => {
  for (let at = 0; at < a.length; at += 1) {
    const [one, other] = [a[at] ?? '', b[at] ?? '']
    if (one !== other) return one < other ? -1 : 1
  }
  return 0
}
