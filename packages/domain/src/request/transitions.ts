import type { Actor } from '../actor.ts'
import { openStatuses, type Status } from './request.ts'

type Step = {
  readonly from: readonly (Status | 'none')[]
  readonly to: readonly Status[]
  readonly by: readonly Actor['role'][]
  /** What the step does, as a button says it. */
  readonly words: string
}

const team = ['requester', 'eso-lead'] as const
const broker = ['coordinator', 'clinical-lead'] as const
/** From the first offer until an opinion is given. */
const declaredIn = ['matching', 'offered', 'accepted', 'engaged', 'in-review'] as const

/**
 * The process as one table: what may happen to a request, from where to where, and by whom. Code, console, API documents
 * and tests read it; a later step is a row more. Numbers are the rows of the process (docs/domain.md).
 */
export const transitions = {
  draft: { from: ['none'], to: ['draft'], by: team, words: 'Begin a request' }, // 1
  revise: { from: ['draft'], to: ['draft'], by: team, words: 'Change the draft' }, // 1
  // Safeguarding or legal: kept apart from the pack, for those who are named.
  restrict: { from: openStatuses, to: openStatuses, by: team, words: 'Keep a restricted note' },
  submit: { from: ['draft'], to: ['submitted'], by: team, words: 'Submit to the network' }, // 2
  'take-up': { from: ['submitted'], to: ['triage'], by: broker, words: 'Take up for triage' }, // 4
  'complete-triage': { from: ['triage'], to: ['matching'], by: broker, words: 'Complete triage' }, // 8
  shortlist: { from: ['matching'], to: ['matching'], by: broker, words: 'Draw up the shortlist' }, // 8
  offer: { from: ['matching', 'offered'], to: ['offered'], by: broker, words: 'Offer to a clinician' }, // 9
  // A bar declines the offer; what the clinician is not sure of leaves it open.
  accept: {
    from: ['offered'],
    to: ['offered', 'matching', 'accepted'],
    by: ['clinician'],
    words: 'Declare and accept',
  }, // 11, 12
  'answer-again': { from: declaredIn, to: declaredIn, by: ['clinician'], words: 'Correct a declaration' }, // 12
  'settle-declaration': {
    from: ['offered', 'engaged'],
    to: ['offered', 'engaged', 'matching'],
    by: broker,
    words: 'Settle an open question with the clinician',
  }, // 11, 16
  'decide-declaration': { from: declaredIn, to: declaredIn, by: broker, words: 'Decide on a changed declaration' }, // 12
  decline: { from: ['offered'], to: ['offered', 'matching'], by: ['clinician'], words: 'Decline' }, // 12
  'expire-offer': { from: ['offered'], to: ['offered', 'matching'], by: ['system'], words: 'Let the offer expire' }, // 12
  'approve-plan': {
    from: ['accepted', 'engaged', 'in-review'],
    to: ['accepted', 'engaged', 'in-review'],
    by: ['clinical-lead', 'eso-lead'],
    words: 'Approve the management plan',
  }, // 14
  'record-objection': { from: ['accepted'], to: ['matching'], by: team, words: 'Record the family’s objection' }, // 15
  engage: { from: ['accepted'], to: ['engaged'], by: team, words: 'Record the family’s view and share the pack' }, // 16
  'open-pack': {
    from: ['engaged'],
    to: ['engaged', 'in-review', 'matching'],
    by: ['clinician'],
    words: 'Confirm and open the pack',
  }, // 16, 17, 28
  recheck: {
    from: ['accepted', 'engaged', 'in-review'],
    to: ['accepted', 'engaged', 'in-review', 'matching'],
    by: ['system'],
    words: 'Look at the clinician again',
  }, // 28
  free: {
    from: ['accepted', 'engaged', 'in-review'],
    to: ['matching'],
    by: ['system'],
    words: 'Take the case back, since the register entry has a new holder',
  }, // 28
  report: { from: ['in-review'], to: ['reported'], by: ['clinician'], words: 'Issue the opinion' }, // 20
  share: { from: ['reported'], to: ['shared'], by: team, words: 'Share with the family' }, // 21
  close: { from: ['shared'], to: ['closed'], by: [...team, ...broker], words: 'Record the outcome and close' }, // 22, 27
  withdraw: { from: openStatuses, to: ['withdrawn'], by: team, words: 'Withdraw' }, // 23, 24
} as const satisfies Record<string, Step>

export type StepName = keyof typeof transitions
/** The steps that the platform takes by itself, and no person asks for. */
export type SystemStep = {
  [S in StepName]: 'system' extends (typeof transitions)[S]['by'][number] ? S : never
}[StepName]
export const stepNames = Object.keys(transitions).filter((name): name is StepName => name in transitions)

/** What a role may do to a request that stands where it stands. */
export const possibleSteps = (status: Status | 'none', role: Actor['role']): readonly StepName[] =>
  stepNames.filter((name) => {
    const step: Step = transitions[name]
    return step.from.includes(status) && step.by.includes(role)
  })

/** Whether a step may be taken from here by this role, or which of the two stands in the way. */
export const judgeStep = (
  name: StepName,
  status: Status | 'none',
  role: Actor['role'],
): 'possible' | 'not-possible' | 'not-yours' => {
  const step: Step = transitions[name]
  if (!step.by.includes(role)) return 'not-yours'
  return step.from.includes(status) ? 'possible' : 'not-possible'
}
