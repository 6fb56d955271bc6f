import { z } from 'zod'

/** What a refusal says on the wire (RFC 9457). `code` is permanent; the words may improve. */
export const problem = z
  .object({
    type: z.string(),
    code: z.string().meta({
      description: 'Permanent: more may come, none changes its meaning. Programs go by this, people by the words',
      examples: ['not-possible', 'changed', 'key-reused', 'offer-expired'],
    }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z
      .array(z.object({ at: z.string().meta({ examples: ['body.routing.tfc'] }), problem: z.string() }))
      .optional()
      .meta({ description: 'The places that are wrong, where there are some to name' }),
    questions: z
      .array(
        z.object({
          id: z.string().meta({ description: 'Send it in `confirmed`, if the answer is true' }),
          at: z.string().meta({ examples: ['body.texts.brief.question'] }),
          words: z.string().meta({ examples: ['“may” is also the child’s name.'] }),
          answer: z.string().meta({ examples: ['This is not the child'] }),
        }),
      )
      .optional()
      .meta({ description: 'With the code `to-confirm`: what to answer before the call is sent again' }),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problem>
export const PROBLEM_TYPE = 'application/problem+json'
