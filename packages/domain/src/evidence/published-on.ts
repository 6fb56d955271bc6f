import { must } from '../ids.ts'
import { addDays, addMonths, type CalendarDate, parseDate } from '../time.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

type Parts = { readonly year: string | null; readonly month: string | null; readonly day: string | null }

/** As much of a date as there is: a day that does not exist leaves its month, and a month that does not, its year. */
export const publishedOn = ({ year, month, day }: Parts): string | null => {
  if (year === null || !/^\d{4}$/.test(year)) return null
  const inMonth = `${year}-${(month ?? '').padStart(2, '0')}`
  if (month === null || parseDate(`${inMonth}-01`) === undefined) return year
  const onDay = `${inMonth}-${(day ?? '').padStart(2, '0')}`
  return day === null || parseDate(onDay) === undefined ? inMonth : onDay
}

/** The days on which a work may have come out: of a year or a month, the first and the last. */
export const daysOf = (
  on: string,
): CalendarDate | { readonly earliest: CalendarDate; readonly latest: CalendarDate } => {
  const [year, month, day] = on.split('-')
  const earliest = must(parseDate, `${year}-${month ?? '01'}-${day ?? '01'}`)
  if (day !== undefined) return earliest
  return { earliest, latest: addDays(addMonths(earliest, month === undefined ? 12 : 1), -1) }
}

/** Reads a MEDLINE date: 2024, 2024 Mar, 2024 Mar 5, 2024 Winter, or 2023 Dec-2024 Jan. */
export const medlineDate = (text: string): string | null => {
  const [from = '', ...more] = text.split(/[-–/]/)
  const to = more.at(-1)
  const first = partsOf(from)
  if (to === undefined) return publishedOn(first)

  // Of a span, the end: what counts for so many months after it came out counts for as long as it may.
  const last = partsOf(to)
  const isDayAlone = /^\s*\d{1,2}\s*$/.test(to)
  return publishedOn({
    year: last.year ?? first.year,
    month: isDayAlone ? first.month : last.month,
    day: isDayAlone ? to.trim() : last.day,
  })
}

const partsOf = (text: string): Parts => {
  const month = MONTHS.indexOf(/\b[a-z]{3}\b/i.exec(text)?.[0].toLowerCase() ?? '')
  return {
    year: /\b\d{4}\b/.exec(text)?.[0] ?? null,
    month: month < 0 ? null : String(month + 1),
    day: month < 0 ? null : (/\b\d{1,2}\b/.exec(text)?.[0] ?? null),
  }
}
