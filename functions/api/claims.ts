import type { LambdaEvent } from 'hono/aws-lambda'
import { z } from 'zod'

const verified = z.object({
  requestContext: z.object({ authorizer: z.object({ jwt: z.object({ claims: z.record(z.string(), z.unknown()) }) }) }),
})

/** The claims that the gateway's authoriser verified. They stand in the event's context, where no caller can write. */
export const claimsOf = ({ event }: { readonly event?: LambdaEvent }): Readonly<Record<string, unknown>> => {
  const read = verified.safeParse(event)
  return read.success ? read.data.requestContext.authorizer.jwt.claims : {}
}
