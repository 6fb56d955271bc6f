import { Duration, Validations } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations'
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler'
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import { DeadLetters } from './dead-letters.ts'
import { type Holdings, Program } from './program.ts'

/** Once a minute, whatever has fallen due, and the audit's chains with their head. */
export class Clock extends Construct {
  readonly program: Program
  readonly deadLetters: DeadLetters

  constructor(scope: Construct, id: string, { stage, holdings }: { stage: StageConfig; holdings: Holdings }) {
    super(scope, id)
    this.program = new Program(this, 'clock', {
      stage,
      holdings,
      timeout: Duration.seconds(50),
      environment: { WITNESS_BUCKET: holdings.witness.bucket.bucketName, WITNESS_KEY: holdings.witness.key.keyArn },
    })
    this.publishHeads(holdings.witness)
    this.deadLetters = new DeadLetters(this, 'DeadLetters')
    // The scheduler only hands a tick over; what then becomes of it is Lambda's to retry and to report. A tick that failed
    // twice is followed by the next one, which does the same work.
    this.program.configureAsyncInvoke({
      retryAttempts: 1,
      maxEventAge: Duration.minutes(5),
      onFailure: new SqsDestination(this.deadLetters),
    })
    new Schedule(this, 'Tick', {
      schedule: ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(this.program, {
        // CDK's own grant would reach every version of the function.
        role: this.tickRole().withoutPolicyUpdates(),
        retryAttempts: 1,
        deadLetterQueue: this.deadLetters,
      }),
    })
  }

  private publishHeads({ bucket, key, heads }: Holdings['witness']) {
    this.program.allow(['kms:Sign', 'kms:GetPublicKey'], [key.keyArn])
    this.program.allow(['s3:ListBucketVersions'], [bucket.bucketArn])
    this.program.allow(['s3:PutObject', 's3:GetObjectVersion'], [heads])
    if (this.program.role)
      Validations.of(this.program.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${heads}]`,
        reason: 'Each head is an object of its own, and the bucket takes each once and gives none back.',
      })
  }

  private tickRole() {
    const role = new Role(this, 'TickRole', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') })
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [this.program.functionArn] }))
    this.deadLetters.grantSendMessages(role)
    return role
  }
}
