import type { Instant } from '../time.ts'

/** Who saw or did what, when, and about which case or office. */
export type AuditEntry = {
  readonly at: Instant
  readonly id: string
  /** `<network>/<trust>/<request>`, `<network>/<trust>/office` or `<network>/office`. */
  readonly about: string
  readonly who: string
  readonly role: string
  readonly did: string
}

/** An entry as it was found, which may be anything: nobody vouches for it before it is verified. */
export type FoundEntry = Readonly<Record<string, unknown>>
/** The same under the name that its place gives it. */
export type NamedEntry = { readonly name: string; readonly entry: FoundEntry }

/** By what an entry is known: where it lies, when it was made and its id. */
export const nameOf = ({ about, at, id }: Pick<AuditEntry, 'about' | 'at' | 'id'>) => `${about} ${at}/${id}`

/** What an entry is about, as its name tells it. */
export const aboutOf = (name: string): string => name.split(' ')[0] ?? ''

/** In whose chain an entry stands: its network's. */
export const tenantOf = (about: string): string => about.split('/')[0] ?? ''
