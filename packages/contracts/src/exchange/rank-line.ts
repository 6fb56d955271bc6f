import { ageBands } from '@concord/domain/ranking/rank'
import { modes } from '@concord/domain/request/request'
import { z } from 'zod'
import { candidateLine, shared } from './line.ts'
import { day, id, known, list, text, yes } from './parts.ts'
import { findingReply, toAsk, verdict } from './reply.ts'

const ageBand = z.enum(ageBands)
const mode = z.enum(modes)
const place = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })

/** What the request wishes for, beside what independence asks. */
const wishes = z.object({
  condition: known(text),
  ageBand: known(ageBand),
  procedure: known(text),
  mode: known(mode),
  language: known(text),
  place: known(place),
  network: known(id),
})

/** What a clinician offers. Past agreement with anybody is not among it. */
const offers = z.object({
  conditions: list(text),
  ageBands: list(ageBand),
  procedures: list(z.object({ name: text, perYear: known(z.int().nonnegative()) })),
  urgencies: list(z.enum(['U0', 'U1', 'U2', 'U3'])),
  modes: list(mode),
  languages: list(text),
  place: known(place),
  opinionsGivenOn: list(day),
  network: known(id),
  isNational: known(yes),
})

/** As many candidates as one line may have: a register of one specialty has hundreds. */
export const mostCandidates = 20_000

/** One line of `concord rank`: one request with everyone who could be asked. */
export const rankLine = z.object({
  ...shared,
  wishes: wishes.prefault({}),
  candidates: z
    .array(candidateLine.extend({ offers: offers.prefault({}) }))
    .min(1, 'Expected one candidate at least')
    .max(mostCandidates),
})
export type RankLine = z.output<typeof rankLine>

const person = z.string()
const scored = {
  person,
  verdict,
  score: z.int(),
  parts: z.record(z.string(), z.int()).meta({ description: 'What the score is made of: they add up to it exactly' }),
  findings: z.array(findingReply),
  toAsk: z.array(toAsk),
}
const price = z.object({ kind: z.enum(['free-place', 'plan', 'urgency', 'mode']), what: z.string() })

/** Everyone exactly once: offered in order, runner-up at a price, or excluded by rule. */
export const rankReply = z.object({
  id: z.string(),
  offered: z.array(z.object({ rank: z.int(), ...scored })),
  runnersUp: z
    .array(z.object({ ...scored, price: z.array(price).min(1) }))
    .meta({ description: 'Whom no rule excludes and who could be asked at every price stated, best first' }),
  excluded: z.array(
    z.object({
      person,
      verdict,
      rules: z.array(z.string()).meta({ description: 'The rules that bar, or that cannot be determined' }),
      findings: z.array(findingReply),
    }),
  ),
  nobodyFits: z
    .object({
      emptiedBy: z.array(z.object({ rule: z.string(), candidates: z.int() })),
      nearest: z.array(
        z.object({
          person,
          rules: z.array(z.string()),
          eligibleFrom: z.string().nullable().meta({ description: 'null where no day can be known' }),
          upon: z.array(z.string()).meta({ description: 'What must come to pass beside the day' }),
        }),
      ),
      elsewhere: z.array(z.object({ network: z.string(), candidates: z.int(), national: z.int() })),
      routes: z.array(
        z.object({
          route: z.enum(['mdt', 'least-conflicted']),
          isOpen: yes,
          people: z.array(person),
          because: z.string(),
        }),
      ),
    })
    .nullable()
    .meta({ description: 'What there is to do when nobody can be asked today; null where somebody can' }),
})
export type RankReply = z.output<typeof rankReply>
