import type { RowProblem } from '@concord/application/ports/organisation-files'
import { CsvError, parse } from 'csv-parse/sync'

export type TableShape = {
  readonly file: string
  /** The header line, or how many columns a file without one has. */
  readonly columns: readonly string[] | number
  /** Rows whose first cell is one of these are left out, with the reason. */
  readonly leavesOut?: Readonly<Record<string, string>>
}

export type Found<T> = { readonly line: number; readonly value: T }
export type Table<T> = {
  readonly file: string
  readonly found: readonly Found<T>[]
  readonly leftOut: readonly RowProblem[]
  readonly problems: readonly RowProblem[]
}

/** What a row says, or the sentence that tells what is wrong with it. */
export type RowReader<T extends object> = (cells: readonly string[]) => T | string

/** Reads one file row by row; what is wrong with a row is kept with its line, and the rest is read on. */
export const readTable = <T extends object>(shape: TableShape, text: string, read: RowReader<T>): Table<T> => {
  const { file, columns, leavesOut = {} } = shape
  const found: Found<T>[] = []
  const leftOut: RowProblem[] = []
  const problems: RowProblem[] = []

  const { rows, broken } = splitRows(text)
  const header = typeof columns === 'number' ? undefined : columns.join(',')
  const width = typeof columns === 'number' ? columns : columns.length
  if (rows.length === 0 && !broken) problems.push({ file, line: 1, problem: 'The file is empty' })

  for (const [index, { line, cells }] of rows.entries()) {
    const reason = leavesOut[cells[0] ?? '']
    if (header !== undefined && index === 0) {
      if (cells.join(',') !== header) problems.push({ file, line, problem: `The header is not ${header}` })
    } else if (cells.length !== width) {
      problems.push({ file, line, problem: `${cells.length} columns where ${width} belong` })
    } else if (reason !== undefined) {
      leftOut.push({ file, line, problem: reason })
    } else {
      const value = read(cells)
      if (typeof value === 'string') problems.push({ file, line, problem: value })
      else found.push({ line, value })
    }
  }
  if (broken) problems.push({ file, ...broken })
  return { file, found, leftOut, problems }
}

type Line = { readonly line: number; readonly cells: readonly string[] }
type Split = { readonly rows: readonly Line[]; readonly broken?: Omit<RowProblem, 'file'> }

/** A stray quote leaves no telling where the next row starts: the rows end there. */
const splitRows = (text: string): Split => {
  const rows: Line[] = []
  const onRecord = (cells: string[], { lines }: { readonly lines: number }) => {
    rows.push({ line: lines, cells })
    return null
  }
  try {
    parse(text, {
      bom: true,
      trim: true,
      // Left to itself the parser takes the first line's ending for all, and miscounts the lines of a mixed file.
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: onRecord,
    })
    return { rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error
    return { rows, broken: { line: typeof lines === 'number' ? lines : 1, problem: error.message } }
  }
}

/** Makes problems of rows that repeat an earlier one's key: a code stands for one organisation. */
export const onceEach = <T>(table: Table<T>, keyOf: (value: T) => string): Table<T> => {
  const again = repeats(table, keyOf).found.map(({ line, value }) => {
    return { file: table.file, line, problem: `${keyOf(value)} stands in this file already` }
  })
  return { ...table, problems: [...table.problems, ...again] }
}

/** The rows of a table whose key an earlier row has. */
export const repeats = <T>(
  { file, found }: Table<T>,
  keyOf: (value: T) => string,
): Pick<Table<T>, 'file' | 'found'> => {
  const seen = new Set<string>()
  const isNew = (key: string) => seen.size < seen.add(key).size
  return { file, found: found.filter(({ value }) => !isNew(keyOf(value))) }
}
