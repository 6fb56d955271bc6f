import type { Caller } from '@concord/application/caller'
import type { Clock } from '@concord/application/ports/outside'
import type { People } from '@concord/application/ports/people'
import { parseMembership } from '@concord/application/scope'
import { parseSubject } from '@concord/domain/ids'
import { dateAt } from '@concord/domain/time'

/**
 * Who calls, from the claims of a verified token. `acts_as` names the membership; it grants nothing: the membership itself is
 * read beside the first load, and a token without the claim acts by the one membership its subject holds. No default, no header.
 */
export const callerFrom = async (
  { people, clock }: { readonly people: People; readonly clock: Clock },
  claims: Readonly<Record<string, unknown>>,
): Promise<Caller | undefined> => {
  const subject = typeof claims['sub'] === 'string' ? parseSubject(claims['sub']) : undefined
  if (!subject) return undefined
  const today = dateAt(clock.now())
  const named = claims['acts_as']
  if (typeof named === 'string') {
    const membership = parseMembership(named)
    if (!membership) return undefined
    const standing = people.holds(subject, named, today)
    // Whoever asks is told if it failed. A call that is refused before anybody asks must not end the process by it.
    standing.catch(() => undefined)
    return { subject, membership, standing }
  }
  const held = await people.memberships(subject, today)
  const [only, ...others] = held
  const membership = only && others.length === 0 ? parseMembership(only) : undefined
  if (!only || !membership) return undefined
  // The index tells of a role for a moment after it ended; the list of its place does not.
  const standing = people.holds(subject, only, today)
  standing.catch(() => undefined)
  return { subject, membership, standing }
}
