import { languages } from '@concord/domain/request/languages'
import { describe, expect, test } from 'vitest'
import { languageWords } from './words.ts'

describe('the list of languages', () => {
  test('has each code once, in the form of ISO 639, or of BCP 47 where that has none', () => {
    expect(new Set(languages).size).toBe(languages.length)
    for (const code of languages) expect(code).toMatch(/^([a-z]{2,3}|x-[a-z]+(-[a-z]+)?)$/)
  })

  test('gives each a name of its own, which people find by the alphabet', () => {
    const names = Object.values(languageWords)
    expect(new Set(names).size).toBe(languages.length)
    expect(names.toSorted((a, b) => a.localeCompare(b))).toEqual(names)
  })
})
