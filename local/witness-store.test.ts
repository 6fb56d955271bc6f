import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KMSClient, SignCommand } from '@aws-sdk/client-kms'
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { auditHead } from '@concord/contracts/domain/audit'
import type { Head } from '@concord/domain/audit/ledger'
import { s3Witness } from '@concord/platform/s3-witness'
import { freePort } from '@concord/testkit/free-port'
import { history } from '@concord/testkit/ledgers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCloud } from './cloud.ts'
import { statementOf } from './gate/evaluate.ts'
import { localWitness } from './witness-store.ts'

const heads = 'arn:aws:s3:::heads-of-the-stage/heads/*'
const allows = (Action: readonly string[], Resource: string) => statementOf({ Effect: 'Allow', Action, Resource })
const roles = {
  clock: [
    allows(['kms:Sign', 'kms:GetPublicKey'], 'arn:witness'),
    allows(['s3:ListBucketVersions'], 'arn:bucket'),
    allows(['s3:PutObject', 's3:GetObjectVersion'], heads),
  ],
  console: [allows(['kms:Decrypt'], 'arn:key')],
}
const folder = mkdtempSync(join(tmpdir(), 'concord-witness-'))
const stage = { all: () => [], rotate: () => 1, retire: () => 'unknown' as const }
const secrets = { stage, childKey: '', oidcClientSecret: '', cookieKey: '', notifyApiKey: '' }

describe('the witness on this machine, asked as the clock asks it', () => {
  let endpoint = ''
  let cloud: Awaited<ReturnType<typeof startCloud>> | undefined
  beforeAll(async () => {
    const port = await freePort()
    endpoint = `http://127.0.0.1:${port}`
    cloud = await startCloud(port, {
      secrets,
      childKeyArn: '',
      key: { arn: 'arn:key', statements: [] },
      secretName: 'outside',
      principals: {
        principalOf: (key) => (key in roles ? { role: key, tags: {} } : undefined),
        statementsOf: ({ role }) => Object.entries(roles).find(([name]) => name === role)?.[1] ?? [],
        assume: () => undefined,
      },
      witness: {
        ...localWitness(folder),
        keyArn: 'arn:witness',
        bucket: { name: 'heads', arn: 'arn:bucket', heads },
      },
    })
  })
  afterAll(async () => {
    await cloud?.stop()
    rmSync(folder, { recursive: true })
  })
  const clients = (accessKeyId: string) => {
    const config = { endpoint, region: 'eu-west-2', maxAttempts: 1, credentials: { accessKeyId, secretAccessKey: 'x' } }
    return { s3: new S3Client(config), kms: new KMSClient(config) }
  }
  const as = (who: string) =>
    s3Witness({ ...clients(who), bucket: 'heads', keyId: 'arn:witness', readHead: (value) => auditHead.parse(value) })
  const [first, second, third] = history([['north'], ['north', 'south'], ['south']]).at(-1)?.heads ?? []
  if (!first || !second || !third) throw new Error('There are three heads')
  const fileOf = ({ number }: Head) =>
    join(folder, 'witness', readdirSync(join(folder, 'witness')).find((name) => name.endsWith(`-${number}.json`)) ?? '')

  test('keeps nothing to begin with', async () => {
    expect(await as('clock').latest()).toBeUndefined()
    expect(await as('clock').find(1)).toBeUndefined()
  })

  test('tells each head by its number and the latest, signed', async () => {
    for (const head of [first, second]) expect(await as('clock').publish(head)).toBe('published')
    expect(await as('clock').find(1)).toEqual({ head: first, isSigned: true })
    expect(await as('clock').latest()).toEqual({ head: second, isSigned: true })
  })

  test('takes a head again as it was, and no other in its place', async () => {
    const before = readFileSync(fileOf(second))
    expect(await as('clock').publish(second)).toBe('published')
    expect(await as('clock').publish({ ...second, hash: third.hash })).toBe('other-stands')
    expect(readFileSync(fileOf(second))).toEqual(before)
    // Nobody but this machine's owner could even write to the file.
    expect(statSync(fileOf(second)).mode & 0o222).toBe(0)
  })

  test('refuses whatever could change or hide a head, whoever asks', async () => {
    const [Bucket, Key] = ['heads', `heads/${fileOf(second).split('/').at(-1)}`]
    for (const who of ['clock', 'local']) {
      const { s3 } = clients(who)
      const refused = { name: 'AccessDenied' }
      await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).rejects.toMatchObject(refused)
      await expect(s3.send(new DeleteObjectCommand({ Bucket, Key }))).rejects.toMatchObject(refused)
    }
    expect(await as('clock').latest()).toEqual({ head: second, isSigned: true })
  })

  test('is the clock’s alone: no other function signs, publishes or reads', async () => {
    for (const who of ['console', 'nobody']) {
      await expect(as(who).publish(third)).rejects.toMatchObject({ name: 'AccessDeniedException' })
      await expect(as(who).latest()).rejects.toMatchObject({ name: 'AccessDenied' })
      const { kms, s3 } = clients(who)
      const sign = { KeyId: 'arn:witness', Message: Buffer.from('x'), SigningAlgorithm: 'ECDSA_SHA_256' } as const
      await expect(kms.send(new SignCommand(sign))).rejects.toMatchObject({ name: 'AccessDeniedException' })
      const put = { Bucket: 'heads', Key: 'heads/0.json', Body: 'x', IfNoneMatch: '*' }
      await expect(s3.send(new PutObjectCommand(put))).rejects.toMatchObject({ name: 'AccessDenied' })
    }
  })

  test('tells a head that its key did not sign', async () => {
    const kept = JSON.parse(readFileSync(fileOf(first), 'utf8')) as object
    const laid = fileOf(second).replace('-2.json', '-3.json').replace(/\d+-3/, '0-3')
    writeFileSync(laid, JSON.stringify({ ...kept, head: third }))
    expect(await as('clock').latest()).toEqual({ head: third, isSigned: false })
  })

  test('keeps its key through a new start', () => {
    const { publicKey } = localWitness(folder)
    expect(localWitness(folder).publicKey()).toBe(publicKey())
    expect(statSync(join(folder, 'witness-key.pem')).mode & 0o077).toBe(0)
  })
})
