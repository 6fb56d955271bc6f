import {
  type Brief,
  bases,
  type ChildIdentity,
  diagnosisViews,
  type Narrative,
  type Opinion,
  planViews,
} from '@concord/domain/request/texts'
import { z } from 'zod'
import { calendarDate, gmcNumber, line, prose } from './scalars.ts'

export const brief = z.strictObject({
  question: prose,
  background: prose,
  team: z.array(z.strictObject({ gmc: gmcNumber, name: line })).max(30),
}) satisfies z.ZodType<Brief>

export const childIdentity = z.strictObject({
  givenName: line,
  familyName: line,
  bornOn: calendarDate,
  nhsNumber: z
    .string()
    .regex(/^\d{3} ?\d{3} ?\d{4}$/, 'Expected ten digits, or nothing')
    .nullable(),
}) satisfies z.ZodType<ChildIdentity>

export const narrative = z.strictObject({
  summary: prose,
  teamView: prose,
  familyQuestions: z.array(prose).max(20),
}) satisfies z.ZodType<Narrative>

export const opinion = z.strictObject({
  basis: z.enum(bases),
  limits: prose,
  diagnosis: z.enum(diagnosisViews),
  plan: z.enum(planViews),
  reasoning: prose,
  answers: z.array(prose).max(20),
  plainSummary: prose,
}) satisfies z.ZodType<Opinion>
