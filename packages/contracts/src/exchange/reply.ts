import { z } from 'zod'

const stage = z.enum(['offer', 'acceptance', 'opening', 'report'])
const ruleId = z.string().regex(/^[A-Z]\d\d$/)

/** Where a finding comes from: which fact, whose, from when to when, what said so, and as of when. */
const evidence = z.object({
  fact: z.string(),
  whose: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  source: z.string(),
  asOf: z.string(),
})

export const findingReply = z.object({
  rule: ruleId,
  severity: z.enum(['BAR', 'MANAGE', 'NOTE', 'UNKNOWN']).meta({
    description: 'UNKNOWN: the rule cannot be determined at this stage; the evidence says which fact would settle it',
  }),
  stage: stage.meta({ description: 'The stage by which the rule must be settled' }),
  confidence: z.enum(['declared', 'derived', 'unknown']),
  appliesTo: z
    .string()
    .meta({ description: 'The person or role concerned: the candidate, unless it is somebody who acts beside them' }),
  evidence,
  sentence: z.string(),
})

export const verdict = z.enum(['clear', 'note', 'manage', 'barred', 'undetermined'])
export const toAsk = z.object({ rule: ruleId, fact: z.string() })

/** A line that could not be read, and where. The lines after it are answered all the same. */
export const errorReply = z.object({
  id: z.string().nullable(),
  error: z.object({
    code: z.enum([
      'not-json',
      'too-long',
      'malformed',
      'unknown-id',
      'unknown-relation',
      'dates-out-of-order',
      'duplicate-id',
      'empty-register',
      'too-many',
    ]),
    path: z.string(),
    message: z.string(),
  }),
})

export const assessReply = z.object({
  id: z.string(),
  verdict,
  findings: z.array(findingReply),
  toAsk: z.array(toAsk),
  route: z.enum(['open', 'closed', 'none']).meta({
    description: 'The route for when only conflicted experts are left (C44); none where it is not in question',
  }),
})
export type AssessReply = z.output<typeof assessReply>
export type ErrorReply = z.output<typeof errorReply>
