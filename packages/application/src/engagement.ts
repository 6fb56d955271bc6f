import type { RequestId } from '@concord/domain/ids'
import type { Caller } from './caller.ts'
import { whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import type { OwnRecord } from './ports/store.ts'
import { type CaseInHand, type Scope, scopeOf } from './scope.ts'
import { type Asked, answeredBefore } from './take-step.ts'

export type Engagement = {
  readonly kind: 'engagement'
  readonly own: OwnRecord
  readonly inHand: CaseInHand
  readonly scope: Scope
}

/** A clinician's case is found in their own partition first: what is not in hand there does not exist for them. */
export const engagementOf = async (
  { storeFor }: Pick<Deps, 'storeFor'>,
  caller: Caller,
  id: RequestId,
): Promise<
  Engagement | { readonly kind: 'not-standing' } | { readonly kind: 'not-found'; readonly what: 'request' }
> => {
  const { membership } = caller
  if (membership.role !== 'clinician') return { kind: 'not-found', what: 'request' }
  const own = await whileStanding(caller, storeFor(scopeOf(membership)).own(membership.home, membership.clinician))
  if (own === 'not-standing') return { kind: 'not-standing' }
  const inHand = own?.cases.find((one) => one.id === id)
  if (!own || !inHand) return { kind: 'not-found', what: 'request' }
  return { kind: 'engagement', own, inHand, scope: scopeOf(membership, inHand) }
}

/** The same for a step: a key that was used is answered as before, even when the case is no longer in hand since. */
export const engagementForStep = async (
  deps: Pick<Deps, 'storeFor'>,
  caller: Caller,
  { id, asked }: { readonly id: RequestId; readonly asked: Asked },
) => {
  const { membership } = caller
  if (membership.role !== 'clinician') return { kind: 'not-found', what: 'request' } as const
  const engagement = await engagementOf(deps, caller, id)
  if (engagement.kind !== 'not-found') return engagement
  const before = await deps.storeFor(scopeOf(membership)).once(asked.once.key)
  return before ? answeredBefore(before, asked) : engagement
}
