import { z } from 'zod'
import type { Typed } from '../../web/components.tsx'
import type { Field, Section } from '../../web/forms.ts'

/** What a form posted, by place: `routing.treating.0.gmc` lies in `routing`, in `treating`, in the first of them. */
type Posted = readonly string[] | ReadonlyMap<string, Posted>

export type FormRead<Body> =
  | { readonly kind: 'read'; readonly body: Body }
  | { readonly kind: 'wrong'; readonly issues: readonly z.core.$ZodIssue[] }

/** Reads a posted form by the very schema that reads the API's JSON. */
export const readForm = <Schema extends z.ZodType>(
  schema: Schema,
  values: URLSearchParams,
): FormRead<z.output<Schema>> => {
  const read = schema.safeParse(shaped(schema, nested([...values].map(([name, value]) => [name.split('.'), value]))))
  return read.success ? { kind: 'read', body: read.data } : { kind: 'wrong', issues: read.error.issues }
}

const nested = (entries: readonly (readonly [path: readonly string[], value: string])[]): Posted => {
  const deeper = entries.filter(([path]) => path.length > 0)
  if (deeper.length === 0) return entries.map(([, value]) => value)
  const groups = Map.groupBy(deeper, ([[first = '']]) => first)
  return new Map(
    [...groups].map(([name, group]) => [name, nested(group.map(([path, value]) => [path.slice(1), value]))]),
  )
}

/** The posted text as the schema would have it in JSON. What cannot be so is left for the schema to refuse. */
const shaped = (schema: unknown, posted: Posted | undefined): unknown => {
  if (schema instanceof z.ZodPipe) return shaped(schema.in, posted)
  if (schema instanceof z.ZodNullable) return isBlank(posted) ? null : shaped(schema.unwrap(), posted)
  if (schema instanceof z.ZodObject)
    return Object.fromEntries(
      Object.entries(schema.shape).map(([name, part]) => [
        name,
        isAsked(part)
          ? listAsked(part, partOf(posted, name), partOf(posted, `${name}-is`))
          : shaped(part, partOf(posted, name)),
      ]),
    )
  if (schema instanceof z.ZodArray) return listOf(schema.element, posted)
  if (schema instanceof z.ZodTuple) return listOf(schema.def.rest, posted)
  const text = textOf(posted)
  if (schema instanceof z.ZodBoolean) return text === 'yes' ? true : text === 'no' ? false : undefined
  if (schema instanceof z.ZodNumber) return text === '' ? undefined : Number(text)
  return text
}

const isAsked = (schema: unknown): schema is z.ZodNullable<z.ZodArray> =>
  schema instanceof z.ZodNullable && schema.unwrap() instanceof z.ZodArray

/** "Nobody" is an empty list and "not asked" is none at all; "yes" without anybody named is left for the schema to refuse. */
const listAsked = (schema: z.ZodNullable<z.ZodArray>, posted: Posted | undefined, is: Posted | undefined) => {
  if (textOf(is) === 'none') return []
  if (textOf(is) !== 'some') return null
  const list = shaped(schema.unwrap(), posted)
  return Array.isArray(list) && list.length > 0 ? list : ['']
}

const listOf = (element: unknown, posted: Posted | undefined): readonly unknown[] => {
  if (!isParts(posted)) return linesOf(posted ?? [])
  const rows = Array.from({ length: countOf(posted) }, (_, n) => posted.get(String(n)))
  // The last row may be one that was offered and not wanted.
  return rows.slice(0, rows.findLastIndex((row) => !isBlank(row)) + 1).map((row) => shaped(element, row))
}

const isParts = (posted: Posted | undefined): posted is ReadonlyMap<string, Posted> => posted instanceof Map
const partOf = (posted: Posted | undefined, name: string) => (isParts(posted) ? posted.get(name) : undefined)
const countOf = (posted: ReadonlyMap<string, Posted>) =>
  Math.min(50, Math.max(-1, ...[...posted.keys()].filter((key) => /^\d{1,2}$/.test(key)).map(Number)) + 1)
const linesOf = (texts: readonly string[]) =>
  texts
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
const isBlank = (posted: Posted | undefined): boolean =>
  posted === undefined ||
  [...posted.values()].every((one) => (typeof one === 'string' ? one.trim() === '' : isBlank(one)))

const textOf = (posted: Posted | undefined): string => {
  if (!isParts(posted)) return posted?.[0]?.trim() ?? ''
  const [year, month, day] = ['year', 'month', 'day'].map((part) => textOf(posted.get(part)))
  return isBlank(posted) ? '' : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
}

/** How many rows of a repeated section were on the page. */
export const rowsIn = (values: URLSearchParams, name: string): number =>
  Math.min(
    30,
    Math.max(
      0,
      ...[...values.keys()].flatMap((key) =>
        key.startsWith(`${name}.`) ? [Number.parseInt(key.slice(name.length + 1), 10) + 1] : [],
      ),
    ),
  )

/** What is known already, as if somebody had typed it. */
export const typedFrom = (value: unknown): URLSearchParams => new URLSearchParams([...pairsOf(value, '')])

const pairsOf = (value: unknown, at: string): readonly [string, string][] => {
  const inside = (name: string | number) => (at === '' ? String(name) : `${at}.${name}`)
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) {
    if (value.some((one) => typeof one === 'object')) return value.flatMap((one, n) => pairsOf(one, inside(n)))
    return [
      [`${at}-is`, value.length > 0 ? 'some' : 'none'],
      ...value.map((one) => [at, String(one)] satisfies [string, string]),
    ]
  }
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, one]) => pairsOf(one, inside(name)))
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(value))
  if (date) return ['year', 'month', 'day'].map((part, n) => [`${at}.${part}`, String(Number(date[n + 1]))] as const)
  return [[at, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)]]
}

/** Each wrong field once, in words for the person who filled it in. */
export const wrongIn = (
  issues: readonly z.core.$ZodIssue[],
  sections: readonly Section[],
  values: URLSearchParams,
): Typed => {
  const fields = sections.flatMap((section) => section.fields)
  const errors = issues.map(({ path, message, ...issue }) => {
    const at = path.join('.')
    const field = fields.find(({ name }) => at === name || at.startsWith(`${name}.`))
    if (!field) return { at: at || 'form', label: 'This form', problem: 'load the page again and fill it in once more' }
    const isMissing = [...values].every(
      ([name, value]) => !(name === field.name || name.startsWith(`${field.name}.`)) || value.trim() === '',
    )
    return { at: field.name, label: field.label, problem: isMissing ? missing[field.as] : wrong(field, message, issue) }
  })
  return { values, errors: [...new Map(errors.map((one) => [one.at, one])).values()], problem: null }
}

const missing: Readonly<Record<Field['as'], string>> = {
  line: 'enter this',
  prose: 'enter this',
  number: 'enter a number',
  date: 'enter a date, such as 27 3 2027',
  choice: 'choose one',
  choices: 'choose at least one',
  select: 'choose one',
  lines: 'enter this',
  asked: 'name them, or choose another answer',
  hidden: 'load the page again',
}

const wrong = ({ as }: Field, message: string, { code, ...issue }: object & { readonly code?: string }) => {
  if (as === 'date') return 'enter a date that exists, such as 27 3 2027'
  if (code === 'too_big' && 'maximum' in issue)
    return as === 'number' ? `at most ${issue.maximum}` : `at most ${issue.maximum} characters`
  return code === 'custom' || code === 'invalid_format'
    ? message.charAt(0).toLowerCase() + message.slice(1)
    : missing[as]
}
