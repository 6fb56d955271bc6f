import type { NonEmpty } from '../result.ts'

export const stages = ['offer', 'acceptance', 'opening', 'report'] as const
export type Stage = (typeof stages)[number]
export const severities = ['NOTE', 'MANAGE', 'BAR'] as const
/** From the lightest to the heaviest. */
export type Severity = (typeof severities)[number]
export type Confidence = 'declared' | 'derived' | 'unknown'

/** Where a finding comes from: which fact, whose, from when to when, what said so, and the day it speaks for. */
export type Evidence = {
  readonly fact: string
  readonly whose: string
  readonly from: string | null
  readonly to: string | null
  readonly source: string
  readonly asOf: string
}

/** One rule that holds against a candidate, or (UNKNOWN) cannot be settled at this stage. */
export type Finding = {
  readonly rule: string
  readonly severity: Severity | 'UNKNOWN'
  /** By when the rule must be settled. */
  readonly stage: Stage
  readonly confidence: Confidence
  /** The candidate, unless it is somebody who acts beside them. */
  readonly appliesTo: string
  readonly evidence: Evidence
  /** For the clinician and the broker. */
  readonly sentence: string
  /** The same in words for a family. */
  readonly familySentence: string
}

/** A question whose stage has not come: shown, and no hindrance. */
export type ToAsk = { readonly rule: string; readonly fact: string; readonly by: Stage }

export type VerdictKind = 'clear' | 'note' | 'manage' | 'barred' | 'undetermined'

/** What the rules say of one candidate for one request at one stage. Unknown is never a pass. */
export type Assessment = {
  readonly verdict: VerdictKind
  readonly stage: Stage
  readonly policyVersion: string
  readonly findings: readonly Finding[]
  readonly toAsk: readonly ToAsk[]
}

/** Whether the step that a stage guards may be taken. */
export const passes = ({ verdict }: Pick<Assessment, 'verdict'>) => verdict !== 'barred' && verdict !== 'undetermined'

/** Whether a stage has come, or is past, at another. */
export const isDueAt = (settledBy: Stage, stage: Stage) => stages.indexOf(settledBy) <= stages.indexOf(stage)

export type BlockingFindings = NonEmpty<Finding>
