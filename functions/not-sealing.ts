import type { Vault } from '@concord/application/ports/outside'

const never = () => {
  throw new Error('A reactor seals and unseals nothing')
}

/** The vault of a function that must never open one. */
export const notSealing: Vault = { newKey: never, open: never, seal: never, unseal: never, keyedHash: never }
