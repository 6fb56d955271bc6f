import type { RequestId } from '@concord/domain/ids'
import type { StepName } from '@concord/domain/request/transitions'
import { type Caller, isShownTo, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { engagementOf } from './engagement.ts'
import { canReach, placeFor, type RequestPlace, type Scope, scopeOf } from './scope.ts'

type Reach = { readonly kind: 'reach'; readonly place: RequestPlace; readonly scope: Scope }
type Refused = { readonly kind: 'not-standing' } | { readonly kind: 'not-found'; readonly what: 'request' }
const notFound = { kind: 'not-found', what: 'request' } as const

/** Where a caller finds a request, and what of it they may touch; where it cannot be theirs, it is not there. */
export const reachOf = async (
  deps: Pick<Deps, 'storeFor'>,
  caller: Caller,
  id: RequestId,
): Promise<Reach | Refused> => {
  const { membership } = caller
  if (membership.role === 'clinician') {
    const engagement = await engagementOf(deps, caller, id)
    if (engagement.kind !== 'engagement') return engagement
    return { kind: 'reach', place: engagement.inHand, scope: engagement.scope }
  }
  const scope = scopeOf(membership)
  const place = 'network' in membership && placeFor(membership.network, id)
  if (place && canReach(scope, place)) return { kind: 'reach', place, scope }
  return notThere(caller, 'request')
}

/** Tells one who may see the request that the step is another role's; to anybody else the request is not there. */
export const refuseStep =
  (deps: Pick<Deps, 'storeFor'>) =>
  async ({ id, step }: { readonly id: RequestId; readonly step: StepName }, caller: Caller) => {
    const reach = await reachOf(deps, caller, id)
    if (reach.kind !== 'reach') return reach
    const state = await whileStanding(caller, deps.storeFor(reach.scope).request(reach.place))
    if (state === 'not-standing') return { kind: 'not-standing' } as const
    if (!state || !isShownTo(caller, state)) return notFound
    return { kind: 'not-yours', step, role: caller.membership.role } as const
  }
