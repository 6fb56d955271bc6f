import type { Deadline, DeadlineStep } from '../calendar/deadlines.ts'
import type { ClinicianId } from '../ids.ts'
import type { Instant } from '../time.ts'
import { isHeld, type RequestState, type Status } from './request.ts'

/** Which target of the urgency class is running in each state; a state without one is waited in by nobody. */
const running: Readonly<Partial<Record<Status, DeadlineStep>>> = {
  submitted: 'acknowledge',
  triage: 'triage',
  matching: 'shortlist',
  accepted: 'report',
  engaged: 'report',
  'in-review': 'report',
  reported: 'share',
}

export type Due = { readonly step: DeadlineStep | 'reply'; readonly by: Instant } | null

/** What is due next on a request, and when: a target, or the earliest reply to an offer. Nothing, once nobody waits. */
export const dueNext = (state: RequestState): Due => {
  if (state.status === 'offered') {
    const [first, ...others] = state.offers
    const soonest = others.reduce((one, other) => (other.replyBy < one.replyBy ? other : one), first)
    return { step: 'reply', by: soonest.replyBy }
  }
  const step = running[state.status]
  const deadline: Deadline | undefined =
    'deadlines' in state ? state.deadlines.find((one) => one.step === step) : undefined
  return deadline ? { step: deadline.step, by: deadline.by } : null
}

/** What is due next from one clinician: their own reply, or their opinion. When another has to reply is not theirs to know. */
export const dueFrom = (state: RequestState, clinician: ClinicianId): Due => {
  if (state.status === 'offered') {
    const own = state.offers.find(({ id }) => id === clinician)
    return own ? { step: 'reply', by: own.replyBy } : null
  }
  return isHeld(state) && state.acceptance.id === clinician ? dueNext(state) : null
}
