import { RemovalPolicy, Validations } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'

/** What Concord shares with the outside world: the secret of its OIDC client, the key of GOV.UK Notify, the key of its cookies. */
export class OutsideSecret extends Secret {
  constructor(scope: Construct, id: string, { retain }: { readonly retain: boolean }) {
    super(scope, id, {
      description: 'The host puts oidcClientSecret and notifyApiKey here after the first deployment',
      // The functions start only when both are filled; the key that signs cookies is made here, once.
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ oidcClientSecret: '', notifyApiKey: '' }),
        generateStringKey: 'cookieKey',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'Its values are issued by others (the OIDC provider, GOV.UK Notify) and are replaced by hand when they change.',
    })
  }
}
