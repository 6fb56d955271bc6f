import { describe, expect, test } from 'vitest'
import { isDueAt, passes, stages } from './verdict.ts'

describe('a verdict', () => {
  test.each([
    ['clear', true],
    ['note', true],
    ['manage', true],
    ['barred', false],
    ['undetermined', false],
  ] as const)('that is %s lets the step be taken: %s', (verdict, isPassed) => {
    expect(passes({ verdict })).toBe(isPassed)
  })
})

describe('a stage', () => {
  test('has come at itself and at every later one', () => {
    expect(stages).toEqual(['offer', 'acceptance', 'opening', 'report'])
    expect(stages.map((settledBy) => stages.map((stage) => isDueAt(settledBy, stage)))).toEqual([
      [true, true, true, true],
      [false, true, true, true],
      [false, false, true, true],
      [false, false, false, true],
    ])
  })
})
