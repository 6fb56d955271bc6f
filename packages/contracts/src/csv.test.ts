import { runs } from '@concord/testkit/runs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf } from './csv.ts'

/** Another's reader, so that no mistake of ours is made twice. */
const read = (csv: string): unknown => parse(csv, { record_delimiter: '\r\n', relax_column_count: true })
const awkward = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", ' ', 'a', '1', '|'))
    .map((all) => all.join('')),
)
// A row of one empty cell is an empty line, which CSV cannot tell from none.
const rowsOf = <T>(cell: fc.Arbitrary<T>) =>
  fc
    .integer({ min: 2, max: 5 })
    .chain((size) => fc.array(fc.array(cell, { minLength: size, maxLength: size }), { minLength: 1 }))

describe('a CSV file', () => {
  test('says what the cells say, but for an apostrophe before what could be a formula', () => {
    fc.assert(
      fc.property(rowsOf(awkward), (rows) => {
        const shown = rows.map((row) => row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)))
        expect(read(csvOf(rows))).toEqual(shown)
      }),
      runs(300),
    )
  })

  test('has no cell that a spreadsheet would work out', () => {
    fc.assert(
      fc.property(rowsOf(awkward), (rows) => {
        const cells = read(csvOf(rows)) as readonly (readonly string[])[]
        expect(cells.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([])
      }),
      runs(300),
    )
  })

  test.each([
    ['=1+1', "'=1+1"],
    ['+44', "'+44"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\r=1', '"\'\r=1"'],
    ['=HYPERLINK("https://elsewhere.example","x")', '"\'=HYPERLINK(""https://elsewhere.example"",""x"")"'],
    ['a=1', 'a=1'],
    [-1, '-1'],
    [null, ''],
  ])('writes %j as %j', (cell, written) => {
    expect(csvOf([[cell, 'x']])).toBe(`${written},x\r\n`)
  })
})
