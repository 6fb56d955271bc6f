import type { TableName } from '@concord/application/grants'
import { keyNames, type TableIndex, type TableShape, tables } from '@concord/store/tables'
import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'

export interface TablesProps {
  readonly key: IKey
  readonly retain: boolean
}

/** The five tables: their shape comes from the store, their safety from here. */
export class Tables extends Construct {
  readonly all: Readonly<Record<TableName, Table>>

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id)
    const table = (name: TableName) => this.table(name, tables[name], props)
    this.all = {
      records: table('records'),
      sealed: table('sealed'),
      keys: table('keys'),
      audit: table('audit'),
      figures: table('figures'),
    }
  }

  private table(name: TableName, shape: TableShape, { key, retain }: TablesProps) {
    const table = new Table(this, name.charAt(0).toUpperCase() + name.slice(1), {
      partitionKey: text(keyNames.partition),
      sortKey: text(keyNames.sort),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: shape.recoveryDays },
      deletionProtection: retain,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      ...(shape.stream && { stream: StreamViewType.NEW_IMAGE, timeToLiveAttribute: keyNames.ttl }),
    })
    for (const index of shape.indexes) {
      table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partition),
        sortKey: text(index.sort),
        ...told(index.tells),
      })
    }
    return table
  }
}

const told = (tells: TableIndex['tells']) => {
  if (tells === 'all') return { projectionType: ProjectionType.ALL }
  if (tells.length === 0) return { projectionType: ProjectionType.KEYS_ONLY }
  return { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...tells] }
}

const text = (name: string) => ({ name, type: AttributeType.STRING })
