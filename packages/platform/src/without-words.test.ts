import { LoggableError } from '@concord/domain/loggable-error'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { withoutWords } from './without-words.ts'

const word = 'Quillonia'
const failing = (work: () => unknown): unknown => {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail')
}

describe('what a log is told of a failure', () => {
  test.each([
    ['a message', new Error(`Cannot tell of ${word}`)],
    [
      'a message of several lines, one like a place in the code',
      new Error(`Cannot\n    at ${word} (/a/b.ts:1:2)\nend`),
    ],
    ['the cause of the cause', new Error('x', { cause: new Error('y', { cause: new Error(word) }) })],
    ['a cause that is no error', new Error('x', { cause: { name: word } })],
    ['one of several', new AggregateError([new Error(word), word], 'some')],
    [
      'a field of it',
      Object.assign(new Error('x'), { Item: { name: { S: word } }, code: word, $metadata: { requestId: `${word} x` } }),
    ],
    ['its name', Object.assign(new Error('x'), { name: `${word} of the stars` })],
    ['text that is no JSON', failing(() => JSON.parse(`{"name": ${word}}`))],
    ['a field that a schema does not know', failing(() => z.strictObject({}).parse({ [word]: 1 }))],
    ['what is no error at all', word],
  ])('says nothing of a word in %s', (_, error) => {
    expect(JSON.stringify(withoutWords(error))).not.toContain(word)
  })

  test('says what kind it was, where in the code, and tells equal ones from different ones', () => {
    const told = withoutWords(new RangeError('one'))
    expect(told.name).toBe('RangeError')
    expect(told.at[0]).toMatch(/without-words\.test\.ts:\d+:\d+\)?$/)
    expect(told.fingerprint).toBe(withoutWords(new Error('one')).fingerprint)
    expect(told.fingerprint).not.toBe(withoutWords(new Error('two')).fingerprint)
  })

  test('says what the network and AWS call it', () => {
    const error = Object.assign(new Error('x'), { code: 'ECONNREFUSED', $metadata: { requestId: 'A1-b2' } })
    expect(withoutWords(error)).toMatchObject({ code: 'ECONNREFUSED', request: 'A1-b2' })
  })

  test('says the message where it is ours', () => {
    expect(withoutWords(new LoggableError('Item a b does not read'))).toMatchObject({
      message: 'Item a b does not read',
    })
  })

  test('comes to an end where causes go in a circle', () => {
    const error = new Error('x')
    error.cause = error
    expect(JSON.stringify(withoutWords(error)).length).toBeLessThan(10_000)
  })
})
