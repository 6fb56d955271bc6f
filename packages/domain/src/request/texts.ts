import type { GmcNumber } from '../ids.ts'
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
  const words = new Set(text.split(/[^\p{L}\p{N}]+/u))
  // Two letters are a word of half the sentences there are; the form warns about those names instead.
  const names = plain(`${child.givenName} ${child.familyName}`)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((name) => name.length > 2)
  const named = names.find((name) => words.has(name))
  if (named) return named
  const digits = text.replace(/[\s-]/g, '')
  if (child.nhsNumber && digits.includes(child.nhsNumber.replace(/[\s-]/g, ''))) return 'the NHS number'
  const [year = '', month = '', day = ''] = child.bornOn.split('-')
  const birthdays = [`${year}-${month}-${day}`, `${day}/${month}/${year}`, `${Number(day)}/${Number(month)}/${year}`]
  return birthdays.some((birthday) => text.includes(birthday)) ? 'the date of birth' : null
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
