import { declineReasons, outcomes, withdrawalReasons } from '@concord/domain/request/request'
import type { StepName } from '@concord/domain/request/transitions'
import { z } from 'zod'
import { affiliations, availability, entry, verification } from './domain/clinician.ts'
import { caseDeclaration, openingAnswers } from './domain/facts.ts'
import { familyView, routingFacts } from './domain/request.ts'
import { clinicianId } from './domain/scalars.ts'
import { brief, childIdentity, narrative, opinion } from './domain/texts.ts'

const nothing = z.strictObject({})

export const draftBody = z.strictObject({
  routing: routingFacts,
  texts: z.strictObject({ brief, identity: childIdentity, narrative }),
})

/** Each step of a request after its draft: where it is posted, and what it needs. */
export const stepBodies = {
  submit: { path: 'submission', body: nothing },
  'take-up': { path: 'triage', body: nothing },
  'complete-triage': { path: 'triage-completion', body: nothing },
  shortlist: { path: 'shortlist', body: nothing },
  offer: { path: 'offers', body: z.strictObject({ clinician: clinicianId }) },
  accept: { path: 'acceptance', body: z.strictObject({ declaration: caseDeclaration }) },
  decline: { path: 'decline', body: z.strictObject({ because: z.enum(declineReasons) }) },
  'approve-plan': { path: 'plan-approval', body: nothing },
  'record-objection': { path: 'objection', body: nothing },
  engage: { path: 'engagement', body: z.strictObject({ familyView }) },
  'open-pack': { path: 'opening', body: z.strictObject({ answers: openingAnswers }) },
  report: { path: 'opinion', body: z.strictObject({ opinion }) },
  share: { path: 'sharing', body: nothing },
  close: { path: 'closure', body: z.strictObject({ outcome: z.enum(outcomes) }) },
  withdraw: { path: 'withdrawal', body: z.strictObject({ because: z.enum(withdrawalReasons) }) },
} as const satisfies Record<PostedStep, { readonly path: string; readonly body: z.ZodType }>
export type PostedStep = Exclude<StepName, 'draft' | 'revise' | 'expire-offer'>

/** Each step of a register entry, likewise. */
export const entryBodies = {
  verify: { path: 'verification', body: verification },
  list: { path: 'listing', body: nothing },
  unlist: { path: 'unlisting', body: nothing },
  'set-availability': { path: 'availability', body: z.strictObject({ availability }) },
  'record-affiliations': { path: 'affiliations', body: z.strictObject({ affiliations }) },
  declare: { path: 'declaration', body: nothing },
} as const
export type PostedEntryStep = keyof typeof entryBodies
export const applyBody = z.strictObject({ entry })
