import type { OrgCode } from '../../ids.ts'
import { type About, type Answer, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import type { Pair, Post } from '../pair.ts'
import { anyOf, both, endedBefore, lookBack, not, type Ternary, touches, touchTogether } from '../period.ts'

/** Any kind of post at the requesting trust or where a treating consultant is employed, mergers followed (C01). */
export const postAtTrust: Judge<'post-at-trust'> = (pair, { rule, condition }) => {
  const { asOf, candidate } = pair
  if (candidate.posts === null) return [needs(() => posts(pair))]
  const window = lookBack(rule.lookBackMonths, asOf)
  const answers: Answer[] = []
  for (const post of candidate.posts) {
    const inTime = touches(post, window)
    if (inTime === 'no') continue
    const isThere = isAtTrust(post, pair)
    const { perhaps } = employersOf(pair)
    const isPerhaps = isThere === 'no' && perhaps.length > 0 && isAtTrust(post, pair, perhaps) !== 'no'
    const is = both(inTime, isPerhaps ? 'unknown' : isThere)
    if (is !== 'no')
      answers.push(...whether(is, () => aboutPost(post, pair, is), { confidence: confidenceIn(post, pair) }))
  }
  const { postsConfirmedOn } = candidate
  const isStale = postsConfirmedOn === null || liesOutside(postsConfirmedOn, lookBack(condition.confirmedWithin, asOf))
  if (isStale)
    answers.push(
      needs(() => ({
        ...posts(pair),
        fact: 'a confirmation of the posts that is not out of date',
        asOf: postsConfirmedOn,
      })),
    )
  if (pair.request.treating.some(({ org }) => org === null))
    answers.push(
      needs(() => ({
        fact: 'the trust that employs each treating consultant',
        whose: 'treating consultant',
        source: 'request',
      })),
    )
  return answers
}

/** Working today on a hospital site where the child is seen, visiting clinics included (C02). */
export const sharedSite: Judge<'shared-site'> = (pair) => {
  const { asOf, candidate, request, organisations } = pair
  const { sites } = request
  if (sites?.length === 0) return NOTHING
  if (sites === null)
    return [needs(() => ({ fact: 'the sites where the child is seen', whose: 'requester', source: 'request' }))]
  const window = lookBack(null, asOf)
  const isThere = (site: OrgCode) => sites.some((one) => organisations.isSameSite(site, one))
  const answers: Answer[] = []
  for (const post of candidate.posts ?? []) {
    if (post.site === 'none' || touches(post, window) === 'no') continue
    if (post.site === null) {
      if (candidate.sitesWorked === null)
        answers.push(needs(() => ({ ...posts(pair), fact: `the hospital site of ${postWords(post, pair)}` })))
    } else if (isThere(post.site)) answers.push(...whether(touches(post, window), () => aboutPost(post, pair, 'yes')))
  }
  for (const worked of candidate.sitesWorked ?? []) {
    if (!isThere(worked.site)) continue
    const fact = `works at ${organisations.name(worked.site)}`
    answers.push(...whether(touches(worked, window), () => ({ ...posts(pair), fact, during: worked })))
  }
  if (candidate.posts === null || candidate.sitesWorked === null)
    answers.push(needs(() => ({ ...posts(pair), fact: 'every hospital site worked at, visiting clinics included' })))
  return answers
}

/** A post today in the group of a trust that asks or treats, or in one it is to merge with (C03). */
export const sameGroup: Judge<'same-group'> = (pair) => {
  const { asOf, organisations } = pair
  return ofToday(pair, (place, trust, post) => {
    const { is, by } = organisations.isSameGroup(place, trust, asOf)
    return { is, about: { fact: `${by} with ${organisations.name(trust)}, through ${postWords(post, pair)}` } }
  })
}

/** Left a trust that asks or treats: not long ago, or longer (C04). */
export const leftTrust: Judge<'left-trust'> = (pair, { rule, condition }) => {
  const { asOf, candidate } = pair
  if (candidate.posts === null) return [needs(() => posts(pair))]
  const justLeft = lookBack(condition.afterMonths, asOf).from
  const longAgo = lookBack(rule.lookBackMonths, asOf).from
  const answers: { readonly is: Ternary | 'older'; readonly post: Post }[] = []
  for (const post of candidate.posts) {
    const hasLeft = endedBefore(post, justLeft)
    if (hasLeft === 'no' && touches(post, { from: justLeft, to: asOf }) !== 'unknown') {
      // Who is still there, or only just left, has not left: that is another rule's.
      if (isAtTrust(post, pair) === 'yes' && touches(post, { from: justLeft, to: asOf }) === 'yes') return NOTHING
      continue
    }
    const isThere = isAtTrust(post, pair)
    if (isThere === 'no') continue
    const isLong = endedBefore(post, longAgo)
    const is = both(hasLeft, isThere)
    answers.push({ is: is === 'yes' ? (isLong === 'yes' ? 'older' : not(isLong)) : 'unknown', post })
  }
  const heaviest = (['yes', 'unknown', 'older'] as const).find((one) => answers.some(({ is }) => is === one))
  return answers
    .filter(({ is }) => is === heaviest)
    .map(({ is, post }) =>
      is === 'unknown'
        ? needs(() => aboutPost(post, pair, 'unknown'))
        : holds(() => aboutPost(post, pair, 'yes'), {
            severity: is === 'older' ? condition.older : null,
            confidence: confidenceIn(post, pair),
          }),
    )
}

/** A post today in the region or a network of the trust that asks, where somebody collected these (C09). */
export const neighbour: Judge<'neighbour'> = (pair, { condition }) => {
  const { asOf, request, candidate, organisations } = pair
  if (candidate.posts === null || isOneTeam(pair)) return NOTHING
  const { centres } = request
  const severity = centres !== null && centres < condition.centres ? condition.fewCentres : null
  return ofToday(pair, (place, trust) => {
    const { is, by } = organisations.isNeighbour(place, trust, asOf, request.tfc)
    // How much a neighbour matters depends on how many there are to choose from.
    const isWeighed = is === 'yes' && centres === null ? 'unknown' : is
    const fact = isWeighed === is ? by : 'how many centres do this specialty'
    return { is: isWeighed, about: { fact, source: 'organisations' }, severity }
  })
}

type Told = {
  readonly is: Ternary
  readonly about: Pick<About, 'fact'> & Partial<About>
  readonly severity?: null | 'NOTE' | 'MANAGE' | 'BAR'
}

/** Asks of each post held today and each trust that asks or treats, but for those that are one trust; each place once. */
const ofToday = (pair: Pair, ask: (place: OrgCode, trust: OrgCode, post: Post) => Told): readonly Answer[] => {
  const { asOf, candidate } = pair
  if (candidate.posts === null) return [needs(() => posts(pair))]
  const today = lookBack(null, asOf)
  const answers: Answer[] = []
  const told = new Set<string>()
  for (const post of candidate.posts) {
    const isHeld = touches(post, today)
    if (isHeld === 'no' || isAtTrust(post, pair) === 'yes') continue
    const places = post.orgs.length === 1 ? post.orgs : post.site !== null && post.site !== 'none' ? [post.site] : []
    for (const place of places) {
      for (const trust of trustsOf(pair)) {
        const { is, about, severity = null } = ask(place, trust, post)
        const all = both(isHeld, is)
        if (all === 'no' || told.has(`${all} ${place} ${about.fact}`)) continue
        told.add(`${all} ${place} ${about.fact}`)
        const full = () => ({ ...posts(pair), during: post, ...about })
        answers.push(...whether(all, full, { severity, confidence: 'derived' }))
      }
    }
  }
  return answers
}

/** The trust that asks, and those where the treating consultants hold posts; `perhaps` where nobody knows whether they still do. */
const employersOf = ({ asOf, request, organisations }: Pair): Employers => {
  const known = employers.get(request)
  if (known) return known
  const today = lookBack(null, asOf)
  const held = request.treating.flatMap(({ posts: some }) => some ?? [])
  const where = (is: Ternary) =>
    held.flatMap((post) =>
      touches(post, today) === is && post.orgs.length === 1 ? post.orgs.filter(organisations.isTrust) : [],
    )
  const sure = [...new Set([request.trust, ...request.treating.flatMap(({ org }) => org ?? []), ...where('yes')])]
  const all = { sure, perhaps: [...new Set(where('unknown'))].filter((one) => !sure.includes(one)) }
  employers.set(request, all)
  return all
}
type Employers = { readonly sure: readonly OrgCode[]; readonly perhaps: readonly OrgCode[] }
// The same for every candidate of a request: reckoned once.
const employers = new WeakMap<object, Employers>()
const trustsOf = (pair: Pair) => employersOf(pair).sure

/** Whether a post is, or was, at one of these trusts; the site settles what the name leaves open. */
const isAtTrust = (post: Post, pair: Pair, trusts = trustsOf(pair)): Ternary => {
  const { asOf, organisations } = pair
  const at = (place: OrgCode) => anyOf(trusts.map((trust) => organisations.isSameTrust(place, trust, asOf, post)))
  const byOrg = agreed(post.orgs.map(at))
  if (post.site === null || post.site === 'none') return byOrg
  const bySite = at(post.site)
  return byOrg === 'unknown' && bySite !== 'unknown' ? bySite : anyOf([byOrg, bySite])
}

// One name may stand for several organisations: they must all say the same.
const agreed = (answers: readonly Ternary[]): Ternary => {
  const [first = 'unknown'] = answers
  return answers.every((one) => one === first) ? first : 'unknown'
}

const isOneTeam = ({ asOf, candidate, request }: Pair) => {
  const today = lookBack(null, asOf)
  return Boolean(
    candidate.teams?.some((mine) =>
      request.treating.some(({ teams }) =>
        teams?.some(({ id, ...theirs }) => id === mine.id && touchTogether(mine, theirs, today) === 'yes'),
      ),
    ),
  )
}

const confidenceIn = ({ orgs, site }: Post, pair: Pair) =>
  trustsOf(pair).some((trust) => orgs[0] === trust || site === trust) ? 'declared' : 'derived'

const posts = ({ candidate }: Pair): About => ({
  fact: 'the posts held, and until when',
  whose: candidate.person,
  source: 'register entry',
  asOf: candidate.postsConfirmedOn,
})

const aboutPost = (post: Post, pair: Pair, is: Ternary): About => {
  const words = postWords(post, pair)
  return { ...posts(pair), fact: is === 'yes' ? words : `the dates, the site and the trust of ${words}`, during: post }
}

const postWords = ({ kind, orgs, site }: Post, { organisations }: Pair) => {
  const [org] = orgs
  const place = org ?? (site === 'none' ? null : site)
  const where = place ? organisations.name(place) : 'a place that no file knows'
  return `${articled(kind ?? 'unnamed')} post at ${where}`
}

const articled = (kind: string) => `${/^[aehou]/.test(kind) ? 'an' : 'a'} ${kind.replaceAll('-', ' ')}`

const liesOutside = (on: string, { from, to }: { readonly from: string; readonly to: string }) => on < from || on > to
