import type { RequestId } from '@concord/domain/ids'
import { dueNext } from '@concord/domain/request/due'
import type { RequestEvent } from '@concord/domain/request/events'
import {
  type Acceptance,
  type Exclusion,
  type Offer,
  type RequestState,
  readerOf,
  type ShortlistRef,
} from '@concord/domain/request/request'
import type { Brief, ChildIdentity, Narrative, Opinion } from '@concord/domain/request/texts'
import { possibleSteps, type StepName } from '@concord/domain/request/transitions'
import type { Instant } from '@concord/domain/time'
import { type Caller, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { engagementOf } from './engagement.ts'
import type { Compartment } from './ports/store.ts'
import { type Membership, placeFor, type RequestPlace, type Scope, scopeOf } from './scope.ts'

export type TimelineLine = {
  readonly at: Instant
  readonly type: RequestEvent['type']
  readonly role: string
  readonly clinician: string | null
}

/** A case as one caller may see it: what they may not see is not here, and no face need leave it out. */
export type CaseView = Pick<RequestState, 'id' | 'version' | 'status' | 'trust' | 'network' | 'routing'> & {
  readonly due: ReturnType<typeof dueNext>
  readonly steps: readonly StepName[]
  readonly offers: readonly Offer[]
  readonly acceptance: Acceptance | null
  readonly exclusions: readonly Exclusion[]
  readonly shortlist: ShortlistRef | null
  readonly timeline: readonly TimelineLine[]
  readonly brief: Brief | null
  readonly identity: ChildIdentity | null
  readonly narrative: Narrative | null
  readonly opinion: Opinion | null
}

/** Reads one case. The answer goes out only when who read it is on record. */
export const readCase =
  ({ storeFor, audit, clock, ids }: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const reach = await reachOf({ storeFor }, caller, id)
    if (reach.kind !== 'reach') return reach
    const { place, scope } = reach
    const store = storeFor(scope)
    const mayReach = (kind: 'brief' | 'pack') => scope.sealed.some((path) => path.startsWith(`${kind}/`))
    const compartment = async (kind: 'brief' | 'pack') => (mayReach(kind) ? store.compartment(kind, place) : null)
    const loaded = await whileStanding(
      caller,
      Promise.all([store.timeline(place), compartment('brief'), compartment('pack')]),
    )
    if (loaded === 'not-standing') return { kind: 'not-standing' } as const
    const [found, brief, pack] = loaded
    if (!found || !mayRead(caller.membership, found.state)) return { kind: 'not-found', what: 'request' } as const

    const [texts] = await Promise.all([
      readTexts(caller.membership, found.state, { brief, pack }),
      audit.put({
        at: clock.now(),
        id: ids.uuid(),
        about: `${place.network}/${place.trust}/${place.id}`,
        who: caller.subject,
        role: caller.membership.role,
        did: 'case.read',
      }),
    ])
    return {
      kind: 'case',
      view: { ...viewOf(caller.membership, found.state, found.events), ...texts } satisfies CaseView,
    } as const
  }

type Reach = { readonly kind: 'reach'; readonly place: RequestPlace; readonly scope: Scope }

const reachOf = async (deps: Pick<Deps, 'storeFor'>, caller: Caller, id: RequestId) => {
  const { membership } = caller
  if (membership.role === 'clinician') {
    const engagement = await engagementOf(deps, caller, id)
    if (engagement.kind !== 'engagement') return engagement
    return { kind: 'reach', place: engagement.inHand, scope: engagement.scope } satisfies Reach
  }
  if (!('network' in membership)) return { kind: 'not-found', what: 'request' } as const
  return { kind: 'reach', place: placeFor(membership.network, id), scope: scopeOf(membership) } satisfies Reach
}

/** The inbox may lag behind the request: the request has the last word on whether the case still is the clinician's. A draft is the trust's own. */
const mayRead = (membership: Membership, state: RequestState) => {
  if (membership.role === 'clinician')
    return state.status === 'offered'
      ? state.offers.some(({ id }) => id === membership.clinician)
      : 'acceptance' in state && state.status !== 'closed' && state.acceptance.id === membership.clinician
  return state.status !== 'draft' || membership.role === 'requester' || membership.role === 'eso-lead'
}

const readTexts = async (
  membership: Membership,
  state: RequestState,
  { brief, pack }: { readonly brief: Compartment | null; readonly pack: Compartment | null },
) => {
  const isClinician = membership.role === 'clinician'
  // Names first, alone: the rest of the pack opens once the close ties were asked again.
  const mayName = !isClinician || readerOf(state)?.id === membership.clinician
  const mayAll = mayName && (!isClinician || state.status !== 'engaged')
  const [briefText, identity, narrative, opinion] = await Promise.all([
    brief?.read('question'),
    mayName ? pack?.read('identity') : undefined,
    mayAll ? pack?.read('narrative') : undefined,
    mayAll ? pack?.read('opinion') : undefined,
  ])
  // Sealed by the use cases of this room under these types; the tag of the cipher says nobody changed them since.
  return {
    brief: (briefText ?? null) as Brief | null,
    identity: (identity ?? null) as ChildIdentity | null,
    narrative: (narrative ?? null) as Narrative | null,
    opinion: (opinion ?? null) as Opinion | null,
  }
}

const viewOf = (membership: Membership, state: RequestState, events: readonly RequestEvent[]) => {
  const isBroker = membership.role === 'coordinator' || membership.role === 'clinical-lead'
  const own = membership.role === 'clinician' ? membership.clinician : null
  const offers = state.status === 'offered' ? state.offers.filter(({ id }) => isBroker || id === own) : []
  const { id, version, status, trust, network, routing } = state
  return {
    id,
    version,
    status,
    trust,
    network,
    routing,
    due: dueNext(state),
    steps: possibleSteps(status, membership.role),
    offers,
    acceptance: 'acceptance' in state ? state.acceptance : null,
    exclusions: isBroker && 'exclusions' in state ? state.exclusions : [],
    shortlist: isBroker && 'shortlist' in state ? state.shortlist : null,
    timeline: events.flatMap((event) => lineFor(event, { isBroker, own })),
  }
}

/** Who else was asked is the network's knowledge alone: neither the trust nor another clinician sees it. */
const lineFor = (
  event: RequestEvent,
  { isBroker, own }: { readonly isBroker: boolean; readonly own: string | null },
): readonly TimelineLine[] => {
  const clinician = clinicianIn(event)
  const line = { at: event.at, type: event.type, role: event.by.role, clinician }
  if (isBroker || clinician === null || clinician === own) return [line]
  const isAnswerOfAnother =
    event.type === 'offer.made' || event.type === 'offer.declined' || event.type === 'offer.expired'
  if (own !== null) return []
  return isAnswerOfAnother ? [{ ...line, clinician: null }] : [line]
}

const clinicianIn = (event: RequestEvent): string | null => {
  switch (event.type) {
    case 'offer.made':
      return event.offer.id
    case 'offer.accepted':
      return event.acceptance.id
    case 'offer.declined':
    case 'offer.expired':
    case 'request.engaged':
    case 'pack.opened':
    case 'request.closed':
      return event.clinician.id
    case 'family.objected':
    case 'pack.closed':
    case 'opinion.reported':
      return event.released.id
    default:
      return null
  }
}
