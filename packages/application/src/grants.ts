// Who may touch which partitions: the one definition from which the store's check and the cloud's access and key policies are made.

import { compartments } from '@concord/domain/request/request'

/** Five tables, each with readers, a back-up or a stream of its own. */
export type TableName = 'records' | 'sealed' | 'keys' | 'audit' | 'figures'

/** What tells one caller's paths from another's; in the cloud, the tags of their session. */
export const tagNames = [
  'own',
  'case',
  'brief',
  'pack',
  'restricted',
  'glass',
  'audit',
  'child',
  'release',
  'fact',
] as const
export type TagName = (typeof tagNames)[number]
export type Tags = Readonly<Record<TagName, string>>

/** The value of a tag that a caller has no use for, since a tag that is not there at all would be a trap. Keys that begin so are refused to all. */
export const UNUSED = 'none'

/**
 * Paths that may be read, and written, and where items may be deleted; `{own}` stands for the value of a tag. A key is inside when it
 * equals a path or goes on after a `/`.
 */
export type Reach = {
  readonly read: readonly string[]
  readonly write: readonly string[]
  readonly erase?: readonly string[]
}
export type Grant = Readonly<Partial<Record<TableName, Reach>>>

/** The compartments of a case, by the tag under which a caller reaches each: the key of the stage opens no other, and an erasure takes all. */
export const compartmentTags = compartments satisfies readonly TagName[]

/**
 * Kinds of place that somebody acts for; and, beside them, what one does apart from that with a session of its own: reads what is
 * restricted, opens a case by breaking the glass, keeps a list of roles.
 */
export const callerRoles = [
  'trust',
  'network',
  'clinician',
  'commissioner',
  'guardian',
  'operator',
  'named',
  'breaker',
  'steward',
] as const
export type CallerRole = (typeof callerRoles)[number]

/** What a caller may touch through a use case, by the kind of place they act for. The audit is a guardian's to read and nobody's to write. */
export const callerGrants: Readonly<Record<CallerRole, Grant>> = {
  trust: {
    // A draft whose NHS number was mistyped is no longer found under the wrong one.
    records: { read: ['{own}'], write: ['{own}'], erase: ['{own}/child'] },
    sealed: { read: ['{brief}', '{pack}'], write: ['{brief}', '{pack}'] },
    keys: { read: ['{brief}', '{pack}'], write: ['{brief}', '{pack}'] },
    figures: { read: ['{release}'], write: [] },
  },
  network: {
    // Cards, evidence and what the reactors note are read here and written by them alone. A GMC number is claimed once for all
    // networks, so applying writes beside the national cards.
    records: {
      read: ['{own}', 'national'],
      write: ['{own}/trust', '{own}/clinician', '{own}/assessment', '{own}/once', 'national/gmc'],
    },
    sealed: { read: ['{brief}'], write: [] },
    keys: { read: ['{brief}'], write: [] },
    figures: { read: ['{release}'], write: [] },
  },
  clinician: {
    records: { read: ['{own}', '{case}'], write: ['{own}', '{case}'] },
    sealed: { read: ['{brief}', '{pack}'], write: ['{pack}'] },
    keys: { read: ['{brief}', '{pack}'], write: [] },
  },
  commissioner: { figures: { read: ['{release}'], write: [] } },
  // `own` are the lists of roles, for the names of those who are on record; `child` finds the cases of one child, and no case itself.
  guardian: {
    records: { read: ['{own}', '{glass}', '{case}/child', '{child}'], write: ['{glass}'] },
    sealed: { read: ['{glass}'], write: ['{glass}'] },
    keys: { read: ['{glass}'], write: [] },
    audit: { read: ['{audit}'], write: [] },
  },
  operator: { records: { read: ['reference'], write: ['reference'] } },
  named: {
    records: { read: ['{case}'], write: ['{case}'] },
    sealed: { read: ['{restricted}'], write: ['{restricted}'] },
    keys: { read: ['{restricted}'], write: ['{restricted}'] },
  },
  breaker: {
    records: { read: ['{case}', '{glass}'], write: ['{glass}'] },
    sealed: { read: ['{brief}', '{pack}', '{restricted}', '{glass}'], write: ['{glass}'] },
    keys: { read: ['{brief}', '{pack}', '{restricted}', '{glass}'], write: ['{glass}'] },
  },
  steward: { records: { read: ['{own}'], write: ['{own}'] } },
}

/** What the reactors and the clock may touch of one network: nothing sealed. */
export const platformGrant: Grant = {
  records: { read: ['{own}'], write: ['{own}', 'national'] },
  figures: { read: ['{fact}', '{release}'], write: ['{fact}', '{release}'] },
}

const everyCompartment = compartmentTags.map((kind) => `{${kind}}`)
/**
 * What an operator may touch who erases one case: its texts, its keys and what finds its child. It opens nothing, and takes away
 * neither where the request stands nor who did what. A key is overwritten by the mark that it was erased, so that no other is made.
 */
export const eraserGrant: Grant = {
  records: { read: ['{case}', '{glass}'], write: [], erase: ['{case}/child', '{own}/child'] },
  sealed: { read: everyCompartment, write: [], erase: everyCompartment },
  keys: { read: everyCompartment, write: everyCompartment },
  audit: { read: [], write: ['audit'] },
}

export const functionNames = ['api', 'console', 'react', 'clock'] as const
export type FunctionName = (typeof functionNames)[number]

/** What each function may touch in its own name, whoever calls; `*` stands for any name. */
export const functionGrants: Readonly<Record<FunctionName, Grant>> = {
  api: {
    records: { read: ['person', 'members', 'reference'], write: [] },
    audit: { read: [], write: ['audit'] },
  },
  console: {
    records: { read: ['person', 'members', 'reference'], write: ['person'] },
    audit: { read: [], write: ['audit'] },
  },
  react: {
    records: {
      read: ['network', 'reference'],
      write: [
        'network/*/trust',
        'network/*/clinician',
        'network/*/card',
        'network/*/evidence',
        'network/*/platform',
        'network/*/parked',
        'national/card',
      ],
    },
    audit: { read: [], write: ['audit'] },
    figures: { read: [], write: ['fact'] },
  },
  clock: {
    records: { read: ['network', 'reference'], write: ['network/*/trust', 'network/*/platform'] },
    // Alone in reading the audit and in writing chains and heads: those who put entries can do nothing else there.
    audit: {
      read: ['audit', 'audit-chain', 'audit-head', 'unchained'],
      write: ['audit', 'audit-chain', 'audit-head'],
    },
  },
}

/** The paths of a grant with the tags' values in their places; what hangs on a tag without use is no path at all. */
export const pathsIn = (templates: readonly string[], tags: Tags): readonly string[] =>
  templates.flatMap((path) => {
    const used = tagNames.filter((tag) => path.includes(`{${tag}}`))
    if (used.some((tag) => tags[tag] === UNUSED)) return []
    return [used.reduce((text, tag) => text.replace(`{${tag}}`, tags[tag]), path)]
  })
