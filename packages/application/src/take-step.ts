import type { RequestCommand } from '@concord/domain/request/commands'
import { decide, type RequestRefusal } from '@concord/domain/request/decide'
import type { RequestEvent } from '@concord/domain/request/events'
import { evolve } from '@concord/domain/request/evolve'
import type { RequestState } from '@concord/domain/request/request'
import { dateAt, type Instant } from '@concord/domain/time'
import { type Acting, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { ownTrustsOf } from './own-trusts.ts'
import type { Change, Committed, Done, Once, OnceRecord, ScopedStore } from './ports/store.ts'
import { canReach, type RequestPlace, type Scope } from './scope.ts'

/** Refusals that any command can meet. */
export type CommonRefusal =
  | { readonly kind: 'not-standing' }
  | {
      readonly kind: 'not-found'
      readonly what: 'request' | 'clinician' | 'shortlist' | 'role' | 'team' | 'restricted note'
    }
  | { readonly kind: 'changed' }
  | { readonly kind: 'key-reused' }
export type Did = { readonly kind: 'done'; readonly done: Done; readonly repeated: boolean }

/** What every command brings: the key that makes it once, and the tag it was made for, if the caller says. */
export type Asked = { readonly once: Once; readonly ifMatch: string | null }

type Beside = Omit<Change, 'once' | 'request'>
export type PreparedStep = {
  readonly kind: 'prepared'
  readonly command: RequestCommand
  /** What is stored in the same transaction, where it hangs on what happens, by that. */
  readonly beside?: Beside | ((events: readonly RequestEvent[]) => Beside)
}

/** What is said of a step whatever is in its texts: asked before any of them is opened for it. */
type RefusedAnyway = (state: RequestState, command: RequestCommand) => RequestRefusal | undefined

type Step<Beside, Made> = {
  readonly scope: Scope
  readonly place: RequestPlace
  readonly asked: Asked
  /** Read in the same round as the request. */
  readonly beside: (store: ScopedStore) => Promise<Beside>
  readonly prepare: (
    state: RequestState | undefined,
    beside: Beside,
    at: Instant,
    store: ScopedStore,
    refusedAnyway: RefusedAnyway,
  ) => Promise<Made>
}

/** One step of one request, tried again when it met another. */
export const takeStep = <Beside, Made extends PreparedStep | { readonly kind: string }>(
  deps: Pick<Deps, 'storeFor' | 'clock' | 'rolesOf'>,
  acting: Acting,
  step: Step<Beside, Made>,
) => untilSettled(deps.storeFor(step.scope), step.asked, () => tryStep(deps, acting, step))

/** What came between reading and writing: decided again, it is a repeated key, a refusal, or done after all. */
export type Met = { readonly kind: 'met-another' }

/**
 * Many may write to one place at once, and each time one of them succeeds. Whoever still has not is not told that something changed: it
 * may be nothing that they can see.
 */
const TRIES = 12

/** Attempts a step until it met no other. A refusal stands only if the key was not used meanwhile. */
export const untilSettled = async <Outcome extends { readonly kind: string }>(
  store: Pick<ScopedStore, 'once'>,
  asked: Asked,
  attempt: () => Promise<Outcome | Met>,
) => {
  let outcome = await attempt()
  for (let tries = 1; tries < TRIES && outcome.kind === 'met-another'; tries += 1) outcome = await attempt()
  if (outcome.kind === 'done' || outcome.kind === 'not-standing') return outcome as Exclude<Outcome, Met>
  // Read beside the request, the record of a key can be missed and its effect be seen: that is no refusal, but the answer.
  const before = await store.once(asked.once.key)
  if (before) return answeredBefore(before, asked)
  if (outcome.kind === 'met-another')
    throw new Error(`A step met another ${TRIES} times: too much is written to one place at once`)
  return outcome as Exclude<Outcome, Met>
}

/** One attempt at a step: load side by side, decide, commit with the once-record in one transaction. */
export const tryStep = async <Beside, Made extends PreparedStep | { readonly kind: string }>(
  deps: Pick<Deps, 'storeFor' | 'clock' | 'rolesOf'>,
  { actor, standing, sees, tagOf }: Acting,
  { scope, place, asked, beside, prepare }: Step<Beside, Made>,
): Promise<Did | CommonRefusal | RequestRefusal | Met | Exclude<Made, { readonly kind: 'prepared' }>> => {
  const { storeFor, clock } = deps
  const store = storeFor(scope)
  const load = async () =>
    canReach(scope, place)
      ? Promise.all([
          store.once(asked.once.key),
          store.request(place),
          beside(store),
          ownTrustsOf(deps, actor, dateAt(clock.now())),
        ])
      : ('out-of-reach' as const)
  const loaded = await whileStanding({ standing }, load())
  if (loaded === 'not-standing') return { kind: 'not-standing' }
  if (loaded === 'out-of-reach') return { kind: 'not-found', what: 'request' }
  const [before, state, besides, ownTrusts] = loaded
  if (before) return answeredBefore(before, asked)
  if (state && !sees(state)) return { kind: 'not-found', what: 'request' }
  if (state && asked.ifMatch !== null && asked.ifMatch !== tagOf(state)) return { kind: 'changed' }

  const at = clock.now()
  const by = { at, actor, ownTrusts }
  const prepared = await prepare(state, besides, at, store, (loadedState, command) => {
    const early = decide(loadedState, command, by)
    return early.kind === 'decided' || early.kind === 'nothing-to-do' ? undefined : early
  })
  // Of a type not yet known the compiler cannot rule a kind out by itself.
  if (!isPrepared(prepared)) return prepared as Exclude<Made, { readonly kind: 'prepared' }>
  if (!state && prepared.command.type !== 'draft') return { kind: 'not-found', what: 'request' }
  const decision = decide(state, prepared.command, by)
  if (decision.kind === 'nothing-to-do') throw new Error('A step that somebody takes does something, or is refused')
  if (decision.kind !== 'decided') return decision

  const next = decision.events.reduce<RequestState | undefined>(evolve, state)
  if (!next) throw new Error('A decided step left no request')
  const done = { id: next.id, tag: tagOf(next) }
  const { beside: also = {} } = prepared
  const { told } = decision
  const committed = await store.commit({
    ...(typeof also === 'function' ? also(decision.events) : also),
    request: { before: state?.version ?? 0, state: next, events: decision.events },
    // What was put on record of a step that is refused is no answer to be repeated: the step can still be taken.
    ...(!told && { once: { record: asked.once, done } }),
  })
  return told && committed.kind === 'committed' ? told : afterCommit(committed, asked, done)
}

/** What is said to a key that was used before: the same again, unless it was used for something else. */
export const answeredBefore = ({ hash, done }: OnceRecord, { once }: Asked) =>
  hash === once.hash ? ({ kind: 'done', done, repeated: true } as const) : ({ kind: 'key-reused' } as const)

/** What is said of a change once it was tried: done, done before, or to be decided anew. */
export const afterCommit = (committed: Committed, asked: Asked, done: Done) => {
  switch (committed.kind) {
    case 'committed':
      return { kind: 'done', done, repeated: false } as const
    case 'repeated':
      return answeredBefore(committed.record, asked)
    case 'stale':
      return { kind: 'met-another' } as const
    case 'claimed':
      throw new Error('Only an entry of the register claims a number')
  }
}

const isPrepared = (made: { readonly kind: string }): made is PreparedStep => made.kind === 'prepared'

export const nothingBeside = async () => undefined
