export type Cell = string | number | null

/**
 * Rows as a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an apostrophe before it, as its own
 * programs write it: it is shown and never worked out. Numbers are ours and stay numbers; null is an empty cell.
 */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')

const cellOf = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
