import { holds, type Judge, NOTHING, needs } from '../answer.ts'
import { forRequest, type Read } from '../for-request.ts'
import type { EarlierOpinion, Pair, PersonId } from '../pair.ts'
import { liesIn, lookBack } from '../period.ts'

/** Opinions for one another, again and again: the same two people or units, in either direction (C25). */
export const reciprocity: Judge<'reciprocity'> = (pair, { rule, condition }) => {
  const { asOf, candidate, history, request } = pair
  if (!history || history.length < condition.exchanges) return NOTHING
  const exchanges = new Map<string, Days>()
  const mine = indexOf(history).people.get(candidate.person)
  for (const { person } of request.treating) {
    const days = mine?.get(person)
    if (days) exchanges.set(person, days)
  }
  const theirs = exchangesOfTeam(pair)
  for (const unit of unitsOf(pair, history))
    for (const { between, days } of theirs.get(unit) ?? []) exchanges.set(between, days)
  if (exchanges.size === 0) return NOTHING

  const window = lookBack(rule.lookBackMonths, asOf)
  const [most] = [...exchanges]
    .filter(([, days]) => days.length >= condition.exchanges)
    .map(([between, days]) => {
      const within = days.map((on) => liesIn(on, window)).filter((is) => is !== 'no')
      return { between, sure: within.filter((is) => is === 'yes').length, all: within.length }
    })
    .filter(({ all }) => all >= condition.exchanges)
    .toSorted((a, b) => b.sure - a.sure || b.all - a.all || (a.between < b.between ? -1 : 1))
  if (!most) return NOTHING
  const about = () => ({
    fact: `${most.sure} opinions exchanged with ${most.between} in ${rule.lookBackMonths} months`,
    whose: candidate.person,
    source: 'opinions brokered earlier',
  })
  return most.sure >= condition.exchanges ? [holds(about, { confidence: 'derived' })] : [needs(about)]
}

/** One clinician for a large share of a requester's opinions (C26). */
export const closedCircle: Judge<'closed-circle'> = (pair, { rule, condition }) => {
  const { asOf, candidate } = pair
  const { opinions, givers } = circleOf(pair)
  if (!givers.has(candidate.person)) return NOTHING
  const window = lookBack(rule.lookBackMonths, asOf)
  const theirs = opinions
    .map(({ on, opinionBy }) => ({ is: liesIn(on, window), isMine: opinionBy === candidate.person }))
    .filter(({ is }) => is !== 'no')
  const mine = theirs.filter(({ isMine }) => isMine)
  const isShare = (some: number, all: number) => all >= condition.atLeast && some * 100 > condition.share * all
  const sure = {
    mine: mine.filter(({ is }) => is === 'yes').length,
    all: theirs.filter(({ is }) => is === 'yes').length,
  }
  const about = () => ({
    fact: `${sure.mine} of ${sure.all} opinions for this requester in ${rule.lookBackMonths} months`,
    whose: candidate.person,
    source: 'opinions brokered earlier',
  })
  const open = theirs.length - sure.all
  if (open === 0) return isShare(sure.mine, sure.all) ? [holds(about, { confidence: 'derived' })] : NOTHING
  // Undated opinions may or may not count: only what holds either way is settled.
  const isSurely = isShare(sure.mine, theirs.length - (mine.length - sure.mine)) && isShare(sure.mine, sure.all)
  if (isSurely) return [holds(about, { confidence: 'derived' })]
  return isShare(mine.length, sure.all + (mine.length - sure.mine)) || isShare(mine.length, theirs.length)
    ? [needs(about)]
    : NOTHING
}

/** Whoever, and whatever unit, exchanged so many opinions with the treating team or its units: nobody else has a part in C25. */
export const partnersOf = (asked: Read, exchanges: number): readonly string[] => {
  if (asked.history === null) return []
  const { people, peopleAt } = indexOf(asked.history)
  return [
    ...asked.request.treating.flatMap(({ person }) =>
      [...(people.get(person) ?? [])].flatMap(([other, days]) => (days.length >= exchanges ? other : [])),
    ),
    ...[...exchangesOfTeam(asked)].flatMap(([unit, all]) =>
      all.some(({ days }) => days.length >= exchanges) ? [unit, ...(peopleAt.get(unit) ?? [])] : [],
    ),
  ]
}

/** The opinions that the requesting trust asked for, under whatever code, and who gave them. */
export const circleOf = forRequest(({ asOf, request, organisations, history }) => {
  const opinions = [...(history ? indexOf(history).byOrg : [])].flatMap(([written, some]) => {
    if (written === null) return []
    const org = organisations.codeOf(written)
    const isTheirs =
      written === request.trust || (org !== undefined && organisations.isSameTrust(org, request.trust, asOf) === 'yes')
    return isTheirs ? some : []
  })
  return { opinions, givers: new Set(opinions.map(({ opinionBy }) => opinionBy)) }
})

/** Where the candidate gave or asked for opinions, and the trusts and teams they are in today. */
const unitsOf = ({ asOf, candidate }: Pair, history: History): readonly string[] => {
  const units = [...(indexOf(history).unitsOf.get(candidate.person) ?? [])]
  for (const { id } of candidate.teams ?? []) units.push(id)
  for (const { orgs, site, to } of candidate.posts ?? []) {
    if (typeof to === 'string' && to < asOf) continue
    units.push(...orgs)
    if (site !== null && site !== 'none') units.push(site)
  }
  return units
}

/**
 * What any unit exchanged with those of the treating team: the trust that asks and the child's sites, the teams, and where
 * one of them gave or asked for opinions.
 */
const exchangesOfTeam = forRequest(({ request, history }) => {
  const exchanges = new Map<string, { readonly between: string; readonly days: Days }[]>()
  if (history === null) return exchanges
  const index = indexOf(history)
  const theirs = new Set<string>([
    request.trust,
    ...(request.sites ?? []),
    ...request.treating.flatMap(({ person, teams }) => [
      ...(teams ?? []).map(({ id }) => id),
      ...(index.unitsOf.get(person) ?? []),
    ]),
  ])
  for (const unit of theirs)
    for (const [other, days] of index.units.get(unit) ?? []) {
      const between = [unit, other].toSorted().join(' and ')
      exchanges.set(other, [...(exchanges.get(other) ?? []), { between, days }])
    }
  return exchanges
})

type History = NonNullable<Pair['history']>
/** The days of the opinions that two exchanged. */
type Days = readonly EarlierOpinion['on'][]
type Exchanged = Map<string, Map<string, EarlierOpinion['on'][]>>

/** A history has thousands of opinions, and a handful of them bears on a pair: who exchanged some with whom is looked up. */
const indexOf = (history: History) => {
  const known = indexes.get(history)
  if (known) return known
  const index = indexed(distinct(history))
  indexes.set(history, index)
  return index
}
const indexes = new WeakMap<History, ReturnType<typeof indexed>>()

const indexed = (opinions: History) => {
  const people: Exchanged = new Map()
  const units: Exchanged = new Map()
  const [unitsOf, peopleAt] = [new Map<PersonId, Set<string>>(), new Map<string, Set<PersonId>>()]
  for (const { on, opinionBy, opinionUnit, requestedBy, requestingUnit } of opinions) {
    exchange(people, [opinionBy, requestedBy], on)
    if (opinionUnit !== requestingUnit) exchange(units, [opinionUnit, requestingUnit], on)
    for (const [person, unit] of [
      [opinionBy, opinionUnit],
      [requestedBy, requestingUnit],
    ] as const) {
      if (person === null || unit === null) continue
      unitsOf.set(person, (unitsOf.get(person) ?? new Set()).add(unit))
      peopleAt.set(unit, (peopleAt.get(unit) ?? new Set()).add(person))
    }
  }
  return { people, units, unitsOf, peopleAt, byOrg: Map.groupBy(opinions, ({ requestingOrg }) => requestingOrg) }
}

/** Writes an exchange down under both, in one list. */
const exchange = (into: Exchanged, [a, b]: readonly [string | null, string | null], on: EarlierOpinion['on']) => {
  if (a === null || b === null) return
  const [ofA, ofB] = [into.get(a) ?? new Map<string, (typeof on)[]>(), into.get(b) ?? new Map<string, (typeof on)[]>()]
  const days = ofA.get(b) ?? []
  days.push(on)
  into.set(a, ofA.set(b, days))
  if (a !== b) into.set(b, ofB.set(a, days))
}

/** Each opinion once; of one that is told twice the same form counts, in whatever order they come. */
const distinct = (history: History): History => {
  const byId = new Map<string, EarlierOpinion>()
  for (const one of history) {
    const had = byId.get(one.id)
    if (!had || inWords(had) < inWords(one)) byId.set(one.id, one)
  }
  return [...byId.values()]
}

const inWords = ({ on, opinionBy, opinionUnit, requestedBy, requestingUnit, requestingOrg }: EarlierOpinion) =>
  JSON.stringify([on, opinionBy, opinionUnit, requestedBy, requestingUnit, requestingOrg])
