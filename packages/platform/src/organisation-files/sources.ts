import type { RowProblem } from '@concord/application/ports/organisation-files'
import type { Organisations } from '@concord/domain/organisation/organisation'
import { z } from 'zod'

/** The file that says of each other file what it is, the day it speaks for, whose it is and under which licence. */
export const SOURCES = 'sources.json'

const text = z.string().min(1)
const sourcesFile = z.record(text, z.object({ what: text, asOf: text, source: text, licence: text }))

/** What the sources file says of each of these files. A file without a date cannot be shown, so it is a problem. */
export const readSources = (
  json: string,
  files: readonly string[],
): { readonly asOf: Organisations['asOf']; readonly problems: readonly RowProblem[] } => {
  const parsed = sourcesFile.safeParse(parseJson(json))
  if (!parsed.success) {
    const problem = `Each file needs what, asOf, source and licence: ${z.prettifyError(parsed.error)}`
    return { asOf: [], problems: [{ file: SOURCES, line: 1, problem }] }
  }
  const asOf = files.flatMap((file) => {
    const said = parsed.data[file]
    return said ? [{ file, asOf: said.asOf, source: said.source, licence: said.licence }] : []
  })
  const silentOn = files.filter((file) => !parsed.data[file])
  return { asOf, problems: silentOn.map((file) => ({ file: SOURCES, line: 1, problem: `It says nothing of ${file}` })) }
}

const parseJson = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
