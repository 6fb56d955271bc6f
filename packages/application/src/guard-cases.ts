import type { AuditEntry } from '@concord/domain/audit/entry'
import { type Guarding, toldOf } from '@concord/domain/audit/told-to-guardians'
import { type BreakGlass, evolveGlass, type ReviewFinding } from '@concord/domain/break-glass/break-glass'
import { decideGlass } from '@concord/domain/break-glass/decide-glass'
import type { GlassId, RequestId } from '@concord/domain/ids'
import { trustOf } from '@concord/domain/ids'
import type { Instant } from '@concord/domain/time'
import type { GlassText } from './break-glass.ts'
import { actorOf, type Caller, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { OnRecord } from './ports/outside.ts'
import type { Compartment, ScopedStore } from './ports/store.ts'
import { officeOf, placeFor, type RequestPlace, scopeOf, watcherScope } from './scope.ts'
import { type Asked, afterCommit, answeredBefore, untilSettled } from './take-step.ts'

/** One line of who saw or did what, as far as a guardian is told: by name where the lists of roles know one. */
export type SeenLine = Pick<AuditEntry, 'at' | 'role' | 'did'> & {
  /** Null where it is not for this guardian to know. */
  readonly who: string | null
  readonly name: string | null
}
/** One page of a case, the latest first. */
export type SeenCase = { readonly id: RequestId; readonly lines: readonly SeenLine[]; readonly next: string | null }

/** A broken glass as a guardian looks at it: why, what was opened meanwhile, and what came of the review. */
export type GlassToLookAt = Pick<BreakGlass, 'id' | 'version' | 'by' | 'openedAt' | 'until' | 'reviewBy'> & {
  /** Null where it was erased with the texts of its case. */
  readonly reason: string | null
  readonly opened: readonly { readonly at: Instant; readonly did: string }[]
  readonly review: {
    readonly by: string
    readonly at: Instant
    readonly finding: ReviewFinding
    readonly note: string | null
  } | null
}

/** How many lines a page of one case holds. */
const PAGE = 50

const notFound = { kind: 'not-found', what: 'request' } as const
const notStanding = { kind: 'not-standing' } as const

/** Which broken glasses wait for a look, the first due on top. */
export const readGlassesToReview = (deps: Deps) => async (_: unknown, caller: Caller) => {
  const { membership } = caller
  if (membership.role !== 'guardian') return { kind: 'not-a-guardian', role: membership.role } as const
  const office = officeOf(membership)
  const waiting = await whileStanding(caller, deps.storeFor(scopeOf(membership)).toReview(office))
  if (waiting === 'not-standing') return notStanding
  await putOnRecord(deps, caller, { about: `${office}/office`, did: 'glass.list-read' })
  return { kind: 'to-review', waiting } as const
}

/**
 * Who has seen a child's cases, and did what with them, as far as the guardian is told. A network's guardian is told from the moment a
 * request was sent: one that never was is not there for them. Without a cursor the child's other cases come with it, a page of each.
 */
export const readWhoHasSeen =
  (deps: Deps) =>
  async ({ id, cursor }: { readonly id: RequestId; readonly cursor: string | null }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'guardian') return { kind: 'not-a-guardian', role: membership.role } as const
    const place = watchedPlace(caller, id)
    const scope = place && watcherScope(membership, place)
    if (!place || !scope) return notThere(caller, 'request')
    const store = deps.storeFor(scope)
    const guardian: Guarding = membership.watches.trust === null ? 'network-guardian' : 'trust-guardian'
    const shows = (entry: AuditEntry) => toldOf(entry, guardian) !== undefined
    const pageOf = async (one: RequestPlace, from: string | null) => {
      const within = watcherScope(membership, one)
      const there = within && deps.storeFor(within)
      const sentAt = guardian === 'network-guardian' ? await there?.sentAt(one) : null
      if (!there || sentAt === undefined) return undefined
      const page = await there.auditPage(recordOf(one), { cursor: from, limit: PAGE, since: sentAt, shows })
      // A case that is there was begun by somebody, and that is on record.
      return page !== 'bad-cursor' && page.rows.length === 0 ? undefined : page
    }
    const loaded = await whileStanding(
      caller,
      Promise.all([
        pageOf(place, cursor),
        namesAt(store, caller, place),
        cursor === null ? store.sameChild(place) : null,
      ]),
    )
    if (loaded === 'not-standing') return notStanding
    const [page, names, child] = loaded
    if (!page) return notFound
    if (page === 'bad-cursor') return { kind: 'bad-cursor' } as const
    const ids = (await child?.within(membership.watches.trust === null ? 'network' : 'trust')) ?? []
    const others = ids.map((one) => placeFor(place.network, one))
    const [pages] = await Promise.all([
      Promise.all(others.map(async (one) => ({ id: one.id, page: await pageOf(one, null) }))),
      ...[place, ...others].map((one) => putOnRecord(deps, caller, { about: recordOf(one), did: 'audit.read' })),
    ])
    const cases = [{ id, page }, ...pages].flatMap((one): readonly SeenCase[] => {
      if (!one.page || one.page === 'bad-cursor') return []
      const { rows, next } = one.page
      return [{ id: one.id, lines: rows.flatMap((entry) => lineOf(entry, guardian, names)), next }]
    })
    return { kind: 'who-has-seen', cases } as const
  }

const lineOf = (entry: AuditEntry, guardian: Guarding, names: ReadonlyMap<string, string>): readonly SeenLine[] => {
  const told = toldOf(entry, guardian)
  if (!told) return []
  const { at, role, did } = entry
  return [{ at, role, did, who: told.who, name: (told.who !== null && names.get(told.who)) || null }]
}

/** Every time the glass over a case was broken, with what was opened under it. */
export const readGlasses =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const { membership } = caller
    const place = watchedPlace(caller, id)
    if (!place) return notThere(caller, 'request')
    const store = deps.storeFor(scopeOf(membership))
    const loaded = await whileStanding(caller, Promise.all([store.glasses(place), store.compartment('glass', place)]))
    if (loaded === 'not-standing') return notStanding
    const [found, compartment] = loaded
    const glasses = found.filter((glass) => isTheirs(glass, caller))
    if (glasses.length === 0) return notFound
    const entry = putOnRecord(deps, caller, { about: recordOf(place), did: 'review.read' })
    const [shown] = await Promise.all([
      Promise.all(
        glasses.map(async (glass) => {
          const { openedAt: from, until: to } = glass
          const entries = await store.auditBetween(recordOf(place), { from, to })
          return lookAt(glass, { compartment, entries, entry })
        }),
      ),
      entry,
    ])
    return { kind: 'glasses', id, glasses: shown } as const
  }

/** Records what a guardian finds of a broken glass; never of their own. */
export const reviewGlass =
  (deps: Deps) =>
  async (
    {
      id,
      glass,
      finding,
      note,
      asked,
    }: {
      readonly id: RequestId
      readonly glass: GlassId
      readonly finding: ReviewFinding
      readonly note: string
      readonly asked: Asked
    },
    caller: Caller,
  ) => {
    const { membership } = caller
    const place = watchedPlace(caller, id)
    if (!place) return notThere(caller, 'request')
    const store = deps.storeFor(scopeOf(membership))
    return untilSettled(store, asked, async () => {
      const loaded = await whileStanding(
        caller,
        Promise.all([store.once(asked.once.key), store.glasses(place), store.compartment('glass', place)]),
      )
      if (loaded === 'not-standing') return notStanding
      const [before, glasses, compartment] = loaded
      if (before) return answeredBefore(before, asked)
      const state = glasses.find((one) => one.id === glass && isTheirs(one, caller))
      if (!state) return notFound
      if (compartment.erasedAt) return { kind: 'erased', at: compartment.erasedAt } as const
      const at = deps.clock.now()
      const sealed = await compartment.seal(`review-${glass}`, { text: note } satisfies GlassText)
      const decision = decideGlass(state, { type: 'review', finding, note: sealed.ref }, { at, actor: actorOf(caller) })
      if (decision.kind !== 'decided') return decision
      const next = evolveGlass(state, decision.events[0])
      const done = { id: glass, tag: String(next.version) }
      const committed = await store.commit({
        glass: { before: state.version, state: next, events: decision.events },
        sealed: [sealed],
        once: { record: asked.once, done },
      })
      return afterCommit(committed, asked, done)
    })
  }

/** A case that a guardian watches over; any other is not there. */
const watchedPlace = ({ membership }: Caller, id: RequestId): RequestPlace | undefined => {
  if (membership.role !== 'guardian') return undefined
  const { network, trust } = membership.watches
  return trust === null || trust === trustOf(id) ? placeFor(network, id) : undefined
}

/** Of a request that the network had not received, a broken glass is the trust's guardian's alone to review. */
const isTheirs = ({ wasSent }: BreakGlass, { membership }: Caller) =>
  wasSent || (membership.role === 'guardian' && membership.watches.trust !== null)

/** What those are called who hold a role at the trust, and at its network where the guardian watches over that. */
const namesAt = async (store: ScopedStore, { membership }: Caller, { network, trust }: RequestPlace) => {
  const isOfNetwork = membership.role === 'guardian' && membership.watches.trust === null
  const lists = await Promise.all([store.roles(`${network}/${trust}`), ...(isOfNetwork ? [store.roles(network)] : [])])
  return new Map<string, string>(lists.flat().map(({ subject, name }) => [subject, name]))
}

type Around = {
  readonly compartment: Compartment
  readonly entries: readonly AuditEntry[]
  readonly entry: Promise<OnRecord>
}
const lookAt = async (
  { id, version, by, openedAt, until, reviewBy, review }: BreakGlass,
  { compartment, entries, entry }: Around,
): Promise<GlassToLookAt> => {
  const isUnderIt = ({ who, at, did }: AuditEntry) =>
    who === by.subject && did.startsWith('glass.') && openedAt <= at && at <= until
  // Sealed by the use cases of this room as such a text; the tag of the cipher says nobody changed it since.
  const textOf = async (section: `reason-${GlassId}` | `review-${GlassId}`) =>
    ((await compartment.read(section, entry)) as GlassText | undefined)?.text ?? null
  return {
    ...{ id, version, by, openedAt, until, reviewBy },
    reason: await textOf(`reason-${id}`),
    opened: entries.filter(isUnderIt).map(({ at, did }) => ({ at, did })),
    review: review && { by: review.by, at: review.at, finding: review.finding, note: await textOf(`review-${id}`) },
  }
}
