import { addDays } from '@concord/domain/time'
import { storedReactorStore } from '@concord/store/reactor-store'
import { at, day } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { networkOne } from '@concord/testkit/requests'
import { aWorld } from '@concord/testkit/world'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresOf, financialYear, releaseFigures } from './figures.ts'
import type { Fact } from './ports/reactor-store.ts'

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / (24 * 3_600_000)
const noon = (on: string) => at(`${on}T12:00:00Z`)
/** So many requests submitted on one day, so many of them matched the day after, and reported so many days later. */
const facts = (submitted: number, matched: number, reportedAfter: readonly number[] = []): readonly Fact[] => {
  const fact = (request: number, what: Fact['what'], after: number): Fact => ({
    network: networkOne,
    period: '2025-26',
    request: `req_${request}`,
    what,
    at: noon(addDays(day('2025-05-01'), after)),
  })
  return [
    ...Array.from({ length: submitted }, (_, n) => fact(n, 'submitted', 0)),
    ...Array.from({ length: matched }, (_, n) => fact(n, 'matched', 1)),
    ...reportedAfter.map((after, n) => fact(n, 'reported', after)),
  ]
}
const figures = (...of: Parameters<typeof facts>) => figuresOf(facts(...of), daysBetween)

describe('the financial year', () => {
  test.each([
    ['2026-03-31', '2025-26'],
    ['2026-04-01', '2026-27'],
    ['1999-12-31', '1999-00'],
    ['2100-01-01', '2099-00'],
  ])('of %s is %s', (on, year) => {
    expect(financialYear(day(on))).toBe(year)
  })
})

describe('figures', () => {
  test.each([
    [0, '0-7'],
    [7, '0-7'],
    [8, 8],
    [120, 120],
  ] as const)('say of %s: %s', (count, said) => {
    expect(figures(count, 0).requests).toBe(said)
  })

  test.each([
    { submitted: 30, matched: 5, said: '0-7' },
    { submitted: 30, matched: 8, said: 8 },
    { submitted: 30, matched: 22, said: 22 },
    { submitted: 30, matched: 23, said: 'all-but-0-7' },
    { submitted: 30, matched: 30, said: 'all-but-0-7' },
    { submitted: 6, matched: 6, said: '0-7' },
  ])(
    'of $matched matched among $submitted say $said: no subtraction tells how few were not',
    ({ submitted, matched, said }) => {
      expect(figures(submitted, matched).matched).toBe(said)
    },
  )

  test('never let a number from 1 to 7 be worked out, of those matched or of those not', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (one, other) => {
        const [submitted, matched] = [Math.max(one, other), Math.min(one, other)]
        const said = figures(submitted, matched)
        if (typeof said.requests !== 'number') expect(typeof said.matched).not.toBe('number')
        if (typeof said.requests === 'number' && typeof said.matched === 'number')
          expect(Math.min(said.matched, said.requests - said.matched)).toBeGreaterThan(7)
      }),
    )
  })

  test.each([
    { reportedAfter: [1, 2, 3, 4, 5, 6, 7, 8, 9], median: null },
    { reportedAfter: [10, 2, 3, 4, 5, 6, 7, 8, 9, 1], median: 6 },
    { reportedAfter: [1, 1, 1, 1, 1, 30, 30, 30, 30, 30, 30], median: 30 },
  ])('have a median only where ten stand behind it: $median', ({ reportedAfter, median }) => {
    expect(figures(20, 20, reportedAfter).medianWorkingDays).toBe(median)
  })

  test('leave out a report of which nobody knows when it was asked for', () => {
    const orphans = facts(20, 20, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).filter(
      ({ what, request }) => what !== 'submitted' || request !== 'req_0',
    )
    expect(figuresOf(orphans, daysBetween).medianWorkingDays).toBeNull()
  })
})

describe('releasing the figures of a year', () => {
  const releasing = (now: string) => {
    const tables = memoryTables()
    const reactor = storedReactorStore(tables)
    const release = releaseFigures({ reactor, clock: { now: () => at(now) }, workingDays: daysBetween })
    return { reactor, release }
  }

  test('is done once: what comes to light later changes nothing', async () => {
    const { reactor, release } = releasing('2026-04-01T09:00:00Z')
    for (const one of facts(12, 9)) await reactor.putFact(one)
    const said = { requests: 12, matched: 'all-but-0-7', medianWorkingDays: null }
    expect(await release(networkOne, '2025-26')).toEqual({ kind: 'released', figures: said })
    for (const one of facts(15, 9)) await reactor.putFact(one)
    expect(await release(networkOne, '2025-26')).toEqual({ kind: 'released-before' })
  })

  test.each(['2026-27', '2027-28', '2025', '', 'x/../2025-26'])(
    'waits until it is over, and has to be a year: %j',
    async (period) => {
      const { release } = releasing('2026-04-01T09:00:00Z')
      expect(await release(networkOne, period)).toEqual({ kind: 'not-over', now: '2026-27' })
    },
  )

  test('is all that a commissioner ever sees, of the networks they commission in', async () => {
    const world = await aWorld()
    await world.aRequestAt('closed', { clinician: await world.aListed(1) })
    const read = () => world.cases.readReleases({}, world.as('commissioner'))
    expect(await read()).toEqual({ kind: 'releases', networks: [{ network: networkOne, releases: [] }] })
    world.passMinutes(365 * 24 * 60)
    const workingDays = daysBetween
    const { reactor } = world.reactorDeps
    await releaseFigures({ reactor, clock: world.deps.clock, workingDays })(networkOne, '2026-27')
    const figuresOfOne = { requests: '0-7', matched: '0-7', medianWorkingDays: null }
    expect(await read()).toMatchObject({ networks: [{ releases: [{ period: '2026-27', figures: figuresOfOne }] }] })
  })
})
