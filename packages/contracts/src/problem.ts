import { z } from 'zod'

/** What a refusal says on the wire (RFC 9457). `code` is permanent; the words may improve. */
export const problem = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** The places that are wrong, where there are some to name. */
  errors: z.array(z.object({ at: z.string(), problem: z.string() })).optional(),
  /** Findings that stand in the way, where the engine said no. */
  findings: z.array(z.object({ rule: z.string(), severity: z.string(), sentence: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>
export const PROBLEM_TYPE = 'application/problem+json'
