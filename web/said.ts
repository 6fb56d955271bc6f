import type { declared } from '@concord/contracts/domain/request'
import type { GmcNumber } from '@concord/domain/ids'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import { interestRules } from '@concord/domain/independence/facts'
import {
  type AnswerWord,
  declarationOf,
  effectiveOf,
  newestOf,
  openingOf,
  type Question,
  questionRules,
} from '@concord/domain/request/declared'
import type { z } from 'zod'
import * as words from './words.ts'

/** A consultant whom a question is about. */
export type Person = { readonly gmc: string; readonly name: string }
export type DeclaredHere = z.infer<typeof declared>
type Stage = DeclaredHere['stage']
/** What a clinician answered: the case declaration, or the answers once the names were seen. */
export type AnswersGiven = Omit<CaseDeclaration, 'signedAt'> | Omit<OpeningAnswers, 'answeredAt'>

/** What can be answered to the question of a rule. */
export const answersTo = (rule: string): Readonly<Record<string, string>> => {
  if (rule === 'C06') return words.discussedWords
  if (rule === 'C10') return words.taughtWords
  const milder = Object.entries(words.milderWords).find(([one]) => one === rule)?.[1]
  const { yes, ...others } = words.yesNoUnsure
  return milder ? { yes, 'yes-lighter': milder, ...others } : words.yesNoUnsure
}

/** An answer in words, as it was chosen. */
export const sayAnswer = (rule: string, answer: AnswerWord): string => words.say(answersTo(rule), answer)

/** The name of the field by which a question is asked. */
export const fieldOf = ({ rule, about }: Question, stage: Stage, team: readonly Pick<Person, 'gmc'>[]): string => {
  if (stage === 'opening') return `answers.${rule}`
  if (about !== null) return `declaration.consultants.${team.findIndex(({ gmc }) => gmc === about)}.${rule}`
  return interestRules.some((one) => one === rule) ? `declaration.interests.${rule}` : `declaration.${rule}`
}

/** A question as it was put to the clinician, and whom it is about. */
export const sayQuestion = (question: Question, stage: Stage, team: readonly Person[]): string => {
  const [asked = question.rule] = words.fieldWords[fieldOf(question, stage, team).replace(/\.-?\d+\./, '.#.')] ?? []
  if (question.about === null) return asked
  const name = team.find(({ gmc }) => gmc === question.about)?.name ?? `GMC number ${question.about}`
  return `${name}: ${asked}`
}

/** Why a rule holds: the question with its answer, or what is on the clinician's register entry. */
export const sayRule = (rule: string, given: AnswersGiven, stage: Stage, team: readonly Person[]) => {
  const asked = questionRules.find((one) => one === rule)
  const pairs = answerPairs(given).filter(([one, , answer]) => one === asked && answer !== 'no')
  if (!asked || pairs.length === 0) return [`${words.declaredWords.fromEntry} (rule ${rule})`]
  return pairs.map(
    ([, about, answer]) =>
      `${sayQuestion({ rule: asked, about }, stage, team)} You answered: ${sayAnswer(rule, answer)}`,
  )
}

type Pair = readonly [rule: string, about: Question['about'], answer: AnswerWord]
const answerPairs = (given: AnswersGiven): readonly Pair[] => {
  if (!('interests' in given))
    return [
      ['C05', null, given.C05],
      ['C12', null, given.C12],
      ['C13', null, given.C13],
    ]
  return [
    ['C05', null, given.C05],
    ['C06', null, given.C06],
    ['C13', null, given.C13],
    ...given.consultants.flatMap(({ gmc, ...ties }) =>
      Object.entries(ties).map(([rule, answer]): Pair => [rule, gmc, answer]),
    ),
    ...interestRules.map((rule): Pair => [rule, null, given.interests[rule]]),
  ]
}

/** Answers as if they had just been typed into the form that asks for them. */
export const typedAnswers = (given: AnswersGiven, before = ''): URLSearchParams => {
  const stage = 'interests' in given ? 'acceptance' : 'opening'
  const team = 'interests' in given ? given.consultants : []
  const pairs = answerPairs(given).flatMap(([rule, about, answer]): readonly [string, string][] => {
    const asked = questionRules.find((one) => one === rule)
    return asked ? [[before + fieldOf({ rule: asked, about }, stage, team), answer]] : []
  })
  return new URLSearchParams(pairs)
}

/** What a clinician said so far, for the form that asks it once more. */
export const typedOnRecord = (record: DeclaredHere, team: readonly { readonly gmc: GmcNumber }[]): URLSearchParams => {
  const { said } = record.stands === 'to-decide' ? newestOf(record) : effectiveOf(record)
  const { signedAt } = newestOf(record)
  if (record.stage === 'opening') return typedAnswers(openingOf(said, signedAt))
  return typedAnswers(
    declarationOf(
      said,
      team.map(({ gmc }) => gmc),
      signedAt,
    ),
  )
}
