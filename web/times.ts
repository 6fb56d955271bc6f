/** A day as people say it: 25 November 2026. */
export const sayDate = (date: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(date))

/** A moment in London as people say it: 25 November 2026, 3:05pm. */
export const sayTime = (at: string) => `${london({ dateStyle: 'long' }, at)}, ${clockTime(at)}`

const clockTime = (at: string) =>
  london({ hour: 'numeric', minute: '2-digit', hour12: true }, at)
    .replace(/\s/g, '')
    .replace(':00', '')
    // Midnight and noon are the two hours that 12am and 12pm leave unsaid.
    .replace(/^12am$/, 'midnight')
    .replace(/^12pm$/, 'midday')

const london = (how: Intl.DateTimeFormatOptions, at: string) =>
  new Intl.DateTimeFormat('en-GB', { ...how, timeZone: 'Europe/London' }).format(Date.parse(at))

/** From when to when; what nobody knows is said to be unknown, never left blank. */
export const sayPeriod = ({ from, to }: { readonly from: string | null; readonly to: string | null }) =>
  `${from ? sayDate(from) : 'start not known'} to ${to === 'ongoing' ? 'now' : to ? sayDate(to) : 'end not known'}`

/** How long is left, in the largest unit that still says something: in 3 hours, 2 days late. */
export const sayLeft = (by: string, now: string) => {
  const minutes = Math.round((Date.parse(by) - Date.parse(now)) / 60_000)
  const size = Math.abs(minutes)
  if (size === 0) return 'now'
  const words =
    size < 90
      ? counted(size, 'minute')
      : size < 48 * 60
        ? counted(Math.round(size / 60), 'hour')
        : counted(Math.round(size / 1440), 'day')
  return minutes > 0 ? `in ${words}` : `${words} late`
}

/** 1 day, 2 days. */
export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
