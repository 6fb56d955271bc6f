import { describe, expect, test } from 'vitest'
import { medlineDate, publishedOn } from './published-on.ts'

describe('the date of a work', () => {
  test.each([
    ['2024', '2024'],
    ['2024 Mar', '2024-03'],
    ['2024 Mar 5', '2024-03-05'],
    ['2024 Winter', '2024'],
    ['2024 1st Quart', '2024'],
    ['Spring 2024', '2024'],
    ['2024 Feb 30', '2024-02'],
    ['', null],
    ['in press', null],
  ])('in MEDLINE, %j, is read as %j', (text, on) => {
    expect(medlineDate(text)).toBe(on)
  })

  test.each([
    ['2023 Dec-2024 Jan', '2024-01'],
    ['2024 Mar-Apr', '2024-04'],
    ['2024 Mar 5-12', '2024-03-12'],
    ['2024 Mar 28-Apr 3', '2024-04-03'],
    ['2023-2024', '2024'],
    ['2024 Fall-Winter', '2024'],
  ])('that is a span, %j, is its end, %j', (text, on) => {
    expect(medlineDate(text)).toBe(on)
  })

  test.each([
    [{ year: '2024', month: '3', day: '5' }, '2024-03-05'],
    [{ year: '2024', month: '13', day: '5' }, '2024'],
    [{ year: '2024', month: null, day: '5' }, '2024'],
    [{ year: '2024', month: '02', day: null }, '2024-02'],
    [{ year: '24', month: '02', day: null }, null],
    [{ year: null, month: '02', day: '01' }, null],
  ])('keeps what exists of %j', (parts, on) => {
    expect(publishedOn(parts)).toBe(on)
  })
})
