import { isNonEmpty } from '../result.ts'
import { byText, mergedWork } from './merged-work.ts'
import { readingsOf } from './name-readings.ts'
import { foldLetters } from './name-words.ts'
import { type Author, type Work, workIds } from './work.ts'

/**
 * Each work once, however many records tell of it: alike in an id, related as preprint and article, or, where no id says
 * otherwise, alike in title and authors within a year. An erratum is dropped where what it corrects is there.
 * The latest comes first, then by id; the order of the records changes nothing.
 */
export const distinctWorks = (works: readonly Work[]): readonly Work[] => {
  let kept = works.map((work) => mergedWork([work]))
  for (;;) {
    // What was merged has more ids than each had, and may now be alike to another.
    const fewer = alikeInTitle(related(alikeInId(kept)))
    if (fewer.length === kept.length) return withoutCorrected(fewer).toSorted(latestFirst)
    kept = fewer
  }
}

const latestFirst = (one: Work, other: Work) =>
  byText(other.on ?? '', one.on ?? '') ||
  byText(workIds(one)[0] ?? '', workIds(other)[0] ?? '') ||
  byText(JSON.stringify(one), JSON.stringify(other))

const alikeInId = (works: Work[]): Work[] => {
  const groups = grouping(works)
  const owners = new Map<string, Work>()
  for (const work of works)
    for (const id of workIds(work)) {
      groups.join(work, owners.get(id) ?? work)
      owners.set(id, work)
    }
  return groups.merged()
}

/** One erratum may correct several works: joined through it, they would be taken for one. */
const related = (works: Work[]): Work[] => {
  const standing = works.filter(({ kind }) => kind !== 'erratum')
  const groups = grouping(works)
  const owners = new Map(standing.flatMap((work) => workIds(work).map((id) => [id, work])))
  for (const work of standing) for (const id of work.sameWorkAs) groups.join(work, owners.get(id) ?? work)
  return groups.merged()
}

/** In a fixed order, each to the first group of its title in which nothing contradicts it: so two “Replies” stay two. */
const alikeInTitle = (works: Work[]): Work[] => {
  const groups = grouping(works)
  const byTitle = new Map<string, Titled[][]>()
  for (const work of works.toSorted(latestFirst)) {
    const title = foldTitle(work.title)
    if (title === '' || work.on === null || work.kind === 'erratum') continue
    const titled = titledOf(work)
    const sameTitle = byTitle.get(title) ?? []
    byTitle.set(title, sameTitle)
    const group = sameTitle.find((members) => members.every((member) => mayBeOne(member, titled)))
    if (group === undefined) sameTitle.push([titled])
    else {
      groups.join(work, group[0]?.work ?? work)
      group.push(titled)
    }
  }
  return groups.merged()
}

const withoutCorrected = (works: readonly Work[]): readonly Work[] => {
  const standing = works.filter(({ kind }) => kind !== 'erratum')
  const own = new Set(standing.flatMap(workIds))
  const corrected = new Set(standing.flatMap(({ sameWorkAs }) => sameWorkAs))
  return works.filter(
    (work) =>
      work.kind !== 'erratum' ||
      !(workIds(work).some((id) => corrected.has(id)) || work.sameWorkAs.some((id) => own.has(id))),
  )
}

const grouping = (works: Work[]) => {
  const parents = new Map(works.map((work) => [work, work]))
  const head = (work: Work): Work => {
    let at = work
    for (let parent = parents.get(at); parent !== undefined && parent !== at; parent = parents.get(at)) at = parent
    parents.set(work, at)
    return at
  }
  return {
    join: (one: Work, other: Work) => parents.set(head(one), head(other)),
    merged: () =>
      [...Map.groupBy(works, head).values()].flatMap((records) => (isNonEmpty(records) ? [mergedWork(records)] : [])),
  }
}

/** Titles come with markup from some sources, and with brackets and full stops from others. */
const foldTitle = (title: string) => foldLetters(title.replace(/<[^<>]{0,60}>|&amp;/g, ' ')).replaceAll(' ', '')

/** A work to be compared with all of its title, so that its names are read once. */
type Titled = {
  readonly work: Work
  readonly year: number
  readonly authors: readonly (readonly string[])[]
  readonly known: ReadonlySet<string>
}

const titledOf = (work: Work): Titled => {
  const authors = work.authors.map(authorKeys)
  return { work, year: Number(work.on?.slice(0, 4)), authors, known: new Set(authors.flat()) }
}

/** All that one author may be cited by. */
const authorKeys = ({ name, orcid }: Author) => [
  ...(orcid === null ? [] : [orcid]),
  ...readingsOf(name).map(({ family, given }) => `${family} ${given[0]?.[0] ?? ''}`),
]

const mayBeOne = (one: Titled, other: Titled) =>
  Math.abs(one.year - other.year) <= 1 && !contradict(one.work, other.work) && mayShareAuthors(one, other)

/** A preprint has ids of its own; of two articles, different ids make two. */
const contradict = (one: Work, other: Work) => {
  if ((one.kind === 'preprint') !== (other.kind === 'preprint')) return false
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b
  return differ(one.ids.pmid, other.ids.pmid) || differ(one.ids.doi, other.ids.doi)
}

/** Merged, only one list of authors is kept: nobody may be lost with the other. */
const mayShareAuthors = (one: Titled, other: Titled) => {
  const [few, many] = one.authors.length <= other.authors.length ? [one, other] : [other, one]
  return few.authors.every((keys) => keys.some((key) => many.known.has(key)))
}
