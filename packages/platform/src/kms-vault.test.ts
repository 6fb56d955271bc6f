import { randomBytes } from 'node:crypto'
import { KMSClient } from '@aws-sdk/client-kms'
import { describe, expect, test } from 'vitest'
import { kmsRewrap, kmsVault } from './kms-vault.ts'

/** A vault over a client that gives one answer to whatever it is sent. */
const answering = (answer: object) => {
  const client = new KMSClient({ region: 'eu-west-2' })
  const sent: unknown[] = []
  client.send = async (command: { readonly input: unknown }) => {
    sent.push(command.input)
    return answer as never
  }
  const of = { client, keyId: 'key-of-the-stage' }
  return { vault: kmsVault({ ...of, childKeyId: 'key-of-children' }), rewrap: kmsRewrap(of), sent }
}

describe('the vault at KMS', () => {
  test('has a data key made for one compartment, and opened for that one', async () => {
    const [Plaintext, CiphertextBlob] = [randomBytes(32), randomBytes(64)]
    const { vault, sent } = answering({ Plaintext, CiphertextBlob })
    expect(await vault.newKey('pack/n/t/r')).toEqual({ key: Plaintext, wrapped: CiphertextBlob })
    expect(await vault.open(CiphertextBlob, 'pack/n/t/r')).toEqual(Plaintext)
    const of = { KeyId: 'key-of-the-stage', EncryptionContext: { compartment: 'pack/n/t/r' } }
    expect(sent).toEqual([
      { ...of, KeySpec: 'AES_256' },
      { ...of, CiphertextBlob },
    ])
  })

  test('has a hash made by the key for children, of the text alone', async () => {
    const { vault, sent } = answering({ Mac: Uint8Array.from([0xab, 0x01]) })
    expect(await vault.keyedHash('south-west|9990100071')).toBe('ab01')
    const Message = Buffer.from('south-west|9990100071')
    expect(sent).toEqual([{ KeyId: 'key-of-children', MacAlgorithm: 'HMAC_SHA_256', Message }])
  })

  test('has a data key wrapped anew for the compartment it was wrapped for, by the same key', async () => {
    const [before, after] = [randomBytes(64), randomBytes(64)]
    const { rewrap, sent } = answering({ CiphertextBlob: after })
    expect(await rewrap(before, 'pack/n/t/r')).toEqual(after)
    const [keyId, context] = ['key-of-the-stage', { compartment: 'pack/n/t/r' }]
    expect(sent).toEqual([
      {
        ...{ CiphertextBlob: before, SourceKeyId: keyId, SourceEncryptionContext: context },
        ...{ DestinationKeyId: keyId, DestinationEncryptionContext: context },
      },
    ])
  })

  test('seals with nothing when KMS gives no key', async () => {
    const { vault, rewrap } = answering({})
    await expect(vault.newKey('pack/n/t/r')).rejects.toThrow('no data key')
    await expect(vault.open(randomBytes(64), 'pack/n/t/r')).rejects.toThrow('no data key')
    await expect(rewrap(randomBytes(64), 'pack/n/t/r')).rejects.toThrow('no data key')
    await expect(vault.keyedHash('n|9990100071')).rejects.toThrow('no hash')
  })
})
