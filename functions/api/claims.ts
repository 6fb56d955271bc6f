import { z } from 'zod'

const verified = z.object({
  event: z.object({
    requestContext: z.object({
      authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }),
    }),
  }),
})

/** The claims that the gateway's authoriser verified. They stand in the event's context, where no caller can write. */
export const claimsOf = (env: unknown): Readonly<Record<string, unknown>> => {
  const read = verified.safeParse(env)
  return read.success ? read.data.event.requestContext.authorizer.jwt.claims : {}
}
