import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { STSClient } from '@aws-sdk/client-sts'
import type { UnboundDeps } from '@concord/application/deps'
import type { CallerRole } from '@concord/application/grants'
import type { AuditChain } from '@concord/application/ports/audit-chain'
import type { Clock, Ids } from '@concord/application/ports/outside'
import type { Network } from '@concord/application/ports/reference-store'
import type { Scope } from '@concord/application/scope'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Organisations } from '@concord/domain/organisation/organisation'
import { addMinutes } from '@concord/domain/time'
import { callerCredentials, keptForCallers } from '@concord/platform/caller-sessions'
import { kmsVault } from '@concord/platform/kms-vault'
import { readBibliography } from '@concord/platform/read-bibliography'
import { hmac, sha256, systemClock, systemIds } from '@concord/platform/system'
import { policyFor } from '@concord/policy/current-policy'
import { madeStricter } from '@concord/policy/made-stricter'
import { storedAuditChain } from '@concord/store/audit-chain'
import { storedAuditLog } from '@concord/store/audit-log'
import { concordStore, type Means } from '@concord/store/concord-store'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { storedPeople } from '@concord/store/people'
import { storedReference } from '@concord/store/reference-store'
import { scopedTables } from '@concord/store/scoped-tables'
import type { TableAccess } from '@concord/store/table-access'
import type { TableNames } from '@concord/store/tables'

/** How long an instance rests on the organisations it read: an import shows everywhere within this. */
const ORGANISATIONS_FOR_MINUTES = 5

export const tablesOf = (names: TableNames): TableAccess => dynamoTables({ client: new DynamoDBClient({}), names })

type Credentials = ReturnType<ReturnType<typeof callerCredentials>>
/** How AWS is spoken to for callers, each on credentials of their own. */
export type Clients = {
  readonly sts: STSClient
  readonly dynamoDb: (credentials: Credentials) => DynamoDBClient
  readonly kms: (credentials: Credentials) => KMSClient
}
/** Connections are the function's, whoever calls, and what is signed is the caller's: somebody new to an instance waits for no handshake. */
const sharedConnections = (): Clients => {
  const [dynamoDb, kms] = [new DynamoDBClient({}).config, new KMSClient({}).config]
  return {
    sts: new STSClient({}),
    dynamoDb: (credentials) => new DynamoDBClient({ credentials, requestHandler: dynamoDb.requestHandler }),
    kms: (credentials) => new KMSClient({ credentials, requestHandler: kms.requestHandler }),
  }
}

type Callers = {
  readonly names: TableNames
  readonly keyId: string
  readonly childKeyId: string
  readonly roleArns: Readonly<Record<CallerRole, string>>
  readonly clients?: Clients
}
/** The tables and the vault as each caller reaches them: on credentials that reach nothing else. */
export const callersOf = ({
  names,
  keyId,
  childKeyId,
  roleArns,
  clients = sharedConnections(),
}: Callers): ((scope: Scope) => Means) => {
  const credentialsOf = callerCredentials({ client: clients.sts, roleArns })
  const meansOf = keptForCallers((session): Means => {
    const credentials = credentialsOf(session)
    return {
      tables: dynamoTables({ client: clients.dynamoDb(credentials), names }),
      vault: kmsVault({ client: clients.kms(credentials), keyId, childKeyId }),
    }
  })
  return ({ role, tags }) => {
    if (role === 'platform' || role === 'eraser')
      throw new Error('A function that acts for callers acts for nobody else')
    return meansOf({ role, tags })
  }
}

type Parts = {
  /** The tables in the function's own name. */
  readonly tables: TableAccess
  readonly meansFor: (scope: Scope) => Means
  /** What looks at every key before it is asked for; the tests of isolation look at what stands when it is gone. */
  readonly guard?: typeof scopedTables
  readonly stage: string
  readonly clock?: Clock
  readonly ids?: Ids
}

/** Joins the rooms: the ports of the use cases to what stands behind them. Functions and tests alike are wired here. */
export const wire = ({
  tables,
  meansFor,
  guard = scopedTables,
  stage,
  clock = systemClock,
  ids = systemIds,
}: Parts): UnboundDeps & {
  readonly auditChain: AuditChain
  readonly people: ReturnType<typeof storedPeople>
  readonly reference: ReturnType<typeof storedReference>
  readonly organisationFiles: () => Promise<Organisations>
  readonly networks: () => Promise<readonly Network[]>
} => {
  const reference = storedReference(tables)
  const imported = keptFor(ORGANISATIONS_FOR_MINUTES, clock, async () => {
    const [files, stricter] = await Promise.all([reference.find('organisations'), reference.stricter()])
    if (!files) throw new Error('No organisations were imported: run `npm run concord -- import organisations`')
    return { files, graph: organisationGraph(files), stricter }
  })
  const policy = policyFor('england-and-wales')
  const people = storedPeople(tables)
  const networks = keptFor(ORGANISATIONS_FOR_MINUTES, clock, reference.networks)
  return {
    storesOf: concordStore({
      meansFor: (scope) => {
        const { vault, ...means } = meansFor(scope)
        return { tables: guard(means.tables, scope), vault }
      },
      digest: sha256,
      uuid: ids.uuid,
    }),
    audit: storedAuditLog(tables),
    auditChain: storedAuditChain(tables),
    people,
    rolesOf: people.memberships,
    reference,
    clock,
    ids,
    digest: sha256,
    mac: hmac,
    readBibliography,
    policy,
    rulesFor: async ({ network, trust }, on) =>
      madeStricter(
        policy(on),
        (await imported()).stricter.filter(({ place }) => place === network || place === `${network}/${trust}`),
      ),
    organisations: async () => (await imported()).graph,
    organisationFiles: async () => (await imported()).files,
    networks,
    trustsOf: async (network) => (await networks()).find(({ code }) => code === network)?.trusts ?? [],
    inventedAllowed: stage === 'local',
  }
}

/** Reads once and keeps the answer for some minutes; a failed read is not kept. */
const keptFor = <T>(minutes: number, clock: Clock, read: () => Promise<T>) => {
  let kept: { readonly until: string; readonly value: Promise<T> } | undefined
  return () => {
    const now = clock.now()
    if (!kept || kept.until < now) {
      const value = read()
      kept = { until: addMinutes(now, minutes), value }
      value.catch(() => {
        kept = undefined
      })
    }
    return kept.value
  }
}
