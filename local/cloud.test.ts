import { KMSClient } from '@aws-sdk/client-kms'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { kmsRewrap, kmsVault } from '@concord/platform/kms-vault'
import { outsideSecret } from '@concord/platform/outside-secret'
import { freePort } from '@concord/testkit/free-port'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudCall, startCloud } from './cloud.ts'
import { statementOf } from './gate/evaluate.ts'
import type { Principals } from './gate/principals.ts'

const stageKeys = [{ version: 1, key: Buffer.alloc(32, 7).toString('base64') }]
const secrets = {
  stage: {
    all: () => stageKeys,
    rotate: () =>
      stageKeys.push({ version: stageKeys.length + 1, key: Buffer.alloc(32, stageKeys.length + 7).toString('base64') }),
    retire: () => 'retired' as const,
  },
  childKey: Buffer.alloc(32, 8).toString('base64'),
  oidcClientSecret: 'client',
  cookieKey: 'c'.repeat(32),
  notifyApiKey: 'notify',
}
const statement = (Effect: 'Allow' | 'Deny', operator: string) =>
  statementOf({
    Effect,
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: { [operator]: { 'kms:EncryptionContext:compartment': `\${aws:PrincipalTag/pack}/*` } },
  })
const tags = { engaged: { pack: 'pack/south-west/RA7' }, elsewhere: { pack: 'pack/south-west/RH8' }, untagged: {} }
/** Callers by their access keys, all in one role that may use the key for the packs of its tag. */
const principals: Principals = {
  principalOf: (key) => {
    const own = Object.entries(tags).find(([name]) => name === key)?.[1]
    return own && { role: 'caller', tags: own }
  },
  statementsOf: () => [statement('Allow', 'StringLike')],
  assume: (by, arn) => (arn === 'arn:role' ? `${by.role}-session` : undefined),
}
const options = {
  secrets,
  key: { arn: 'arn:key', statements: [statement('Deny', 'StringNotLike')] },
  childKeyArn: 'arn:child',
  secretName: 'outside',
  principals,
  // The witness has tests of its own.
  witness: {
    sign: () => '',
    publicKey: () => '',
    answer: () => ({ status: 403, body: '' }),
    keyArn: 'arn:witness',
    bucket: { name: '', arn: '', heads: '' },
  },
}

describe('the local KMS', () => {
  const callAs = cloudCall(options)
  const call = (target: string, input: object, by = 'engaged') => callAs(target, input, by)
  const EncryptionContext = { compartment: 'pack/south-west/RA7/req_1' }
  const made = call('TrentService.GenerateDataKey', { KeyId: 'arn:key', EncryptionContext })
  const open = (input: object, by?: string) =>
    call('TrentService.Decrypt', { CiphertextBlob: made['CiphertextBlob'], ...input }, by)

  test('opens a key that it wrapped, for the compartment it was wrapped for', () => {
    expect(open({ EncryptionContext })).toEqual({ KeyId: 'arn:key', Plaintext: made['Plaintext'] })
    expect(Buffer.from(made['Plaintext'] ?? '', 'base64')).toHaveLength(32)
  })

  test('heeds what the context says and not in which order', () => {
    const [one, other] = [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ]
    const { CiphertextBlob, Plaintext } = call('TrentService.GenerateDataKey', { EncryptionContext: one }, 'local')
    const opened = call('TrentService.Decrypt', { CiphertextBlob, EncryptionContext: other }, 'local')
    expect(opened).toMatchObject({ Plaintext })
  })

  test.each([
    {
      what: 'another compartment',
      input: { EncryptionContext: { compartment: 'pack/south-west/RA7/req_2' } },
      __type: 'InvalidCiphertextException',
    },
    {
      what: 'more than it was wrapped for',
      input: { EncryptionContext: { ...EncryptionContext, more: '1' } },
      __type: 'InvalidCiphertextException',
    },
    { what: 'no compartment', input: {}, __type: 'AccessDeniedException' },
    {
      what: 'a key it never wrapped',
      input: { EncryptionContext, CiphertextBlob: 'AAAA' },
      __type: 'InvalidCiphertextException',
    },
    { what: 'another stage key', input: { EncryptionContext, KeyId: 'arn:other' }, __type: 'NotFoundException' },
  ])('refuses $what', ({ input, __type }) => {
    expect(open(input)).toEqual({ __type })
  })

  test('wraps no key for nobody in particular', () => {
    expect(call('TrentService.GenerateDataKey', { KeyId: 'arn:key' })).toEqual({ __type: 'AccessDeniedException' })
  })

  test.each(['elsewhere', 'untagged', 'nobody', ''])('opens nothing for a session that is %j', (by) => {
    expect(open({ EncryptionContext }, by)).toEqual({ __type: 'AccessDeniedException' })
  })

  test('refuses by the key’s own policy what a role would allow', () => {
    const wide = { ...principals, statementsOf: () => [statement('Allow', 'StringNotLike')] }
    const asked = cloudCall({ ...options, principals: wide })
    expect(asked('TrentService.GenerateDataKey', { EncryptionContext }, 'elsewhere')).toEqual({
      __type: 'AccessDeniedException',
    })
  })

  describe('asked to wrap a key anew', () => {
    const again = (input: object = {}, by = 'engaged') => {
      const [SourceEncryptionContext, DestinationEncryptionContext] = [EncryptionContext, EncryptionContext]
      const { CiphertextBlob } = made
      return call(
        'TrentService.ReEncrypt',
        { CiphertextBlob, SourceEncryptionContext, DestinationEncryptionContext, ...input },
        by,
      )
    }

    test('does so by its newest version, without giving it out', () => {
      expect(call('TrentService.RotateKeyOnDemand', { KeyId: 'arn:key' }, 'local')).toEqual({ KeyId: 'arn:key' })
      const { CiphertextBlob, ...told } = again({}, 'local')
      expect(Object.keys(told).toSorted()).toEqual(['KeyId', 'SourceKeyId'])
      expect(open({ EncryptionContext, CiphertextBlob })).toMatchObject({ Plaintext: made['Plaintext'] })
      expect(Buffer.from(CiphertextBlob ?? '', 'base64').readUInt32BE()).toBe(2)
      expect(open({ EncryptionContext })).toMatchObject({ Plaintext: made['Plaintext'] })
    })

    test('refuses as it does to open: another context, a key cut short, another key', () => {
      const elsewhere = { compartment: 'pack/south-west/RA7/req_2' }
      const cut = Buffer.from(made['CiphertextBlob'] ?? '', 'base64')
        .subarray(0, -1)
        .toString('base64')
      const invalid = { __type: 'InvalidCiphertextException' }
      expect(again({ SourceEncryptionContext: elsewhere }, 'local')).toEqual(invalid)
      expect(again({ CiphertextBlob: cut }, 'local')).toEqual(invalid)
      expect(open({ EncryptionContext, CiphertextBlob: cut })).toEqual(invalid)
      expect(again({ DestinationKeyId: 'arn:other' }, 'local')).toEqual({ __type: 'NotFoundException' })
    })

    test('refuses every caller, whose roles allow it nowhere', () => {
      for (const by of ['engaged', 'elsewhere', 'untagged', 'nobody'])
        expect(again({}, by)).toEqual({ __type: 'AccessDeniedException' })
      expect(call('TrentService.RotateKeyOnDemand', {}, 'engaged')).toEqual({ __type: 'AccessDeniedException' })
    })
  })

  test('names what it does not know', () => {
    const unknown = call('TrentService.ScheduleKeyDeletion', { EncryptionContext })
    expect(unknown).toMatchObject({ __type: 'UnknownOperationException', message: 'TrentService.ScheduleKeyDeletion' })
  })
})

describe('the local cloud, asked as the functions ask', () => {
  let port = 0
  let cloud: Awaited<ReturnType<typeof startCloud>> | undefined
  beforeAll(async () => {
    port = await freePort()
    cloud = await startCloud(port, options)
  })
  afterAll(() => cloud?.stop())
  const config = () => ({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  })

  test('gives the vault a key that opens for its compartment alone', async () => {
    const vault = kmsVault({ client: new KMSClient(config()), keyId: 'arn:key', childKeyId: 'arn:child' })
    const { key, wrapped } = await vault.newKey('pack/one')
    expect(Buffer.from(await vault.open(wrapped, 'pack/one'))).toEqual(Buffer.from(key))
    await expect(vault.open(wrapped, 'pack/two')).rejects.toMatchObject({ name: 'InvalidCiphertextException' })
  })

  test('opens for the vault what an older version wrapped, and wraps it anew for the same compartment', async () => {
    const client = new KMSClient(config())
    const of = { client, keyId: 'arn:key' }
    const [vault, rewrap] = [kmsVault({ ...of, childKeyId: 'arn:child' }), kmsRewrap(of)]
    const { key, wrapped } = await vault.newKey('pack/one')
    secrets.stage.rotate()
    const anew = await rewrap(wrapped, 'pack/one')
    for (const one of [wrapped, anew]) expect(Buffer.from(await vault.open(one, 'pack/one'))).toEqual(Buffer.from(key))
    expect(Buffer.from(anew)).not.toEqual(Buffer.from(wrapped))
    const refused = { name: 'InvalidCiphertextException' }
    await expect(rewrap(wrapped, 'pack/two')).rejects.toMatchObject(refused)
    await expect(rewrap(wrapped.subarray(0, -1), 'pack/one')).rejects.toMatchObject(refused)
    await expect(vault.open(wrapped.subarray(0, -1), 'pack/one')).rejects.toMatchObject(refused)
  })

  test('makes a hash of a child that is the same every time, another for another network, and for nobody without a role', async () => {
    const vaultAs = (accessKeyId: string) =>
      kmsVault({
        client: new KMSClient({ ...config(), credentials: { accessKeyId, secretAccessKey: 'local' } }),
        keyId: 'arn:key',
        childKeyId: 'arn:child',
      })
    const { keyedHash } = vaultAs('local')
    const hash = await keyedHash('one|9990100071')
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(await keyedHash('one|9990100071')).toBe(hash)
    expect(await keyedHash('two|9990100071')).not.toBe(hash)
    await expect(vaultAs('engaged').keyedHash('one|9990100071')).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
  })

  test('lets a function take on a role that it may, for as long as it asked, and no other', async () => {
    const credentials = { accessKeyId: 'engaged', secretAccessKey: 'local' }
    const client = new STSClient({ ...config(), credentials })
    const take = (RoleArn: string) =>
      client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'caller', DurationSeconds: 900 }))
    const { Credentials } = await take('arn:role')
    expect(Credentials).toMatchObject({ AccessKeyId: 'caller-session' })
    expect(Number(Credentials?.Expiration) - Date.now()).toBeGreaterThan(890_000)
    await expect(take('arn:other')).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('gives the secrets of the outside world, and never the key of the stage', async () => {
    const client = new SecretsManagerClient(config())
    const { stage: _, childKey: _c, ...outside } = secrets
    expect(await outsideSecret({ client, arn: 'outside' })()).toEqual(outside)
    const told = cloudCall(options)('secretsmanager.GetSecretValue', { SecretId: 'outside' }, 'local')
    for (const key of [...stageKeys.map((one) => one.key), secrets.childKey])
      expect(JSON.stringify(told)).not.toContain(key)
    await expect(outsideSecret({ client, arn: 'another' })()).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })
})
