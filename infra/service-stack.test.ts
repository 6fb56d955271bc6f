import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventMarker } from '@concord/store/tables'
import { Template } from 'aws-cdk-lib/assertions'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mappingsOf } from '../local/stream.ts'
import { localTemplate } from '../local/template.ts'
import { concordApp } from './app.ts'
import { exampleStage, type StageConfig } from './stage.ts'

const outdir = mkdtempSync(join(tmpdir(), 'concord-infra-'))
afterAll(() => rmSync(outdir, { recursive: true }))

const resourcesShape = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
})
type Resources = z.infer<typeof resourcesShape>['Resources']

const concord = (settings: Partial<StageConfig> = {}) => {
  const { data, service } = concordApp(
    { ...exampleStage('example'), ...settings },
    { outdir, bundled: false, checked: false },
  )
  return { data: Template.fromStack(data).toJSON(), service: Template.fromStack(service) }
}
const { data, service } = concord()
const { Resources: resources } = resourcesShape.parse(service.toJSON())

const ofType = (type: string, all: Resources = resources) =>
  Object.entries(all).flatMap(([id, { Type, Properties }]) => (Type === type ? [{ id, says: Properties }] : []))
const without = (type: string, all: Resources = resources) =>
  Object.fromEntries(Object.entries(all).filter(([, { Type }]) => Type !== type))

/** Whatever runs without anybody waiting for it and could fail without anybody being told, found in the template itself. */
const unguarded = (all: Resources) => {
  const text = (value: unknown) => JSON.stringify(value) ?? 'nothing'
  const alarms = ofType('AWS::CloudWatch::Alarm', all)
  const isWatched = (of: string) =>
    alarms.some((alarm) => text(alarm).includes(of) && text(alarm).includes('AlarmActions'))
  const queues = ofType('AWS::SQS::Queue', all).filter(({ id }) => isWatched(`"Fn::GetAtt":["${id}","QueueName"]`))
  const endsWatched = (destination: unknown) => queues.some(({ id }) => text(destination).includes(`"${id}"`))
  const keepsFailures = ofType('AWS::Lambda::EventInvokeConfig', all).filter(({ says }) =>
    endsWatched(says['DestinationConfig']),
  )

  const streams = ofType('AWS::Lambda::EventSourceMapping', all).filter(
    ({ says }) => !endsWatched(says['DestinationConfig']),
  )
  const schedules = ofType('AWS::Scheduler::Schedule', all).filter(({ says }) => {
    const { Arn, DeadLetterConfig } = z
      .looseObject({ Arn: z.unknown(), DeadLetterConfig: z.unknown() })
      .parse(says['Target'])
    const functionId = /"Fn::GetAtt":\["(\w+)"/.exec(text(Arn))?.[1] ?? ''
    return (
      !endsWatched(DeadLetterConfig) ||
      !keepsFailures.some(({ says }) => text(says['FunctionName']).includes(functionId))
    )
  })
  // Every other service that may call a function needs its permission; only the gateway's callers wait for an answer.
  const others = ofType('AWS::Lambda::Permission', all).filter(
    ({ says }) => says['Principal'] !== 'apigateway.amazonaws.com',
  )
  return [...streams, ...schedules, ...others].map(({ id }) => id)
}

describe('whatever runs by itself', () => {
  test('is the stream and the tick', () => {
    expect(ofType('AWS::Lambda::EventSourceMapping')).toHaveLength(1)
    expect(ofType('AWS::Scheduler::Schedule')).toHaveLength(1)
  })

  test('leaves what failed in a queue that an alarm watches', () => {
    expect(unguarded(resources)).toEqual([])
  })

  test.each([
    { planted: 'no alarms', all: without('AWS::CloudWatch::Alarm'), found: ['ReactEvents', 'ClockTick'] },
    {
      planted: 'a function that forgets its failures',
      all: without('AWS::Lambda::EventInvokeConfig'),
      found: ['ClockTick'],
    },
    {
      planted: 'a source with no destination',
      all: { ...resources, Bare: { Type: 'AWS::Lambda::EventSourceMapping', Properties: {} } },
      found: ['Bare'],
    },
    {
      planted: 'a source nobody thought of',
      all: { ...resources, Topic: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'sns.amazonaws.com' } } },
      found: ['Topic'],
    },
  ])('is found unguarded where there is $planted', ({ all, found }) => {
    expect(unguarded(all).map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual(found)
  })

  test('tells somebody of every function that fails or is throttled, and of a parked reaction', () => {
    const alarms = JSON.stringify(ofType('AWS::CloudWatch::Alarm'))
    for (const { id } of ofType('AWS::Lambda::Function'))
      for (const metric of ['Errors', 'Throttles'])
        expect(alarms).toContain(
          `"Dimensions":[{"Name":"FunctionName","Value":{"Ref":"${id}"}}],"EvaluationPeriods":1,"MetricName":"${metric}"`,
        )
    const parked = ofType('AWS::Logs::MetricFilter')[0]?.says
    expect(parked).toMatchObject({ FilterPattern: '{ $.message = "Parked" }' })
    service.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'Concord/example', MetricName: 'Parked' })
  })
})

describe('the stream', () => {
  test('sends its reader the events that were added and nothing else', () => {
    const filters = z.object({ FilterCriteria: z.object({ Filters: z.array(z.object({ Pattern: z.string() })) }) })
    const mapping = ofType('AWS::Lambda::EventSourceMapping')[0]?.says
    expect(filters.parse(mapping).FilterCriteria.Filters.map(({ Pattern }) => JSON.parse(Pattern))).toEqual([
      { eventName: ['INSERT'], dynamodb: { NewImage: { [eventMarker.attribute]: { S: [eventMarker.value] } } } },
    ])
  })

  test('is tried again, record by record, before a letter is left', () => {
    expect(ofType('AWS::Lambda::EventSourceMapping')[0]?.says).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 3,
      StartingPosition: 'TRIM_HORIZON',
    })
  })

  const [id, reader] =
    Object.entries(resources).find(([, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping') ?? []
  const readBy = (names: readonly string[]) =>
    mappingsOf(
      localTemplate(
        [data, { Resources: { ...resources, ...Object.fromEntries(names.map((name) => [name, reader])) } }],
        '.',
      ),
    )

  test('has one reader, and bears a second', () => {
    expect(id).toBeDefined()
    expect(readBy([])).toHaveLength(1)
    expect(readBy(['Second'])).toHaveLength(2)
  })

  test('bears no third', () => {
    expect(() => readBy(['Second', 'Third'])).toThrow('a DynamoDB stream bears two readers at most')
  })
})

describe('the routes', () => {
  const routes = ofType('AWS::ApiGatewayV2::Route').map(({ says }) =>
    z.object({ RouteKey: z.string(), AuthorizationType: z.string(), AuthorizerId: z.unknown().optional() }).parse(says),
  )
  const [authoriser] = Object.entries(resources).find(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Authorizer') ?? []

  test('under /v1 ask for a token, save the description of the API', () => {
    const api = routes.filter(({ RouteKey }) => RouteKey.split(' ')[1]?.startsWith('/v1'))
    const open = api.filter(({ AuthorizationType }) => AuthorizationType !== 'JWT')
    expect(open.map(({ RouteKey }) => RouteKey)).toEqual(['GET /v1/openapi.json'])
    const guarded = api.filter((route) => !open.includes(route))
    expect(guarded.map(({ RouteKey, AuthorizerId }) => ({ RouteKey, AuthorizerId }))).toEqual([
      { RouteKey: 'ANY /v1/{proxy+}', AuthorizerId: { Ref: authoriser } },
    ])
  })

  // evidence: ASVS 9.1.1, 9.1.3
  test('ask for a token of the stage, made for this API', () => {
    const { issuer, audience } = exampleStage('example')
    service.hasResourceProperties('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Audience: [audience], Issuer: issuer },
    })
  })

  test('are throttled, and logged without the query, the path or the body', () => {
    const stage = ofType('AWS::ApiGatewayV2::Stage')[0]?.says
    expect(stage).toMatchObject({ DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 } })
    const { Format } = z.object({ AccessLogSettings: z.object({ Format: z.string() }) }).parse(stage).AccessLogSettings
    expect(
      Format.match(/\$context\.[\w.]+/g)?.filter((field) => /path|query|authorizer|integration/i.test(field)),
    ).toEqual([])
  })
})

describe('a stage with a certificate', () => {
  const certificateArn = 'arn:aws:acm:eu-west-2:000000000000:certificate/00000000-0000-0000-0000-000000000000'
  const named = concord({ certificateArn }).service

  test('answers at its own name, and at no other', () => {
    named.hasResourceProperties('AWS::ApiGatewayV2::DomainName', { DomainName: 'concord.example.nhs.uk' })
    named.resourceCountIs('AWS::ApiGatewayV2::ApiMapping', 1)
    named.hasResourceProperties('AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true })
  })

  // evidence: ASVS 12.1.1
  test('takes no TLS older than 1.2, with the certificate it was given', () => {
    named.hasResourceProperties('AWS::ApiGatewayV2::DomainName', {
      DomainNameConfigurations: [
        { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    })
  })
})

describe('each function', () => {
  const reserved = (all: Resources) =>
    Object.fromEntries(
      ofType('AWS::Lambda::Function', all).map(({ id, says }) => [
        id.replace(/Function[0-9A-F]{8}$/, ''),
        says['ReservedConcurrentExecutions'],
      ]),
    )

  test('has calls reserved that no other function can use up', () => {
    expect(reserved(resources)).toEqual({ Api: 20, Console: 30, React: 10, Clock: 2 })
  })

  test('has as many as the stage says', () => {
    const { Resources: others } = resourcesShape.parse(concord({ concurrency: { api: 5 } }).service.toJSON())
    expect(reserved(others)).toEqual({ Api: 5, Console: 30, React: 10, Clock: 2 })
  })
})
