import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto'
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
