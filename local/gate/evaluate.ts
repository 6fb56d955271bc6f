import { z } from 'zod'
import type { LocalTemplate } from '../template.ts'
import { understand } from '../template.ts'

// The part of IAM's evaluation that our policies use. What they do not use is refused when a policy is read, and never skipped.

/** One thing asked of one resource, with what is known of the call under IAM's names. */
export type AccessRequest = {
  readonly action: string
  readonly resource: string
  readonly context: Readonly<Record<string, readonly string[]>>
}
/** In which role something is asked, and the tags of its session. */
export type Principal = { readonly role: string; readonly tags: Readonly<Record<string, string>> }
export type Decision = 'allowed' | 'not allowed' | 'denied'

const list = (value: unknown): unknown => (Array.isArray(value) ? value : [value])
const texts = z.preprocess(list, z.array(z.string()))
const operators = [
  'StringEquals',
  'StringLike',
  'StringNotLike',
  'Null',
  'Bool',
  'ForAllValues:StringEquals',
  'ForAllValues:StringLike',
  'ForAnyValue:StringLike',
] as const
type Operator = (typeof operators)[number]

const statement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts,
  Condition: z.partialRecord(z.enum(operators), z.record(z.string(), texts)).default({}),
})
export type Statement = z.infer<typeof statement>
/** Reads a statement; one that uses what is not known here is refused. */
export const statementOf = (value: unknown): Statement => statement.parse(value)

const policyShape = z.looseObject({
  PolicyDocument: z.looseObject({ Statement: z.array(statement) }),
  Roles: z.array(z.string()),
})

/** The statements of each role of the templates, by the role's name. */
export const policiesIn = (template: Pick<LocalTemplate, 'all'>): ReadonlyMap<string, readonly Statement[]> => {
  const byRole = new Map<string, readonly Statement[]>()
  for (const policy of template.all('AWS::IAM::Policy')) {
    const { PolicyDocument, Roles } = understand(policy, policyShape)
    for (const role of Roles) byRole.set(role, [...(byRole.get(role) ?? []), ...PolicyDocument.Statement])
  }
  return byRole
}

/** What a key's own policy denies; whom it allows is for the account to say, through its roles. */
export const keyStatements = (key: { readonly id: string; readonly properties: unknown }): readonly Statement[] => {
  const { KeyPolicy } = understand(key, keyShape)
  return KeyPolicy.Statement.filter(({ Effect }) => Effect === 'Deny').map(({ Principal: _, ...one }) =>
    statementOf(one),
  )
}
const keyShape = z.looseObject({
  KeyPolicy: z.looseObject({ Statement: z.array(z.looseObject({ Effect: z.string() })) }),
})

/** A deny counts before any allow, and what nobody allows is not allowed. */
export const decide = (
  statements: readonly Statement[],
  { action, resource, context }: AccessRequest,
  tags: Principal['tags'],
): Decision => {
  const known = {
    ...context,
    ...Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`aws:PrincipalTag/${tag}`, [value]])),
  }
  const speaks = (one: Statement) =>
    one.Action.some((pattern) => isLike(action, pattern, known)) &&
    one.Resource.some((pattern) => isLike(resource, pattern, known)) &&
    operators.every((operator) =>
      Object.entries(one.Condition[operator] ?? {}).every(([key, wanted]) =>
        conditions[operator](known[key], wanted, known),
      ),
    )
  const spoken = statements.filter(speaks)
  if (spoken.some(({ Effect }) => Effect === 'Deny')) return 'denied'
  return spoken.length > 0 ? 'allowed' : 'not allowed'
}

type Known = AccessRequest['context']
type Holds = (values: readonly string[] | undefined, wanted: readonly string[], known: Known) => boolean

const like = (value: string, wanted: readonly string[], known: Known) => wanted.some((one) => isLike(value, one, known))
const equal = (value: string, wanted: readonly string[], known: Known) =>
  wanted.some(
    (one) =>
      filled(one, known)
        ?.map(({ text }) => text)
        .join('') === value,
  )

const conditions: Readonly<Record<Operator, Holds>> = {
  StringEquals: (values, wanted, known) => values?.some((one) => equal(one, wanted, known)) ?? false,
  StringLike: (values, wanted, known) => values?.some((one) => like(one, wanted, known)) ?? false,
  // Of a key that is not there it is true that it is not like anything.
  StringNotLike: (values, wanted, known) => !values?.some((one) => like(one, wanted, known)),
  Null: (values, wanted) => wanted.some((one) => (one === 'true') === (values === undefined || values.length === 0)),
  Bool: (values, wanted) => values?.some((one) => wanted.includes(one)) ?? false,
  // Of no values it is true that all of them are: the trap that `Null` is there for.
  'ForAllValues:StringEquals': (values = [], wanted, known) => values.every((one) => equal(one, wanted, known)),
  'ForAllValues:StringLike': (values = [], wanted, known) => values.every((one) => like(one, wanted, known)),
  'ForAnyValue:StringLike': (values = [], wanted, known) => values.some((one) => like(one, wanted, known)),
}

type Part = { readonly text: string; readonly isPattern: boolean }
/** A pattern with its variables filled in; what a variable holds is itself and no pattern. One that is not known fits nothing. */
const filled = (pattern: string, known: Known): readonly Part[] | undefined => {
  const parts = pattern.split(/\$\{([^}]+)\}/)
  const texts = parts.map((part, index) => (index % 2 === 0 ? part : known[part]?.[0]))
  if (texts.includes(undefined)) return undefined
  return texts.map((text = '', index) => ({ text, isPattern: index % 2 === 0 }))
}

const isLike = (value: string, pattern: string, known: Known): boolean => {
  const parts = filled(pattern, known)
  if (!parts) return false
  const source = parts.map(({ text, isPattern }) => {
    const exact = text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    return isPattern ? exact.replaceAll('\\*', '[^]*').replaceAll('\\?', '[^]') : exact
  })
  return new RegExp(`^${source.join('')}$`).test(value)
}
