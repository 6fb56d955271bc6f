import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { stop } from './stop.ts'

const fields = z.record(z.string(), z.unknown())
const templateShape = z.strictObject({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: fields.default({}), Metadata: fields.default({}) }),
  ),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }))
    .default({}),
  // The CDK's check that the account is bootstrapped.
  Parameters: fields.optional(),
  Rules: fields.optional(),
})
type Stack = { readonly name: string } & z.infer<typeof templateShape>

/** A resource of the templates, every reference in it resolved to what it is on this machine. */
export type LocalResource = {
  readonly id: string
  readonly name: string
  readonly arn: string
  readonly properties: Readonly<Record<string, unknown>>
  readonly assetPath: string
}
export type LocalTemplate = { readonly all: (type: string) => readonly LocalResource[] }

/** What this machine makes and serves, or knows to have nothing to do on one machine. */
const known: Readonly<Record<string, readonly string[]>> = {
  ApiGatewayV2: ['Api', 'Authorizer', 'Integration', 'Route', 'Stage'],
  CloudWatch: ['Alarm'],
  DynamoDB: ['Table'],
  IAM: ['Policy', 'Role'],
  KMS: ['Alias', 'Key'],
  Lambda: ['EventSourceMapping', 'Function', 'Permission'],
  Logs: ['LogGroup'],
  Scheduler: ['Schedule'],
  SecretsManager: ['Secret'],
  SNS: ['Subscription', 'Topic', 'TopicPolicy'],
  SQS: ['Queue', 'QueuePolicy'],
}

/** Reads the synthesised templates of a folder: all that this machine runs, and nothing declared beside it. */
export const readTemplates = (folder: string): LocalTemplate => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'))
  return localTemplate(
    Object.fromEntries(files.map((file) => [file.split('.')[0], JSON.parse(readFileSync(join(folder, file), 'utf8'))])),
    folder,
  )
}

/** Resolves templates against each other; a resource or an intrinsic that this machine does not know is named. */
export const localTemplate = (templates: Readonly<Record<string, unknown>>, folder: string): LocalTemplate => {
  const stacks: readonly Stack[] = Object.entries(templates).map(([name, template]) => ({
    name,
    ...understand({ id: name, properties: template }, templateShape),
  }))

  const place = (stack: Stack, id: string) => {
    const { Type } = stack.Resources[id] ?? stop(`The template refers to ${id}, which the local runner does not know.`)
    const [, service = '', kind = ''] = Type.split('::')
    const name = `${stack.name}-${id}`.toLowerCase()
    return { name, arn: `arn:aws:${service}:eu-west-2:000000000000:${kind}/${name}`.toLowerCase() }
  }

  const intrinsics: Readonly<Record<string, (stack: Stack, argument: unknown) => unknown>> = {
    Ref: (stack, id) => (id === 'AWS::Partition' ? 'aws' : place(stack, String(id)).name),
    'Fn::GetAtt': (stack, argument) => {
      const [id, attribute] = z.tuple([z.string(), z.string()]).parse(argument)
      if (attribute === 'Arn') return place(stack, id).arn
      return attribute === 'StreamArn'
        ? `${place(stack, id).arn}/stream`
        : stop(`The template asks for ${attribute} of ${id}, which the local runner does not know.`)
    },
    'Fn::ImportValue': (_, name) => {
      for (const stack of stacks)
        for (const { Value, Export } of Object.values(stack.Outputs))
          if (Export?.Name === name) return resolve(stack, Value)
      return stop(`No stack exports ${String(name)}.`)
    },
    'Fn::Join': (stack, argument) => {
      const [glue, parts] = z.tuple([z.string(), z.array(z.unknown())]).parse(argument)
      return parts.map((part) => resolve(stack, part)).join(glue)
    },
  }

  const resolve = (stack: Stack, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => resolve(stack, one))
    if (typeof value !== 'object' || value === null) return value
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value)
    if (others.length === 0 && /^(Ref|Condition|Fn::.*)$/.test(name))
      return (intrinsics[name] ?? stop(`The template uses ${name}, which the local runner does not know.`))(
        stack,
        argument,
      )
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(stack, one)]))
  }

  for (const { Resources } of stacks)
    for (const [id, { Type }] of Object.entries(Resources)) {
      const [, service = '', kind = ''] = Type.split('::')
      if (!known[service]?.includes(kind))
        stop(`The template has ${id} of type ${Type}, which the local runner does not know.`)
    }

  return {
    all: (type) =>
      stacks.flatMap((stack) =>
        Object.entries(stack.Resources)
          .filter(([, { Type }]) => Type === type)
          .map(([id, { Properties, Metadata }]) => ({
            id,
            ...place(stack, id),
            properties: fields.parse(resolve(stack, Properties)),
            assetPath: join(folder, String(Metadata['aws:asset:path'])),
          })),
      ),
  }
}

/** What a part of the template says, in the shape this machine can act on; anything else is named. */
export const understand = <T>(
  { id, properties }: { readonly id: string; readonly properties: unknown },
  shape: z.ZodType<T>,
): T => {
  const read = shape.safeParse(properties)
  return read.success
    ? read.data
    : stop(`The local runner cannot run the template's ${id}: ${z.prettifyError(read.error)}`)
}
