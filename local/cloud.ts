import { randomBytes } from 'node:crypto'
import { json } from 'node:stream/consumers'
import { gcm } from '@concord/platform/cipher'
import { z } from 'zod'
import { listen } from './listen.ts'
import type { LocalSecrets } from './secrets.ts'

type CloudOptions = { readonly secrets: LocalSecrets; readonly keyArn: string; readonly secretName: string }

const inputShape = z.object({
  KeyId: z.string().optional(),
  SecretId: z.string().optional(),
  CiphertextBlob: z.base64().default(''),
  EncryptionContext: z.record(z.string(), z.string()).default({}),
})

/** The three calls of KMS and Secrets Manager that the functions make, answered as AWS answers them. */
export const cloudCall = ({ secrets: { stageKey, ...outside }, keyArn, secretName }: CloudOptions) => {
  const key = Buffer.from(stageKey, 'base64')
  return (target: string, input: unknown): Readonly<Record<string, string>> => {
    const { KeyId = keyArn, SecretId, CiphertextBlob, EncryptionContext } = inputShape.parse(input)
    // In an order of its own, so that only its contents count.
    const context = JSON.stringify(Object.entries(EncryptionContext).sort())
    if (target.startsWith('TrentService.')) {
      if (KeyId !== keyArn) return { __type: 'NotFoundException' }
      // The template's roles may use the key for a compartment that is named, and for nothing else.
      if (context === '[]') return { __type: 'AccessDeniedException' }
    }
    switch (target) {
      case 'TrentService.GenerateDataKey': {
        const Plaintext = randomBytes(32).toString('base64')
        return { KeyId, Plaintext, CiphertextBlob: Buffer.from(gcm.seal(key, Plaintext, context)).toString('base64') }
      }
      case 'TrentService.Decrypt':
        try {
          return { KeyId, Plaintext: gcm.unseal(key, Buffer.from(CiphertextBlob, 'base64'), context) }
        } catch {
          return { __type: 'InvalidCiphertextException' }
        }
      case 'secretsmanager.GetSecretValue':
        if (SecretId !== secretName) return { __type: 'ResourceNotFoundException' }
        return { ARN: secretName, SecretString: JSON.stringify(outside) }
      default:
        return { __type: 'UnknownOperationException', message: target }
    }
  }
}

/** Serves those calls to the functions' AWS SDK. */
export const startCloud = (port: number, options: CloudOptions) => {
  const call = cloudCall(options)
  return listen(port, async (request, response) => {
    const reply = call(String(request.headers['x-amz-target']), await json(request))
    response.writeHead('__type' in reply ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' })
    response.end(JSON.stringify(reply))
  })
}
