import type { CalendarDate } from '../time.ts'
import type { Find } from './finds.ts'

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
]
/** What stands between the parts of a date and says nothing. */
const FILLERS = new Set(
  'st nd rd th of the on in mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday'.split(
    ' ',
  ),
)
/** More signs than this between two parts, and they are not one date. */
const WIDEST = 5

type Found = Omit<Find, 'at'>
type Token = { readonly text: string; readonly gap: string }

/** The birthday in a folded text: day, month and year in any order, with anything or nothing between them. */
export const birthdayIn = (text: string, bornOn: CalendarDate): readonly Found[] => {
  const tokens = datesOf(text)
  const day = partsOf(bornOn)
  const compact = writtenAsOne(day)
  const finds = new Map<string, Found>()
  for (const n of tokens.keys()) {
    const [one, two, three] = [tokens[n], tokens[n + 1], tokens[n + 2]]
    if (!one) continue
    const near = two && two.gap.length <= WIDEST
    const all = near && three && three.gap.length <= WIDEST ? [one, two, three] : undefined
    const sure = [
      compact.get(one.text),
      near && one.text.length + two.text.length === 8 ? compact.get(one.text + two.text) : undefined,
      all && asDate(all, day),
    ].filter((is) => is !== undefined)
    if (sure.length === 0) continue
    const word = (all ?? [one]).map((token) => token.text).join(' ')
    finds.set(word, { what: 'birthday', word, isCertain: sure.includes(true), around: [word] })
  }
  return [...finds.values()]
}

/** The words and numbers of a text, each with what stands before it, without the words that only fill a date. */
const datesOf = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  let gap = ''
  for (const [part] of text.matchAll(/\p{L}+|\p{N}+|[^\p{L}\p{N}]+/gu)) {
    if (!/^[\p{L}\p{N}]/u.test(part)) gap += part.slice(0, WIDEST + 1)
    else if (FILLERS.has(part)) gap += ' '
    else {
      tokens.push({ text: part, gap })
      gap = ''
    }
  }
  return tokens
}

type Day = { readonly day: number; readonly month: number; readonly year: string }
const partsOf = (on: CalendarDate): Day => ({
  day: Number(on.slice(8)),
  month: Number(on.slice(5, 7)),
  year: on.slice(0, 4),
})

type Role = 'd' | 'm' | 'name' | 'y' | 'yy'
const rolesOf = (text: string, { day, month, year }: Day): readonly Role[] => {
  const isShort = /^\d{1,2}$/.test(text)
  const roles: readonly (readonly [Role, boolean])[] = [
    ['d', isShort && Number(text) === day],
    ['m', isShort && Number(text) === month],
    ['name', text.length > 2 && (MONTHS[month - 1] ?? '').startsWith(text)],
    ['y', text === year],
    ['yy', text === year.slice(2)],
  ]
  return roles.flatMap(([role, is]) => (is ? [role] : []))
}

/** Whether three parts are the birthday: surely, likely (true and false), or not at all. */
const asDate = (tokens: readonly Token[], day: Day): boolean | undefined => {
  const [first = [], second = [], third = []] = tokens.map(({ text }) => rolesOf(text, day))
  const orders = first.flatMap((a) => second.flatMap((b) => third.map((c) => [a, b, c])))
  const dates = orders.filter(
    (roles) =>
      roles.includes('d') &&
      (roles.includes('m') || roles.includes('name')) &&
      (roles.includes('y') || roles.includes('yy')),
  )
  if (dates.length === 0) return undefined
  const gaps = new Set(tokens.slice(1).map(({ gap }) => gap))
  // Three numbers with a space or a comma between them may be doses; with dots or strokes they are a day.
  const isSetOut = gaps.size === 1 && [...gaps].every((gap) => /^[./_-]$/.test(gap))
  return dates.some((roles) => {
    if (roles.includes('name')) return true
    const isUsual = ['dmy', 'ymd', 'dmyy', 'yymd'].includes(roles.join(''))
    // In another order it may be another day: 5/4/2018 is the fifth of April too.
    return isUsual && (roles.includes('y') || isSetOut)
  })
}

/** The birthday in digits with nothing between: whether it is that surely. */
const writtenAsOne = ({ day, month, year }: Day): ReadonlyMap<string, boolean> => {
  const both = (n: number) => [String(n).padStart(2, '0'), String(n)]
  const ways = both(day).flatMap((d) =>
    both(month).flatMap((m) =>
      [year, year.slice(2)].flatMap((y): readonly (readonly [string, boolean])[] => [
        [d + m + y, true],
        [y + m + d, true],
        [m + d + y, false],
        [y + d + m, false],
      ]),
    ),
  )
  // Of fewer digits there are too many that mean something else. What is sure one way is sure.
  const long = ways.filter(([text]) => text.length >= 6)
  return new Map([...long.filter(([, isSure]) => !isSure), ...long.filter(([, isSure]) => isSure)])
}
