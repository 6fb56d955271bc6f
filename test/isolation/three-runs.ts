import { describe, expect, test, vi } from 'vitest'
import { kinds as allKinds } from './bends.ts'
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

/** One way to bend each call, drawn by the commit's seed; all of them in full. A list as it is, is always looked at once, and one's own case in every way. */
const drawn = (run: number): Choose => {
  let cell = run
  const seen = new Set<string>()
  return (bends, { where, isShown }) => {
    if (isFull || isShown) return bends
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

type Matrix = {
  /** Whether the use cases look away. */
  readonly looks: { away: boolean }
  /** The addresses without an id that somebody has to get an answer from. */
  readonly lists: readonly string[]
}

/** The matrix in three runs: as built, and with either wall down while the use cases look away. */
export const threeRunsOf = (name: string, faceOf: FaceOf, { looks, lists }: Matrix) => {
  vi.setConfig({ testTimeout: 3_600_000 })
  const tryAll = async (nth: number, moment: Moment, defence: Defence) => {
    looks.away = nth > 0
    try {
      return await tryCells({
        faceOf,
        moment,
        defence,
        isWallDown: nth > 0,
        isWhole: !isFull || moment === 'draft',
        choose: drawn(nth * 1_000_003),
      })
    } finally {
      looks.away = false
    }
  }

  describe(`${name}, whatever is bent in a call of it, gives nothing of anybody else's`, () => {
    test.for(chosen(0, moments, shared))('as built, while a case is %s', async (moment, { task }) => {
      const { calls, kinds, wrong, answered, refusedByStore, refusedByPolicies } = await tryAll(0, moment, {})
      task.meta.counted = { 'calls as built': calls }
      expect(wrong).toEqual([])
      expect(refusedByStore + refusedByPolicies).toBe(0)
      expect(kinds.size).toBe(allKinds.length)
      // What nobody ever got an answer from proves nothing.
      expect(lists.filter((one) => !answered.has(one))).toEqual([])
    })

    test.for(chosen(1, telling))(
      'where use cases and store look away: the policies refuse, while a case is %s',
      async (moment, { task }) => {
        const { calls, wrong, refusedByStore, refusedByPolicies } = await tryAll(1, moment, {
          gate: gatedTables,
          guard: unguarded,
        })
        task.meta.counted = { 'calls behind the policies alone': calls, 'denied by them': refusedByPolicies }
        expect(wrong).toEqual([])
        expect(refusedByStore).toBe(0)
        expect(refusedByPolicies).toBeGreaterThan(0)
      },
    )

    test.for(chosen(2, telling))(
      'where use cases look away and there are no policies: the store refuses, while a case is %s',
      async (moment, { task }) => {
        const { calls, wrong, refusedByStore, refusedByPolicies } = await tryAll(2, moment, {})
        task.meta.counted = { 'calls behind the store alone': calls, 'refused by it': refusedByStore }
        expect(wrong).toEqual([])
        expect(refusedByStore).toBeGreaterThan(0)
        expect(refusedByPolicies).toBe(0)
      },
    )
  })
}
