import {
  addDays,
  addMinutes,
  type CalendarDate,
  dateAt,
  dayOfWeek,
  type Instant,
  londonTime,
  minuteOfDay,
} from '../time.ts'

/** The bank holidays of one jurisdiction, and the years for which they have been published. */
export type WorkingCalendar = { readonly holidays: ReadonlySet<string>; readonly years: ReadonlySet<string> }

/** A moment reckoned on a calendar; provisional when it rests on a year whose holidays are not published yet. */
export type Reckoned = { readonly by: Instant; readonly provisional: boolean }

const OPENS = 9 * 60
const CLOSES = 17 * 60

/** Monday to Friday, bank holidays apart. */
export const isWorkingDay = (on: CalendarDate, { holidays }: WorkingCalendar): boolean =>
  dayOfWeek(on) <= 5 && !holidays.has(on)

/**
 * 17:00 in London on the nth working day after the day of `from`. The day of arrival is never counted, whatever the hour:
 * Friday noon, Friday evening and Sunday all make Monday the first.
 */
export const addWorkingDays = (from: Instant, days: number, calendar: WorkingCalendar): Reckoned => {
  const start = dateAt(from)
  let on = start
  for (let left = days; left > 0; left -= isWorkingDay(on, calendar) ? 1 : 0) on = addDays(on, 1)
  return { by: londonTime(on, '17:00'), provisional: isProvisional(start, on, calendar) }
}

/** So many hours between 09:00 and 17:00 in London on working days, in whole minutes: what arrives outside them starts when they next begin. */
export const addWorkingHours = (from: Instant, hours: number, calendar: WorkingCalendar): Reckoned => {
  const start = dateAt(from)
  let on = start
  let minute = Math.max(minuteOfDay(from), OPENS)
  let left = hours * 60
  while (!isWorkingDay(on, calendar) || minute + left > CLOSES) {
    left -= isWorkingDay(on, calendar) ? Math.max(CLOSES - minute, 0) : 0
    on = addDays(on, 1)
    minute = OPENS
  }
  // The clocks change on Sundays before dawn, so a minute of a working day is a minute of its clock.
  return {
    by: addMinutes(londonTime(on, '09:00'), minute + left - OPENS),
    provisional: isProvisional(start, on, calendar),
  }
}

/** How many working days lie after one day, up to and including another: the measure of the published medians. */
export const workingDaysBetween = (from: CalendarDate, to: CalendarDate, calendar: WorkingCalendar): number => {
  let days = 0
  for (let on = from; on < to; ) {
    on = addDays(on, 1)
    if (isWorkingDay(on, calendar)) days += 1
  }
  return days
}

const isProvisional = (from: CalendarDate, to: CalendarDate, { years }: WorkingCalendar): boolean => {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    if (!years.has(String(year))) return true
  }
  return false
}
