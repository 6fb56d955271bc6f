import type { Asker } from '@concord/application/caller'
import { writeMembership } from '@concord/application/scope'

/**
 * Under what an Idempotency-Key is kept: two people, or one person in two roles, never meet under the same key, and what a caller
 * put into it is not stored.
 */
export const onceKeyOf = (digest: (text: string) => string, asker: Asker, key: string): string =>
  digest(JSON.stringify(asker === 'platform' ? [key] : [asker.subject, writeMembership(asker.membership), key]))
