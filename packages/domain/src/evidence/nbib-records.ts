/** One field of a record, its continuation lines joined, and the line it began on. */
export type NbibField = { readonly tag: string; readonly value: string; readonly line: number }

export type Unreadable = { readonly kind: 'unreadable'; readonly line: number; readonly message: string }

const MOST_BYTES = 5_000_000
const MOST_RECORDS = 5000

/** What to do with a file that is not one. */
export const EXPORT_AGAIN =
  'In PubMed, choose Save and the format “PubMed”, or Send to and “Citation manager”, and use that file.'

const FIELD = /^([A-Z][A-Z0-9 ]{3})-(?: (.*))?$/
const CONTINUATION = /^ {6}(.*)$/

/** Takes the text of a PubMed export apart into records of fields, whatever their tags. */
export const nbibRecords = (
  text: string,
): { readonly kind: 'records'; readonly records: readonly (readonly NbibField[])[] } | Unreadable => {
  // The length first, so that what is far too long is not copied to be measured.
  if (text.length > MOST_BYTES || new TextEncoder().encode(text).length > MOST_BYTES)
    return unreadable(1, 'Expected no more than 5 MB. Export fewer works, such as those of the last ten years.')

  const records: NbibField[][] = []
  let record: NbibField[] | undefined
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  for (const [index, written] of lines.entries()) {
    const line = index + 1
    if (written.trim() === '') {
      record = undefined
      continue
    }

    const [, begun, value = ''] = FIELD.exec(written) ?? []
    if (begun !== undefined) {
      const tag = begun.trimEnd()
      if (tag === 'TY') return unreadable(line, `This is a RIS file. ${EXPORT_AGAIN}`)
      // Files put together by hand have no blank line where one ends.
      if (record === undefined || (tag === 'PMID' && record.some((field) => field.tag === 'PMID'))) {
        record = []
        records.push(record)
      }
      if (records.length > MOST_RECORDS)
        return unreadable(line, 'Expected no more than 5,000 works. Export fewer, such as those of the last ten years.')
      record.push({ tag, value: value.trim(), line })
      continue
    }

    const continued = CONTINUATION.exec(written)?.[1]
    const last = record?.pop()
    if (continued === undefined || record === undefined || last === undefined)
      return unreadable(line, `Expected a line such as “PMID- 12345678” or “TI  - A title”. ${EXPORT_AGAIN}`)
    record.push({ ...last, value: last.value === '' ? continued.trim() : `${last.value} ${continued.trim()}` })
  }

  return records.length > 0 ? { kind: 'records', records } : unreadable(1, `There is nothing in it. ${EXPORT_AGAIN}`)
}

const unreadable = (line: number, message: string): Unreadable => ({ kind: 'unreadable', line, message })
