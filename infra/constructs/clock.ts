import { Duration, Validations } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import { DeadLetters } from './dead-letters.ts'
import { type Holdings, Program } from './program.ts'

/** Once a minute, whatever has fallen due. */
export class Clock extends Construct {
  readonly program: Program
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, id: string, { stage, holdings }: { stage: StageConfig; holdings: Holdings }) {
    super(scope, id)
    this.program = new Program(this, 'clock', {
      stage,
      holdings,
      uses: { records: 'add', figures: 'add' },
      timeout: Duration.seconds(50),
    })
    this.deadLetters = new DeadLetters(this, 'DeadLetters')
    const role = new Role(this, 'TickRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    new Schedule(this, 'Tick', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      // A tick that failed twice is followed by the next one, which does the same work.
      target: new LambdaInvoke(this.program, { role, retryAttempts: 1, deadLetterQueue: this.deadLetters }),
    })
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::<ClockFunction8159F1BF.Arn>:*]',
      reason: 'The wildcard stands for the versions of this one function.',
    })
  }
}
