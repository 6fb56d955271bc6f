import { globSync } from 'node:fs'
import { parseClinicianId, parseGlassId, parseRequestId } from '@concord/domain/ids'
import { describe, expect, test } from 'vitest'
import { type Found, patternsIn, worstFor } from './patterns.ts'
import { stepsOf, TooManySteps } from './steps.ts'

// The rooms that meet a caller's text. What operators and builders write for themselves is not among them.
const rooms = ['packages/{domain,policy,application,contracts,store,platform}/src', 'functions', 'web']
const files = rooms
  .flatMap((room) => globSync(`${room}/**/*.{ts,tsx}`))
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .toSorted()
const found = files.map(patternsIn)
const literals = [...new Map(found.flatMap((one) => one.literals).map((one) => [`/${one.source}/${one.flags}`, one]))]

const [SHORT, LENGTH] = [1_200, 200_000]
/** Steps for each character: a run of sixty that is given back at every place is the most that any pattern of ours needs. */
const MOST = 200

/** Of all that a pattern could be bad at, what takes the most steps when it is short is fed to it at full length. */
const stepsFor = (pattern: Found) => {
  const count = stepsOf(pattern)
  const tried = worstFor(pattern, SHORT).map((text) => ({ text, steps: count(text, Number.POSITIVE_INFINITY) }))
  const [worst] = tried.toSorted((a, b) => b.steps - a.steps)
  if (!worst) throw new Error(`Nothing to feed ${pattern.where}`)
  const long = grown(worst.text)
  try {
    return count(long, MOST * long.length)
  } catch (error) {
    if (error instanceof TooManySteps) return Number.POSITIVE_INFINITY
    throw error
  }
}

/** The same at full length: what is in the middle goes on. */
const grown = (text: string) => {
  const middle = text.slice(SHORT / 2, -1)
  return text.slice(0, SHORT / 2) + middle.repeat(Math.ceil(LENGTH / middle.length)).slice(0, LENGTH) + text.slice(-1)
}

describe('a pattern that meets a caller’s text', () => {
  test('is found wherever it is written', () => {
    expect(files.length).toBeGreaterThan(150)
    expect(literals.length).toBeGreaterThan(60)
  })

  test.each(literals)('%s takes as many steps for 200 KB as its length allows, whatever they are', (_, pattern) => {
    expect(stepsFor(pattern), pattern.where).toBeLessThan(Number.POSITIVE_INFINITY)
  })

  // The parsers of ids alone make theirs of text, which is ours; what is compared with a caller’s words is never made into a pattern.
  test('is made of no text', () => {
    const makers = [...new Set(found.flatMap(({ made }) => made.map((where) => where.replace(/:\d+$/, ''))))]
    expect(makers).toEqual(['packages/domain/src/ids.ts'])
    for (const { pattern } of [parseRequestId, parseClinicianId, parseGlassId])
      expect(stepsFor({ source: pattern, flags: '', where: pattern })).toBeLessThan(Number.POSITIVE_INFINITY)
  })

  test('is counted truly: one that gives all back at every place is found out', () => {
    const trailing = { source: '[.;,]+$', flags: '', where: 'here' }
    expect(stepsFor(trailing)).toBe(Number.POSITIVE_INFINITY)
  })
})
