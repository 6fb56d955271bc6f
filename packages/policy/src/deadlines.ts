import type { Allowance, PolicyDeadlines } from '@concord/domain/calendar/deadlines'
import type { Urgency } from '@concord/domain/independence/facts'

const minutes = (count: number): Allowance => ({ unit: 'minutes', count })
const hours = (count: number): Allowance => minutes(count * 60)
const workingHours = (count: number): Allowance => ({ unit: 'working-hours', count })
const workingDays = (count: number): Allowance => ({ unit: 'working-days', count })

/** Targets by class of urgency: defaults of ours that a network may change [I]. No body has set them. */
export const deadlines: PolicyDeadlines = {
  U0: {
    acknowledge: minutes(30),
    triage: hours(1),
    shortlist: hours(2),
    accept: hours(4),
    verbal: hours(24),
    report: hours(72),
    share: { unit: 'same-day' },
  },
  U1: {
    acknowledge: workingHours(4),
    triage: workingDays(1),
    shortlist: workingDays(2),
    accept: workingDays(3),
    verbal: workingDays(5),
    report: workingDays(7),
    share: workingDays(1),
  },
  U2: {
    acknowledge: workingDays(1),
    triage: workingDays(2),
    shortlist: workingDays(4),
    accept: workingDays(7),
    verbal: workingDays(10),
    report: workingDays(15),
    share: workingDays(1),
  },
  U3: {
    acknowledge: workingDays(2),
    triage: workingDays(3),
    shortlist: workingDays(7),
    accept: workingDays(12),
    verbal: null,
    report: workingDays(30),
    share: workingDays(1),
  },
}

/** How long an offer stands: made by the target of the shortlist, it is answered before that of the acceptance [I]. */
export const replies: Readonly<Record<Urgency, Allowance>> = {
  U0: hours(1),
  U1: workingHours(4),
  U2: workingDays(2),
  U3: workingDays(3),
}

/** A broken glass is looked at on the next working day. */
export const glassReview: Allowance = workingDays(1)
