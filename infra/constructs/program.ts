import { fileURLToPath } from 'node:url'
import { type FunctionName, functionGrants } from '@concord/application/grants'
import { type Duration, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda'
import { type BundlingOptions, LogLevel, NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { type StageConfig, usualConcurrency } from '../stage.ts'
import { statementsOf, tableNames } from './leading-keys.ts'
import type { Tables } from './tables.ts'
import type { Witness } from './witness.ts'

/** Where every program of a stage finds what is kept. */
export interface Holdings {
  readonly tables: Tables['all']
  readonly key: IKey
  /** By which a child is found again without being named. */
  readonly childKey: IKey
  readonly outside: Secret
  readonly witness: Witness
}

export interface ProgramProps {
  readonly stage: StageConfig
  readonly holdings: Holdings
  readonly timeout: Duration
  readonly environment?: Record<string, string>
  /** Acts for callers, in a role of theirs: told of every table, and of the key that wraps those of cases. */
  readonly actsForCallers?: boolean
  /** May read the secrets that Concord shares with the outside world. */
  readonly callsOutside?: boolean
  readonly hooks?: BundlingOptions['commandHooks']
}

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One Lambda function of `functions/`, told of and allowed just the tables, the key and the secrets it uses. */
export class Program extends NodejsFunction {
  constructor(scope: Construct, name: FunctionName, props: ProgramProps) {
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
      reservedConcurrentExecutions: props.stage.concurrency?.[name] ?? usualConcurrency[name],
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
    this.useTables(name, props)
    if (props.actsForCallers) {
      this.addEnvironment('SEALING_KEY', props.holdings.key.keyArn)
      this.addEnvironment('CHILD_KEY', props.holdings.childKey.keyArn)
    }
    if (props.callsOutside) this.callOutside(props.holdings.outside)
  }

  /** Adds to what the program may do. */
  allow(actions: readonly string[], resources: readonly string[], conditions?: Record<string, unknown>) {
    const statement = { actions: [...actions], resources: [...resources], ...(conditions && { conditions }) }
    this.addToRolePolicy(new PolicyStatement(statement))
  }

  private useTables(name: FunctionName, { holdings, actsForCallers }: ProgramProps) {
    const grant = functionGrants[name]
    for (const table of tableNames)
      if (actsForCallers || grant[table])
        this.addEnvironment(`TABLE_${table.toUpperCase()}`, holdings.tables[table].tableName)
    for (const statement of statementsOf(grant, holdings.tables)) this.addToRolePolicy(statement)
    // The tables' own encryption: usable through DynamoDB alone, so it opens no case.
    this.allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'], [holdings.key.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Stack.of(this).region}.amazonaws.com` },
    })
  }

  private callOutside(secret: Secret) {
    this.addEnvironment('OUTSIDE_SECRET', secret.secretArn)
    this.allow(['secretsmanager:GetSecretValue'], [secret.secretArn])
  }
}
