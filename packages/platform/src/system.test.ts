import { parseInstant } from '@concord/domain/time'
import { describe, expect, test } from 'vitest'
import { randomWord, sha256, systemClock, systemIds } from './system.ts'

describe('the system', () => {
  test('tells the time as the domain writes it', () => {
    const now = systemClock.now()
    expect(parseInstant(now)).toBe(now)
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(5_000)
  })

  test('hashes a text and its bytes alike, as SHA-256 is defined', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256(Buffer.from('abc'))).toBe(sha256('abc'))
  })

  // evidence: ASVS 7.2.3
  test('gives out no id and no word twice', () => {
    const many = Array.from({ length: 1_000 }, () => [systemIds.uuid(), randomWord()]).flat()
    expect(new Set(many).size).toBe(many.length)
    expect(randomWord()).toMatch(/^[\w-]{43}$/)
  })
})
