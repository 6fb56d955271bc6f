import type { caseView } from '@concord/contracts/replies'
import type { Role } from '@concord/domain/actor'
import type { z } from 'zod'
import { nextWords } from './words.ts'

export type Case = z.infer<typeof caseView>

/** What happens next to a request and who must act; the plan and the draft have two answers each. */
export const whatNext = ({
  status,
  routing,
  acceptance,
  shortlist,
}: Case): { readonly who: string; readonly what: string } => {
  const [who, what] = nextWords[status]
  if (status === 'draft' && routing.urgency === 'U0')
    return {
      who: 'The trust',
      what: 'submits the draft now; at this urgency the second opinion lead may approve afterwards.',
    }
  if (status === 'matching' && shortlist?.offerable === 0)
    return {
      who,
      what: 'looks further: nobody on the shortlist can be offered. Ask neighbouring networks, or take the MDT route.',
    }
  if (status === 'accepted' && acceptance && acceptance.approvalsNeeded.length > 0)
    return {
      who: acceptance.approvalsNeeded
        .map((one) => (one === 'eso-lead' ? 'The trust’s second opinion lead' : 'The network’s clinical lead'))
        .join(' and '),
      what: 'must approve how the declared interest is managed, before the pack is shared.',
    }
  return { who, what }
}

export type ShownStep = Exclude<Case['steps'][number], 'draft' | 'expire-offer'>

/** The steps of this role that lead somewhere now: what the process would refuse anyway is not held out. */
export const shownSteps = (
  { steps, routing, acceptance, offers, shortlist }: Case,
  role: Role,
): readonly ShownStep[] => {
  const approvals: readonly string[] = acceptance?.approvalsNeeded ?? []
  return steps.filter((step): step is ShownStep => {
    switch (step) {
      case 'draft':
      case 'expire-offer':
        return false
      case 'submit':
        return role === 'eso-lead' || routing.urgency === 'U0'
      case 'offer':
        return shortlist !== null && shortlist.offerable > 0 && offers.length < 3
      case 'approve-plan':
        return approvals.includes(role)
      case 'engage':
        return approvals.length === 0
      default:
        return true
    }
  })
}

/** The rarely wanted way out stands apart from the ways on. */
export const isWayOut = (step: ShownStep) => step === 'withdraw' || step === 'record-objection' || step === 'decline'

/** A short name for a request that two people can say on the telephone. */
export const shortName = (id: string) => {
  const [, trust = '', uuid = ''] = id.split('_')
  return `${trust}-${uuid.slice(0, 8).toUpperCase()}`
}
