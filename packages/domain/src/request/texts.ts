import type { GmcNumber } from '../ids.ts'
import { normal } from '../text/normal.ts'
import type { CalendarDate } from '../time.ts'

/** The question without the child's identity: all that those who are asked may see. */
export type Brief = {
  readonly question: string
  readonly background: string
  readonly team: readonly { readonly gmc: GmcNumber; readonly name: string }[]
}

export type ChildIdentity = {
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: CalendarDate
  readonly nhsNumber: string | null
}

export type Narrative = {
  readonly summary: string
  readonly teamView: string
  readonly familyQuestions: readonly string[]
}

export const bases = ['records', 'video', 'in-person'] as const
export const diagnosisViews = ['agree', 'refine', 'differ', 'cannot-say'] as const
export const planViews = ['supports', 'supports-with-changes', 'does-not-support', 'insufficient'] as const

/** The written opinion: advisory, care stays with the treating team (forms C.4). */
export type Opinion = {
  readonly basis: (typeof bases)[number]
  readonly limits: string
  readonly diagnosis: (typeof diagnosisViews)[number]
  readonly plan: (typeof planViews)[number]
  readonly reasoning: string
  readonly answers: readonly string[]
  readonly plainSummary: string
}

/** What of the child a brief gives away, if anything: a word of the name, the number, or the birthday. */
export const identityIn = (brief: Brief, child: ChildIdentity): string | null => {
  const text = plain([brief.question, brief.background].join(' '))
  const words = new Set(wordsOf(text))
  // Two letters are a word of half the sentences there are, and what stands for a name names nobody.
  const names = wordsOf(plain(`${child.givenName} ${child.familyName}`))
  const named = names.find((name) => name.length > 2 && !placeholders.has(name) && words.has(name))
  if (named) return named
  const digits = text.replace(/[\s-]/g, '')
  if (child.nhsNumber && digits.includes(child.nhsNumber.replace(/[\s-]/g, ''))) return 'the NHS number'
  return birthday(child.bornOn).test(text) ? 'the date of birth' : null
}

const plain = (text: string) => normal(text, 'NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsOf = (text: string) => text.split(/[^\p{L}\p{N}]+/u)

/** What a newborn is called before it has a name, and twins are told apart by. */
const placeholders = new Set(['baby', 'infant', 'boy', 'girl', 'male', 'female', 'twin', 'one', 'two', 'three'])

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day as people write it: 2019-03-04, 4/3/19, 04.03.2019, 4th March 2019, March 4, 2019. */
const birthday = (on: CalendarDate) => {
  const [century, year, month, day] = [on.slice(0, 2), on.slice(2, 4), Number(on.slice(5, 7)), Number(on.slice(8))]
  const [d, m, y] = [`0?${day}(?:st|nd|rd|th)?`, `0?${month}`, `(?:${century})?${year}`]
  const name = `${months[month - 1]}\\p{L}*`
  const ways = [
    [century + year, m, d],
    [d, `(?:${m}|${name})`, y],
    [name, d, y],
  ].map((way) => way.join('[\\s./,-]+'))
  return new RegExp(`(?<!\\p{N})(?:${ways.join('|')})(?!\\p{N})`, 'u')
}
