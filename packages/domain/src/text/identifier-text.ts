import { normal } from './normal.ts'

/** A digit of any script is one of ten in a row, so its value is how many digits stand before it. */
const digitOf = (digit: string): number => {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return value
}

/** The same text with the digits of every script written 0 to 9. */
export const plainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => (digit >= '0' && digit <= '9' ? digit : String(digitOf(digit))))

/**
 * A number or code as people type and paste it, without what only spaces it out: spaces, dashes and joiners of every kind.
 * Every reader of an NHS, CHI, H&C, GMC or ODS code goes through this, so all of them forgive the same things.
 */
export const identifierText = (text: string): string =>
  plainDigits(normal(text, 'NFKC'))
    .replace(/[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Pd}\u2212]/gu, '')
    .toUpperCase()
