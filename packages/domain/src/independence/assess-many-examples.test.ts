import { rules } from '@concord/policy/rules'
import { day, org, today } from '@concord/testkit/facts'
import { aBroker, always, aPair, aTreating, heldAt, type PairOver } from '@concord/testkit/pairs'
import { describe, expect, test } from 'vitest'
import { assess } from './assess.ts'
import { assessMany } from './assess-many.ts'
import type { CandidateSide, Companion, EarlierOpinion, Pair, Treating } from './pair.ts'
import type { Finding } from './verdict.ts'

type Asking = Pick<Pair, 'request' | 'urgency' | 'history'>

const asking = (request: NonNullable<PairOver['request']>, over: Partial<Asking> = {}): Asking => {
  const { request: whole, urgency, history } = aPair({ request })
  return { request: whole, urgency, history, ...over }
}
const treatedBy = (over: Partial<Treating>) => asking({ treating: [aTreating(over)] })
const candidate = (over: NonNullable<PairOver['candidate']>): CandidateSide => aPair({ candidate: over }).candidate

const tie = <const K extends string>(who: string | null, kind: K) => [{ with: who, kind, ...always }]
const stake = (company: string | null) =>
  [{ company, kind: 'company', role: 'stake', sharePercent: 20, ...always }] as const
const team = (id: string) => [{ id, kind: 'mdt', ...always }] as const
const seat = (id: string) => [{ id, kind: 'guideline', ...always }]
const paper = (id: string, authors: readonly string[] | null, sameWork = [id]) => [
  { id, sameWork, kind: 'paper', on: today, authorCount: 3, authors, confirmed: true } as const,
]
const grant = (id: string, ...people: readonly string[]) => [
  { id, holders: people.map((person) => ({ person, ...always })) },
]
const companion = (over: Partial<Companion> = {}): Companion => ({
  person: 'helper',
  isActing: true,
  isFamilyMember: false,
  personalTies: [],
  ...over,
})
const opinions = (many: number, over: Partial<EarlierOpinion>): readonly EarlierOpinion[] =>
  Array.from({ length: many }, (_, at) => ({
    id: `${JSON.stringify(over)} ${at}`,
    on: today,
    opinionBy: 'X9',
    opinionUnit: null,
    requestedBy: 'X8',
    requestingUnit: null,
    requestingOrg: org('XA1'),
    ...over,
  }))
const option = (id: string, maker: string | null) => [{ id, maker, isContested: true }]

// First one with whom nobody here has to do, so that whatever is found of a later one is found of that one alone.
const requests: readonly Asking[] = [
  asking({
    trust: org('XC9'),
    sites: [],
    firstOpinionBy: null,
    products: [],
    trials: [],
    treating: [aTreating({ person: 'T0', org: org('XC9'), posts: [], teams: [], grade: 'resident' })],
    family: { members: [] },
    staff: [],
  }),
  asking({}),
  asking({ trust: org('XB1'), sites: [org('XB101')] }),
  asking({ trust: org('XG1'), treating: [aTreating({ org: org('XG1'), posts: [heldAt('XB1')] })] }),
  asking({ trust: org('XZ1') }),
  asking({ sites: null }),
  asking({ centres: null, tfc: null }),
  asking({ registers: ['dermatology'], isBlinded: false, instructedOn: today }),
  asking({ isBlinded: null, registers: null, instructedOn: null }),
  treatedBy({ org: null, posts: [] }),
  treatedBy({ posts: [heldAt('XB1', { to: null })] }),
  treatedBy({ grade: null }),
  treatedBy({ person: 'T2', role: 'treating', teams: team('team-x') }),
  treatedBy({ managementTies: tie('candidate', 'manages') }),
  treatedBy({ managementTies: tie(null, 'manages') }),
  treatedBy({ trainingTies: tie('candidate', 'trainer-of') }),
  treatedBy({ personalTies: tie('candidate', 'relative') }),
  treatedBy({ personalTies: tie('helper', 'relative') }),
  treatedBy({ personalTies: tie(null, 'relative') }),
  treatedBy({ business: stake('CO9') }),
  treatedBy({ committees: seat('guideline-x') }),
  treatedBy({ publications: paper('W1', ['candidate', 'T1']) }),
  treatedBy({ publications: paper('W2', null, ['W2', 'W3']) }),
  treatedBy({ grants: grant('G1', 'candidate', 'T1') }),
  treatedBy({ grants: grant('G2', 'T1') }),
  asking({ requester: { treatedChild: 'yes' } }),
  asking({ firstOpinionBy: 'candidate' }),
  asking({ earlierOpinions: [{ by: 'candidate' }, { by: 'X1' }] }),
  asking({ lettersNaming: ['candidate'] }),
  asking({ requester: { discussed: 'yes' } }, { urgency: 'U0' }),
  asking({ requester: { disputes: [{ with: 'candidate', status: 'live', ...always }] } }),
  asking({ requester: { disputes: [{ with: null, status: 'live', ...always }] } }),
  asking({ requester: { applicants: [{ person: 'candidate', on: today }] } }),
  asking({ spokeInPublic: ['candidate'] }),
  asking({ family: { members: ['parent-9'] } }),
  asking({ family: { ties: tie('candidate', 'god-parent') } }),
  asking({ family: { ties: tie(null, 'god-parent') } }),
  asking({ family: { view: 'objects' } }),
  asking({ family: { objectsTo: ['candidate'] } }),
  asking({ family: { objectsTo: null } }),
  asking({ family: { lossOfConfidenceIn: [org('XB1')] } }),
  asking({ family: { lossOfConfidenceIn: ['other-name'] } }),
  asking({ products: option('P2', 'CO2') }),
  asking({ products: option('P3', null) }),
  asking({ trials: [{ id: 'TR2', childCouldEnter: true }] }),
  asking({ question: { kind: 'transfer', wouldReceive: [org('XC1')] } }),
  asking({ staff: [aBroker({ treatedThisChild: 'yes' })] }),
  asking({ staff: [aBroker({ personalTies: tie('parent-1', 'neighbour') })] }),
  asking({ staff: [aBroker({ personalTies: tie('candidate', 'relative') })] }),
  asking({ staff: [aBroker({ personalTies: null, managementTies: null, trainingTies: null, teams: null })] }),
  asking({ staff: [aBroker({ managementTies: tie('candidate', 'manages') })] }),
  asking({ staff: [aBroker({ trainingTies: tie('candidate', 'trainer-of') })] }),
  asking({ staff: [aBroker({ teams: team('team-x'), business: stake('CO9') })] }),
  asking({ staff: [aBroker({ isActing: false, teams: team('team-x') })] }),
  asking({ advocate: companion({ personalTies: tie('candidate', 'relative') }) }),
  asking({ advocate: companion({ personalTies: tie('T1', 'relative') }) }),
  asking({ advocate: companion({ personalTies: null }) }),
  asking({ advocate: companion({ isActing: false, personalTies: null }) }),
  asking({ interpreter: companion({ isFamilyMember: true }) }),
  asking({ interpreter: companion({ personalTies: tie(null, 'relative') }) }),
  asking({}, { history: opinions(3, { opinionBy: 'candidate', requestedBy: 'T1' }) }),
  asking({}, { history: opinions(3, { opinionUnit: 'XC1', requestingUnit: 'XA1' }) }),
  asking({}, { history: opinions(3, { opinionUnit: 'team-x', requestingUnit: 'team-a' }) }),
  asking({}, { history: opinions(5, { opinionBy: 'candidate', requestedBy: null }) }),
]

const trial = (name: string | null) => [{ trial: name, leads: true, ...always }]
const patent = (product: string | null) => [{ product, isInventor: true, ...always }]
const paid = (company: string | null) => [{ company, pounds: 5000, on: today }]
const seatAt = (code: string) => [{ linkedTrust: org(code), fundsThisFamily: false, ...always }]
const applied = (code: string | null, who: string | null = null) => [
  { org: code === null ? null : org(code), with: who, on: today },
]
const associate = (over: object) => [
  {
    isClose: true,
    business: [],
    patents: [],
    trialRoles: [],
    payments: [],
    outsideRoles: [],
    recruitment: [],
    ...over,
  },
]
const witness = (against: string) => [{ matter: 'other', against: org(against), isLikely: true, on: today }] as const
const inDispute = (other: string | null) => [{ with: other, status: 'live', ...always }] as const

const candidates: readonly CandidateSide[] = [
  candidate({}),
  ...['XA1', 'XA0', 'XB1', 'XG1', 'XM1', 'XN1', 'XW1', 'XZ1'].map((code) => candidate({ posts: [heldAt(code)] })),
  candidate({ posts: [heldAt('XB1', { to: day('2024-01-01'), from: day('2010-01-01') })] }),
  candidate({ posts: [heldAt('XG1', { to: day('2024-01-01'), from: day('2010-01-01') })] }),
  candidate({ posts: [heldAt('XU1', { site: org('XB101') })] }),
  candidate({ posts: [heldAt('XA1', { orgs: [], site: org('XA101') })] }),
  candidate({ posts: null, sitesWorked: null }),
  candidate({ sitesWorked: [{ site: org('XB101'), ...always }] }),
  candidate({ isAlso: ['T1', 'other-name'] }),
  candidate({ grade: 'resident', specialistRegister: ['dermatology'] }),
  candidate({ discussed: { answer: 'yes', with: 'T1', purpose: 'opinion' } }),
  candidate({ managementTies: tie('T2', 'manages') }),
  candidate({ managementTies: tie('broker', 'manages') }),
  candidate({ trainingTies: tie('T2', 'trainee-of') }),
  candidate({ trainingTies: tie('broker', 'trainee-of') }),
  candidate({ personalTies: tie('T2', 'relative') }),
  candidate({ personalTies: tie('X1', 'relative') }),
  candidate({ personalTies: tie('parent-9', 'neighbour') }),
  candidate({ personalTies: tie('broker', 'relative') }),
  candidate({ personalTies: tie('helper', 'relative') }),
  candidate({ personalTies: tie(null, 'relative') }),
  candidate({ teams: team('team-x') }),
  candidate({ teams: null }),
  candidate({ business: stake('CO1') }),
  candidate({ business: stake('CO2') }),
  candidate({ business: stake('CO9') }),
  candidate({ business: stake(null) }),
  candidate({ patents: patent('P2') }),
  candidate({ trialRoles: trial('TR2') }),
  candidate({ payments: paid('CO2') }),
  candidate({ outsideRoles: seatAt('XB1') }),
  candidate({ recruitment: applied('XB1') }),
  candidate({ recruitment: applied(null, 'T2') }),
  candidate({ associates: associate({ business: stake('CO2') }) }),
  candidate({ associates: associate({ patents: patent('P2') }) }),
  candidate({ associates: associate({ trialRoles: trial('TR2') }) }),
  candidate({ associates: associate({ payments: paid('CO2') }) }),
  candidate({ associates: associate({ outsideRoles: seatAt('XB1') }) }),
  candidate({ associates: associate({ recruitment: applied('XB1') }) }),
  candidate({ associates: associate({ recruitment: applied(null, 'T2') }) }),
  candidate({ advocacy: [{ product: 'P2', strength: 'strong' }] }),
  candidate({ expertWitness: witness('XB1') }),
  candidate({ disputes: inDispute('XB1') }),
  candidate({ disputes: inDispute('T2') }),
  candidate({ disputes: inDispute('parent-9') }),
  candidate({ committees: seat('guideline-x') }),
  candidate({ publications: paper('W4', ['candidate', 'T2']) }),
  candidate({ publications: paper('W3', null) }),
  candidate({ grants: grant('G3', 'candidate', 'T2') }),
  candidate({ grants: grant('G2', 'candidate') }),
  candidate({ caseDeclaration: day('2026-06-10') }),
  candidate({ pack: { ownViewAt: null } }),
  candidate({
    kind: 'mdt',
    members: ['M1', 'M2', 'M3', 'M4'].map((person, at) => ({
      person,
      isChair: at === 0,
      isConflicted: false,
      personalTies: at === 3 ? tie('T2', 'relative') : [],
      teams: [],
    })),
  }),
]

const asSet = (findings: readonly Finding[]) => [...new Set(findings.map((one) => JSON.stringify(one)))].toSorted()

describe('weighing many candidates for many requests', () => {
  const { asOf, organisations } = aPair()

  test.each(['offer', 'report'] as const)('finds each of these conflicts on its own pair alone, at %s', (stage) => {
    const many = assessMany({ asOf, organisations, rules, stage, requests, candidates })
    const pairs = requests.flatMap((asked) =>
      candidates.map((one) => ({ asOf, organisations, ...asked, candidate: one })),
    )
    pairs.forEach((pair, index) => {
      const { findings, verdict } = assess({ pair, rules, stage, policyVersion: 'invented' })
      expect(asSet(many.inWords(index)), `pair ${index}`).toEqual(asSet(findings))
      expect(many.verdictOf(index)).toBe(verdict)
    })
  })
})
