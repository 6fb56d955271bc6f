import type { Answer, Facts } from './answer.ts'
import { judge } from './judge.ts'
import type { RuleRow } from './rule.ts'
import type { Assessment, Evidence, Finding, Stage, ToAsk, VerdictKind } from './verdict.ts'

export type ToAssess = Facts & {
  /** The rows in force on the day. */
  readonly rules: readonly RuleRow[]
  readonly policyVersion: string
  readonly stage: Stage
}

/** Weighs one candidate for one request by every rule. What is unknown is still to ask before its stage, and never a pass from it on. */
export const assess = ({ rules, policyVersion, stage, ...facts }: ToAssess): Assessment => {
  const judged = rules.flatMap((rule) => judge(rule, facts).map((answer) => ({ rule, answer })))
  const isDue = ({ settledBy }: RuleRow) => stages.indexOf(settledBy) <= stages.indexOf(stage)
  const findings = judged.flatMap(({ rule, answer }) =>
    answer.kind === 'yes' || isDue(rule) ? [findingOf(rule, answer)] : [],
  )
  const toAsk = judged.flatMap(({ rule, answer }): readonly ToAsk[] =>
    answer.kind === 'unknown' && !isDue(rule)
      ? [{ rule: rule.id, fact: answer.evidence.fact, by: rule.settledBy }]
      : [],
  )
  return { verdict: verdictOf(findings), stage, policyVersion, findings: inOrder(findings), toAsk: inOrder(toAsk) }
}

/** The heaviest finding decides: barred, undetermined, manage, note, clear. */
const verdictOf = (findings: readonly Pick<Finding, 'severity'>[]): VerdictKind =>
  weights.find(([severity]) => findings.some((finding) => finding.severity === severity))?.[1] ?? 'clear'

const stages: readonly Stage[] = ['offer', 'acceptance', 'opening', 'report']

const weights = [
  ['BAR', 'barred'],
  ['UNKNOWN', 'undetermined'],
  ['MANAGE', 'manage'],
  ['NOTE', 'note'],
] as const satisfies readonly (readonly [Finding['severity'], VerdictKind])[]

const findingOf = (rule: RuleRow, answer: Answer): Finding => {
  const { evidence } = answer
  if (answer.kind === 'unknown')
    return { rule: rule.id, severity: 'UNKNOWN', confidence: 'unknown', evidence, ...unknownWords(evidence) }
  const words = (template: string) =>
    template.replaceAll('{months}', String(rule.lookBackMonths)).replaceAll('{fact}', () => evidence.fact)
  return {
    rule: rule.id,
    severity: answer.severity ?? rule.severity,
    confidence: answer.confidence,
    evidence,
    sentence: words(rule.sentence),
    familySentence: words(rule.familySentence),
  }
}

const unknownWords = ({ fact, source }: Evidence) => ({
  sentence: `It is not yet known: ${fact} (${source}).`,
  familySentence: 'Something about this clinician could not be checked yet. We do not go ahead with them until it is.',
})

// Sorted by what they say and said once, so that neither the order of the rules nor of the facts shows.
const inOrder = <T extends Finding | ToAsk>(list: readonly T[]): readonly T[] => {
  const bySaying = new Map(list.map((one) => [saying(one), one]))
  return [...bySaying].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

const saying = (one: Finding | ToAsk): string => {
  if ('by' in one) return `${one.rule} ${stages.indexOf(one.by)} ${one.fact}`
  const { fact, whose, from, to, source } = one.evidence
  const weight = weights.findIndex(([severity]) => severity === one.severity)
  return JSON.stringify([one.rule, weight, fact, whose, from, to, source, one.confidence, one.sentence])
}
