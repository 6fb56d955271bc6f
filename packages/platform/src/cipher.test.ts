import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gcm } from './cipher.ts'

const key = randomBytes(32)

describe('a sealed text', () => {
  test('opens with its key, where it is bound to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, bound) => {
        expect(gcm.unseal(key, gcm.seal(key, text, bound), bound)).toBe(text)
      }),
    )
  })

  test('opens nowhere else and with no other key', () => {
    const sealed = gcm.seal(key, 'a story', 'sealed|pack/n/t/r|narrative/1|body')
    for (const bound of ['sealed|pack/n/t/r|narrative/2|body', 'keys|pack/n/t/r|narrative/1|body', ''])
      expect(() => gcm.unseal(key, sealed, bound)).toThrow()
    expect(() => gcm.unseal(randomBytes(32), sealed, 'sealed|pack/n/t/r|narrative/1|body')).toThrow()
  })

  // evidence: ASVS 11.3.2
  test('opens no more once a single bit of it was changed, or its end was cut off', () => {
    const sealed = gcm.seal(key, 'a story', 'here')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(() => gcm.unseal(key, changed, 'here')).toThrow()
      }),
    )
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => gcm.unseal(key, sealed.subarray(0, length), 'here')).toThrow()
  })

  test('opens by its whole tag alone: a short one could be guessed', () => {
    const sealed = gcm.seal(key, '', 'here')
    for (let length = 12; length < sealed.length; length += 1)
      expect(() => gcm.unseal(key, sealed.subarray(0, length), 'here')).toThrow()
  })

  test('looks different each time, and shows nothing of the text but its length', () => {
    const [one, other] = [gcm.seal(key, 'a story', 'here'), gcm.seal(key, 'a story', 'here')]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false)
    expect(Buffer.from(one).toString('latin1')).not.toContain('story')
    expect(one.length).toBe(other.length)
  })
})
