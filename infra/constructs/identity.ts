import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import type { StageConfig } from '../stage.ts'

/** Lets in only callers whose token the stage's issuer signed for this API. */
export class Identity extends HttpJwtAuthorizer {
  constructor({ issuer, audience }: StageConfig) {
    super('Identity', issuer, { jwtAudience: [audience] })
  }
}
