import type { Hash } from '../audit/hashes.ts'
import { canonical } from '../audit/hashes.ts'
import type { Subject } from '../ids.ts'
import type { CalendarDate, Instant } from '../time.ts'
import type { Find } from './finds.ts'
import type { RoutingFacts } from './request.ts'

/** What is likely and not certain, and so is asked of whoever types it: each has one answer, that it is right as it stands. */
export const questionKinds = ['name', 'number', 'birthday', 'before-birth', 'decision-past'] as const
export type QuestionKind = (typeof questionKinds)[number]
/** One question: its id holds for this very word or day at this very place, and for no other. */
export type Question = {
  readonly id: string
  readonly at: string
  readonly kind: QuestionKind
  /** The word, the number or the day that is asked about. */
  readonly about: string
}
/** A question that was answered, as it is kept in the pack: a change of the draft does not ask it again. */
export type Answered = Question & { readonly by: Subject; readonly answeredAt: Instant }
/** That it was, as the record of the draft says it: neither the word nor what could be guessed from it. */
export type AnsweredMark = Pick<Question, 'at' | 'kind'>

type Draft = {
  readonly finds: readonly Find[]
  readonly routing: Pick<RoutingFacts, 'agreement' | 'familyInformedOn' | 'decideBy'>
  readonly bornOn: CalendarDate
}

/** What a draft has to be asked about. */
export const questionsOf = (
  hash: Hash,
  { finds, routing, bornOn }: Draft,
  today: CalendarDate,
): readonly Question[] => {
  const ask = (at: string, kind: QuestionKind, about: string, around: readonly string[] = []): Question => ({
    id: hash(canonical(['question', at, kind, about, around])).slice(0, 32),
    at,
    kind,
    about,
  })
  const { agreement, familyInformedOn, decideBy } = routing
  const beforeBirth = (at: string, on: CalendarDate | null) =>
    on !== null && on < bornOn ? [ask(at, 'before-birth', on, [bornOn])] : []
  return [
    ...finds.filter(({ isCertain }) => !isCertain).map(({ at, what, word, around }) => ask(at, what, word, around)),
    ...beforeBirth('routing.familyInformedOn', familyInformedOn),
    ...beforeBirth('routing.agreement.on', agreement?.on ?? null),
    ...(decideBy !== null && decideBy < today ? [ask('routing.decideBy', 'decision-past', decideBy)] : []),
  ]
}

/** What is still to be answered, and what is to be kept: an answer to what is not asked any more is dropped. */
export const settle = (
  questions: readonly Question[],
  {
    kept,
    confirmed,
    by,
    at,
  }: {
    readonly kept: readonly Answered[]
    readonly confirmed: readonly string[]
    readonly by: Subject
    readonly at: Instant
  },
) => {
  const before = new Map(kept.map((one) => [one.id, one]))
  const now = new Set(confirmed)
  const answers = questions.flatMap((one): readonly Answered[] => {
    const was = before.get(one.id)
    if (was) return [was]
    return now.has(one.id) ? [{ ...one, by, answeredAt: at }] : []
  })
  const open = questions.filter(({ id }) => !before.has(id) && !now.has(id))
  const fresh = answers
    .filter(({ id }) => !before.has(id))
    .map(({ at: place, kind }): AnsweredMark => ({ at: place, kind }))
  return { open, answers, fresh }
}
