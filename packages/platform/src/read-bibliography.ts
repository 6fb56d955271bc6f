import type { ReadBibliography } from '@concord/application/ports/outside'
import { readNbib } from '@concord/domain/evidence/nbib'
import { distinctWorks } from '@concord/domain/evidence/same-work'
import { readOrcid } from './orcid/record.ts'

const MOST_WORKS = 1000
/** Who wrote a work of so many authors is not kept: it says nothing about any two of them. */
const MOST_AUTHORS = 100
/** As JSON; packed for the table, about a third of it. */
const MOST_KEPT = 900_000

/** Reads what PubMed exports (`.nbib`) or ORCID gives (JSON) into works, each once. */
export const readBibliography: ReadBibliography = (text) => {
  const read = /^\s*[{[]/.test(text) ? orcidWorks(text) : nbibWorks(text)
  if ('because' in read) return { kind: 'unreadable-works', because: read.because }
  const works = distinctWorks(read.works).map((work) =>
    work.authorCount > MOST_AUTHORS ? { ...work, authors: [] } : work,
  )
  if (works.length === 0)
    return { kind: 'unreadable-works', because: 'There is no work in it: export your publications once more.' }
  return works.length > MOST_WORKS || JSON.stringify(works).length > MOST_KEPT
    ? { kind: 'unreadable-works', because: `It holds ${works.length} works: export the latest ${MOST_WORKS} at most.` }
    : { kind: 'works', works }
}

const nbibWorks = (text: string) => {
  const read = readNbib(text)
  return read.kind === 'works' ? read : { because: `Line ${read.line}: ${read.message}` }
}

const orcidWorks = (text: string) => {
  const json = parsed(text)
  if (json === undefined)
    return { because: 'It begins like JSON and does not read as such: download it once more, or export from PubMed.' }
  const read = readOrcid(json)
  return read.kind === 'works' ? read : { because: `${read.path || 'The whole'}: ${read.message}` }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
