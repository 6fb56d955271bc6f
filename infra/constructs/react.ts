import { eventMarker } from '@concord/store/tables'
import { Duration, Validations } from 'aws-cdk-lib'
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import { DeadLetters } from './dead-letters.ts'
import { type Holdings, Program } from './program.ts'

/** The stream's one reader: it is sent the events of `records` and lets everything else follow from them. */
export class React extends Construct {
  readonly program: Program
  readonly deadLetters: DeadLetters
  /** A parked reaction fails nothing else and leaves no letter, so that its line in the log is all there is to count. */
  readonly parked: MetricFilter

  constructor(scope: Construct, id: string, { stage, holdings }: { stage: StageConfig; holdings: Holdings }) {
    super(scope, id)
    this.program = new Program(this, 'react', {
      stage,
      holdings,
      callsOutside: true,
      timeout: Duration.seconds(60),
      environment: {
        NOTIFY_URL: stage.notifyUrl,
        NOTIFY_TEMPLATE: stage.notifyTemplate,
        CONSOLE_URL: stage.consoleUrl,
      },
    })
    this.deadLetters = new DeadLetters(this, 'DeadLetters')
    this.parked = new MetricFilter(this, 'Parked', {
      logGroup: this.program.logGroup,
      filterPattern: FilterPattern.stringValue('$.message', '=', 'Parked'),
      metricNamespace: `Concord/${stage.name}`,
      metricName: 'Parked',
    })
    this.readStream(holdings.tables.records.tableStreamArn)
  }

  private readStream(streamArn: string | undefined) {
    if (!streamArn) throw new Error('records has no stream')
    // Granted by hand: CDK's own grant would let the reader decrypt anything under the stage's key, cases too.
    this.program.allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn])
    this.program.allow(['dynamodb:ListStreams'], ['*'])
    const mapping = new EventSourceMapping(this, 'Events', {
      target: this.program,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 25,
      retryAttempts: 3,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: new SqsDlq(this.deadLetters),
      filters: [
        FilterCriteria.filter({
          eventName: FilterRule.isEqual('INSERT'),
          dynamodb: { NewImage: { [eventMarker.attribute]: { S: FilterRule.isEqual(eventMarker.value) } } },
        }),
      ],
    })
    if (this.program.role) {
      mapping.node.addDependency(this.program.role)
      Validations.of(this.program.role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'Lambda asks for dynamodb:ListStreams to read a stream, and that cannot be limited to one resource.',
      })
    }
  }
}
