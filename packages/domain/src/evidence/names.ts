import { normal } from '../text/normal.ts'
import { type NameReading, readingsOf } from './name-readings.ts'
import { foldLetters, nameWords } from './name-words.ts'

/** Whether a cited author may be a person: by full names, by initials alone, or not at all. */
export type NameMatch = 'yes' | 'maybe' | 'no'

/** A name as it is compared: case, spaces, punctuation, diacritics, titles and order around a comma do not change it. */
export const foldName = (name: string): string => {
  const read = nameWords(name)
  return foldLetters((read.kind === 'inverted' ? [...read.given, ...read.family] : read.words).join(' '))
}

/** Whether two names are written alike. No name is like none. */
export const isSameName = (one: string, other: string): boolean =>
  foldName(one) !== '' && foldName(one) === foldName(other)

/** Whether a cited author (“Beispiel AB”, “Beispiel, Ada B”, “Ada Beispiel”) may be the person of this full name. */
export const mayBeSameName = (full: string, cited: string): NameMatch =>
  bestMatch([full, speltOut(full)].flatMap(readingsOf), [cited, speltOut(cited)].flatMap(readingsOf))

/** The same, for a name whose readings are kept because it is compared with thousands. */
export const bestMatch = (full: readonly NameReading[], cited: readonly NameReading[]): NameMatch => {
  const matches = full.flatMap((one) => cited.map((other) => matchOf(one, other)))
  if (matches.includes('yes')) return 'yes'
  return matches.includes('maybe') ? 'maybe' : 'no'
}

/** Müller is also written Mueller, where the keyboard has no umlauts. */
const speltOut = (name: string) =>
  normal(name, 'NFC').replace(/[äöü]/gi, (letter) => UMLAUTS[letter.toLowerCase()] ?? letter)
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' }

const matchOf = (one: NameReading, other: NameReading): NameMatch => {
  if (one.family === '' || one.family !== other.family) return 'no'
  const [longer, shorter] = one.given.length >= other.given.length ? [one.given, other.given] : [other.given, one.given]
  if (longer.join('') === shorter.join('') && !longer.some(isInitial)) return 'yes'
  const [first, ...more] = shorter
  // A family name alone contradicts nobody who bears it.
  if (first === undefined) return 'maybe'
  return isWithin(more, longer.slice(1)) ? agreement(longer[0] ?? '', first) : 'no'
}

/** Middle names may be left out, but not changed or reordered. */
const isWithin = (few: readonly string[], many: readonly string[]): boolean => {
  const [first, ...more] = few
  if (first === undefined) return true
  const place = many.findIndex((name) => agreement(name, first) !== 'no')
  return place >= 0 && isWithin(more, many.slice(place + 1))
}

const agreement = (one: string, other: string): NameMatch => {
  if (one[0] !== other[0]) return 'no'
  if (isInitial(one) || isInitial(other)) return 'maybe'
  if (one === other) return 'yes'
  return isSpeltAlike(one, other) ? 'maybe' : 'no'
}

/** A letter alone; a character that has no case is a whole name. */
const isInitial = (name: string) => name.length === 1 && name.toUpperCase() !== name

/** Chris and Christopher, Mohamed and Muhammad: one given name, shortened or transcribed otherwise. Joan and Jane are two. */
const isSpeltAlike = (one: string, other: string) =>
  one.startsWith(other) ||
  other.startsWith(one) ||
  (consonants(one) === consonants(other) && consonants(one).length >= 3)

const consonants = (name: string) =>
  name.slice(0, 1) +
  name
    .slice(1)
    .replace(/[aeiouyhw]/g, '')
    .replace(/(.)\1+/gu, '$1')
