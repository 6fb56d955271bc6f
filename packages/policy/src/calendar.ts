import type { WorkingCalendar } from '@concord/domain/calendar/working-days'
import { parseDate } from '@concord/domain/time'
import { z } from 'zod'
import published from '../../../data/bank-holidays.json' with { type: 'json' }

const day = z.string().refine((text) => parseDate(text) !== undefined, 'not a day')
const division = z.object({ events: z.array(z.object({ date: day })).min(1) })
const bankHolidays = z.object({ 'england-and-wales': division, scotland: division, 'northern-ireland': division })

export type Jurisdiction = keyof z.infer<typeof bankHolidays>

const calendarOf = ({ events }: z.infer<typeof division>): WorkingCalendar => ({
  holidays: new Set(events.map(({ date }) => date)),
  years: new Set(events.map(({ date }) => date.slice(0, 4))),
})

/** Reads the published bank holidays. A year without any is one not published yet. */
export const parseCalendars = (input: unknown): Readonly<Record<Jurisdiction, WorkingCalendar>> => {
  const read = bankHolidays.parse(input)
  return {
    'england-and-wales': calendarOf(read['england-and-wales']),
    scotland: calendarOf(read.scotland),
    'northern-ireland': calendarOf(read['northern-ireland']),
  }
}

/** The working calendars of the jurisdictions, from the file in `data`. */
export const calendars = parseCalendars(published)
