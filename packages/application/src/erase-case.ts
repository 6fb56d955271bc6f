import type { NetworkCode, RequestId, Subject } from '@concord/domain/ids'
import { addMinutes, type Instant } from '@concord/domain/time'
import type { Deps } from './deps.ts'
import { recordOf } from './on-record.ts'
import type { CaseErasure, Erasable } from './ports/case-erasure.ts'
import { placeFor, type RequestPlace } from './scope.ts'

/** Why a case is erased. A list and no free text: the reason stays on record, where a child's name must never stand. */
export const erasureReasons = ['asked-for', 'entered-in-error', 'kept-long-enough', 'court-order'] as const
export type ErasureReason = (typeof erasureReasons)[number]

export type Erasure = {
  readonly network: NetworkCode
  readonly id: RequestId
  readonly because: ErasureReason
  /** The operator, by the subject of their sign-in. */
  readonly by: Subject
  /** Without it nothing is done, and what would be is said. */
  readonly isMeant: boolean
}
export type ErasureOutcome =
  | { readonly kind: 'not-found'; readonly what: 'request' }
  /** A guardian looks first at why the glass was broken. */
  | { readonly kind: 'review-waits'; readonly reviews: number }
  | { readonly kind: 'would-erase'; readonly found: Erasable }
  /** Until `finalAt` the table of keys can be recovered to a moment before. */
  | { readonly kind: 'erased'; readonly found: Erasable; readonly finalAt: Instant }
  /** What an erasure left that broke off is cleared away. */
  | { readonly kind: 'erased-before'; readonly at: Instant; readonly cleared: number }
  | { readonly kind: 'changed' }

/** How far back the table of keys can be recovered (ADR 6). */
const RECOVERABLE_MINUTES = 24 * 60
const TRIES = 4

/** Erases the texts of one case by their keys. What is not text, figures and the audit stay; doing it again does nothing again. */
export const eraseCase =
  ({
    erasureFor,
    clock,
    ids,
  }: Pick<Deps, 'clock' | 'ids'> & { readonly erasureFor: (place: RequestPlace) => CaseErasure }) =>
  async ({ network, id, because, by, isMeant }: Erasure): Promise<ErasureOutcome> => {
    const place = placeFor(network, id)
    const store = erasureFor(place)
    let found = await store.look(place)
    if (!found) return { kind: 'not-found', what: 'request' }
    if (found.reviewsDue > 0) return { kind: 'review-waits', reviews: found.reviewsDue }
    if (!isMeant) return { kind: 'would-erase', found }
    if (found.keys === 0 && found.erasedAt !== null && !found.isFindable) {
      await store.clear(place)
      return { kind: 'erased-before', at: found.erasedAt, cleared: found.texts }
    }
    for (let tries = 0; tries < TRIES; tries += 1) {
      const at = clock.now()
      const entry = {
        at,
        id: ids.uuid(),
        about: recordOf(place),
        who: by,
        role: 'operator',
        did: `case.erased ${because}`,
      }
      if ((await store.eraseKeys(place, entry)) === 'erased') {
        await store.clear(place)
        return { kind: 'erased', found, finalAt: addMinutes(at, RECOVERABLE_MINUTES) }
      }
      // Somebody wrote a text meanwhile: that one goes too.
      found = (await store.look(place)) ?? found
    }
    return { kind: 'changed' }
  }
