import { plainDigits } from '@concord/domain/text/identifier-text'
import { normal } from '@concord/domain/text/normal'

/** The three boxes of a date as somebody filled them in. */
export type DateParts = { readonly day: string; readonly month: string; readonly year: string }
type ReadDate = { readonly iso: string } | { readonly part: keyof DateParts; readonly problem: string }

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]

/** Reads a date from its three boxes: the month by number, name or short name, and digits in any width or script. */
export const readDate = ({ day, month, year }: DateParts): ReadDate => {
  const [d, m, y] = [numberIn(day), monthIn(month), numberIn(year)]
  if (d === undefined || d < 1 || d > 31) return { part: 'day', problem: 'The day must be a number from 1 to 31' }
  if (m === undefined)
    return { part: 'month', problem: 'The month must be a number from 1 to 12, or a name such as May' }
  if (y === undefined || plain(year).length !== 4)
    return { part: 'year', problem: 'The year must have four figures, such as 2019' }
  const last = daysIn(m, y)
  if (d > last)
    return { part: 'day', problem: `The day must be a number from 1 to ${last}, since ${capital(m)} ${y} has no more` }
  return { iso: [String(y).padStart(4, '0'), String(m).padStart(2, '0'), String(d).padStart(2, '0')].join('-') }
}

const plain = (text: string) => plainDigits(normal(text, 'NFKC')).trim().toLowerCase()
const numberIn = (text: string) => (/^\d{1,4}$/.test(plain(text)) ? Number(plain(text)) : undefined)

/** Sept. is no less September than 9 is; of two letters nobody knows which month they begin. */
const monthIn = (text: string) => {
  const typed = plain(text).replace(/\.$/, '')
  const number =
    numberIn(typed) ?? (/^\p{L}{3,}$/u.test(typed) ? MONTHS.findIndex((one) => one.startsWith(typed)) + 1 : 0)
  return number >= 1 && number <= 12 ? number : undefined
}

const capital = (month: number) => {
  const name = MONTHS[month - 1] ?? ''
  return name.charAt(0).toUpperCase() + name.slice(1)
}
const daysIn = (month: number, year: number) => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}
