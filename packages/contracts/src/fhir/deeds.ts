/** How one kind of entry of the audit is told as an AuditEvent, by the pattern of IHE's basic audit that it is nearest to. */
export type Deed = {
  readonly pattern: 'read' | 'query' | 'create' | 'update' | 'other'
  /** What the caller looked at or made: a case and its entry in the register, or a report of it. */
  readonly what?: 'report'
  /** Why, in HL7’s words, where the deed itself says it: treatment, or breaking the glass. */
  readonly why?: 'TREAT' | 'BTG'
  /** Nothing came of it. */
  readonly isRefused?: true
}

/** By the word an entry says was done, or by what it begins with up to a dot or a space: the longest that fits counts. */
const deeds: Readonly<Record<string, Deed>> = {
  'case.read': { pattern: 'read', why: 'TREAT' },
  'answers.read': { pattern: 'read', why: 'TREAT' },
  'offer.read': { pattern: 'read', why: 'TREAT' },
  'brief.read': { pattern: 'read', why: 'TREAT' },
  'narrative.read': { pattern: 'read', why: 'TREAT' },
  'inbox.read': { pattern: 'query' },
  'shortlist.read': { pattern: 'read', why: 'TREAT' },
  'joint-works.read': { pattern: 'read', why: 'TREAT' },
  'worklist.read': { pattern: 'query' },
  'clinician.read': { pattern: 'read' },
  'register.search': { pattern: 'query' },
  'request.drafted': { pattern: 'create' },
  request: { pattern: 'update' },
  offer: { pattern: 'update' },
  declaration: { pattern: 'update' },
  'declaration.read': { pattern: 'read' },
  plan: { pattern: 'update' },
  family: { pattern: 'update' },
  // A deed of the process, and a reading of the pack as well: that reading has an entry of its own.
  pack: { pattern: 'update' },
  clearance: { pattern: 'update' },
  'opinion.reported': { pattern: 'create', what: 'report', why: 'TREAT' },
  opinion: { pattern: 'update' },
  'clinician.applied': { pattern: 'create' },
  clinician: { pattern: 'update' },
  place: { pattern: 'update' },
  glass: { pattern: 'read', why: 'BTG' },
  'glass.list-read': { pattern: 'query' },
  'glass.reviewed': { pattern: 'update' },
  'restricted.read': { pattern: 'read', why: 'TREAT' },
  restricted: { pattern: 'update' },
  'review.read': { pattern: 'read' },
  'audit.read': { pattern: 'query' },
  'roles.read': { pattern: 'query' },
  'teams.read': { pattern: 'query' },
  'team.added': { pattern: 'create' },
  team: { pattern: 'update' },
  'role.granted': { pattern: 'create' },
  role: { pattern: 'update' },
  'case.erased': { pattern: 'update' },
  'case.freed': { pattern: 'update' },
  'sign-in': { pattern: 'other' },
  refused: { pattern: 'other', isRefused: true },
  'figures.read': { pattern: 'query' },
}

const unheardOf: Deed = { pattern: 'other' }

/** The word of the table that an entry’s deed goes by; none for one that nobody told the table of. */
export const rowOf = (did: string): string | undefined =>
  Object.keys(deeds)
    .filter((row) => did === row || did.startsWith(`${row}.`) || did.startsWith(`${row} `))
    .toSorted((a, b) => b.length - a.length)[0]

/** How a deed is told. What the table does not know is told as an operation and under no pattern, never left out. */
export const deedOf = (did: string): Deed => deeds[rowOf(did) ?? ''] ?? unheardOf
