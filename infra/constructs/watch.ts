import { Duration } from 'aws-cdk-lib'
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import type { Door } from './door.ts'

export interface WatchProps {
  readonly door: Door
  readonly functions: Readonly<Record<string, IFunction>>
  readonly reader: IFunction
  readonly deadLetters: Readonly<Record<string, Queue>>
  readonly parked: MetricFilter
  readonly email: string | undefined
}

const period = Duration.minutes(5)

/** Tells people when something fails, lags or waits for them. */
export class Watch extends Construct {
  private readonly topic = new Topic(this, 'Topic', { enforceSSL: true })

  constructor(scope: Construct, id: string, { door, functions, reader, deadLetters, parked, email }: WatchProps) {
    super(scope, id)
    if (email) this.topic.addSubscription(new EmailSubscription(email))

    for (const [name, fn] of Object.entries(functions)) {
      this.alarm(`${name}Errors`, fn.metricErrors({ period }), 1)
      this.alarm(`${name}Throttles`, fn.metricThrottles({ period }), 1)
    }
    for (const [name, queue] of Object.entries(deadLetters))
      this.alarm(`${name}DeadLetters`, queue.metricApproximateNumberOfMessagesVisible({ period }), 1)
    this.alarm('ParkedReactions', parked.metric({ period, statistic: 'Sum' }), 1)
    this.alarm('ReaderLagsMilliseconds', reader.metric('IteratorAge', { period, statistic: 'Maximum' }), 60_000)
    this.alarm('ServerErrors', door.api.metricServerError({ period, statistic: 'Sum' }), 1)
  }

  private alarm(id: string, metric: Metric, threshold: number) {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
  }
}
