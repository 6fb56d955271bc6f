import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Outcome } from './functions.ts'
import { every, startSchedules } from './schedule.ts'

describe('a schedule', () => {
  test.each([
    { expression: 'rate(1 minute)', length: 60_000 },
    { expression: 'rate(5 minutes)', length: 300_000 },
    { expression: 'rate(2 hours)', length: 7_200_000 },
    { expression: 'rate(1 day)', length: 86_400_000 },
  ])('of $expression comes round every $length ms', ({ expression, length }) => {
    expect(every(expression)).toBe(length)
  })

  test.each(['cron(0 8 * * ? *)', 'rate(1 week)', 'rate(0 minutes)', 'at(2026-11-22T08:00:00)'])(
    'of %s stops the runner, which names it',
    (expression) => {
      expect(() => every(expression)).toThrow(`The schedule ${expression} is not one that the local runner knows.`)
    },
  )
})

describe('the clock', () => {
  const properties = {
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Target: { Arn: 'arn:clock', DeadLetterConfig: { Arn: 'letters' } },
  }
  const template = { all: () => [{ id: 'Tick', name: 'tick', arn: 'tick', assetPath: '', properties }] }
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concord-schedule-'))
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
    rmSync(folder, { recursive: true })
  })

  test('ticks at once, then as often as the template says, until it is stopped', async () => {
    const done: Outcome = { kind: 'returned', value: null }
    const tick = vi.fn(async () => done)
    const { stop } = startSchedules(template, { folder, find: () => tick })
    expect(tick).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(120_000)
    expect(tick).toHaveBeenCalledTimes(3)
    await stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(tick).toHaveBeenCalledTimes(3)
  })

  test('leaves a letter about a tick that failed, and ticks again', async () => {
    const tick = vi.fn(
      async (): Promise<Outcome> => ({ kind: 'timed-out', because: 'Task timed out after 50 seconds' }),
    )
    const { stop } = startSchedules(template, { folder, find: () => tick })
    await vi.advanceTimersByTimeAsync(60_000)
    await stop()
    const letters = readFileSync(join(folder, 'dead-letters.ndjson'), 'utf8').trim().split('\n')
    expect(letters).toHaveLength(2)
    expect(JSON.parse(letters[0] ?? '')).toMatchObject({ queue: 'letters', because: 'Task timed out after 50 seconds' })
  })

  test('is stopped after the tick that is on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const { stop } = startSchedules(template, { folder, find: () => () => promise })
    let isStopped = false
    const stopping = stop().then(() => {
      isStopped = true
    })
    await vi.advanceTimersByTimeAsync(1000)
    expect(isStopped).toBe(false)
    resolve({ kind: 'returned', value: null })
    await stopping
    expect(isStopped).toBe(true)
  })
})
