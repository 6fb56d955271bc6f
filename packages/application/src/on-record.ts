import type { CaseDeed } from '@concord/domain/audit/told-to-guardians'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import type { OnRecord } from './ports/outside.ts'
import type { RequestPlace } from './scope.ts'

/** Where it stands who saw or did what in a case. */
export const recordOf = ({ network, trust, id }: RequestPlace) => `${network}/${trust}/${id}`

/** What is put on record about an office, and told in no case. */
type OfficeDeed =
  | 'glass.list-read'
  | `clinician.read ${string}`
  | `register.search ${string}`
  | 'worklist.read'
  | 'inbox.read'
  | 'figures.read'
  | 'figures.exported'
  | 'roles.read'
  | 'teams.read'

/** Puts on record what a caller reads, before it goes out to them. */
export const putOnRecord = async (
  { audit, clock, ids }: Pick<Deps, 'audit' | 'clock' | 'ids'>,
  { subject, membership }: Caller,
  { about, did }: { readonly about: string; readonly did: CaseDeed | OfficeDeed },
): Promise<OnRecord> => {
  await audit.put({ at: clock.now(), id: ids.uuid(), about, who: subject, role: membership.role, did })
  // The one place where this is said: the entry was stored in the line above.
  return {} as OnRecord // Of a brand nothing is ever there.
}
