// One thing, however long: what a network or a trust may change of the rules, and the proof that it only made them stricter.
import type { ConditionKind, ConditionOf, RuleRow } from '@concord/domain/independence/rule'
import { type Severity, severities, stages } from '@concord/domain/independence/verdict'
import { isNonEmpty, type NonEmpty } from '@concord/domain/result'
import { addDays, parseDate } from '@concord/domain/time'
import { z } from 'zod'
import { parseRules } from './rule-row.ts'

/** What is wrong with a change, where, and what to do about it. */
export type Flaw = { readonly path: string; readonly message: string }
export type Tightened =
  | { readonly kind: 'tightened'; readonly rules: readonly RuleRow[] }
  | { readonly kind: 'refused'; readonly errors: NonEmpty<Flaw> }

/**
 * Lays a network's changes, or a trust's for its own requests, over the rules. Each change is proved to be at least as strict as
 * what it changes on every day it is in force; one that is not refuses them all.
 */
export const tighten = (base: readonly RuleRow[], changes: unknown): Tightened => {
  const read = changesFile.safeParse(changes)
  const flaws = [...checkDates(base), ...(read.error?.issues ?? []).map(flawOf)]
  if (isNonEmpty(flaws)) return { kind: 'refused', errors: flaws }

  const { by, changes: list } = read.data ?? { by: 'network', changes: [] }
  const laid = list.reduce<Laid>(
    (before, change, index) => {
      const path = `changes[${index}]`
      return change.kind === 'added'
        ? withAdded(before, change, { by, path, base })
        : withStricter(before, change, path)
    },
    { rules: base, added: [], changed: [], flaws: [] },
  )
  const errors = [...laid.flaws, ...datesOf(laid.added)]
  return isNonEmpty(errors) ? { kind: 'refused', errors } : { kind: 'tightened', rules: laid.rules }
}

/** The rows of one rule must follow one another day by day: says where two are in force at once, or none is. */
export const checkDates = (rows: readonly RuleRow[]): readonly Flaw[] =>
  datesOf(rows.map((row, index) => ({ row, path: `rules[${index}]` })))

type Placed = { readonly row: RuleRow; readonly path: string }
/** The rules so far, what was added and changed, and what was wrong with it. */
type Laid = {
  readonly rules: readonly RuleRow[]
  readonly added: readonly Placed[]
  readonly changed: readonly (Days & { readonly key: string; readonly path: string })[]
  readonly flaws: readonly Flaw[]
}
type Days = Pick<RuleRow, 'from' | 'to'>

const day = z.string().transform((text, context) => {
  const date = parseDate(text)
  if (date !== undefined) return date
  context.addIssue({ code: 'custom', message: `“${text}” is no day: write YYYY-MM-DD` })
  return z.NEVER
})

const stricter = z.strictObject({
  kind: z.literal('stricter'),
  rule: z.string(),
  stage: z.enum(stages).optional(),
  from: day,
  to: z.union([z.literal('ongoing'), day]),
  lookBackMonths: z.int().positive().optional(),
  severity: z.enum(severities).optional(),
  settledBy: z.enum(stages).optional(),
  downgrade: z.null().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
})
type Stricter = z.output<typeof stricter>

// What an added rule holds is read as every other row is.
const added = z.looseObject({ kind: z.literal('added') })

const changesFile = z.strictObject({
  by: z.enum(['network', 'trust']),
  changes: z.array(z.discriminatedUnion('kind', [stricter, added])),
})
type By = z.output<typeof changesFile>['by']

const withStricter = (laid: Laid, change: Stricter, path: string): Laid => {
  const fail = (message: string, field?: string): Laid =>
    flawed(laid, [{ path: field ? `${path}.${field}` : path, message }])
  const named = laid.rules.filter(({ id }) => id === change.rule)
  const [first] = named
  if (!first) return fail(`There is no rule ${change.rule}: name one that is there, or add your own.`, 'rule')
  const at = named.filter(({ settledBy }) => change.stage === undefined || settledBy === change.stage)
  const keys = [...new Set(at.map(keyOf))]
  const settled = [...new Set(named.map(({ settledBy }) => settledBy))].join(' or ')
  const [key] = keys
  if (key === undefined) return fail(`${change.rule} is not settled by ${change.stage}: say ${settled}.`, 'stage')
  if (keys.length > 1) return fail(`${change.rule} has several rows: say which by its stage, ${settled}.`, 'stage')
  if (isAfter(change.from, change.to))
    return fail(`It ends (${change.to}) before it starts (${change.from}): swap the days.`, 'to')
  const { from, to } = change
  const twice = laid.changed.find((one) => one.key === key && isTogether(one, change))
  if (twice)
    return fail(
      `${twice.path} changes ${change.rule} on some of the same days: join the two, or part their days.`,
      'from',
    )

  const rows = named.filter((row) => keyOf(row) === key)
  const starts = rows.map((row) => row.from).toSorted()[0] ?? from
  if (from < starts) return fail(`${change.rule} is in force from ${starts} only: start then or later.`, 'from')
  const ends = rows.reduce<RuleRow['to']>((latest, row) => (isAfter(row.to, latest) ? row.to : latest), starts)
  if (isAfter(to, ends)) return fail(`${change.rule} is in force to ${ends} only: end then or earlier.`, 'to')

  const flaws: Flaw[] = []
  const rules = laid.rules.flatMap((row): readonly RuleRow[] => {
    if (row.id !== change.rule || keyOf(row) !== key || !isTogether(row, change)) return [row]
    const made = tightened(row, change)
    if (made.kind === 'flawed') {
      flaws.push(...made.flaws.map((one) => within(path, one)))
      return [row]
    }
    flaws.push(...[...proof(row, made.row), ...sanity(made.row, laid.rules)].map((one) => within(path, one)))
    return splitBy(row, made.row)
  })
  return {
    ...laid,
    rules,
    changed: [...laid.changed, { key, path, from, to }],
    flaws: [...laid.flaws, ...distinct(flaws)],
  }
}

type Read =
  | { readonly kind: 'read'; readonly row: RuleRow }
  | { readonly kind: 'flawed'; readonly flaws: readonly Flaw[] }

const tightened = (row: RuleRow, change: Stricter): Read => {
  const { from, to, lookBackMonths, severity, settledBy, downgrade, parameters = {} } = change
  const unknown = Object.keys(parameters).filter((name) => !(name in parametersOf(row)))
  if (unknown.length > 0) {
    const names = Object.keys(parametersOf(row)).join(', ')
    const message = names ? `${row.id} has only these: ${names}.` : `${row.id} has none: leave them out.`
    return { kind: 'flawed', flaws: unknown.map((name) => ({ path: `parameters.${name}`, message })) }
  }
  return readRow(
    {
      ...row,
      ...(lookBackMonths === undefined ? {} : { lookBackMonths }),
      ...(severity === undefined ? {} : { severity }),
      ...(settledBy === undefined ? {} : { settledBy }),
      ...(downgrade === undefined ? {} : { downgrade }),
      from: isAfter(row.from, from) ? row.from : from,
      to: isAfter(to, row.to) ? row.to : to,
      condition: { ...row.condition, ...parameters },
    },
    'parameters',
  )
}

/** What was in force before the change, the change, and what is after. */
const splitBy = (row: RuleRow, made: RuleRow): readonly RuleRow[] => [
  ...(row.from < made.from ? [{ ...row, to: addDays(made.from, -1) }] : []),
  made,
  ...(made.to !== 'ongoing' && isAfter(row.to, made.to) ? [{ ...row, from: addDays(made.to, 1) }] : []),
]

const withAdded = (
  laid: Laid,
  { kind: _, ...given }: z.output<typeof added>,
  { by, path, base }: { readonly by: By; readonly path: string; readonly base: readonly RuleRow[] },
): Laid => {
  const read = readRow(given, 'condition')
  if (read.kind === 'flawed')
    return flawed(
      laid,
      read.flaws.map((one) => within(path, one)),
    )
  const { row } = read
  const flaws: Flaw[] = []
  const tell = (field: string, message: string) => void flaws.push({ path: `${path}.${field}`, message })
  const letter = by === 'network' ? 'N' : 'T'
  if (!row.id.startsWith(letter) || row.id === `${letter}00`)
    tell('id', `${row.id} is no id for a rule of a ${by}: use ${letter}01 to ${letter}99.`)
  else if (base.some(({ id }) => id === row.id))
    tell('id', `There is a rule ${row.id} already: change it with the kind “stricter”, or take another id.`)
  const fillable = row.lookBackMonths === null ? ['{fact}'] : ['{fact}', '{months}']
  for (const field of ['sentence', 'familySentence'] as const)
    for (const one of row[field].match(/\{[^}]*\}?/g) ?? [])
      if (!fillable.includes(one)) tell(field, `Nothing can be filled in for ${one}: use ${fillable.join(' or ')}.`)
  if (row.lookBackMonths !== null && strictness[row.condition.kind].lookBack === 'unused')
    tell('lookBackMonths', `${row.condition.kind} does not look back: say null.`)
  flaws.push(...sanity(row, laid.rules).map((one) => within(path, one)))
  return {
    ...laid,
    rules: [...laid.rules, row],
    added: [...laid.added, { row, path }],
    flaws: [...laid.flaws, ...flaws],
  }
}

type LookBack = 'longer' | 'shorter' | 'same' | 'unused'
/**
 * Which way a parameter makes a rule stricter. `lesser` is a weight for the milder cases, never above the rule's own, `greater`
 * one for the graver, never below it; both may only rise.
 */
type Way<V> = V extends number
  ? 'more' | 'less'
  : V extends readonly unknown[]
    ? 'wider' | 'narrower'
    : V extends Severity
      ? 'lesser' | 'greater'
      : V extends string
        ? 'same'
        : 'smaller-part'
type AnyWay = Way<number> | Way<readonly unknown[]> | Way<Severity> | 'same' | 'smaller-part'
type Parameters<K extends ConditionKind> = Omit<ConditionOf<K>, 'kind'>
type Strictness<K extends ConditionKind> = {
  readonly lookBack: LookBack
  readonly parameters: { readonly [P in keyof Parameters<K>]: Way<Parameters<K>[P]> }
}

const plain = { lookBack: 'unused', parameters: {} } as const
const toKinds = { lookBack: 'unused', parameters: { kinds: 'wider' } } as const

/** The strict direction of each condition's look-back and parameters. A new one says so here, or it does not compile. */
const strictness: { readonly [K in ConditionKind]: Strictness<K> } = {
  'post-at-trust': { lookBack: 'longer', parameters: { confirmedWithin: 'less' } },
  'shared-site': plain,
  'same-group': plain,
  'left-trust': { lookBack: 'longer', parameters: { afterMonths: 'less', older: 'lesser' } },
  'advised-before': plain,
  'discussed-before': plain,
  'management-tie': plain,
  'shared-team': { lookBack: 'longer', parameters: { teams: 'wider' } },
  neighbour: { lookBack: 'unused', parameters: { centres: 'more', fewCentres: 'greater' } },
  'training-tie': { lookBack: 'longer', parameters: { pupil: 'wider', otherwise: 'lesser' } },
  'below-first-doctor': { lookBack: 'unused', parameters: { equals: 'narrower' } },
  'close-to-consultant': toKinds,
  'close-to-family': toKinds,
  'said-at-opening': { lookBack: 'unused', parameters: { question: 'same' } },
  'shared-business': { lookBack: 'unused', parameters: { sharePercent: 'less' } },
  // From this share on it is another rule's: where this one ends sooner, it lets go of what was its own.
  'stake-in-maker': { lookBack: 'unused', parameters: { sharePercent: 'more', notContested: 'lesser' } },
  patent: { lookBack: 'unused', parameters: { notSole: 'lesser' } },
  'leads-trial': plain,
  'would-receive': { lookBack: 'unused', parameters: { otherwise: 'lesser' } },
  'paid-for-case': plain,
  'expert-witness': { lookBack: 'longer', parameters: { otherCase: 'lesser' } },
  'spoke-in-public': plain,
  advocacy: { lookBack: 'unused', parameters: { notSole: 'lesser' } },
  'joint-work': { lookBack: 'longer', parameters: { outputs: 'less', consortium: 'more', older: 'lesser' } },
  'joint-committee': { lookBack: 'longer', parameters: { committees: 'wider' } },
  reciprocity: { lookBack: 'longer', parameters: { exchanges: 'less' } },
  // A longer time has more opinions of others in it too, so that a share may fall.
  'closed-circle': { lookBack: 'same', parameters: { share: 'less', atLeast: 'less' } },
  dispute: plain,
  recruitment: { lookBack: 'longer', parameters: {} },
  'outside-role': plain,
  'industry-payment': { lookBack: 'longer', parameters: { pounds: 'less', withinMonths: 'more', lesser: 'lesser' } },
  'associate-interest': { lookBack: 'unused', parameters: { rules: 'wider' } },
  'acting-person': { lookBack: 'unused', parameters: { kinds: 'wider', trainingMonths: 'more' } },
  'acting-companion': toKinds,
  'mdt-members': { lookBack: 'unused', parameters: { kinds: 'wider', most: 'smaller-part', minority: 'lesser' } },
  // How long a signature, a check or the practice of a field speaks for itself: the shorter the stricter.
  'standing-declaration': { lookBack: 'shorter', parameters: {} },
  'case-declaration': plain,
  registration: { lookBack: 'shorter', parameters: { warning: 'lesser' } },
  specialist: { lookBack: 'shorter', parameters: {} },
  overseas: { lookBack: 'unused', parameters: { body: 'same', countries: 'narrower' } },
  indemnity: plain,
  unblinded: plain,
  full: plain,
  unwelcome: plain,
}

/** Why a row is not at least as strict as another, field by field; nothing where it is. */
const proof = (before: RuleRow, after: RuleRow): readonly Flaw[] => {
  const flaws: Flaw[] = []
  const tell = (path: string, message: string) => void flaws.push({ path, message })
  if (rank(after.severity) < rank(before.severity))
    tell('severity', `${after.severity} is milder than ${before.severity}: say ${before.severity} or heavier.`)
  if (stages.indexOf(after.settledBy) > stages.indexOf(before.settledBy))
    tell('settledBy', `${after.settledBy} is later than ${before.settledBy}: say ${before.settledBy} or earlier.`)
  const lookBack = strictness[before.condition.kind].lookBack
  const laxer = lookBackFlaw(lookBack, before.lookBackMonths, after.lookBackMonths)
  if (laxer !== null) tell('lookBackMonths', laxer)
  const was = parametersOf(before)
  for (const [name, value] of Object.entries(parametersOf(after))) {
    const way = wayOf(before.condition.kind, name)
    if (way !== undefined && !isAtLeast(way, was[name], value))
      tell(`parameters.${name}`, `${text(value)} is laxer than ${text(was[name])}: ${remedies[way]}, or leave it out.`)
  }
  const isSame = JSON.stringify({ ...after, from: '', to: '' }) === JSON.stringify({ ...before, from: '', to: '' })
  if (isSame) tell('rule', `This changes nothing of ${before.id}: say what becomes stricter, or leave the change out.`)
  return flaws
}

const lookBackFlaw = (way: LookBack, before: number | null, after: number | null): string | null => {
  if (before === after) return null
  switch (way) {
    case 'longer':
      return (after ?? 0) >= (before ?? 0) ? null : `${after} months are laxer than ${before}: say ${before} or more.`
    case 'shorter':
      return (after ?? 0) <= (before ?? 0) ? null : `${after} months are laxer than ${before}: say ${before} or fewer.`
    case 'same':
      return `Another look-back may be laxer here: leave it at ${before}.`
    case 'unused':
      return 'This rule does not look back: leave it out.'
  }
}

/** Whether a parameter is at least as strict as it was. */
const isAtLeast = (way: AnyWay, before: unknown, after: unknown): boolean => {
  switch (way) {
    case 'more':
      return Number(after) >= Number(before)
    case 'less':
      return Number(after) <= Number(before)
    case 'wider':
      return listOf(before).every((one) => listOf(after).includes(one))
    case 'narrower':
      return listOf(after).every((one) => listOf(before).includes(one))
    case 'lesser':
    case 'greater':
      return rank(after) >= rank(before)
    case 'same':
      return after === before
    case 'smaller-part': {
      const [was, is] = [partOf(before), partOf(after)]
      return is.of * was.in <= was.of * is.in
    }
  }
}

const remedies: Readonly<Record<AnyWay, string>> = {
  more: 'say as much or more',
  less: 'say as much or less',
  wider: 'keep all that was in it',
  narrower: 'name none that was not in it',
  lesser: 'say as heavy or heavier',
  greater: 'say as heavy or heavier',
  same: 'it cannot change',
  'smaller-part': 'say as small a part or smaller',
}

/** What makes a row contradict itself, or name what is not there. */
const sanity = (row: RuleRow, rules: readonly RuleRow[]): readonly Flaw[] => {
  const flaws: Flaw[] = []
  for (const [name, value] of Object.entries(parametersOf(row))) {
    const way = wayOf(row.condition.kind, name)
    const path = `parameters.${name}`
    if (way === 'lesser' && rank(value) > rank(row.severity))
      flaws.push({
        path,
        message: `${text(value)} is heavier than the rule itself (${row.severity}): raise its severity too.`,
      })
    if (way === 'greater' && rank(value) < rank(row.severity))
      flaws.push({ path, message: `${text(value)} is milder than the rule itself (${row.severity}): raise it too.` })
  }
  if (row.downgrade !== null && rank(row.downgrade.severity) > rank(row.severity))
    flaws.push({ path: 'downgrade', message: 'It would weigh more than the rule itself: say null.' })
  if (row.condition.kind === 'associate-interest')
    for (const id of row.condition.rules) {
      const kinds = rules.filter((one) => one.id === id).map((one) => one.condition.kind)
      if (kinds.length === 0 || !kinds.every((kind) => ofAssociates.includes(kind)))
        flaws.push({
          path: 'parameters.rules',
          message: `${id} is no rule that a close associate could fall under: leave it out.`,
        })
    }
  return flaws
}

const ofAssociates: readonly ConditionKind[] = [
  'shared-business',
  'stake-in-maker',
  'patent',
  'leads-trial',
  'recruitment',
  'outside-role',
  'industry-payment',
]

/** Rows of one rule by their days: none ends before it starts, no two are in force at once, and none is missing between them. */
const datesOf = (placed: readonly Placed[]): readonly Flaw[] =>
  [...Map.groupBy(placed, ({ row }) => keyOf(row)).values()].flatMap((list) => {
    const inOrder = list.toSorted((a, b) => (a.row.from < b.row.from ? -1 : 1))
    return inOrder.flatMap(({ row, path }, index): readonly Flaw[] => {
      if (isAfter(row.from, row.to))
        return [
          { path: `${path}.to`, message: `${row.id} ends (${row.to}) before it starts (${row.from}): swap the days.` },
        ]
      const next = inOrder[index + 1]
      if (!next) return []
      const { from } = next.row
      const at = `${next.path}.from`
      if (row.to === 'ongoing' || row.to >= from)
        return [
          {
            path: at,
            message: `${row.id} is in force twice from ${from}: end the earlier row (${path}) the day before.`,
          },
        ]
      const due = addDays(row.to, 1)
      return from > due
        ? [
            {
              path: at,
              message: `${row.id} is not in force from ${due} until ${from}: start on ${due}, or end the earlier row later.`,
            },
          ]
        : []
    })
  })

const readRow = (given: object, conditionPath: 'condition' | 'parameters'): Read => {
  try {
    const [row] = parseRules([given])
    if (row) return { kind: 'read', row }
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error
    const condition = 'condition' in given ? given.condition : undefined
    return {
      kind: 'flawed',
      flaws: error.issues.map(({ path: [, ...path], ...issue }) =>
        path[0] === 'condition'
          ? { path: conditionPath, message: conditionFlaw(condition) }
          : flawOf({ ...issue, path }),
      ),
    }
  }
  throw new Error('A row that parses is there')
}

const conditionFlaw = (condition: unknown): string => {
  const given = typeof condition === 'object' && condition !== null && 'kind' in condition ? condition.kind : undefined
  const kind = Object.entries(strictness).find(([name]) => name === given)
  if (!kind) return `${text(given)} is no condition the rules know: use one of ${Object.keys(strictness).join(', ')}.`
  const names = Object.keys(kind[1].parameters)
  return names.length === 0
    ? `${kind[0]} has no parameters: leave them out.`
    : `${kind[0]} needs ${names.join(', ')}, written as in the rules of the platform, and no more.`
}

const flawOf = (
  issue: Pick<z.core.$ZodIssue, 'path' | 'message' | 'code'> & { readonly keys?: readonly string[] },
): Flaw => {
  const path = issue.path.reduce<string>(
    (all, part) => (typeof part === 'number' ? `${all}[${part}]` : all ? `${all}.${String(part)}` : String(part)),
    '',
  )
  if (issue.code === 'unrecognized_keys')
    return { path, message: `No such field: ${(issue.keys ?? []).join(', ')}. Leave it out.` }
  return { path, message: `${issue.message}. Correct it.` }
}

const within = (path: string, flaw: Flaw): Flaw => ({ ...flaw, path: flaw.path ? `${path}.${flaw.path}` : path })
const flawed = (laid: Laid, flaws: readonly Flaw[]): Laid => ({ ...laid, flaws: [...laid.flaws, ...flaws] })
const distinct = (flaws: readonly Flaw[]) => [...new Map(flaws.map((one) => [JSON.stringify(one), one])).values()]

// A rule may have a row for each stage, and these differ by their condition: the stage itself may change.
const keyOf = ({ id, condition }: RuleRow) => `${id} ${condition.kind}`
const parametersOf = ({ condition: { kind: _, ...parameters } }: RuleRow): Readonly<Record<string, unknown>> =>
  parameters
const wayOf = (kind: ConditionKind, name: string): AnyWay | undefined => {
  const ways: Readonly<Partial<Record<string, AnyWay>>> = strictness[kind].parameters
  return ways[name]
}
// Days sort as text, and `ongoing` after all of them.
const isAfter = (a: RuleRow['to'], b: RuleRow['to']) => a > b
const isTogether = (a: Days, b: Days) => !isAfter(a.from, b.to) && !isAfter(b.from, a.to)
const ranks: readonly unknown[] = severities
const rank = (severity: unknown) => ranks.indexOf(severity)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const partOf = (value: unknown) => z.object({ of: z.number(), in: z.number() }).parse(value)
const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
