import { normal } from './text/normal.ts'

/** A name as it is compared: case, spaces, punctuation and diacritics do not make a different one. */
export const fold = (name: string): string =>
  normal(name, 'NFKD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[ßøłæœđþð]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]/gu, '')

// What Unicode does not take apart, though people write it either way.
const LETTERS: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', þ: 'th', ð: 'd' }
