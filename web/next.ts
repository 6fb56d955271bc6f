import type { caseView } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { SystemStep } from '@concord/domain/request/transitions'
import type { z } from 'zod'
import { nextWords } from './words.ts'

export type Case = z.infer<typeof caseView>
export type ShownStep = Exclude<Case['steps'][number], 'draft' | SystemStep>

/** What happens next to a request and who must act. Where a state has two answers, what is known of the case decides. */
export const whatNext = ({ status, routing, acceptance, shortlist }: Case) => {
  const approvals = acceptance?.approvalsNeeded ?? []
  if (isDoubted(acceptance)) return nextWords.doubted
  if (status === 'draft' && routing.urgency === 'U0') return nextWords['draft-immediate']
  if (status === 'matching' && shortlist?.offerable === 0) return nextWords['nobody-offerable']
  if (approvals.length > 0)
    return approvals.length > 1 ? nextWords['both-approve'] : nextWords[`${approvals[0] ?? 'eso-lead'}-approves`]
  return nextWords[status]
}

/** The steps of this role that lead somewhere now, the way on first: what the process would refuse anyway is not held out. */
export const shownSteps = (
  { steps, routing, acceptance, offers, shortlist, restrictedTo }: Case,
  role: Role,
): readonly ShownStep[] => {
  const approvals: readonly string[] = acceptance?.approvalsNeeded ?? []
  const isSettled = approvals.length === 0 && !isDoubted(acceptance)
  const leads: Readonly<Partial<Record<Case['steps'][number], boolean>>> = {
    draft: false,
    'expire-offer': false,
    recheck: false,
    free: false,
    'answer-again': false,
    'settle-declaration': false,
    'decide-declaration': false,
    submit: role === 'eso-lead' || routing.urgency === 'U0',
    offer: shortlist !== null && shortlist.offerable > 0 && offers.length < 3,
    shortlist: shortlist === null || shortlist.offerable === 0,
    restrict: restrictedTo.length === 0,
    'approve-plan': approvals.includes(role),
    engage: isSettled,
    'open-pack': isSettled,
    report: isSettled,
  }
  const shown = steps.filter((step): step is ShownStep => leads[step] !== false)
  return shown.toSorted((a, b) => Number(b === 'submit') - Number(a === 'submit'))
}

/** Nothing goes on while the clinician's record leaves open what it settled at the acceptance. */
const isDoubted = (acceptance: Case['acceptance']) => (acceptance?.doubts ?? []).length > 0

/** The ways out, and what leads no further, stand apart from the ways on. */
export const isWayOut = (step: ShownStep) =>
  step === 'withdraw' || step === 'record-objection' || step === 'decline' || step === 'restrict'

/** A short name for a request that two people can say on the telephone. */
export const shortName = (id: string) => {
  const [, trust = '', uuid = ''] = id.split('_')
  return `${trust}-${uuid.slice(0, 8).toUpperCase()}`
}

/** Nobody waits for it any more, or not yet. */
export const isQuiet = (status: Case['status']) => status === 'draft' || status === 'closed' || status === 'withdrawn'
