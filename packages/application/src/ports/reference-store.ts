import type { NetworkCode, TrustCode } from '@concord/domain/ids'
import type { Organisations } from '@concord/domain/organisation/organisation'

/** A brokering network of this deployment, with the trusts it brokers for. */
export type Network = { readonly code: NetworkCode; readonly name: string; readonly trusts: readonly TrustCode[] }

/** What all networks read and operators write: one document per version, the newest of a kind in force. */
export type ReferenceStore = {
  readonly find: (kind: 'organisations') => Promise<Organisations | undefined>
  readonly networks: () => Promise<readonly Network[]>
  readonly saveNetworks: (networks: readonly Network[]) => Promise<void>
  /** Saving the version that is in force changes nothing. */
  readonly save: (organisations: Organisations) => Promise<'saved' | 'unchanged'>
}
