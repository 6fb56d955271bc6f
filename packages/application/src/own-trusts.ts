import type { Actor } from '@concord/domain/actor'
import type { TrustCode } from '@concord/domain/ids'
import type { CalendarDate } from '@concord/domain/time'
import type { Deps } from './deps.ts'
import { mustBeMembership } from './scope.ts'

/** The trusts in which a clinician holds any role on a day, a guardian's too. Of anybody else nothing is read: no opinion is theirs to give. */
export const ownTrustsOf = async (
  { rolesOf }: Pick<Deps, 'rolesOf'>,
  actor: Actor,
  on: CalendarDate,
): Promise<readonly TrustCode[]> => {
  if (actor.role !== 'clinician') return []
  return (await rolesOf(actor.subject, on)).flatMap((text) => {
    const membership = mustBeMembership(text)
    if ('trust' in membership) return [membership.trust]
    return membership.role === 'guardian' && membership.watches.trust !== null ? [membership.watches.trust] : []
  })
}
