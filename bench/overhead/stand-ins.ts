import { KMSClient, type KMSClientConfig } from '@aws-sdk/client-kms'
import { STSClient } from '@aws-sdk/client-sts'
import { cloudCall } from '../../local/cloud.ts'
import { principalsOf } from '../../local/gate/principals.ts'
import { localSecrets } from '../../local/secrets.ts'
import { localWitness } from '../../local/witness-store.ts'

type Asked = { readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }
type Answered = { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: Uint8Array }

/** The keys of KMS as the vaults of the bench name them. */
export const kmsKeys = { keyId: 'key-of-the-bench', childKeyId: 'key-for-hashes-of-children' }
const region = 'eu-west-2'
/** The machine's owner, whom no policy binds: what policies cost is the cloud's to bear, and no part of this. */
export const owner = { accessKeyId: 'local', secretAccessKey: 'local' }

/**
 * KMS and STS as the local runner answers them, but in this process: what their clients cost is measured, their own time is not,
 * and their calls are counted.
 */
export const standIns = (folder: string) => {
  const witness = { ...localWitness(folder), keyArn: 'none', bucket: { name: 'none', arn: 'none', heads: 'none' } }
  const [secrets, principals] = [localSecrets(folder), principalsOf({ all: () => [] })]
  const answer = cloudCall({
    secrets,
    key: { arn: kmsKeys.keyId, statements: [] },
    childKeyArn: kmsKeys.childKeyId,
    secretName: 'none',
    principals,
    witness,
  })
  const counted = { kms: 0, sts: 0 }
  // What was asked before is answered from memory: the work of KMS is not the handler's.
  const answers = new Map<string, string>()
  const kmsHandler = inProcess(({ headers, body }) => {
    counted.kms += 1
    const target = headers['x-amz-target'] ?? ''
    const text = body instanceof Uint8Array ? decoder.decode(body) : String(body)
    const known = answers.get(target + text) ?? JSON.stringify(answer(target, JSON.parse(text), owner.accessKeyId))
    answers.set(target + text, known)
    return known
  })
  const stsHandler = inProcess(() => {
    counted.sts += 1
    const until = new Date(Date.now() + 60 * 60 * 1000).toISOString()
    const fields = `<AccessKeyId>session${counted.sts}</AccessKeyId><SecretAccessKey>local</SecretAccessKey><SessionToken>local</SessionToken><Expiration>${until}</Expiration>`
    return `<AssumeRoleResponse><AssumeRoleResult><Credentials>${fields}</Credentials></AssumeRoleResult></AssumeRoleResponse>`
  })
  return {
    /** How many calls a piece of work asked of each. */
    asked: async (work: () => Promise<unknown>) => {
      const before = { ...counted }
      await work()
      return { kms: counted.kms - before.kms, sts: counted.sts - before.sts }
    },
    kms: (credentials: NonNullable<KMSClientConfig['credentials']> = owner) =>
      new KMSClient({ region, credentials, requestHandler: kmsHandler }),
    sts: new STSClient({ region, credentials: owner, requestHandler: stsHandler }),
  }
}

const decoder = new TextDecoder()

const inProcess = (answer: (asked: Asked) => string) => ({
  handle: async (asked: Asked): Promise<{ readonly response: Answered }> => ({
    response: { statusCode: 200, headers: {}, body: Buffer.from(answer(asked)) },
  }),
  updateHttpClientConfig: () => {},
  httpHandlerConfigs: () => ({}),
})
