import type { Actor } from '@concord/domain/actor'
import type { Subject } from '@concord/domain/ids'
import { type RequestState, wasSent } from '@concord/domain/request/request'
import type { Party } from '@concord/domain/request/shown'
import type { Membership } from './scope.ts'

/**
 * Who calls, by a verified token or session, and as what. `standing` is being read while the first load runs:
 * whoever's membership has ended gets nothing on the next call, without a cache and without another trip.
 */
export type Caller = {
  readonly subject: Subject
  readonly membership: Membership
  readonly standing: Promise<boolean>
  /** Whether it is them at all, where that is still being looked at: nothing is put on record of somebody who was only named. */
  readonly known?: Promise<boolean>
}

/** In whose name a store is asked: a caller's, who has to hold the membership first, or the platform's own, which waits for nobody. */
export type Asker = Pick<Caller, 'subject' | 'membership' | 'standing'> | 'platform'

/**
 * Stops a call whose membership does not hold, wherever it has got to. Thrown and not returned, so that nothing after it runs;
 * `asEachCaller` makes the refusal of it.
 */
class NotStandingError extends Error {
  override readonly name = 'NotStandingError'
}

/** Goes on for a caller whose membership holds, and for nobody else. */
export const mustStand = async ({ standing }: Pick<Caller, 'standing'>) => {
  if (!(await standing)) throw new NotStandingError('The membership does not hold')
}

export const actorOf = ({ subject, membership }: Caller): Actor => ({ subject, role: membership.role })

/** Who takes a step: a person while their membership stands, or the platform's clock. What they do not see is not there for them. */
export type Acting = {
  readonly actor: Actor
  readonly standing: Promise<boolean>
  readonly sees: (state: RequestState) => boolean
  /** Another after each change that they can see, and only then. */
  readonly tagOf: (state: RequestState) => string
}

/**
 * Whether a request is there for this caller at all. What was never sent is its trust's own, whatever became of it. The inbox may lag
 * behind the request: the request has the last word on whether the case still is the
 * clinician's: once it is accepted, that of the very person who did, and of no other sign-in on the same entry.
 */
export const isShownTo = (
  { subject, membership }: Pick<Caller, 'subject' | 'membership'>,
  state: RequestState,
): boolean => {
  switch (membership.role) {
    case 'requester':
    case 'eso-lead':
      return true
    case 'coordinator':
    case 'clinical-lead':
      return wasSent(state)
    case 'clinician':
      return state.status === 'offered'
        ? state.offers.some(({ id }) => id === membership.clinician)
        : 'acceptance' in state &&
            state.status !== 'closed' &&
            state.acceptance.id === membership.clinician &&
            state.acceptance.acceptedBy === subject
    case 'commissioner':
    case 'guardian':
    case 'operator':
      return false
  }
}

/** As whom a caller has a part in the case they look at; those who have none see nothing of how one stands. */
export const partyOf = ({ membership, subject }: Pick<Caller, 'membership' | 'subject'>): Party | undefined => {
  switch (membership.role) {
    case 'requester':
    case 'eso-lead':
      return { audience: 'trust' }
    case 'coordinator':
    case 'clinical-lead':
      return { audience: 'network' }
    case 'clinician':
      return { audience: 'clinician', id: membership.clinician, subject }
    case 'commissioner':
    case 'guardian':
    case 'operator':
      return undefined
  }
}

/** The first load of a use case, beside the check that the caller still is who they were. How the load ended is told to nobody else. */
export const whileStanding = async <T>(
  caller: { readonly standing: Promise<boolean> },
  load: Promise<T>,
): Promise<T | 'not-standing'> => {
  load.catch(() => undefined)
  return (await caller.standing) ? load : 'not-standing'
}

/** What is said where nothing can be this caller's: that it is not there, or that their role has ended, and nothing is read for it. */
export const notThere = async <What extends string>({ standing }: Pick<Caller, 'standing'>, what: What) =>
  (await standing) ? ({ kind: 'not-found', what } as const) : ({ kind: 'not-standing' } as const)
