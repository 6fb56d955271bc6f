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
import { calendarDate, childNumber, gmcNumber, line, prose } from './scalars.ts'

export const brief = z
  .strictObject({
    question: prose,
    background: prose,
    team: z
      .array(z.strictObject({ gmc: gmcNumber, name: line }))
      .max(30)
      .meta({ description: 'Who treats the child' }),
  })
  .meta({
    id: 'Brief',
    description:
      'All that those who are asked may see: a brief that names the child, gives the NHS number or the birthday is refused',
  }) satisfies z.ZodType<Brief>

export const childIdentity = z
  .strictObject({
    givenName: line,
    familyName: line,
    bornOn: calendarDate,
    nhsNumber: childNumber.nullable(),
  })
  .meta({ id: 'ChildIdentity' }) satisfies z.ZodType<ChildIdentity>

export const narrative = z
  .strictObject({
    summary: prose,
    teamView: prose,
    familyQuestions: z
      .array(prose)
      .max(20)
      .meta({ description: 'In the family’s own words: the opinion answers each' }),
  })
  .meta({ id: 'Narrative' }) satisfies z.ZodType<Narrative>

/** What is kept apart from the pack: safeguarding or legal. */
export const restrictedNote = z
  .strictObject({ text: prose })
  .meta({ id: 'RestrictedNote', description: 'Safeguarding or legal: for those of the trust who are named' })

export const opinion = z
  .strictObject({
    basis: z.enum(bases).meta({ description: 'Whether the child was seen, and how' }),
    limits: prose.meta({ description: 'What the opinion could not rest on' }),
    diagnosis: z.enum(diagnosisViews),
    plan: z.enum(planViews).meta({ description: '“insufficient”: what was sent does not suffice to say' }),
    reasoning: prose,
    answers: z
      .array(prose)
      .max(20)
      .meta({ description: 'One for each of the narrative’s `familyQuestions`, in their order' }),
    plainSummary: prose.meta({ description: 'The opinion as a family reads it' }),
  })
  .meta({
    id: 'Opinion',
    description: 'Advisory: care stays with the treating team. Issued once, never edited',
  }) satisfies z.ZodType<Opinion>
