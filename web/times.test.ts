import { describe, expect, test } from 'vitest'
import { sayDate, sayLeft, sayPeriod, sayTime } from './times.ts'

describe('a time on a page', () => {
  test.each([
    { at: '2026-11-25T15:05:00Z', words: '25 November 2026, 3:05pm', when: 'in winter is what the clock says' },
    { at: '2026-07-01T15:05:00Z', words: '1 July 2026, 4:05pm', when: 'in summer is an hour on' },
    { at: '2026-11-25T09:00:00Z', words: '25 November 2026, 9am', when: 'on the hour leaves the minutes out' },
    { at: '2026-11-25T12:00:00Z', words: '25 November 2026, midday', when: 'at noon is midday' },
    { at: '2026-07-01T23:00:00Z', words: '2 July 2026, midnight', when: 'at midnight belongs to the day that begins' },
    { at: '2026-11-25T12:30:00Z', words: '25 November 2026, 12:30pm', when: 'half an hour later is 12:30pm' },
  ])('$when', ({ at, words }) => {
    expect(sayTime(at)).toBe(words)
  })

  test('of a day is that day, wherever the server stands', () => {
    expect(sayDate('2026-03-29')).toBe('29 March 2026')
  })
})

describe('the time that is left', () => {
  const now = '2026-11-25T12:00:00Z'
  test.each([
    { by: '2026-11-25T12:00:20Z', words: 'now' },
    { by: '2026-11-25T12:01:00Z', words: 'in 1 minute' },
    { by: '2026-11-25T13:29:00Z', words: 'in 89 minutes' },
    { by: '2026-11-25T13:30:00Z', words: 'in 2 hours' },
    { by: '2026-11-27T11:00:00Z', words: 'in 47 hours' },
    { by: '2026-11-27T12:00:00Z', words: 'in 2 days' },
    { by: '2026-11-25T09:00:00Z', words: '3 hours late' },
    { by: '2026-11-15T12:00:00Z', words: '10 days late' },
  ])('until $by is “$words”', ({ by, words }) => {
    expect(sayLeft(by, now)).toBe(words)
  })
})

describe('a period', () => {
  test('that goes on is “to now”', () => {
    expect(sayPeriod({ from: '2020-01-01', to: 'ongoing' })).toBe('1 January 2020 to now')
  })
  test('of which an end is not known says so', () => {
    expect(sayPeriod({ from: null, to: null })).toBe('start not known to end not known')
  })
})
