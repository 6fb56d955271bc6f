import type { ClinicianState } from '@concord/domain/clinician/clinician'
import { decide } from '@concord/domain/request/decide'
import type { RequestEvent } from '@concord/domain/request/events'
import { evolve } from '@concord/domain/request/evolve'
import { type HeldRequest, holderOf, isHeld, type RequestState, refOf } from '@concord/domain/request/request'
import type { Deps } from '../deps.ts'
import { type RequestPlace, reactorScope } from '../scope.ts'
import { weighOwn } from '../weigh-own.ts'
import type { Effect } from './effects.ts'

type Rechecking = Pick<Deps, 'storeFor' | 'clock' | 'rulesFor' | 'organisations'>

/** A request that others change meanwhile is read again; one that never rests is left to be tried later. */
const TRIES = 20

/** Weighs a clinician again for every case they hold. An offer needs nothing: its acceptance weighs them anew. */
export const recheckCases = async (
  deps: Rechecking,
  { home, clinician }: Extract<Effect, { readonly kind: 'recheck-cases' }>,
) => {
  const own = await deps.storeFor(reactorScope(home)).own(home, clinician)
  if (!own) return
  // Held by the record's own places: the inbox beside them may be late, and says only in which network a case lies.
  for (const { network, trust, id } of own.cases)
    if (own.state.openCases.includes(id)) await recheck(deps, own.state, { network, trust, id })
}

const recheck = async (deps: Rechecking, { home, id }: ClinicianState, place: RequestPlace) => {
  const [atHome, store] = [deps.storeFor(reactorScope(home)), deps.storeFor(reactorScope(place.network))]
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const [own, declaration, found] = await Promise.all([
      atHome.clinician(home, id),
      atHome.declaration(home, id, place.id),
      store.timeline(place),
    ])
    if (!own || !found || !isHeld(found.state) || holderOf(found.state)?.id !== id) return
    const at = deps.clock.now()
    const assessment = await weighOwn(deps, {
      ...stageOf(found.state, found.events),
      state: found.state,
      own: { state: own },
      at,
      organisations: await deps.organisations(),
      declaration,
    })
    const actor = { subject: 'react', role: 'system' } as const
    const command = { type: 'recheck', clinician: refOf(found.state.acceptance), assessment } as const
    const decision = decide(found.state, command, { at, actor, ownTrusts: [] })
    if (decision.kind === 'nothing-to-do') return
    if (decision.kind !== 'decided') throw new Error(`${place.id} could not be looked at again: ${decision.kind}`)
    const state = decision.events.reduce<RequestState>(evolve, found.state)
    const request = { before: found.state.version, state, events: decision.events }
    if ((await store.commit({ request })).kind === 'committed') return
  }
  throw new Error(`${place.id} could not be looked at again: it did not rest`)
}

/** Up to where the case has come: what is asked at the opening has its answers once the pack was opened, and not before. */
const stageOf = ({ status }: HeldRequest, events: readonly RequestEvent[]) => {
  if (status !== 'in-review') return { stage: 'acceptance' } as const
  const opened = events.findLast((event) => event.type === 'pack.opened')
  if (!opened) throw new Error('Of a request in review it is known how its pack was opened')
  return { stage: 'opening', opening: opened.answers } as const
}
