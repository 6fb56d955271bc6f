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
