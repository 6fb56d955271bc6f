// One thing, however long: an invented country of trusts, clinicians and requests, the same for the same seed.
import { must, type OrgCode, parseOrgCode, parseTfc, type Tfc } from '@concord/domain/ids'
import type {
  CandidateSide,
  EarlierOpinion,
  Pair,
  PersonId,
  Post,
  Publication,
  Related,
  RequestSide,
  Treating,
} from '@concord/domain/independence/pair'
import type { Place } from '@concord/domain/organisation/places'
import { addDays, type CalendarDate, parseDate } from '@concord/domain/time'

export type Chance = ReturnType<typeof chanceOf>

/** Chance that repeats itself for a seed (mulberry32). */
export const chanceOf = (seed: number) => {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number) => Math.floor(next() * most)
  const from = <T>(list: readonly T[]): T => {
    const one = list[below(list.length)]
    if (one === undefined) throw new Error('There is nothing to draw from')
    return one
  }
  const shuffled = <T>(list: readonly T[]): T[] => {
    const drawn = list.map((one) => [next(), one] as const)
    return drawn.toSorted(([a], [b]) => a - b).map(([, one]) => one)
  }
  return {
    below,
    from,
    shuffled,
    is: (share: number) => next() < share,
    some: <T>(list: readonly T[], most: number) => shuffled(list).slice(0, below(most + 1)),
  }
}

export type AskedFor = Pick<Pair, 'request' | 'urgency' | 'history'> & { readonly id: string }
export type Country = {
  readonly places: readonly Place[]
  readonly requests: readonly AskedFor[]
  readonly candidates: readonly CandidateSide[]
}

export const asOf = must(parseDate, '2026-06-15')
const before = (days: number): CalendarDate => addDays(asOf, -days)

/** 150 trusts in 7 regions, and who asks and answers in them. */
export const countryOf = (
  seed: number,
  { requests, clinicians }: { requests: number; clinicians: number },
): Country => {
  const chance = chanceOf(seed)
  const map = mapOf(chance)
  const people = Array.from({ length: clinicians + TREATING }, (_, index) => personOf(index, map, chance))
  const works = publicationsOf(people, chance)
  const candidates = people.slice(0, clinicians).map((one) => candidateOf(one, { map, works, chance }))
  const treating = people.map((one) => treatingOf(one, { map, works, chance }))
  const history = historyOf(people.slice(0, clinicians), people.slice(clinicians), chance)
  return {
    places: map.places,
    candidates,
    requests: Array.from({ length: requests }, (_, index) =>
      requestOf(index, { map, people, treating, history, clinicians, chance }),
    ),
  }
}

const TREATING = 700
const regions = ['north', 'midlands', 'east', 'london', 'south', 'west', 'wales']
const specialties = [
  ['421', 'paediatric neurology', 14],
  ['321', 'paediatric cardiology', 10],
  ['260', 'paediatric oncology', 19],
  ['219', 'paediatric neurosurgery', 2],
].map(([code, register, centres]) => ({
  tfc: must(parseTfc, String(code)),
  register: String(register),
  centres: Number(centres),
}))
const firms = Array.from({ length: 30 }, (_, index) => `firm-${index}`)
const products = Array.from({ length: 40 }, (_, index) => ({ id: `product-${index}`, maker: `firm-${index % 30}` }))
const companies = Array.from({ length: 60 }, (_, index) => `practice-${index}`)
const trials = Array.from({ length: 25 }, (_, index) => `trial-${index}`)
const committees = Array.from({ length: 15 }, (_, index) => `committee-${index}`)

type Specialty = (typeof specialties)[number]
type Map_ = {
  readonly places: readonly Place[]
  readonly trusts: readonly OrgCode[]
  readonly closed: readonly OrgCode[]
  readonly universities: readonly OrgCode[]
  readonly sitesOf: (trust: OrgCode) => readonly OrgCode[]
  readonly regionOf: (trust: OrgCode) => string
}
type Person = {
  readonly person: PersonId
  readonly specialty: Specialty
  readonly trust: OrgCode
  readonly posts: readonly Post[]
  readonly teams: Related['teams']
}
type Works = ReadonlyMap<PersonId, readonly Publication[]>

const mapOf = (chance: Chance): Map_ => {
  const code = (text: string) => must(parseOrgCode, text)
  const numbered = (letter: string, count: number) =>
    Array.from({ length: count }, (_, index) => code(`${letter}${String(index + 1).padStart(3, '0')}`))
  const [trusts, closed, universities] = [numbered('T', 150), numbered('P', 10), numbered('U', 20)]
  const region = new Map(trusts.map((one, index) => [one, regions[index % regions.length] ?? 'north']))
  const sites = new Map(
    trusts.map((one) => [one, Array.from({ length: 1 + chance.below(3) }, (_, n) => code(`${one}0${n + 1}`))]),
  )
  const since = { from: before(9000), to: 'ongoing' } as const
  const networks = new Map<OrgCode, Place['networks']>()
  for (const { tfc } of specialties) {
    for (let n = 0; n < 8; n += 1) {
      const home = chance.from(regions)
      const members = chance.some(
        trusts.filter((one) => region.get(one) === home || chance.is(0.03)),
        14,
      )
      for (const one of members)
        networks.set(one, [...(networks.get(one) ?? []), { ...since, id: `network-${tfc}-${n}`, specialties: [tfc] }])
    }
  }
  const groups = new Map<OrgCode, Place['groups']>()
  for (let n = 0; n < 12; n += 1)
    for (const one of chance.some(trusts, 4)) groups.set(one, [{ ...since, id: `group-${n}` }])
  const merging = new Map(
    chance
      .shuffled(trusts)
      .slice(0, 4)
      .map((one) => [one, chance.from(trusts)]),
  )

  const place = (over: Pick<Place, 'code' | 'kind'> & Partial<Place>): Place => ({
    name: `Invented ${over.kind} ${over.code}`,
    alsoKnownAs: [],
    parents: [],
    region: null,
    networks: [],
    isDisputed: false,
    successors: [],
    open: since,
    groups: [],
    mergers: [],
    sameSiteAs: [],
    ...over,
  })
  return {
    trusts,
    closed,
    universities,
    sitesOf: (trust) => sites.get(trust) ?? [],
    regionOf: (trust) => region.get(trust) ?? 'north',
    places: [
      ...trusts.map((one) => {
        const other = merging.get(one)
        return place({
          code: one,
          kind: 'trust',
          region: region.get(one) ?? null,
          networks: networks.get(one) ?? [],
          groups: groups.get(one) ?? [],
          mergers:
            other === undefined || other === one
              ? []
              : [{ with: other, announced: before(100), effective: null, abandoned: null, isDisputed: false }],
        })
      }),
      ...closed.map((one, index) =>
        place({
          code: one,
          kind: 'trust',
          open: { from: before(9000), to: before(800) },
          successors: [{ code: index === 0 ? null : chance.from(trusts), on: before(799) }],
        }),
      ),
      ...universities.map((one) => place({ code: one, kind: 'other' })),
      ...trusts.flatMap((one) =>
        (sites.get(one) ?? []).map((site) => place({ code: site, kind: 'site', parents: [{ ...since, code: one }] })),
      ),
    ],
  }
}

const personOf = (index: number, map: Map_, chance: Chance): Person => {
  const [trust, specialty] = [chance.from(map.trusts), chance.from(specialties)]
  const site = chance.from(map.sitesOf(trust))
  const post = (org: OrgCode, over: Partial<Post>): Post => ({
    orgs: [org],
    site: 'none',
    kind: 'substantive',
    from: before(2500 + chance.below(1500)),
    to: 'ongoing',
    ...over,
  })
  const past = Array.from({ length: chance.below(4) }, (_, n) => {
    const end = 200 + n * 900 + chance.below(900)
    const org = chance.is(0.08) ? chance.from(map.closed) : chance.from(map.trusts)
    return post(org, {
      from: before(end + 1000),
      to: chance.is(0.02) ? null : before(end),
      kind: chance.from(['substantive', 'training', 'locum'] as const),
    })
  })
  const region = map.regionOf(trust)
  const since = { from: before(1800), to: 'ongoing' } as const
  return {
    person: `${1_000_000 + index}`,
    specialty,
    trust,
    posts: [
      post(trust, { site: chance.is(0.02) ? null : site }),
      ...(chance.is(0.25) ? [post(chance.from(map.trusts), { kind: 'honorary' })] : []),
      ...(chance.is(0.4) ? [post(chance.from(map.universities), { kind: 'academic' })] : []),
      ...past,
    ],
    teams: [
      { ...since, id: `team-${trust}-${specialty.tfc}`, kind: 'team' },
      ...(chance.is(0.2)
        ? [{ ...since, id: `mdt-${region}-${specialty.tfc}-${chance.below(3)}`, kind: 'mdt' as const }]
        : []),
      ...(chance.is(0.1) ? [{ ...since, id: `rota-${region}-${chance.below(5)}`, kind: 'rota' as const }] : []),
    ],
  }
}

const publicationsOf = (people: readonly Person[], chance: Chance): Works => {
  const works = new Map<PersonId, Publication[]>()
  const byField = Map.groupBy(people, ({ specialty }) => specialty.tfc)
  for (let n = 0; n < people.length * 2; n += 1) {
    const field = byField.get(chance.from(specialties).tfc) ?? people
    const authors = Array.from({ length: 2 + chance.below(5) }, () => chance.from(field).person)
    const paper: Publication = {
      id: `doi-${n}`,
      sameWork: chance.is(0.2) ? [`doi-${n}`, `pmid-${n}`] : [`doi-${n}`],
      kind: chance.is(0.03) ? 'consortium' : 'paper',
      on: before(chance.below(3650)),
      authorCount: authors.length,
      authors: [...new Set(authors)],
      confirmed: chance.is(0.1) ? null : true,
    }
    for (const one of paper.authors ?? []) works.set(one, [...(works.get(one) ?? []), paper])
  }
  return works
}

type Setting = { readonly map: Map_; readonly works: Works; readonly chance: Chance }

/** What anybody says of others: mostly nothing, now and then a tie. */
const tiesOf = ({ person }: Person, chance: Chance) => {
  const since = { from: before(1500), to: 'ongoing' } as const
  const other = () => `${1_000_000 + chance.below(500 + TREATING)}`
  const now = <T>(share: number, one: () => T): readonly T[] => (chance.is(share) ? [one()] : [])
  return {
    person,
    personalTies: now(0.2, () => ({
      ...since,
      with: other(),
      kind: chance.from(['close-friend', 'partner', 'relative', 'acquaintance'] as const),
    })),
    managementTies: now(0.3, () => ({
      ...since,
      with: other(),
      kind: chance.from(['manages', 'appraised-by', 'appraises'] as const),
    })),
    trainingTies: now(0.5, () => ({
      ...since,
      with: other(),
      kind: chance.from(['trainer-of', 'trainee-of', 'co-trainee'] as const),
    })),
    business: now(0.15, () => ({
      ...since,
      company: chance.is(0.3) ? chance.from(firms) : chance.from(companies),
      kind: chance.from(['practice', 'company', 'widely-held'] as const),
      role: chance.from(['stake', 'partner', 'paid'] as const),
      sharePercent: chance.from([1, 5, 20, null]),
    })),
    grants: now(0.3, () => ({
      id: `grant-${person}`,
      holders: [
        { ...since, person },
        { ...since, person: other() },
      ],
    })),
    committees: now(0.2, () => ({ ...since, id: chance.from(committees), kind: 'guideline' })),
  }
}

const candidateOf = (one: Person, { works, map, chance }: Setting): CandidateSide => {
  const ties = tiesOf(one, chance)
  const since = { from: before(1500), to: 'ongoing' } as const
  const isOverseas = chance.is(0.03)
  const unasked = <T>(share: number, value: T): T | null => (chance.is(share) ? null : value)
  return {
    ...ties,
    kind: 'person',
    role: 'sole',
    isAlso: [],
    grade: chance.is(0.05) ? chance.from(['specialist', 'specialty-doctor', null]) : 'consultant',
    registration: unasked(0.02, {
      body: isOverseas ? 'MCI' : 'GMC',
      country: isOverseas ? 'ireland' : 'uk',
      isSameName: true,
      status: chance.is(0.01) ? 'suspended' : 'registered',
      hasLicence: true,
      conditions: chance.is(0.02) ? [{ ...since, affectsScope: unasked(0.3, true) }] : [],
      hasInterimOrder: false,
      warnings: chance.is(0.02) ? [since] : [],
      checkedOn: before(chance.is(0.05) ? 400 : chance.below(300)),
    }),
    specialistRegister: unasked(0.02, [one.specialty.register, 'paediatrics']),
    practice: unasked(0.02, [
      { tfc: one.specialty.tfc, lastOn: chance.is(0.9) ? 'ongoing' : before(chance.below(1200)) },
      ...(chance.is(0.15) ? [{ tfc: chance.from(specialties).tfc, lastOn: before(chance.below(1200)) }] : []),
    ]),
    indemnity: unasked(0.03, {
      route: 'employer',
      validTo: chance.is(0.05) ? before(30) : 'ongoing',
      employerView: unasked(0.05, 'permits'),
    }),
    capacity: { open: chance.below(4), cap: unasked(0.03, 1 + chance.below(4)) },
    posts: unasked(0.01, one.posts),
    postsConfirmedOn: before(chance.is(0.06) ? 500 : chance.below(330)),
    sitesWorked: unasked(
      0.03,
      chance.is(0.1) ? [{ ...since, site: chance.from(map.sitesOf(chance.from(map.trusts))) }] : [],
    ),
    teams: one.teams,
    associates: chance.is(0.05)
      ? [
          {
            isClose: true,
            business: ties.business,
            patents: [],
            trialRoles: [],
            payments: [],
            outsideRoles: [],
            recruitment: [],
          },
        ]
      : [],
    patents: chance.is(0.03) ? [{ ...since, product: chance.from(products).id, isInventor: true }] : [],
    trialRoles: chance.is(0.1) ? [{ ...since, trial: chance.from(trials), leads: true }] : [],
    payments: chance.is(0.15)
      ? [{ company: chance.from(firms), pounds: chance.from([80, 600, 4000]), on: before(chance.below(1500)) }]
      : [],
    outsideRoles: chance.is(0.05)
      ? [{ ...since, linkedTrust: chance.is(0.5) ? chance.from(map.trusts) : 'none', fundsThisFamily: false }]
      : [],
    recruitment: chance.is(0.04) ? [{ org: chance.from(map.trusts), with: null, on: before(chance.below(400)) }] : [],
    publications: works.get(one.person) ?? [],
    advocacy: chance.is(0.05) ? [{ product: chance.from(products).id, strength: 'strong' }] : [],
    expertWitness: chance.is(0.05)
      ? [{ matter: 'other', against: chance.from(map.trusts), isLikely: true, on: before(chance.below(1000)) }]
      : [],
    // What is asked case by case: nobody has, at the offer.
    publicStatements: null,
    disputes: null,
    caseContact: null,
    discussed: null,
    paidBy: null,
    standingDeclaration: chance.is(0.03) ? null : before(chance.is(0.06) ? 500 : chance.below(330)),
    caseDeclaration: null,
    opening: null,
    said: {},
    pack: null,
    members: null,
  }
}

const treatingOf = (one: Person, { works, chance }: Setting): Treating => ({
  ...tiesOf(one, chance),
  role: 'treating',
  org: chance.is(0.01) ? null : one.trust,
  posts: chance.is(0.1) ? null : one.posts,
  grade: chance.is(0.95) ? 'consultant' : null,
  teams: chance.is(0.1) ? null : one.teams,
  publications: works.get(one.person) ?? [],
})

/** Opinions of three years; some pairs of units ask one another again and again. */
const historyOf = (
  clinicians: readonly Person[],
  askers: readonly Person[],
  chance: Chance,
): readonly EarlierOpinion[] => {
  const habits = Array.from({ length: 150 }, () => [chance.from(clinicians), chance.from(askers)] as const)
  return Array.from({ length: 1500 }, (_, index) => {
    const [giver, asker] = chance.is(0.4) ? chance.from(habits) : [chance.from(clinicians), chance.from(askers)]
    return {
      id: `opinion-${index}`,
      on: chance.is(0.02) ? null : before(chance.below(1100)),
      opinionBy: giver.person,
      opinionUnit: giver.trust,
      requestedBy: asker.person,
      requestingUnit: asker.trust,
      requestingOrg: asker.trust,
    }
  })
}

type Asking = {
  readonly map: Map_
  readonly people: readonly Person[]
  readonly treating: readonly Treating[]
  readonly history: readonly EarlierOpinion[]
  readonly clinicians: number
  readonly chance: Chance
}

const requestOf = (index: number, { map, people, treating, history, clinicians, chance }: Asking): AskedFor => {
  // One in seven children is treated by somebody who gives opinions for others.
  const at = chance.is(0.15) ? chance.below(clinicians) : clinicians + chance.below(TREATING)
  const [lead, record] = [people[at], treating[at]]
  if (!lead || !record) throw new Error('Nobody treats this child')
  const colleagues = people.flatMap((one, n) => (one !== lead && one.trust === lead.trust ? n : []))
  const others = chance.some(chance.is(0.2) ? people.map((_, n) => n) : colleagues, 2)
  const unasked = <T>(share: number, value: T): T | null => (chance.is(share) ? null : value)
  const family = `family-${index}`
  return {
    id: `request-${String(index).padStart(5, '0')}`,
    urgency: chance.from(['U0', 'U1', 'U2', 'U3'] as const),
    history,
    request: {
      trust: lead.trust,
      sites: unasked(0.01, [chance.from(map.sitesOf(lead.trust))]),
      tfc: lead.specialty.tfc satisfies Tfc,
      registers: [lead.specialty.register],
      centres: lead.specialty.centres,
      opinion: 'single',
      isBlinded: chance.is(0.2),
      firstOpinionBy: lead.person,
      instructedOn: null,
      question: { kind: 'treatment-choice', wouldReceive: unasked(0.1, chance.some(map.trusts, 1)) },
      products: chance.some(products, 2).map((one) => ({ ...one, isContested: unasked(0.05, chance.is(0.3)) })),
      trials: chance.some(trials, 1).map((id) => ({ id, childCouldEnter: unasked(0.05, true) })),
      earlierOpinions: [],
      treating: [{ ...record, role: 'lead' }, ...others.flatMap((n) => treating[n] ?? [])],
      requester: {
        discussed: 'no',
        discussedFor: null,
        treatedChild: 'no',
        disputes: [],
        applicants: chance.is(0.05) ? [{ person: chance.from(people).person, on: before(chance.below(300)) }] : [],
      },
      lettersNaming: unasked(0.05, chance.is(0.1) ? [chance.from(people).person] : []),
      spokeInPublic: unasked(0.05, []),
      family: {
        members: [family],
        ties: [],
        view: 'no-objection',
        objectsTo: unasked(0.05, chance.is(0.1) ? [chance.from(people).person] : []),
        lossOfConfidenceIn: chance.is(0.05) ? [chance.from(map.trusts)] : [],
      },
      staff: [staffOf(`broker-${chance.below(20)}`, chance), staffOf(`eso-lead-${lead.trust}`, chance)],
      advocate: null,
      interpreter: chance.is(0.15)
        ? {
            person: `interpreter-${chance.below(50)}`,
            isActing: true,
            isFamilyMember: chance.is(0.05),
            personalTies: [],
          }
        : null,
      overrides: [],
      exhaustion: null,
    } satisfies RequestSide,
  }
}

const staffOf = (person: PersonId, chance: Chance): NonNullable<RequestSide['staff']>[number] => ({
  person,
  role: 'broker',
  isActing: true,
  treatedThisChild: 'no',
  teams: [],
  personalTies: chance.is(0.02)
    ? [{ with: `${1_000_000 + chance.below(500)}`, kind: 'close-friend', from: before(900), to: 'ongoing' }]
    : [],
  managementTies: [],
  trainingTies: [],
  business: [],
})
