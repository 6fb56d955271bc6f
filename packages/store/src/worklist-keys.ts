import type { GlassToReview, WorklistRow } from '@concord/application/ports/store'
import { paths } from '@concord/application/scope'
import type { BreakGlass } from '@concord/domain/break-glass/break-glass'
import { dueNext } from '@concord/domain/request/due'
import { type RequestState, wasSent } from '@concord/domain/request/request'
import { worklistPk } from './keys.ts'
import { worklistIndexes } from './tables.ts'

/** After every date there is, for requests that nobody waits for: they stand at the end of the list. */
const NEVER_DUE = '9999-12-31T23:59:59.999Z'

/**
 * Where a request stands on the two worklists. Derived from the item's own place, since access policies do not check index keys on
 * a write. What was never sent is on its trust's list alone; closed and withdrawn ones stay, last.
 */
export const worklistAttributes = (state: RequestState) => {
  const due = dueNext(state)
  const sort = `${due?.by ?? NEVER_DUE}/${state.id}`
  const { network, trust } = worklistIndexes
  const row: WorklistRow = {
    id: state.id,
    status: state.status,
    tfc: state.routing.tfc,
    urgency: state.routing.urgency,
    due,
    submittedAt: 'submittedAt' in state ? state.submittedAt : null,
  }
  return {
    worklist: row,
    [trust.partition]: worklistPk(paths.trust(state.network, state.trust)),
    [trust.sort]: sort,
    ...(wasSent(state) && {
      [network.partition]: worklistPk(paths.network(state.network)),
      [network.sort]: sort,
    }),
  }
}

/**
 * Where a broken glass waits for its review until somebody has looked: on the list of its trust's guardian, and of its network's where
 * the network had received the request.
 */
export const reviewAttributes = ({
  network,
  trust,
  review,
  id,
  request,
  by,
  openedAt,
  until,
  reviewBy,
  wasSent: isOfNetwork,
}: BreakGlass) => {
  if (review) return {}
  const row: GlassToReview = { id, request, by, openedAt, until, reviewBy }
  const { network: atNetwork, trust: atTrust } = worklistIndexes
  const sort = `${reviewBy}/${id}`
  return {
    worklist: row,
    [atTrust.partition]: worklistPk(`glass/${network}/${trust}`),
    [atTrust.sort]: sort,
    ...(isOfNetwork && { [atNetwork.partition]: worklistPk(`glass/${network}`), [atNetwork.sort]: sort }),
  }
}
