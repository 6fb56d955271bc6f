import type { Writable } from 'node:stream'
import type { ErrorReply } from '@concord/contracts/exchange/reply'

/** The longest line that is read, in bytes: a register of twenty thousand fits. */
export const longestLine = 64 * 1024 * 1024

/**
 * Answers each line of NDJSON that is not blank, in order, one line each, and reads no further than it has written. An error
 * names its line. A line that is too long is told of and never held.
 */
export const answerLines = async (
  input: AsyncIterable<string | Uint8Array>,
  answer: (line: string) => object,
  write: (text: string) => Promise<void> | void,
): Promise<void> => {
  let number = 0
  for await (const line of linesOf(input, longestLine)) {
    number += 1
    const text = line === 'too-long' ? null : textOf(line, number === 1)
    if (text?.trim() === '') continue
    await write(`${JSON.stringify(placed(text === null ? tooLong : answer(text), number))}\n`)
  }
}

/** Writes to a stream, and waits until what was written is through. */
export const writingTo =
  (stream: Writable) =>
  (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()))
    })

const linesOf = async function* (
  input: AsyncIterable<string | Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array | 'too-long'> {
  let pieces: Uint8Array[] = []
  let length = 0
  const keep = (piece: Uint8Array) => {
    length += piece.length
    // What has grown too long is let go at once, and only counted to its end.
    if (length > most) pieces = []
    else pieces.push(piece)
  }
  const finished = () => {
    const line = length > most ? ('too-long' as const) : Buffer.concat(pieces)
    pieces = []
    length = 0
    return line
  }
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      keep(bytes.subarray(start, end))
      yield finished()
      start = end + 1
    }
    keep(bytes.subarray(start))
  }
  yield finished()
}

// Lines are cut in bytes, so that no letter is ever cut in two: no byte of a longer letter is a newline.
const NEWLINE = 0x0a

const textOf = (line: Uint8Array, isFirst: boolean) => {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8')
  return isFirst && text.startsWith('\uFEFF') ? text.slice(1) : text
}

const tooLong: ErrorReply = {
  id: null,
  error: {
    code: 'too-long',
    path: '',
    message: `It is longer than ${longestLine / 1024 / 1024} MB. Keep to the candidates of one specialty.`,
  },
}

const placed = (reply: object, number: number): object =>
  isError(reply) ? { ...reply, error: { ...reply.error, message: `line ${number}: ${reply.error.message}` } } : reply

const isError = (reply: object): reply is ErrorReply => 'error' in reply
