import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { listen } from './listen.ts'
import type { LocalSecrets } from './secrets.ts'

export type CloudOptions = { readonly secrets: LocalSecrets; readonly keyArn: string; readonly secretName: string }
type Context = Readonly<Record<string, string>>
type Reply = Readonly<Record<string, string>>

const inputShape = z.object({
  KeyId: z.string().optional(),
  SecretId: z.string().optional(),
  CiphertextBlob: z.base64().default(''),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
})

/** The three calls of KMS and Secrets Manager that the functions make, answered as AWS answers them. */
export const cloudCall = ({ secrets, keyArn, secretName }: CloudOptions) => {
  const stageKey = Buffer.from(secrets.stageKey, 'base64')
  const calls: Readonly<Record<string, (input: z.infer<typeof inputShape>) => Reply>> = {
    'TrentService.GenerateDataKey': ({ KeyId, EncryptionContext }) => {
      if (KeyId !== keyArn) return { __type: 'NotFoundException' }
      const dataKey = randomBytes(32)
      const CiphertextBlob = wrap(stageKey, dataKey, EncryptionContext).toString('base64')
      return { KeyId, Plaintext: dataKey.toString('base64'), CiphertextBlob }
    },
    'TrentService.Decrypt': ({ KeyId = keyArn, CiphertextBlob, EncryptionContext }) => {
      if (KeyId !== keyArn) return { __type: 'IncorrectKeyException' }
      const dataKey = unwrap(stageKey, Buffer.from(CiphertextBlob, 'base64'), EncryptionContext)
      return dataKey ? { KeyId, Plaintext: dataKey.toString('base64') } : { __type: 'InvalidCiphertextException' }
    },
    'secretsmanager.GetSecretValue': ({ SecretId }) => {
      if (SecretId !== secretName) return { __type: 'ResourceNotFoundException' }
      const { stageKey: _, ...outside } = secrets
      return { ARN: secretName, SecretString: JSON.stringify(outside) }
    },
  }
  return (target: string, input: unknown): Reply =>
    calls[target]?.(inputShape.parse(input)) ?? { __type: 'UnknownOperationException', message: target }
}

/** Serves those calls to the functions' AWS SDK. */
export const startCloud = (port: number, options: CloudOptions) => {
  const call = cloudCall(options)
  return listen(port, async (request, response) => {
    const reply = call(String(request.headers['x-amz-target']), await json(request))
    response
      .writeHead(reply['__type'] ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(reply))
  })
}

/** The context in an order of its own, so that only its contents count, as with AWS. */
const bound = (context: Context) => Buffer.from(JSON.stringify(Object.entries(context).sort()))

const wrap = (stageKey: Buffer, dataKey: Buffer, context: Context) => {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', stageKey, nonce).setAAD(bound(context))
  const sealed = Buffer.concat([cipher.update(dataKey), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

const unwrap = (stageKey: Buffer, blob: Buffer, context: Context) => {
  try {
    const cipher = createDecipheriv('aes-256-gcm', stageKey, blob.subarray(0, 12)).setAAD(bound(context))
    cipher.setAuthTag(blob.subarray(12, 28))
    return Buffer.concat([cipher.update(blob.subarray(28)), cipher.final()])
  } catch {
    return undefined
  }
}
