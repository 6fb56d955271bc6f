import type { GmcNumber } from '../ids.ts'
import type { JointWorkSaid, WorkSaid } from '../independence/facts.ts'
import { addMonths, type CalendarDate } from '../time.ts'
import { authorMatch, type JointWork, jointWorks } from './joint-works.ts'
import { type Author, type Work, workIds } from './work.ts'

/** A work that bears, or seems to bear, the name of a treating consultant: the clinician says whether both wrote it. */
export type WorkToSay = Pick<JointWorkSaid, 'with' | 'work' | 'evidence'> & {
  /** The treating consultant, as the request names them. */
  readonly name: string
  readonly match: JointWork['match']
}
export type WorkAnswer = Pick<JointWorkSaid, 'with' | 'evidence' | 'said'>

type Asking = {
  readonly works: readonly Work[]
  /** The clinician's own name: of each work one author of it is the clinician, whoever else is called so too. */
  readonly self: string
  readonly team: readonly { readonly gmc: GmcNumber; readonly name: string }[]
  readonly said: readonly JointWorkSaid[]
  /** A work of more authors than this says nothing about any two of them. */
  readonly consortiumFrom: number
  readonly on: CalendarDate
  readonly digest: (text: string) => string
}

/** What is derived of a clinician's works about the treating consultants and not settled by a word that still holds. */
export const worksToSay = ({ works, self, team, said, consortiumFrom, on, digest }: Asking): readonly WorkToSay[] => {
  const others = works.map((work) => ({ ...work, authors: othersThan(self, work.authors) }))
  return team.flatMap(({ gmc, name }) =>
    jointWorks({ works: others, consortiumFrom }, { name, alsoKnownAs: [], orcid: null }).flatMap(({ work, match }) => {
      const seen = { ids: workIds(work), title: work.title, on: work.on, authorCount: work.authorCount }
      const evidence = digest(JSON.stringify([seen, match])).slice(0, 16)
      const isSettled = said.some((one) => one.with === gmc && one.evidence === evidence && stillHolds(one, on))
      return isSettled ? [] : [{ with: gmc, name, work: seen, match, evidence }]
    }),
  )
}

const othersThan = (self: string, authors: readonly Author[]): readonly Author[] => {
  const matchOf = authorMatch({ name: self, alsoKnownAs: [], orcid: null })
  const own = authors.find((one) => matchOf(one) === 'name') ?? authors.find((one) => matchOf(one) === 'initials')
  return authors.filter((one) => one !== own)
}

/** A dismissal lapses; a confirmation does not. */
const stillHolds = ({ until }: JointWorkSaid, on: CalendarDate) => until === null || on <= until

const DISMISSED_FOR_MONTHS = 12

/** A clinician's word on a work, to be kept: that it is not theirs, or not that consultant's, is asked again after a year. */
export const wordOn = (
  { with: consultant, work, evidence }: Pick<WorkToSay, 'with' | 'work' | 'evidence'>,
  said: WorkSaid,
  saidOn: CalendarDate,
): JointWorkSaid => ({
  with: consultant,
  work,
  evidence,
  said,
  saidOn,
  until: said === 'both' ? null : addMonths(saidOn, DISMISSED_FOR_MONTHS),
})

/** The answers to what was asked; refused where one is missing, or speaks of what was not asked. */
export const wordsOn = (
  asked: readonly WorkToSay[],
  answers: readonly WorkAnswer[],
  on: CalendarDate,
):
  | { readonly kind: 'said'; readonly said: readonly JointWorkSaid[] }
  | { readonly kind: 'works-to-say'; readonly missing: readonly WorkToSay[]; readonly notAsked: number } => {
  const isOn = (answer: WorkAnswer, one: WorkToSay) => answer.with === one.with && answer.evidence === one.evidence
  const said = asked.map((one) => ({ one, answer: answers.findLast((answer) => isOn(answer, one)) }))
  const missing = said.flatMap(({ one, answer }) => (answer ? [] : [one]))
  const notAsked = answers.filter((answer) => !asked.some((one) => isOn(answer, one))).length
  if (missing.length > 0 || notAsked > 0) return { kind: 'works-to-say', missing, notAsked }
  return { kind: 'said', said: said.flatMap(({ one, answer }) => (answer ? [wordOn(one, answer.said, on)] : [])) }
}

/** What was said before and now: of one work and one consultant the later word counts. */
export const withWords = (
  before: readonly JointWorkSaid[],
  now: readonly JointWorkSaid[],
): readonly JointWorkSaid[] => {
  const isSame = (one: JointWorkSaid, other: JointWorkSaid) =>
    one.with === other.with && one.work.ids.some((id) => other.work.ids.includes(id))
  return [...before.filter((one) => !now.some((later) => isSame(one, later))), ...now]
}
