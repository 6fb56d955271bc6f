// One thing, however long: a pair to judge, complete at every stage, and what may be drawn, added and taken away from it.
import { assess } from '@concord/domain/independence/assess'
import type { CandidateSide, Pair, Post, RequestSide, Staff, Treating } from '@concord/domain/independence/pair'
import { type RuleRow, rulesOn } from '@concord/domain/independence/rule'
import type { Assessment, Stage } from '@concord/domain/independence/verdict'
import { type Place, placesOf } from '@concord/domain/organisation/places'
import type { CalendarDate } from '@concord/domain/time'
import fc, { type Arbitrary } from 'fast-check'
import { day, neurology, org, today } from './facts.ts'

type Whole = string | number | boolean | null | undefined | readonly unknown[]
/** Part of something, as deep as one likes; a list is replaced as a whole. */
export type Over<T> = T extends Whole ? T : { readonly [K in keyof T]?: Over<T[K]> }
export type PairOver = Partial<Omit<Pair, 'request' | 'candidate'>> & {
  readonly request?: Over<RequestSide>
  readonly candidate?: Over<CandidateSide>
}

const since = (from: string) => ({ from: day(from), to: 'ongoing' }) as const
export const always = since('2000-01-01')

export const aPlace = (code: string, over: Partial<Place> = {}): Place => ({
  code: org(code),
  name: `Invented Trust ${code}`,
  alsoKnownAs: [],
  kind: 'trust',
  parents: [],
  region: `Region of ${code}`,
  networks: [],
  isDisputed: false,
  successors: [],
  open: always,
  groups: [],
  mergers: [],
  sameSiteAs: [],
  ...over,
})

export const aSite = (code: string, trust: string, over: Partial<Place> = {}): Place =>
  aPlace(code, { kind: 'site', parents: [{ code: org(trust), ...always }], region: null, ...over })

const network = { id: 'a-network', specialties: null, ...always }
const merger = {
  with: org('XA1'),
  announced: day('2026-06-15'),
  effective: null,
  abandoned: null,
  isDisputed: false,
}

/**
 * XA1 asks, XA0 became it on 1 January 2026; XG1 is in its group, XM1 is to merge with it since today, XN1 lies in its region and
 * XW1 is in its network. XB1 treats too, XC1 is the candidate's and far away. Nobody knows what became of XZ1; XU1 is a university.
 */
const inventedPlaces: readonly Place[] = [
  aPlace('XA1', { region: 'North', networks: [network], groups: [{ id: 'a-group', ...always }] }),
  aPlace('XA0', {
    open: { from: day('2000-01-01'), to: day('2025-12-31') },
    successors: [{ code: org('XA1'), on: day('2026-01-01') }],
  }),
  aPlace('XB1'),
  aPlace('XC1'),
  aPlace('XG1', { groups: [{ id: 'a-group', ...always }] }),
  aPlace('XM1', { mergers: [merger] }),
  aPlace('XN1', { region: 'North' }),
  aPlace('XW1', { networks: [network] }),
  aPlace('XZ1', {
    open: { from: day('2000-01-01'), to: day('2025-12-31') },
    successors: [{ code: null, on: null }],
  }),
  aPlace('XU1', { kind: 'other', region: null }),
  aSite('XA101', 'XA1', { sameSiteAs: [org('XA1AA')] }),
  aSite('XA1AA', 'XA1'),
  aSite('XA102', 'XA1'),
  aSite('XB101', 'XB1'),
  aSite('XC101', 'XC1'),
]

export const heldAt = (code: string, over: Partial<Post> = {}): Post => ({
  orgs: [org(code)],
  site: 'none',
  kind: 'substantive',
  ...since('2014-09-01'),
  ...over,
})

/** A treating consultant of the trust that asks, of whom everything is known. */
export const aTreating = (over: Partial<Treating> = {}): Treating => ({
  person: 'T1',
  role: 'lead',
  org: org('XA1'),
  posts: [heldAt('XA1', { site: org('XA101') })],
  grade: 'consultant',
  teams: [{ id: 'team-a', kind: 'team', ...since('2012-04-01') }],
  personalTies: [],
  managementTies: [],
  trainingTies: [],
  business: [],
  publications: [],
  grants: [],
  committees: [],
  ...over,
})

/** Somebody who acts in the request and knows nobody of it. */
export const aBroker = (over: Partial<Staff> = {}): Staff => ({
  person: 'broker',
  role: 'broker',
  isActing: true,
  treatedThisChild: 'no',
  teams: [],
  personalTies: [],
  managementTies: [],
  trainingTies: [],
  business: [],
  ...over,
})

const theRequest: RequestSide = {
  trust: org('XA1'),
  sites: [org('XA101')],
  tfc: neurology,
  registers: ['paediatricneurology'],
  centres: 28,
  opinion: 'single',
  isBlinded: true,
  firstOpinionBy: 'T1',
  instructedOn: day('2026-06-08'),
  question: { kind: 'treatment-choice', wouldReceive: [] },
  products: [{ id: 'P1', maker: 'CO1', isContested: true }],
  trials: [{ id: 'TR1', childCouldEnter: true }],
  earlierOpinions: [],
  treating: [aTreating()],
  requester: { discussed: 'no', discussedFor: null, treatedChild: 'no', disputes: [], applicants: [] },
  lettersNaming: [],
  spokeInPublic: [],
  family: {
    members: ['child', 'parent-1', 'parent-2'],
    ties: [],
    view: 'no-objection',
    objectsTo: [],
    lossOfConfidenceIn: [],
  },
  staff: [aBroker()],
  advocate: null,
  interpreter: null,
  overrides: [],
  exhaustion: null,
}

const theCandidate: CandidateSide = {
  person: 'candidate',
  kind: 'person',
  role: 'sole',
  isAlso: [],
  grade: 'consultant',
  registration: {
    body: 'GMC',
    country: 'uk',
    isSameName: true,
    status: 'registered',
    hasLicence: true,
    conditions: [],
    hasInterimOrder: false,
    warnings: [],
    checkedOn: day('2026-06-01'),
  },
  specialistRegister: ['paediatrics', 'paediatricneurology'],
  practice: [{ tfc: neurology, lastOn: day('2026-06-01') }],
  indemnity: { route: 'employer', validTo: 'ongoing', employerView: 'permits' },
  capacity: { open: 0, cap: 2 },
  posts: [heldAt('XC1', { site: org('XC101') })],
  postsConfirmedOn: day('2026-03-01'),
  sitesWorked: [{ site: org('XC101'), ...since('2014-09-01') }],
  teams: [{ id: 'team-c', kind: 'team', ...since('2014-09-01') }],
  personalTies: [],
  managementTies: [],
  trainingTies: [],
  business: [],
  patents: [],
  trialRoles: [],
  payments: [],
  outsideRoles: [],
  recruitment: [],
  associates: [],
  publications: [],
  grants: [],
  committees: [],
  advocacy: [],
  expertWitness: [],
  publicStatements: [],
  disputes: [],
  caseContact: [],
  discussed: { answer: 'no', with: null, purpose: null },
  paidBy: [],
  standingDeclaration: day('2026-01-10'),
  caseDeclaration: day('2026-06-09'),
  opening: { C05: 'no', C12: 'no', C13: 'no' },
  said: {},
  pack: { firstOpinionOpenedAt: '2026-06-12', ownViewAt: '2026-06-11' },
  members: null,
}

// Built once: a thousand pairs of a property ask the same of them.
const organisations = placesOf(inventedPlaces)

/** A stranger and a request, everything asked at every stage and nothing in the way, but for what is said otherwise. */
export const aPair = ({ request = {}, candidate = {}, ...over }: PairOver = {}): Pair => ({
  asOf: today,
  urgency: 'U2',
  organisations,
  history: [],
  ...over,
  request: laidOver(theRequest, request) as RequestSide,
  candidate: laidOver(theCandidate, candidate) as CandidateSide,
})

/** Judges a pair under these rules, at the last stage unless it is said otherwise. */
export const judging =
  (rules: readonly RuleRow[]) =>
  (pair: Pair, stage: Stage = 'report'): Assessment =>
    assess({ pair, stage, rules: rulesOn(rules, pair.asOf), policyVersion: 'test' })

const isPlain = (one: unknown): one is Readonly<Record<string, unknown>> =>
  typeof one === 'object' && one !== null && !Array.isArray(one)

const laidOver = (whole: unknown, over: unknown): unknown => {
  if (!isPlain(over) || !isPlain(whole)) return over
  const changed = Object.entries(over).map(([key, value]) => [key, laidOver(whole[key], value)])
  return { ...whole, ...Object.fromEntries(changed) }
}

type Side = 'request' | 'candidate'
/** Where a fact stands in a pair: `candidate.posts.0.site`. */
export type FactPath = readonly [Side, ...(readonly string[])]

/** Every fact of a pair that could be unknown, whichever way it is nested; what names or places the facts is none. */
export const factsOf = (pair: Pair): readonly FactPath[] =>
  (['request', 'candidate'] as const).flatMap((side) =>
    pathsIn(pair[side])
      .map((path): FactPath => [side, ...path])
      .filter((path) => !NAMING.test(path.join('.'))),
  )

const pathsIn = (one: unknown): readonly (readonly string[])[] => {
  if (typeof one !== 'object' || one === null) return []
  return Object.entries(one).flatMap(([key, value]) => {
    if (NAMES.has(key)) return []
    const inner = pathsIn(value).map((path) => [key, ...path])
    const isItem = Array.isArray(one)
    return isItem || WHOLES.has(key) || value === null ? inner : [[key], ...inner]
  })
}
// What says whom or what a record is about, or cannot be null by its type.
const NAMING = /^candidate\.(practice\.\d+\.tfc|sitesWorked\.\d+\.site|business\.\d+\.kind|publications\.\d+\.kind)$/
const NAMES = new Set(['person', 'id', 'trust', 'isAlso', 'said', 'sameWork', 'isInventor', 'isLikely', 'orgs'])
const WHOLES = new Set(['requester', 'family', 'treating', 'members', 'kind', 'role'])

/** The same pair, not knowing this fact. */
export const without = (pair: Pair, [side, ...path]: FactPath): Pair => ({
  ...pair,
  [side]: replaced(pair[side], path, () => null),
})

/** The same pair, with one more in a list of it; a list that nobody knows stays unknown. */
export const withOneMore = (pair: Pair, { at: [side, ...path], one }: Conflict): Pair => ({
  ...pair,
  [side]: replaced(pair[side], path, (list) => (Array.isArray(list) ? [...list, one] : list)),
})

const replaced = (whole: unknown, path: readonly string[], to: (value: unknown) => unknown): unknown => {
  const [key, ...rest] = path
  if (key === undefined) return to(whole)
  if (Array.isArray(whole)) return whole.map((one, at) => (String(at) === key ? replaced(one, rest, to) : one))
  return isPlain(whole) ? { ...whole, [key]: replaced(whole[key], rest, to) } : whole
}

/** The same pair with its people called otherwise; whatever else is written stays. */
export const renamed = (pair: Pair, names: Readonly<Record<string, string>>): Pair => {
  const rename = (one: unknown): unknown => {
    if (typeof one === 'string') return names[one] ?? one
    if (Array.isArray(one)) return one.map(rename)
    return isPlain(one) ? Object.fromEntries(Object.entries(one).map(([key, value]) => [key, rename(value)])) : one
  }
  const { organisations, ...facts } = pair
  return { ...(rename(facts) as typeof facts), organisations }
}

/** The same pair with every list of it the other way round. */
export const turned = (pair: Pair): Pair => {
  const turn = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(turn).toReversed()
    return isPlain(one) ? Object.fromEntries(Object.entries(one).map(([key, value]) => [key, turn(value)])) : one
  }
  const { organisations, ...facts } = pair
  return { ...(turn(facts) as typeof facts), organisations }
}

/** Something that weighs against a candidate, or once did, and the list it stands in. */
export type Conflict = { readonly at: FactPath; readonly one: unknown }

const past = (to: string) => ({ from: day('2015-01-01'), to: day(to) })
const paper = (id: string, on: CalendarDate, over: object = {}) => ({
  id,
  sameWork: [id],
  kind: 'paper',
  on,
  authorCount: 4,
  authors: ['candidate', 'T1'],
  confirmed: true,
  ...over,
})
const listed = (at: FactPath, ...some: readonly unknown[]): readonly Conflict[] => some.map((one) => ({ at, one }))

/** Conflicts of many kinds to draw from, in force, just past and long past. */
export const conflicts: readonly Conflict[] = [
  ...listed(
    ['candidate', 'posts'],
    heldAt('XA1'),
    heldAt('XA0', past('2025-12-31')),
    heldAt('XA1', past('2025-06-14')),
    heldAt('XA1', past('2021-06-14')),
    heldAt('XC1', { site: org('XA101') }),
    heldAt('XG1'),
    heldAt('XN1'),
    heldAt('XB1', past('2026-01-01')),
  ),
  ...listed(['candidate', 'sitesWorked'], { site: org('XA101'), ...since('2020-01-01') }),
  ...listed(
    ['candidate', 'teams'],
    { id: 'team-a', kind: 'mdt', ...since('2020-01-01') },
    { id: 'team-a', kind: 'forum', ...since('2020-01-01') },
  ),
  ...listed(
    ['candidate', 'personalTies'],
    { with: 'T1', kind: 'relative', ...always },
    { with: 'parent-1', kind: 'neighbour', ...past('2025-01-01') },
    { with: 'broker', kind: 'close-friend', ...always },
    { with: 'T1', kind: 'acquaintance', ...always },
  ),
  ...listed(
    ['candidate', 'managementTies'],
    { with: 'T1', kind: 'appraises', ...always },
    { with: 'T1', kind: 'managed-by', ...past('2026-06-14') },
  ),
  ...listed(
    ['candidate', 'trainingTies'],
    { with: 'T1', kind: 'trainee-of', ...past('2016-06-15') },
    { with: 'T1', kind: 'co-trainee', ...past('2016-06-14') },
    { with: 'T1', kind: 'trainer-of', ...past('2020-01-01') },
  ),
  ...listed(
    ['candidate', 'business'],
    { company: 'CO1', kind: 'company', role: 'stake', sharePercent: 10, ...always },
    { company: 'CO1', kind: 'company', role: 'stake', sharePercent: 7, ...always },
    { company: 'CO1', kind: 'fund', role: 'stake', sharePercent: 1, ...always },
    { company: 'CO1', kind: 'company', role: 'paid', sharePercent: null, ...always },
  ),
  ...listed(['candidate', 'patents'], { product: 'P1', isInventor: true, ...always }),
  ...listed(['candidate', 'trialRoles'], { trial: 'TR1', leads: true, ...always }),
  ...listed(
    ['candidate', 'payments'],
    { company: 'CO1', pounds: 600, on: day('2026-01-01') },
    { company: 'CO1', pounds: 500, on: day('2026-02-01') },
    { company: 'CO1', pounds: 5000, on: day('2023-06-14') },
  ),
  ...listed(['candidate', 'outsideRoles'], { linkedTrust: org('XA1'), fundsThisFamily: false, ...always }),
  ...listed(
    ['candidate', 'recruitment'],
    { org: org('XA1'), with: null, on: day('2025-12-15') },
    { org: org('XA1'), with: null, on: day('2025-06-15') },
  ),
  ...listed(
    ['candidate', 'publications'],
    paper('W1', day('2023-06-15')),
    paper('W2', day('2023-06-14')),
    paper('W3', day('2019-06-14')),
    paper('W4', day('2018-06-14')),
    paper('W5', day('2024-06-14'), { authorCount: 31 }),
  ),
  ...listed(['candidate', 'committees'], { id: 'a-college', kind: 'guideline', ...always }),
  ...listed(['candidate', 'advocacy'], { product: 'P1', strength: 'strong' }),
  ...listed(
    ['candidate', 'expertWitness'],
    { matter: 'other', against: org('XA1'), isLikely: true, on: day('2024-06-15') },
    { matter: 'other', against: org('XA1'), isLikely: true, on: day('2023-06-15') },
  ),
  ...listed(['candidate', 'publicStatements'], { about: 'this-case' }),
  ...listed(['candidate', 'disputes'], { with: 'requester', status: 'live', ...always }),
  ...listed(['candidate', 'caseContact'], { kind: 'informal-advice', child: 'this' }),
  ...listed(['candidate', 'paidBy'], 'party'),
  ...listed(['candidate', 'registration', 'warnings'], always),
  ...listed(['candidate', 'registration', 'conditions'], { affectsScope: true, ...always }),
  ...listed(['request', 'family', 'objectsTo'], 'candidate'),
  ...listed(['request', 'family', 'ties'], { with: 'candidate', kind: 'god-parent', ...always }),
  ...listed(['request', 'lettersNaming'], 'candidate'),
  ...listed(['request', 'requester', 'applicants'], { person: 'candidate', on: day('2025-12-15') }),
  ...listed(['request', 'requester', 'disputes'], { with: 'candidate', status: 'live', ...always }),
]

type Scalars = {
  readonly standingDeclaration: CalendarDate
  readonly checkedOn: CalendarDate
  readonly lastOn: CalendarDate
  readonly postsConfirmedOn: CalendarDate
  readonly grade: string
  readonly open: number
  readonly country: string
}
const scalars: Arbitrary<Scalars> = fc.record({
  standingDeclaration: fc.constantFrom(...['2026-01-10', '2025-10-15', '2025-06-15', '2025-06-14'].map(day)),
  checkedOn: fc.constantFrom(...['2026-06-01', '2025-12-01', '2025-06-14'].map(day)),
  lastOn: fc.constantFrom(...['2026-06-01', '2025-01-01', '2024-06-14'].map(day)),
  postsConfirmedOn: fc.constantFrom(...['2026-03-01', '2025-08-01', '2025-06-14'].map(day)),
  grade: fc.constantFrom('consultant', 'professor', 'specialist', 'resident'),
  open: fc.constantFrom(0, 2, 3),
  country: fc.constantFrom('uk', 'ireland'),
})
// Mostly as the complete pair has them: with all drawn at once every candidate would be barred.
const rarely = <T>(usual: T, drawn: Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: drawn })

const atEveryStage: Scalars = {
  standingDeclaration: day('2026-01-10'),
  checkedOn: day('2026-06-01'),
  lastOn: day('2026-06-01'),
  postsConfirmedOn: day('2026-03-01'),
  grade: 'consultant',
  open: 0,
  country: 'uk',
}

const exchanges = (count: number, on: CalendarDate): NonNullable<Pair['history']> =>
  Array.from({ length: count }, (_, at) => ({
    id: `h${at}`,
    on,
    opinionBy: 'candidate',
    opinionUnit: null,
    requestedBy: 'T1',
    requestingUnit: null,
    requestingOrg: org('XA1'),
  }))

/** Pairs of which everything is known, with a few conflicts or none. */
export const knownPairs: Arbitrary<Pair> = fc
  .record({
    some: fc.uniqueArray(fc.constantFrom(...conflicts), { maxLength: 3 }),
    drawn: rarely(atEveryStage, scalars),
    centres: fc.constantFrom(28, 4, 2),
    count: fc.constantFrom(0, 0, 2, 3, 6),
    exchangedOn: fc.constantFrom(...['2026-01-01', '2024-06-15', '2024-06-14'].map(day)),
    role: rarely<CandidateSide['role']>('sole', fc.constantFrom('mdt-contributor', 'factual-input')),
    isShared: fc.boolean(),
  })
  .map(({ some, drawn, centres, count, exchangedOn, role, isShared }) => {
    const { standingDeclaration, checkedOn, lastOn, postsConfirmedOn, grade, open, country } = drawn
    const committees = [{ id: 'a-college', kind: 'guideline', ...always }]
    const pair = aPair({
      history: exchanges(count, exchangedOn),
      request: {
        centres,
        treating: [
          aTreating({ committees }),
          ...(isShared ? [aTreating({ person: 'T2', role: 'treating', org: org('XB1'), teams: [] })] : []),
        ],
      },
      candidate: {
        role,
        grade,
        standingDeclaration,
        postsConfirmedOn,
        registration: { checkedOn, country },
        practice: [{ tfc: neurology, lastOn }],
        capacity: { open },
      },
    })
    return some.reduce(withOneMore, pair)
  })

/** The same, of which some facts nobody asked about. */
export const pairs: Arbitrary<Pair> = knownPairs.chain((pair) =>
  fc.subarray([...factsOf(pair)], { maxLength: 2 }).map((unknown) => unknown.reduce(without, pair)),
)
