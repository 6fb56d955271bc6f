import type { RequestId } from '@concord/domain/ids'
import type { Caller } from './caller.ts'
import { whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import type { OwnRecord } from './ports/store.ts'
import { type CaseInHand, type Scope, scopeOf } from './scope.ts'
import { type Asked, type Met, untilSettled } from './take-step.ts'

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
  const inHand = own && casesOf(own, caller).find((one) => one.id === id)
  if (!own || !inHand) return { kind: 'not-found', what: 'request' }
  return { kind: 'engagement', own, inHand, scope: scopeOf(membership, inHand) }
}

/** The cases of an entry that are this very person's: what somebody else accepted by it is not there for whoever holds it now. */
export const casesOf = ({ cases }: OwnRecord, { subject }: Pick<Caller, 'subject'>): OwnRecord['cases'] =>
  cases.filter(({ acceptedBy }) => acceptedBy === null || acceptedBy === subject)

/** A step of the case in hand: found in the clinician's own partition first, and all of it read again when it met another. */
export const stepInHand = async <Outcome extends { readonly kind: string }>(
  deps: Pick<Deps, 'storeFor'>,
  caller: Caller,
  { id, asked }: { readonly id: RequestId; readonly asked: Asked },
  step: (engagement: Engagement) => Promise<Outcome | Met>,
) => {
  const { membership } = caller
  if (membership.role !== 'clinician') return { kind: 'not-found', what: 'request' } as const
  // An acceptance elsewhere moves the clinician's record too, and an answered case leaves the inbox: the key is still answered.
  return untilSettled(deps.storeFor(scopeOf(membership)), asked, async () => {
    const engagement = await engagementOf(deps, caller, id)
    return engagement.kind === 'engagement' ? step(engagement) : engagement
  })
}
