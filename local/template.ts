import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { stop } from './stop.ts'

const fields = z.record(z.string(), z.unknown())
const resourceShape = z.object({ Type: z.string(), Properties: fields.default({}), Metadata: fields.default({}) })
const outputShape = z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() })
const templateShape = z.strictObject({
  Resources: z.record(z.string(), resourceShape),
  Outputs: z.record(z.string(), outputShape).default({}),
  // The CDK's check that the account is bootstrapped.
  Parameters: fields.optional(),
  Rules: fields.optional(),
})

/** A resource of the templates, every reference in it resolved to what it is on this machine. */
export type LocalResource = Readonly<Record<'id' | 'name' | 'arn' | 'assetPath', string>> & {
  readonly properties: Readonly<Record<string, unknown>>
}
export type LocalTemplate = { readonly all: (type: string) => readonly LocalResource[] }

/** What this machine makes and serves, or knows to have nothing to do on one machine. */
const known = new Set(
  `ApiGatewayV2::Api ApiGatewayV2::Authorizer ApiGatewayV2::Integration ApiGatewayV2::Route ApiGatewayV2::Stage
  CloudWatch::Alarm DynamoDB::Table IAM::Policy IAM::Role KMS::Alias KMS::Key Lambda::EventInvokeConfig
  Lambda::EventSourceMapping Lambda::Function Lambda::Permission Logs::LogGroup Logs::MetricFilter S3::Bucket
  S3::BucketPolicy Scheduler::Schedule SecretsManager::Secret SNS::Subscription SNS::Topic SNS::TopicPolicy SQS::Queue SQS::QueuePolicy`.split(
    /\s+/,
  ),
)

/** Reads the synthesised templates of a folder: all that this machine runs, and nothing declared beside it. */
export const readTemplates = (folder: string) => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'))
  return localTemplate(
    files.map((file): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))),
    folder,
  )
}

/** Resolves templates against each other; whatever in them this machine does not know is named. */
export const localTemplate = (templates: readonly unknown[], folder: string): LocalTemplate => {
  const read = templates.map((properties) => understand({ id: 'stack', properties }, templateShape))
  const outputs = read.flatMap(({ Outputs }) => Object.values(Outputs))
  const resources = new Map<string, z.infer<typeof resourceShape>>()
  for (const [id, resource] of read.flatMap(({ Resources }) => Object.entries(Resources))) {
    if (!known.has(resource.Type.replace('AWS::', ''))) unknown(`has ${id} of type ${resource.Type}`)
    if (resources.has(id)) stop(`Two stacks of the template have a resource ${id}: the local runner needs one.`)
    resources.set(id, resource)
  }

  const place = (id: string) => {
    const { Type } = resources.get(id) ?? unknown(`refers to ${id}`)
    const [, service, kind] = Type.toLowerCase().split('::')
    return { name: id.toLowerCase(), arn: `arn:aws:${service}:eu-west-2:000000000000:${kind}/${id.toLowerCase()}` }
  }
  const intrinsics: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (id) => (id === 'AWS::Partition' ? 'aws' : place(String(id)).name),
    'Fn::GetAtt': (argument) => {
      const [id, attribute] = z.tuple([z.string(), z.string()]).parse(argument)
      const { name, arn } = place(id)
      const attributes: Readonly<Record<string, string>> = { Arn: arn, StreamArn: `${arn}/stream`, QueueName: name }
      return attributes[attribute] ?? unknown(`asks for ${attribute} of ${id}`)
    },
    'Fn::ImportValue': (name) =>
      resolve((outputs.find(({ Export }) => Export?.Name === name) ?? unknown(`imports ${String(name)}`)).Value),
    'Fn::Join': (argument) => {
      const [glue, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument)
      return parts.map(resolve).join(glue)
    },
  }
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve)
    if (typeof value !== 'object' || value === null) return value
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
    if (others.length === 0 && /^(Ref|Fn::.*)$/.test(name))
      return (intrinsics[name] ?? unknown(`uses ${name}`))(argument)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]))
  }

  const resolved = [...resources].map(([id, { Type, Properties, Metadata }]) => {
    const assetPath = join(folder, String(Metadata['aws:asset:path']))
    return { id, type: Type, ...place(id), properties: fields.parse(resolve(Properties)), assetPath }
  })
  return { all: (type) => resolved.filter((one) => one.type === type) }
}

const unknown = (what: string) => stop(`The template ${what}, which the local runner does not know.`)

/** What a part of the template says, in the shape this machine can act on; anything else is named. */
export const understand = <T>({ id, properties }: { id: string; properties: unknown }, shape: z.ZodType<T>): T => {
  const read = shape.safeParse(properties)
  return read.success
    ? read.data
    : stop(`The local runner cannot run the template's ${id}: ${z.prettifyError(read.error)}`)
}
