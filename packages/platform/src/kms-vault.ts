import { DecryptCommand, GenerateDataKeyCommand, GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import type { Vault } from '@concord/application/ports/outside'
import { gcm } from './cipher.ts'

/** Data keys wrapped by the one KMS key of the stage. The encryption context is the compartment's own path: a key opens for it alone. */
export const kmsVault = ({ client, keyId, childKeyId }: KmsVault): Vault => ({
  ...gcm,
  newKey: async (context) => {
    const { Plaintext, CiphertextBlob } = await client.send(
      new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: { compartment: context } }),
    )
    if (!Plaintext || !CiphertextBlob) throw new Error('KMS gave no data key')
    return { key: Plaintext, wrapped: CiphertextBlob }
  },
  open: async (wrapped, context) => {
    const { Plaintext } = await client.send(
      new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { compartment: context } }),
    )
    if (!Plaintext) throw new Error('KMS opened no data key')
    return Plaintext
  },
  keyedHash: async (text) => {
    const { Mac } = await client.send(
      new GenerateMacCommand({ KeyId: childKeyId, MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from(text) }),
    )
    if (!Mac) throw new Error('KMS made no hash')
    return Buffer.from(Mac).toString('hex')
  },
})

type KmsVault = {
  readonly client: KMSClient
  readonly keyId: string
  /** Of the key for hashes of children. */
  readonly childKeyId: string
}
