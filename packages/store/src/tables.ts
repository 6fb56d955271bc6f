import type { TableName } from '@concord/application/grants'

// The shape of the five tables, read by the store, the infrastructure and the tests: nothing declares a table twice.

export type TableIndex = {
  readonly name: string
  readonly partition: string
  readonly sort: string
  /** What is told of an item beside its keys, if anything. */
  readonly tells: readonly string[] | 'all'
}
export type TableShape = {
  /** Whose reading or back-up made it a table of its own. */
  readonly purpose: string
  readonly recoveryDays: 1 | 35
  readonly stream: boolean
  readonly indexes: readonly TableIndex[]
}

export const keyNames = { partition: 'pk', sort: 'sk', ttl: 'expiresAt' } as const

/** Indexes are named by the question they answer and sort by what is due next. One map holds the few routing facts a worklist shows, so that a new column changes no index. */
export const worklistIndexes = {
  network: { name: 'network-worklist', partition: 'networkWorklistPk', sort: 'networkWorklistSk', tells: ['worklist'] },
  trust: { name: 'trust-worklist', partition: 'trustWorklistPk', sort: 'trustWorklistSk', tells: ['worklist'] },
} as const satisfies Record<string, TableIndex>

/** Whose roles are asked for: each stands on the list of its place. */
export const rolesIndex = {
  name: 'roles-of',
  partition: 'holderPk',
  sort: 'membership',
  tells: ['held'],
} as const satisfies TableIndex

/** What of the audit stands in no chain yet. Sparse: whatever was chained has its attributes no longer. */
export const unchainedIndex = {
  name: 'unchained',
  partition: 'unchainedPk',
  sort: 'unchainedSk',
  tells: 'all',
} as const satisfies TableIndex

/** Which requests of a network are about the same child. Sparse: drafts stand on it no more than on a network's worklist. */
export const priorInvolvementIndex = {
  name: 'prior-involvement',
  partition: 'priorInvolvementPk',
  sort: 'priorInvolvementSk',
  tells: [],
} as const satisfies TableIndex

export const tables = {
  records: {
    purpose: 'Requests as routing facts, clinicians, cards, memberships, once-records; the only stream',
    recoveryDays: 35,
    stream: true,
    indexes: [worklistIndexes.network, worklistIndexes.trust, rolesIndex, priorInvolvementIndex],
  },
  sealed: {
    purpose: 'Whatever names or describes a child or a family: ciphertext, one item per section and version',
    recoveryDays: 35,
    stream: false,
    indexes: [],
  },
  keys: {
    purpose: 'One wrapped data key per compartment of a case; an erasure is final a day later',
    recoveryDays: 1,
    stream: false,
    indexes: [],
  },
  audit: {
    purpose: 'Who saw or did what, in chains that can be verified',
    recoveryDays: 35,
    stream: false,
    indexes: [unchainedIndex],
  },
  figures: { purpose: 'Facts and published releases', recoveryDays: 35, stream: false, indexes: [] },
} as const satisfies Record<TableName, TableShape>

/** The real name of each table, as the template gives it. */
export type TableNames = Readonly<Record<TableName, string>>

/** What the stream's readers are sent: events alone, recognised by this attribute. */
export const eventMarker = { attribute: 'kind', value: 'event' } as const
