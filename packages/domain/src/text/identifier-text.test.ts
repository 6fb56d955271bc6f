import { describe, expect, test } from 'vitest'
import { readGmcNumber, readOrgCode, readTrustCode } from '../ids.ts'
import { identifierText, plainDigits } from './identifier-text.ts'

const spaced = (one: string) => one.split('').join(' ')

describe('a code that somebody typed or pasted', () => {
  test.each([
    ...[' ', '\u00a0', '\u2009', '\u202f', '\u3000', '\t', '\n', '-', '\u2010', '\u2011', '\u2013', '\u2014', '\u2212'],
    ...['\u00ad', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u202a', '\u034f'],
  ])('is read with %j between its signs', (between) => {
    const typed = (code: string) => code.split('').join(between)
    expect(readGmcNumber(typed('9990001'))).toBe('9990001')
    expect(readGmcNumber(typed('l123456'))).toBe('L123456')
    expect(readOrgCode(typed('ra701'))).toBe('RA701')
    expect(readTrustCode(typed('ra7'))).toBe('RA7')
  })

  test('is read in full-width letters and in the digits of any script', () => {
    expect(readTrustCode('ＲＡ７')).toBe('RA7')
    expect(plainDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ०१२३४५६७८९')).toBe('0123456789 0123456789 0123456789')
  })

  test.each(['', '999.0001', '999 00', 'GMC 9990001'])('is none: %j', (text) => {
    expect(readGmcNumber(text)).toBeUndefined()
  })

  test('is the same read twice', () => {
    expect(identifierText(identifierText(spaced('ra7-01')))).toBe('RA701')
  })
})
