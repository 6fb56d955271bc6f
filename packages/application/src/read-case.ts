import type { RequestId } from '@concord/domain/ids'
import { seenAs } from '@concord/domain/request/audiences'
import type { RequestEvent } from '@concord/domain/request/events'
import { type CompartmentKind, type RequestState, readerOf, wasOpened } from '@concord/domain/request/request'
import { type Party, type Shown, shownOf } from '@concord/domain/request/shown'
import type { Brief, ChildIdentity, Narrative, Opinion } from '@concord/domain/request/texts'
import { possibleSteps, type StepName } from '@concord/domain/request/transitions'
import type { Instant } from '@concord/domain/time'
import { type Caller, isShownTo, partyOf, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { OnRecord } from './ports/outside.ts'
import type { Compartment } from './ports/store.ts'
import { reachOf } from './reach.ts'
import { type Membership, pathsOf } from './scope.ts'
import { tagFor } from './tag.ts'

export type TimelineLine = {
  readonly at: Instant
  readonly type: RequestEvent['type']
  readonly role: string
  readonly clinician: string | null
}

/** A case as one caller may see it: what they may not see is not here, and no face need leave it out. */
export type CaseView = Shown & {
  readonly tag: string
  readonly steps: readonly StepName[]
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
    const party = partyOf(caller)
    if (!found || !party || !isShownTo(caller, found.state)) return { kind: 'not-found', what: 'request' } as const

    // Who was only asked is told apart on record: the trust's guardian is not told who that was.
    const did = party.audience === 'clinician' && found.state.status === 'offered' ? 'offer.read' : 'case.read'
    const entry = putOnRecord(deps, caller, { about: recordOf(place), did })
    const [texts, sameChild] = await Promise.all([
      readTexts(caller.membership, found.state, { brief, pack, entry }),
      child?.within('network') ?? [],
      entry,
    ])
    return {
      kind: 'case',
      view: {
        ...viewOf(party, caller.membership, found.state, found.events),
        tag: tagFor(deps, caller, found.state),
        ...texts,
        sameChild,
        erasedAt: brief?.erasedAt ?? pack?.erasedAt ?? null,
      } satisfies CaseView,
    } as const
  }

type Sealed = {
  readonly brief: Compartment | null
  readonly pack: Compartment | null
  readonly entry: Promise<OnRecord>
}
const readTexts = async (membership: Membership, state: RequestState, { brief, pack, entry }: Sealed) => {
  const isClinician = membership.role === 'clinician'
  // Names first, alone: the rest of the pack opens once the close ties were asked again.
  const mayName = !isClinician || readerOf(state)?.id === membership.clinician
  const mayAll = mayName && (!isClinician || wasOpened(state))
  const [briefText, identity, narrative, opinion] = await Promise.all([
    brief?.read('question', entry),
    mayName ? pack?.read('identity', entry) : undefined,
    mayAll ? pack?.read('narrative', entry) : undefined,
    mayAll ? pack?.read('opinion', entry) : undefined,
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

/** How the request stands, as a party sees it, and what of its history they see. */
const viewOf = (party: Party, { role }: Membership, state: RequestState, events: readonly RequestEvent[]) => ({
  ...shownOf(state, party),
  steps: possibleSteps(state.status, role),
  timeline: events.flatMap((event): readonly TimelineLine[] => {
    const seen = seenAs(event, party)
    return seen ? [{ at: event.at, type: event.type, role: event.by.role, clinician: seen.clinician }] : []
  }),
})
