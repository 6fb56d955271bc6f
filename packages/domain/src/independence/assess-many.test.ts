import { rules } from '@concord/policy/rules'
import { day, org, today } from '@concord/testkit/facts'
import { runs } from '@concord/testkit/runs'
import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must, parseTfc } from '../ids.ts'
import { type Place, placesOf } from '../organisation/places.ts'
import { assess } from './assess.ts'
import { assessMany, type ToAssessMany } from './assess-many.ts'
import {
  type CandidateSide,
  type Interests,
  managementKinds,
  type Pair,
  personalKinds,
  postKinds,
  type Related,
  type RequestSide,
  type Statement,
  type Treating,
  teamKinds,
  trainingKinds,
} from './pair.ts'
import type { Period } from './period.ts'
import { type Finding, stages } from './verdict.ts'

// Few of everything, so that the two sides meet often; one code is in no file.
const CODES = ['XA1', 'XA0', 'XB1', 'XC1', 'XD1', 'XU1', 'XA101', 'XA102', 'XB101', 'XZ1', 'XQ1'].map(org)
const PEOPLE = ['T1', 'T2', 'T3', 'C1', 'C2', 'C3', 'X1', 'parent-1']
const DAYS = ['2019-03-01', '2021-06-15', '2023-02-01', '2025-06-15', '2025-12-01', '2026-06-15', '2026-07-01'].map(day)

const oneOf = <const T>(list: readonly T[]) => fc.constantFrom(...list)
const maybe = <T>(some: Arbitrary<T>) => fc.option(some, { freq: 5 })
const few = <T>(some: Arbitrary<T>, maxLength = 2) => fc.array(some, { maxLength })
const list = <T>(some: Arbitrary<T>, maxLength = 2) => maybe(few(some, maxLength))
const flag = maybe(fc.boolean())
const said = maybe(oneOf(['yes', 'no', 'unsure']))
const code = oneOf(CODES)
const person = oneOf(PEOPLE)
const item = oneOf(['i1', 'i2', 'i3'])
const date = oneOf(DAYS)
const on = maybe(fc.oneof(date, fc.constant({ earliest: day('2025-01-01'), latest: day('2025-12-31') })))
const period: Arbitrary<Period> = fc.record({ from: on, to: fc.oneof(on, fc.constant('ongoing' as const)) })
const within = <T extends object>(fields: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T & Period> =>
  fc.tuple(fc.record(fields), period).map(([one, when]) => ({ ...(one as T), ...when }))
const tie = <const K>(kinds: readonly K[]) => within({ with: maybe(person), kind: maybe(oneOf(kinds)) })

const place = (at: string): Arbitrary<Place> =>
  fc.record({
    code: fc.constant(org(at)),
    name: fc.constant(`Invented ${at}`),
    alsoKnownAs: fc.constant([]),
    kind: fc.constant(at.length > 3 ? ('site' as const) : at === 'XU1' ? ('other' as const) : ('trust' as const)),
    parents: list(within({ code: maybe(code) })),
    region: maybe(oneOf(['north', 'south'])),
    networks: list(within({ id: maybe(item), specialties: maybe(few(oneOf(['421', '321']))) })),
    isDisputed: fc.boolean(),
    successors: list(fc.record({ code: maybe(code), on: maybe(date) }), 1),
    open: period,
    groups: list(within({ id: maybe(item) }), 1),
    mergers: list(
      fc.record({
        with: maybe(code),
        announced: maybe(date),
        effective: maybe(date),
        abandoned: fc.oneof(maybe(date), fc.boolean()),
        isDisputed: fc.boolean(),
      }),
      1,
    ),
    sameSiteAs: few(code, 1),
  })
const places = fc.tuple(...CODES.filter((one) => one !== 'XQ1').map(place))

const team = within({ id: item, kind: maybe(oneOf(teamKinds)) })
const business = within({
  company: maybe(item),
  kind: oneOf(['practice', 'company', 'fund', 'widely-held']),
  role: maybe(oneOf(['stake', 'partner', 'paid'])),
  sharePercent: maybe(oneOf([1, 10, 50])),
})
const post = within({
  orgs: few(code),
  site: fc.oneof(maybe(code), fc.constant('none' as const)),
  kind: maybe(oneOf(postKinds)),
})
const publication = fc
  .record({
    id: item,
    also: few(item, 1),
    kind: oneOf(['paper', 'consortium']),
    on,
    authorCount: maybe(oneOf([2, 40])),
    authors: list(person, 3),
    confirmed: flag,
  })
  .map(({ also, ...paper }) => ({ ...paper, sameWork: [paper.id, ...also] }))
const grant = fc.record({ id: item, holders: list(within({ person: maybe(person) })) })
const committee = within({ id: item, kind: maybe(oneOf(['guideline', 'college-committee', 'fellowship'])) })
const dispute = within({
  with: maybe(oneOf([...PEOPLE, ...CODES, 'requester', 'family'])),
  status: maybe(oneOf(['live', 'closed'])),
})
const related: { [K in keyof Related]: Arbitrary<Related[K]> } = {
  person,
  teams: list(team),
  personalTies: list(tie(personalKinds)),
  managementTies: list(tie(managementKinds)),
  trainingTies: list(tie(trainingKinds)),
  business: list(business),
}
const grade = maybe(oneOf(['consultant', 'professor', 'resident']))
const shared = { ...related, grade, posts: list(post), publications: list(publication), grants: list(grant) }
const treating: Arbitrary<Treating> = fc.record({
  ...shared,
  role: oneOf(['lead', 'treating']),
  org: maybe(code),
  committees: list(committee),
})
const interests: { [K in keyof Interests]: Arbitrary<Interests[K]> } = {
  business: list(business),
  patents: list(within({ product: maybe(item), isInventor: fc.boolean() })),
  trialRoles: list(within({ trial: maybe(item), leads: flag })),
  payments: list(fc.record({ company: maybe(item), pounds: maybe(oneOf([10, 5000])), on })),
  outsideRoles: list(
    within({ linkedTrust: fc.oneof(maybe(code), fc.constant('none' as const)), fundsThisFamily: flag }),
  ),
  recruitment: list(fc.record({ org: maybe(code), with: maybe(person), on })),
}
const companion = fc.option(
  fc.record({ person, isActing: flag, isFamilyMember: flag, personalTies: list(tie(personalKinds)) }),
)
const tfc = oneOf(['421', '321']).map((text) => must(parseTfc, text))

const request: Arbitrary<RequestSide> = fc.record({
  trust: code,
  sites: list(code),
  tfc: maybe(tfc),
  registers: list(oneOf(['neurology', 'cardiology'])),
  centres: maybe(oneOf([2, 9])),
  opinion: maybe(oneOf(['single', 'mdt'])),
  isBlinded: flag,
  firstOpinionBy: maybe(person),
  instructedOn: maybe(date),
  question: maybe(
    fc.record({ kind: maybe(oneOf(['treatment-choice', 'transfer', 'elective-surgery'])), wouldReceive: list(code) }),
  ),
  products: list(fc.record({ id: item, maker: maybe(item), isContested: flag })),
  trials: list(fc.record({ id: item, childCouldEnter: flag })),
  earlierOpinions: list(fc.record({ by: maybe(person) })),
  treating: fc.array(treating, { maxLength: 2 }),
  requester: fc.record({
    discussed: said,
    discussedFor: maybe(oneOf(['urgency-triage', 'opinion'])),
    treatedChild: said,
    disputes: list(dispute),
    applicants: list(fc.record({ person: maybe(person), on })),
  }),
  lettersNaming: list(person),
  spokeInPublic: list(person),
  family: fc.record({
    members: few(person, 1),
    ties: list(tie(personalKinds)),
    view: maybe(oneOf(['agrees', 'no-objection', 'objects', 'not-asked'])),
    objectsTo: list(oneOf([...PEOPLE, ...CODES])),
    lossOfConfidenceIn: list(person),
  }),
  staff: list(fc.record({ ...related, role: fc.constant('broker'), isActing: flag, treatedThisChild: said })),
  advocate: companion,
  interpreter: companion,
  overrides: list(
    fc.record({
      rule: fc.constant('C06'),
      by: maybe(fc.constant('a lead')),
      role: fc.constant('network-clinical-lead'),
      reason: fc.constant('no time'),
      on: maybe(date),
    }),
    1,
  ),
  exhaustion: fc.constant(null),
})

const statement: Arbitrary<Statement> = fc.record({
  answer: oneOf(['yes', 'no', 'unsure', 'yes-lighter', 'unasked']),
  about: maybe(person),
})
const signed = fc.oneof(maybe(date), fc.constant('unsigned' as const))
const candidate: Arbitrary<CandidateSide> = fc.record({
  ...shared,
  ...interests,
  committees: list(committee),
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('person' as const) },
    { weight: 1, arbitrary: fc.constant('mdt' as const) },
  ),
  role: maybe(oneOf(['sole', 'mdt-contributor', 'factual-input'])),
  isAlso: few(person, 1),
  registration: maybe(
    fc.record({
      body: maybe(oneOf(['GMC', 'IMC'])),
      country: maybe(oneOf(['uk', 'ireland'])),
      isSameName: flag,
      status: maybe(oneOf(['registered', 'suspended'])),
      hasLicence: flag,
      conditions: list(within({ affectsScope: flag })),
      hasInterimOrder: flag,
      warnings: list(period),
      checkedOn: maybe(date),
    }),
  ),
  specialistRegister: list(oneOf(['neurology', 'cardiology'])),
  practice: list(fc.record({ tfc, lastOn: fc.oneof(on, fc.constant('ongoing' as const)) })),
  indemnity: maybe(
    fc.record({
      route: maybe(oneOf(['employer', 'own', 'none'])),
      validTo: fc.oneof(on, fc.constant('ongoing' as const)),
      employerView: maybe(oneOf(['permits', 'objects', 'not-needed'])),
    }),
  ),
  capacity: maybe(fc.record({ open: maybe(oneOf([0, 3])), cap: maybe(oneOf([1, 4])) })),
  postsConfirmedOn: maybe(date),
  sitesWorked: list(within({ site: code })),
  associates: list(fc.record({ ...interests, isClose: flag })),
  advocacy: list(fc.record({ product: maybe(item), strength: maybe(oneOf(['strong', 'balanced'])) })),
  expertWitness: list(
    fc.record({
      matter: maybe(oneOf(['this-case', 'other'])),
      against: fc.oneof(maybe(code), fc.constant('none' as const)),
      isLikely: fc.boolean(),
      on,
    }),
  ),
  publicStatements: list(fc.record({ about: maybe(oneOf(['this-case', 'other-case', 'topic'])) })),
  disputes: list(dispute),
  caseContact: list(
    fc.record({
      kind: maybe(oneOf(['treated', 'informal-advice', 'formal-opinion', 'mdt-attendance', 'unsure'])),
      child: maybe(oneOf(['this', 'other'])),
    }),
  ),
  discussed: maybe(
    fc.record({ answer: said, with: maybe(person), purpose: maybe(oneOf(['urgency-triage', 'opinion'])) }),
  ),
  paidBy: list(oneOf(['party', 'neutral', 'unknown'])),
  standingDeclaration: signed,
  caseDeclaration: signed,
  opening: maybe(fc.record({ C05: said, C12: said, C13: said })),
  said: fc.dictionary(oneOf(['C05', 'C07', 'C08', 'C12', 'C14', 'C18', 'C23', 'C24', 'C31']), few(statement), {
    maxKeys: 3,
  }),
  pack: maybe(
    fc.record({
      firstOpinionOpenedAt: maybe(oneOf(['2026-06-01', '2026-06-03'])),
      ownViewAt: maybe(fc.constant('2026-06-02')),
    }),
  ),
  members: maybe(
    few(
      fc.record({
        person,
        isChair: flag,
        isConflicted: flag,
        personalTies: list(tie(personalKinds)),
        teams: list(team),
      }),
      3,
    ),
  ),
})

const history = maybe(
  fc.array(
    fc.record({
      id: fc.integer({ min: 1, max: 12 }).map(String),
      on,
      opinionBy: maybe(oneOf(['T1', 'C1', 'C2'])),
      opinionUnit: maybe(oneOf(['XA1', 'XB1', 'i1'])),
      requestedBy: maybe(oneOf(['T1', 'T2', 'C1'])),
      requestingUnit: maybe(oneOf(['XA1', 'XB1', 'i1'])),
      requestingOrg: maybe(oneOf(['XA1', 'XA0', 'XQ1'])),
    }),
    { maxLength: 16 },
  ),
)
const urgency = maybe(oneOf(['U0', 'U1', 'U2', 'U3']))

const batches: Arbitrary<ToAssessMany & { readonly places: readonly Place[] }> = fc
  .record({
    stage: oneOf(stages),
    places,
    shared: history,
    requests: fc.array(fc.record({ request, urgency, own: fc.option(history, { freq: 3, nil: 'shared' as const }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    candidates: fc.array(candidate, { minLength: 1, maxLength: 4 }),
  })
  .map(({ requests, shared: all, ...batch }) => ({
    ...batch,
    organisations: placesOf(batch.places),
    asOf: today,
    rules,
    requests: requests.map(({ own, ...one }) => ({ ...one, history: own === 'shared' ? all : own })),
  }))

/** Findings as a set: said once, in no order. */
const asSet = (findings: readonly Finding[]) => [...new Set(findings.map((one) => JSON.stringify(one)))].toSorted()

const oneByOne = ({ requests, candidates, ...batch }: ToAssessMany): readonly Pair[] =>
  requests.flatMap((asked) => candidates.map((candidate) => ({ ...asked, ...batch, candidate })))

describe('weighing many candidates for many requests', () => {
  test('finds on every pair what weighing them one by one finds, whatever is known', () => {
    fc.assert(
      fc.property(batches, (batch) => {
        const many = assessMany(batch)
        oneByOne(batch).forEach((pair, index) => {
          const { findings, verdict } = assess({ ...batch, pair, policyVersion: 'invented' })
          expect(asSet(many.inWords(index))).toEqual(asSet(findings))
          expect(many.verdictOf(index)).toBe(verdict)
        })
      }),
      runs(300),
    )
  })
})

/** Every list within, in the other order. */
const turned = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map((one: unknown) => turned(one)).toReversed() as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, turned<unknown>(one)])) as T
}

describe('weighing a pair', () => {
  test('says the same to the letter in whatever order its facts come', () => {
    fc.assert(
      fc.property(batches, ({ places: known, ...batch }) => {
        for (const { request, candidate, urgency, history } of oneByOne(batch)) {
          const organisations = placesOf(turned(known))
          const other = { ...turned({ request, candidate, history }), urgency, asOf: today, organisations }
          const pair = { request, candidate, history, urgency, asOf: today, organisations: batch.organisations }
          const weighed = { ...batch, policyVersion: 'invented' }
          expect(assess({ ...weighed, pair: other })).toEqual(assess({ ...weighed, pair }))
        }
      }),
      runs(100),
    )
  })
})
