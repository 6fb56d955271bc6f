import { at } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { isFreshToken, isProgram } from './person.ts'

const now = at('2026-06-15T12:00:00Z')
const seconds = Date.parse(now) / 1000
const claims = { sub: 'somebody', client_id: 'concord-demo', auth_time: String(seconds - 60) }

describe('a token', () => {
  test.each([
    ['a minute ago', String(seconds - 60), true],
    ['this moment', String(seconds), true],
    ['a second less than a quarter of an hour ago', String(seconds - 899), true],
    ['a quarter of an hour ago', String(seconds - 900), false],
    ['yesterday', String(seconds - 86_400), false],
    ['in a moment, by an issuer whose clock is a little ahead', String(seconds + 30), true],
    ['in five minutes', String(seconds + 300), false],
    ['in a thousand years', '33318000000', false],
    ['no time at all', undefined, false],
    ['nothing', '', false],
    ['words', 'just now', false],
    ['a number with more after it', `${seconds - 60}x`, false],
    ['a fraction', `${seconds - 60}.5`, false],
    ['a negative number', `-${seconds}`, false],
    ['milliseconds', String((seconds - 60) * 1000), false],
    ['an infinite number', 'Infinity', false],
    ['a list', `[${seconds}]`, false],
    ['another kind of value than the gateway gives', seconds - 60, false],
  ])('that says %s is or is not of a sign-in just made', (_, said, expected) => {
    expect(isFreshToken({ ...claims, auth_time: said }, now)).toBe(expected)
  })

  test.each([{ client_id: 'somebody' }, { azp: 'somebody', client_id: undefined }])(
    'whose subject is its own client is a program’s, and no sign-in of a person stands behind it: %j',
    (own) => {
      expect(isProgram({ ...claims, ...own })).toBe(true)
      expect(isFreshToken({ ...claims, ...own }, now)).toBe(false)
    },
  )

  test('that names no client is taken for a person’s, and only for that', () => {
    expect(isProgram({ sub: 'somebody' })).toBe(false)
    expect(isProgram({})).toBe(false)
  })
})
