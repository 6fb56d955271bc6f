import { mergedWork } from '@concord/domain/evidence/merged-work'
import { foldName } from '@concord/domain/evidence/names'
import { publishedOn } from '@concord/domain/evidence/published-on'
import { type Author, doiOf, orcidOf, type Work, type WorkKind } from '@concord/domain/evidence/work'
import { isNonEmpty, type NonEmpty } from '@concord/domain/result'
import { z } from 'zod'

// The parts that are read of what ORCID's public API v3.0 gives. Whatever is private or was never given is null there.

const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? null)
const value = maybe(z.object({ value: maybe(z.string().max(5000)) }))

const externalIds = maybe(
  z.object({
    'external-id': z
      .array(
        z.object({
          'external-id-type': z.string(),
          'external-id-value': maybe(z.string().max(5000)),
          'external-id-relationship': maybe(z.string()),
        }),
      )
      .max(1000),
  }),
)
const contributors = maybe(
  z.object({
    contributor: maybe(
      z
        .array(
          z.object({
            'credit-name': value,
            'contributor-orcid': maybe(z.object({ path: maybe(z.string()) })),
            'contributor-attributes': maybe(z.object({ 'contributor-role': maybe(z.string()) })),
          }),
        )
        .max(10_000),
    ),
  }),
)
const orcidWork = z.object({
  'put-code': z.number(),
  title: maybe(z.object({ title: value })),
  'external-ids': externalIds,
  'publication-date': maybe(z.object({ year: value, month: value, day: value })),
  type: maybe(z.string()),
  contributors,
})
type OrcidWork = z.output<typeof orcidWork>

const works = z.object({ group: z.array(z.object({ 'work-summary': z.array(orcidWork).max(1000) })).max(10_000) })
const orcidRecord = z.object({ 'activities-summary': maybe(z.object({ works: maybe(works) })) })
const worksInFull = z.object({ bulk: z.array(z.object({ work: maybe(orcidWork) })).max(10_000) })

/** What ORCID gives, each member of a group a record of the same work. */
export type OrcidRead =
  | { readonly kind: 'works'; readonly works: readonly Work[] }
  | { readonly kind: 'unreadable'; readonly path: string; readonly message: string }

/**
 * Reads a public ORCID record, its `works` alone, or works in full (`/works/{put-codes}`). A record's summaries name no
 * co-authors: such a work has no authors and an author count of 0, and says nothing about who wrote it together.
 */
export const readOrcid = (json: unknown): OrcidRead => {
  const read = schemaFor(json)?.safeParse(json)
  if (read === undefined) return { kind: 'unreadable', path: '', message: EXPECTED }
  if (read.success) return { kind: 'works', works: read.data.map(workOf) }
  const [issue] = read.error.issues
  return { kind: 'unreadable', path: issue?.path.join('.') ?? '', message: issue?.message ?? EXPECTED }
}

const EXPECTED =
  'Expected an ORCID record or its works as JSON, such as from https://pub.orcid.org/v3.0/0000-0002-1825-0097/record'

type Records = NonEmpty<OrcidWork>
const groupsOf = ({ group }: z.output<typeof works>) =>
  group.flatMap((one): Records[] => (isNonEmpty(one['work-summary']) ? [one['work-summary']] : []))
const inRecord = orcidRecord.transform((record) => {
  const found = record['activities-summary']?.works
  return found ? groupsOf(found) : []
})
const alone = works.transform(groupsOf)
const inFull = worksInFull.transform(({ bulk }) => bulk.flatMap(({ work }): Records[] => (work ? [[work]] : [])))

/** Chosen by what is there, so that a fault is told of this form and not of each. */
const schemaFor = (json: unknown) => {
  if (typeof json !== 'object' || json === null) return undefined
  if ('activities-summary' in json) return inRecord
  if ('group' in json) return alone
  return 'bulk' in json ? inFull : undefined
}

const workOf = ([first, ...others]: Records): Work => mergedWork([recordOf(first), ...others.map(recordOf)])

const recordOf = (work: OrcidWork): Work => {
  const ids = work['external-ids']?.['external-id'] ?? []
  const [pmid = null, ...pmids] = idsOf(ids, 'self', 'pmid')
  const [doi = null, ...dois] = idsOf(ids, 'self', 'doi')
  const date = work['publication-date']
  const authors = authorsOf(work)
  return {
    ids: {
      pmid,
      doi,
      other: [
        ...pmids.map((id) => `pmid:${id}`),
        ...dois.map((id) => `doi:${id}`),
        ...OTHER_IDS.flatMap((type) => idsOf(ids, 'self', type).map((id) => `${type}:${id}`)),
      ],
    },
    title: work.title?.title?.value ?? '',
    on: publishedOn({
      year: date?.year?.value ?? null,
      month: date?.month?.value ?? null,
      day: date?.day?.value ?? null,
    }),
    kind: kindOf(work.type),
    authors,
    authorCount: authors.length,
    isConsortium: false,
    sameWorkAs: (['pmid', 'doi'] as const).flatMap((type) =>
      idsOf(ids, 'version-of', type).map((id) => `${type}:${id}`),
    ),
  }
}

/** Those that name one work. Books and journals have numbers too (isbn, issn), and so do the systems records came from. */
const OTHER_IDS = ['pmc', 'arxiv', 'eid', 'wosuid'] as const

type ExternalIds = NonNullable<OrcidWork['external-ids']>['external-id']
const idsOf = (ids: ExternalIds, relationship: string, type: 'pmid' | 'doi' | (typeof OTHER_IDS)[number]) => {
  const written = ids.filter(
    (id) =>
      id['external-id-type'].toLowerCase() === type &&
      id['external-id-relationship']?.toLowerCase().replaceAll('_', '-') === relationship,
  )
  return [...new Set(written.flatMap((id) => READ[type](id['external-id-value']?.trim() ?? '') ?? []))]
}

const matching = (pattern: RegExp) => (text: string) => pattern.exec(text)?.[1]?.toUpperCase()
/** People paste addresses where ids are asked for. */
const READ = {
  doi: doiOf,
  pmid: matching(/^(?:(?:https?:\/\/)?\S+\/|pmid:?\s*)?(\d{1,10})\/?$/i),
  pmc: matching(/^(?:(?:https?:\/\/)?\S+\/)?(PMC\d{1,10})\/?$/i),
  arxiv: matching(/^(?:arxiv:)?(\S+)$/i),
  eid: matching(/^(2-s2\.0-\d+)$/i),
  wosuid: matching(/^(?:wos:)?(\S+)$/i),
} as const

const KINDS: ReadonlyMap<string, WorkKind> = new Map([
  ['journal-article', 'article'],
  ['conference-paper', 'article'],
  ['review', 'article'],
  ['preprint', 'preprint'],
  ['working-paper', 'preprint'],
  ['standards-and-policy', 'guideline'],
])
const kindOf = (type: string | null): WorkKind => KINDS.get(type?.toLowerCase().replaceAll('_', '-') ?? '') ?? 'other'

/** One who had several roles is listed once for each; who edited the book did not write the chapter. */
const authorsOf = (work: OrcidWork): readonly Author[] => {
  const authors = new Map<string, Author>()
  for (const one of work.contributors?.contributor ?? []) {
    const name = one['credit-name']?.value?.trim() ?? ''
    const orcid = orcidOf(one['contributor-orcid']?.path ?? '') ?? null
    const role = one['contributor-attributes']?.['contributor-role']?.toLowerCase()
    const key = orcid ?? foldName(name)
    if (key !== '' && role !== 'editor' && !authors.has(key)) authors.set(key, { name, orcid })
  }
  return [...authors.values()]
}
