import { type BreakGlass, evolveGlass, isOpen } from '@concord/domain/break-glass/break-glass'
import { decideGlass } from '@concord/domain/break-glass/decide-glass'
import { must, parseGlassId, type RequestId } from '@concord/domain/ids'
import { wasSent } from '@concord/domain/request/request'
import type { Brief, ChildIdentity, Narrative, Opinion } from '@concord/domain/request/texts'
import { dateAt, type Instant } from '@concord/domain/time'
import { actorOf, type Caller, isShownTo, notThere, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { OnRecord } from './ports/outside.ts'
import type { RestrictedText } from './restricted-note.ts'
import { breakerScope, placeFor, type RequestPlace, type Scope } from './scope.ts'
import { type Asked, afterCommit, answeredBefore, untilSettled } from './take-step.ts'

/** Why somebody broke the glass, or what a guardian found of it. */
export type GlassText = { readonly text: string }

/** All that is sealed of a case, as a broken glass shows it for an hour. */
export type OpenedCase = {
  readonly id: RequestId
  readonly glass: BreakGlass['id']
  readonly until: Instant
  readonly brief: Brief | null
  readonly identity: ChildIdentity | null
  readonly narrative: Narrative | null
  readonly opinion: Opinion | null
  readonly restricted: string | null
}

const notFound = { kind: 'not-found', what: 'request' } as const

/** Opens one case in an emergency, for one hour, with the reason in words. Both guardians are told at once, by its event. */
export const breakGlass =
  (deps: Deps) =>
  async (
    { id, reason, asked }: { readonly id: RequestId; readonly reason: string; readonly asked: Asked },
    caller: Caller,
  ) => {
    const reach = reachFor(caller, id)
    if (!reach) return notThere(caller, 'request')
    const { place, shut } = reach
    const store = deps.storeFor(shut)
    return untilSettled(store, asked, async () => {
      const loaded = await whileStanding(
        caller,
        Promise.all([store.once(asked.once.key), store.request(place), store.compartment('glass', place)]),
      )
      if (loaded === 'not-standing') return { kind: 'not-standing' } as const
      const [before, state, compartment] = loaded
      if (before) return answeredBefore(before, asked)
      if (!state || !isShownTo(caller, state)) return notFound
      if (compartment.erasedAt) return { kind: 'erased', at: compartment.erasedAt } as const

      const at = deps.clock.now()
      const glass = must(parseGlassId, `glass_${deps.ids.uuid()}`)
      const sealed = await compartment.seal(`reason-${glass}`, { text: reason } satisfies GlassText)
      const { network, trust } = place
      const reviewBy = deps.policy(dateAt(at)).reviewGlassBy(at)
      const command = {
        ...({ type: 'break', id: glass, network, trust, request: id } as const),
        ...{ wasSent: wasSent(state), reason: sealed.ref, reviewBy },
      }
      const decision = decideGlass(undefined, command, { at, actor: actorOf(caller) })
      if (decision.kind !== 'decided') return decision
      const [event] = decision.events
      const done = { id: glass, tag: '1' }
      const committed = await store.commit({
        glass: { before: 0, state: evolveGlass(undefined, event), events: decision.events },
        sealed: [sealed],
        compartments: [compartment],
        once: { record: asked.once, done },
      })
      return afterCommit(committed, asked, done)
    })
  }

/** Reads a case under a glass that this very person broke, within its hour; each time is on record as such. */
export const readOpenedCase =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const reach = reachFor(caller, id)
    if (!reach) return notThere(caller, 'request')
    const { place, shut, opened } = reach
    const store = deps.storeFor(shut)
    const loaded = await whileStanding(caller, Promise.all([store.request(place), store.glasses(place)]))
    if (loaded === 'not-standing') return { kind: 'not-standing' } as const
    const [state, glasses] = loaded
    if (!state || !isShownTo(caller, state)) return notFound
    const now = deps.clock.now()
    const glass = glasses.findLast((one) => one.by.subject === caller.subject && isOpen(one, now))
    if (!glass) return { kind: 'glass-not-broken' } as const
    const entry = putOnRecord(deps, caller, { about: recordOf(place), did: 'glass.read' })
    const [{ erasedAt, ...view }] = await Promise.all([readAll(deps, opened, { place, entry }), entry])
    // It was looked for all the same, and that is on record.
    if (erasedAt) return { kind: 'erased', at: erasedAt } as const
    return {
      kind: 'opened-case',
      view: { id, glass: glass.id, until: glass.until, ...view } satisfies OpenedCase,
    } as const
  }

/** The scopes of the one case: before its glass is broken, and while it is. Nobody else than those who may break it has any. */
const reachFor = (
  { membership }: Caller,
  id: RequestId,
): { readonly place: RequestPlace; readonly shut: Scope; readonly opened: Scope } | undefined => {
  if (!('network' in membership)) return undefined
  const place = placeFor(membership.network, id)
  const [shut, opened] = [breakerScope(membership, place, false), breakerScope(membership, place, true)]
  return shut && opened && { place, shut, opened }
}

type Opening = { readonly place: RequestPlace; readonly entry: Promise<OnRecord> }
const readAll = async ({ storeFor }: Pick<Deps, 'storeFor'>, opened: Scope, { place, entry }: Opening) => {
  const store = storeFor(opened)
  const [brief, pack, restricted] = await Promise.all([
    store.compartment('brief', place),
    store.compartment('pack', place),
    store.compartment('restricted', place),
  ])
  const [question, identity, narrative, opinion, note] = await Promise.all([
    brief.read('question', entry),
    pack.read('identity', entry),
    pack.read('narrative', entry),
    pack.read('opinion', entry),
    restricted.read('restricted', entry),
  ])
  // Sealed by the use cases of this room under these types; the tag of the cipher says nobody changed them since.
  return {
    erasedAt: brief.erasedAt,
    brief: (question ?? null) as Brief | null,
    identity: (identity ?? null) as ChildIdentity | null,
    narrative: (narrative ?? null) as Narrative | null,
    opinion: (opinion ?? null) as Opinion | null,
    restricted: (note as RestrictedText | undefined)?.text ?? null,
  }
}
