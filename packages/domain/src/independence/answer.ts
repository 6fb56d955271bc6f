import type { Pair, PersonId } from './pair.ts'
import { type Period, type Ternary, written } from './period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'
import type { Confidence, Severity } from './verdict.ts'

/** What a condition says: it holds (as heavily as the row says, unless told otherwise), or which fact would settle it. Nothing means no. */
export type Answer =
  | {
      readonly kind: 'yes'
      readonly severity: Severity | null
      readonly confidence: Confidence
      /** Whom it is about, where that is not the candidate. */
      readonly appliesTo: PersonId | null
      readonly about: () => About
    }
  | { readonly kind: 'unknown'; readonly appliesTo: PersonId | null; readonly about: () => About }

export type Judge<K extends ConditionKind> = (
  pair: Pair,
  asked: {
    readonly rule: RuleRow
    readonly condition: ConditionOf<K>
    /** All rows in force, for the one that looks through others (C31). */
    readonly inForce: readonly RuleRow[]
  },
) => readonly Answer[]

/** The fact behind an answer. It is put into words only when somebody reads it: a register has a million, and most are never read. */
export type About = {
  readonly fact: string
  readonly whose: PersonId
  readonly source: string
  readonly during?: Period | undefined
  /** The day the fact speaks for, where it is not the day of the assessment. */
  readonly asOf?: string | null | undefined
}

type Weight = {
  readonly severity?: Severity | null
  readonly confidence?: Confidence
  readonly appliesTo?: PersonId | null
}

/** The condition holds, on somebody's word or by the register. */
export const holds = (
  about: () => About,
  { severity = null, confidence = 'declared', appliesTo = null }: Weight = {},
): Answer => ({ kind: 'yes', severity, confidence, appliesTo, about })

/** The condition cannot be settled without this fact. */
export const needs = (about: () => About, { appliesTo = null }: Pick<Weight, 'appliesTo'> = {}): Answer => ({
  kind: 'unknown',
  appliesTo,
  about,
})

/** Turns a three-valued judgement into an answer. */
export const whether = (is: Ternary, about: () => About, weight: Weight = {}): readonly Answer[] =>
  is === 'yes' ? [holds(about, weight)] : is === 'unknown' ? [needs(about, weight)] : NOTHING

export const NOTHING: readonly Answer[] = []

/** Judges each of a list, or asks for the list. */
export const each = <T>(
  list: readonly T[] | null,
  judge: (one: T) => readonly Answer[],
  about: () => About,
): readonly Answer[] => {
  if (list === null) return [needs(about)]
  return list.length === 0 ? NOTHING : list.flatMap(judge)
}

/** The evidence as it is written down. */
export const evidenceOf = ({ fact, whose, source, during, asOf }: About, on: string) => ({
  fact,
  whose,
  from: during ? written(during.from) : null,
  to: during ? written(during.to) : null,
  source,
  asOf: asOf ?? on,
})
