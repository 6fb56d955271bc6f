import type {
  CandidateFacts,
  CaseDeclaration,
  OpeningAnswers,
  TreatingConsultant,
} from '@concord/domain/independence/facts'
import { z } from 'zod'
import { calendarDate, endDate, gmcNumber, instant, line, orgCode, orNull, teamId, tfc } from './scalars.ts'
import { jointWorkSaid } from './works.ts'

// Field by field as packages/domain says it; `satisfies` at the foot keeps the two from drifting apart. What is said of a field in
// `meta` goes into the documents of the API: what a caller cannot guess, and nothing else.

const period = { from: calendarDate.nullable(), to: endDate }
export const urgency = z.enum(['U0', 'U1', 'U2', 'U3']).meta({
  id: 'Urgency',
  description:
    'U0: a decision within about a day, delay could harm. U1: within a week, or in hospital now. U2: within four weeks. U3: planned, no date presses. Each has its own deadlines, which a network may set.',
})
const answer = z.enum(['yes', 'no', 'unsure']).meta({
  description: '“unsure” is honest and holds the step up: what cannot be determined is never taken for a no',
})
const grade = z.enum(['consultant', 'specialist', 'associate-specialist', 'specialty-doctor', 'resident'])

const dated = <Shape extends z.ZodRawShape>(id: string, shape: Shape) =>
  z.strictObject({ ...period, ...shape }).meta({ id })
const management = ['manages', 'appraises', 'responsible-officer-of', 'managed-by', 'appraised-by'] as const

const site = z
  .union([z.literal('none'), orgCode], 'Expected the ODS code of a site, “none”, or null')
  .nullable()
  .meta({
    description: '“none” is a post without a hospital site, as at a university; null is a site nobody asked about',
  })
export const post = dated('Post', {
  org: orgCode,
  site,
  kind: z.enum(['substantive', 'honorary', 'bank', 'locum', 'training', 'academic', 'visiting']),
})
export const team = dated('Team', { team: teamId, kind: z.enum(['team', 'mdt', 'rota', 'transport-service']) })
export const trainingTie = dated('TrainingTie', {
  with: gmcNumber,
  kind: z.enum(['trainer-of', 'trainee-of', 'phd-supervisor-of', 'phd-student-of', 'co-trainee']),
})
export const managementTie = dated('ManagementTie', {
  with: gmcNumber,
  kind: z.enum([...management, 'has-as-responsible-officer']),
})
export const registration = z
  .strictObject({
    status: z.enum(['registered', 'suspended', 'erased']),
    licence: z.boolean(),
    conditionsAffectScope: z.boolean(),
    interimOrder: z.boolean(),
    warning: z.boolean(),
    checkedOn: calendarDate,
  })
  .meta({ id: 'Registration', description: 'What the register of the General Medical Council showed, and when' })

/** Nobody asked, and asked with nothing found, are two things. */
const asked = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .max(most)
    .nullable()
    .meta({ description: 'null: nobody asked; an empty list: asked, and there is none' })
export const gmcNumbers = asked(gmcNumber, 50)

/** What a register entry says; the workload is the platform's own and not among it. */
export const entryFacts = z
  .strictObject({
    gmc: gmcNumber,
    grade: grade.nullable(),
    specialistRegister: asked(line, 20),
    practice: asked(z.strictObject({ tfc, lastPractisedOn: calendarDate }), 20),
    posts: asked(post, 60),
    teams: asked(team, 60),
    trainingTies: asked(trainingTie, 60),
    managementTies: asked(managementTie, 60),
    registration: orNull(registration),
    indemnity: z
      .strictObject({
        route: z.enum(['employer', 'own', 'none']),
        validTo: endDate,
        employerView: z.enum(['permits', 'objects', 'not-needed']).nullable(),
      })
      .nullable(),
    standingDeclarationSignedOn: calendarDate.nullable(),
    jointWorks: z
      .array(jointWorkSaid)
      .max(500)
      .meta({ description: 'What the clinician said of works that bear a treating consultant’s name' }),
  })
  .meta({
    id: 'EntryFacts',
    description:
      'What independence and fitness are judged by. A training or management tie is the clinician’s: they are the `kind` of `with`',
  }) satisfies z.ZodType<Omit<CandidateFacts, 'openCases' | 'cap'>>

export const treatingConsultant = z
  .strictObject({
    gmc: gmcNumber,
    role: z.enum(['lead', 'treating']),
    org: orgCode,
    grade: grade.nullable(),
    teams: asked(team, 20),
  })
  .meta({ id: 'TreatingConsultant' }) satisfies z.ZodType<TreatingConsultant>

const about = (description: string) => answer.meta({ description })

const plain = (description: string) => about(description)
const graded = (description: string, lighter: string) =>
  z.enum(['yes', 'yes-lighter', 'no', 'unsure']).meta({ description: `${description}; “yes-lighter”: ${lighter}` })

/** What the clinician says before accepting; when it was signed is the platform's to say. */
export const caseDeclaration = z
  .strictObject({
    C05: about('You ever treated this child, or advised on the case'),
    C06: z.enum(['yes', 'no', 'unsure', 'urgency-triage']).meta({
      description:
        'A treating doctor discussed the case with you before you were asked; “urgency-triage”: only to judge how urgent it is',
    }),
    C13: about('You are close to the child or the family, as far as you can tell without the name'),
    consultants: z
      .array(
        z.strictObject({
          gmc: gmcNumber,
          C07: about('One of you directs, appraises or employs the other, or is their responsible officer'),
          C08: about('You share a clinical team, a standing meeting, a rota or a transport service'),
          C10: z.enum(['no', 'unsure', 'they-taught-me', 'i-taught-them', 'trained-together']).meta({
            description: 'One of you trained or supervised the other within ten years',
          }),
          C12: about('You are close friends, partners or relatives, or were'),
        }),
      )
      .max(30)
      .meta({ description: 'One for each of the request’s `treating` consultants' }),
    interests: z
      .strictObject({
        C14: plain(
          'You share a practice, partnership or company with a treating consultant, or own a tenth or more of the maker of an option',
        ),
        C15: graded(
          'You hold a smaller share in the maker of an option, or it pays you',
          'that option is not the contested one',
        ),
        C16: graded(
          'You invented the contested treatment, or hold a patent on it',
          'you would give only factual input',
        ),
        C17: plain('You lead a trial that the child could enter'),
        C18: graded(
          'Your hospital would do the planned operation if your opinion favours it',
          'it would receive the child, a fee or activity in another way',
        ),
        C19: plain('The family, a solicitor, an insurer or a campaign pays you for this case'),
        C20: graded(
          'You are, or are likely to be, an expert witness in this case',
          'only in another case against this trust, within two years',
        ),
        C21: plain('You spoke of this case in public'),
        C22: graded(
          'You argued strongly in print for or against the contested treatment',
          'others will give an opinion beside you',
        ),
        C23: graded(
          'You published or held a grant with a treating consultant within three years, or five times in all',
          'longer ago and less often',
        ),
        C24: plain('You sit on a guideline group or College committee with a treating consultant'),
        C27: plain('You have a live complaint, dispute or lawsuit with the trust, the team or the family'),
        C28: plain('You applied for a post at this trust, or recruit one of its consultants, within six months'),
        C29: plain('You have a part in the board of this trust, or in a charity that funds the family'),
        C30: graded(
          'The maker of an option paid you £1,000 or more within twelve months',
          'less, or within three years',
        ),
        C31: graded(
          'Somebody close to you has such an interest (C14 to C17, C28 to C30) that would bar you',
          'one that you would have to manage',
        ),
      })
      .meta({ id: 'DeclaredInterests', description: 'Interests and involvement, one answer for each rule' }),
  })
  .meta({
    id: 'CaseDeclaration',
    description: 'Signed by sending it, before anything that names the child is shown',
  }) satisfies z.ZodType<Omit<CaseDeclaration, 'signedAt'>>
export const signedDeclaration = caseDeclaration.extend({ signedAt: instant }) satisfies z.ZodType<CaseDeclaration>

export const openingAnswers = z
  .strictObject({
    C05: about('You ever treated this child, or advised on the case'),
    C12: about('You are close to one of the treating consultants'),
    C13: about('You are close to the child or the family'),
  })
  .meta({
    id: 'OpeningAnswers',
    description: 'The close ties, asked once more now that the names are seen',
  }) satisfies z.ZodType<Omit<OpeningAnswers, 'answeredAt'>>
export const givenAnswers = openingAnswers.extend({ answeredAt: instant }) satisfies z.ZodType<OpeningAnswers>
