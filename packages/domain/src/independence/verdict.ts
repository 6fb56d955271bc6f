import type { NonEmpty } from '../result.ts'
import type { CalendarDate } from '../time.ts'

export type Stage = 'offer' | 'acceptance' | 'opening' | 'report'
export type Severity = 'BAR' | 'MANAGE' | 'NOTE'
export type Confidence = 'declared' | 'derived' | 'unknown'

/** Where a finding comes from: which fact, whose, from when to when, and what said so. */
export type Evidence = {
  readonly fact: string
  readonly whose: string
  readonly from: CalendarDate | null
  readonly to: CalendarDate | 'ongoing' | null
  readonly source: string
}

/** One rule that holds against a candidate, or (UNKNOWN) cannot be settled at this stage. */
export type Finding = {
  readonly rule: string
  readonly severity: Severity | 'UNKNOWN'
  readonly confidence: Confidence
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

export type BlockingFindings = NonEmpty<Finding>
