import type { CalendarDate } from '../time.ts'
import type { Urgency } from './facts.ts'
import type { PersonalKind, TeamKind, TrainingKind } from './pair.ts'
import type { Severity, Stage } from './verdict.ts'

type Kinds = { readonly kinds: readonly PersonalKind[] }

/** Every condition a rule may have, with what the row may set. A new one needs its function in `judge.ts` to compile. */
type Parameters = {
  /** `confirmedWithin`: months for which a confirmation of the posts speaks. */
  readonly 'post-at-trust': { readonly confirmedWithin: number }
  readonly 'shared-site': object
  readonly 'same-group': object
  /** From so many months after leaving; once the look-back is past it weighs `older`. */
  readonly 'left-trust': { readonly afterMonths: number; readonly older: Severity }
  readonly 'advised-before': object
  readonly 'discussed-before': object
  readonly 'management-tie': object
  readonly 'shared-team': { readonly teams: readonly TeamKind[] }
  /** Where fewer centres than `centres` do the specialty it weighs `fewCentres`. */
  readonly neighbour: { readonly centres: number; readonly fewCentres: Severity }
  /** `pupil`: the ties by which the candidate would judge their own teacher; any other weighs `otherwise`. */
  readonly 'training-tie': { readonly pupil: readonly TrainingKind[]; readonly otherwise: Severity }
  /** `equals`: the grades that, on the specialist register, are a consultant's equal. */
  readonly 'below-first-doctor': { readonly equals: readonly string[] }
  readonly 'close-to-consultant': Kinds
  readonly 'close-to-family': Kinds
  readonly 'said-at-opening': { readonly question: 'C05' | 'C12' | 'C13' }
  /** In percent: from there on a share in a maker is a business of one's own. */
  readonly 'shared-business': { readonly sharePercent: number }
  readonly 'stake-in-maker': { readonly sharePercent: number; readonly notContested: Severity }
  readonly patent: { readonly notSole: Severity }
  readonly 'leads-trial': object
  readonly 'would-receive': { readonly otherwise: Severity }
  readonly 'paid-for-case': object
  readonly 'expert-witness': { readonly otherCase: Severity }
  readonly 'spoke-in-public': object
  readonly advocacy: { readonly notSole: Severity }
  /** `outputs`: so many together weigh as a recent one; a paper of more than `consortium` authors says nothing. */
  readonly 'joint-work': { readonly outputs: number; readonly consortium: number; readonly older: Severity }
  readonly 'joint-committee': { readonly committees: readonly string[] }
  readonly reciprocity: { readonly exchanges: number }
  /** `share` of the requester's opinions in percent, when there were `atLeast`. */
  readonly 'closed-circle': { readonly share: number; readonly atLeast: number }
  readonly dispute: object
  readonly recruitment: object
  readonly 'outside-role': object
  /** `pounds` and more within `withinMonths` weigh as the row says, anything else in the look-back `lesser`. */
  readonly 'industry-payment': { readonly pounds: number; readonly withinMonths: number; readonly lesser: Severity }
  /** What a close associate has, by the ids of the rules it would be in the candidate's own hands; each a level lower. */
  readonly 'associate-interest': { readonly rules: readonly string[] }
  readonly 'acting-person': Kinds & { readonly trainingMonths: number }
  readonly 'acting-companion': Kinds
  /** `mostPercent`: more of the members than that, or the chair, and the MDT is out. */
  readonly 'mdt-members': Kinds & {
    readonly most: { readonly of: number; readonly in: number }
    readonly minority: Severity
  }
  readonly 'standing-declaration': object
  readonly 'case-declaration': object
  readonly registration: { readonly warning: Severity }
  readonly specialist: object
  readonly overseas: { readonly body: string; readonly countries: readonly string[] }
  readonly indemnity: object
  readonly unblinded: object
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
