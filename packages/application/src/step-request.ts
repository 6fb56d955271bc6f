import type { RequestId } from '@concord/domain/ids'
import type { FamilyView, Outcome, WithdrawalReason } from '@concord/domain/request/request'
import { dateAt } from '@concord/domain/time'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { placeFor, scopeOf } from './scope.ts'
import { acting } from './tag.ts'
import { type Asked, takeStep } from './take-step.ts'

/** Steps that need nothing but the request and the caller's word. */
export type PlainStep =
  | { readonly type: 'submit' | 'take-up' | 'complete-triage' | 'approve-plan' | 'record-objection' | 'share' }
  | { readonly type: 'engage'; readonly familyView: FamilyView }
  | { readonly type: 'close'; readonly outcome: Outcome }
  | { readonly type: 'withdraw'; readonly because: WithdrawalReason }

/** Takes one plain step of a request, on behalf of its trust or its network. */
export const stepRequest =
  (deps: Deps) =>
  async (
    { id, step, asked }: { readonly id: RequestId; readonly step: PlainStep; readonly asked: Asked },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (!('network' in membership)) return { kind: 'not-yours', step: step.type, role: membership.role } as const
    const place = placeFor(membership.network, id)
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place,
      asked,
      beside: async (store) => (step.type === 'submit' ? store.sameChild(place) : null),
      prepare: async (state, noted, at) => {
        if (!state) return { kind: 'not-found', what: 'request' } as const
        const hash = noted?.hash ?? null
        if (step.type !== 'submit') return { kind: 'prepared', command: step } as const
        // Sent, it is one that the network may find beside the child's other requests; a draft given up never is.
        const beside = hash === null ? {} : { child: { place, before: hash, hash, isListed: true } }
        const deadlines = deps.policy(dateAt(at)).deadlines(state.routing.urgency, at)
        return { kind: 'prepared', command: { type: 'submit', deadlines }, beside } as const
      },
    })
  }
