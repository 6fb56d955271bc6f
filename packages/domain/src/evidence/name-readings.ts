import { foldLetters, isInitials, nameWords } from './name-words.ts'

/** One way to read a name. A given name of one letter is an initial; the family name is one word, however it is spaced. */
export type NameReading = { readonly family: string; readonly given: readonly string[] }

/** More words than this are no person's name, and would take long to try. */
const MOST_WORDS = 12

/** Every way to read a name: where no comma says so, nobody knows where “Ada Muster Beispiel” has its family name. */
export const readingsOf = (name: string): readonly NameReading[] => {
  const read = nameWords(name)
  // In a name all in capitals, capitals do not make initials.
  const isMixed = /\p{Ll}/u.test(name)
  if (read.kind === 'inverted') return [reading(read.family, givenOf(read.given, isMixed))]

  const { words } = read
  if (words.length === 0 || words.length > MOST_WORDS) return []
  if (words.length === 1) return [reading(words, [])]
  const cited = trailingInitials(words)
  const inverted = cited > 0 ? [reading(words.slice(0, -cited), initialsOf(words.slice(-cited)))] : []
  if (cited > 0 && isMixed) return inverted
  const splits = words.slice(1).map((_, place) => {
    const given = givenOf(words.slice(0, place + 1), isMixed)
    return reading(words.slice(place + 1), given)
  })
  return [...inverted, ...splits]
}

const reading = (family: readonly string[], given: readonly string[]): NameReading => ({
  family: family.map((word) => foldLetters(word)).join(''),
  given,
})

const givenOf = (words: readonly string[], isMixed: boolean): readonly string[] =>
  words.flatMap((word) => (isMixed && isInitials(word) ? initialsOf([word]) : [foldLetters(word)]))

/** “Þ” is the initial t: one letter each, even where it is spelt out with two. */
const initialsOf = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => Array.from(word, (letter) => foldLetters(letter).slice(0, 1)))

const trailingInitials = (words: readonly string[]) => {
  const lastOther = words.findLastIndex((word) => !isInitials(word))
  return words.length - 1 - Math.max(lastOther, 0)
}
