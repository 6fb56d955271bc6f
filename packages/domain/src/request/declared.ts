import type { WorkAnswer } from '../evidence/works-to-say.ts'
import type { GmcNumber, Subject } from '../ids.ts'
import {
  type CaseDeclaration,
  type DeclaredTies,
  type InterestRule,
  interestRules,
  type OpeningAnswers,
  type Said,
} from '../independence/facts.ts'
import { type Assessment, passes, type VerdictKind } from '../independence/verdict.ts'
import type { NonEmpty } from '../result.ts'
import type { Instant } from '../time.ts'

const tieRules = ['C07', 'C08', 'C10', 'C12'] as const
const openingRules = ['C05', 'C12', 'C13'] as const
/** Every rule that a clinician answers a question on, in the order in which the questions are asked. */
export const questionRules = ['C05', 'C06', 'C13', ...tieRules, ...interestRules] as const
export type QuestionRule = (typeof questionRules)[number]

/** One question of a declaration, and the treating consultant it is about, if it is about one. */
export type Question = { readonly rule: QuestionRule; readonly about: GmcNumber | null }
export type AnswerWord = Said | CaseDeclaration['C06'] | DeclaredTies['C10']
/** An answer other than a plain no: what is not listed was answered no. */
export type SaidAnswer = Question & { readonly answer: Exclude<AnswerWord, 'no'> }

/** What a clinician said, in codes alone: on the questions, and on the works that bear a treating consultant's name. */
export type Answers = { readonly said: readonly SaidAnswer[]; readonly works: readonly WorkAnswer[] }

/** Answers as they were signed: the first is version 1, and each change of mind one more. */
export type SignedAnswers = Answers & {
  readonly version: number
  readonly signedAt: Instant
  readonly signedBy: Subject
  /** What the rules made of them at that moment, and which rules barred or could not be settled. */
  readonly verdict: VerdictKind
  readonly rules: readonly string[]
}

/** How an open question was settled with the clinician: in codes, since free text about people is not kept here. */
export const settledHows = ['spoke-with-clinician', 'clinician-wrote', 'employer-or-trust-confirmed'] as const
export type SettledHow = (typeof settledHows)[number]
export type Settlement = Question & { readonly answer: Exclude<AnswerWord, 'unsure'>; readonly how: SettledHow }
export type SettledAnswer = Settlement & {
  /** Of which signed answers the question was open. */
  readonly version: number
  readonly settledAt: Instant
  readonly settledBy: Subject
}

/**
 * Where a declaration has come to: a rule bars, and the clinician is out; the network settles what is open; the network decides on
 * a change of mind; or nothing is in question, and the next step is judged by these answers.
 */
export const answersStands = ['barred', 'to-settle', 'to-decide', 'settled'] as const
export type AnswersStand = (typeof answersStands)[number]
export const declarationDecisions = ['first-stands', 'ask-again'] as const
export type DeclarationDecision = (typeof declarationDecisions)[number]
export const declaredStages = ['acceptance', 'opening'] as const
export type DeclaredStage = (typeof declaredStages)[number]

/** All that one clinician signed for one request at one stage. Nothing of it is ever taken away. */
export type AnswersOnRecord = {
  readonly stage: DeclaredStage
  readonly signed: NonEmpty<SignedAnswers>
  /** The version that counts: a later one counts only once the network has asked again. */
  readonly counts: number
  readonly settled: readonly SettledAnswer[]
  readonly stands: AnswersStand
  /** Where it had come to before a change of mind that is still to be decided on. */
  readonly stood: AnswersStand
}

/** Where several answers may be given, the lighter yes is one of them. */
const gradedRules: readonly QuestionRule[] = [
  'C15',
  'C16',
  'C18',
  'C20',
  'C22',
  'C23',
  'C30',
  'C31',
] satisfies readonly InterestRule[]

/** What a question may be settled as. */
export const settlingAnswers = (rule: QuestionRule): readonly Settlement['answer'][] => {
  if (rule === 'C10') return ['no', 'they-taught-me', 'i-taught-them', 'trained-together']
  if (rule === 'C06') return ['no', 'urgency-triage', 'yes']
  return gradedRules.includes(rule) ? ['no', 'yes-lighter', 'yes'] : ['no', 'yes']
}

/** A case declaration in codes. A treating consultant who was left out is one on whom every question is open. */
export const answersOf = (
  { C05, C06, C13, consultants, interests }: Omit<CaseDeclaration, 'signedAt'>,
  treating: readonly GmcNumber[],
): readonly SaidAnswer[] => {
  const ties = treating.flatMap((gmc) => {
    const said = consultants.filter((one) => one.gmc === gmc)
    const toEach = said.length > 0 ? said : [leftOut(gmc)]
    return tieRules.flatMap((rule) => toEach.flatMap((one) => unlessNo(rule, one[rule], gmc)))
  })
  return [
    ...unlessNo('C05', C05),
    ...unlessNo('C06', C06),
    ...unlessNo('C13', C13),
    ...once(ties),
    ...interestRules.flatMap((rule) => unlessNo(rule, interests[rule])),
  ]
}

/** The answers at the opening, in codes. */
export const openingAnswersOf = (answers: Omit<OpeningAnswers, 'answeredAt'>): readonly SaidAnswer[] =>
  openingRules.flatMap((rule) => unlessNo(rule, answers[rule]))

const unlessNo = (rule: QuestionRule, answer: AnswerWord, about: GmcNumber | null = null): readonly SaidAnswer[] =>
  answer === 'no' ? [] : [{ rule, about, answer }]
const leftOut = (gmc: GmcNumber): DeclaredTies => ({ gmc, C07: 'unsure', C08: 'unsure', C10: 'unsure', C12: 'unsure' })

/** The declaration that answers in codes stand for, so that the engine can judge what was settled. */
export const declarationOf = (
  said: readonly SaidAnswer[],
  treating: readonly GmcNumber[],
  signedAt: Instant,
): CaseDeclaration => {
  const [anyOf, discussed, taught] = [answerIn(plainWords), answerIn(discussedWords), answerIn(taughtWords)]
  const interest = answerIn(interestWords)
  return {
    signedAt,
    C05: anyOf(said, 'C05'),
    C06: discussed(said, 'C06'),
    C13: anyOf(said, 'C13'),
    consultants: treating.map((gmc) => ({
      gmc,
      C07: anyOf(said, 'C07', gmc),
      C08: anyOf(said, 'C08', gmc),
      C10: taught(said, 'C10', gmc),
      C12: anyOf(said, 'C12', gmc),
    })),
    // One for each rule of the list.
    interests: Object.fromEntries(
      interestRules.map((rule) => [rule, interest(said, rule)]),
    ) as CaseDeclaration['interests'],
  }
}

/** The same of the answers at the opening. */
export const openingOf = (said: readonly SaidAnswer[], answeredAt: Instant): OpeningAnswers => {
  const anyOf = answerIn(plainWords)
  return { answeredAt, C05: anyOf(said, 'C05'), C12: anyOf(said, 'C12'), C13: anyOf(said, 'C13') }
}

const plainWords = ['yes', 'unsure', 'no'] as const
const discussedWords = ['yes', 'unsure', 'urgency-triage', 'no'] as const
const taughtWords = ['they-taught-me', 'unsure', 'i-taught-them', 'trained-together', 'no'] as const
const interestWords = ['yes', 'unsure', 'yes-lighter', 'no'] as const
/** Of several answers to one question the weightiest; a word the question does not know is never taken for a no. */
const answerIn =
  <Word extends AnswerWord>(words: readonly (Word | 'unsure')[]) =>
  (said: readonly SaidAnswer[], rule: QuestionRule, about: GmcNumber | null = null): Word | 'unsure' => {
    const given = said.filter((one) => one.rule === rule && one.about === about).map(({ answer }) => answer)
    if (given.length === 0) return words.at(-1) ?? 'unsure'
    return words.find((word) => given.some((one) => one === word)) ?? 'unsure'
  }

const keyOf = ({ rule, about }: Question) => `${rule} ${about ?? ''}`
const isAbout = (one: Question) => (other: Question) => keyOf(one) === keyOf(other)
const once = <T extends SaidAnswer>(list: readonly T[]): readonly T[] => [
  ...new Map(list.map((one) => [`${keyOf(one)} ${one.answer}`, one])).values(),
]

/** The questions to which two lists of answers do not say the same. */
export const changedQuestions = (before: readonly SaidAnswer[], now: readonly SaidAnswer[]): readonly Question[] => {
  const words = (said: readonly SaidAnswer[], question: Question) =>
    said
      .filter(isAbout(question))
      .map(({ answer }) => answer)
      .toSorted()
      .join()
  const asked = new Map([...before, ...now].map(({ rule, about }) => [keyOf({ rule, about }), { rule, about }]))
  return [...asked.values()].filter((question) => words(before, question) !== words(now, question))
}

/** Whether the same is said again: to each question, and of each work that was spoken of before. */
export const saysTheSame = (before: Answers, now: Answers): boolean =>
  changedQuestions(before.said, now.said).length === 0 &&
  before.works.every((was) =>
    now.works.some((is) => is.with === was.with && is.evidence === was.evidence && is.said === was.said),
  )

/** What was signed last, whether it counts or not. */
export const newestOf = ({ signed }: AnswersOnRecord): SignedAnswers => signed.at(-1) ?? signed[0]
const countingOf = ({ signed, counts }: AnswersOnRecord): SignedAnswers =>
  signed.find(({ version }) => version === counts) ?? signed[0]

/** What counts now: the answers signed, with what was settled since in the place of what was open. */
export const effectiveOf = (record: AnswersOnRecord): Answers => {
  const { said, works, version } = countingOf(record)
  const settled = record.settled.filter((one) => one.version === version)
  return { said: withSettled(said, settled), works }
}

/** Answers with some of their questions settled. */
export const withSettled = (said: readonly SaidAnswer[], settled: readonly Settlement[]): readonly SaidAnswer[] =>
  said.flatMap((one): readonly SaidAnswer[] => {
    const now = settled.find(isAbout(one))
    if (!now) return [one]
    return unlessNo(now.rule, now.answer, now.about)
  })

/** The questions that the network settles with the clinician: what was answered with "unsure" and is still open. */
export const openQuestions = (record: AnswersOnRecord): readonly Question[] =>
  record.stands === 'to-settle'
    ? effectiveOf(record).said.flatMap(({ rule, about, answer }) => (answer === 'unsure' ? [{ rule, about }] : []))
    : []

/** What stands in the way of a settlement: a question without an answer, or an answer to what was not open or cannot be said. */
export const notSettled = (
  open: readonly Question[],
  settled: readonly Settlement[],
): { readonly missing: readonly Question[]; readonly notAsked: number } => ({
  missing: open.filter((question) => settled.filter(isAbout(question)).length !== 1),
  notAsked: settled.filter((one) => !open.some(isAbout(one)) || !settlingAnswers(one.rule).includes(one.answer)).length,
})

type Given = {
  readonly answers: Answers
  readonly assessment: Assessment
  readonly at: Instant
  readonly by: Subject
}

/** What comes of answers that a clinician signs, beside those they signed before. */
export type Answered =
  /** Nothing stands in the way of the step. */
  | { readonly kind: 'goes-on'; readonly signed: SignedAnswers }
  | { readonly kind: 'recorded'; readonly signed: SignedAnswers; readonly stands: AnswersStand }
  /** The same as is on record already, and somebody else's turn. */
  | { readonly kind: 'answer-on-record'; readonly stands: AnswersStand }

/**
 * Judges answers beside what is on record. What bars, bars at once. Whatever else differs from what counts is a change of mind,
 * and counts only once the network has asked again: so no answer gets milder by being sent a second time.
 */
export const judgeAnswers = (before: AnswersOnRecord | undefined, { answers, assessment, at, by }: Given): Answered => {
  const signed: SignedAnswers = {
    ...answers,
    version: (before?.signed.length ?? 0) + 1,
    signedAt: at,
    signedBy: by,
    verdict: assessment.verdict,
    rules: blockingRules(assessment),
  }
  const isChanged =
    before && !saysTheSame(before.stands === 'to-decide' ? newestOf(before) : effectiveOf(before), answers)
  if (before && !isChanged && before.stands !== 'settled') return { kind: 'answer-on-record', stands: before.stands }
  if (assessment.verdict === 'barred') return { kind: 'recorded', signed, stands: 'barred' }
  if (isChanged) return { kind: 'recorded', signed, stands: 'to-decide' }
  return passes(assessment) ? { kind: 'goes-on', signed } : { kind: 'recorded', signed, stands: 'to-settle' }
}

/** The rules that bar; where none does, those that cannot be settled. */
export const blockingRules = ({ verdict, findings }: Assessment): readonly string[] => {
  const weight = verdict === 'barred' ? 'BAR' : 'UNKNOWN'
  return [...new Set(findings.flatMap(({ rule, severity }) => (severity === weight ? [rule] : [])))]
}

/** The record with one more signature in it. */
export const withSigned = (
  before: AnswersOnRecord | undefined,
  {
    stage,
    signed,
    stands,
  }: { readonly stage: DeclaredStage; readonly signed: SignedAnswers; readonly stands: AnswersStand },
): AnswersOnRecord => {
  if (!before) return { stage, signed: [signed], counts: signed.version, settled: [], stands, stood: stands }
  const isOpen = stands === 'to-decide'
  return {
    ...before,
    signed: [...before.signed, signed],
    counts: isOpen ? before.counts : signed.version,
    stands,
    stood: isOpen ? (before.stands === 'to-decide' ? before.stood : before.stands) : stands,
  }
}

/** The record once its open questions were settled. */
export const withSettlement = (
  before: AnswersOnRecord,
  settled: readonly Settlement[],
  { at, by, isBarred }: { readonly at: Instant; readonly by: Subject; readonly isBarred: boolean },
): AnswersOnRecord => {
  const stands = isBarred ? 'barred' : 'settled'
  const added = settled.map((one) => ({ ...one, version: before.counts, settledAt: at, settledBy: by }))
  return { ...before, settled: [...before.settled, ...added], stands, stood: stands }
}

/** The record once the network has decided: as it was, or with the newest answers counting. */
export const withDecision = (before: AnswersOnRecord, decision: DeclarationDecision): AnswersOnRecord => {
  if (decision === 'first-stands') return { ...before, stands: before.stood }
  const { version, said } = newestOf(before)
  // A question that the newest answers leave open is still to be settled; what only the register left open is judged anew.
  const isOpen = before.counts !== version && said.some(({ answer }) => answer === 'unsure')
  const stands = isOpen ? 'to-settle' : 'settled'
  return { ...before, counts: version, stands, stood: stands }
}

/** Whether the network has something to decide: a change of mind, or what is open with no question to settle it by. */
export const isToDecide = (record: AnswersOnRecord): boolean =>
  record.stands === 'to-decide' || (record.stands === 'to-settle' && openQuestions(record).length === 0)
