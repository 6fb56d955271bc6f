import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto'
import type { Vault } from '@concord/application/ports/outside'

const IV = 12
const TAG = 16

/** AES-256-GCM as every vault uses it. What a text is bound to (table, key, attribute) goes in as associated data, so it opens nowhere else. */
export const gcm: Pick<Vault, 'seal' | 'unseal'> = {
  seal: (key, text, bound) => {
    const iv = randomBytes(IV)
    // Bytes in place of a key object Node tells apart by an exception, which takes longer than sealing a short text.
    const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(Buffer.from(bound))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([iv, cipher.getAuthTag(), body])
  },
  unseal: (key, sealed, bound) => {
    const bytes = Buffer.from(sealed)
    // Without the length, Node takes a tag of four bytes for a whole one.
    const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), bytes.subarray(0, IV), {
      authTagLength: TAG,
    })
    decipher.setAAD(Buffer.from(bound))
    decipher.setAuthTag(bytes.subarray(IV, IV + TAG))
    return Buffer.concat([decipher.update(bytes.subarray(IV + TAG)), decipher.final()]).toString('utf8')
  },
}
