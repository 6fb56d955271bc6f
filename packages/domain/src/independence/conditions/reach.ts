// One thing, however long: what each condition's answer can turn on, so that many pairs need not be judged one by one.
import type { OrgCode } from '../../ids.ts'
import type { Places } from '../../organisation/places.ts'
import type { CalendarDate } from '../../time.ts'
import type { CandidateSide, Companion, EarlierOpinion, Interests, Pair, PersonId, Post, RequestSide } from '../pair.ts'
import { liesIn, lookBack, type Ternary, touches } from '../period.ts'
import type { ConditionKind, ConditionOf, RuleRow } from '../rule.ts'

/** The side of a pair that many candidates share. */
export type Asked = Pick<Pair, 'request' | 'urgency' | 'history'>

/** One row among the day's organisations. */
export type Ground<K extends ConditionKind> = {
  readonly rule: RuleRow
  readonly condition: ConditionOf<K>
  readonly asOf: CalendarDate
  readonly organisations: Places
  /** The codes by which an organisation may turn out to be another. */
  readonly codes: (code: OrgCode) => readonly Key[]
}

/** Whoever it is has to do with everybody, and may say yes of them. */
export const EVERYBODY = Symbol('everybody')
/** A name the two sides may share. Null is one that nobody knows: it can leave a rule open, and never make it hold. */
export type Key = string | null | typeof EVERYBODY

/** A question about a candidate's places, asked once for all requests that ask it. */
export type Nearness = { readonly name: string; readonly is: (place: OrgCode) => boolean }

/**
 * A pair whose keys meet is judged by itself. Of all others the rule says of a candidate what it says for any request of the
 * same traits: once judged, never again. Keys may be too many, never too few, and traits too fine, never too coarse.
 */
export type Reach<K extends ConditionKind> = {
  /** What of a request decides whether the rule holds, whoever the candidate. */
  readonly holdsBy?: (asked: Asked, ground: Ground<K>) => string
  /** What of a request decides what is still to be known: it matters once the rule is due. */
  readonly openBy?: (asked: Asked, ground: Ground<K>) => string
  readonly ofRequest?: (asked: Asked, ground: Ground<K>) => readonly Key[]
  readonly ofCandidate?: (candidate: CandidateSide, ground: Ground<K>) => readonly Key[]
  /** Who is near by one question alone, and whose keys do not meet, is told the same for all requests that ask it. */
  readonly near?: (asked: Asked, ground: Ground<K>) => readonly Nearness[]
  readonly places?: (candidate: CandidateSide, ground: Ground<K>) => readonly OrgCode[]
  /** The part of the history that can bear on a request: without it each judgement reads the whole. */
  readonly history?: (asked: Asked, ground: Ground<K>, candidate: CandidateSide) => Pair['history']
}

/** What each condition turns on. A new one says so here, or it does not compile. */
export const reaches: { readonly [K in ConditionKind]: Reach<K> } = {
  'post-at-trust': {
    openBy: ({ request }) => flag(request.treating.some(({ org }) => org === null)),
    ofRequest: ({ request }, ground) => employers(request, ground).flatMap(ground.codes),
    ofCandidate: ({ posts }, { rule, asOf, codes }) =>
      (posts ?? [])
        .filter((post) => touches(post, lookBack(rule.lookBackMonths, asOf)) !== 'no')
        .flatMap((post) => placesOf(post).flatMap(codes)),
  },
  'shared-site': {
    openBy: ({ request }) => extent(request.sites),
    near: ({ request }, { organisations }) =>
      (request.sites ?? []).map((site) => ({ name: site, is: (place) => organisations.isSameSite(place, site) })),
    places: ({ posts, sitesWorked }) => [
      ...(posts ?? []).flatMap(({ site }) => (site === null || site === 'none' ? [] : site)),
      ...(sitesWorked ?? []).map(({ site }) => site),
    ],
  },
  'same-group': {
    ofRequest: ({ request }, ground) => employersToday(request, ground).flatMap(ground.codes),
    ofCandidate: ({ posts }, { asOf, codes }) =>
      (posts ?? [])
        .filter((post) => touches(post, lookBack(null, asOf)) !== 'no')
        .flatMap((post) => placesOf(post).flatMap(codes)),
    near: ({ request }, { asOf, organisations }) =>
      employersToday(request, { asOf, organisations }).map((trust) => ({
        name: trust,
        is: (place) => organisations.isSameGroup(place, trust, asOf).is !== 'no',
      })),
    places: (candidate, { asOf }) => placesToday(candidate, asOf),
  },
  'left-trust': {
    ofRequest: ({ request }, ground) => employersToday(request, ground).flatMap(ground.codes),
    ofCandidate: ({ posts }, { codes }) => (posts ?? []).flatMap((post) => placesOf(post).flatMap(codes)),
  },
  'advised-before': {
    holdsBy: ({ request }) => String(request.requester.treatedChild === 'yes'),
    openBy: ({ request }) =>
      `${request.requester.treatedChild} ${request.lettersNaming === null || request.earlierOpinions === null}`,
    ofRequest: ({ request }) => [
      ...request.treating.map(({ person }) => person),
      ...earlier(request),
      ...(request.lettersNaming ?? []),
    ],
    ofCandidate: ({ person, isAlso }) => [person, ...isAlso],
  },
  'discussed-before': {
    openBy: ({ request }) => String(request.requester.discussed),
    // What it was for, how urgent it is and who answered for it weigh only where it was discussed.
    ofRequest: ({ request }) => (request.requester.discussed === 'yes' ? [EVERYBODY] : []),
    ofCandidate: ({ discussed }) => (discussed?.answer === 'yes' ? [EVERYBODY] : []),
  },
  'management-tie': {
    openBy: ({ request }) => request.treating.map((one) => extent(one.managementTies)).join(''),
    ofRequest: ({ request }) => request.treating.flatMap((one) => [one.person, ...withs(one.managementTies)]),
    ofCandidate: ({ person, managementTies }) => [person, ...withs(managementTies)],
  },
  'shared-team': {
    openBy: ({ request }, { rule, condition, asOf }) =>
      request.treating
        .map(({ teams }) =>
          extent(
            teams?.filter(
              (one) =>
                (one.kind === null || condition.teams.includes(one.kind)) &&
                touches(one, lookBack(rule.lookBackMonths, asOf)) !== 'no',
            ) ?? null,
          ),
        )
        .join(''),
    ofRequest: ({ request }) => request.treating.flatMap(({ person, teams }) => [person, ...ids(teams)]),
    ofCandidate: ({ person, teams }) => [person, ...ids(teams)],
  },
  neighbour: {
    holdsBy: ({ request }) => String(request.centres),
    ofRequest: ({ request }, ground) => [
      ...employersToday(request, ground).flatMap(ground.codes),
      ...request.treating.flatMap(({ teams }) => ids(teams)),
    ],
    ofCandidate: ({ posts, teams }, { asOf, codes }) => [
      ...(posts ?? [])
        .filter((post) => touches(post, lookBack(null, asOf)) !== 'no')
        .flatMap((post) => placesOf(post).flatMap(codes)),
      ...ids(teams),
    ],
    near: ({ request }, { asOf, organisations }) =>
      employersToday(request, { asOf, organisations }).map((trust) => ({
        name: `${request.tfc} ${trust}`,
        is: (place) => organisations.isNeighbour(place, trust, asOf, request.tfc).is !== 'no',
      })),
    places: (candidate, { asOf }) => placesToday(candidate, asOf),
  },
  'training-tie': {
    openBy: ({ request }) => request.treating.map((one) => extent(one.trainingTies)).join(''),
    ofRequest: ({ request }) => request.treating.flatMap((one) => [one.person, ...withs(one.trainingTies)]),
    ofCandidate: ({ person, trainingTies }) => [person, ...withs(trainingTies)],
  },
  'below-first-doctor': {
    holdsBy: ({ request }) =>
      request.treating
        .map(({ person, role, grade }) => `${person === request.firstOpinionBy} ${role} ${grade}`)
        .join(';'),
  },
  'close-to-consultant': {
    openBy: ({ request }) => {
      const treating = new Set(request.treating.map(({ person }) => person))
      const others = new Set(earlier(request).filter((one) => !treating.has(one)))
      return `${request.treating.map((one) => extent(one.personalTies)).join('')} ${others.size}`
    },
    ofRequest: ({ request }) => [
      ...request.treating.flatMap((one) => [one.person, ...withs(one.personalTies)]),
      ...earlier(request),
    ],
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies)],
  },
  'close-to-family': {
    openBy: ({ request }) => extent(request.family.ties),
    ofRequest: ({ request }) => [...request.family.members, ...withs(request.family.ties)],
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies)],
  },
  'said-at-opening': {},
  'shared-business': {
    openBy: ({ request }) =>
      JSON.stringify([
        products(request),
        request.treating.map(({ business }) => (business?.length ? business : extent(business))),
      ]),
    ofRequest: ({ request }) => [
      ...request.treating.flatMap(({ person, business }) => [person, ...companies(business)]),
      ...makers(request),
    ],
    ofCandidate: ({ person, business }) => [person, ...companies(business)],
  },
  'stake-in-maker': {
    openBy: ({ request }) => products(request),
    ofRequest: ({ request }) => makers(request),
    ofCandidate: ({ business }) => companies(business),
  },
  patent: {
    openBy: ({ request }) => products(request),
    ofRequest: ({ request }) => ids(request.products),
    ofCandidate: ({ patents }) => (patents ?? []).flatMap(({ product }) => product ?? []),
  },
  'leads-trial': {
    openBy: ({ request }) => trials(request),
    ofRequest: ({ request }) => ids(request.trials),
    ofCandidate: ({ trialRoles }) => (trialRoles ?? []).flatMap(({ trial }) => trial ?? []),
  },
  'would-receive': {
    openBy: ({ request }) => extent(request.question?.wouldReceive ?? null),
    ofRequest: ({ request }, { codes }) => (request.question?.wouldReceive ?? []).flatMap(codes),
    ofCandidate: ({ posts }, { codes }) => (posts ?? []).flatMap((post) => placesOf(post).flatMap(codes)),
  },
  'paid-for-case': {},
  'expert-witness': {
    ofRequest: ({ request }, { codes }) => codes(request.trust),
    ofCandidate: ({ expertWitness }, { codes }) =>
      (expertWitness ?? []).flatMap(({ against }) => (against === null || against === 'none' ? [] : codes(against))),
  },
  'spoke-in-public': {
    openBy: ({ request }) => extent(request.spokeInPublic),
    ofRequest: ({ request }) => request.spokeInPublic ?? [],
    ofCandidate: ({ person }) => [person],
  },
  advocacy: {
    openBy: ({ request }) => products(request),
    ofRequest: ({ request }) => ids(request.products),
    ofCandidate: ({ advocacy }) => (advocacy ?? []).flatMap(({ product }) => product ?? []),
  },
  'joint-work': {
    openBy: ({ request }) =>
      request.treating.map(({ publications, grants }) => flag(publications === null || grants === null)).join(''),
    ofRequest: ({ request }) =>
      request.treating.flatMap(({ person, publications, grants }) => [
        person,
        `with ${person}`,
        ...(publications ?? []).flatMap(({ sameWork, authors }) => [...sameWork.map(work), ...(authors ?? [])]),
        ...holders(grants),
        ...ids(grants).map(grant),
      ]),
    ofCandidate: ({ person, publications, grants }) => [
      person,
      ...(publications ?? []).flatMap(({ sameWork, authors }) => [
        ...sameWork.map(work),
        ...(authors ?? []).map((author) => `with ${author}`),
      ]),
      ...holders(grants).map((holder) => `with ${holder}`),
      // Each side may know only its own part of a grant.
      ...ids(grants).map(grant),
    ],
  },
  'joint-committee': {
    openBy: ({ request }) => request.treating.map(({ committees }) => extent(committees)).join(''),
    ofRequest: ({ request }) => request.treating.flatMap(({ person, committees }) => [person, ...ids(committees)]),
    ofCandidate: ({ person, committees }) => [person, ...ids(committees)],
  },
  reciprocity: {
    ofRequest: (asked, ground) => partners(asked, ground),
    ofCandidate: ({ person, teams, posts }) => [person, ...ids(teams), ...(posts ?? []).flatMap(placesOf)],
    history: (asked, ground, { person }) => asked.history && exchangedBy(asked, ground, person),
  },
  'closed-circle': {
    ofRequest: (asked, ground) => [...circleOf(asked, ground).givers],
    ofCandidate: ({ person }) => [person],
    history: (asked, ground) => asked.history && circleOf(asked, ground).opinions,
  },
  dispute: {
    openBy: ({ request }) => extent(request.requester.disputes),
    ofRequest: ({ request }, { codes }) => [
      ...(request.requester.disputes ?? []).map((one) => one.with ?? EVERYBODY),
      ...request.treating.map(({ person }) => person),
      ...request.family.members,
      ...codes(request.trust),
    ],
    ofCandidate: ({ person, disputes }, { organisations, codes }) => [
      person,
      ...(disputes ?? []).flatMap((one) => {
        if (one.with === null) return []
        const org = organisations.codeOf(one.with)
        return org === undefined ? [one.with] : [one.with, ...codes(org)]
      }),
    ],
  },
  recruitment: {
    openBy: ({ request }) => extent(request.requester.applicants),
    ofRequest: ({ request }, { codes }) => [
      ...codes(request.trust),
      ...request.treating.map(({ person }) => person),
      ...(request.requester.applicants ?? []).flatMap(({ person }) => person ?? []),
    ],
    ofCandidate: (candidate, { codes }) => [candidate.person, ...recruiting(candidate, codes)],
  },
  'outside-role': {
    ofRequest: ({ request }, { codes }) => codes(request.trust),
    ofCandidate: (candidate, { codes }) => outside(candidate, codes),
  },
  'industry-payment': {
    openBy: ({ request }) => products(request),
    ofRequest: ({ request }) => makers(request),
    ofCandidate: ({ payments }) => companies(payments),
  },
  'associate-interest': {
    openBy: ({ request }) => `${products(request)} ${trials(request)}`,
    ofRequest: ({ request }, { codes }) => [
      ...codes(request.trust),
      ...request.treating.map(({ person }) => person),
      ...makers(request),
      ...ids(request.products),
      ...ids(request.trials),
    ],
    ofCandidate: ({ associates }, { codes }) =>
      (associates ?? []).flatMap((one) => [
        ...recruiting(one, codes),
        ...outside(one, codes),
        ...companies(one.business),
        ...companies(one.payments),
        ...(one.patents ?? []).flatMap(({ product }) => product ?? []),
        ...(one.trialRoles ?? []).flatMap(({ trial }) => trial ?? []),
      ]),
  },
  'acting-person': {
    holdsBy: ({ request }) =>
      JSON.stringify(
        request.staff?.map((one) => [
          one.isActing !== false,
          one.treatedThisChild,
          one.personalTies?.flatMap(({ with: who, kind }) => (who && request.family.members.includes(who) ? kind : [])),
          ...[one.managementTies, one.trainingTies, one.teams, one.business].map((list) => list === null),
        ]),
      ),
    ofRequest: ({ request }) =>
      (request.staff ?? []).flatMap((one) => (one.isActing === false ? [] : [one.person, ...ofPerson(one)])),
    ofCandidate: (candidate) => [candidate.person, ...ofPerson(candidate)],
  },
  'acting-companion': {
    holdsBy: ({ request }) =>
      JSON.stringify([request.advocate, request.interpreter].map((one) => companionship(one, request))),
    ofRequest: ({ request }) =>
      [request.advocate, request.interpreter].flatMap((one) =>
        one === null || one.isActing === false ? [] : [one.person, ...withs(one.personalTies).filter(isKnown)],
      ),
    ofCandidate: ({ person, personalTies }) => [person, ...withs(personalTies).filter(isKnown)],
  },
  'mdt-members': { ofCandidate: ({ members }) => (members === null ? [] : [EVERYBODY]) },
  'standing-declaration': {},
  'case-declaration': { openBy: ({ request }) => String(request.instructedOn) },
  registration: {},
  specialist: { holdsBy: ({ request }) => `${request.tfc} ${request.registers?.join(';') ?? '?'}` },
  overseas: {},
  indemnity: {},
  unblinded: { holdsBy: ({ request }) => String(request.isBlinded) },
  full: {},
  unwelcome: {
    holdsBy: ({ request }) => flag(request.family.view === 'objects'),
    openBy: ({ request }) => flag(request.family.objectsTo === null || request.family.lossOfConfidenceIn === null),
    ofRequest: ({ request }) => [...(request.family.objectsTo ?? []), ...(request.family.lossOfConfidenceIn ?? [])],
    ofCandidate: ({ person, isAlso, posts }) => [person, ...isAlso, ...(posts ?? []).flatMap(({ orgs }) => orgs)],
  },
}

type Codes = (code: OrgCode) => readonly Key[]

type Day = Pick<Ground<ConditionKind>, 'asOf' | 'organisations'>

/** The trust that asks, and those where a treating consultant has a post or may still have one. */
const employers = (request: RequestSide, day: Day) => employersBy(request, day, (is) => is !== 'no')
/** The same without those where nobody knows whether they still have it. */
const employersToday = (request: RequestSide, day: Day) => employersBy(request, day, (is) => is === 'yes')

const employersBy = (
  { trust, treating }: RequestSide,
  { asOf, organisations }: Day,
  isCounted: (is: Ternary) => boolean,
): readonly OrgCode[] => {
  const all = new Set([trust])
  for (const { org, posts } of treating) {
    if (org !== null) all.add(org)
    for (const post of posts ?? [])
      if (post.orgs.length === 1 && isCounted(touches(post, lookBack(null, asOf))))
        for (const code of post.orgs) if (organisations.isTrust(code)) all.add(code)
  }
  return [...all]
}

const placesOf = ({ orgs, site }: Post): readonly OrgCode[] =>
  site === null || site === 'none' ? orgs : [...orgs, site]

const placesToday = ({ posts }: CandidateSide, asOf: CalendarDate): readonly OrgCode[] =>
  (posts ?? []).flatMap((post) => {
    if (touches(post, lookBack(null, asOf)) === 'no') return []
    return post.orgs.length === 1 ? post.orgs : placesOf({ ...post, orgs: [] })
  })

const earlier = ({ firstOpinionBy, earlierOpinions }: RequestSide): readonly PersonId[] =>
  [firstOpinionBy, ...(earlierOpinions ?? []).map(({ by }) => by)].filter(isKnown)

const withs = (ties: readonly { readonly with: PersonId | null }[] | null): readonly (PersonId | null)[] =>
  (ties ?? []).map((tie) => tie.with)
const ids = (list: readonly { readonly id: string }[] | null): readonly string[] => (list ?? []).map(({ id }) => id)
const companies = (list: readonly { readonly company: string | null }[] | null): readonly (string | null)[] =>
  (list ?? []).map(({ company }) => company)
const makers = ({ products: some }: RequestSide) => (some ?? []).map(({ maker }) => maker)
const holders = (grants: CandidateSide['grants']): readonly string[] =>
  (grants ?? []).flatMap((grant) => (grant.holders ?? []).flatMap(({ person }) => person ?? []))
const work = (id: string) => `work ${id}`
const grant = (id: string) => `grant ${id}`
const isKnown = <T>(one: T | null): one is T => one !== null

const recruiting = ({ recruitment }: Interests, codes: Codes): readonly Key[] =>
  (recruitment ?? []).flatMap(({ org, with: who }) => [
    ...(org === null ? [] : codes(org)),
    ...(who === null ? [] : [who]),
  ])
const outside = ({ outsideRoles }: Interests, codes: Codes): readonly Key[] =>
  (outsideRoles ?? []).flatMap(({ linkedTrust }) =>
    linkedTrust === null || linkedTrust === 'none' ? [] : codes(linkedTrust),
  )

const ofPerson = ({
  personalTies,
  managementTies,
  trainingTies,
  teams,
  business,
}: Pick<CandidateSide, 'personalTies' | 'managementTies' | 'trainingTies' | 'teams' | 'business'>): readonly Key[] => [
  ...withs(personalTies),
  ...withs(managementTies),
  ...withs(trainingTies),
  ...ids(teams),
  ...companies(business),
]

/** What an advocate or interpreter is to the treating team and the family: the same whoever the candidate. */
const companionship = (one: Companion | null, { treating }: RequestSide) =>
  one && [
    one.isActing !== false,
    one.isFamilyMember,
    one.personalTies?.flatMap(({ with: who, kind }) => (who === null ? kind : [])) ?? null,
    treating.map((other) => [
      one.personalTies?.flatMap(({ with: who, kind }) => (who === other.person ? kind : [])),
      other.personalTies?.flatMap(({ with: who, kind }) => (who === null || who === one.person ? kind : [])),
    ]),
  ]

const flag = (is: boolean) => (is ? '1' : '0')
const extent = (list: readonly unknown[] | null) => (list === null ? '?' : list.length === 0 ? '-' : '+')
const products = ({ products: some }: RequestSide) =>
  some?.length && some.every(({ isContested }) => isContested === false) ? '0' : extent(some)
const trials = ({ trials: some }: RequestSide) =>
  some?.every(({ childCouldEnter }) => childCouldEnter === false) ? '0' : extent(some)

type History = readonly EarlierOpinion[]

/** Who exchanged opinions with whom often enough to count, and which units with which. */
type Exchanges = {
  readonly units: Tally
  readonly people: Tally
  readonly unitsOf: ReadonlyMap<PersonId, ReadonlySet<string>>
  readonly peopleAt: ReadonlyMap<string, ReadonlySet<PersonId>>
  /** The opinions in which a person or a unit has a part. */
  readonly involving: ReadonlyMap<string, ReadonlySet<EarlierOpinion>>
  readonly isDistinct: boolean
}
type Tally = Map<string, Map<string, number>>

/** The opinions that a team, its units or a candidate had a part in: of all others none is between the two. */
const exchangedBy = ({ request, history }: Asked, ground: Ground<'reciprocity'>, candidate: PersonId): History => {
  if (history === null) return []
  const { involving, isDistinct, ...known } = exchangesIn(history, ground)
  // Of one that is told twice the last counts, and of somebody who is named twice both do.
  if (!isDistinct || !isEachNamedOnce(request)) return history
  const all = new Set(involving.get(candidate))
  for (const { person } of request.treating) for (const one of involving.get(person) ?? []) all.add(one)
  for (const unit of unitsOfTeam(request, known)) for (const one of involving.get(unit) ?? []) all.add(one)
  return [...all]
}

/** Everybody, and every unit, with whom the team or its units exchanged that many opinions. */
const partners = ({ request, history }: Asked, ground: Ground<'reciprocity'>): readonly Key[] => {
  if (history === null) return []
  const known = exchangesIn(history, ground)
  const { units, people, peopleAt } = known
  const least = isEachNamedOnce(request) ? ground.condition.exchanges : 1
  const often = (tally: Tally, one: string) =>
    [...(tally.get(one) ?? [])].flatMap(([other, count]) => (count >= least ? other : []))
  return [
    ...request.treating.flatMap(({ person }) => often(people, person)),
    ...unitsOfTeam(request, known).flatMap((unit) =>
      often(units, unit).flatMap((other) => [other, ...(peopleAt.get(other) ?? [])]),
    ),
  ]
}

const unitsOfTeam = ({ trust, sites, treating }: RequestSide, { unitsOf }: Pick<Exchanges, 'unitsOf'>) => [
  ...new Set<string>([
    trust,
    ...(sites ?? []),
    ...treating.flatMap(({ person, teams }) => [...ids(teams), ...(unitsOf.get(person) ?? [])]),
  ]),
]

const isEachNamedOnce = ({ treating }: RequestSide) =>
  new Set(treating.map(({ person }) => person)).size === treating.length

const exchangesIn = remembered((history: History, { rule, asOf }: Ground<'reciprocity'>): Exchanges => {
  const window = lookBack(rule.lookBackMonths, asOf)
  const units: Tally = new Map()
  const people: Tally = new Map()
  const [unitsOf, peopleAt] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()]
  const tally = (into: Tally, [one, other]: readonly [string | null, string | null]) => {
    if (one === null || other === null) return
    for (const [a, b] of one === other ? [[one, other] as const] : [[one, other] as const, [other, one] as const]) {
      const row = into.get(a) ?? new Map<string, number>()
      into.set(a, row.set(b, (row.get(b) ?? 0) + 1))
    }
  }
  const involving = new Map<string, Set<EarlierOpinion>>()
  for (const one of history) {
    for (const who of [one.opinionBy, one.opinionUnit, one.requestedBy, one.requestingUnit])
      if (who !== null) involving.set(who, (involving.get(who) ?? new Set()).add(one))
    for (const [person, unit] of [
      [one.opinionBy, one.opinionUnit],
      [one.requestedBy, one.requestingUnit],
    ] as const) {
      if (person === null || unit === null) continue
      unitsOf.set(person, (unitsOf.get(person) ?? new Set()).add(unit))
      peopleAt.set(unit, (peopleAt.get(unit) ?? new Set()).add(person))
    }
  }
  const once = distinct(history)
  for (const one of once) {
    if (liesIn(one.on, window) === 'no') continue
    tally(people, [one.opinionBy, one.requestedBy])
    tally(units, [one.opinionUnit, one.requestingUnit])
  }
  return { units, people, unitsOf, peopleAt, involving, isDistinct: once.length === history.length }
})

type Circle = { readonly opinions: History; readonly givers: ReadonlySet<PersonId> }

/** The opinions that a requester asked for, and who gave them. */
const circleOf = ({ request, history }: Asked, ground: Ground<'closed-circle'>): Circle => {
  if (history === null) return { opinions: [], givers: new Set() }
  const { byOrg, circles } = circlesIn(history, ground)
  const known = circles.get(request.trust)
  if (known) return known
  const { organisations, asOf } = ground
  const opinions = [...byOrg].flatMap(([written, some]) => {
    if (written === null) return []
    const org = organisations.codeOf(written)
    const isTheirs =
      written === request.trust || (org !== undefined && organisations.isSameTrust(org, request.trust, asOf) === 'yes')
    return isTheirs ? some : []
  })
  const circle = { opinions, givers: new Set(opinions.flatMap(({ opinionBy }) => opinionBy ?? [])) }
  circles.set(request.trust, circle)
  return circle
}

const circlesIn = remembered((history: History, _: Ground<'closed-circle'>) => ({
  byOrg: Map.groupBy(distinct(history), ({ requestingOrg }) => requestingOrg),
  circles: new Map<string, Circle>(),
}))

const distinct = (history: History) => [...new Map(history.map((one) => [one.id, one])).values()]

/** Reckons once for a history what all its requests share. */
function remembered<G extends object, T>(reckon: (history: History, ground: G) => T) {
  const known = new WeakMap<G, WeakMap<History, T>>()
  return (history: History, ground: G): T => {
    const byHistory = known.get(ground) ?? new WeakMap<History, T>()
    known.set(ground, byHistory)
    const had = byHistory.get(history)
    if (had !== undefined) return had
    const made = reckon(history, ground)
    byHistory.set(history, made)
    return made
  }
}
