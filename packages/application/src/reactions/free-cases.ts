import { decide } from '@concord/domain/request/decide'
import { evolve } from '@concord/domain/request/evolve'
import { holderOf, isHeld, type RequestState, refOf } from '@concord/domain/request/request'
import type { Deps } from '../deps.ts'
import { type RequestPlace, reactorScope } from '../scope.ts'
import type { Effect } from './effects.ts'

type Freeing = Pick<Deps, 'storeFor' | 'clock'>
type FreeCases = Extract<Effect, { readonly kind: 'free-cases' }>

/** A request that others change meanwhile is read again; one that never rests is left to be tried later. */
const TRIES = 20

/** Takes back every case that somebody accepted who held the register entry before: it goes to be matched again, and not to the new holder. */
export const freeCases = async (deps: Freeing, effect: FreeCases) => {
  const { home, clinician } = effect
  const own = await deps.storeFor(reactorScope(home)).own(home, clinician)
  if (!own) return
  // Nobody accepts what is not in the inbox yet, so that each case that takes a place and goes on is there too.
  for (const { network, trust, id } of own.cases)
    if (own.state.openCases.includes(id)) await free(deps, effect, { network, trust, id })
}

const free = async ({ storeFor, clock }: Freeing, { clinician, holder, since }: FreeCases, place: RequestPlace) => {
  const store = storeFor(reactorScope(place.network))
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const found = await store.request(place)
    if (!found || !isHeld(found) || holderOf(found)?.id !== clinician) return
    const command = { type: 'free', clinician: refOf(found.acceptance), holder, since } as const
    const actor = { subject: 'react', role: 'system' } as const
    const decision = decide(found, command, { at: clock.now(), actor, ownTrusts: [] })
    if (decision.kind === 'nothing-to-do') return
    if (decision.kind !== 'decided') throw new Error(`${place.id} could not be taken back: ${decision.kind}`)
    const state = decision.events.reduce<RequestState>(evolve, found)
    const committed = await store.commit({ request: { before: found.version, state, events: decision.events } })
    if (committed.kind === 'committed') return
  }
  throw new Error(`${place.id} could not be taken back: it did not rest`)
}
