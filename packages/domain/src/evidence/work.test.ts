import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { doiOf, orcidOf } from './work.ts'

describe('an ORCID iD', () => {
  test.each([
    '0000-0002-1825-0097',
    '0000000218250097',
    'https://orcid.org/0000-0002-1825-0097',
    'http://www.orcid.org/0000-0002-1825-0097/',
    'orcid.org/0000-0002-1825-0097',
    'ORCID: 0000-0002-1825-0097',
    'ORCID: http://orcid.org/0000-0002-1825-0097',
    ' 0000-0002-1825-0097 ',
  ])('is read from %j', (text) => {
    expect(orcidOf(text)).toBe('0000-0002-1825-0097')
  })

  test('may end in X, in either case', () => {
    expect(orcidOf('0009-9999-0000-006x')).toBe('0009-9999-0000-006X')
  })

  test.each(['', '0000-0002-1825-0098', '0000-0002-1825-009X', '0000-0002-1825-009', '0000-0002-1825-00977', 'X'])(
    'is none: %j',
    (text) => {
      expect(orcidOf(text)).toBeUndefined()
    },
  )

  test('with one digit mistaken is never read', () => {
    const base = '0009999900000019'
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (place, more) => {
        const mistaken = base.split('').with(place, String((Number(base[place]) + more) % 10))
        expect(orcidOf(mistaken.join(''))).toBeUndefined()
      }),
    )
  })
})

describe('a DOI', () => {
  test.each([
    '10.5555/ABC.1',
    'https://doi.org/10.5555/abc.1',
    'http://dx.doi.org/10.5555/Abc.1',
    'doi: 10.5555/abc.1',
  ])('is read from %j', (text) => {
    expect(doiOf(text)).toBe('10.5555/abc.1')
  })

  test.each(['', '10.5555', '11.5555/abc', '10.5555/a b', 'https://example.org/10.5555/abc'])('is none: %j', (text) => {
    expect(doiOf(text)).toBeUndefined()
  })
})
