import { isNonEmpty, type NonEmpty } from '../result.ts'
import { type Work, workIds } from './work.ts'

/** Many records of one work as one: what is richest of them, under all their ids, whatever order they come in. */
export const mergedWork = (records: NonEmpty<Work>): Work => {
  const [face, ...others] = sortedBy(records, faceOf)
  const [credits] = sortedBy(records, creditsOf)
  const all = [face, ...others]
  const pmid = all.find(({ ids }) => ids.pmid !== null)?.ids.pmid ?? null
  const doi = all.find(({ ids }) => ids.doi !== null)?.ids.doi ?? null
  const own = new Set(all.flatMap(workIds))
  return {
    ids: {
      pmid,
      doi,
      other: sorted([...own].filter((id) => id !== `pmid:${pmid ?? ''}` && id !== `doi:${doi ?? ''}`)),
    },
    title: face.title,
    on: face.on ?? all.find(({ on }) => on !== null)?.on ?? null,
    kind: face.kind,
    // An article on ORCID names no authors; its preprint on PubMed does.
    authors: credits.authors,
    authorCount: credits.authorCount,
    isConsortium: credits.isConsortium,
    sameWorkAs: sorted([...new Set(all.flatMap(({ sameWorkAs }) => sameWorkAs))].filter((id) => !own.has(id))),
  }
}

/** Text order by code unit: the same on every machine, whatever its language. */
export const byText = (one: string, other: string) => (one < other ? -1 : Number(one > other))

const sorted = (texts: readonly string[]) => texts.toSorted(byText)

/** The higher the better, the first number first; of equals, the first in text. */
const sortedBy = (records: NonEmpty<Work>, rank: (work: Work) => readonly number[]): NonEmpty<Work> => {
  if (records.length === 1) return records
  const best = records
    .map((work) => ({ work, rank: rank(work), text: JSON.stringify(work) }))
    .toSorted((one, other) => {
      const place = one.rank.findIndex((value, index) => value !== other.rank[index])
      return place < 0 ? byText(one.text, other.text) : (other.rank[place] ?? 0) - (one.rank[place] ?? 0)
    })
    .map(({ work }) => work)
  return isNonEmpty(best) ? best : records
}

const STANDING = { article: 2, guideline: 2, letter: 2, other: 2, preprint: 1, erratum: 0 } as const

const faceOf = (work: Work) => [
  STANDING[work.kind],
  Number(work.kind !== 'other'),
  Number(work.ids.pmid !== null),
  Number(work.ids.doi !== null),
  work.on?.length ?? 0,
  work.authors.length,
  work.title.length,
]

const creditsOf = (work: Work) => [
  Number(work.authors.length > 0),
  STANDING[work.kind],
  work.authors.length,
  work.authorCount,
  work.authors.filter(({ orcid }) => orcid !== null).length,
  Number(work.isConsortium),
]
