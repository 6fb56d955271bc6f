import { candidateFacts } from '@concord/domain/clinician/clinician'
import { assess, type ToAssess } from '@concord/domain/independence/assess'
import { type RequestState, requestFacts } from '@concord/domain/request/request'
import { dateAt, type Instant } from '@concord/domain/time'
import type { Deps } from './deps.ts'
import type { OwnRecord } from './ports/store.ts'

type AtHand = Pick<ToAssess, 'stage' | 'organisations' | 'declaration' | 'opening'> & {
  readonly state: RequestState
  readonly own: OwnRecord
  readonly at: Instant
}

/** Weighs a clinician by their own record, as it stands now, and by what they just said. */
export const weighOwn = ({ policy }: Pick<Deps, 'policy'>, { state, own, at, ...said }: AtHand) => {
  const asOf = dateAt(at)
  const { version: policyVersion, rules } = policy(asOf)
  const [request, candidate] = [requestFacts(state, own.state.id), candidateFacts(own.state)]
  return assess({ rules, policyVersion, asOf, request, candidate, ...said })
}
