import { parseTfc } from '@concord/domain/ids'
import type { Condition, ConditionKind, ConditionOf, RuleRow } from '@concord/domain/independence/rule'
import { parseDate } from '@concord/domain/time'
import { z } from 'zod'

const parsedBy = <T extends string>(parse: (text: string) => T | undefined) =>
  z.string().transform((text, context): T => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `not what it should be: ${text}` })
    return z.NEVER
  })

const severity = z.enum(['BAR', 'MANAGE', 'NOTE'])
const bare = <K extends ConditionKind>(kind: K) => z.strictObject({ kind: z.literal(kind) })

// One schema for each condition of the domain, and for no other: a kind left out or misspelt does not compile.
const conditions: { readonly [K in ConditionKind]: z.ZodType<ConditionOf<K>> } = {
  'post-at-trust': bare('post-at-trust'),
  'shared-site': bare('shared-site'),
  'advised-before': bare('advised-before'),
  'discussed-before': bare('discussed-before'),
  'management-tie': bare('management-tie'),
  'shared-team': z.strictObject({
    kind: z.literal('shared-team'),
    teams: z.array(z.enum(['team', 'mdt', 'rota', 'transport-service'])).min(1),
  }),
  'training-tie': z.strictObject({
    kind: z.literal('training-tie'),
    pupil: z.array(z.enum(['trainer-of', 'trainee-of', 'phd-supervisor-of', 'phd-student-of', 'co-trainee'])),
    otherwise: severity,
  }),
  'below-first-doctor': z.strictObject({
    kind: z.literal('below-first-doctor'),
    equals: z.array(z.enum(['consultant', 'specialist', 'associate-specialist', 'specialty-doctor', 'resident'])),
  }),
  'close-to-consultant': bare('close-to-consultant'),
  'close-to-family': bare('close-to-family'),
  'said-at-opening': z.strictObject({ kind: z.literal('said-at-opening'), question: z.enum(['C05', 'C12', 'C13']) }),
  'standing-declaration': bare('standing-declaration'),
  'case-declaration': bare('case-declaration'),
  registration: z.strictObject({ kind: z.literal('registration'), warning: severity }),
  specialist: z.strictObject({
    kind: z.literal('specialist'),
    specialties: z.array(z.strictObject({ tfc: parsedBy(parseTfc), registers: z.array(z.string().min(1)).min(1) })),
  }),
  indemnity: bare('indemnity'),
  full: bare('full'),
  unwelcome: bare('unwelcome'),
}

const condition: z.ZodType<Condition> = z.union(Object.values(conditions))

const ruleRow: z.ZodType<RuleRow> = z.strictObject({
  id: z.string().regex(/^C\d\d$/),
  severity,
  settledBy: z.enum(['offer', 'acceptance', 'opening', 'report']),
  lookBackMonths: z.int().positive().nullable(),
  downgrade: z
    .strictObject({
      severity,
      when: z.literal('urgency-triage'),
      urgencies: z.array(z.enum(['U0', 'U1', 'U2', 'U3'])),
      by: z.literal('clinical-lead'),
    })
    .nullable(),
  condition,
  sentence: z.string().min(1),
  familySentence: z.string().min(1),
  source: z.string().min(1),
  from: parsedBy(parseDate),
  to: z.union([z.literal('ongoing'), parsedBy(parseDate)]),
})

/** Reads rules as data. A row the engine could not judge does not parse. */
export const parseRules = (input: unknown): readonly RuleRow[] => z.array(ruleRow).parse(input)
