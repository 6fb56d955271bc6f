import type { Caller } from '@concord/application/caller'
import type { UseCases } from '@concord/application/use-cases'
import type { Problem } from '@concord/contracts/problem'
import type { z } from 'zod'
import { nothingTyped, type Typed } from '../../web/components.tsx'
import type { Page } from '../../web/layout.tsx'
import { notFoundPage, problemPage } from '../../web/plain-pages.tsx'
import { doneWords, stepWords } from '../../web/words.ts'
import { replyOf } from '../api/replies.ts'
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
}
export type Answer = { readonly kind: 'page'; readonly page: Page } | { readonly kind: 'go'; readonly to: string }
export type VisitDeps = {
  readonly useCases: UseCases
  readonly digest: (text: string) => string
  readonly ids: { readonly uuid: () => string }
  readonly clock: { readonly now: () => string }
}

export const page = (shown: Page): Answer => ({ kind: 'page', page: shown })
export const go = (to: string): Answer => ({ kind: 'go', to })
export const notFound = page(notFoundPage)
/** What is not there and what is not for this caller look alike; any other refusal says what it is. */
export const refused = (problem: Problem): Answer => (problem.status === 404 ? notFound : page(problemPage(problem)))

/** What a use case said, read as the reply that would go out: a page shows that and nothing more. */
export const replied = <Schema extends z.ZodType>(schema: Schema, outcome: Parameters<typeof replyOf>[0]) => {
  const reply = replyOf(outcome)
  return 'problem' in reply
    ? ({ kind: 'refused', answer: refused(reply.problem) } as const)
    : ({ kind: 'replied', reply: schema.parse(reply.body) } as const)
}

/** The key that makes a form count once and the version it was made for, as they came with it. */
export const askedOf = ({ digest, ids }: VisitDeps, { form, path }: Visit, body: unknown) => {
  const [key, version] = [form.get('key') ?? '', Number(form.get('version'))]
  return {
    once: { key: /^[\w-]{16,64}$/.test(key) ? key : ids.uuid(), hash: digest(JSON.stringify([path, body])) },
    ifMatch: version > 0 ? version : null,
  }
}

/** A refusal beside what was typed. A form sent twice with two contents was not one key used for two things, as people see it. */
export const refusedForm = (values: URLSearchParams, problem: Problem): Typed => ({
  ...nothingTyped,
  values,
  problem:
    problem.code === 'key-reused'
      ? {
          ...problem,
          title: 'You sent this form before',
          detail: 'The first time counted. Look at how it stands now, then send it again if you still want to.',
        }
      : problem,
})

/** What is said once after something was done. */
export const doneOf = (name: string | undefined): string | undefined =>
  Object.entries({
    ...doneWords,
    ...Object.fromEntries(Object.entries(stepWords).map(([step, { done }]) => [step, done])),
  }).find(([known]) => known === name)?.[1]
