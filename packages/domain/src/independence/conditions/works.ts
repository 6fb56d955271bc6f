import { type About, type Answer, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Pair, PersonId, Publication, Treating } from '../pair.ts'
import { anyOf, both, endedBefore, liesIn, lookBack, type Ternary, touchTogether, written } from '../period.ts'
import type { ConditionOf, RuleRow } from '../rule.ts'

type Asked = { readonly rule: RuleRow; readonly condition: ConditionOf<'joint-work'> }
/** One joint output: how recent it is, and whether it is the clinician's own word. */
type Joint = {
  readonly fact: string
  readonly isRecent: Ternary
  readonly isSure: boolean
  readonly on: Publication['on']
}

/** Writes or holds grants with a treating consultant: lately or often, or long ago (C23). A paper of a consortium says nothing. */
export const jointWork: Judge<'joint-work'> = (pair, asked) => {
  const { candidate, request } = pair
  const about = (fact: string, whose: string) => (): About => ({ fact, whose, source: 'publications' })
  const silent = [candidate, ...request.treating].filter(
    ({ publications, grants }) => publications === null || grants === null,
  )
  return [
    ...request.treating.flatMap((other) => together(pair, other, asked)),
    ...silent.map(({ person }) => needs(about('the publications and grants', person))),
  ]
}

const together = (pair: Pair, other: Treating, { rule, condition }: Asked): readonly Answer[] => {
  // By name, so that of several just as old the same is told in whatever order they come.
  const joint = [...jointPapers(pair, other, { rule, condition }), ...jointGrants(pair, other, rule)].toSorted(
    (a, b) => (a.fact < b.fact ? -1 : 1),
  )
  if (joint.length === 0) return NOTHING
  const about =
    (fact: string, on: Publication['on'] = null) =>
    (): About => ({
      fact,
      whose: pair.candidate.person,
      source: 'publications',
      during: on === null ? undefined : { from: on, to: on },
    })
  const sure = joint.filter(({ isSure }) => isSure)
  const recent = sure.find(({ isRecent }) => isRecent === 'yes')
  if (recent) return [holds(about(`${recent.fact}, with ${other.person}`, recent.on), { confidence: 'derived' })]
  if (sure.length >= condition.outputs)
    return [holds(about(`${sure.length} joint outputs with ${other.person}`), { confidence: 'derived' })]
  const older = sure.find(({ isRecent }) => isRecent === 'no')
  const isOpen =
    joint.some(({ isSure, isRecent }) => isRecent !== 'no' && (!isSure || isRecent === 'unknown')) ||
    joint.length >= condition.outputs ||
    !older
  if (isOpen)
    return [needs(about(`whether the joint work with ${other.person} is the clinician's, and when it came out`))]
  return [
    holds(about(`${older.fact}, with ${other.person}`, older.on), { severity: condition.older, confidence: 'derived' }),
  ]
}

const jointPapers = ({ asOf, candidate }: Pair, other: Treating, { rule, condition }: Asked): readonly Joint[] => {
  const window = lookBack(rule.lookBackMonths, asOf)
  const theirs = namedIn(other.publications)
  const isTheirs = ({ sameWork }: Publication) => sameWork.some((id) => theirs.works.has(id))
  const naming = (candidate.publications ?? []).filter(
    (paper) => paper.authors?.includes(other.person) || isTheirs(paper),
  )
  const named = theirs.authors.has(candidate.person)
    ? (other.publications ?? []).filter(({ authors }) => authors?.includes(candidate.person))
    : []
  // Most people never wrote anything together.
  if (naming.length + named.length === 0) return []
  // One work under several ids counts once: what any of them says of it, says it of the work.
  let works: readonly (readonly Publication[])[] = []
  for (const paper of [...naming, ...named].toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const isSame = (work: readonly Publication[]) =>
      work.some(({ sameWork }) => sameWork.some((id) => paper.sameWork.includes(id)))
    // One paper may show that two works were one: then what is said of either is said of both.
    works = [...works.filter((work) => !isSame(work)), [...works.filter(isSame).flat(), paper]]
  }
  return works.flatMap((papers): readonly Joint[] => {
    const isConsortium = papers.some(
      ({ kind, authorCount }) => kind === 'consortium' || (authorCount ?? 0) > condition.consortium,
    )
    const said = papers.map(({ confirmed }) => confirmed)
    if (isConsortium || (said.includes(false) && !said.includes(true))) return []
    const recent = papers.map(({ on }) => liesIn(on, window))
    const [paper] = papers
    const isRecent = recent.includes('yes') ? 'yes' : recent.includes('unknown') ? 'unknown' : 'no'
    return [
      {
        fact: `the paper ${paper?.id}`,
        isRecent,
        isSure: said.includes(true) && !said.includes(false),
        on: paper?.on ?? null,
      },
    ]
  })
}

const nameOf = ({ id, on }: Publication) => `${id} ${written(on)}`

/** All works and authors that a consultant's list names: the same for every candidate. */
const namedIn = (publications: readonly Publication[] | null): Named => {
  if (publications === null) return NOBODY
  const known = namedBy.get(publications)
  if (known) return known
  const all = {
    works: new Set(publications.flatMap(({ sameWork }) => sameWork)),
    authors: new Set(publications.flatMap(({ authors }) => authors ?? [])),
  }
  namedBy.set(publications, all)
  return all
}
type Named = { readonly works: ReadonlySet<string>; readonly authors: ReadonlySet<PersonId> }
const NOBODY: Named = { works: new Set(), authors: new Set() }
const namedBy = new WeakMap<readonly Publication[], Named>()

const jointGrants = ({ asOf, candidate }: Pair, other: Treating, rule: RuleRow): readonly Joint[] => {
  const window = lookBack(rule.lookBackMonths, asOf)
  const all = [...(candidate.grants ?? []), ...(other.grants ?? [])]
  if (all.length === 0) return []
  // One side may name holders whom the other leaves out: a grant is held by whoever either says.
  return [...Map.groupBy(all, ({ id }) => id)].flatMap(([id, same]): readonly Joint[] => {
    const held = (person: string) =>
      same.flatMap(({ holders }) => holders?.filter((one) => one.person === person) ?? [])
    const spans = held(candidate.person).flatMap((mine) =>
      held(other.person).flatMap((theirs) => {
        const ever = touchTogether(mine, theirs, { from: EVER, to: asOf })
        if (ever === 'no') return []
        const isOver = endedBefore(mine, window.from) === 'yes' || endedBefore(theirs, window.from) === 'yes'
        const isRecent: Ternary = isOver ? 'no' : touchTogether(mine, theirs, window)
        return [{ isRecent, isSure: ever === 'yes' }]
      }),
    )
    if (spans.length === 0) return []
    const isSure = spans.some((span) => span.isSure)
    return [{ fact: `the grant ${id}`, isRecent: anyOf(spans.map(({ isRecent }) => isRecent)), isSure, on: null }]
  })
}
const EVER = lookBack(12 * 200, '2200-01-01' as Pair['asOf']).from

/** On the same guideline or College committee as a treating consultant, at the same time (C24). */
export const jointCommittee: Judge<'joint-committee'> = (pair, { rule, condition }) => {
  const { asOf, candidate, request } = pair
  const window = lookBack(rule.lookBackMonths, asOf)
  const fact = 'the guideline groups and College committees'
  const asks = (whose: string) => needs(() => ({ fact, whose, source: 'case declaration' }))
  const counted =
    candidate.committees?.filter(({ kind }) => kind === null || condition.committees.includes(kind)) ?? null
  if (counted?.length === 0 || request.treating.every(({ committees }) => committees?.length === 0)) return NOTHING
  if (counted === null) return [asks(candidate.person)]
  return request.treating.flatMap(({ person, committees }) =>
    committees === null
      ? [asks(person)]
      : counted.flatMap((mine) =>
          committees.flatMap((theirs) => {
            if (theirs.id !== mine.id) return NOTHING
            const is = both(mine.kind === null ? 'unknown' : 'yes', touchTogether(mine, theirs, window))
            return whether(is, () => ({
              fact: `${mine.id}, with ${person}`,
              whose: candidate.person,
              source: 'case declaration',
              during: mine,
            }))
          }),
        ),
  )
}
