import { roles } from '@concord/domain/actor'
import { deadlineSteps } from '@concord/domain/calendar/deadlines'
import {
  answersStands,
  declarationDecisions,
  declaredStages,
  questionRules,
  type Settlement,
  type SignedAnswers,
  settledHows,
} from '@concord/domain/request/declared'
import { duties } from '@concord/domain/request/duties'
import type { RequestEvent } from '@concord/domain/request/events'
import { questionKinds } from '@concord/domain/request/questions'
import {
  compartments,
  type Declared,
  declineReasons,
  modes,
  opinionKinds,
  outcomes,
  type RequestState,
  type RoutingFacts,
  statuses,
  withdrawalReasons,
} from '@concord/domain/request/request'
import { z } from 'zod'
import { givenAnswers, gmcNumbers, signedDeclaration, treatingConsultant, urgency } from './facts.ts'
import {
  atLeastOne,
  calendarDate,
  clinicianId,
  gmcNumber,
  instant,
  language,
  line,
  networkCode,
  orgCode,
  requestId,
  subject,
  tfc,
  trustCode,
} from './scalars.ts'
import { workAnswers } from './works.ts'

export const routingFacts = z
  .strictObject({
    kind: z.enum(opinionKinds).meta({ description: '“re-read” is of images or pathology' }),
    mode: z.enum(modes).meta({ description: 'How the opinion is to be formed' }),
    language: language
      .nullable()
      .meta({ description: 'The language the family would like, if it matters to who is asked' }),
    decideBy: calendarDate.nullable().meta({ description: 'The day by which the decision must fall, if one presses' }),
    familyInformedOn: calendarDate.nullable(),
    agreement: z
      .strictObject({ basis: z.enum(['parent', 'young-person', 'lawful-reason']), on: calendarDate })
      .nullable()
      .meta({ description: 'Who agreed to share, or that there is a lawful reason for doing without' }),
    screen: z.strictObject({ deteriorating: z.boolean(), marthasRuleUsed: z.boolean() }).meta({
      description:
        'A child who is getting worse now needs Martha’s Rule (England) or the health board’s rapid review (Wales) first. `marthasRuleUsed` says whether that was used, whichever it is',
    }),
    sites: z.array(orgCode).max(10),
    urgency,
    tfc,
    treating: atLeastOne(treatingConsultant),
    unwelcome: gmcNumbers,
    discussedWith: gmcNumbers,
    treatedBy: gmcNumbers,
  })
  .meta({
    id: 'RoutingFacts',
    description:
      'What matching needs, and no text about a child. `unwelcome`: whom the family would not want asked; `discussedWith`: with whom the team spoke of the case; `treatedBy`: who treated the child or advised before. A draft may leave open what a submission may not',
  }) satisfies z.ZodType<RoutingFacts>

const clinicianRef = { id: clinicianId, home: networkCode, gmc: gmcNumber }
const ref = z.strictObject(clinicianRef)
export const sectionRef = z.strictObject({
  compartment: z.enum(compartments),
  section: line,
  version: z.int().positive(),
  hash: z.string().length(64),
})
const deadline = z.strictObject({ step: z.enum(deadlineSteps), by: instant, provisional: z.boolean() })
export const offer = z
  .strictObject({ ...clinicianRef, name: line, offeredAt: instant, replyBy: instant })
  .meta({ id: 'Offer' })
export const shortlistRef = z.strictObject({
  takenAt: instant,
  hash: z.string().length(64),
  policyVersion: line,
  offerable: z.int().nonnegative(),
  excluded: z.int().nonnegative(),
})
export const exclusion = z.strictObject({
  clinician: clinicianId,
  because: z.enum(['declined', 'expired', 'conflict', 'objection', 'not-needed', 'holder-changed']),
})
const planApprover = z.enum(['clinical-lead', 'eso-lead'])
const cleared = z.strictObject({
  policyVersion: line,
  verdict: z.enum(['clear', 'note', 'manage', 'barred', 'undetermined']).meta({
    description: '“note”: the findings are told to all; “manage”: a written plan is approved by both leads',
  }),
  findings: z.array(z.strictObject({ rule: line, severity: z.enum(['BAR', 'MANAGE', 'NOTE']) })),
})
export const acceptance = z.strictObject({
  ...clinicianRef,
  name: line,
  offeredAt: instant,
  acceptedAt: instant,
  cleared,
  approvalsNeeded: z.array(planApprover),
  acceptedBy: subject,
  doubts: z.array(line).meta({
    description:
      'Rules that the clinician’s record no longer settles since it changed: while there are any, the pack is neither shared nor opened and no opinion is issued',
  }),
})
export const familyView = z
  .enum(['agrees', 'no-objection', 'waived-immediate'])
  .meta({ description: '“waived-immediate” is for U0 alone, where the family’s view cannot be waited for' })

const declaredStage = z.enum(declaredStages)
const question = { rule: z.enum(questionRules), about: gmcNumber.nullable() }
const answerWords = [
  'yes',
  'yes-lighter',
  'urgency-triage',
  'they-taught-me',
  'i-taught-them',
  'trained-together',
] as const
const saidAnswer = z.strictObject({ ...question, answer: z.enum([...answerWords, 'unsure']) })
/** An open question with the answer that was agreed, and how. */
export const settlement = z
  .strictObject({
    ...question,
    answer: z.enum(['no', ...answerWords]),
    how: z.enum(settledHows).meta({ description: 'How it was settled with the clinician' }),
  })
  .meta({ id: 'Settlement' }) satisfies z.ZodType<Settlement>
const signedAnswers = z
  .strictObject({
    version: z.int().positive(),
    signedAt: instant,
    signedBy: subject,
    verdict: z.enum(['clear', 'note', 'manage', 'barred', 'undetermined']),
    rules: z.array(line).meta({ description: 'The rules that barred, or could not be settled' }),
    said: z.array(saidAnswer).meta({ description: 'Every answer but a plain no' }),
    works: workAnswers,
  })
  .meta({ id: 'SignedAnswers', description: 'What a clinician signed, in codes' }) satisfies z.ZodType<SignedAnswers>
const settledAnswer = settlement.extend({ version: z.int().positive(), settledAt: instant, settledBy: subject })
export const declared = z
  .strictObject({
    ...clinicianRef,
    name: line,
    stage: declaredStage.meta({ description: 'With the acceptance, or at the opening of the pack' }),
    signed: atLeastOne(signedAnswers),
    counts: z.int().positive().meta({ description: 'The version that counts' }),
    settled: z.array(settledAnswer),
    stands: z.enum(answersStands),
    stood: z.enum(answersStands),
  })
  .meta({ id: 'Declared', description: 'All that a clinician signed for this request' }) satisfies z.ZodType<Declared>

const restricted = { section: sectionRef, readers: atLeastOne(subject) }
const base = {
  id: requestId,
  network: networkCode,
  trust: trustCode,
  version: z.int().positive(),
  tagKey: line,
  routing: routingFacts,
  sections: z.array(sectionRef),
  unnamed: z.array(gmcNumber),
  restricted: z.strictObject(restricted).nullable(),
  draftedAt: instant,
  draftedBy: subject,
  did: z.array(z.strictObject({ duty: z.enum(duties), subject })),
}
const sent = {
  ...base,
  submittedAt: instant,
  submittedBy: subject,
  deadlines: z.array(deadline),
  exclusions: z.array(exclusion),
  declarations: z.array(declared).default([]),
}
const engaged = { ...sent, acceptance, familyView, engagedAt: instant }
const reported = { ...engaged, openedAt: instant, reportedAt: instant }
const status = <S extends string>(name: S) => ({ status: z.literal(name) })
const open = z.enum(statuses).exclude(['closed', 'withdrawn'])

/** A request as it is stored: read back through this, or not at all. */
export const requestState = z.discriminatedUnion('status', [
  z.strictObject({ ...base, ...status('draft') }),
  z.strictObject({ ...sent, ...status('submitted') }),
  z.strictObject({ ...sent, ...status('triage') }),
  z.strictObject({ ...sent, ...status('matching'), shortlist: shortlistRef.nullable() }),
  z.strictObject({ ...sent, ...status('offered'), shortlist: shortlistRef, offers: atLeastOne(offer) }),
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
    was: open,
  }),
]) satisfies z.ZodType<RequestState>

export const eventHeader = {
  at: instant,
  by: z.union([
    z.strictObject({ subject: z.enum(['clock', 'react']), role: z.literal('system') }),
    z.strictObject({ subject, role: z.enum(roles) }),
  ]),
}
const event = <T extends string, Shape extends z.ZodRawShape>(type: T, shape: Shape) =>
  z.strictObject({ ...eventHeader, type: z.literal(type), ...shape })

const written = {
  sections: z.array(sectionRef),
  unnamed: z.array(gmcNumber),
  answered: z.array(z.strictObject({ at: line, kind: z.enum(questionKinds) })),
}

/** An event of a request as it is stored and as the stream tells it. */
export const requestEvent = z.discriminatedUnion('type', [
  event('request.drafted', {
    id: requestId,
    network: networkCode,
    trust: trustCode,
    tagKey: line,
    routing: routingFacts,
    ...written,
  }),
  event('request.revised', { routing: routingFacts, ...written }),
  event('restricted.noted', restricted),
  event('request.submitted', { deadlines: z.array(deadline) }),
  event('request.taken-up', {}),
  event('request.triaged', {}),
  event('request.shortlisted', { shortlist: shortlistRef }),
  event('offer.made', { offer }),
  event('offer.accepted', { acceptance, others: z.array(ref), signed: signedAnswers.nullable().default(null) }),
  event('declaration.signed', {
    clinician: ref,
    name: line,
    stage: declaredStage,
    signed: signedAnswers,
    stands: z.enum(answersStands),
  }),
  event('declaration.settled', {
    clinician: ref,
    stage: declaredStage,
    settled: atLeastOne(settlement),
    bars: z.array(line),
  }),
  event('declaration.decided', { clinician: ref, stage: declaredStage, decision: z.enum(declarationDecisions) }),
  event('offer.declined', { clinician: ref, because: z.enum(declineReasons) }),
  event('offer.expired', { clinician: ref }),
  event('plan.approved', { clinician: ref, as: planApprover }),
  event('family.objected', { released: ref }),
  event('request.engaged', { clinician: ref, acceptedBy: subject, familyView }),
  event('pack.opened', { clinician: ref, answers: givenAnswers }),
  event('clearance.doubted', { clinician: ref, rules: z.array(line) }),
  event('clearance.confirmed', { clinician: ref }),
  event('plan.needed', { clinician: ref, cleared, approvalsNeeded: z.array(planApprover) }),
  event('pack.closed', { released: ref, rules: z.array(line) }),
  event('case.freed', { released: ref }),
  event('opinion.reported', { opinion: sectionRef, share: deadline.nullable(), released: ref }),
  event('opinion.shared', { clinician: ref }),
  event('request.closed', { outcome: z.enum(outcomes), clinician: ref }),
  event('request.withdrawn', {
    because: z.enum(withdrawalReasons),
    was: open,
    wasSent: z.boolean(),
    released: ref.nullable(),
    ended: z.array(ref),
  }),
]) satisfies z.ZodType<RequestEvent>

const ownSigned = {
  place: z.strictObject({ network: networkCode, trust: trustCode, id: requestId }),
  version: z.int().positive(),
  signedBy: subject,
  verdict: z.enum(['clear', 'note', 'manage', 'barred', 'undetermined']),
  rules: z.array(line),
  isBarred: z.boolean(),
}
/** What a clinician signed, as their own partition keeps it. */
export const ownAnswers = z.discriminatedUnion('stage', [
  z.strictObject({ ...ownSigned, stage: z.literal('acceptance'), declaration: signedDeclaration }),
  z.strictObject({ ...ownSigned, stage: z.literal('opening'), declaration: givenAnswers }),
])
