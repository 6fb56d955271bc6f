import type { Urgency } from '../independence/facts.ts'
import { addDays, addMinutes, dateAt, type Instant, londonTime } from '../time.ts'
import { addWorkingDays, addWorkingHours, type Reckoned, type WorkingCalendar } from './working-days.ts'

export const deadlineSteps = ['acknowledge', 'triage', 'shortlist', 'accept', 'verbal', 'report', 'share'] as const
export type DeadlineStep = (typeof deadlineSteps)[number]

/** How long a step may take: by the clock on the wall, or on the working calendar. */
export type Allowance =
  | { readonly unit: 'minutes' | 'working-hours' | 'working-days'; readonly count: number }
  | { readonly unit: 'same-day' }

/** What each class of urgency allows each step, from submission on; sharing, from the report on. Null is no target. */
export type PolicyDeadlines = Readonly<Record<Urgency, Readonly<Record<DeadlineStep, Allowance | null>>>>

export type Deadline = Reckoned & { readonly step: DeadlineStep }

/** The targets of a request, fixed when it is submitted. Sharing is set from the report's own target until there is a report. */
export const deadlinesFor = (
  urgency: Urgency,
  submittedAt: Instant,
  policy: PolicyDeadlines,
  calendar: WorkingCalendar,
): readonly Deadline[] => {
  const targets = policy[urgency]
  const report = targets.report ? allow(targets.report, submittedAt, calendar) : undefined
  return deadlineSteps.flatMap((step): readonly Deadline[] => {
    const allowance = targets[step]
    if (allowance === null) return []
    if (step !== 'share') return [{ step, ...allow(allowance, submittedAt, calendar) }]
    if (report === undefined) return []
    const share = allow(allowance, report.by, calendar)
    return [{ step, by: share.by, provisional: share.provisional || report.provisional }]
  })
}

/** The moment an allowance runs out, counted from a moment. */
export const allow = (allowance: Allowance, from: Instant, calendar: WorkingCalendar): Reckoned => {
  switch (allowance.unit) {
    case 'minutes':
      return { by: addMinutes(from, allowance.count), provisional: false }
    case 'same-day':
      return { by: londonTime(addDays(dateAt(from), 1), '00:00'), provisional: false }
    case 'working-hours':
      return addWorkingHours(from, allowance.count, calendar)
    case 'working-days':
      return addWorkingDays(from, allowance.count, calendar)
  }
}
