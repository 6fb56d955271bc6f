import { describe, expect, test } from 'vitest'
import { readDate } from './read-date.ts'

describe('a date in three boxes', () => {
  test.each([
    ['4', '5', '2018', '2018-05-04'],
    ['04', '05', '2018', '2018-05-04'],
    // Report 09.
    ['4', 'May', '2018', '2018-05-04'],
    ['4', ' may ', '2018', '2018-05-04'],
    ['9', 'sept', '2018', '2018-09-09'],
    ['9', 'Sept.', '2018', '2018-09-09'],
    ['9', 'SEPTEMBER', '2018', '2018-09-09'],
    ['29', 'Feb', '2020', '2020-02-29'],
    ['４', '５', '２０１８', '2018-05-04'],
    ['٤', '٥', '٢٠١٨', '2018-05-04'],
    ['4', '5', '0018', '0018-05-04'],
  ])('%s %s %s is %s', (day, month, year, iso) => {
    expect(readDate({ day, month, year })).toEqual({ iso })
  })

  test.each([
    ['0', '5', '2018', 'day'],
    ['32', '5', '2018', 'day'],
    ['31', 'June', '2018', 'day'],
    ['29', '2', '2019', 'day'],
    ['', '5', '2018', 'day'],
    ['4th', '5', '2018', 'day'],
    ['4', '13', '2018', 'month'],
    ['4', 'Ma', '2018', 'month'],
    ['4', 'Mayday', '2018', 'month'],
    ['4', '', '2018', 'month'],
    ['4', '5', '18', 'year'],
    ['4', '5', '', 'year'],
  ])('%s %s %s is none, and it says which part is wrong: the %s', (day, month, year, part) => {
    expect(readDate({ day, month, year })).toMatchObject({ part, problem: expect.stringContaining(`The ${part} must`) })
  })
})
