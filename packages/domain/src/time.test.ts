import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must } from './ids.ts'
import { dateAt, parseDate, parseInstant } from './time.ts'

const two = (n: number) => String(n).padStart(2, '0')
/** A day and a time by their numbers, whether there are such or not. */
const written = fc
  .tuple(fc.integer({ min: 1900, max: 2199 }), fc.nat(13), fc.nat(32), fc.nat(25), fc.nat(61), fc.nat(59))
  .map(([year, month, day, hour, minute, second]) => {
    const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
    const meant = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
    return { text, on: text.slice(0, 10), meant, exists: meant.toISOString().startsWith(text) }
  })

describe('a moment', () => {
  test.each([
    ['Z', 0, '000'],
    ['.000Z', 0, '000'],
    ['.120Z', 0, '120'],
    ['.123456Z', 0, '123'],
    ['+01:00', -60, '000'],
  ])('that ends in %s is read where there is one, in one form', (ending, minutes, milliseconds) => {
    fc.assert(
      fc.property(written, ({ text, meant, exists }) => {
        const inUtc = new Date(meant.getTime() + minutes * 60_000).toISOString().replace('000Z', `${milliseconds}Z`)
        expect(parseInstant(`${text}${ending}`)).toBe(exists ? inUtc : undefined)
      }),
      runs(200),
    )
  })

  test.each(['', '2026-06-15', '2026-06-15T09:00:00.000', '2026-06-15T09:00:00.000Zz', ' 2026-06-15T09:00:00.000Z'])(
    'is not read from “%s”',
    (text) => {
      expect(parseInstant(text)).toBeUndefined()
    },
  )

  test('lies on the day that London has then, whatever was asked before', () => {
    const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' })
    const moments = fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.array(moments, { minLength: 1, maxLength: 5 }), (some) => {
        const asked = some.flatMap((one) => [one, new Date(one.getTime() + 30 * 60_000)])
        expect(asked.map((one) => dateAt(must(parseInstant, one.toISOString())))).toEqual(
          asked.map((one) => london.format(one)),
        )
      }),
      runs(200),
    )
  })
})

describe('a day', () => {
  test('is read where there is one', () => {
    fc.assert(
      fc.property(written, ({ on }) => {
        const [year = 0, month = 0, day = 0] = on.split('-').map(Number)
        const exists = new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(on)
        expect(parseDate(on)).toBe(exists ? on : undefined)
      }),
      runs(400),
    )
  })
})
