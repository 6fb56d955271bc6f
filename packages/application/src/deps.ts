import type { NetworkCode, Subject, TrustCode } from '@concord/domain/ids'
import type { OrganisationGraph } from '@concord/domain/organisation/graph'
import type { CalendarDate } from '@concord/domain/time'
import type { Asker } from './caller.ts'
import type { AuditLog, Clock, Digest, Ids, Mac, ReadBibliography } from './ports/outside.ts'
import type { People } from './ports/people.ts'
import type { PolicyBook, Rulebook } from './ports/policy.ts'
import type { ScopedStore } from './ports/store.ts'
import type { RequestPlace, Scope } from './scope.ts'

/** What the use cases stand on. Each takes what it needs of it. */
export type Deps = {
  readonly storeFor: (scope: Scope) => ScopedStore
  readonly audit: AuditLog
  readonly clock: Clock
  readonly ids: Ids
  readonly digest: Digest
  readonly mac: Mac
  readonly readBibliography: ReadBibliography
  readonly policy: PolicyBook
  /** The rules for the requests of a trust in a network on a day. */
  readonly rulesFor: (place: Pick<RequestPlace, 'network' | 'trust'>, on: CalendarDate) => Promise<Rulebook>
  /** Every role that somebody holds on a day, wherever it is: nobody gives an opinion to a trust of their own. */
  readonly rolesOf: (subject: Subject, on: CalendarDate) => Promise<readonly string[]>
  /** The trusts for which a network brokers. */
  readonly trustsOf: (network: NetworkCode) => Promise<readonly TrustCode[]>
  readonly organisations: () => Promise<OrganisationGraph>
  /** Whether invented people may be registered: never in production. */
  readonly inventedAllowed: boolean
}

/** The same before it is known in whose name the store is asked. */
export type UnboundDeps = Omit<Deps, 'storeFor'> & {
  readonly storesOf: (asker: Asker) => Deps['storeFor']
  readonly people: Pick<People, 'everHeld'>
}
