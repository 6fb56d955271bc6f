import { createHash } from 'node:crypto'
import { LoggableError } from '@concord/domain/loggable-error'

const MOST_FRAMES = 12
const MOST_CAUSES = 4

type Told = {
  readonly name: string
  /** Tells equal messages from different ones, and says nothing of them. */
  readonly fingerprint: string
  readonly message?: string
  readonly code?: string
  readonly request?: string
  readonly at: readonly string[]
  readonly causes: readonly Told[]
}

/**
 * What a log is told of a failure: what kind it was, where in the code, and what AWS calls the request. Never its message nor its
 * fields, unless they are ours: a JSON parser quotes what it could not read, a schema the name of a field, DynamoDB a whole item.
 */
export const withoutWords = (error: unknown, depth = 0): Told => {
  if (!(error instanceof Error)) return { name: typeof error, fingerprint: fingerprintOf(''), at: [], causes: [] }
  const { code, request } = known(error)
  const causes = [error.cause, ...(error instanceof AggregateError ? (error.errors as readonly unknown[]) : [])]
  return {
    name: plain(error.name, /^\w{1,60}$/) ?? 'Error',
    fingerprint: fingerprintOf(error.message),
    ...(error instanceof LoggableError && { message: error.message }),
    ...(code && { code }),
    ...(request && { request }),
    at: framesOf(error),
    causes:
      depth < MOST_CAUSES
        ? causes.flatMap((one) => (one === undefined ? [] : [withoutWords(one, depth + 1)])).slice(0, MOST_CAUSES)
        : [],
  }
}

const plain = (value: unknown, form: RegExp) => (typeof value === 'string' && form.test(value) ? value : undefined)

const known = (error: object) => {
  const metadata = '$metadata' in error && typeof error.$metadata === 'object' ? error.$metadata : null
  return {
    // Such as ECONNREFUSED, ERR_INVALID_URL, OAUTH_RESPONSE_BODY_ERROR: no word that somebody wrote looks like one.
    code: 'code' in error ? plain(error.code, /^(E[A-Z]{2,20}|[A-Z]+_[A-Z_]{1,60})$/) : undefined,
    request: metadata && 'requestId' in metadata ? plain(metadata.requestId, /^[\w-]{1,80}$/) : undefined,
  }
}

/** The places in the code, without the message that stands before them and may be of several lines. */
const framesOf = ({ stack = '', message }: Error) => {
  const after = stack.indexOf(message)
  if (after < 0) return []
  const lines = stack.slice(after + message.length).split('\n')
  return lines
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, MOST_FRAMES)
}

const fingerprintOf = (message: string) => createHash('sha256').update(message).digest('hex').slice(0, 12)
