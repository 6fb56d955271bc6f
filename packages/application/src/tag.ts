import type { RequestState } from '@concord/domain/request/request'
import { shownOf, tracesOf } from '@concord/domain/request/shown'
import { type Acting, actorOf, type Caller, isShownTo, partyOf } from './caller.ts'
import type { Mac } from './ports/outside.ts'

type TagDeps = { readonly mac: Mac }

/**
 * Says to a caller whether a request changed for them: a keyed hash of what they see of it, so that what is hidden from them changes
 * nothing and nothing hidden can be guessed at. What is no longer theirs to see has one tag, whatever becomes of it.
 */
export const tagFor = (
  { mac }: TagDeps,
  caller: Pick<Caller, 'subject' | 'membership'>,
  state: RequestState,
): string => {
  const { membership } = caller
  const party = isShownTo(caller, state) ? partyOf(caller) : undefined
  const seen = party ? [shownOf(state, party), tracesOf(state, party)] : null
  return mac(state.tagKey, JSON.stringify([membership, seen], inOrder))
}

/** A caller as they take a step: they see what is theirs to see, and their tag changes with that alone. */
export const acting = (deps: TagDeps, caller: Caller): Acting => ({
  actor: actorOf(caller),
  standing: caller.standing,
  sees: (state) => isShownTo(caller, state),
  tagOf: (state) => tagFor(deps, caller, state),
})

/** The names of an object in one order: a state just made has them in another than one that was read. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
