import type { OrgCode } from '../../ids.ts'
import { type Facts, type Judge, needs, whether } from '../answer.ts'
import type { Post } from '../facts.ts'
import { anyOf, both, lookBack, touches } from '../period.ts'

/** Any kind of post at the requesting trust or where a treating consultant is employed, mergers followed (C01). */
export const postAtTrust: Judge<'post-at-trust'> = (facts, { rule }) => {
  const { asOf, candidate, request, organisations } = facts
  if (candidate.posts === null) return [needs({ ...registered(facts), fact: 'the posts held, and until when' })]
  const window = lookBack(rule.lookBackMonths, asOf)
  const trusts = [...new Set<OrgCode>([request.trust, ...request.treating.map(({ org }) => org)])]
  return candidate.posts.flatMap((post) => {
    const places = placesOf(post)
    const isAt = (place: OrgCode) => anyOf(trusts.map((trust) => organisations.isSameTrust(place, trust, asOf)))
    const isThere = anyOf([...places.map(isAt), post.site === null ? 'unknown' : 'no'])
    const holdsIt = both(touches(post, window), isThere)
    const about = aboutPost(post, facts)
    if (holdsIt === 'unknown') return [needs({ ...about, fact: `the dates, the site and the trust of ${about.fact}` })]
    return whether(holdsIt, about, {
      confidence: places.some((place) => trusts.includes(place)) ? 'declared' : 'derived',
    })
  })
}

/** Working today on a hospital site where the child is seen, visiting clinics included (C02). */
export const sharedSite: Judge<'shared-site'> = (facts, { rule }) => {
  const { asOf, candidate, request, organisations } = facts
  if (request.sites.length === 0) return []
  if (candidate.posts === null) return [needs({ ...registered(facts), fact: 'the hospital sites worked at' })]
  const window = lookBack(rule.lookBackMonths, asOf)
  return candidate.posts.flatMap((post) => {
    const { site } = post
    if (site === null) {
      const fact = `the hospital site of ${postWords(post, facts)}`
      return whether(both(touches(post, window), 'unknown'), { ...registered(facts), fact })
    }
    if (site === 'none' || !request.sites.includes(site)) return []
    const fact = `${articled(post.kind)} post at ${organisations.name(site)}`
    return whether(touches(post, window), { ...aboutPost(post, facts), fact })
  })
}

const registered = ({ candidate }: Facts) => ({ whose: candidate.gmc, source: 'register entry' })

// A post at a university may be held on a ward of the trust: the site tells.
const placesOf = ({ org, site }: Post): readonly OrgCode[] => (site === null || site === 'none' ? [org] : [org, site])

const aboutPost = (post: Post, facts: Facts) => ({
  ...registered(facts),
  fact: postWords(post, facts),
  from: post.from,
  to: post.to,
})

const postWords = ({ kind, org }: Post, { organisations }: Facts) =>
  `${articled(kind)} post at ${organisations.name(org)}`

const articled = (kind: Post['kind']) => `${/^[aeh]/.test(kind) ? 'an' : 'a'} ${kind}`
