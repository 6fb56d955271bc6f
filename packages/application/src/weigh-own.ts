import { candidateFacts } from '@concord/domain/clinician/clinician'
import { assess, type ToAssess } from '@concord/domain/independence/assess'
import { pairOf, type Records } from '@concord/domain/independence/pair-of'
import { type RequestState, requestFacts } from '@concord/domain/request/request'
import { dateAt, type Instant } from '@concord/domain/time'
import type { Deps } from './deps.ts'
import type { OwnRecord } from './ports/store.ts'

type AtHand = Pick<ToAssess, 'stage'> &
  Pick<Records, 'organisations' | 'declaration' | 'opening'> & {
    readonly state: RequestState
    readonly own: Pick<OwnRecord, 'state'>
    readonly at: Instant
  }

/**
 * Weighs a clinician by their own record, as it stands now, and by what they just said. What the network brokered before is not
 * theirs to read, and was settled with the offer: it is not looked at again.
 */
export const weighOwn = async ({ rulesFor }: Pick<Deps, 'rulesFor'>, { state, own, at, stage, ...said }: AtHand) => {
  const asOf = dateAt(at)
  const { version: policyVersion, rules, fieldOf } = await rulesFor(state, asOf)
  const [request, candidate] = [requestFacts(state, own.state.id), candidateFacts(own.state)]
  const pair = pairOf({ asOf, request, candidate, history: null, field: fieldOf(request.tfc), ...said })
  return assess({ rules, policyVersion, stage, pair })
}
