import { describe, expect, test, vi } from 'vitest'
import { apiFace } from './api-face.ts'
import { kinds } from './bends.ts'
import { type Choose, tryCells } from './cells.ts'
import { weakened } from './weaknesses.ts'

vi.setConfig({ testTimeout: 120_000 })

describe('the matrix', () => {
  // A bend that no product could fall for would prove nothing.
  test.each(kinds)('notices a product that falls for %s', async (kind) => {
    const choose: Choose = (bends) => bends.filter((one) => one.kind === kind)
    const { wrong } = await tryCells({ faceOf: weakened(apiFace, kind), moment: 'offered', choose })
    expect(wrong.length).toBeGreaterThan(0)
  })
})
