import type { NetworkCode } from '@concord/domain/ids'
import { refOf } from '@concord/domain/request/request'
import type { Deps } from './deps.ts'
import type { ReferenceStore } from './ports/reference-store.ts'
import type { WorklistRow } from './ports/store.ts'
import { paths, placeFor, reactorScope } from './scope.ts'
import { nothingBeside, takeStep } from './take-step.ts'

/** The clock as it acts: never a person, and never refused. */
const clockActing = {
  actor: { subject: 'clock', role: 'system' },
  standing: Promise.resolve(true),
  sees: () => true,
  tagOf: ({ version }: { readonly version: number }) => String(version),
} as const

/** How many rows are read at once. */
const PAGE = 100

/** Once a minute: one query per network for what is due next. Only offers expire by themselves; nothing clinical ever closes by timer. */
export const tick =
  (deps: Deps & { readonly reference: Pick<ReferenceStore, 'networks'> }) =>
  async (): Promise<{ readonly expired: number }> => {
    const networks = await deps.reference.networks()
    const looked = await Promise.all(networks.map(({ code }) => expireIn(deps, code)))
    const failed = looked.flatMap((one) => one.failed)
    // Said once everything else is done: one request that cannot be read keeps no other waiting.
    if (failed.length > 0) throw new AggregateError(failed, `The clock failed ${failed.length} times`)
    return { expired: looked.reduce((sum, one) => sum + one.expired, 0) }
  }

type Looked = { readonly expired: number; readonly failed: readonly unknown[] }

const expireIn = async (deps: Deps, network: NetworkCode): Promise<Looked> => {
  const store = deps.storeFor(reactorScope(network))
  const now = deps.clock.now()
  const failed: unknown[] = []
  let expired = 0
  try {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await store.worklist(paths.network(network), { cursor: cursor ?? null, limit: PAGE })
      if (page === 'bad-cursor') throw new Error('The list itself gave this cursor')
      const due = page.rows.filter((row) => row.due !== null && row.due.by < now)
      for (const { id, status } of due) {
        if (status !== 'offered') continue
        expired += await expireOffers(deps, network, id).catch((error: unknown) => {
          failed.push(error)
          return 0
        })
      }
      // What is overdue stands before an offer that is just due, and may be a long list: it is gone through to its end.
      cursor = due.length === page.rows.length ? page.next : null
    }
  } catch (error) {
    failed.push(error)
  }
  return { expired, failed }
}

const expireOffers = async (deps: Deps, network: NetworkCode, id: WorklistRow['id']): Promise<number> => {
  const place = placeFor(network, id)
  const scope = reactorScope(network)
  const state = await deps.storeFor(scope).request(place)
  if (state?.status !== 'offered') return 0
  let expired = 0
  for (const offer of state.offers.filter(({ replyBy }) => replyBy < deps.clock.now())) {
    const key = `expire-${id}-${offer.id}`
    const outcome = await takeStep(deps, clockActing, {
      scope,
      place,
      beside: nothingBeside,
      asked: { once: { key, hash: deps.digest(key) }, ifMatch: null },
      prepare: async () => ({ kind: 'prepared', command: { type: 'expire-offer', clinician: refOf(offer) } }) as const,
    })
    // Anything else is somebody who was quicker: another tick, or the clinician.
    if (outcome.kind === 'done' && !outcome.repeated) expired += 1
  }
  return expired
}
