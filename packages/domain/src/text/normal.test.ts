import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normal } from './normal.ts'

describe('a text in a normal form', () => {
  test('is what Unicode makes of it, as long as no letter has more than thirty marks', () => {
    const marks = fc.string({ unit: fc.constantFrom('\u0300', '\u0316', '\u0327'), maxLength: 30 })
    const letters = fc.tuple(fc.constantFrom('a', 'Ł', 'ﬁ', '中'), marks).map(([letter, over]) => letter + over)
    fc.assert(
      fc.property(fc.array(letters), fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (text, form) => {
        expect(normal(text.join(''), form)).toBe(text.join('').normalize(form))
      }),
    )
  })

  test('is never given a run of marks longer than thirty to put in order', () => {
    const runs = normal(`a${'\u0300\u0316'.repeat(100_000)}b${'\u0316'.repeat(31)}`, 'NFD').match(/\p{M}+/gu)
    expect(runs?.map((run) => run.length)).toEqual([30, 30])
  })
})
