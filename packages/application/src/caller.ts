import type { Actor } from '@concord/domain/actor'
import type { Subject } from '@concord/domain/ids'
import type { Membership } from './scope.ts'

/**
 * Who calls, by a verified token or session, and as what. `standing` is being read while the first load runs:
 * whoever's membership has ended gets nothing on the next call, without a cache and without another trip.
 */
export type Caller = {
  readonly subject: Subject
  readonly membership: Membership
  readonly standing: Promise<boolean>
}

export const actorOf = ({ subject, membership }: Caller): Actor => ({ subject, role: membership.role })

/** Who takes a step: a person while their membership stands, or the platform's clock. */
export type Acting = { readonly actor: Actor; readonly standing: Promise<boolean> }
export const acting = (caller: Caller): Acting => ({ actor: actorOf(caller), standing: caller.standing })

/** The first load of a use case, beside the check that the caller still is who they were. */
export const whileStanding = async <T>(
  caller: { readonly standing: Promise<boolean> },
  load: Promise<T>,
): Promise<T | 'not-standing'> => {
  const [standing, loaded] = await Promise.all([caller.standing, load])
  return standing ? loaded : 'not-standing'
}
