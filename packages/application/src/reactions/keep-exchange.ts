import type { ClinicianState } from '@concord/domain/clinician/clinician'
import type { OrgCode } from '@concord/domain/ids'
import type { CalendarDate } from '@concord/domain/time'
import type { Deps } from '../deps.ts'
import type { ReactorStore } from '../ports/reactor-store.ts'
import { reactorScope } from '../scope.ts'
import type { Effect } from './effects.ts'

type Keeping = Pick<Deps, 'storeFor'> & { readonly reactor: Pick<ReactorStore, 'putExchange'> }

/** Keeps who gave an opinion to whom, for everybody it bears on. */
export const keepExchange = async (
  { storeFor, reactor }: Keeping,
  { place, giver, on }: Extract<Effect, { readonly kind: 'keep-exchange' }>,
) => {
  const [request, clinician] = await Promise.all([
    storeFor(reactorScope(place.network)).request(place),
    storeFor(reactorScope(giver.home)).clinician(giver.home, giver.id),
  ])
  if (!request) throw new Error(`An opinion on ${place.id}, which is not there`)
  const { treating } = request.routing
  const lead = treating.find(({ role }) => role === 'lead') ?? treating[0]
  await reactor.putExchange(place.network, {
    id: place.id,
    on,
    opinionBy: giver.gmc,
    opinionUnit: clinician ? employerOf(clinician, on) : null,
    requestedBy: lead.gmc,
    requestingUnit: lead.org,
    requestingOrg: place.trust,
  })
}

/** Whoever holds several posts stands for the trust that employs them. */
const employerOf = ({ entry }: ClinicianState, on: CalendarDate): OrgCode | null =>
  entry.facts.posts?.find(
    ({ kind, from, to }) =>
      kind === 'substantive' && (from === null || from <= on) && (to === null || to === 'ongoing' || to >= on),
  )?.org ?? null
