import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import type { Clock, Ids, Mac } from '@concord/application/ports/outside'
import { must } from '@concord/domain/ids'
import { parseInstant } from '@concord/domain/time'

export const systemClock: Clock = { now: () => must(parseInstant, new Date().toISOString()) }

/** SHA-256 in hexadecimal, of a text or of bytes. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A word nobody can guess: 256 bits. */
export const randomWord = (): string => randomBytes(32).toString('base64url')

export const systemIds: Ids = { uuid: () => randomUUID(), secret: randomWord }

/** HMAC-SHA-256, shortened to 168 bits. */
export const hmac: Mac = (key, text) => createHmac('sha256', key).update(text).digest('base64url').slice(0, 28)

/** What only the holder of the key can make of these texts, and what they can recognise it by: each text keeps its own place. */
export const keyedHash = (key: string, ...texts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(texts)).digest('base64url')

/** Whether two words are the same, without telling by the time it takes how much of them is. */
export const isSameWord = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
