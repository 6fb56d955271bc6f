import { Temporal } from 'temporal-polyfill'
import type { Branded } from './ids.ts'

/** A moment in UTC, to the millisecond: `2026-11-22T11:59:33.000Z`. Sorts as text. */
export type Instant = Branded<'Instant'>
/** A day in the United Kingdom: `2026-11-22`. Sorts as text. */
export type CalendarDate = Branded<'CalendarDate'>

const LONDON = 'Europe/London'

const instantOf = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'millisecond' }) as unknown as Instant
const dateOf = (date: Temporal.PlainDate) => date.toString() as unknown as CalendarDate

/**
 * Whether text is a moment just as we write it: then it comes back unchanged from what it means. Every stored item is full of
 * these, and Temporal takes ten times as long to say so.
 */
const isOwnForm = (text: string) => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text)) return false
  const meant = new Date(text)
  return !Number.isNaN(meant.getTime()) && meant.toISOString() === text
}

/** Reads a moment written with any offset, or says it is none. */
export const parseInstant = (text: string): Instant | undefined => {
  if (isOwnForm(text)) return text as unknown as Instant
  try {
    return instantOf(Temporal.Instant.from(text))
  } catch {
    return undefined
  }
}

/** Reads a day that exists, written YYYY-MM-DD; 30 February is none. */
export const parseDate = (text: string): CalendarDate | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  if (isOwnForm(`${text}T00:00:00.000Z`)) return text as unknown as CalendarDate
  try {
    return dateOf(Temporal.PlainDate.from(text, { overflow: 'reject' }))
  } catch {
    return undefined
  }
}

/** The day it is in London at a moment. */
export const dateAt = (at: Instant): CalendarDate => {
  // London's clocks show whole hours away from UTC, so a day begins on one: within it, every call has the same answer.
  const hour = at.slice(0, at.indexOf(':'))
  if (hour !== lastAsked.hour)
    lastAsked = { hour, date: dateOf(Temporal.Instant.from(at).toZonedDateTimeISO(LONDON).toPlainDate()) }
  return lastAsked.date
}
let lastAsked: { readonly hour: string; readonly date: CalendarDate } = {
  hour: '',
  date: '' as unknown as CalendarDate,
}

/** The moment it is `time` (HH:MM) in London on a day. */
export const londonTime = (on: CalendarDate, time: string): Instant =>
  instantOf(Temporal.PlainDate.from(on).toZonedDateTime({ timeZone: LONDON, plainTime: time }).toInstant())

export const addMinutes = (at: Instant, minutes: number): Instant =>
  instantOf(Temporal.Instant.from(at).add({ minutes }))

export const addDays = (on: CalendarDate, days: number): CalendarDate =>
  dateOf(Temporal.PlainDate.from(on).add({ days }))

/** The same day of the month, n months on; the last of a shorter month. */
export const addMonths = (on: CalendarDate, months: number): CalendarDate =>
  dateOf(Temporal.PlainDate.from(on).add({ months }))

/** 1 is Monday, 7 is Sunday. */
export const dayOfWeek = (on: CalendarDate): number => Temporal.PlainDate.from(on).dayOfWeek

/** Minutes of the day in London, 0 to 1439. */
export const minuteOfDay = (at: Instant): number => {
  const { hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO(LONDON)
  return hour * 60 + minute
}
