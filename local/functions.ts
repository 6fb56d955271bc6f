import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ended } from './dynamodb.ts'
import { stop } from './stop.ts'
import { type LocalResource, type LocalTemplate, understand } from './template.ts'

export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'failed' | 'timed-out'; readonly because: string }

/** Calls a function with an event, as Lambda would. */
export type Invoke = (event: unknown) => Promise<Outcome>

const functionShape = z.object({
  Handler: z.literal('index.handler'),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
})
const reply = z.object({ call: z.string(), value: z.unknown().optional(), error: z.string().optional() })
const host = fileURLToPath(new URL('./host.ts', import.meta.url))

export type FunctionsOptions = {
  readonly folder: string
  /** Where the AWS SDK of a function finds the clouds it calls. */
  readonly redirects: Readonly<Record<string, string>>
}

/** Starts every function of the template in a process of its own, with the template's environment and no other. */
export const startFunctions = (template: LocalTemplate, options: FunctionsOptions) => {
  const started = template.all('AWS::Lambda::Function').map((one) => ({ ...one, ...startFunction(one, options) }))
  return {
    find: (nameOrArn: string): Invoke =>
      started.find(({ name, arn }) => name === nameOrArn || arn === nameOrArn)?.invoke ??
      stop(`The template calls ${nameOrArn}, which is not one of its functions.`),
    stop: () => Promise.all(started.map((one) => one.end())),
  }
}

const startFunction = (resource: LocalResource, { folder, redirects }: FunctionsOptions) => {
  const { Timeout, Environment } = understand(resource, functionShape)
  const log = openSync(
    join(folder, 'logs', `${resource.id.replace(/Function[0-9A-F]{8}$/, '').toLowerCase()}.log`),
    'a',
  )
  const AWS = { AWS_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' }
  const waiting = new Map<string, (outcome: Outcome) => void>()

  const begin = () => {
    const child = fork(host, [join(resource.assetPath, 'index.mjs')], {
      cwd: resource.assetPath,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...AWS, AWS_LAMBDA_FUNCTION_NAME: resource.name, ...redirects, ...Environment.Variables },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    child.on('message', (message) => {
      const { call, value, error } = reply.parse(message)
      waiting.get(call)?.(error === undefined ? { kind: 'returned', value } : { kind: 'failed', because: error })
    })
    child.on('exit', () => {
      for (const settle of waiting.values())
        settle({ kind: 'failed', because: 'Runtime.ExitError: the function ended' })
    })
    return child
  }
  let child: ChildProcess = begin()

  const invoke: Invoke = (event) => {
    if (!child.connected) child = begin()
    const call = randomUUID()
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const clock = setTimeout(() => {
      resolve({ kind: 'timed-out', because: `Task timed out after ${Timeout} seconds` })
      // As on Lambda the process goes too, since nothing says what it was stuck on.
      child.kill('SIGKILL')
    }, Timeout * 1000)
    waiting.set(call, resolve)
    child.send({ call, event, deadline: Date.now() + Timeout * 1000 })
    return promise.finally(() => {
      clearTimeout(clock)
      waiting.delete(call)
    })
  }
  return { invoke, end: () => ended(child) }
}
