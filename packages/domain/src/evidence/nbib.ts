import { EXPORT_AGAIN, type NbibField, nbibRecords, type Unreadable } from './nbib-records.ts'
import { medlineDate } from './published-on.ts'
import { type Author, doiOf, orcidOf, type Work, type WorkKind } from './work.ts'

type Fields = readonly NbibField[]

/** Reads what PubMed exports (`.nbib`): the works of a clinician, and who wrote them. */
export const readNbib = (text: string): { readonly kind: 'works'; readonly works: readonly Work[] } | Unreadable => {
  const read = nbibRecords(text)
  if (read.kind === 'unreadable') return read

  const nameless = read.records.find((record) => !names(record))?.[0]
  if (nameless !== undefined)
    return {
      kind: 'unreadable',
      line: nameless.line,
      message: `Expected a record with its PMID, of digits alone, or its title. ${EXPORT_AGAIN}`,
    }
  return { kind: 'works', works: read.records.map(workOf) }
}

const names = (record: Fields) => {
  const pmid = first(record, 'PMID')
  return pmid === undefined ? titleOf(record) !== '' : /^\d{1,10}$/.test(pmid)
}

const workOf = (record: Fields): Work => {
  const kind = kindOf(all(record, 'PT'))
  const authors = authorsOf(record)
  const [doi = null, ...dois] = new Set(all(record, 'LID', 'AID').flatMap(doiIn))
  return {
    // What a publisher numbers its pages by (“e123 [pii]”) is left out: other works have it too.
    ids: {
      pmid: first(record, 'PMID') ?? null,
      doi,
      other: [...dois.map((one) => `doi:${one}`), ...all(record, 'PMC').map((pmc) => `pmc:${pmc.toUpperCase()}`)],
    },
    title: titleOf(record),
    on: medlineDate(first(record, 'DP') ?? ''),
    kind,
    authors,
    authorCount: authors.length,
    isConsortium: all(record, 'CN').length > 0,
    sameWorkAs: [...new Set(relationsOf(record, kind).flatMap(idsIn))],
  }
}

const all = (record: Fields, ...tags: readonly string[]) =>
  record.filter(({ tag }) => tags.includes(tag)).map(({ value }) => value)
const first = (record: Fields, tag: string) => record.find((field) => field.tag === tag)?.value

/** A book has its title elsewhere. */
const titleOf = (record: Fields) => first(record, 'TI') ?? first(record, 'BTI') ?? ''

const doiIn = (value: string) => {
  const [, text = ''] = /^(.*)\[doi\]$/i.exec(value) ?? []
  return doiOf(text) ?? []
}

/** An author is cited twice (FAU, then AU); what follows, up to the next of whatever role, is about that author. */
const authorsOf = (record: Fields): readonly Author[] => {
  const authors: { name: string; orcid: string | null }[] = []
  let current: (typeof authors)[number] | undefined
  let isInFull = false
  for (const { tag, value } of record)
    switch (tag) {
      case 'AU':
      case 'FAU': {
        const isAgain = tag === 'AU' && isInFull && current !== undefined
        isInFull = tag === 'FAU'
        if (isAgain) break
        current = { name: value, orcid: null }
        // “et al.” stands for those whom older records leave out.
        if (!/^et al\.?$/i.test(value)) authors.push(current)
        break
      }
      case 'AUID':
        if (current !== undefined) current.orcid ??= orcidOf(value) ?? null
        break
      // A group, an editor or an investigator of a group: an iD that follows is not of the author before.
      case 'CN':
      case 'ED':
      case 'FED':
      case 'IR':
      case 'FIR':
        current = undefined
        isInFull = false
        break
      default:
    }
  return authors
}

const kindOf = (types: readonly string[]): WorkKind => {
  const is = (pattern: RegExp) => types.some((type) => pattern.test(type))
  if (is(/^preprint$/i)) return 'preprint'
  if (is(/^published erratum$/i)) return 'erratum'
  if (is(/guideline$|^consensus development conference/i)) return 'guideline'
  if (is(/^letter$/i)) return 'letter'
  return is(/^(journal article|review|systematic review|meta-analysis|case reports)$|\b(study|trial)\b/i)
    ? 'article'
    : 'other'
}

const PREPRINT_SERVER = /\b(bioRxiv|medRxiv|arXiv|ChemRxiv|PsyArXiv|Res(earch)? Sq(uare)?|SSRN|Preprints?)\b/i

/** Citations of what is the same work. A comment (CON) is another; so is a review brought up to date years later (UOF). */
const relationsOf = (record: Fields, kind: WorkKind) => [
  // Errata, and what was corrected and republished, or republished elsewhere.
  ...all(record, 'EIN', 'EFR', 'CRI', 'CRF', 'RPI', 'RPF'),
  ...all(record, 'UIN', 'UOF').filter((citation) => kind === 'preprint' || PREPRINT_SERVER.test(citation)),
]

/** From the end, letter by letter: a pattern would begin anew at each of many stops. */
const withoutStops = (text: string) => {
  let end = text.length
  while ('.;,'.includes(text.charAt(end - 1)) && end > 0) end -= 1
  return text.slice(0, end)
}

const idsIn = (citation: string): readonly string[] => {
  const pmid = /\bPMID: ?(\d{1,10})/i.exec(citation)?.[1]
  const doi = doiOf(withoutStops(/\bdoi: ?(\S+)/i.exec(citation)?.[1] ?? ''))
  return [...(pmid === undefined ? [] : [`pmid:${pmid}`]), ...(doi === undefined ? [] : [`doi:${doi}`])]
}
