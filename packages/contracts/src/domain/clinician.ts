import type { Application, ClinicianState, Entry } from '@concord/domain/clinician/clinician'
import type { Affiliations, Availability, ClinicianEvent } from '@concord/domain/clinician/decide'
import { modes } from '@concord/domain/request/request'
import { z } from 'zod'
import { entryFacts, managementTie, post, registration, team, trainingTie, urgency } from './facts.ts'
import { eventHeader } from './request.ts'
import { atLeastOne, calendarDate, clinicianId, gmcNumber, language, line, networkCode, requestId } from './scalars.ts'
import { jointWorkSaid } from './works.ts'

const offersOf = {
  cap: z.int().min(0).max(20).meta({ description: 'How many cases at once' }),
  urgencies: z.array(urgency),
  modes: z.array(z.enum(modes)),
}
const tiesOf = {
  posts: z.array(post).max(60),
  teams: z.array(team).max(60),
  trainingTies: z.array(trainingTie).max(60),
  managementTies: z.array(managementTie).max(60),
}

export const entry = z
  .strictObject({
    name: line,
    visibility: z.enum(['network', 'national']).meta({ description: 'Who may ask: the home network, or any' }),
    languages: z.array(language).max(20),
    facts: entryFacts,
    ...offersOf,
  })
  .meta({ id: 'Entry' }) satisfies z.ZodType<Entry>

/** What whoever applies can say; the register check and the signature are recorded by their own steps. */
export const application = entry
  .extend({
    facts: entryFacts.omit({
      registration: true,
      specialistRegister: true,
      standingDeclarationSignedOn: true,
      jointWorks: true,
    }),
  })
  .meta({ id: 'Application' }) satisfies z.ZodType<Application>

export const availability = z.strictObject(offersOf) satisfies z.ZodType<Availability>
export const affiliations = z.strictObject(tiesOf) satisfies z.ZodType<Affiliations>
export const verification = z.strictObject({ registration, specialistRegister: z.array(line).max(20) })

const state = {
  id: clinicianId,
  home: networkCode,
  gmc: gmcNumber,
  version: z.int().positive(),
  entry,
  openCases: z.array(requestId),
  givenOn: z.array(calendarDate),
}
const works = z.strictObject({ count: z.int().positive(), recordedOn: calendarDate }).nullable().meta({
  description: 'How many works the clinician last brought, and when; null: none yet',
})

/** A register entry as it is stored. */
export const clinicianState = z.strictObject({
  ...state,
  works,
  status: z.enum(['applied', 'verified', 'listed', 'unlisted']),
}) satisfies z.ZodType<ClinicianState>

/** Who can be asked, as it stands on a listing. */
export const card = z.strictObject({ ...state, listed: z.boolean() })

const event = <T extends string, Shape extends z.ZodRawShape>(type: T, shape: Shape) =>
  z.strictObject({ ...eventHeader, type: z.literal(type), ...shape })

export const clinicianEvent = z.discriminatedUnion('type', [
  event('clinician.applied', { id: clinicianId, home: networkCode, entry }),
  event('clinician.verified', verification.shape),
  event('clinician.listed', {}),
  event('clinician.unlisted', {}),
  event('clinician.availability-set', { availability }),
  event('clinician.affiliations-recorded', { affiliations }),
  event('clinician.declared', { signedOn: calendarDate }),
  event('clinician.works-recorded', { count: z.int().positive() }),
  event('clinician.works-said', { said: atLeastOne(jointWorkSaid) }),
  event('place.taken', { request: requestId }),
  event('place.given-back', { request: requestId, because: z.enum(['given', 'released']) }),
]) satisfies z.ZodType<ClinicianEvent>
