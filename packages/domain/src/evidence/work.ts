export type Author = { readonly name: string; readonly orcid: string | null }

/** How a work came out. What is neither is `other`: an editorial, a book chapter, a data set. */
export type WorkKind = 'article' | 'preprint' | 'guideline' | 'letter' | 'erratum' | 'other'

/** Something published, as a bibliography names it. */
export type Work = {
  readonly ids: {
    readonly pmid: string | null
    /** In lower case, without an address before it. */
    readonly doi: string | null
    /** With their kind before them, such as `pmc:PMC1234567` or a second `doi:10.…`. Each names this work and no other. */
    readonly other: readonly string[]
  }
  readonly title: string
  /** YYYY, YYYY-MM or YYYY-MM-DD: as much as is known. */
  readonly on: string | null
  readonly kind: WorkKind
  readonly authors: readonly Author[]
  /** More than `authors` where only some are named; 0 where nobody is. */
  readonly authorCount: number
  readonly isConsortium: boolean
  /** Ids, as `workIds` writes them, of the preprint of this article, the article of this preprint, and what this erratum corrects. */
  readonly sameWorkAs: readonly string[]
}

/** Every id of a work, with its kind before it, so that ids of works can be compared. */
export const workIds = ({ ids }: Work): readonly string[] => [
  ...(ids.pmid === null ? [] : [`pmid:${ids.pmid}`]),
  ...(ids.doi === null ? [] : [`doi:${ids.doi}`]),
  ...ids.other,
]

/** Reads a DOI with or without an address or “doi:” before it. */
export const doiOf = (text: string): string | undefined => {
  const doi = text
    .trim()
    .toLowerCase()
    .replace(/^(https?:\/\/)?((dx|www)\.)?doi\.org\//, '')
    .replace(/^doi:\s*/, '')
  return /^10\.\d{4,9}\/\S+$/.test(doi) ? doi : undefined
}

/** Reads an ORCID iD with or without an address before it, and checks its last character (ISO 7064, modulus 11-2). */
export const orcidOf = (text: string): string | undefined => {
  const bare = text
    .trim()
    .replace(/^orcid(?!\.org):?\s*/i, '')
    .replace(/^(https?:\/\/)?(www\.)?orcid\.org\//i, '')
    .replace(/\/$/, '')
    .toUpperCase()
  if (!/^\d{4}-?\d{4}-?\d{4}-?\d{3}[\dX]$/.test(bare)) return undefined
  const characters = bare.replaceAll('-', '')
  const total = [...characters.slice(0, 15)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0)
  const check = (12 - (total % 11)) % 11
  if (characters.at(15) !== (check === 10 ? 'X' : String(check))) return undefined
  return characters.replace(/(.{4})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4')
}
