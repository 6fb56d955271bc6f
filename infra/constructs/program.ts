import { fileURLToPath } from 'node:url'
import { type TableName, tables } from '@concord/store/tables'
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda'
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import type { Tables } from './tables.ts'

/** What a program may do with the items of a table: just what the store asks. No use scans, empties or drops a table. */
export type TableUse = keyof typeof itemActions

const itemActions = {
  add: ['GetItem', 'Query', 'PutItem'],
  read: ['GetItem', 'Query'],
  put: ['PutItem'],
} as const

/** Where every program of a stage finds what is kept. */
export interface Holdings {
  readonly tables: Tables['all']
  readonly key: IKey
  readonly outside: Secret
}

export interface ProgramProps {
  readonly stage: StageConfig
  readonly holdings: Holdings
  readonly uses: Partial<Record<TableName, TableUse>>
  readonly timeout: Duration
  readonly environment?: Record<string, string>
  /** May wrap and unwrap the data keys of cases. */
  readonly unseals?: boolean
  /** May read the secrets that Concord shares with the outside world. */
  readonly callsOutside?: boolean
  readonly hooks?: BundlingOptions['commandHooks']
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One Lambda function of `functions/`, told of and allowed just the tables, the key and the secrets it uses. */
export class Program extends NodejsFunction {
  constructor(scope: Construct, name: string, props: ProgramProps) {
    const logGroup = new LogGroup(scope, 'Log', {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: props.stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    // The role CDK makes by default carries an AWS-managed policy for every log group of the account.
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    logGroup.grantWrite(role)
    super(scope, 'Function', {
      entry: `${root}functions/${name}/handler.ts`,
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: 1024,
      timeout: props.timeout,
      role,
      logGroup,
      awsSdkConnectionReuse: false,
      environment: { NODE_OPTIONS: '--enable-source-maps', STAGE: props.stage.name, ...props.environment },
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        bundleAwsSDK: true,
        minify: true,
        sourceMap: true,
        logLevel: LogLevel.WARNING,
        ...(props.hooks && { commandHooks: props.hooks }),
      },
    })
    this.useTables(props)
    if (props.unseals) this.unseal(props.holdings.key)
    if (props.callsOutside) this.callOutside(props.holdings.outside)
  }

  /** Adds to what the program may do. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>) {
    const statement = { actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }
    this.addToRolePolicy(new PolicyStatement(statement))
  }

  private useTables({ holdings, uses }: ProgramProps) {
    for (const name of tableNames) {
      const use = uses[name]
      if (!use) continue
      const { tableName, tableArn } = holdings.tables[name]
      const indexes = tables[name].indexes.map((index) => `${tableArn}/index/${index.name}`)
      this.addEnvironment(`TABLE_${name.toUpperCase()}`, tableName)
      this.allow(
        itemActions[use].map((action) => `dynamodb:${action}`),
        [tableArn],
      )
      if (use !== 'put' && indexes.length > 0) this.allow(['dynamodb:Query'], indexes)
    }
    // The tables' own encryption: usable through DynamoDB alone, so it opens no case.
    this.allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], [holdings.key.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` },
    })
  }

  private unseal(key: IKey) {
    this.addEnvironment('SEALING_KEY', key.keyArn)
    // A call that does not say which compartment it is for is refused.
    this.allow(['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn], { Null: { 'kms:EncryptionContextKeys': 'false' } })
  }

  private callOutside(secret: Secret) {
    this.addEnvironment('OUTSIDE_SECRET', secret.secretArn)
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretArn])
  }
}

const tableNames = ['records', 'sealed', 'keys', 'audit', 'figures'] as const satisfies readonly TableName[]
