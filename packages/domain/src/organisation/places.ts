import { fold } from '../fold.ts'
import type { OrgCode, Tfc } from '../ids.ts'
import { anyOf, both, type Period, type Ternary, touches, touchTogether } from '../independence/period.ts'
import type { CalendarDate } from '../time.ts'

/** One organisation as the rules see it, every relation with its dates. Null is "nobody asked", never none. */
export type Place = {
  readonly code: OrgCode
  readonly name: string
  readonly alsoKnownAs: readonly string[]
  /** `other` is whatever is neither a hospital trust nor a site: a university, an agency. */
  readonly kind: 'trust' | 'site' | 'other'
  /** The trusts or boards a site belonged to, and when. */
  readonly parents: readonly (Period & { readonly code: OrgCode | null })[] | null
  readonly region: string | null
  readonly networks: readonly NetworkMembership[] | null
  /** Sources disagree on the region or the networks. */
  readonly isDisputed: boolean
  /** What it became; nobody knows what where the code is null. */
  readonly successors: readonly Move[] | null
  readonly open: Period
  readonly groups: readonly Membership[] | null
  readonly mergers: readonly Merger[] | null
  /** Other codes of the same hospital site. */
  readonly sameSiteAs: readonly OrgCode[]
}
export type Membership = Period & { readonly id: string | null }
/** A network counts for the specialties it names, or for all. */
export type NetworkMembership = Membership & { readonly specialties: readonly string[] | null }
export type Move = { readonly code: OrgCode | null; readonly on: CalendarDate | null }
export type Merger = {
  readonly with: OrgCode | null
  readonly announced: CalendarDate | null
  readonly effective: CalendarDate | null
  readonly abandoned: CalendarDate | boolean | null
  /** Sources disagree on one of the days. */
  readonly isDisputed: boolean
}

/** What the rules ask of organisations. */
export type Places = {
  /** The name as people write it; a code that no file knows stands for itself. */
  readonly name: (code: OrgCode) => string
  /** The organisation of a code, if any file knows it. */
  readonly codeOf: (text: string) => OrgCode | undefined
  readonly isTrust: (code: OrgCode) => boolean
  /** The organisations that a name as written may mean: case, spaces, punctuation and diacritics do not matter. */
  readonly written: (name: string) => readonly OrgCode[]
  /** Whether a place belonged to a trust in a time, or to what became of it or it came from by the day. */
  readonly isSameTrust: (place: OrgCode, trust: OrgCode, on: CalendarDate, during?: Period) => Ternary
  readonly isSameSite: (a: OrgCode, b: OrgCode) => boolean
  /** Whether two trusts stand under one roof without being one: a group on the day, or a merger announced by it (C03). */
  readonly isSameGroup: (a: OrgCode, b: OrgCode, on: CalendarDate) => Kinship
  /** Whether two trusts share a region or a network on the day; what nobody collected says nothing (C09). */
  readonly isNeighbour: (a: OrgCode, b: OrgCode, on: CalendarDate, tfc: Tfc | null) => Kinship
  /** Every code by which a place could turn out to be the same trust, site, group or neighbour as another: never too few. */
  readonly keys: (code: OrgCode) => { readonly codes: readonly string[]; readonly isOpenEnded: boolean }
}

/** Whether two trusts stand close, and by what. */
export type Kinship = { readonly is: Ternary; readonly by: string }

/** Builds the answers from the records, once, to be asked many times. */
export const placesOf = (places: readonly Place[]): Places => {
  const byCode = new Map<string, Place>(places.map((one) => [one.code, one]))
  const byName = new Map<string, Set<OrgCode>>()
  for (const { code, name, alsoKnownAs } of places) {
    for (const written of [code, name, ...alsoKnownAs])
      byName.set(fold(written), (byName.get(fold(written)) ?? new Set()).add(code))
  }
  const links = linksOf(places)

  /** All that a trust became by a day, itself included. */
  const becameBy = (trust: OrgCode, on: CalendarDate | 'ever'): Became => {
    const sure = new Set<OrgCode>([trust])
    const perhaps = new Set<OrgCode>()
    let isOpenEnded = false
    for (const member of sure) {
      for (const { to, from, isPart } of links.get(member) ?? []) {
        if (on !== 'ever' && from !== 'always' && from > on) continue
        if (to === null) isOpenEnded = true
        else (isPart ? perhaps : sure).add(to)
      }
    }
    return { sure, perhaps, isOpenEnded }
  }

  const joined = memo((a: OrgCode, b: OrgCode, on: CalendarDate): Ternary => {
    if (a === b) return 'yes'
    const [one, other] = [becameBy(a, on), becameBy(b, on)]
    if (meets(one.sure, other.sure)) return 'yes'
    const mayMeet = meets(one.perhaps, other.sure) || meets(one.sure, other.perhaps)
    const isLost = one.isOpenEnded || other.isOpenEnded || !byCode.has(a) || !byCode.has(b)
    return mayMeet || isLost ? 'unknown' : 'no'
  })

  /** The trust of a place at any time: most sites have only ever had one. */
  const onlyTrust = (code: OrgCode): OrgCode | null => {
    const place = byCode.get(code)
    if (place?.kind !== 'site') return code
    const [only] = place.parents ?? []
    return place.parents?.length === 1 && only?.to === 'ongoing' ? only.code : null
  }

  const trustsOf = (
    code: OrgCode,
    on: CalendarDate,
    during: Period,
  ): readonly { trust: OrgCode | null; is: Ternary }[] => {
    const whole = { from: EVER, to: on }
    return (byCode.get(code)?.parents ?? []).flatMap((parent, _, { length }) => {
      const is = length === 1 && parent.to === 'ongoing' ? 'yes' : touchTogether(parent, during, whole)
      return is === 'no' ? [] : [{ trust: parent.code, is }]
    })
  }
  const trustNow = (code: OrgCode, on: CalendarDate): OrgCode =>
    onlyTrust(code) ??
    // Of two that both have it today one is meant, and the same in whatever order they come.
    trustsOf(code, on, { from: on, to: on })
      .flatMap(({ is, trust }) => (is === 'yes' ? (trust ?? []) : []))
      .toSorted()[0] ??
    code

  /** The record of a place's trust, if it is one that can stand in a group or a region. */
  const trustRecord = (code: OrgCode, on: CalendarDate) => {
    const found = byCode.get(trustNow(code, on))
    return found?.kind === 'trust' ? found : undefined
  }

  const isSameTrust = (
    place: OrgCode,
    trust: OrgCode,
    on: CalendarDate,
    during: Period = { from: on, to: on },
  ): Ternary => {
    if (place === trust) return 'yes'
    const asked = trustNow(trust, on)
    const only = onlyTrust(place)
    if (only !== null) return joined(only, asked, on)
    if (!byCode.get(place)?.parents?.length) return 'unknown'
    // Of a trust that nobody knows the site may have been this one's.
    return anyOf(
      trustsOf(place, on, during).map((one) =>
        both(one.is, one.trust === null ? 'unknown' : joined(one.trust, asked, on)),
      ),
    )
  }

  const isSameGroup = memo((a: OrgCode, b: OrgCode, on: CalendarDate): Kinship => {
    const [one, other] = [trustRecord(a, on), trustRecord(b, on)]
    if (!one || !other) return { is: byCode.has(a) && byCode.has(b) ? 'no' : 'unknown', by: 'a group' }
    const merging = anyOf([isMerging(one, other.code, on), isMerging(other, one.code, on)])
    if (merging === 'yes') return { is: 'yes', by: 'a merger announced' }
    return { is: anyOf([sharedOn(one.groups, other.groups, on), merging]), by: 'a group' }
  })

  const isNeighbour = memo((a: OrgCode, b: OrgCode, on: CalendarDate, tfc: Tfc | null): Kinship => {
    const [one, other] = [trustRecord(a, on), trustRecord(b, on)]
    if (!one || !other) return { is: 'no', by: 'the region' }
    if (one.region !== null && one.region === other.region) return { is: 'yes', by: `the region ${one.region}` }
    const counted = (list: Place['networks']) =>
      list?.filter(({ specialties }) => specialties === null || tfc === null || specialties.includes(tfc)) ?? null
    const [mine, theirs] = [counted(one.networks), counted(other.networks)]
    const network = mine && theirs ? sharedOn(mine, theirs, on) : 'no'
    if (network !== 'no') return { is: network, by: 'a clinical network' }
    return { is: one.isDisputed || other.isDisputed ? 'unknown' : 'no', by: 'the region or a network' }
  })

  return {
    name: (code) => byCode.get(code)?.name ?? code,
    codeOf: (text) => byCode.get(text)?.code,
    isTrust: (code) => byCode.get(code)?.kind === 'trust',
    written: (name) => [...(byName.get(fold(name)) ?? [])],
    isSameTrust,
    isSameSite: (a, b) =>
      a === b || Boolean(byCode.get(a)?.sameSiteAs.includes(b)) || Boolean(byCode.get(b)?.sameSiteAs.includes(a)),
    isSameGroup,
    isNeighbour,
    keys: (code) => {
      const place = byCode.get(code)
      const trusts =
        place?.kind === 'site' ? [code, ...(place.parents ?? []).flatMap(({ code: parent }) => parent ?? [])] : [code]
      const became = trusts.map((trust) => becameBy(trust, 'ever'))
      const codes = became.flatMap(({ sure, perhaps }) => [...sure, ...perhaps])
      return {
        codes: [...new Set([code, ...codes])],
        isOpenEnded:
          trusts.some((one) => !byCode.has(one)) ||
          (place?.kind === 'site' && (!place.parents?.length || place.parents.some((one) => one.code === null))) ||
          became.some(({ isOpenEnded }) => isOpenEnded),
      }
    },
  }
}

type Became = {
  readonly sure: ReadonlySet<OrgCode>
  readonly perhaps: ReadonlySet<OrgCode>
  readonly isOpenEnded: boolean
}
type Link = { readonly to: OrgCode | null; readonly from: CalendarDate | 'always'; readonly isPart: boolean }

// The first day any record could speak of.
const EVER = '0000-01-01' as CalendarDate

/** What each organisation became. Of one that is still open, a successor took a part, and nobody knows from here which. */
const linksOf = (places: readonly Place[]) => {
  const links = new Map<OrgCode, Link[]>()
  const link = (from: OrgCode, to: Link) => links.set(from, [...(links.get(from) ?? []), to])
  for (const place of places) {
    for (const { code, on } of place.successors ?? [])
      link(place.code, { to: code, from: on ?? 'always', isPart: place.open.to === 'ongoing' })
    for (const { with: other, effective, abandoned } of place.mergers ?? []) {
      if (other === null || effective === null || (abandoned !== null && abandoned !== false)) continue
      link(place.code, { to: other, from: effective, isPart: false })
    }
  }
  return links
}

const isMerging = ({ mergers }: Place, other: OrgCode, on: CalendarDate): Ternary => {
  if (mergers === null) return 'unknown'
  return anyOf(
    mergers
      .filter((one) => one.with === other || one.with === null)
      .map(({ with: who, announced, effective, abandoned, isDisputed }) => {
        if (abandoned === true || (typeof abandoned === 'string' && abandoned <= on)) return 'no'
        if (effective !== null && effective <= on) return 'no'
        if (announced !== null && announced > on) return 'no'
        return announced === null || who === null || isDisputed ? 'unknown' : 'yes'
      }),
  )
}

const sharedOn = (a: Place['groups'], b: Place['groups'], on: CalendarDate): Ternary => {
  const today = { from: on, to: on }
  if (a?.length === 0 || b?.length === 0) return 'no'
  if (a === null || b === null) return 'unknown'
  return anyOf(
    a.flatMap((one) =>
      b.flatMap((other) => {
        const isSame: Ternary = one.id === null || other.id === null ? 'unknown' : one.id === other.id ? 'yes' : 'no'
        return isSame === 'no' ? [] : [both(isSame, both(touches(one, today), touches(other, today)))]
      }),
    ),
  )
}

const meets = (a: ReadonlySet<OrgCode>, b: ReadonlySet<OrgCode>) => [...a].some((one) => b.has(one))

/** Remembers answers about a place by what else they are about: registers ask the same few over and over. */
const memo = <Words extends readonly (string | null)[], T>(ask: (place: OrgCode, ...words: Words) => T) => {
  const known: Known<T> = { next: new Map(), answers: new Map() }
  return (place: OrgCode, ...words: Words): T => {
    let at = known
    // Word by word, since joining them took longer than most answers.
    for (const word of words) {
      let next = at.next.get(word)
      if (next === undefined) {
        next = { next: new Map(), answers: new Map() }
        at.next.set(word, next)
      }
      at = next
    }
    const had = at.answers.get(place)
    if (had !== undefined) return had
    const answer = ask(place, ...words)
    at.answers.set(place, answer)
    return answer
  }
}
type Known<T> = { readonly next: Map<string | null, Known<T>>; readonly answers: Map<OrgCode, T> }
