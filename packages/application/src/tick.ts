import type { NetworkCode } from '@concord/domain/ids'
import { refOf } from '@concord/domain/request/request'
import type { Deps } from './deps.ts'
import type { ReferenceStore } from './ports/reference-store.ts'
import type { WorklistRow } from './ports/store.ts'
import { paths, placeFor, reactorScope } from './scope.ts'
import { takeStep } from './take-step.ts'

/** The clock as it acts: never a person, and never refused. */
const clockActing = { actor: { subject: 'clock', role: 'system' }, standing: Promise.resolve(true) } as const

/** How many of what is due one tick looks at, in each network: the next tick takes the next. */
const AT_ONCE = 100

/** Once a minute: one query per network for what is due next. Only offers expire by themselves; nothing clinical ever closes by timer. */
export const tick =
  (deps: Deps & { readonly reference: Pick<ReferenceStore, 'networks'> }) =>
  async (): Promise<{ readonly expired: number }> => {
    const networks = await deps.reference.networks()
    const expired = await Promise.all(networks.map(({ code }) => expireIn(deps, code)))
    return { expired: expired.reduce((sum, one) => sum + one, 0) }
  }

const expireIn = async (deps: Deps, network: NetworkCode): Promise<number> => {
  const page = await deps
    .storeFor(reactorScope(network))
    .worklist(paths.network(network), { cursor: null, limit: AT_ONCE })
  if (page === 'bad-cursor') throw new Error('A list without a cursor has no bad one')
  const now = deps.clock.now()
  const isOver = ({ status, due }: WorklistRow) => status === 'offered' && due !== null && due.by < now
  let expired = 0
  for (const { id } of page.rows.filter(isOver)) expired += await expireOffers(deps, network, id)
  return expired
}

const expireOffers = async (deps: Deps, network: NetworkCode, id: WorklistRow['id']): Promise<number> => {
  const place = placeFor(network, id)
  const scope = reactorScope(network)
  const state = await deps.storeFor(scope).request(place)
  if (state?.status !== 'offered') return 0
  const over = state.offers.filter(({ replyBy }) => replyBy < deps.clock.now())
  for (const offer of over) {
    const key = `expire-${id}-${offer.id}`
    await takeStep(deps, clockActing, {
      scope,
      place,
      beside: async () => undefined,
      asked: { once: { key, hash: deps.digest(key) }, ifMatch: null },
      prepare: async () => ({ kind: 'prepared', command: { type: 'expire-offer', clinician: refOf(offer) } }) as const,
    })
  }
  return over.length
}
