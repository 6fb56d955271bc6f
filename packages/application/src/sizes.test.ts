import { must, parseClinicianId } from '@concord/domain/ids'
import { anApplication, anEntryCommand } from '@concord/testkit/clinicians'
import { aDraft } from '@concord/testkit/drafts'
import { aConsultant, aPost, day, gmc, neurology, openingAnswers, org } from '@concord/testkit/facts'
import { aListedClinician, enter } from '@concord/testkit/listed-clinician'
import { memoryTables } from '@concord/testkit/memory-tables'
import { anExchange, aRequestId, networkOne } from '@concord/testkit/requests'
import { aWorld, declarationFor, done } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { paths, placeFor } from './scope.ts'

const KB = 1024

/** What DynamoDB reckons for an item: its names and values in UTF-8, and a little for what holds others. */
const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1
  if (value instanceof Uint8Array) return value.length
  if (typeof value !== 'object' || value === null) return 1
  const inside = Object.entries(value).map(
    ([name, one]) => 1 + (Array.isArray(value) ? 0 : Buffer.byteLength(name)) + sizeOf(one),
  )
  return 3 + inside.reduce((sum, one) => sum + one, 0)
}

/** Numbers that look drawn, the same on every run: nothing repeats that a packer could leave out. */
const drawing = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return state % below
  }
}

/** Somebody with a working life behind them: four posts, two teams, ties to three others, a place taken, five opinions given. */
const experienced = (n: number) => {
  const draw = drawing(n)
  const { facts } = anApplication()
  const when = (year: number) =>
    day(`${year}-${String(1 + draw(12)).padStart(2, '0')}-${String(1 + draw(28)).padStart(2, '0')}`)
  const since = (year: number, to: number | null) => ({ from: when(year), to: to ? when(to) : ('ongoing' as const) })
  const word = () => Array.from({ length: 9 }, () => String.fromCharCode(97 + draw(26))).join('')
  const at = () => {
    const trust = ['XB1', 'XC1'][draw(2)] ?? 'XB1'
    return { org: org(trust), site: org(`${trust}01`) }
  }
  const entry = {
    name: `Dr ${word()} ${word()}`,
    languages: ['en', 'cy', 'ur'] as const,
    facts: {
      ...facts,
      practice: [
        { tfc: neurology, lastPractisedOn: when(2024) },
        { tfc: neurology, lastPractisedOn: when(2025) },
      ],
      posts: [
        aPost({ ...at(), ...since(2019, null) }),
        aPost({ ...at(), kind: 'academic', ...since(2020, null) }),
        aPost({ ...at(), ...since(2014, 2018) }),
        aPost({ ...at(), kind: 'training', ...since(2009, 2013) }),
      ],
      teams: [
        { team: `team_XC1_${uuid(draw).slice(-12)}`, kind: 'team' as const, ...since(2019, null) },
        { team: `team_network-one_${uuid(draw).slice(-12)}`, kind: 'mdt' as const, ...since(2021, null) },
      ],
      trainingTies: [1, 2].map(() => ({
        with: gmc(1 + draw(800)),
        kind: 'trainer-of' as const,
        ...since(2018, 2020),
      })),
      managementTies: [{ with: gmc(1 + draw(800)), kind: 'appraised-by' as const, ...since(2024, null) }],
    },
  }
  const { state } = aListedClinician(n, { entry })
  const given = [1, 2, 3, 4, 5].flatMap((one) => [
    anEntryCommand('take-place', { request: aRequestId(one) }),
    anEntryCommand('give-back', { request: aRequestId(one), because: 'given' }),
  ])
  return {
    ...enter(state, [...given, anEntryCommand('take-place')]).state,
    id: must(parseClinicianId, `cln_${uuid(draw)}`),
  }
}

const uuid = (draw: (below: number) => number) =>
  'xxxxxxxx-xxxx-7xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => draw(16).toString(16))

describe('what is stored stays small:', () => {
  test('the card of somebody with a working life behind them is within 1.5 KB', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const { status: _, works: _w, ...card } = experienced(1)
    await world.reactorDeps.reactor.putCard({ network: networkOne, tfc: neurology }, { ...card, listed: true })
    const [size = 0] = tables.all().flatMap(({ item }) => (item['kind'] === 'card' ? [sizeOf(item)] : []))
    expect(size).toBeGreaterThan(1.1 * KB)
    expect(size).toBeLessThanOrEqual(1.5 * KB)
  })

  test('an assessment of 500 candidates is within 300 KB, with the facts it saw and all that it found', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    for (let n = 1; n <= 500; n += 1) {
      const { status: _, works: _w, ...card } = experienced(n)
      // Every fourth is excluded by a rule, with its evidence.
      const posts = n % 4 === 0 ? [aPost({ org: org('XA1'), site: org('XA101') })] : card.entry.facts.posts
      const entry = { ...card.entry, facts: { ...card.entry.facts, posts } }
      await world.reactorDeps.reactor.putCard({ network: networkOne, tfc: neurology }, { ...card, entry, listed: true })
    }
    const treating = [901, 903, 904, 905].map((one) =>
      aConsultant({ gmc: gmc(one), role: one === 901 ? 'lead' : 'treating' }),
    )
    // As many opinions for one trust as a busy network might broker for all of its trusts.
    for (let n = 1; n <= 300; n += 1) {
      const exchange = anExchange(n, { opinionBy: gmc(n), requestedBy: gmc(n % 2 === 0 ? 901 : 903) })
      await world.reactorDeps.reactor.putExchange(networkOne, exchange)
    }
    const [first, ...others] = treating
    if (!first) throw new Error('There is a lead')
    const id = await world.aRequestAt('shortlisted', { draft: { routing: { treating: [first, ...others] } } })
    const read = await world.cases.readShortlist({ id }, world.as('coordinator'))
    if (read.kind !== 'shortlist') throw new Error('A shortlist was drawn')
    const { offerable, full, excluded } = read.assessed.result
    expect([offerable.length + full.length + excluded.length, excluded.length]).toEqual([500, 125])
    const [size = 0] = tables.all().flatMap(({ item }) => (item['kind'] === 'assessment' ? [sizeOf(item)] : []))
    expect(size).toBeLessThanOrEqual(300 * KB)
  }, 30_000)

  test('a request with a very long history is within 256 KB, and so is what a page reads of it', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const clinicians = []
    for (let n = 1; n <= 120; n += 1) clinicians.push(await world.aListed(n))
    const id = await world.aRequestAt('draft')
    for (let saved = 0; saved < 50; saved += 1)
      done(await world.cases.draft({ ...aDraft(), asked: world.asked(), revises: id }, world.as('requester')))
    await world.mustStep('esoLead', id, { type: 'submit' })
    await world.mustStep('coordinator', id, { type: 'take-up' })
    await world.mustStep('coordinator', id, { type: 'complete-triage' })
    // In threes: one declines, one is not needed, one accepts; the family objects, or the names show a conflict.
    for (let round = 0; round < 40; round += 1) {
      const [first, second, third] = clinicians.slice(round * 3, round * 3 + 3)
      if (!first || !second || !third) throw new Error('There are three for each round')
      world.passMinutes(1)
      await world.mustStep('coordinator', id, { type: 'shortlist' })
      for (const clinician of [first, second, third])
        await world.mustStep('coordinator', id, { type: 'offer', clinician })
      await world.mustStep(first, id, { type: 'decline', because: 'no-capacity' })
      await world.mustStep(third, id, { type: 'accept', declaration: declarationFor() })
      if (round % 2 === 0) await world.mustStep('requester', id, { type: 'record-objection' })
      else {
        await world.mustStep('requester', id, { type: 'engage', familyView: 'agrees' })
        await world.mustStep(third, id, { type: 'open-pack', answers: openingAnswers({ C12: 'yes' }) })
      }
    }
    await world.mustStep('requester', id, { type: 'withdraw', because: 'transferred' })
    const pk = paths.request(placeFor(networkOne, id))
    const partition = tables.all().filter(({ table, item }) => table === 'records' && item.pk === pk)
    const size = partition.reduce((sum, { item }) => sum + sizeOf(item), 0)
    expect(partition.length).toBeGreaterThan(300)
    expect(size).toBeLessThanOrEqual(256 * KB)
  }, 30_000)
})
