import { addDays, addMonths, type CalendarDate } from '@concord/domain/time'

/** What kind of day a field asks for: so that the example beside it is one that could be the answer. */
export type DateWhen = 'birth' | 'past' | 'future'

const exampleOf: Readonly<Record<DateWhen, (today: CalendarDate) => CalendarDate>> = {
  birth: (today) => addDays(addMonths(today, -12 * 7), -40),
  past: (today) => addDays(today, -3),
  future: (today) => addDays(today, 28),
}

/** An example as it is typed into the three boxes: 27 3 2019. */
export const exampleDate = (when: DateWhen, today: CalendarDate): string =>
  exampleOf[when](today).split('-').map(Number).toReversed().join(' ')
