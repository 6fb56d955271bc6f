import type {
  CandidateFacts,
  CaseDeclaration,
  OpeningAnswers,
  TreatingConsultant,
} from '@concord/domain/independence/facts'
import { z } from 'zod'
import { calendarDate, endDate, gmcNumber, instant, line, orgCode, tfc } from './scalars.ts'

// Field by field as packages/domain says it; `satisfies` at the foot keeps the two from drifting apart.

const period = { from: calendarDate.nullable(), to: endDate }
export const urgency = z.enum(['U0', 'U1', 'U2', 'U3'])
export const answer = z.enum(['yes', 'no', 'unsure'])
export const grade = z.enum(['consultant', 'specialist', 'associate-specialist', 'specialty-doctor', 'resident'])

export const post = z.strictObject({
  ...period,
  org: orgCode,
  site: z.union([z.literal('none'), orgCode]).nullable(),
  kind: z.enum(['substantive', 'honorary', 'bank', 'locum', 'training', 'academic', 'visiting']),
})
export const team = z.strictObject({
  ...period,
  team: line,
  kind: z.enum(['team', 'mdt', 'rota', 'transport-service']),
})
export const trainingTie = z.strictObject({
  ...period,
  with: gmcNumber,
  kind: z.enum(['trainer-of', 'trainee-of', 'phd-supervisor-of', 'phd-student-of', 'co-trainee']),
})
export const managementTie = z.strictObject({
  ...period,
  with: gmcNumber,
  kind: z.enum([
    'manages',
    'appraises',
    'responsible-officer-of',
    'managed-by',
    'appraised-by',
    'has-as-responsible-officer',
  ]),
})
export const registration = z.strictObject({
  status: z.enum(['registered', 'suspended', 'erased']),
  licence: z.boolean(),
  conditionsAffectScope: z.boolean(),
  interimOrder: z.boolean(),
  warning: z.boolean(),
  checkedOn: calendarDate,
})

/** What a register entry says; the workload is the platform's own and not among it. */
export const entryFacts = z.strictObject({
  gmc: gmcNumber,
  grade: grade.nullable(),
  specialistRegister: z.array(line).max(20).nullable(),
  practice: z
    .array(z.strictObject({ tfc, lastPractisedOn: calendarDate }))
    .max(20)
    .nullable(),
  posts: z.array(post).max(60).nullable(),
  teams: z.array(team).max(60).nullable(),
  trainingTies: z.array(trainingTie).max(60).nullable(),
  managementTies: z.array(managementTie).max(60).nullable(),
  registration: registration.nullable(),
  indemnity: z
    .strictObject({
      route: z.enum(['employer', 'own', 'none']),
      validTo: endDate,
      employerView: z.enum(['permits', 'objects', 'not-needed']).nullable(),
    })
    .nullable(),
  standingDeclarationSignedOn: calendarDate.nullable(),
}) satisfies z.ZodType<Omit<CandidateFacts, 'openCases' | 'cap'>>

export const treatingConsultant = z.strictObject({
  gmc: gmcNumber,
  role: z.enum(['lead', 'treating']),
  org: orgCode,
  grade: grade.nullable(),
  teams: z.array(team).max(20).nullable(),
}) satisfies z.ZodType<TreatingConsultant>

/** What the clinician says before accepting; when it was signed is the platform's to say. */
export const caseDeclaration = z.strictObject({
  C05: answer,
  C06: z.enum(['yes', 'no', 'unsure', 'urgency-triage']),
  C13: answer,
  consultants: z
    .array(
      z.strictObject({
        gmc: gmcNumber,
        C07: answer,
        C08: answer,
        C10: z.enum(['no', 'unsure', 'they-taught-me', 'i-taught-them', 'trained-together']),
        C12: answer,
      }),
    )
    .max(30),
}) satisfies z.ZodType<Omit<CaseDeclaration, 'signedAt'>>
export const signedDeclaration = caseDeclaration.extend({ signedAt: instant }) satisfies z.ZodType<CaseDeclaration>

export const openingAnswers = z.strictObject({ C05: answer, C12: answer, C13: answer }) satisfies z.ZodType<
  Omit<OpeningAnswers, 'answeredAt'>
>
export const givenAnswers = openingAnswers.extend({ answeredAt: instant }) satisfies z.ZodType<OpeningAnswers>
