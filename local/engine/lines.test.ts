import { PassThrough, Readable, Writable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerLines, longestLine, writingTo } from './lines.ts'

const echoed = async (input: AsyncIterable<string | Uint8Array>) => {
  const written: string[] = []
  await answerLines(
    input,
    (line) => ({ line }),
    (text) => void written.push(text),
  )
  expect(written.every((text) => text.endsWith('\n'))).toBe(true)
  return written.map((text) => JSON.parse(text).line)
}

describe('answering lines', () => {
  test.each([
    ['one after the other', ['a\nb\n'], ['a', 'b']],
    ['the last of which does not end', ['a\nb'], ['a', 'b']],
    ['that end as on Windows', ['a\r\nb\r\n'], ['a', 'b']],
    ['that begin with a byte order mark', ['\uFEFFa\nb'], ['a', 'b']],
    ['but for those that are blank', ['\n\na\n \t\n\r\nb\n\n'], ['a', 'b']],
    ['that come in pieces', ['a', 'b\n', '', 'c', '\nd\ne', 'f'], ['ab', 'c', 'd', 'ef']],
    ['that are none', [], []],
    ['that are only a byte order mark', ['\uFEFF'], []],
  ])('answers those %s', async (_, chunks, lines) => {
    expect((await echoed(Readable.from(chunks))).map((line: string) => line.trimEnd())).toEqual(lines)
  })

  test('answers the same however the bytes are cut, in the middle of a letter too', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'é', '–', '👶', '"'), { minLength: 1 })
      .map((letters) => letters.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.array(fc.integer({ min: 1, max: 5 })), async (lines, cuts) => {
        const bytes = Buffer.from(lines.join('\n'))
        const pieces: Buffer[] = []
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const size = cuts[n % (cuts.length || 1)] ?? 3
          pieces.push(bytes.subarray(at, at + size))
          at += size
        }
        expect(await echoed(Readable.from(pieces))).toEqual(lines)
      }),
    )
  })

  test('names the line of an error, blank ones counted, and leaves its place as it was', async () => {
    const written: string[] = []
    const error = { code: 'malformed', path: 'request', message: 'Expected a request.' }
    await answerLines(
      Readable.from(['\nx\n\ny\n']),
      (line) => (line === 'y' ? { id: 'y', error } : { id: 'x' }),
      (text) => void written.push(text),
    )
    expect(written.map((text) => JSON.parse(text))).toEqual([
      { id: 'x' },
      { id: 'y', error: { ...error, message: 'line 4: Expected a request.' } },
    ])
  })

  test('refuses a line that is too long without holding it, and answers the next', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x')
    let held = 0
    const input = async function* () {
      yield Buffer.from('a\n')
      for (let n = 0; n < 1000; n += 1) {
        yield Buffer.from(megabyte)
        held = Math.max(held, process.memoryUsage().arrayBuffers)
      }
      yield Buffer.from('\nb\n')
    }
    const before = process.memoryUsage().arrayBuffers
    const written: string[] = []
    await answerLines(
      input(),
      (line) => ({ line }),
      (text) => void written.push(text),
    )
    expect(written.map((text) => JSON.parse(text))).toEqual([
      { line: 'a' },
      { id: null, error: { code: 'too-long', path: '', message: expect.stringMatching(/^line 2: .*64 MB/) } },
      { line: 'b' },
    ])
    expect(held - before).toBeLessThan(500 * 1024 * 1024)
  })

  test('takes a line that is just as long as it may be', async () => {
    const line = Buffer.alloc(longestLine, 'x')
    const lengths: number[] = []
    const answer = (text: string) => {
      lengths.push(text.length)
      return {}
    }
    await answerLines(Readable.from([line, Buffer.from('\n')]), answer, () => undefined)
    expect(lengths).toEqual([longestLine])
  })

  test('reads no further than it has written', async () => {
    let read = 0
    const input = async function* () {
      for (; read < 100; read += 1) yield `${read}\n`
    }
    let free: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      free = resolve
    })
    const done = answerLines(
      input(),
      (line) => ({ line }),
      () => slow,
    )
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(read).toBe(0)
    free()
    await done
    expect(read).toBe(100)
  })

  test('writes to a stream, and is told when nobody reads it any more', async () => {
    const output = new PassThrough()
    await answerLines(Readable.from(['a\n']), (line) => ({ line }), writingTo(output))
    expect(String(output.read())).toBe('{"line":"a"}\n')
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
    broken.on('error', () => undefined)
    await expect(answerLines(Readable.from(['a\n']), (line) => ({ line }), writingTo(broken))).rejects.toThrow('EPIPE')
  })
})
