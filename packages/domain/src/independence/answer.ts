import type { OrganisationGraph } from '../organisation/graph.ts'
import type { CalendarDate } from '../time.ts'
import type { CandidateFacts, CaseDeclaration, OpeningAnswers, RequestFacts } from './facts.ts'
import type { Ternary } from './period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'
import type { Confidence, Evidence, Severity } from './verdict.ts'

/** Everything one candidate is judged by for one request on one day. */
export type Facts = {
  readonly asOf: CalendarDate
  readonly request: RequestFacts
  readonly candidate: CandidateFacts
  readonly declaration?: CaseDeclaration | undefined
  readonly opening?: OpeningAnswers | undefined
  readonly organisations: Pick<OrganisationGraph, 'isSameTrust' | 'name'>
}

/** What a condition says: it holds (as heavily as the row says, unless told otherwise), or which fact would settle it. Nothing means no. */
export type Answer =
  | {
      readonly kind: 'yes'
      readonly severity: Severity | null
      readonly confidence: Confidence
      readonly evidence: Evidence
    }
  | { readonly kind: 'unknown'; readonly evidence: Evidence }

export type Judge<K extends ConditionKind> = (
  facts: Facts,
  asked: { readonly rule: RuleRow; readonly condition: ConditionOf<K> },
) => readonly Answer[]

export type About = Pick<Evidence, 'fact' | 'whose' | 'source'> & Partial<Pick<Evidence, 'from' | 'to'>>

/** The condition holds, on somebody's word or by the register. */
export const holds = (about: About, { severity = null, confidence = 'declared' }: Weight = {}): Answer => ({
  kind: 'yes',
  severity,
  confidence,
  evidence: evidenceOf(about),
})

/** The condition cannot be settled without this fact. */
export const needs = (about: About): Answer => ({ kind: 'unknown', evidence: evidenceOf(about) })

/** Turns a three-valued judgement into an answer. */
export const whether = (is: Ternary, about: About, weight: Weight = {}): readonly Answer[] =>
  is === 'yes' ? [holds(about, weight)] : is === 'unknown' ? [needs(about)] : []

type Weight = { readonly severity?: Severity | null; readonly confidence?: Confidence }

const evidenceOf = ({ fact, whose, source, from = null, to = null }: About): Evidence => ({
  fact,
  whose,
  from,
  to,
  source,
})
