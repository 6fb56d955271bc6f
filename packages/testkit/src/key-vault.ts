import { createHmac, randomBytes } from 'node:crypto'
import type { Vault } from '@concord/application/ports/outside'
import { gcm } from '@concord/platform/cipher'

/** A vault whose one key lives as long as the test: like KMS, it opens a data key for the context it was wrapped for and no other. */
export const keyVault = (): Vault => {
  const [stageKey, childKey] = [randomBytes(32), randomBytes(32)]
  return {
    ...gcm,
    newKey: async (context) => {
      const key = randomBytes(32)
      return { key, wrapped: gcm.seal(stageKey, key.toString('base64'), context) }
    },
    open: async (wrapped, context) => Buffer.from(gcm.unseal(stageKey, wrapped, context), 'base64'),
    keyedHash: async (text) => createHmac('sha256', childKey).update(text).digest('hex'),
  }
}
