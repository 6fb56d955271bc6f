import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { TableName, TableNames } from '@concord/store/tables'
import { exampleStage, type StageConfig } from '../infra/stage.ts'
import { cast } from './cast.ts'
import { startCloud } from './cloud.ts'
import { createTables, startDynamoDb } from './dynamodb.ts'
import { startFunctions } from './functions.ts'
import { routesOf, startHttp } from './http.ts'
import { startIdentity } from './identity.ts'
import { mustBeFree } from './listen.ts'
import { startMailDrop } from './mail-drop.ts'
import { startSchedules } from './schedule.ts'
import { localSecrets } from './secrets.ts'
import { stop } from './stop.ts'
import { startStreams } from './stream.ts'
import { type LocalTemplate, readTemplates } from './template.ts'

export type SystemOptions = {
  /** Where this system keeps all it has: templates, tables, keys, mail and logs. */
  readonly folder: string
  readonly basePort: number
  readonly inMemory?: boolean
  readonly fresh?: boolean
  readonly onProgress?: (line: string) => void
}

const root = fileURLToPath(new URL('../', import.meta.url))
type Part = { readonly stop: () => unknown }

/** A running Concord and the addresses of its parts. */
export type System = Awaited<ReturnType<typeof start>> & { readonly stop: () => Promise<void> }

/** Starts the synthesised templates on this machine; what was started is stopped again when a part fails. */
export const startSystem = async (options: SystemOptions): Promise<System> => {
  const parts: Part[] = []
  const stopAll = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
  }
  try {
    return { ...(await start(options, parts)), stop: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}

const start = async (
  { basePort, inMemory = false, onProgress: say = () => {}, ...options }: SystemOptions,
  parts: Part[],
) => {
  const folder = resolve(options.folder)
  const ports = {
    console: basePort,
    identity: basePort + 1,
    dynamodb: basePort + 2,
    mail: basePort + 3,
    cloud: basePort + 4,
  }
  const url = (part: keyof typeof ports) => `http://127.0.0.1:${ports[part]}`
  await mustBeFree(Object.values(ports))
  if (options.fresh || inMemory) rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'logs'), { recursive: true })
  const keep = <T extends Part>(part: T) => {
    parts.push(part)
    return part
  }

  say('Synthesising the CDK app and starting DynamoDB Local …')
  const addresses = { issuer: url('identity'), consoleUrl: url('console'), notifyUrl: url('mail') }
  const stage: StageConfig = { ...exampleStage('local'), ...addresses, retain: false }
  const starting = startDynamoDb({ root, folder, port: ports.dynamodb, inMemory, say }).then(keep)
  const [template, dynamodb] = await bothOf(synthesise(folder, stage), starting)

  say('Creating the tables of the template …')
  await createTables(dynamodb.call, template)

  say('Starting the functions, the sign-in and the mail drop …')
  const secrets = localSecrets(folder)
  const sealingKey = onlyOne(template, 'AWS::KMS::Key').arn
  const secretName = onlyOne(template, 'AWS::SecretsManager::Secret').name
  const { audience, issuer, consoleUrl } = stage
  keep(await startCloud(ports.cloud, { secrets, keyArn: sealingKey, secretName }))
  keep(await startMailDrop(ports.mail, folder, secrets.notifyApiKey))
  keep(
    await startIdentity({ port: ports.identity, cast, audience, consoleUrl, clientSecret: secrets.oidcClientSecret }),
  )

  const redirects = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
    AWS_ENDPOINT_URL_KMS: url('cloud'),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url('cloud'),
  }
  const { find } = keep(startFunctions(template, { folder, redirects }))
  keep(await startHttp(ports.console, routesOf(template, find)))
  keep(startStreams(template, { folder, call: dynamodb.call, find }))
  keep(startSchedules(template, folder, find))

  const mailUrl = stage.notifyUrl
  const tableNames = tableNamesOf(template)
  return {
    folder,
    consoleUrl,
    issuer,
    audience,
    mailUrl,
    dynamodbUrl: dynamodb.url,
    cloudUrl: url('cloud'),
    sealingKey,
    tableNames,
  }
}

/** Waits for both even when one fails, so that nothing starts after it should have stopped. */
const bothOf = async <A, B>(a: Promise<A>, b: Promise<B>) => {
  await Promise.allSettled([a, b])
  return Promise.all([a, b])
}

/** Synthesises just as a deployment does, into a folder of this system's own. */
const synthesise = async (folder: string, stage: StageConfig) => {
  const [settings, outdir] = [join(folder, 'stage.json'), join(folder, 'cdk.out')]
  writeFileSync(settings, JSON.stringify(stage))
  rmSync(outdir, { recursive: true, force: true })
  const words = ['--disable-warning=ExperimentalWarning', join(root, 'infra', 'synth.ts'), settings]
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: outdir },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, code] = await Promise.all([text(child.stderr), new Promise((ended) => child.once('close', ended))])
  return code === 0 ? readTemplates(outdir) : stop(`The CDK app could not be synthesised:\n${said}`)
}

const onlyOne = (template: LocalTemplate, type: string) => {
  const [found, ...more] = template.all(type)
  return found && more.length === 0
    ? found
    : stop(`The local runner needs one ${type} in the template, no more and no fewer.`)
}

const tableNamesOf = (template: LocalTemplate): TableNames => {
  const named = (table: TableName) =>
    template.all('AWS::DynamoDB::Table').find(({ id }) => id.toLowerCase().startsWith(`tables${table}`))?.name ??
    stop(`The template has no table ${table}.`)
  return {
    records: named('records'),
    sealed: named('sealed'),
    keys: named('keys'),
    audit: named('audit'),
    figures: named('figures'),
  }
}
