import type { Branded } from './ids.ts'
import { identifierText } from './text/identifier-text.ts'
import { parseDate } from './time.ts'

/** The number that the NHS in England, Wales, Scotland or Northern Ireland knows a child by: ten digits and nothing else. */
export type ChildNumber = Branded<'ChildNumber'>
/** Who gives the number out: NHS (England and Wales), CHI (Scotland) or H&C (Northern Ireland). */
export type NumberSystem = 'nhs' | 'chi' | 'hc'

/** Reads the number of a child, however it is spaced, and says why one cannot be right. Never mandatory: newborns and visitors may have none. */
export const parseChildNumber = (
  text: string,
  { inventedAllowed }: { readonly inventedAllowed: boolean },
):
  | { readonly kind: 'read'; readonly number: ChildNumber; readonly system: NumberSystem }
  | { readonly kind: 'not-ten-digits' | 'check-digit' | 'never-issued' | 'invented' } => {
  const digits = tenDigits(text)
  if (digits === undefined) return { kind: 'not-ten-digits' }
  // 0000000000 and 1111111111 pass the check, and were never issued.
  if (/^(\d)\1{9}$/.test(digits)) return { kind: 'never-issued' }
  if (!passesCheck(digits)) return { kind: 'check-digit' }
  if (digits.startsWith('999') && !inventedAllowed) return { kind: 'invented' }
  // Checked digit by digit above: this is the one place that may say so.
  return { kind: 'read', number: digits as unknown as ChildNumber, system: systemOf(digits) }
}

/** Ten digits however they are spaced, in the form in which they are kept; whether they can be right is a question of its own. */
export const tenDigits = Object.assign(
  (text: string): string | undefined => {
    const digits = identifierText(text)
    return /^\d{10}$/.test(digits) ? digits : undefined
  },
  { pattern: '^\\d{10}$' },
)

/** The number as it is shown: 999 010 0071. */
export const sayChildNumber = (digits: string): string => digits.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')

/** The modulus 11 check that NHS, CHI and H&C numbers share (S-NHSNO). */
export const passesCheck = (digits: string): boolean => {
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const check = (11 - (sum % 11)) % 11
  return check !== 10 && check === Number(digits[9])
}

/** A CHI number begins with a birthday, DDMMYY; Northern Ireland has the range from 320 000 001; all else is the NHS's. */
export const systemOf = (digits: string): NumberSystem => {
  const [day, month, year] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)]
  // Of a year with two digits nobody knows the century: 2000 was a leap year and 1900 was not.
  if (parseDate(`20${year}-${month}-${day}`) !== undefined) return 'chi'
  return digits >= '3200000010' && digits < '4000000000' ? 'hc' : 'nhs'
}
