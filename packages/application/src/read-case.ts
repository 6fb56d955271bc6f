import type { RequestId, Subject } from '@concord/domain/ids'
import { dueNext } from '@concord/domain/request/due'
import type { RequestEvent } from '@concord/domain/request/events'
import {
  type Acceptance,
  type CompartmentKind,
  type Exclusion,
  type Offer,
  type RequestState,
  type RoutingFacts,
  readerOf,
  type ShortlistRef,
  wasOpened,
} from '@concord/domain/request/request'
import type { Brief, ChildIdentity, Narrative, Opinion } from '@concord/domain/request/texts'
import { possibleSteps, type StepName } from '@concord/domain/request/transitions'
import type { Instant } from '@concord/domain/time'
import { type Caller, isShownTo, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { Compartment } from './ports/store.ts'
import { reachOf } from './reach.ts'
import { type Membership, pathsOf } from './scope.ts'

export type TimelineLine = {
  readonly at: Instant
  readonly type: RequestEvent['type']
  readonly role: string
  readonly clinician: string | null
}

/** Whom the family would not want, whom the team asked, who treated the child: no clinician learns it of the others. */
type OfOthers = 'unwelcome' | 'discussedWith' | 'treatedBy'

/** A case as one caller may see it: what they may not see is not here, and no face need leave it out. */
export type CaseView = Pick<RequestState, 'id' | 'version' | 'status' | 'trust' | 'network'> & {
  readonly routing: Omit<RoutingFacts, OfOthers> & Partial<Pick<RoutingFacts, OfOthers>>
  readonly due: ReturnType<typeof dueNext>
  readonly steps: readonly StepName[]
  readonly offers: readonly Offer[]
  readonly acceptance: Omit<Acceptance, 'approvedBy'> | null
  readonly exclusions: readonly Exclusion[]
  readonly shortlist: ShortlistRef | null
  /** Who may read what is restricted, where something is; told to the trust alone. */
  readonly restrictedTo: readonly Subject[]
  readonly timeline: readonly TimelineLine[]
  /** Which other requests of their network are about the same child: brokers are told, without being told who it is. */
  readonly sameChild: readonly RequestId[]
  /** When the texts were erased; what is not text stays. */
  readonly erasedAt: Instant | null
  readonly brief: Brief | null
  readonly identity: ChildIdentity | null
  readonly narrative: Narrative | null
  readonly opinion: Opinion | null
}

/** Reads one case. The answer goes out only when who read it is on record. */
export const readCase =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const reach = await reachOf(deps, caller, id)
    if (reach.kind !== 'reach') return reach
    const { place, scope } = reach
    const store = deps.storeFor(scope)
    const mayReach = (kind: CompartmentKind) =>
      pathsOf(scope, 'sealed', 'read').some((path) => path.startsWith(`${kind}/`))
    const compartment = async (kind: CompartmentKind) => (mayReach(kind) ? store.compartment(kind, place) : null)
    const loaded = await whileStanding(
      caller,
      Promise.all([
        store.timeline(place),
        compartment('brief'),
        compartment('pack'),
        isBroker(caller.membership) ? store.sameChild(place) : null,
      ]),
    )
    if (loaded === 'not-standing') return { kind: 'not-standing' } as const
    const [found, brief, pack, child] = loaded
    if (!found || !isShownTo(caller, found.state)) return { kind: 'not-found', what: 'request' } as const

    const [texts, sameChild] = await Promise.all([
      readTexts(caller.membership, found.state, { brief, pack }),
      child?.within('network') ?? [],
      putOnRecord(deps, caller, { about: recordOf(place), did: 'case.read' }),
    ])
    return {
      kind: 'case',
      view: {
        ...viewOf(caller.membership, found.state, found.events),
        ...texts,
        sameChild,
        erasedAt: brief?.erasedAt ?? pack?.erasedAt ?? null,
      } satisfies CaseView,
    } as const
  }

const readTexts = async (
  membership: Membership,
  state: RequestState,
  { brief, pack }: { readonly brief: Compartment | null; readonly pack: Compartment | null },
) => {
  const isClinician = membership.role === 'clinician'
  // Names first, alone: the rest of the pack opens once the close ties were asked again.
  const mayName = !isClinician || readerOf(state)?.id === membership.clinician
  const mayAll = mayName && (!isClinician || wasOpened(state))
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

const isBroker = ({ role }: Membership) => role === 'coordinator' || role === 'clinical-lead'

const viewOf = (membership: Membership, state: RequestState, events: readonly RequestEvent[]) => {
  const forBroker = isBroker(membership)
  const own = membership.role === 'clinician' ? membership.clinician : null
  const offers = state.status === 'offered' ? state.offers.filter(({ id }) => forBroker || id === own) : []
  const { id, version, status, trust, network } = state
  const { unwelcome: _u, discussedWith: _d, treatedBy: _t, ...routing } = state.routing
  return {
    id,
    version,
    status,
    trust,
    network,
    routing: own === null ? state.routing : routing,
    due: dueNext(state),
    steps: possibleSteps(status, membership.role),
    offers,
    acceptance: 'acceptance' in state ? shown(state.acceptance) : null,
    exclusions: forBroker && 'exclusions' in state ? state.exclusions : [],
    restrictedTo: 'trust' in membership ? (state.restricted?.readers ?? []) : [],
    shortlist: forBroker && 'shortlist' in state ? state.shortlist : null,
    timeline: events
      // That something is safeguarding or legal is the trust's own to know.
      .filter(({ type }) => type !== 'restricted.noted' || 'trust' in membership)
      .flatMap((event) => lineFor(event, { isBroker: forBroker, own })),
  }
}

// Who signed is on record, and nobody's to read here.
const shown = ({ approvedBy: _, ...acceptance }: Acceptance) => acceptance

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
    case 'clearance.doubted':
    case 'clearance.confirmed':
    case 'plan.needed':
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
