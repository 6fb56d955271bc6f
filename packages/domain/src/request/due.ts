import type { Deadline, DeadlineStep } from '../calendar/deadlines.ts'
import type { Instant } from '../time.ts'
import type { RequestState, Status } from './request.ts'

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

/** What is due next on a request, and when: a target, or the earliest reply to an offer. Nothing, once nobody waits. */
export const dueNext = (
  state: RequestState,
): { readonly step: DeadlineStep | 'reply'; readonly by: Instant } | null => {
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
