import { z } from 'zod'
import { candidateLine, shared } from './line.ts'
import { day, id, known, list, text, yes } from './parts.ts'
import { findingReply, toAsk, verdict } from './reply.ts'

const ageBand = z.enum(['neonate', 'infant', 'child', 'young-person'])
const mode = z.enum(['records', 'video', 'in-person'])
const place = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })

/** What the request wishes for, beside what independence asks. */
const wishes = z.object({
  condition: known(text),
  ageBand: known(ageBand),
  procedure: known(text),
  mode: known(mode),
  language: known(text),
  place: known(place),
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

/** One line of `concord rank`: one request with everyone who could be asked. */
export const rankLine = z.object({
  ...shared,
  wishes: wishes.prefault({}),
  candidates: z.array(candidateLine.extend({ offers: offers.prefault({}) })),
})
export type RankLine = z.output<typeof rankLine>

const parts = z.record(z.string(), z.int())
const place_ = { person: id, verdict, findings: z.array(findingReply) }

/** Everyone exactly once: offered in order, runner-up at a price, or excluded by rule. */
export const rankReply = z.object({
  id: z.string(),
  offered: z.array(z.object({ ...place_, rank: z.int(), score: z.int(), parts, toAsk: z.array(toAsk) })),
  runnersUp: z.array(
    z.object({
      ...place_,
      score: z.int(),
      parts,
      price: z.array(z.object({ kind: text, what: text })),
      toAsk: z.array(toAsk),
    }),
  ),
  excluded: z.array(z.object({ ...place_, rules: z.array(z.string()) })),
  nobodyFits: z
    .object({
      emptiedBy: z.array(z.object({ rule: z.string(), candidates: z.int() })),
      nearest: z.array(z.object({ person: id, rules: z.array(z.string()), eligibleFrom: z.string().nullable() })),
      elsewhere: z.array(z.object({ network: z.string(), candidates: z.int() })),
      routes: z.array(z.object({ route: text, isOpen: yes, because: text })),
    })
    .nullable(),
})
