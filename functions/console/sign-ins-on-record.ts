import type { Deps } from '@concord/application/deps'
import { officeOf, PLATFORM, parseMembership } from '@concord/application/scope'
import type { Subject } from '@concord/domain/ids'

/** Puts on record who came, went or chose a role, at the office of that role; of whoever acts in none yet, at the platform's. */
export const signInOnRecord = (
  { audit, clock, ids }: Pick<Deps, 'audit' | 'clock' | 'ids'>,
  { subject, as }: { readonly subject: Subject; readonly as: string | null },
  did: `sign-in.${string}`,
) => {
  const membership = as === null ? undefined : parseMembership(as)
  const about = `${membership ? officeOf(membership) : PLATFORM}/office`
  return audit.put({ at: clock.now(), id: ids.uuid(), about, who: subject, role: membership?.role ?? 'none', did })
}
