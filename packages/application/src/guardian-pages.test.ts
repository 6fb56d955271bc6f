import type { RequestId } from '@concord/domain/ids'
import { addMinutes } from '@concord/domain/time'
import { at } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { meteredTables } from '@concord/testkit/metered-tables'
import { aWorld, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const begun = at('2026-06-16T00:00:00Z')
/** A request that was sent, and so many more entries about it, a minute apart. */
const aCaseWith = async (entries: number, didOf: (n: number) => string = () => 'case.read') => {
  const metered = meteredTables(memoryTables())
  const world = await aWorld({ tables: metered.tables })
  const id = await world.aRequestAt('submitted')
  for (let n = 0; n < entries; n += 1) {
    const entry = { at: addMinutes(begun, n), id: `entry-${n}`, about: `network-one/XA1/${id}`, who: `reader-${n}` }
    await world.deps.audit.put({ ...entry, role: 'requester', did: didOf(n) })
  }
  return { metered, world, id }
}
type Guardian = 'guardian' | 'trustGuardian'
const pageOf = async ({ cases, as }: World, id: RequestId, who: Guardian, cursor: string | null = null) => {
  const seen = await cases.readWhoHasSeen({ id, cursor }, as(who))
  if (seen.kind !== 'who-has-seen' || !seen.cases[0]) throw new Error(seen.kind)
  return seen.cases[0]
}
const allOf = async (world: World, id: RequestId, who: Guardian) => {
  const pages = [await pageOf(world, id, who)]
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null)
    pages.push(await pageOf(world, id, who, next))
  return pages
}

describe.each(['guardian', 'trustGuardian'] as const)('the pages of the %s', (who) => {
  test('cost the same whatever the history', async () => {
    const costs = await Promise.all(
      [60, 2_000].map(async (entries) => {
        const { metered, world, id } = await aCaseWith(entries)
        const { result, ...first } = await metered.spent(() => pageOf(world, id, who))
        const { result: _, ...second } = await metered.spent(() => pageOf(world, id, who, result.next))
        return [first, second].map(({ trips, calls }) => ({ trips, calls }))
      }),
    )
    expect(costs[1]).toEqual(costs[0])
  })

  test('bring no more entries than a page holds and one', async () => {
    const { metered, world, id } = await aCaseWith(2_000)
    const { items } = await metered.spent(() => pageOf(world, id, who))
    // The lists of roles are beside them.
    expect(items).toBeLessThan(51 + 50)
  })

  test('together tell each entry once, the latest first', async () => {
    const { world, id } = await aCaseWith(120)
    const pages = await allOf(world, id, who)
    expect(pages.slice(0, -1).every(({ lines }) => lines.length === 50)).toBe(true)
    // What was read meanwhile is on the first page of the next visit.
    const readers = pages.flatMap(({ lines }) => lines).filter((line) => line.who?.startsWith('reader-'))
    expect(readers.map((line) => line.who)).toEqual(Array.from({ length: 120 }, (_, n) => `reader-${119 - n}`))
  })

  test('take no cursor of another case, of another guardian or of nobody', async () => {
    const { world, id } = await aCaseWith(60)
    const { next } = await pageOf(world, id, who)
    const other = await world.aRequestAt('submitted')
    const another = who === 'guardian' ? 'trustGuardian' : 'guardian'
    expect((await world.cases.readWhoHasSeen({ id, cursor: next }, world.as(who))).kind).toBe('who-has-seen')
    for (const [of, cursor, reader] of [
      [other, next, who],
      [id, next, another],
      [id, 'x', who],
      [id, '', who],
    ] as const)
      expect(await world.cases.readWhoHasSeen({ id: of, cursor }, world.as(reader))).toEqual({ kind: 'bad-cursor' })
  })
})

test('a page of the network’s guardian is full, however many lines on it are not theirs to see', async () => {
  const { world, id } = await aCaseWith(200, (n) => (n % 3 === 0 ? 'case.read' : 'restricted.read'))
  const pages = await allOf(world, id, 'guardian')
  expect(pages.map(({ lines }) => lines.length)).toEqual([50, expect.any(Number)])
  expect(JSON.stringify(pages)).not.toContain('restricted')
})

test('the review of a broken glass reads the entries of its own hours alone', async () => {
  const costOf = async (entries: number) => {
    const { metered, world, id } = await aCaseWith(entries)
    const broken = await world.cases.breakGlass(
      { id, reason: 'An invented emergency.', asked: world.asked() },
      world.as('clinicalLead'),
    )
    expect(broken.kind).toBe('done')
    await world.settle()
    await world.cases.readOpenedCase({ id }, world.as('clinicalLead'))
    const { result, ...cost } = await metered.spent(() => world.cases.readGlasses({ id }, world.as('guardian')))
    expect(result).toMatchObject({
      glasses: [{ opened: expect.arrayContaining([{ at: expect.anything(), did: 'glass.read' }]) }],
    })
    return cost
  }
  expect(await costOf(2_000)).toEqual(await costOf(10))
})
