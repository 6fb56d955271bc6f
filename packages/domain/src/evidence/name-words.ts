import { normal } from '../text/normal.ts'
import { SPELT_OUT } from '../text/spelt-out.ts'

const APOSTROPHES = /['’‘ʼʻ`´]/g
const TITLES: ReadonlySet<string> = new Set('dr prof professor mr mrs ms miss sir dame lord'.split(' '))
const AFTER_NAMES: ReadonlySet<string> = new Set(
  'jr sr 2nd 3rd 4th iii md phd dphil mbbs mbchb bsc msc frcp frcs frca frcr frcpch mrcp mrcpch mbe obe cbe'.split(' '),
)
/** Titles that are family names too. */
const SURNAMES: ReadonlySet<string> = new Set(['miss', 'sir', 'dame', 'lord'])
const GENERATION = /^(jr|sr|2nd|3rd|4th|iii)$/

/** Nobody's name is longer, and somebody's file may be. */
const LONGEST = 500

/** Words without case, diacritics or punctuation, one space apart. */
export const foldLetters = (text: string): string =>
  // Apostrophes before the rest: taken apart, an acute accent that stands alone becomes a space.
  normal(text.replace(APOSTROPHES, ''), 'NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþħŋıŧς]/g, (letter) => SPELT_OUT[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The words of a name as they are written, and where a comma says so, which of them are the family's. */
export type NameWords =
  | { readonly kind: 'inverted'; readonly family: readonly string[]; readonly given: readonly string[] }
  | { readonly kind: 'running'; readonly words: readonly string[] }

/** Takes a name apart, without titles, and without letters and generations after it. */
export const nameWords = (name: string): NameWords => {
  const [first = '', ...more] = normal(name.slice(0, LONGEST), 'NFC').replace(APOSTROPHES, '').split(/[,，]/)
  const [second, ...rest] = more.filter((part) => foldLetters(part) && !isAfterName(part))
  const family = withoutTitles(wordsOf(first))
  if (second === undefined) return { kind: 'running', words: withoutGeneration(family) }
  const given = withoutTitles(wordsOf([second, ...rest].join(' ')))
  return { kind: 'inverted', family, given: withoutGeneration(given) }
}

/** A, AB or ABC: what a citation makes of given names. */
export const isInitials = (word: string) => /^\p{Lu}{1,4}$/u.test(word)

const wordsOf = (text: string) => text.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '')

const isAfterName = (part: string) =>
  foldLetters(part.replaceAll('.', ''))
    .split(' ')
    .every((word) => AFTER_NAMES.has(word))

const withoutTitles = (words: readonly string[]): readonly string[] => {
  const [first = '', ...rest] = words
  const title = foldLetters(first)
  if (rest.length === 0 || !TITLES.has(title)) return words
  // “Lord J” cites somebody; “LORD ADA” may be one.
  const isCited = SURNAMES.has(title) && /\p{Ll}/u.test(first) && rest.every(isInitials)
  return isCited ? words : withoutTitles(rest)
}

const withoutGeneration = (words: readonly string[]) =>
  words.length > 1 && GENERATION.test(foldLetters(words.at(-1) ?? '')) ? words.slice(0, -1) : words
