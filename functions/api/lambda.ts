import type { UnboundDeps } from '@concord/application/deps'
import type { People } from '@concord/application/ports/people'
import { useCases } from '@concord/application/use-cases'
import { handle } from 'hono/aws-lambda'
import { callerFrom } from '../caller.ts'
import { type ApiDeps, api } from './app.ts'

type LambdaDeps = UnboundDeps &
  Pick<ApiDeps, 'limits' | 'report'> & {
    readonly people: People
  }

/** The API as Lambda calls it, with an event of an HTTP API. The handler of the cloud and the bench are this one. */
export const lambda = ({ report, limits, ...deps }: LambdaDeps) =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that replaces it is not published yet.
  handle(
    api({
      useCases: useCases(deps),
      digest: deps.digest,
      callerOf: (claims) => callerFrom(deps, claims),
      limits,
      clock: deps.clock,
      report,
    }),
  )

/** What Lambda is called with for an HTTP API. */
export type LambdaEvent = Parameters<ReturnType<typeof lambda>>[0]
