import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import v8 from 'node:v8'
import vm from 'node:vm'
import { assess } from '@concord/domain/independence/assess'
import { type AssessedMany, assessMany, type ToAssessMany } from '@concord/domain/independence/assess-many'
import type { CandidateSide } from '@concord/domain/independence/pair'
import { rulesOn } from '@concord/domain/independence/rule'
import type { Assessment, Finding } from '@concord/domain/independence/verdict'
import { type Place, placesOf } from '@concord/domain/organisation/places'
import { rank } from '@concord/domain/ranking/rank'
import { policyVersion } from '@concord/policy/current-policy'
import { rules } from '@concord/policy/rules'
import { type AskedFor, asOf, type Chance, chanceOf, countryOf } from './independence-data.ts'

/** What the engine costs and whether its fast form says what its plain form says: one table, one run, medians of five. */
const SEED = 20_260_615
const ROUNDS = 5
const SHUFFLES = 100
const SAMPLE = 20_000
const SIZES = [
  { requests: 200, clinicians: 50 },
  { requests: 200, clinicians: 500 },
  { requests: 2000, clinicians: 500 },
] as const
const BARS = { seconds: 3, megabytes: 512, growth: 1.25, milliseconds: 50, findings: [2, 4] } as const

type Batch = Omit<ToAssessMany, 'requests'> & { readonly requests: readonly AskedFor[] }
type Facts = {
  readonly places: readonly Place[]
  readonly requests: readonly AskedFor[]
  readonly candidates: readonly CandidateSide[]
}
const inForce = rulesOn(rules, asOf)
const stage = 'offer'
// New objects throughout: nothing that the run before remembered of requests or organisations helps this one.
const batchOf = ({ places, requests, candidates }: Facts, of = inForce): Batch => ({
  asOf,
  stage,
  rules: of,
  organisations: placesOf(places),
  requests: requests.map((one) => ({ ...one, request: { ...one.request } })),
  candidates: candidates.map((one) => ({ ...one })),
})

const country = countryOf(SEED, { requests: 2000, clinicians: 500 })
const cut = ({ requests, clinicians }: (typeof SIZES)[number]): Facts => ({
  places: country.places,
  requests: country.requests.slice(0, requests),
  candidates: country.candidates.slice(0, clinicians),
})

/** Findings said once, in an order of their own. */
const written = (findings: readonly Finding[]) =>
  [...new Set(findings.map((one) => JSON.stringify(one)))].toSorted().join('\n')

const bytesOf = (facts: Facts, of = inForce): string => {
  const batch = batchOf(facts, of)
  const many = assessMany(batch)
  const pairs = batch.requests.flatMap(({ id }, row) =>
    batch.candidates.map(({ person }, at) => ({ name: `${id} ${person}`, index: row * batch.candidates.length + at })),
  )
  const hash = createHash('sha256')
  for (const { name, index } of pairs.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    hash.update(`${name} ${many.verdictOf(index)}\n${written(many.inWords(index))}\n`)
  return hash.digest('hex')
}
const small: Facts = { ...cut(SIZES[0]), requests: country.requests.slice(0, 40) }

if (process.argv.includes('--hash')) {
  console.log(bytesOf(small))
  process.exit(0)
}

const missed: string[] = []
const bar = (isMet: boolean, what: string) => {
  if (!isMet) missed.push(what)
  return isMet ? 'met' : 'MISSED'
}
const table: (readonly string[])[] = []
const row = (...cells: readonly string[]) => void table.push(cells)
const at = (list: readonly number[], share: number) =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN

// From the smallest: the most memory ever held is what the size at hand, or a smaller one, took.
const measured = SIZES.map((size) => {
  const facts = cut(size)
  const times: number[] = []
  let last: { batch: Batch; many: AssessedMany } | undefined
  for (let round = 0; round < ROUNDS; round += 1) {
    last = undefined
    const batch = batchOf(facts)
    const start = performance.now()
    const many = assessMany(batch)
    times.push(performance.now() - start)
    last = { batch, many }
  }
  if (!last) throw new Error('Nothing was measured')
  const pairs = size.requests * size.clinicians
  const milliseconds = at(times, 0.5)
  return {
    ...last,
    pairs,
    milliseconds,
    each: (milliseconds * 1000) / pairs,
    peak: process.resourceUsage().maxRSS / 1024,
  }
})
const [smallest, , largest] = measured
if (!smallest || !largest) throw new Error('Nothing was measured')

for (const { pairs, milliseconds, each, peak, many } of measured)
  row(
    `${pairs.toLocaleString('en-GB')} pairs, ${inForce.length} rows, stage ${stage}`,
    `${(milliseconds / 1000).toFixed(3)} s · ${each.toFixed(2)} µs a pair · ${peak.toFixed(0)} MB at most · ${(many.refs.length / pairs).toFixed(2)} findings a pair`,
    pairs === largest.pairs
      ? bar(
          milliseconds / 1000 <= BARS.seconds && peak <= BARS.megabytes,
          `${BARS.seconds} s and ${BARS.megabytes} MB for 10⁶ pairs`,
        )
      : '',
  )
const growth = largest.each / smallest.each
row(
  'cost a pair, 10⁶ against 10⁴',
  `× ${growth.toFixed(2)}`,
  bar(growth <= BARS.growth, `a pair at 10⁶ costs at most ${BARS.growth} times what it costs at 10⁴`),
)
const average = largest.many.refs.length / largest.pairs
row(
  'findings a pair',
  average.toFixed(2),
  bar(average >= BARS.findings[0] && average <= BARS.findings[1], '2 to 4 findings a pair'),
)
const shares = new Map<string, number>()
for (const ref of largest.many.refs) {
  const id = inForce[ref >>> 22]?.id ?? '?'
  shares.set(id, (shares.get(id) ?? 0) + 1 / largest.pairs)
}
row(
  'of which',
  [...shares]
    .toSorted(([, a], [, b]) => b - a)
    .map(([id, share]) => `${id} ${share.toPrecision(2)}`)
    .join(' · '),
)

const differing = ({ many }: (typeof measured)[number], pairs: readonly number[]) => {
  const start = performance.now()
  const wrong = pairs.filter((index) => {
    const plain = assess({ pair: many.pairOf(index), rules: inForce, policyVersion, stage })
    return written(plain.findings) !== written(many.inWords(index)) || plain.verdict !== many.verdictOf(index)
  })
  return { compared: pairs.length, wrong: wrong.length, milliseconds: performance.now() - start }
}
const draw = chanceOf(SEED + 1)
for (const [name, one, pairs] of [
  ['all of 10⁴', smallest, Array.from({ length: smallest.pairs }, (_, index) => index)],
  ['a sample of 10⁶', largest, Array.from({ length: SAMPLE }, () => draw.below(largest.pairs))],
] as const) {
  const { compared, wrong, milliseconds } = differing(one, pairs)
  row(
    `against the plain loop, ${name}`,
    `${compared.toLocaleString('en-GB')} compared, ${wrong} differ (${((milliseconds * 1000) / compared).toFixed(0)} µs a pair, plain loop and check)`,
    bar(wrong === 0, `the same findings as the plain loop, ${name}`),
  )
}

const oneRequest = (asked: AskedFor, candidates: readonly CandidateSide[]) => {
  const organisations = largest.batch.organisations
  const start = performance.now()
  const assessed = candidates.map((candidate) => {
    const pair = { ...asked, asOf, candidate, organisations }
    return { id: candidate.person, assessment: assess({ pair, rules: inForce, policyVersion, stage }) }
  })
  const ranked = rank<string>({
    asOf,
    request: { id: asked.id, tfc: asked.request.tfc, urgency: asked.urgency, mode: 'video', language: null },
    candidates: candidates.map((one) => ({
      id: one.person,
      practice: one.practice?.map(({ tfc, lastOn }) => ({ tfc, lastPractisedOn: lastOn })) ?? null,
      urgencies: ['U1', 'U2', 'U3'],
      modes: ['video'],
      languages: ['English'],
      openCases: one.capacity?.open ?? null,
      cap: one.capacity?.cap ?? null,
      opinionsLastYear: 0,
    })),
  })
  const words = new Map(assessed.map(({ id, assessment }) => [id, reasonsIn(assessment)]))
  const list = ranked.map(({ id, score, parts }) => ({ id, score, parts, reasons: words.get(id) }))
  return { list, milliseconds: performance.now() - start }
}
const reasonsIn = ({ findings, toAsk }: Assessment) => [
  ...findings.map(({ sentence }) => sentence),
  ...toAsk.map(({ fact }) => fact),
]
// Read anew for each, as a process would: only the day's organisations are there already.
v8.setFlagsFromString('--expose-gc')
const collectGarbage = vm.runInNewContext('gc') as (how: { readonly type: 'minor' }) => void
const waits = largest.batch.requests.slice(0, 200).map((known) => {
  const { asked, candidates } = structuredClone({ asked: known, candidates: largest.batch.candidates })
  // What the copying left behind is not the engine's to clear away.
  collectGarbage({ type: 'minor' })
  return oneRequest(asked, candidates).milliseconds
})
row(
  `one new request, ${largest.batch.candidates.length} candidates: assess, rank, reasons`,
  `p50 ${at(waits, 0.5).toFixed(1)} ms · p95 ${at(waits, 0.95).toFixed(1)} ms over ${waits.length} requests`,
  bar(at(waits, 0.95) <= BARS.milliseconds, `${BARS.milliseconds} ms at p95 for one request`),
)

/** Every list within, in another order. */
const turned = <T>(value: T, chance: Chance): T => {
  if (Array.isArray(value)) return chance.shuffled(value.map((one: unknown) => turned(one, chance))) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, turned<unknown>(one, chance)])) as T
}
const bytes = bytesOf(small)
let other = 0
for (let n = 0; n < SHUFFLES; n += 1) {
  const chance = chanceOf(SEED + 100 + n)
  if (bytesOf(turned(small, chance), chance.shuffled(inForce)) !== bytes) other += 1
}
row(
  `shuffled: requests, candidates, facts, rules (${small.requests.length} × ${small.candidates.length} pairs in words)`,
  `${SHUFFLES} shuffles, ${other} differ`,
  bar(other === 0, 'the same bytes however the input is shuffled'),
)
const child = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, '--hash'], { encoding: 'utf8' })
const isSame = child.stdout.trim() === bytes
row(
  'another process',
  `${bytes.slice(0, 16)} ${isSame ? 'as well' : `there ${child.stdout.trim().slice(0, 16)}`}`,
  bar(isSame, 'the same bytes in two processes'),
)

console.log(`Seed ${SEED}, Node ${process.version}, medians of ${ROUNDS}\n`)
const widths = [0, 1].map((column) =>
  Math.max(...table.map((cells) => (cells[column] ?? '').length).filter((n) => n < 120)),
)
for (const [what = '', value = '', verdict = ''] of table)
  console.log(`${what.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${verdict}`)
if (missed.length > 0) {
  console.error(`\nMissed: ${missed.join('; ')}.`)
  process.exit(1)
}
