import { at, day } from '@concord/testkit/facts'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addMinutes, dateAt, type Instant, londonTime, minuteOfDay } from '../time.ts'
import { allow, deadlinesFor, type PolicyDeadlines } from './deadlines.ts'
import { addWorkingDays, addWorkingHours, isWorkingDay, workingDaysBetween } from './working-days.ts'

const calendar = {
  holidays: new Set([
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-04',
    '2026-05-25',
    '2026-08-31',
    '2026-12-25',
    '2026-12-28',
  ]),
  years: new Set(['2026']),
}

/** Any minute of 2026; the spring and autumn changes of the clocks are on 29 March and 25 October. */
const minutes = fc
  .oneof(
    fc.integer({ min: 0, max: 330 * 1440 }),
    fc.integer({ min: 84 * 1440, max: 90 * 1440 }),
    fc.integer({ min: 294 * 1440, max: 300 * 1440 }),
  )
  .map((count) => addMinutes(at('2026-01-01T00:00:00Z'), count))

describe('working days', () => {
  test.each([
    ['Friday noon', '2026-06-12T11:00:00Z', '2026-06-15T16:00:00.000Z'],
    ['Friday evening', '2026-06-12T20:00:00Z', '2026-06-15T16:00:00.000Z'],
    ['Sunday', '2026-06-14T12:00:00Z', '2026-06-15T16:00:00.000Z'],
    ['before Good Friday', '2026-04-02T09:00:00Z', '2026-04-07T16:00:00.000Z'],
    ['over the change of the clocks', '2026-03-27T17:30:00Z', '2026-03-30T16:00:00.000Z'],
    ['late in winter', '2026-01-05T12:00:00Z', '2026-01-06T17:00:00.000Z'],
    ['after midnight in London, the day before in UTC', '2026-06-11T23:30:00Z', '2026-06-15T16:00:00.000Z'],
  ])('one from %s ends at 17:00 in London', (_, from, by) => {
    expect(addWorkingDays(at(from), 1, calendar)).toEqual({ by, provisional: false })
  })

  test('are provisional where they reach into a year without published holidays', () => {
    expect(addWorkingDays(at('2026-12-30T12:00:00Z'), 1, calendar).provisional).toBe(false)
    expect(addWorkingDays(at('2026-12-30T12:00:00Z'), 2, calendar).provisional).toBe(true)
    expect(addWorkingDays(at('2025-12-30T12:00:00Z'), 3, calendar).provisional).toBe(true)
    expect(addWorkingHours(at('2026-12-31T16:00:00Z'), 4, calendar).provisional).toBe(true)
  })

  test('added end on the nth of those that follow', () => {
    const ofTheYear = Array.from({ length: 365 }, (_, after) => addDays(day('2026-01-01'), after)).filter((one) =>
      isWorkingDay(one, calendar),
    )
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 20 }), (from, days) => {
        const { by } = addWorkingDays(from, days, calendar)
        const start = dateAt(from)
        expect(dateAt(by)).toBe(ofTheYear.filter((one) => one > start)[days - 1])
        expect(by).toBe(londonTime(dateAt(by), '17:00'))
      }),
    )
  })
})

describe('working hours', () => {
  test.each([
    ['in the morning', '2026-06-15T08:30:00Z', '2026-06-15T12:30:00.000Z'],
    ['to the very end of the day', '2026-06-15T12:00:00Z', '2026-06-15T16:00:00.000Z'],
    ['over a weekend', '2026-06-12T14:00:00Z', '2026-06-15T10:00:00.000Z'],
    ['before the day begins', '2026-06-15T04:00:00Z', '2026-06-15T12:00:00.000Z'],
    ['after it has ended', '2026-06-15T16:00:00Z', '2026-06-16T12:00:00.000Z'],
    ['over the change of the clocks', '2026-03-27T15:00:00Z', '2026-03-30T10:00:00.000Z'],
    ['with seconds to spare', '2026-06-15T08:30:59Z', '2026-06-15T12:30:00.000Z'],
  ])('four %s', (_, from, by) => {
    expect(addWorkingHours(at(from), 4, calendar)).toEqual({ by, provisional: false })
  })

  test('are counted as one would by ticking off ten minutes at a time', () => {
    const works = (moment: Instant) => {
      const minute = minuteOfDay(moment)
      return isWorkingDay(dateAt(moment), calendar) && minute >= 540 && minute < 1020
    }
    const ticked = (from: Instant, hours: number) => {
      let moment = from
      for (let left = hours * 6; left > 0; moment = addMinutes(moment, 10)) if (works(moment)) left -= 1
      return moment
    }
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 10 }), (minute, hours) => {
        const from = addMinutes(minute, -(minuteOfDay(minute) % 10))
        expect(addWorkingHours(from, hours, calendar).by).toBe(ticked(from, hours))
      }),
      runs(25),
    )
  })
})

describe('deadlines', () => {
  const none = {
    acknowledge: null,
    triage: null,
    shortlist: null,
    accept: null,
    verbal: null,
    report: null,
    share: null,
  }
  const days = (count: number) => ({ unit: 'working-days', count }) as const
  const policy: PolicyDeadlines = {
    U0: {
      ...none,
      acknowledge: { unit: 'minutes', count: 30 },
      report: { unit: 'minutes', count: 72 * 60 },
      share: { unit: 'same-day' },
    },
    U1: { ...none, acknowledge: { unit: 'working-hours', count: 4 }, report: days(7), share: days(1) },
    U2: { ...none, share: days(1) },
    U3: none,
  }

  test('of an immediate request run by the clock on the wall, through nights, weekends and the change of the clocks', () => {
    expect(deadlinesFor('U0', at('2026-03-28T23:00:00Z'), policy, calendar)).toEqual([
      { step: 'acknowledge', by: '2026-03-28T23:30:00.000Z', provisional: false },
      { step: 'report', by: '2026-03-31T23:00:00.000Z', provisional: false },
      // It is past midnight in London by then: the same day is the first of April.
      { step: 'share', by: '2026-04-01T23:00:00.000Z', provisional: false },
    ])
  })

  test('of an urgent one run in working time, and sharing from the report', () => {
    expect(deadlinesFor('U1', at('2026-06-12T14:00:00Z'), policy, calendar).map(({ step, by }) => [step, by])).toEqual([
      ['acknowledge', '2026-06-15T10:00:00.000Z'],
      ['report', '2026-06-23T16:00:00.000Z'],
      ['share', '2026-06-24T16:00:00.000Z'],
    ])
  })

  test('are none where the policy has no target, nor for sharing without a report', () => {
    expect(deadlinesFor('U2', at('2026-06-12T14:00:00Z'), policy, calendar)).toEqual([])
    expect(deadlinesFor('U3', at('2026-06-12T14:00:00Z'), policy, calendar)).toEqual([])
  })

  test('resting on an unpublished year say so', () => {
    expect(
      deadlinesFor('U1', at('2026-12-21T14:00:00Z'), policy, calendar).map(({ provisional }) => provisional),
    ).toEqual([false, true, true])
    const ofSharing = (submitted: string) =>
      deadlinesFor('U1', at(submitted), policy, calendar).find(({ step }) => step === 'share')?.provisional
    // The report rests on 2025, or sharing alone on 2027; in between neither does.
    expect(['2025-12-30T14:00:00Z', '2026-12-18T14:00:00Z', '2026-12-16T14:00:00Z'].map(ofSharing)).toEqual([
      true,
      true,
      false,
    ])
    expect(allow({ unit: 'minutes', count: 1 }, at('2031-01-01T00:00:00Z'), calendar).provisional).toBe(false)
  })
})

describe('working days between two days', () => {
  test.each([
    ['the same day', '2026-06-15', '2026-06-15', 0],
    ['Friday to Monday', '2026-06-12', '2026-06-15', 1],
    ['over Easter', '2026-04-02', '2026-04-07', 1],
    ['over a whole week', '2026-06-15', '2026-06-22', 5],
  ])('%s', (_, from, to, expected) => {
    expect(workingDaysBetween(day(from), day(to), calendar)).toBe(expected)
  })

  test('are as many as lead from the one to the other', () => {
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 10 }), (from, days) => {
        const { by } = addWorkingDays(from, days, calendar)
        expect(workingDaysBetween(dateAt(from), dateAt(by), calendar)).toBe(days)
      }),
    )
  })
})
