import type { Branded } from './ids.ts'

/** Ten digits that pass the modulus 11 check (S-NHSNO). Never mandatory: newborns and visitors may have none. */
export type NhsNumber = Branded<'NhsNumber'>

/** Reads an NHS number written with or without spaces, and says why one is none. */
export const parseNhsNumber = (
  text: string,
  { inventedAllowed }: { readonly inventedAllowed: boolean },
):
  | { readonly kind: 'read'; readonly number: NhsNumber }
  | { readonly kind: 'not-ten-digits' | 'check-digit' | 'never-issued' | 'invented' } => {
  const digits = text.replace(/[\s-]/g, '')
  if (!/^\d{10}$/.test(digits)) return { kind: 'not-ten-digits' }
  // 0000000000 and 1111111111 pass the check, and were never issued.
  if (/^(\d)\1{9}$/.test(digits)) return { kind: 'never-issued' }
  const sum = [...digits.slice(0, 9)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
  const check = (11 - (sum % 11)) % 11
  if (check === 10 || check !== Number(digits[9])) return { kind: 'check-digit' }
  if (digits.startsWith('999') && !inventedAllowed) return { kind: 'invented' }
  return { kind: 'read', number: digits as unknown as NhsNumber }
}
