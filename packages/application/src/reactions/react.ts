import type { NetworkCode } from '@concord/domain/ids'
import { must, parseNetworkCode } from '@concord/domain/ids'
import type { Envelope, Parked } from '../ports/reactor-store.ts'
import { PLATFORM } from '../scope.ts'
import { perform, type ReactorDeps } from './perform.ts'
import { type DomainEvent, reactions } from './reactions.ts'

const TRIES = 3

/** Runs every reaction to one event. One that fails three times is parked for itself alone; its neighbours go on. */
export const react =
  (deps: ReactorDeps) =>
  async (envelope: Envelope<DomainEvent>): Promise<readonly string[]> => {
    const failures = await Promise.all(
      Object.keys(reactions).map(async (name) => {
        const because = await tryReaction(deps, name, envelope)
        if (because === undefined) return []
        await deps.reactor.park({
          network: networkOf(envelope.pk),
          reaction: name,
          envelope,
          because,
          at: deps.clock.now(),
        })
        return [name]
      }),
    )
    return failures.flat()
  }

/** Runs a parked reaction again, and lets it go when it succeeds. */
export const replay =
  (deps: ReactorDeps) =>
  async (parked: Parked): Promise<boolean> => {
    // Parked from the stream, where it was read as an event of the domain.
    const because = await tryReaction(deps, parked.reaction, parked.envelope as Envelope<DomainEvent>)
    if (because === undefined) await deps.reactor.unpark(parked)
    return because === undefined
  }

const tryReaction = async (
  deps: ReactorDeps,
  name: string,
  envelope: Envelope<DomainEvent>,
): Promise<string | undefined> => {
  const reaction = Object.entries(reactions).find(([one]) => one === name)?.[1]
  if (!reaction) return `There is no reaction named ${name}`
  for (let tries = 1; ; tries += 1) {
    try {
      for (const effect of reaction(envelope)) await perform(deps)(effect, envelope.id)
      return undefined
    } catch (error) {
      if (tries === TRIES) return error instanceof Error ? error.name : 'unknown'
    }
  }
}

/** Under which office a reaction is parked: of a role that belongs to no network, under the platform's. */
const networkOf = (pk: string): NetworkCode | typeof PLATFORM => {
  const office = pk.split('/')[1] ?? ''
  return office === PLATFORM ? PLATFORM : must(parseNetworkCode, office)
}
