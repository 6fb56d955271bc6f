import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from './hashes.ts'

describe('the canonical form', () => {
  test('is the same whatever order fields came in, at any depth', () => {
    const a = { who: 'anna', at: { on: '2026-06-15', by: null }, list: [1, { b: true, a: 'ü"' }] }
    const b = { list: [1, { a: 'ü"', b: true }], at: { by: null, on: '2026-06-15' }, who: 'anna' }
    expect(canonical(a)).toBe('{"at":{"by":null,"on":"2026-06-15"},"list":[1,{"a":"ü\\"","b":true}],"who":"anna"}')
    expect(canonical(b)).toBe(canonical(a))
  })

  test('is JSON of the same value, so that no two values have the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // JSON knows no minus nought.
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
