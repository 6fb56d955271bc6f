import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'

/** How long nobody, the account's owner among them, can take away a head: ten years where records are kept. */
const KEPT_DAYS = 3653

/** The second store and the second key of the audit: heads of its chains, put once each and signed. */
export class Witness extends Construct {
  readonly bucket: Bucket
  /** The heads in it, by a name that is known before it is made. */
  readonly heads: string
  readonly key: Key

  constructor(scope: Construct, id: string, { name: stage, account, retain }: StageConfig) {
    super(scope, id)
    const bucketName = `concord-${stage}-witness-${account}`
    this.heads = `arn:aws:s3:::${bucketName}/heads/*`
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    this.key = new Key(this, 'Key', {
      alias: `concord/${stage}/witness`,
      description: 'Signs the published heads of the audit; anybody may verify them by its public half',
      keySpec: KeySpec.ECC_NIST_P256,
      keyUsage: KeyUsage.SIGN_VERIFY,
      pendingWindow: Duration.days(30),
      removalPolicy,
    })
    this.bucket = new Bucket(this, 'Heads', {
      bucketName,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(retain ? KEPT_DAYS : 1)),
      removalPolicy,
    })
    this.refuse('s3:PutObject', { Null: { 's3:if-none-match': 'true' } })
    // A lock keeps each version; without this, a marker could still hide one.
    this.refuse('s3:DeleteObject')
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Heads say nothing of any person, each is put once and none is deleted: a log of who read them protects nobody.',
    })
  }

  private refuse(action: string, conditions?: Record<string, unknown>) {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [action],
        resources: [this.bucket.arnForObjects('*')],
        ...(conditions && { conditions }),
      }),
    )
  }
}
