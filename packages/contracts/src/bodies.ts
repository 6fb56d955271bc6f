import { declarationDecisions } from '@concord/domain/request/declared'
import { declineReasons, outcomes, withdrawalReasons } from '@concord/domain/request/request'
import type { StepName, SystemStep } from '@concord/domain/request/transitions'
import { z } from 'zod'
import type { Demands } from './demands.ts'
import { finding } from './domain/break-glass.ts'
import { affiliations, application, availability, verification } from './domain/clinician.ts'
import { caseDeclaration, openingAnswers } from './domain/facts.ts'
import { familyView, routingFacts, settlement } from './domain/request.ts'
import { atLeastOne, calendarDate, clinicianId, glassId, line, prose, subject, teamId } from './domain/scalars.ts'
import { brief, childIdentity, narrative, opinion, restrictedNote } from './domain/texts.ts'
import { bibliography, workAnswers } from './domain/works.ts'

/** A step of the process: where it is posted, what it is for, and what it needs. A body that was read says which step it is. */
const step = <Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  path: string,
  summary: string,
  shape: Shape,
  { isFresh = false, isCostly = false }: Demands = {},
) => ({ path, summary, isFresh, isCostly, body: z.strictObject(shape).transform((body) => ({ type, ...body })) })

export const draftBody = z
  .strictObject({
    routing: routingFacts,
    texts: z.strictObject({ brief, identity: childIdentity, narrative }).meta({
      description: 'Sealed: of what is given here only the brief goes to those who are asked, and nothing into a log',
    }),
    confirmed: z.array(z.string().max(64)).max(200).default([]).meta({
      description:
        'The ids of questions that you answer. What is only likely to be a mistake, or to name the child, is refused once with the code `to-confirm` and asked in `questions`; send the draft again with the id of each question whose `answer` is true. An answer holds for that very word or date in that place, and is kept: a change of the draft does not ask it again',
    }),
  })
  .meta({ id: 'Draft' })

/** Each step of a request after its draft. */
export const stepBodies = {
  submit: step('submit', 'submission', 'Submit a draft to the network', {}),
  restrict: step(
    'restrict',
    'restriction',
    'Keep what is safeguarding or legal apart, for those of the trust who are named',
    {
      note: restrictedNote,
      readers: z.array(subject).max(20).default([]).meta({ description: 'Who may read it beside whoever writes it' }),
    },
  ),
  'take-up': step('take-up', 'triage', 'Take a request up for triage', {}),
  'complete-triage': step('complete-triage', 'triage-completion', 'Complete triage: matching begins', {}),
  shortlist: step(
    'shortlist',
    'shortlist',
    'Weigh the independence of every clinician of the specialty',
    {},
    { isCostly: true },
  ),
  offer: step('offer', 'offers', 'Offer the request to a clinician who is offerable on the shortlist', {
    clinician: clinicianId,
  }),
  accept: step('accept', 'acceptance', 'Declare and accept, before anything names the child', {
    declaration: caseDeclaration,
    works: workAnswers.default([]),
  }),
  'answer-again': step('answer-again', 'second-answer', 'Sign a change of mind, beside what was signed first', {
    again: z.discriminatedUnion('stage', [
      z.strictObject({ stage: z.literal('acceptance'), declaration: caseDeclaration }),
      z.strictObject({ stage: z.literal('opening'), answers: openingAnswers }),
    ]),
  }),
  'settle-declaration': step(
    'settle-declaration',
    'settlement',
    'Record how each open question was settled with the clinician',
    { clinician: clinicianId, settled: atLeastOne(settlement) },
  ),
  'decide-declaration': step(
    'decide-declaration',
    'declaration-decision',
    'Decide whether the first answers stand, or the clinician may be asked again',
    { clinician: clinicianId, decision: z.enum(declarationDecisions) },
  ),
  decline: step('decline', 'decline', 'Decline an offer', { because: z.enum(declineReasons) }),
  'approve-plan': step('approve-plan', 'plan-approval', 'Approve the plan by which a finding is managed', {}),
  'record-objection': step('record-objection', 'objection', 'Record that the family objects to the clinician', {}),
  engage: step('engage', 'engagement', 'Record the family’s view and share the pack', { familyView }),
  'open-pack': step('open-pack', 'opening', 'Answer the close ties once more with the names seen: open the pack', {
    answers: openingAnswers,
  }),
  report: step('report', 'opinion', 'Issue the written opinion', { opinion }, { isFresh: true }),
  share: step('share', 'sharing', 'Record that the opinion was shared with the family', {}),
  close: step('close', 'closure', 'Record the outcome and close', { outcome: z.enum(outcomes) }),
  withdraw: step('withdraw', 'withdrawal', 'Withdraw the request', { because: z.enum(withdrawalReasons) }),
} as const satisfies Record<PostedStep, unknown>
export type PostedStep = Exclude<StepName, 'draft' | 'revise' | SystemStep>

export const applyBody = step('apply', 'clinicians', 'Enter a clinician’s application', { entry: application }).body

/** Each step of a register entry, likewise. */
export const entryBodies = {
  verify: step('verify', 'verification', 'Record what the GMC register showed', verification.shape),
  list: step('list', 'listing', 'List a verified clinician', {}),
  unlist: step('unlist', 'unlisting', 'Take a clinician off the listings', {}),
  'set-availability': step('set-availability', 'availability', 'Set capacity, urgencies and modes', { availability }),
  'record-affiliations': step('record-affiliations', 'affiliations', 'Record posts, teams and ties, with their dates', {
    affiliations,
  }),
  'record-works': step('record-works', 'works', 'Bring one’s publications, from PubMed or ORCID', {
    works: bibliography,
  }),
  'say-works': step('say-works', 'joint-works', 'Correct what one said of a joint work', { works: workAnswers.min(1) }),
  declare: step('declare', 'declaration', 'Sign the standing declaration', {}),
} as const
export type PostedEntryStep = keyof typeof entryBodies

/** Why somebody opens a case in an emergency: sealed, and read by those who look at it afterwards. */
export const breakGlassBody = z.strictObject({ reason: prose }).meta({ id: 'BreakGlass' })
/** Whoever opens a case so shows once more who they are. */
export const breakGlassDemands = { isFresh: true } as const satisfies Demands
/** What a guardian finds of a broken glass. */
export const reviewBody = z.strictObject({ glass: glassId, finding, note: prose }).meta({ id: 'GlassReview' })

const role = { subject, membership: line.meta({ examples: ['requester@network/south-west/trust/RA7'] }) }
/** What is done with the roles of an office. A body that was read says which it is. */
export const roleBodies = {
  grant: step(
    'grant',
    'roles',
    'Grant a role at one’s own office',
    {
      ...role,
      name: line.meta({ description: 'Who they are, for those who keep the list' }),
      to: calendarDate.nullable().meta({ description: 'The last day, if one is known' }),
    },
    { isFresh: true },
  ),
  confirm: step('confirm', 'roles/confirmation', 'Say at the yearly review that a role is still right', role),
  end: step('end', 'roles/end', 'End a role: whoever held it gets nothing on the next call', role),
} as const
export type PostedRoleStep = keyof typeof roleBodies

const teamName = line.meta({
  description: 'As colleagues know it. It is your organisation’s, so never name a patient in it',
})
const oneTeam = { team: teamId }
/** What is done with the list of teams that an office keeps. A body that was read says which it is. */
export const teamBodies = {
  add: step('add', 'teams', 'Add a team to your own list', { name: teamName }),
  rename: step('rename', 'teams/name', 'Rename a team of your own list', { ...oneTeam, name: teamName }),
  retire: step('retire', 'teams/retirement', 'Retire a team: it is no longer offered as a choice', oneTeam),
  restore: step('restore', 'teams/restoration', 'Bring a retired team back', oneTeam),
} as const
export type PostedTeamStep = keyof typeof teamBodies
