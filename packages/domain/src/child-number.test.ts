import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseChildNumber, passesCheck, sayChildNumber } from './child-number.ts'

const invented = { inventedAllowed: true }
const real = { inventedAllowed: false }

describe('an NHS number', () => {
  test.each([
    ['9990100071', '9990100071'],
    ['999 020 0149', '9990200149'],
    ['999-030-0216', '9990300216'],
    [' 9990400288 ', '9990400288'],
    ['999 050\u00a00355', '9990500355'],
    ['9990600422', '9990600422'],
    // What was refused once, though it is the number: report 03.
    ['999-010-0071', '9990100071'],
    ['999\u00a0010\u00a00071', '9990100071'],
    ['999\u202f010\u202f0071', '9990100071'],
    ['999\u200d010\u200d0071', '9990100071'],
    ['999\u2011010\u20110071', '9990100071'],
    ['9990100071 ', '9990100071'],
    ['\t9990100071', '9990100071'],
    ['９９９ ０１０ ００７１', '9990100071'],
    ['٩٩٩٠١٠٠٠٧١', '9990100071'],
  ])('is read from %j', (written, number) => {
    expect(parseChildNumber(written, invented)).toMatchObject({ kind: 'read', number })
  })

  // The remainder of 11 makes these check digits 11 and 10: the first is written 0, the second is never used.
  test('whose check comes to 11 ends in 0, and one that comes to 10 there is none', () => {
    expect(parseChildNumber('9990000050', invented).kind).toBe('read')
    for (const last of '0123456789') expect(parseChildNumber(`999000000${last}`, invented).kind).toBe('check-digit')
  })

  test.each(['', '999010007', '99901000711', '999010007X', 'nine', '999.010.0071'])('is none: %j', (text) => {
    expect(parseChildNumber(text, invented)).toEqual({ kind: 'not-ten-digits' })
  })

  test.each(['0000000000', '1111111111', '222 222 2222'])('was never issued as %s', (text) => {
    expect(parseChildNumber(text, invented)).toEqual({ kind: 'never-issued' })
  })

  test('of the range kept for invented children is refused where children are real, and its misprints as misprints', () => {
    expect(parseChildNumber('9990100071', real)).toEqual({ kind: 'invented' })
    expect(parseChildNumber('9990100072', real)).toEqual({ kind: 'check-digit' })
  })

  test('with one digit mistaken, or two neighbours swapped, is never read', () => {
    const numbers = fc.integer({ min: 0, max: 999_999 }).map((n) => {
      const nine = `999${String(n).padStart(6, '0')}`
      return Array.from({ length: 10 }, (_, last) => `${nine}${last}`).find(
        (one) => parseChildNumber(one, invented).kind === 'read',
      )
    })
    fc.assert(
      fc.property(numbers, fc.nat(9), fc.integer({ min: 1, max: 9 }), (number, place, more) => {
        fc.pre(number !== undefined)
        const digits = number.split('')
        const mistaken = digits.with(place, String((Number(digits[place]) + more) % 10)).join('')
        expect(parseChildNumber(mistaken, invented).kind).not.toBe('read')
        const [here = '', next = ''] = digits.slice(place, place + 2)
        const swapped = [...digits.slice(0, place), next, here, ...digits.slice(place + 2)].join('')
        if (next && here !== next) expect(parseChildNumber(swapped, invented).kind).not.toBe('read')
      }),
    )
  })

  // Made here and not written down: there is no range of CHI or H&C numbers that is kept for tests.
  const withCheck = (nine: string): string =>
    Array.from({ length: 10 }, (_, last) => `${nine}${last}`).find(passesCheck) ??
    withCheck(String(Number(nine) + 1).padStart(9, '0'))

  test.each([
    ['chi', '010199000'],
    ['chi', '311299000'],
    ['chi', '290200000'],
    ['hc', '320000001'],
    ['hc', '399999990'],
    ['nhs', '400000000'],
    ['nhs', '999010007'],
  ])('is a number of the system %s by what it is: %s…', (system, nine) => {
    const number = withCheck(nine)
    expect(parseChildNumber(number, invented)).toEqual({ kind: 'read', number, system })
  })

  test('is shown in three groups', () => {
    expect(sayChildNumber('9990100071')).toBe('999 010 0071')
  })
})
