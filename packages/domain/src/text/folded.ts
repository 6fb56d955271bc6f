import { plainDigits } from './identifier-text.ts'
import { normal } from './normal.ts'
import { SPELT_OUT } from './spelt-out.ts'

/** Letters that some write with a second letter and others with none: Müller is Mueller, and Muller too. */
const SPELT_LONG: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** A text without what cannot be seen, in small letters, with one apostrophe, one dash and the digits 0 to 9. */
export const seen = (text: string): string =>
  // Before the rest: taken apart, an acute accent that stands alone becomes a space.
  plainDigits(
    normal(
      text
        .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
        .replace(/[’‘‛ʼʻʽʾʿʹ′`´＇]/g, "'")
        .replace(/[\p{Pd}\u2212]/gu, '-'),
      'NFKC',
    ).toLowerCase(),
  )

/** The letters of a text that was `seen`, without their marks. */
export const folded = (text: string): string =>
  normal(text, 'NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþħŋŧıς]/g, (letter) => SPELT_OUT[letter] ?? letter)

const speltLong = (text: string) => folded(text.replace(/[äöüøå]/g, (letter) => SPELT_LONG[letter] ?? letter))
/** An apostrophe or a hyphen is nothing, and a hyphen at the end of a line only breaks the word. */
const joined = (text: string) => text.replace(/'|-(?:[^\S\n]*\n\s*)?/g, '')

/** The words and numbers of a folded text; where letters meet digits a word ends. */
export const tokensOf = (text: string): readonly string[] => text.match(/\p{L}+|\p{N}+/gu) ?? []

/** Every way to read the words of a text: umlauts short or long, apostrophes and hyphens as nothing or as a break. */
export const readingsOfText = (text: string): readonly (readonly string[])[] => {
  const plain = seen(text)
  return [folded(plain), speltLong(plain)].flatMap((one) => [tokensOf(one), tokensOf(joined(one))])
}
