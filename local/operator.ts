import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { S3Client } from '@aws-sdk/client-s3'
import { STSClient } from '@aws-sdk/client-sts'
import type { Tags } from '@concord/application/grants'
import type { Vault } from '@concord/application/ports/outside'
import { eraserScope, type RequestPlace } from '@concord/application/scope'
import { auditHead } from '@concord/contracts/domain/audit'
import { workingDaysBetween } from '@concord/domain/calendar/working-days'
import { callerCredentials } from '@concord/platform/caller-sessions'
import { kmsRewrap, kmsVault } from '@concord/platform/kms-vault'
import { s3Witness } from '@concord/platform/s3-witness'
import { calendars } from '@concord/policy/calendar'
import { storedErasure } from '@concord/store/case-erasure'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { storedReactorStore } from '@concord/store/reactor-store'
import { scopedTables } from '@concord/store/scoped-tables'
import type { TableNames } from '@concord/store/tables'
import { notSealing } from '../functions/not-sealing.ts'
import { wire } from '../functions/wiring.ts'
import { stageKeysIn } from './secrets.ts'
import { stop } from './stop.ts'

/** Where a system keeps what it has: addresses on this machine, or none for the AWS account whose credentials are in force. */
export type Whereabouts = {
  readonly stage: string
  readonly tableNames: TableNames
  /** Where published heads are kept, and whose key signs them; a deployment's is named with its tables. */
  readonly witness: { readonly bucket: string; readonly keyId: string } | null
  /** In which role cases are erased in a deployment; on this machine it is its owner who does. */
  readonly eraserRole?: string | undefined
  readonly local?: {
    readonly dynamodbUrl: string
    readonly cloudUrl: string
    readonly sealingKey: string
    readonly childKey: string
    readonly folder: string
  }
}

/** A system as its operator reaches it: the use cases' own ports over its tables. */
export const operatorOf = ({ stage, tableNames, witness, eraserRole, local }: Whereabouts) => {
  const here = { region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
  const client = new DynamoDBClient(local ? { ...here, endpoint: local.dynamodbUrl } : {})
  const tables = dynamoTables({ client, names: tableNames })
  // An operator of a deployment opens no case; only the seed of a system on this machine seals one.
  const kms = local && {
    client: new KMSClient({ ...here, endpoint: local.cloudUrl }),
    keyId: local.sealingKey,
    childKeyId: local.childKey,
  }
  const vault: Vault = kms ? kmsVault(kms) : notSealing
  const wired = wire({ tables, meansFor: () => ({ tables, vault }), stage })
  return {
    tables,
    vault,
    stage,
    ...wired,
    // A command acts for nobody who calls: whoever runs it has the credentials of the tables themselves.
    storeFor: wired.storesOf('platform'),
    /** One case’s paths and no other, by the store’s own check and, in a deployment, by the role taken on for that case. */
    erasureFor: (place: RequestPlace) => {
      const scope = eraserScope(place)
      return storedErasure(scopedTables(local ? tables : erasingTables(tableNames, eraserRole, scope.tags), scope))
    },
    /** The key of the stage, where it is a file of this machine. */
    here: kms && { rewrap: kmsRewrap(kms), stageKeys: stageKeysIn(local.folder) },
    reactor: storedReactorStore(tables),
    witness:
      witness &&
      s3Witness({
        ...witness,
        readHead: (value) => auditHead.parse(value),
        s3: new S3Client(local ? { ...here, endpoint: local.cloudUrl } : {}),
        kms: new KMSClient(local ? { ...here, endpoint: local.cloudUrl } : {}),
      }),
    workingDays: (from: Parameters<typeof workingDaysBetween>[0], to: Parameters<typeof workingDaysBetween>[1]) =>
      workingDaysBetween(from, to, calendars['england-and-wales']),
  }
}
const erasingTables = (names: TableNames, role: string | undefined, tags: Tags) => {
  if (!role) return stop('Name the role in which cases are erased, as ERASER_ROLE: see docs/deploy.md.')
  const credentialsOf = callerCredentials({ client: new STSClient({}), roleArns: { eraser: role } })
  return dynamoTables({ client: new DynamoDBClient({ credentials: credentialsOf({ role: 'eraser', tags }) }), names })
}
export type Operator = ReturnType<typeof operatorOf>
