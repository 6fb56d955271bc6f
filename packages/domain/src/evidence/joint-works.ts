import { readingsOf } from './name-readings.ts'
import { bestMatch } from './names.ts'
import { type Author, orcidOf, type Work } from './work.ts'

/** Somebody who may have written with a clinician. */
export type Person = {
  readonly name: string
  readonly alsoKnownAs: readonly string[]
  readonly orcid: string | null
}

/** A work that a person is an author of, and by what: the iD proves it, a full name makes it likely, initials only possible. */
export type JointWork = { readonly work: Work; readonly match: 'orcid' | 'name' | 'initials' }

type ClinicianWorks = {
  readonly works: readonly Work[]
  /** A work of more authors than this says nothing about any two of them. */
  readonly consortiumFrom: number
}

/** Which of a clinician's works another person is an author of too. The work of a consortium is none. */
export const jointWorks = ({ works, consortiumFrom }: ClinicianWorks, person: Person): readonly JointWork[] => {
  const matchOf = authorMatch(person)
  return works
    .filter(({ isConsortium, authorCount }) => !isConsortium && authorCount <= consortiumFrom)
    .flatMap((work) => {
      const found = new Set(work.authors.map(matchOf))
      const match = MATCHES.find((one) => found.has(one))
      return match === undefined ? [] : [{ work, match }]
    })
}

/** The surest first. */
const MATCHES = ['orcid', 'name', 'initials'] as const

/** Whether an author of a work is this person, and by what. */
export const authorMatch = ({ name, alsoKnownAs, orcid }: Person) => {
  const own = orcidOf(orcid ?? '')
  const names = [name, ...alsoKnownAs].flatMap(readingsOf)
  return (author: Author): JointWork['match'] | 'none' => {
    // Two iDs that differ are two people, whatever they are called.
    if (own !== undefined && author.orcid !== null) return author.orcid === own ? 'orcid' : 'none'
    const match = bestMatch(names, readingsOf(author.name))
    if (match === 'no') return 'none'
    return match === 'yes' ? 'name' : 'initials'
  }
}
