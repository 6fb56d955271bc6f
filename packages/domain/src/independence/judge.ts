import { type Answer, holds, type Judge, needs } from './answer.ts'
import { actingCompanion, actingPerson, mdtMembers } from './conditions/acting.ts'
import { advisedBefore, discussedBefore, saidAtOpening, unwelcome } from './conditions/child.ts'
import {
  belowFirstDoctor,
  caseDeclaration,
  full,
  indemnity,
  overseas,
  registration,
  specialist,
  standingDeclaration,
  unblinded,
} from './conditions/fitness.ts'
import { closedCircle, reciprocity } from './conditions/history.ts'
import {
  associateInterest,
  industryPayment,
  leadsTrial,
  outsideRole,
  patent,
  recruitment,
  sharedBusiness,
  stakeInMaker,
  wouldReceive,
} from './conditions/interests.ts'
import { advocacy, dispute, expertWitness, paidForCase, spokeInPublic } from './conditions/involvement.ts'
import { leftTrust, neighbour, postAtTrust, sameGroup, sharedSite } from './conditions/posts.ts'
import { closeToConsultant, closeToFamily, managementTie, sharedTeam, trainingTie } from './conditions/ties.ts'
import { jointCommittee, jointWork } from './conditions/works.ts'
import type { Pair } from './pair.ts'
import type { ConditionKind, ConditionOf, RuleRow } from './rule.ts'
import { type Severity, severities } from './verdict.ts'

const judges: { readonly [K in ConditionKind]: Judge<K> } = {
  'post-at-trust': postAtTrust,
  'shared-site': sharedSite,
  'same-group': sameGroup,
  'left-trust': leftTrust,
  'advised-before': advisedBefore,
  'discussed-before': discussedBefore,
  'management-tie': managementTie,
  'shared-team': sharedTeam,
  neighbour,
  'training-tie': trainingTie,
  'below-first-doctor': belowFirstDoctor,
  'close-to-consultant': closeToConsultant,
  'close-to-family': closeToFamily,
  'said-at-opening': saidAtOpening,
  'shared-business': sharedBusiness,
  'stake-in-maker': stakeInMaker,
  patent,
  'leads-trial': leadsTrial,
  'would-receive': wouldReceive,
  'paid-for-case': paidForCase,
  'expert-witness': expertWitness,
  'spoke-in-public': spokeInPublic,
  advocacy,
  'joint-work': jointWork,
  'joint-committee': jointCommittee,
  reciprocity,
  'closed-circle': closedCircle,
  dispute,
  recruitment,
  'outside-role': outsideRole,
  'industry-payment': industryPayment,
  'associate-interest': associateInterest,
  'acting-person': actingPerson,
  'acting-companion': actingCompanion,
  'mdt-members': mdtMembers,
  'standing-declaration': standingDeclaration,
  'case-declaration': caseDeclaration,
  registration,
  specialist,
  overseas,
  indemnity,
  unblinded,
  full,
  unwelcome,
}

/** Asks a rule's own condition what it says of a pair, and lets the clinician's own word settle what it leaves open. */
export const judge = (rule: RuleRow, pair: Pair, inForce: readonly RuleRow[]): readonly Answer[] =>
  withTheirWord(judgeBy(rule.condition, { rule, pair, inForce }), rule, pair)

type Bench = { readonly rule: RuleRow; readonly pair: Pair; readonly inForce: readonly RuleRow[] }

const judgeBy = <K extends ConditionKind>(
  condition: ConditionOf<K>,
  { rule, pair, inForce }: Bench,
): readonly Answer[] => judges[condition.kind](pair, { rule, condition, inForce })

/** A no settles what the clinician was asked, and leaves standing what the facts show and what others have not said; unsure settles nothing. */
const withTheirWord = (answers: readonly Answer[], rule: RuleRow, { candidate }: Pair): readonly Answer[] => {
  // Not what is asked once more at opening; and a policy may want the same word earlier than at acceptance.
  const said = rule.condition.kind === 'said-at-opening' ? undefined : candidate.said[rule.id]
  if (said === undefined) return answers
  const shown = answers.filter(({ kind, about }) => kind === 'yes' || about().whose !== candidate.person)
  const spoken = said.flatMap(({ answer, about: whom }): readonly Answer[] => {
    const fact = whom === null ? asked(rule) : `${asked(rule)}: ${whom}`
    const about = () => ({ fact, whose: candidate.person, source: 'case declaration' })
    if (answer === 'no') return []
    if (answer === 'unsure' || answer === 'unasked') return [needs(about)]
    return [holds(about, { severity: answer === 'yes' ? null : lighter(rule.severity) })]
  })
  return [...shown, ...spoken]
}

/** What a rule asks of a clinician, as its own sentence says it. */
const asked = ({ sentence, lookBackMonths }: RuleRow) => {
  const claim = sentence
    .replace(/:? ?\{fact\}/, '')
    .replaceAll('{months}', String(lookBackMonths))
    .replace(/\.$/, '')
  return `whether the clinician ${claim.charAt(0).toLowerCase()}${claim.slice(1)}`
}

const lighter = (severity: Severity): Severity => severities[Math.max(0, severities.indexOf(severity) - 1)] ?? severity
