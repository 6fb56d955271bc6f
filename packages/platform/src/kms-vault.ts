import {
  DecryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  type KMSClient,
  ReEncryptCommand,
} from '@aws-sdk/client-kms'
import type { Rewrap, Vault } from '@concord/application/ports/outside'
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

/** Has a data key wrapped anew by the newest version of the stage's key: it never leaves KMS, and no text changes. */
export const kmsRewrap =
  ({ client, keyId }: Pick<KmsVault, 'client' | 'keyId'>): Rewrap =>
  async (wrapped, context) => {
    const of = { compartment: context }
    const { CiphertextBlob } = await client.send(
      new ReEncryptCommand({
        CiphertextBlob: wrapped,
        SourceKeyId: keyId,
        SourceEncryptionContext: of,
        DestinationKeyId: keyId,
        DestinationEncryptionContext: of,
      }),
    )
    if (!CiphertextBlob) throw new Error('KMS wrapped no data key')
    return CiphertextBlob
  }

type KmsVault = {
  readonly client: KMSClient
  readonly keyId: string
  /** Of the key for hashes of children. */
  readonly childKeyId: string
}
