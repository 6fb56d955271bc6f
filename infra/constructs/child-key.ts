import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

/** Makes the hashes by which a network finds a child again. It can do nothing else, and is never rotated: another key finds nobody. */
export class ChildKey extends Key {
  constructor(scope: Construct, id: string, { stage, retain }: { readonly stage: string; readonly retain: boolean }) {
    super(scope, id, {
      alias: `concord/${stage}/child`,
      description: 'Makes the keyed hashes by which requests about the same child are found',
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      pendingWindow: Duration.days(30),
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
  }
}
