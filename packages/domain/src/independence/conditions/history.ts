import { holds, type Judge, NOTHING, needs } from '../answer.ts'
import type { EarlierOpinion, Pair } from '../pair.ts'
import { liesIn, lookBack } from '../period.ts'

/** Opinions for one another, again and again: the same two people or units, in either direction (C25). */
export const reciprocity: Judge<'reciprocity'> = (pair, { rule, condition }) => {
  const { asOf, candidate, history, request } = pair
  if (!history || history.length < condition.exchanges) return NOTHING
  const window = lookBack(rule.lookBackMonths, asOf)
  const treating = request.treating.map(({ person }) => person)
  const counts = new Map<string, { sure: number; most: number }>()
  const count = (between: string, on: EarlierOpinion['on']) => {
    const is = liesIn(on, window)
    if (is === 'no') return
    const had = counts.get(between) ?? { sure: 0, most: 0 }
    counts.set(between, { sure: had.sure + (is === 'yes' ? 1 : 0), most: had.most + 1 })
  }
  const [mine, theirs] = [unitsOf(pair, [candidate.person]), unitsOf(pair, treating)]
  const places = [request.trust, ...(request.sites ?? [])]
  for (const place of places) theirs.add(place)
  for (const one of distinct(history)) {
    for (const other of treating) {
      const isBetween =
        (one.opinionBy === candidate.person && one.requestedBy === other) ||
        (one.opinionBy === other && one.requestedBy === candidate.person)
      if (isBetween) count(other, one.on)
    }
    const { opinionUnit: giving, requestingUnit: asking } = one
    if (giving === null || asking === null || giving === asking) continue
    const isBetween = (mine.has(giving) && theirs.has(asking)) || (theirs.has(giving) && mine.has(asking))
    if (isBetween) count([giving, asking].toSorted().join(' and '), one.on)
  }
  const [most] = [...counts]
    .filter(([, { most: all }]) => all >= condition.exchanges)
    .toSorted(([a, one], [b, other]) => other.sure - one.sure || other.most - one.most || (a < b ? -1 : 1))
  if (!most) return NOTHING
  const [between, { sure }] = most
  const about = () => ({
    fact: `${sure} opinions exchanged with ${between} in ${rule.lookBackMonths} months`,
    whose: candidate.person,
    source: 'opinions brokered earlier',
  })
  return sure >= condition.exchanges ? [holds(about, { confidence: 'derived' })] : [needs(about)]
}

/** One clinician for a large share of a requester's opinions (C26). */
export const closedCircle: Judge<'closed-circle'> = (pair, { rule, condition }) => {
  const { asOf, candidate, history, request, organisations } = pair
  if (!history || history.length < condition.atLeast) return NOTHING
  const window = lookBack(rule.lookBackMonths, asOf)
  const theirs = distinct(history).flatMap((one) => {
    const org = one.requestingOrg === null ? undefined : organisations.codeOf(one.requestingOrg)
    const isTheirs =
      one.requestingOrg === request.trust ||
      (org !== undefined && organisations.isSameTrust(org, request.trust, asOf) === 'yes')
    const is = liesIn(one.on, window)
    return isTheirs && is !== 'no' ? [{ is, isMine: one.opinionBy === candidate.person }] : []
  })
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

/** Where somebody gave or asked for opinions, and the trusts and teams they are in today. */
const unitsOf = ({ asOf, candidate, history, request }: Pair, people: readonly string[]): Set<string> => {
  const units = new Set<string>()
  const is = (who: string | null) => who !== null && people.includes(who)
  for (const { opinionBy, opinionUnit, requestedBy, requestingUnit } of history ?? []) {
    if (is(opinionBy) && opinionUnit !== null) units.add(opinionUnit)
    if (is(requestedBy) && requestingUnit !== null) units.add(requestingUnit)
  }
  const teams = people.includes(candidate.person) ? candidate.teams : request.treating.flatMap((one) => one.teams ?? [])
  for (const { id } of teams ?? []) units.add(id)
  if (people.includes(candidate.person))
    for (const { orgs, site, to } of candidate.posts ?? []) {
      if (typeof to === 'string' && to < asOf) continue
      for (const org of orgs) units.add(org)
      if (site !== null && site !== 'none') units.add(site)
    }
  return units
}

const distinct = (history: readonly EarlierOpinion[]) => [...new Map(history.map((one) => [one.id, one])).values()]
