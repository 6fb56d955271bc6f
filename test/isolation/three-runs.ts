import { describe, expect, test, vi } from 'vitest'
import { kinds as allKinds, couldReach } from './bends.ts'
import { type Choose, type FaceOf, tryCells } from './cells.ts'
import { type Defence, gatedTables, unguarded } from './defences.ts'
import { type Moment, moments } from './story.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What a test counted, by name, for the last line of a run of all tests. */
    counted?: Readonly<Record<string, number>>
  }
}

// Against planted bugs the matrix is one net of many, and drawn as on every change.
const { CONCORD_FULL: full, CONCORD_MATRIX: drawnAlways } = process.env
const isFull = full !== undefined && drawnAlways === undefined
const seed = Number(process.env['CONCORD_SEED'] ?? 1)

/**
 * One way to bend each call, drawn by the commit's seed. In full all of them as built while the case is a draft, and after that, and
 * with a wall down, all that could reach anything. A list is always read once as it is, and one's own case bent in every way.
 */
const drawn = (run: number, isEvery: boolean): Choose => {
  let cell = run
  const seen = new Set<string>()
  return (bends, { where, isShown }) => {
    if (isShown || (isFull && isEvery)) return bends
    if (isFull) return bends.filter(couldReach)
    cell += 1
    const isSeen = seen.has(where)
    seen.add(where)
    const asItIs = isSeen ? undefined : bends.find(({ kind, call }) => kind === 'as it is' && call.id === undefined)
    const lot = bends[Math.floor(lotOf(cell) * bends.length)]
    return [...(asItIs ? [asItIs] : []), ...(lot && lot !== asItIs ? [lot] : [])]
  }
}
const lotOf = (cell: number) => {
  const mixed = Math.imul(seed ^ Math.imul(cell, 0x9e37_79b1), 0x85eb_ca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32
}

/** While a clinician has the case too: everybody's own is bent. */
const shared = moments.slice(moments.indexOf('offered'), moments.indexOf('closed'))
/** With a wall down: before anything is shown, while several are asked, with the pack open, and after it all. */
const telling = ['draft', 'offered', 'in-review', 'closed'] as const
/** The moments of a run in full, or one of those it is drawn from. */
const chosen = (run: number, all: readonly Moment[], drawnFrom = all) =>
  isFull ? all : [drawnFrom[(seed + run) % drawnFrom.length] ?? 'offered']

/** What is tried of a run at a moment: other things than the case of XA1 and the lists do not change with it, and in full are aimed at once. */
const part = (run: number, moment: Moment) => ({
  moment,
  isWhole: !isFull || moment === 'draft',
  choose: drawn(run * 1_000_003, run === 0 && moment === 'draft'),
})
const LONGEST = 3_600_000

/** The first run of the matrix, as built. Each of these addresses without an id has to answer somebody. */
export const asBuiltOf = (name: string, faceOf: FaceOf, lists: readonly string[]) => {
  vi.setConfig({ testTimeout: LONGEST })

  describe(`${name}, whatever is bent in a call of it, gives nothing of anybody else's`, () => {
    test.for(chosen(0, moments, shared))('as built, while a case is %s', async (moment, { task }) => {
      const tried = await tryCells({ ...part(0, moment), faceOf })
      task.meta.counted = { 'calls as built': tried.calls }
      expect(tried.wrong).toEqual([])
      expect(tried.refusedByStore + tried.refusedByPolicies).toBe(0)
      if (!isFull || moment === 'draft') expect(tried.kinds.size).toBe(allKinds.length)
      // What nobody ever got an answer from proves nothing.
      expect(lists.filter((one) => !tried.answered.has(one))).toEqual([])
    })

    // Few addresses take a body that names anything: all of them are tried every time.
    test.for(isFull ? [] : chosen(0, moments, shared))(
      'whatever a body names, while a case is %s',
      async (moment, { task }) => {
        const choose: Choose = (bends) => bends.filter(({ kind }) => kind === 'an id in the body')
        const tried = await tryCells({ moment, faceOf, choose })
        task.meta.counted = { 'calls that name others in their body': tried.calls }
        expect(tried.wrong).toEqual([])
        expect(tried.calls).toBeGreaterThan(0)
      },
    )
  })
}

/** The other two, each with a wall down. That the use cases look away as well is the caller's to see to. */
export const wallsDownOf = (name: string, faceOf: FaceOf) => {
  vi.setConfig({ testTimeout: LONGEST })
  const tryBehind = (run: number, moment: Moment, defence: Defence) =>
    tryCells({ ...part(run, moment), faceOf, defence, isWallDown: true })

  describe(`${name}, where the use cases look away, still gives nothing of anybody else's, whatever is bent`, () => {
    test.for(chosen(1, telling))(
      'and the store looks away too: the policies refuse, while a case is %s',
      async (moment, { task }) => {
        const tried = await tryBehind(1, moment, { gate: gatedTables, guard: unguarded })
        task.meta.counted = {
          'calls behind the policies alone': tried.calls,
          'denied by them': tried.refusedByPolicies,
        }
        expect(tried.wrong).toEqual([])
        expect(tried.refusedByStore).toBe(0)
        expect(tried.refusedByPolicies).toBeGreaterThan(0)
      },
    )

    test.for(chosen(2, telling))(
      'and there are no policies: the store refuses, while a case is %s',
      async (moment, { task }) => {
        const tried = await tryBehind(2, moment, {})
        task.meta.counted = { 'calls behind the store alone': tried.calls, 'refused by it': tried.refusedByStore }
        expect(tried.wrong).toEqual([])
        expect(tried.refusedByStore).toBeGreaterThan(0)
        expect(tried.refusedByPolicies).toBe(0)
      },
    )
  })
}
