import type { Work } from '@concord/domain/evidence/work'
import { type JointWorkSaid, worksSaid } from '@concord/domain/independence/facts'
import { z } from 'zod'
import { calendarDate, gmcNumber } from './scalars.ts'

/** In characters: three megabytes of PubMed's plain text. */
export const LARGEST_BIBLIOGRAPHY = 3 * 1024 * 1024

const author = z.strictObject({ name: z.string(), orcid: z.string().nullable() })
/** A clinician's works as they are kept. */
export const keptWorks = z.array(
  z.strictObject({
    ids: z.strictObject({ pmid: z.string().nullable(), doi: z.string().nullable(), other: z.array(z.string()) }),
    title: z.string(),
    on: z.string().nullable(),
    kind: z.enum(['article', 'preprint', 'guideline', 'letter', 'erratum', 'other']),
    authors: z.array(author),
    authorCount: z.int(),
    isConsortium: z.boolean(),
    sameWorkAs: z.array(z.string()),
  }),
) satisfies z.ZodType<readonly Work[]>

/** The text of a PubMed or ORCID export. */
export const bibliography = z.string().max(LARGEST_BIBLIOGRAPHY).meta({
  description:
    'The text of a PubMed export (.nbib), or of ORCID JSON: a record, its works, or works in full. Summaries of ORCID name no co-authors; works in full and PubMed do',
})

const evidence = z.string().regex(/^[0-9a-f]{16}$/)
const said = z.enum(worksSaid).meta({
  description:
    'both: you wrote it together; not-mine: it is not yours; not-theirs: it is yours, with somebody else of that name',
})
const consultant = gmcNumber.meta({ description: 'The treating consultant' })
const seenWork = z.strictObject({
  ids: z.array(z.string()).meta({ examples: [['pmid:31234567']] }),
  title: z.string(),
  on: z.string().nullable().meta({ description: 'A year, a month or a day' }),
  authorCount: z.int(),
})

export const workToSay = z
  .strictObject({
    with: consultant,
    name: z.string(),
    work: seenWork,
    match: z.enum(['orcid', 'name', 'initials']).meta({ description: 'By what the consultant seems an author' }),
    evidence,
  })
  .meta({ id: 'WorkToSay', description: 'A work that bears a treating consultant’s name, until you said whose it is' })

export const workAnswers = z
  .array(z.strictObject({ with: consultant, evidence, said }))
  .max(300)
  .meta({ description: 'One for each of the joint works that are asked about' })

export const jointWorkSaid = z
  .strictObject({
    with: consultant,
    work: seenWork,
    evidence,
    said,
    saidOn: calendarDate,
    until: calendarDate.nullable().meta({ description: 'The last day a dismissal holds' }),
  })
  .meta({ id: 'JointWork' }) satisfies z.ZodType<JointWorkSaid>
