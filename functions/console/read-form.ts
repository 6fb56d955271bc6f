import { z } from 'zod'
import { type Typed, typed } from '../../web/fields.tsx'
import type { Field, Section } from '../../web/forms.ts'
import { missingWords } from '../../web/words.ts'
import { type DateParts, readDate } from './read-date.ts'

/** What a form posted, by place: `routing.treating.0.gmc` lies in `routing`, in `treating`, in the first of them. */
type Posted = readonly string[] | ReadonlyMap<string, Posted>
type Issue = z.core.$ZodIssue

/** Reads a posted form by the very schema that reads the API's JSON. */
export const readForm = <Schema extends z.ZodType>(schema: Schema, values: URLSearchParams) => {
  const posted = nested([...values].map(([name, value]) => [name.split('.', DEEPEST), value]))
  const read = schema.safeParse(shaped(schema, posted))
  return read.success
    ? ({ kind: 'read', body: read.data } as const)
    : ({ kind: 'wrong', issues: read.error.issues } as const)
}

/** No name of a form of ours has so many parts; of a longer one the rest is nobody's. */
const DEEPEST = 12

const nested = (entries: readonly (readonly [path: readonly string[], value: string])[]): Posted => {
  const deeper = entries.filter(([path]) => path.length > 0)
  if (deeper.length === 0) return entries.map(([, value]) => value)
  const groups = Map.groupBy(deeper, ([[first = '']]) => first)
  return new Map([...groups].map(([name, group]) => [name, nested(group.map(([path, one]) => [path.slice(1), one]))]))
}

/** The posted text as the schema would have it in JSON. What cannot be so is left for the schema to refuse. */
const shaped = (schema: unknown, posted: Posted | undefined, is?: Posted): unknown => {
  if (schema instanceof z.ZodPipe) return shaped(schema.in, posted)
  if (schema instanceof z.ZodDefault) return shaped(schema.unwrap(), posted)
  if (schema instanceof z.ZodNullable) {
    const inner = schema.unwrap()
    if (inner instanceof z.ZodArray) return listAsked(shaped(inner, posted), textOf(is))
    return isBlank(posted) ? null : shaped(inner, posted)
  }
  if (schema instanceof z.ZodObject) {
    const parts = Object.entries(schema.shape)
    return Object.fromEntries(parts.map(([n, part]) => [n, shaped(part, partOf(posted, n), partOf(posted, `${n}-is`))]))
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = textOf(partOf(posted, schema.def.discriminator))
    const option = schema.options.find((one) => isOfKind(one, schema.def.discriminator, kind))
    // A kind there is not is left for the schema to refuse.
    return option ? shaped(option, posted) : { [schema.def.discriminator]: kind }
  }
  if (schema instanceof z.ZodArray) return listOf(schema.element, posted)
  if (schema instanceof z.ZodTuple) return listOf(schema.def.rest, posted)
  const text = textOf(posted)
  if (schema instanceof z.ZodBoolean) return text === 'yes' ? true : text === 'no' ? false : undefined
  if (schema instanceof z.ZodNumber) return text === '' ? undefined : Number(text)
  return text
}

const isOfKind = (option: unknown, discriminator: string, kind: string): boolean => {
  const word: unknown = option instanceof z.ZodObject ? option.shape[discriminator] : undefined
  return word instanceof z.ZodLiteral && word.value === kind
}

/** "Nobody" is an empty list and "not asked" is none at all; "yes" without anybody named is left for the schema to refuse. */
const listAsked = (list: unknown, is: string) => {
  if (is === 'none') return []
  if (is !== 'some') return null
  return Array.isArray(list) && list.length > 0 ? (list as readonly unknown[]) : ['']
}

const listOf = (element: unknown, posted: Posted | undefined): readonly unknown[] => {
  if (!isParts(posted)) return linesOf(posted ?? [])
  const rows = Array.from({ length: Math.min(MOST_ROWS, rowCount([...posted.keys()])) }, (_, n) =>
    posted.get(String(n)),
  )
  // The last rows may have been offered and not wanted; an answer that was left empty is wanted.
  const last = element instanceof z.ZodObject ? rows.findLastIndex((row) => !isBlank(row)) : rows.length - 1
  return rows.slice(0, last + 1).map((row) => shaped(element, row))
}

const MOST_ROWS = 30
const rowCount = (keys: readonly string[]) =>
  Math.max(0, ...keys.filter((key) => /^\d+$/.test(key)).map((key) => Number(key) + 1))
export const linesOf = (texts: readonly string[]) =>
  texts.flatMap((text) => text.split('\n').flatMap((line) => line.trim() || []))
const isParts = (posted: Posted | undefined): posted is ReadonlyMap<string, Posted> => posted instanceof Map
const partOf = (posted: Posted | undefined, name: string) => (isParts(posted) ? posted.get(name) : undefined)
const isBlank = (posted: Posted | undefined): boolean =>
  [...(posted?.values() ?? [])].every((one) => (typeof one === 'string' ? one.trim() === '' : isBlank(one)))

const textOf = (posted: Posted | undefined): string => {
  if (!isParts(posted)) return posted?.[0]?.trim() ?? ''
  if (isBlank(posted)) return ''
  const read = readDate(partsOf((part) => textOf(posted.get(part))))
  // What is no date is left for the schema to refuse.
  return 'iso' in read ? read.iso : '-'
}

const partsOf = (part: (name: keyof DateParts) => string): DateParts => ({
  day: part('day'),
  month: part('month'),
  year: part('year'),
})

/** How many rows of a repeated section were on the page. */
export const rowsIn = (values: URLSearchParams, name: string): number => {
  const inside = [...values.keys()].flatMap((key) => (key.startsWith(`${name}.`) ? key.slice(name.length + 1) : []))
  return Math.min(MOST_ROWS, rowCount(inside.map((key) => key.split('.')[0] ?? '')))
}

/** What is known already, as if somebody had typed it. */
export const typedFrom = (value: unknown): URLSearchParams => new URLSearchParams([...pairsOf(value, '')])

const pairsOf = (value: unknown, at: string): readonly [string, string][] => {
  if (value === null || value === undefined) return []
  const isList = Array.isArray(value)
  if (isList && !value.some((one) => typeof one === 'object'))
    return [
      [`${at}-is`, value.length > 0 ? 'some' : 'none'],
      ...value.map((one): [string, string] => [at, String(one)]),
    ]
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, one]) => pairsOf(one, at === '' ? name : `${at}.${name}`))
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (date) return ['year', 'month', 'day'].map((part, n) => [`${at}.${part}`, String(Number(date[n + 1]))])
  return [[at, value === true ? 'yes' : value === false ? 'no' : text]]
}

/** Each wrong field once, in the order of the page and in words for who filled it in. */
export const wrongIn = (issues: readonly Issue[], sections: readonly Section[], values: URLSearchParams): Typed => {
  const isIn = ({ name }: Pick<Field, 'name'>, at: string) => at === name || at.startsWith(`${name}.`)
  const found = sections
    .flatMap(({ fields }) => fields)
    .flatMap((field) => {
      const issue = issues.find(({ path }) => isIn(field, path.join('.')))
      const isMissing = [...values].every(([name, value]) => !isIn(field, name) || value.trim() === '')
      return issue
        ? [{ at: field.name, label: field.label, problem: isMissing ? missing(field) : wrong(field, issue, values) }]
        : []
    })
  const elsewhere = { at: 'maincontent', label: 'This form', problem: 'Load the page again and fill it in once more' }
  return typed(values, { errors: found.length > 0 ? found : [elsewhere] })
}

const missing = ({ as, example }: Field) => (example ? `${missingWords[as]}, such as ${example}` : missingWords[as])

const wrong = (field: Field, issue: Issue, values: URLSearchParams) => {
  const { as, name } = field
  if (as === 'date') {
    const read = readDate(partsOf((part) => values.get(`${name}.${part}`) ?? ''))
    return 'problem' in read ? read.problem : missing(field)
  }
  if (issue.code === 'too_big') return `At most ${issue.maximum}${as === 'number' ? '' : ' characters'}`
  return issue.code === 'custom' || issue.code === 'invalid_format' ? issue.message : missing(field)
}
