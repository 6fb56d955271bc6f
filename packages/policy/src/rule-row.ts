import { personalKinds, teamKinds, trainingKinds } from '@concord/domain/independence/pair'
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
const months = z.int().positive()
const count = z.int().positive()
const percent = z.number().positive().max(100)
const ruleId = z.string().regex(/^[A-Z]\d\d$/)
const kinds = { kinds: z.array(z.enum(personalKinds)).min(1) }
const having = <K extends ConditionKind, Shape extends z.ZodRawShape>(kind: K, shape: Shape) =>
  z.strictObject({ kind: z.literal(kind), ...shape })

// One schema for each condition of the domain, and for no other: a kind left out or misspelt does not compile.
const conditions: { readonly [K in ConditionKind]: z.ZodType<ConditionOf<K>> } = {
  'post-at-trust': having('post-at-trust', { confirmedWithin: months }),
  'shared-site': having('shared-site', {}),
  'same-group': having('same-group', {}),
  'left-trust': having('left-trust', { afterMonths: months, older: severity }),
  'advised-before': having('advised-before', {}),
  'discussed-before': having('discussed-before', {}),
  'management-tie': having('management-tie', {}),
  'shared-team': having('shared-team', { teams: z.array(z.enum(teamKinds)).min(1) }),
  neighbour: having('neighbour', { centres: z.int().positive(), fewCentres: severity }),
  'training-tie': having('training-tie', { pupil: z.array(z.enum(trainingKinds)), otherwise: severity }),
  'below-first-doctor': having('below-first-doctor', { equals: z.array(z.string().min(1)) }),
  'close-to-consultant': having('close-to-consultant', kinds),
  'close-to-family': having('close-to-family', kinds),
  'said-at-opening': having('said-at-opening', { question: z.enum(['C05', 'C12', 'C13']) }),
  'shared-business': having('shared-business', { sharePercent: percent }),
  'stake-in-maker': having('stake-in-maker', { sharePercent: percent, notContested: severity }),
  patent: having('patent', { notSole: severity }),
  'leads-trial': having('leads-trial', {}),
  'would-receive': having('would-receive', { otherwise: severity }),
  'paid-for-case': having('paid-for-case', {}),
  'expert-witness': having('expert-witness', { otherCase: severity }),
  'spoke-in-public': having('spoke-in-public', {}),
  advocacy: having('advocacy', { notSole: severity }),
  'joint-work': having('joint-work', { outputs: count, consortium: count, older: severity }),
  'joint-committee': having('joint-committee', { committees: z.array(z.string().min(1)).min(1) }),
  reciprocity: having('reciprocity', { exchanges: count }),
  'closed-circle': having('closed-circle', { share: percent, atLeast: count }),
  dispute: having('dispute', {}),
  recruitment: having('recruitment', {}),
  'outside-role': having('outside-role', {}),
  'industry-payment': having('industry-payment', { pounds: count, withinMonths: months, lesser: severity }),
  'associate-interest': having('associate-interest', { rules: z.array(ruleId).min(1) }),
  'acting-person': having('acting-person', { ...kinds, trainingMonths: months }),
  'acting-companion': having('acting-companion', kinds),
  'mdt-members': having('mdt-members', {
    ...kinds,
    most: z.strictObject({ of: count, in: count }),
    minority: severity,
  }),
  'standing-declaration': having('standing-declaration', {}),
  'case-declaration': having('case-declaration', {}),
  registration: having('registration', { warning: severity }),
  specialist: having('specialist', {}),
  overseas: having('overseas', { body: z.string().min(1), countries: z.array(z.string().min(1)).min(1) }),
  indemnity: having('indemnity', {}),
  unblinded: having('unblinded', {}),
  full: having('full', {}),
  unwelcome: having('unwelcome', {}),
}

const condition: z.ZodType<Condition> = z.union(Object.values(conditions))

const ruleRow: z.ZodType<RuleRow> = z.strictObject({
  id: ruleId,
  severity,
  settledBy: z.enum(['offer', 'acceptance', 'opening', 'report']),
  lookBackMonths: months.nullable(),
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
