import type { Caller } from '@concord/application/caller'
import type { UseCases } from '@concord/application/use-cases'
import type { Problem } from '@concord/contracts/problem'
import { type CalendarDate, dateAt, parseInstant } from '@concord/domain/time'
import type { z } from 'zod'
import { type Typed, typed } from '../../web/fields.tsx'
import type { Section } from '../../web/forms.ts'
import type { Page } from '../../web/layout.tsx'
import { notFoundPage, problemPage } from '../../web/plain-pages.tsx'
import { doneWords, formSentBefore, stepWords } from '../../web/words.ts'
import { type Outcome, replyOf } from '../replies.ts'
import type { Book } from './book.ts'

/** One call of a page by somebody in one of their roles. */
export type Visit = {
  readonly caller: Caller
  readonly path: string
  /** The id in the address. */
  readonly id: string
  readonly query: (name: string) => string | undefined
  readonly form: URLSearchParams
  readonly book: Book
  /** The mark of what was shown at this address, in this session and role: nobody can make it who was not shown that. */
  readonly markOf: (shown: string) => string
}
/** A page, somewhere else to go, or a file to take away. */
export type Answer =
  | { readonly page: Page }
  | { readonly to: string }
  | { readonly file: { readonly name: string; readonly type: string; readonly text: string } }
export type VisitDeps = {
  readonly useCases: UseCases
  readonly digest: (text: string) => string
  readonly ids: { readonly uuid: () => string }
  readonly clock: { readonly now: () => string }
}

export const notFound: { readonly page: Page } = { page: notFoundPage }

/** What a use case said, read as the reply that would go out: a page shows that and nothing more. What is not there and what is not for this caller look alike. */
export const replied = <Schema extends z.ZodType>(schema: Schema, outcome: Outcome) => {
  const reply = replyOf(outcome)
  if ('body' in reply) return { reply: schema.parse(reply.body) }
  return { refused: reply.problem.status === 404 ? notFound : { page: problemPage(reply.problem) } }
}

/** The key that makes a form count once and the tag it was made for, as they came with it. */
export const askedOf = ({ digest, ids }: VisitDeps, { form, path }: Visit, body: unknown) => {
  const [key, tag] = [form.get('key') ?? '', form.get('version') ?? '']
  return {
    once: { key: /^[\w-]{16,64}$/.test(key) ? key : ids.uuid(), hash: digest(JSON.stringify([path, body])) },
    ifMatch: tag === '' ? null : tag,
  }
}

/** A refusal beside what was typed, and beside each field that it names. To whoever sent a form twice, a key used for two things would say nothing. */
export const refusedForm = (values: URLSearchParams, problem: Problem, sections: readonly Section[] = []): Typed =>
  typed(values, {
    problem: problem.code === 'key-reused' ? { ...problem, ...formSentBefore } : problem,
    errors: sections
      .flatMap(({ fields }) => fields)
      .flatMap(({ name, label }) => {
        const wrong = problem.errors?.filter(({ at }) => isOf(name, at)).map((one) => one.problem) ?? []
        return wrong.length > 0 ? [{ at: name, label, problem: wrong.join('. ') }] : []
      }),
    questions: sections
      .flatMap(({ fields }) => fields)
      .flatMap(({ name }) =>
        (problem.questions ?? []).flatMap((one) => (isOf(name, one.at) ? [{ ...one, at: name }] : [])),
      ),
  })

/** A place of the body, in the field that was typed into: a list is one field with many places. */
const isOf = (name: string, at: string) => at === `body.${name}` || at.startsWith(`body.${name}.`)

/** The day it is, for those who keep no calendar. */
export const todayOf = ({ now }: VisitDeps['clock']): CalendarDate => {
  const at = parseInstant(now())
  if (!at) throw new Error('The clock tells no time')
  return dateAt(at)
}

/** What is said once after something was done. */
export const doneOf = (name = ''): string | undefined => {
  const words: Readonly<Record<string, string | { readonly done: string }>> = { ...stepWords, ...doneWords }
  const found = Object.hasOwn(words, name) ? words[name] : undefined
  return typeof found === 'object' ? found.done : found
}
