import { execFile } from 'node:child_process'
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { TableName } from '@concord/application/grants'
import { z } from 'zod'
import { exampleStage, type StageConfig } from '../infra/stage.ts'
import { startCloud } from './cloud.ts'
import { createTables, startDynamoDb } from './dynamodb.ts'
import { startFunctions } from './functions.ts'
import { keyStatements } from './gate/evaluate.ts'
import { startGate } from './gate/gate.ts'
import { principalsOf } from './gate/principals.ts'
import { routesOf, startHttp } from './http.ts'
import { startIdentity } from './identity.ts'
import { mustBeFree } from './listen.ts'
import { startMailDrop } from './mail-drop.ts'
import { startSchedules } from './schedule.ts'
import { localSecrets } from './secrets.ts'
import { stop } from './stop.ts'
import { startStreams } from './stream.ts'
import { type LocalTemplate, readTemplates, understand } from './template.ts'
import { localWitness } from './witness-store.ts'

export type SystemOptions = {
  /** Where this system keeps all it has: templates, tables, keys, mail and logs. */
  readonly folder: string
  readonly basePort: number
  readonly inMemory?: boolean
  readonly fresh?: boolean
  readonly onProgress?: (line: string) => void
}
type Part = { readonly stop: () => unknown }
type Keep = <T extends Part>(part: T) => T

/** Starts the synthesised templates on this machine; what was started is stopped again when a part fails. */
export const startSystem = async (options: SystemOptions) => {
  const parts: Part[] = []
  const keep: Keep = (part) => {
    parts.push(part)
    return part
  }
  const stopAll = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop()
  }
  try {
    return { ...(await start(options, keep)), stop: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}

const root = resolve(import.meta.dirname, '..')

const start = async ({ basePort: at, inMemory = false, ...options }: SystemOptions, keep: Keep) => {
  const folder = resolve(options.folder)
  const say = options.onProgress ?? (() => {})
  const ports = { console: at, identity: at + 1, dynamodb: at + 2, mail: at + 3, cloud: at + 4, gate: at + 5 }
  const url = (part: keyof typeof ports) => `http://127.0.0.1:${ports[part]}`
  await mustBeFree(Object.values(ports))
  if (options.fresh || inMemory) rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'logs'), { recursive: true })

  say('Synthesising the CDK app and starting DynamoDB Local …')
  const addresses = { issuer: url('identity'), consoleUrl: url('console'), notifyUrl: url('mail') }
  const stage: StageConfig = { ...exampleStage('local'), ...addresses, retain: false }
  const starting = startDynamoDb({ root, folder, port: ports.dynamodb, inMemory, say }).then(keep)
  // Both are waited for even when one fails, so that nothing starts after it should have stopped.
  const [synthesised] = await Promise.allSettled([synthesise(folder, stage), starting])
  const { call, url: dynamodbUrl } = await starting
  if (synthesised.status === 'rejected') throw synthesised.reason
  const template = synthesised.value

  say('Creating the tables of the template …')
  await createTables(call, template)

  say('Starting the functions, the sign-in and the mail drop …')
  const secrets = localSecrets(folder)
  const sealing = onlyOne(template, 'AWS::KMS::Key', 'Key')
  const sealingKey = sealing.arn
  const childKey = onlyOne(template, 'AWS::KMS::Key', 'Child').arn
  const principals = principalsOf(template)
  const tableNames = tableNamesOf(template)
  const secretName = onlyOne(template, 'AWS::SecretsManager::Secret').name
  const witness = witnessOf(template)
  keep(
    await startCloud(ports.cloud, {
      secrets,
      key: { arn: sealingKey, statements: keyStatements(sealing) },
      childKeyArn: childKey,
      secretName,
      principals,
      witness: { ...localWitness(folder), ...witness },
    }),
  )
  keep(await startMailDrop(ports.mail, { folder, apiKey: secrets.notifyApiKey }))
  keep(await startIdentity(ports.identity, { ...stage, clientSecret: secrets.oidcClientSecret }))

  const denials = createWriteStream(join(folder, 'logs/denied.log'), { flags: 'a' })
  const arns = new Map(template.all('AWS::DynamoDB::Table').map(({ name, arn }) => [name, arn]))
  const gate = {
    dynamodbUrl,
    principals,
    arnOf: (table: string) => arns.get(table) ?? '',
    onDenied: (line: string) => void denials.write(`${line}\n`),
  }
  keep(await startGate(ports.gate, gate))

  const cloudUrl = url('cloud')
  const { find } = keep(
    startFunctions(template, folder, {
      DYNAMODB: url('gate'),
      KMS: cloudUrl,
      S3: cloudUrl,
      SECRETS_MANAGER: cloudUrl,
      STS: cloudUrl,
    }),
  )
  keep(await startHttp(ports.console, routesOf(template, find)))
  keep(startStreams(template, { folder, call, find }))
  keep(startSchedules(template, { folder, find }))
  const { issuer, audience, consoleUrl, notifyUrl: mailUrl } = stage
  const kept = { tableNames, sealingKey, childKey, witness: { bucket: witness.bucket.name, keyId: witness.keyArn } }
  return { folder, consoleUrl, issuer, audience, mailUrl, dynamodbUrl, cloudUrl, ...kept }
}

/** Synthesises just as a deployment does, into a folder of this system's own. */
const synthesise = async (folder: string, stage: StageConfig) => {
  const [settings, outdir] = [join(folder, 'stage.json'), join(folder, 'cdk.out')]
  writeFileSync(settings, JSON.stringify(stage))
  rmSync(outdir, { recursive: true, force: true })
  const words = ['--disable-warning=ExperimentalWarning', join(root, 'infra/synth.ts'), settings]
  const synth = promisify(execFile)(process.execPath, words, { cwd: root, env: { ...process.env, CDK_OUTDIR: outdir } })
  await synth.catch(({ stderr }: { readonly stderr: string }) => {
    const log = join(folder, 'logs/synth.log')
    writeFileSync(log, stderr)
    return stop(`The CDK app could not be synthesised: ${/.*error.*/i.exec(stderr)?.[0].trim()} (see ${log}).`)
  })
  return readTemplates(outdir)
}

const onlyOne = (template: LocalTemplate, type: string, named = '') => {
  const [found, ...more] = template.all(type).filter(({ id }) => id.startsWith(named))
  return found && more.length === 0 ? found : stop(`The local runner needs just one ${type} in the template.`)
}

/** The bucket and the key of the audit's witness, the heads in it by the name that policies have for them. */
const witnessOf = (template: LocalTemplate) => {
  const bucket = onlyOne(template, 'AWS::S3::Bucket')
  const { BucketName } = understand(bucket, z.looseObject({ BucketName: z.string() }))
  const { name, arn } = bucket
  const keyArn = onlyOne(template, 'AWS::KMS::Key', 'Witness').arn
  return { keyArn, bucket: { name, arn, heads: `arn:aws:s3:::${BucketName}/heads/*` } }
}

const tableNamesOf = (template: LocalTemplate) => {
  const all = template.all('AWS::DynamoDB::Table')
  const named = (table: TableName) =>
    all.find(({ id }) => id.toLowerCase().startsWith(`tables${table}`))?.name ??
    stop(`The template has no table ${table}.`)
  const [records, sealed, keys] = [named('records'), named('sealed'), named('keys')]
  return { records, sealed, keys, audit: named('audit'), figures: named('figures') }
}
