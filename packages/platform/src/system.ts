import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Clock, Ids } from '@concord/application/ports/outside'
import { must } from '@concord/domain/ids'
import { parseInstant } from '@concord/domain/time'

export const systemClock: Clock = { now: () => must(parseInstant, new Date().toISOString()) }

export const systemIds: Ids = { uuid: () => randomUUID() }

/** SHA-256 in hexadecimal, of a text or of bytes. */
export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A word nobody can guess: 256 bits. */
export const randomWord = (): string => randomBytes(32).toString('base64url')
