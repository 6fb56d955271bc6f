import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'
import { z } from 'zod'
import { stop } from './stop.ts'
import { type LocalResource, type LocalTemplate, understand } from './template.ts'

const outcomeShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('returned'), value: z.unknown() }),
  z.object({ kind: z.enum(['failed', 'timed-out']), because: z.string() }),
])
export type Outcome = z.infer<typeof outcomeShape>
/** Calls a function with an event, as Lambda would. */
export type Invoke = (event: unknown) => Promise<Outcome>
export type Find = (nameOrArn: string) => Invoke

const functionShape = z.object({
  Handler: z.literal('index.handler'),
  Timeout: z.number(),
  Role: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
})

/** Where the AWS SDK of a function finds the services it calls. */
type Endpoints = Readonly<Record<'DYNAMODB' | 'KMS' | 'S3' | 'SECRETS_MANAGER' | 'STS', string>>

/** Starts every function of the template in a thread of its own, with the template's environment and no other. */
export const startFunctions = (template: LocalTemplate, folder: string, endpoints: Endpoints) => {
  const urls = Object.entries(endpoints).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url])
  const account = { AWS_REGION: 'eu-west-2', AWS_SECRET_ACCESS_KEY: 'local' }
  const shared = { folder, env: { ...account, ...Object.fromEntries(urls) } }
  const all = template.all('AWS::Lambda::Function').map((one) => ({ ...one, ...startFunction(one, shared) }))
  const find: Find = (nameOrArn) =>
    all.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn)?.invoke ??
    stop(`The template calls ${nameOrArn}, which is not one of its functions.`)
  return { find, stop: () => Promise.all(all.map(({ end }) => end())) }
}

const roleNamed = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

type Shared = { readonly folder: string; readonly env: Readonly<Record<string, string>> }

const startFunction = (resource: LocalResource, { folder, env: shared }: Shared) => {
  const { Timeout, Environment, Role } = understand(resource, functionShape)
  // It signs with its role's own name: what stands in front of the tables knows it by that.
  const own = { AWS_ACCESS_KEY_ID: roleNamed(Role), AWS_LAMBDA_FUNCTION_NAME: resource.name }
  const env = { ...shared, ...own, ...Environment.Variables }
  const workerData = pathToFileURL(join(resource.assetPath, 'index.mjs')).href
  const name = resource.id.replace(/Function[0-9A-F]{8}$/, '').toLowerCase()
  const log = createWriteStream(join(folder, 'logs', `${name}.log`), { flags: 'a' })

  const begin = () => {
    const thread = new Worker(new URL('./host.ts', import.meta.url), { env, workerData, stdout: true, stderr: true })
    for (const said of [thread.stdout, thread.stderr]) said.pipe(log, { end: false })
    return thread.on('error', (error) => log.write(`${error}\n`))
  }
  let thread = begin()

  const invoke: Invoke = async (event) => {
    // A function that ended itself is begun again by the next call.
    if (thread.threadId === -1) thread = begin()
    const { port1, port2 } = new MessageChannel()
    const { promise, resolve } = Promise.withResolvers<unknown>()
    port1.once('message', resolve).once('close', () => resolve({ kind: 'failed', because: 'The function ended' }))
    const own = thread
    own.postMessage({ event, deadline: Date.now() + Timeout * 1000, port: port2 }, [port2])
    const clock = setTimeout(() => {
      resolve({ kind: 'timed-out', because: `Task timed out after ${Timeout} seconds` })
      // As on Lambda all of it goes, since nothing says what it was stuck on.
      void own.terminate()
      if (thread === own) thread = begin()
    }, Timeout * 1000)
    return outcomeShape.parse(await promise.finally(() => clearTimeout(clock)))
  }
  return { invoke, end: () => thread.terminate() }
}
