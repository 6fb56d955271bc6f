import type { caseView } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import { isToDecide, openQuestions } from '@concord/domain/request/declared'
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
export const shownSteps = (view: Case, role: Role): readonly ShownStep[] => {
  const { steps, routing, acceptance, offers, shortlist, restrictedTo } = view
  const [isAccepting, isOpening] = [isForClinician(view, 'acceptance'), isForClinician(view, 'opening')]
  const approvals: readonly string[] = acceptance?.approvalsNeeded ?? []
  const isSettled = approvals.length === 0 && !isDoubted(acceptance)
  const leads: Readonly<Partial<Record<Case['steps'][number], boolean>>> = {
    draft: false,
    'expire-offer': false,
    recheck: false,
    free: false,
    'answer-again': false,
    'settle-declaration': view.declarations.some((one) => canSettle(view, one)),
    'decide-declaration': view.declarations.some(isToDecide),
    accept: isAccepting,
    submit: role === 'eso-lead' || routing.urgency === 'U0',
    offer: shortlist !== null && shortlist.offerable > 0 && offers.length < 3,
    shortlist: shortlist === null || shortlist.offerable === 0,
    restrict: restrictedTo.length === 0,
    'approve-plan': approvals.includes(role),
    engage: isSettled,
    'open-pack': isSettled && isOpening,
    report: isSettled,
  }
  const shown = steps.filter((step): step is ShownStep => leads[step] !== false)
  return shown.toSorted((a, b) => Number(b === 'submit') - Number(a === 'submit'))
}

type DeclaredHere = Case['declarations'][number]
/** Whether the network can settle with a clinician what they were not sure of: while the offer or the case is still theirs. */
export const canSettle = ({ offers, acceptance, status }: Case, { id, stage, ...record }: DeclaredHere): boolean => {
  const isOpen = stage === 'acceptance' ? offers.some((one) => one.id === id) : acceptance?.id === id
  return isOpen && (status === 'offered' || status === 'engaged') && openQuestions({ stage, ...record }).length > 0
}
/** Whether it is the clinician's turn: not while the network settles or decides on what they signed. */
const isForClinician = ({ declarations }: Case, stage: DeclaredHere['stage']) =>
  declarations.every((one) => one.stage !== stage || one.stands === 'settled' || one.stands === 'barred')

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

/** The treating consultants, by the name the brief gives them where it is there. */
export const teamOf = ({ brief, routing }: Pick<Case, 'brief' | 'routing'>) =>
  routing.treating.map(({ gmc }) => ({
    gmc,
    name: brief?.team.find((one) => one.gmc === gmc)?.name ?? `GMC number ${gmc}`,
  }))
