import { day } from '@concord/testkit/facts'
import { aRule } from '@concord/testkit/rules'
import { describe, expect, test } from 'vitest'
import { rulesOn } from './rule.ts'

describe('a rule', () => {
  const ended = aRule({ from: day('2025-01-01'), to: day('2026-06-15') })
  const ongoing = aRule({ from: day('2026-06-15') })

  test.each([
    ['2024-12-31', []],
    ['2025-01-01', [ended]],
    ['2026-06-14', [ended]],
    ['2026-06-15', [ended, ongoing]],
    ['2026-06-16', [ongoing]],
    ['9999-12-31', [ongoing]],
  ])('is in force on its first and its last day: %s', (on, rules) => {
    expect(rulesOn([ended, ongoing], day(on))).toEqual(rules)
  })
})
