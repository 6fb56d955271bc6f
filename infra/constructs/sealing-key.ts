import { compartmentTags } from '@concord/application/grants'
import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import { insideOf } from './leading-keys.ts'

/** The stage's one key: it encrypts the tables and wraps the data key of every compartment of a case. */
export class SealingKey extends Key {
  constructor(scope: Construct, id: string, { stage, retain }: { readonly stage: string; readonly retain: boolean }) {
    super(scope, id, {
      alias: `concord/${stage}`,
      description: 'Encrypts the tables and wraps the data keys of cases',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    // Whoever asks for the key of a compartment: the session's tags must hold its path, and without tags nothing does.
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        resources: ['*'],
        conditions: {
          Null: { 'kms:EncryptionContext:compartment': 'false' },
          StringNotLike: {
            'kms:EncryptionContext:compartment': compartmentTags.flatMap((tag) => insideOf(`{${tag}}`)),
          },
        },
      }),
    )
    // Wrapped by another key, a data key would be out of this policy's reach.
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['kms:ReEncryptFrom'],
        resources: ['*'],
        conditions: {
          Null: { 'kms:EncryptionContext:compartment': 'false' },
          Bool: { 'kms:ReEncryptOnSameKey': 'false' },
        },
      }),
    )
  }
}
