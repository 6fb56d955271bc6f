import { assessLine } from '@concord/contracts/exchange/line'
import { type LineProblem, pairOfLine } from '@concord/contracts/exchange/pair-of-line'
import type { AssessReply, ErrorReply } from '@concord/contracts/exchange/reply'
import { assess } from '@concord/domain/independence/assess'
import { routeFor } from '@concord/domain/independence/route'
import { type RuleRow, rulesOn } from '@concord/domain/independence/rule'
import type { Assessment } from '@concord/domain/independence/verdict'
import type { CalendarDate } from '@concord/domain/time'
import { policyVersion } from '@concord/policy/current-policy'
import { neverMended, rules } from '@concord/policy/rules'
import type { z } from 'zod'

/** Answers one line of `concord assess`: what the rules say of the pair, or what is wrong with the line and where. */
export const answerAssessLine = (text: string): AssessReply | ErrorReply => {
  const json = parseJson(text)
  if (json.kind === 'unreadable') return { id: null, error: json.error }
  const id = idOf(json.value)
  const read = assessLine.safeParse(json.value)
  if (!read.success) return { id, error: problemOf(read.error) }
  const laid = pairOfLine(read.data)
  if (laid.kind === 'unreadable') return { id, error: laid.error }

  const { pair } = laid
  const { stage } = read.data.request
  const inForce = rulesFor(pair.asOf)
  if (inForce.kind === 'unreadable') return { id, error: inForce.error }
  const assessment = assess({ pair, rules: inForce.rules, policyVersion, stage })
  return {
    id: read.data.id,
    ...repliedOf(assessment),
    route: routeFor(assessment, pair.request.exhaustion, neverMended),
  }
}

/** The rules on the day of a line. Before the first of them nobody could be barred, which must not read as clear. */
export const rulesFor = (
  asOf: CalendarDate,
):
  | { readonly kind: 'in-force'; readonly rules: readonly RuleRow[] }
  | { readonly kind: 'unreadable'; readonly error: LineProblem } => {
  const inForce = rulesOn(rules, asOf)
  return inForce.length > 0
    ? { kind: 'in-force', rules: inForce }
    : {
        kind: 'unreadable',
        error: {
          code: 'malformed',
          path: 'asOf',
          message: `No rules were in force on ${asOf}. Ask as of a later day.`,
        },
      }
}

/** What a reply says of an assessment. */
export const repliedOf = ({ verdict, findings, toAsk }: Assessment): Omit<AssessReply, 'id' | 'route'> => ({
  verdict,
  findings: findings.map(({ familySentence: _, ...finding }) => finding),
  toAsk: toAsk.map(({ rule, fact }) => ({ rule, fact })),
})

/** Reads the JSON of a line, or says that it is none. */
export const parseJson = (
  text: string,
):
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly error: LineProblem } => {
  try {
    return { kind: 'json', value: JSON.parse(text) }
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it could not be parsed'
    return {
      kind: 'unreadable',
      error: { code: 'not-json', path: '', message: `This line is no JSON: ${why}. Write one case a line.` },
    }
  }
}

export const idOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null

/** The first thing wrong with a line, and where it stands. */
export const problemOf = ({ issues }: z.ZodError): LineProblem => {
  const [issue] = issues
  const path = (issue?.path ?? []).reduce<string>(
    (all, part) => (typeof part === 'number' ? `${all}[${part}]` : all ? `${all}.${String(part)}` : String(part)),
    '',
  )
  const message = `${issue?.message ?? 'This is not what the schema says'}. See docs/schemas.`
  return { code: 'malformed', path, message }
}
