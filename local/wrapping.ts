import { gcm } from '@concord/platform/cipher'
import type { StageKeys } from './secrets.ts'

const VERSION_BYTES = 4

/** By which version a key was wrapped, as it says of itself. */
export const versionOf = (wrapped: Uint8Array): number => Buffer.from(wrapped).readUInt32BE()

/** Wraps by the newest version of the key of the stage and opens by the one that wrapped, as KMS does by its own. */
export const wrapping = (stage: Pick<StageKeys, 'all'>) => {
  const bound = (version: number, context: string) => `${version} ${context}`
  return {
    wrap: (plaintext: string, context: string): Buffer => {
      const newest = stage.all().at(-1)
      if (!newest) throw new Error('The stage has no key')
      const version = Buffer.alloc(VERSION_BYTES)
      version.writeUInt32BE(newest.version)
      const sealed = gcm.seal(Buffer.from(newest.key, 'base64'), plaintext, bound(newest.version, context))
      return Buffer.concat([version, sealed])
    },
    /** Nothing where it was changed or cut short, wrapped for something else, or by a version that is gone. */
    open: (wrapped: Uint8Array, context: string): string | undefined => {
      const bytes = Buffer.from(wrapped)
      if (bytes.length < VERSION_BYTES) return undefined
      const version = versionOf(bytes)
      const found = stage.all().find((one) => one.version === version)
      try {
        return (
          found && gcm.unseal(Buffer.from(found.key, 'base64'), bytes.subarray(VERSION_BYTES), bound(version, context))
        )
      } catch {
        return undefined
      }
    },
  }
}
