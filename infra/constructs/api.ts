import { Duration, Validations } from 'aws-cdk-lib'
import { HttpMethod, HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'
import type { Door } from './door.ts'
import type { Identity } from './identity.ts'
import { type Holdings, Program } from './program.ts'

export interface ApiProps {
  readonly stage: StageConfig
  readonly holdings: Holdings
  readonly door: Door
  readonly identity: Identity
}

/** The programs' way in: everything under /v1 needs a token, save the description of the API itself. */
export class Api extends Construct {
  readonly program: Program

  constructor(scope: Construct, id: string, { stage, holdings, door, identity }: ApiProps) {
    super(scope, id)
    this.program = new Program(this, 'api', {
      stage,
      holdings,
      actsForCallers: true,
      timeout: Duration.seconds(15),
      environment: { ISSUER: stage.issuer, AUDIENCE: stage.audience },
    })
    const integration = new HttpLambdaIntegration('Api', this.program)
    door.api.addRoutes({ path: '/v1/{proxy+}', methods: [HttpMethod.ANY], integration, authorizer: identity })
    const [description] = door.api.addRoutes({
      path: '/v1/openapi.json',
      methods: [HttpMethod.GET],
      integration,
      authorizer: new HttpNoneAuthorizer(),
    })
    if (description)
      Validations.of(description).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The description of the API is public: a client reads it before it has a token.',
      })
  }
}
