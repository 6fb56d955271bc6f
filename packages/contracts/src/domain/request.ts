import { deadlineSteps } from '@concord/domain/calendar/deadlines'
import type { RequestEvent } from '@concord/domain/request/events'
import {
  declineReasons,
  modes,
  opinionKinds,
  outcomes,
  type RequestState,
  type RoutingFacts,
  withdrawalReasons,
} from '@concord/domain/request/request'
import { z } from 'zod'
import { givenAnswers, treatingConsultant, urgency } from './facts.ts'
import {
  calendarDate,
  clinicianId,
  gmcNumber,
  instant,
  line,
  networkCode,
  orgCode,
  requestId,
  subject,
  tfc,
  trustCode,
} from './scalars.ts'

const people = z.array(gmcNumber).max(50).nullable()

export const routingFacts = z.strictObject({
  kind: z.enum(opinionKinds),
  mode: z.enum(modes),
  language: line.nullable(),
  decideBy: calendarDate.nullable(),
  familyInformedOn: calendarDate.nullable(),
  agreement: z
    .strictObject({ basis: z.enum(['parent', 'young-person', 'lawful-reason']), on: calendarDate })
    .nullable(),
  screen: z.strictObject({ deteriorating: z.boolean(), marthasRuleUsed: z.boolean() }),
  sites: z.array(orgCode).max(10),
  urgency,
  tfc,
  treating: z.tuple([treatingConsultant], treatingConsultant),
  unwelcome: people,
  discussedWith: people,
  treatedBy: people,
}) satisfies z.ZodType<RoutingFacts>

const clinicianRef = { id: clinicianId, home: networkCode, gmc: gmcNumber }
const ref = z.strictObject(clinicianRef)
const sectionRef = z.strictObject({
  compartment: z.enum(['brief', 'pack']),
  section: line,
  version: z.int().positive(),
  hash: z.string().length(64),
})
const deadline = z.strictObject({ step: z.enum(deadlineSteps), by: instant, provisional: z.boolean() })
export const offer = z.strictObject({ ...clinicianRef, offeredAt: instant, replyBy: instant })
export const shortlistRef = z.strictObject({
  takenAt: instant,
  hash: z.string().length(64),
  policyVersion: line,
  offerable: z.int().nonnegative(),
  excluded: z.int().nonnegative(),
})
export const exclusion = z.strictObject({
  clinician: clinicianId,
  because: z.enum(['declined', 'expired', 'conflict', 'objection', 'not-needed']),
})
const planApprover = z.enum(['clinical-lead', 'eso-lead'])
export const acceptance = z.strictObject({
  ...clinicianRef,
  offeredAt: instant,
  acceptedAt: instant,
  cleared: z.strictObject({
    policyVersion: line,
    verdict: z.enum(['clear', 'note', 'manage', 'barred', 'undetermined']),
    findings: z.array(z.strictObject({ rule: line, severity: z.enum(['BAR', 'MANAGE', 'NOTE']) })),
  }),
  approvalsNeeded: z.array(planApprover),
})
export const familyView = z.enum(['agrees', 'no-objection', 'waived-immediate'])

const base = {
  id: requestId,
  network: networkCode,
  trust: trustCode,
  version: z.int().positive(),
  routing: routingFacts,
  sections: z.array(sectionRef),
  draftedAt: instant,
  draftedBy: subject,
}
const sent = {
  ...base,
  submittedAt: instant,
  submittedBy: subject,
  deadlines: z.array(deadline),
  exclusions: z.array(exclusion),
}
const engaged = { ...sent, acceptance, familyView, engagedAt: instant }
const reported = { ...engaged, openedAt: instant, reportedAt: instant }
const status = <S extends string>(name: S) => ({ status: z.literal(name) })
const open = [
  'draft',
  'submitted',
  'triage',
  'matching',
  'offered',
  'accepted',
  'engaged',
  'in-review',
  'reported',
  'shared',
] as const

/** A request as it is stored: read back through this, or not at all. */
export const requestState = z.discriminatedUnion('status', [
  z.strictObject({ ...base, ...status('draft') }),
  z.strictObject({ ...sent, ...status('submitted') }),
  z.strictObject({ ...sent, ...status('triage') }),
  z.strictObject({ ...sent, ...status('matching'), shortlist: shortlistRef.nullable() }),
  z.strictObject({ ...sent, ...status('offered'), shortlist: shortlistRef, offers: z.tuple([offer], offer) }),
  z.strictObject({ ...sent, ...status('accepted'), acceptance }),
  z.strictObject({ ...engaged, ...status('engaged') }),
  z.strictObject({ ...engaged, ...status('in-review'), openedAt: instant }),
  z.strictObject({ ...reported, ...status('reported') }),
  z.strictObject({ ...reported, ...status('shared'), sharedAt: instant }),
  z.strictObject({ ...reported, ...status('closed'), sharedAt: instant, closedAt: instant, outcome: z.enum(outcomes) }),
  z.strictObject({
    ...base,
    ...status('withdrawn'),
    submittedAt: instant.nullable(),
    withdrawnAt: instant,
    because: z.enum(withdrawalReasons),
    was: z.enum(open),
  }),
]) satisfies z.ZodType<RequestState>

const happened = {
  at: instant,
  by: z.union([
    z.strictObject({ subject: z.enum(['clock', 'react']), role: z.literal('system') }),
    z.strictObject({
      subject,
      role: z.enum(['requester', 'eso-lead', 'coordinator', 'clinical-lead', 'clinician', 'commissioner', 'operator']),
    }),
  ]),
}
export const eventHeader = happened
const event = <T extends string, Shape extends z.ZodRawShape>(type: T, shape: Shape) =>
  z.strictObject({ ...happened, type: z.literal(type), ...shape })

/** An event of a request as it is stored and as the stream tells it. */
export const requestEvent = z.discriminatedUnion('type', [
  event('request.drafted', {
    id: requestId,
    network: networkCode,
    trust: trustCode,
    routing: routingFacts,
    sections: z.array(sectionRef),
  }),
  event('request.revised', { routing: routingFacts, sections: z.array(sectionRef) }),
  event('request.submitted', { deadlines: z.array(deadline) }),
  event('request.taken-up', {}),
  event('request.triaged', {}),
  event('request.shortlisted', { shortlist: shortlistRef }),
  event('offer.made', { offer }),
  event('offer.accepted', { acceptance, others: z.array(ref) }),
  event('offer.declined', { clinician: ref, because: z.enum(declineReasons) }),
  event('offer.expired', { clinician: ref }),
  event('plan.approved', { as: planApprover }),
  event('family.objected', { released: ref }),
  event('request.engaged', { clinician: ref, familyView }),
  event('pack.opened', { clinician: ref, answers: givenAnswers }),
  event('pack.closed', { released: ref, rules: z.array(line) }),
  event('opinion.reported', { opinion: sectionRef, released: ref }),
  event('opinion.shared', {}),
  event('request.closed', { outcome: z.enum(outcomes), clinician: ref }),
  event('request.withdrawn', {
    because: z.enum(withdrawalReasons),
    was: z.enum(open),
    released: ref.nullable(),
    ended: z.array(ref),
  }),
]) satisfies z.ZodType<RequestEvent>
