import { type Caller, mustStand } from './caller.ts'
import type { Deps, UnboundDeps } from './deps.ts'
import { keepRefusal } from './refusals-on-record.ts'

/**
 * Binds a use case to the person who calls it. Its store and its audit wait until the membership holds; if it does not hold, that is
 * the answer, whatever the use case found or failed at. Refusals go on record before they are answered.
 */
export const asEachCaller =
  (deps: UnboundDeps) =>
  <Asked extends readonly unknown[], Outcome extends { readonly kind: string }>(
    name: string,
    useCase: (own: Deps) => (...asked: readonly [...Asked, Caller]) => Promise<Outcome>,
  ) =>
  async (...asked: readonly [...Asked, Caller]): Promise<Outcome | NotStanding> => {
    const caller = asked.at(-1) as Caller // The last of them by its type, which `at` cannot say.
    const outcome = await outcomeFor(caller, useCase(boundTo(deps, caller))(...asked))
    await keepRefusal(deps, caller, { name, kind: outcome.kind })
    return outcome
  }

const boundTo = (deps: UnboundDeps, caller: Caller): Deps => ({
  ...deps,
  storeFor: deps.storesOf(caller),
  audit: {
    put: async (entry) => {
      await mustStand(caller)
      return deps.audit.put(entry)
    },
  },
})

const outcomeFor = async <Outcome>(caller: Caller, asked: Promise<Outcome>): Promise<Outcome | NotStanding> => {
  const [came] = await Promise.allSettled([asked])
  if (!(await caller.standing)) return notStanding
  if (came.status === 'fulfilled') return came.value
  throw came.reason
}

type NotStanding = { readonly kind: 'not-standing' }
const notStanding: NotStanding = { kind: 'not-standing' }
