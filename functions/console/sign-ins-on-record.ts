import type { UnboundDeps } from '@concord/application/deps'
import { officeOf, PLATFORM, parseMembership } from '@concord/application/scope'
import type { Subject } from '@concord/domain/ids'

/**
 * Puts on record who signed in, signed out or chose a role, at the office of that role. Somebody who acts in no role yet, or whose
 * browser names one that they never held, is on record at the platform's office.
 */
export const signInOnRecord = async (
  { audit, clock, ids, people }: Pick<UnboundDeps, 'audit' | 'clock' | 'ids' | 'people'>,
  { subject, as }: { readonly subject: Subject; readonly as: string | null },
  did: `sign-in.${string}`,
) => {
  const named = as === null ? undefined : parseMembership(as)
  const membership = as !== null && named && (await people.everHeld(subject, as)) ? named : undefined
  const about = `${membership ? officeOf(membership) : PLATFORM}/office`
  await audit.put({ at: clock.now(), id: ids.uuid(), about, who: subject, role: membership?.role ?? 'none', did })
}
