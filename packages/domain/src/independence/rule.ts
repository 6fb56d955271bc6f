import type { Tfc } from '../ids.ts'
import type { CalendarDate } from '../time.ts'
import type { Grade, TeamKind, TrainingKind, Urgency } from './facts.ts'
import type { Severity, Stage } from './verdict.ts'

/** Which names of the specialist register make somebody a specialist of a treatment function. */
export type SpecialtyRegister = { readonly tfc: Tfc; readonly registers: readonly string[] }

/** Every condition a rule may have, with what the row may set. A new one needs its function in `judge.ts` to compile. */
type Parameters = {
  readonly 'post-at-trust': object
  readonly 'shared-site': object
  readonly 'advised-before': object
  readonly 'discussed-before': object
  readonly 'management-tie': object
  readonly 'shared-team': { readonly teams: readonly TeamKind[] }
  /** `pupil`: the ties by which the candidate would judge their own teacher; any other weighs `otherwise`. */
  readonly 'training-tie': { readonly pupil: readonly TrainingKind[]; readonly otherwise: Severity }
  /** `equals`: the grades that, on the specialist register, are a consultant's equal. */
  readonly 'below-first-doctor': { readonly equals: readonly Grade[] }
  readonly 'close-to-consultant': object
  readonly 'close-to-family': object
  readonly 'said-at-opening': { readonly question: 'C05' | 'C12' | 'C13' }
  readonly 'standing-declaration': object
  readonly 'case-declaration': object
  readonly registration: { readonly warning: Severity }
  readonly specialist: { readonly specialties: readonly SpecialtyRegister[] }
  readonly indemnity: object
  readonly full: object
  readonly unwelcome: object
}

export type ConditionKind = keyof Parameters
export type ConditionOf<K extends ConditionKind> = { [P in K]: { readonly kind: P } & Parameters[P] }[K]
export type Condition = { [K in ConditionKind]: ConditionOf<K> }[ConditionKind]

/** What may make a rule milder, for whom, and who answers for it. */
export type Downgrade = {
  readonly severity: Severity
  readonly when: 'urgency-triage'
  readonly urgencies: readonly Urgency[]
  readonly by: 'clinical-lead'
}

/** One rule, or one stage of it, as data. `{fact}` and `{months}` in its sentences are filled from the finding and the row. */
export type RuleRow = {
  readonly id: string
  readonly severity: Severity
  readonly settledBy: Stage
  readonly lookBackMonths: number | null
  readonly downgrade: Downgrade | null
  readonly condition: Condition
  readonly sentence: string
  readonly familySentence: string
  readonly source: string
  readonly from: CalendarDate
  readonly to: CalendarDate | 'ongoing'
}

/** The rows in force on a day. */
export const rulesOn = (rules: readonly RuleRow[], on: CalendarDate): readonly RuleRow[] =>
  rules.filter(({ from, to }) => from <= on && (to === 'ongoing' || on <= to))
