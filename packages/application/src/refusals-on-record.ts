import type { Caller } from './caller.ts'
import type { Deps, UnboundDeps } from './deps.ts'
import { officeOf, PLATFORM, writeMembership } from './scope.ts'

/**
 * The refusals of those who reach for what is not theirs, or no longer is. What is only not possible now, or does not read, is no
 * matter of access and leaves no trace. Foreign and unknown are one: which of them it was is not known here either.
 */
const reaching: ReadonlySet<string> = new Set([
  'not-standing',
  'not-found',
  'not-yours',
  'entry-not-yours',
  'glass-not-yours',
  'role-not-yours',
  'own-role',
  'own-glass',
  'own-approval',
  'duties-apart',
  'role-in-trust',
  'not-named',
  'not-a-guardian',
  'not-offered',
  'not-engaged',
  'no-worklist',
  'no-figures',
])

/** Puts a refusal of that kind on record before it is answered. Nothing is put on record about a person who was only named. */
export const keepRefusal = async (deps: Recording, caller: Caller, { name, kind }: Refused) => {
  if (reaching.has(kind) && (await (caller.known ?? true))) await refusalOnRecord(deps, caller, `${name} ${kind}`)
}

/**
 * Puts on record that somebody was refused, and what: by name, never by what they sent. It is filed at the office of the membership
 * if they hold it or ever held it. A membership that is only claimed fills no other office's record: that goes to the platform's.
 */
export const refusalOnRecord = async ({ audit, clock, ids, people }: Recording, caller: Caller, what: string) => {
  const { subject, membership, standing } = caller
  const isTheirs = (await standing) || (await people.everHeld(subject, writeMembership(membership)))
  await audit.put({
    at: clock.now(),
    id: ids.uuid(),
    about: `${isTheirs ? officeOf(membership) : PLATFORM}/office`,
    who: subject,
    role: isTheirs ? membership.role : 'none',
    did: `refused ${what}`,
  })
}

type Recording = Pick<Deps, 'audit' | 'clock' | 'ids'> & Pick<UnboundDeps, 'people'>
type Refused = { readonly name: string; readonly kind: string }
