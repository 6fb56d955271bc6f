import type { NetworkCode, TrustCode } from '@concord/domain/ids'
import type { Organisations } from '@concord/domain/organisation/organisation'

/** A brokering network of this deployment, with the trusts it brokers for. */
export type Network = { readonly code: NetworkCode; readonly name: string; readonly trusts: readonly TrustCode[] }

/** What a network, or a trust for its own requests, made stricter: `south-west`, or `south-west/RA7`. */
export type StricterRules = { readonly place: string; readonly version: string; readonly changes: unknown }

/** What all networks read and operators write: one document per version, the newest of a kind in force. */
export type ReferenceStore = {
  /** Of a version, or of the one in force. */
  readonly find: (kind: 'organisations', version?: string) => Promise<Organisations | undefined>
  readonly stricter: () => Promise<readonly StricterRules[]>
  /** Puts all that a place made stricter in the stead of what it had. */
  readonly saveStricter: (rules: StricterRules) => Promise<void>
  readonly networks: () => Promise<readonly Network[]>
  readonly saveNetworks: (networks: readonly Network[]) => Promise<void>
  /** Saving the version that is in force changes nothing. */
  readonly save: (organisations: Organisations) => Promise<'saved' | 'unchanged'>
}
