import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

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
  }
}
