import { RemovalPolicy } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { DomainName, HttpApi, HttpStage, LogGroupLogDestination, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { StageConfig } from '../stage.ts'

// Not the path either: a family's link would stand in it. CDK's own format asks for fields that an HTTP API does not have.
const logged = JSON.stringify({
  at: '$context.requestTime',
  from: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  request: '$context.requestId',
  error: '$context.error.message',
})

/** The one public address: throttled, every call logged without its path, query or body. */
export class Door extends Construct {
  readonly api: HttpApi
  /** Where the stage answers; with a name of the host's own, what that name has to point to. */
  readonly address: string

  constructor(scope: Construct, id: string, stage: StageConfig) {
    super(scope, id)
    const domain = this.domainOf(stage)
    this.api = new HttpApi(this, 'Api', {
      createDefaultStage: false,
      disableExecuteApiEndpoint: domain !== undefined,
    })
    this.address = domain ? domain.regionalDomainName : this.api.apiEndpoint
    const log = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: stage.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: AccessLogFormat.custom(logged) },
      ...(domain && { domainMapping: { domainName: domain } }),
    })
  }

  /** The host's own name, under which alone the stage then answers. */
  private domainOf({ certificateArn, consoleUrl }: StageConfig) {
    if (!certificateArn) return undefined
    const certificate = Certificate.fromCertificateArn(this, 'Certificate', certificateArn)
    return new DomainName(this, 'Name', {
      domainName: new URL(consoleUrl).hostname,
      certificate,
      securityPolicy: SecurityPolicy.TLS_1_2,
    })
  }
}
