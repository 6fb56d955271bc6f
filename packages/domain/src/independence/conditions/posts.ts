import type { OrgCode } from '../../ids.ts'
import type { Kinship } from '../../organisation/places.ts'
import { type About, type Answer, holds, type Judge, NOTHING, needs, whether } from '../answer.ts'
import { forRequest, type Read } from '../for-request.ts'
import type { Pair, Post } from '../pair.ts'
import { anyOf, both, endedBefore, lookBack, not, type Ternary, touches, touchTogether, written } from '../period.ts'
import type { Severity } from '../verdict.ts'

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
  if (pair.candidate.posts === null) return [needs(() => posts(pair))]
  return ofToday(pair, groupsOf(pair), ({ is, by }, post) => ({
    is,
    about: { fact: `${by}, through ${postWords(post, pair)}` },
  }))
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
  const { centres } = pair.request
  const severity = centres !== null && centres < condition.centres ? condition.fewCentres : null
  const answers = ofToday(pair, neighboursOf(pair), ({ is, by }) => {
    // How much a neighbour matters depends on how many there are to choose from.
    const isWeighed = is === 'yes' && centres === null ? 'unknown' : is
    const fact = isWeighed === is ? by : 'how many centres do this specialty'
    return { is: isWeighed, about: { fact, source: 'organisations' }, severity }
  })
  return answers.length > 0 && isOneTeam(pair) ? NOTHING : answers
}

type Told = {
  readonly is: Ternary
  readonly about: Pick<About, 'fact'> & Partial<About>
  readonly severity?: Severity | null
}

/** Tells of the posts held today by what their places are close to those that ask or treat, unless they are one trust; each place once. */
const ofToday = (
  pair: Pair,
  closeBy: (place: OrgCode) => readonly Kinship[],
  tell: (kin: Kinship, post: Post) => Told,
): readonly Answer[] => {
  const today = lookBack(null, pair.asOf)
  const near = (pair.candidate.posts ?? []).flatMap((post) => {
    const place = placeOf(post)
    const kin = place === null ? [] : closeBy(place)
    if (kin.length === 0) return []
    const isHeld = touches(post, today)
    return isHeld === 'no' || isAtTrust(post, pair) === 'yes' ? [] : [{ post, place, kin, isHeld }]
  })
  const answers = new Map<string, Answer>()
  // Of two posts at one place the same is told, in whatever order they come.
  for (const { post, place, kin, isHeld } of near.toSorted((a, b) => (datesOf(a.post) < datesOf(b.post) ? -1 : 1))) {
    for (const one of kin) {
      const { is, about, severity = null } = tell(one, post)
      const said = `${both(isHeld, is)} ${place} ${about.fact}`
      if (answers.has(said)) continue
      const full = () => ({ ...posts(pair), during: post, ...about })
      for (const answer of whether(both(isHeld, is), full, { severity, confidence: 'derived' }))
        answers.set(said, answer)
    }
  }
  return [...answers.values()]
}

const datesOf = ({ from, to }: Post) => `${written(from)} ${written(to)}`

/** By what a place is close to any of those that ask or treat: each once, found once for all who work there. */
const kinOf = (ask: (place: OrgCode, trust: OrgCode, asked: Read) => Kinship) =>
  forRequest((asked) => {
    const known = new Map<OrgCode, readonly Kinship[]>()
    return (place: OrgCode): readonly Kinship[] => {
      const had = known.get(place)
      if (had) return had
      const kin: Kinship[] = []
      for (const trust of employersOf(asked).sure) {
        const one = ask(place, trust, asked)
        if (one.is !== 'no' && !kin.some(({ is, by }) => is === one.is && by === one.by)) kin.push(one)
      }
      known.set(place, kin)
      return kin
    }
  })
const groupsOf = kinOf((place, trust, { asOf, organisations }) => {
  const { is, by } = organisations.isSameGroup(place, trust, asOf)
  return { is, by: is === 'no' ? by : `${by} with ${organisations.name(trust)}` }
})
const neighboursOf = kinOf((place, trust, { asOf, request, organisations }) =>
  organisations.isNeighbour(place, trust, asOf, request.tfc),
)

/** Where a post is held: of a name that fits several organisations, or none, the site says it if there is one. */
export const placeOf = ({ orgs: [org, another], site }: Post): OrgCode | null =>
  org !== undefined && another === undefined ? org : site === 'none' ? null : site

/** The trust that asks, and those where the treating consultants hold posts; `perhaps` where nobody knows whether they still do. */
export const employersOf = forRequest(({ asOf, request, organisations }) => {
  const today = lookBack(null, asOf)
  const held = request.treating.flatMap(({ posts: some }) => some ?? [])
  const where = (is: Ternary) =>
    held.flatMap((post) =>
      touches(post, today) === is && post.orgs.length === 1 ? post.orgs.filter(organisations.isTrust) : [],
    )
  const sure = [...new Set([request.trust, ...request.treating.flatMap(({ org }) => org ?? []), ...where('yes')])]
  return { sure, perhaps: [...new Set(where('unknown'))].filter((one) => !sure.includes(one)) }
})
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
        teams?.some((theirs) => theirs.id === mine.id && touchTogether(mine, theirs, today) === 'yes'),
      ),
    ),
  )
}

const confidenceIn = ({ orgs, site }: Post, pair: Pair) =>
  trustsOf(pair).some((trust) => orgs.includes(trust) || site === trust) ? 'declared' : 'derived'

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
  // Of several that the name fits, the same one is told in whatever order they come.
  const [org] = orgs.toSorted()
  const place = org ?? (site === 'none' ? null : site)
  const where = place ? organisations.name(place) : 'a place that no file knows'
  return `${articled(kind ?? 'unnamed')} post at ${where}`
}

const articled = (kind: string) => `${/^[aehou]/.test(kind) ? 'an' : 'a'} ${kind.replaceAll('-', ' ')}`

const liesOutside = (on: string, { from, to }: { readonly from: string; readonly to: string }) => on < from || on > to
