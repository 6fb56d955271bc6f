import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import type { Vault } from '@concord/application/ports/outside'
import { workingDaysBetween } from '@concord/domain/calendar/working-days'
import { kmsVault } from '@concord/platform/kms-vault'
import { calendars } from '@concord/policy/calendar'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { storedReactorStore } from '@concord/store/reactor-store'
import type { TableNames } from '@concord/store/tables'
import { notSealing } from '../functions/not-sealing.ts'
import { wire } from '../functions/wiring.ts'

/** Where a system keeps what it has: addresses on this machine, or none for the AWS account whose credentials are in force. */
export type Whereabouts = {
  readonly stage: string
  readonly tableNames: TableNames
  readonly local?: { readonly dynamodbUrl: string; readonly cloudUrl: string; readonly sealingKey: string }
}

/** A system as its operator reaches it: the use cases' own ports over its tables. */
export const operatorOf = ({ stage, tableNames, local }: Whereabouts) => {
  const here = { region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }
  const client = new DynamoDBClient(local ? { ...here, endpoint: local.dynamodbUrl } : {})
  const tables = dynamoTables({ client, names: tableNames })
  // An operator of a deployment opens no case; only the seed of a system on this machine seals one.
  const vault: Vault = local
    ? kmsVault({ client: new KMSClient({ ...here, endpoint: local.cloudUrl }), keyId: local.sealingKey })
    : notSealing
  return {
    tables,
    vault,
    stage,
    ...wire({ tables, meansFor: () => ({ tables, vault }), stage }),
    reactor: storedReactorStore(tables),
    workingDays: (from: Parameters<typeof workingDaysBetween>[0], to: Parameters<typeof workingDaysBetween>[1]) =>
      workingDaysBetween(from, to, calendars['england-and-wales']),
  }
}
export type Operator = ReturnType<typeof operatorOf>
