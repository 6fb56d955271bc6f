import { allow, deadlinesFor } from '@concord/domain/calendar/deadlines'
import { at } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { calendars, type Jurisdiction } from './calendar.ts'
import { deadlines, replies } from './deadlines.ts'

const classes = ['U0', 'U1', 'U2', 'U3'] as const
const targets = (
  urgency: (typeof classes)[number],
  submitted: string,
  jurisdiction: Jurisdiction = 'england-and-wales',
) =>
  Object.fromEntries(
    deadlinesFor(urgency, at(submitted), deadlines, calendars[jurisdiction]).map(({ step, by }) => [step, by]),
  )
const moments = (of: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(of).map(([step, text]) => [step, at(text)]))

// Worked by hand on the calendar of the wall. London is an hour ahead of UTC from 29 March to 25 October 2026.
describe('the targets', () => {
  test('of an immediate request run through Christmas by the clock', () => {
    expect(targets('U0', '2026-12-24T23:50:00Z')).toEqual(
      moments({
        acknowledge: '2026-12-25T00:20:00Z',
        triage: '2026-12-25T00:50:00Z',
        shortlist: '2026-12-25T01:50:00Z',
        accept: '2026-12-25T03:50:00Z',
        verbal: '2026-12-25T23:50:00Z',
        report: '2026-12-27T23:50:00Z',
        share: '2026-12-28T00:00:00Z',
      }),
    )
  })

  test('of an immediate request are hours that pass, on the night on which the clocks go back', () => {
    // Nine in the evening of Saturday; the same hours later it is eight on Sunday, and eight on Tuesday.
    expect(targets('U0', '2026-10-24T20:00:00Z')).toEqual(
      moments({
        acknowledge: '2026-10-24T20:30:00Z',
        triage: '2026-10-24T21:00:00Z',
        shortlist: '2026-10-24T22:00:00Z',
        accept: '2026-10-25T00:00:00Z',
        verbal: '2026-10-25T20:00:00Z',
        report: '2026-10-27T20:00:00Z',
        share: '2026-10-28T00:00:00Z',
      }),
    )
  })

  test('of an urgent request stand still over Christmas and the new year', () => {
    // Thursday at three. Friday and Monday are holidays, and so is the Friday after.
    expect(targets('U1', '2026-12-24T15:00:00Z')).toEqual(
      moments({
        acknowledge: '2026-12-29T11:00:00Z',
        triage: '2026-12-29T17:00:00Z',
        shortlist: '2026-12-30T17:00:00Z',
        accept: '2026-12-31T17:00:00Z',
        verbal: '2027-01-05T17:00:00Z',
        report: '2027-01-07T17:00:00Z',
        share: '2027-01-08T17:00:00Z',
      }),
    )
  })

  test('of a request for soon stand still over Easter', () => {
    // Wednesday before Easter: Thursday is the first working day, Tuesday the second. Five in London is four in UTC.
    expect(targets('U2', '2026-04-01T10:00:00Z')).toEqual(
      moments({
        acknowledge: '2026-04-02T16:00:00Z',
        triage: '2026-04-07T16:00:00Z',
        shortlist: '2026-04-09T16:00:00Z',
        accept: '2026-04-14T16:00:00Z',
        verbal: '2026-04-17T16:00:00Z',
        report: '2026-04-24T16:00:00Z',
        share: '2026-04-27T16:00:00Z',
      }),
    )
  })

  test('of a planned request stay at five in London when the clocks go back, and have no spoken opinion', () => {
    expect(targets('U3', '2026-10-12T09:00:00Z')).toEqual(
      moments({
        acknowledge: '2026-10-14T16:00:00Z',
        triage: '2026-10-15T16:00:00Z',
        shortlist: '2026-10-21T16:00:00Z',
        accept: '2026-10-28T17:00:00Z',
        report: '2026-11-23T17:00:00Z',
        share: '2026-11-24T17:00:00Z',
      }),
    )
  })

  test.each([
    ['england-and-wales', '2026-04-07'],
    ['northern-ireland', '2026-04-07'],
    ['scotland', '2026-04-06'],
  ] as const)('count by the holidays of %s', (jurisdiction, day) => {
    expect(targets('U1', '2026-04-02T10:00:00Z', jurisdiction)['triage']).toBe(at(`${day}T16:00:00Z`))
  })

  test.each(classes)('of %s come one after the other', (urgency) => {
    const list = Object.values(targets(urgency, '2026-10-23T15:30:00Z'))
    expect(list).toEqual(list.toSorted())
  })
})

describe('the time to reply to an offer', () => {
  test.each([
    ['U0', '2026-10-23T16:00:00Z'],
    ['U1', '2026-10-26T12:00:00Z'],
    ['U2', '2026-10-27T17:00:00Z'],
    ['U3', '2026-10-28T17:00:00Z'],
  ] as const)('of %s, made on a Friday at four before the clocks go back, is worked by hand', (urgency, by) => {
    expect(allow(replies[urgency], at('2026-10-23T15:00:00Z'), calendars['england-and-wales']).by).toBe(at(by))
  })

  test.each(classes)('of %s ends before the acceptance is due, where the shortlist was in time', (urgency) => {
    const { shortlist = '', accept = '' } = targets(urgency, '2026-10-23T15:00:00Z')
    const { by } = allow(replies[urgency], at(shortlist), calendars['england-and-wales'])
    expect(by <= accept).toBe(true)
  })
})
