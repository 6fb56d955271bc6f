import type { Answer, Facts, Judge } from './answer.ts'
import { advisedBefore, closeToFamily, discussedBefore, saidAtOpening, unwelcome } from './conditions/child.ts'
import {
  belowFirstDoctor,
  caseDeclaration,
  full,
  indemnity,
  registration,
  specialist,
  standingDeclaration,
} from './conditions/fitness.ts'
import { postAtTrust, sharedSite } from './conditions/posts.ts'
import { closeToConsultant, managementTie, sharedTeam, trainingTie } from './conditions/ties.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'

const judges: { readonly [K in ConditionKind]: Judge<K> } = {
  'post-at-trust': postAtTrust,
  'shared-site': sharedSite,
  'advised-before': advisedBefore,
  'discussed-before': discussedBefore,
  'management-tie': managementTie,
  'shared-team': sharedTeam,
  'training-tie': trainingTie,
  'below-first-doctor': belowFirstDoctor,
  'close-to-consultant': closeToConsultant,
  'close-to-family': closeToFamily,
  'said-at-opening': saidAtOpening,
  'standing-declaration': standingDeclaration,
  'case-declaration': caseDeclaration,
  registration,
  specialist,
  indemnity,
  full,
  unwelcome,
}

/** Asks a rule's own condition what it says of the facts. */
export const judge = (rule: RuleRow, facts: Facts): readonly Answer[] => judgeBy(rule.condition, rule, facts)

const judgeBy = <K extends ConditionKind>(condition: ConditionOf<K>, rule: RuleRow, facts: Facts): readonly Answer[] =>
  judges[condition.kind](facts, { rule, condition })
