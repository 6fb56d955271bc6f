import { must, parseTfc } from '@concord/domain/ids'
import type { CandidateFacts, RequestFacts } from '@concord/domain/independence/facts'
import { mayOffer } from '@concord/domain/independence/may-offer'
import type { VerdictKind } from '@concord/domain/independence/verdict'
import {
  aConsultant,
  aDeclaration,
  aPost,
  aStranger,
  assessing,
  type Case,
  day,
  gmc,
  noTies,
  openingAnswers,
  org,
} from '@concord/testkit/facts'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rules } from './rules.ts'

const assessed = assessing(rules)
const mildFirst: readonly VerdictKind[] = ['clear', 'note', 'manage', 'undetermined', 'barred']
const weight = (given: Case) => mildFirst.indexOf(assessed(given).verdict)

const registration = aStranger().registration
const indemnity = aStranger().indemnity

/** Each fact of an entry that must be known before an offer, taken away. */
const removals: readonly (readonly [string, Case])[] = [
  ['the grade', { candidate: { grade: null } }],
  ['the specialist register', { candidate: { specialistRegister: null } }],
  ['the practice', { candidate: { practice: null } }],
  ['the posts', { candidate: { posts: null } }],
  ['a post’s site', { candidate: { posts: [aPost({ site: null })] } }],
  ['the registration', { candidate: { registration: null } }],
  ['the indemnity', { candidate: { indemnity: null } }],
  ['how long the indemnity lasts', { candidate: { indemnity: indemnity && { ...indemnity, validTo: null } } }],
  ['the employer’s view', { candidate: { indemnity: indemnity && { ...indemnity, employerView: null } } }],
  ['the standing declaration', { candidate: { standingDeclarationSignedOn: null } }],
  ['the cap', { candidate: { cap: null } }],
  ['whom the family would not want', { request: { unwelcome: null } }],
]

describe('a stranger with a complete entry', () => {
  test('is offerable, with the list of what is still to ask', () => {
    const assessment = assessed()
    expect(assessment).toMatchObject({ verdict: 'clear', findings: [], policyVersion: 'test' })
    expect(mayOffer(assessment, aStranger())).toEqual({ kind: 'offerable' })
    const asked = (by: string) => assessment.toAsk.filter((one) => one.by === by).map(({ rule }) => rule)
    expect(asked('acceptance')).toEqual(['C05', 'C06', 'C07', 'C08', 'C10', 'C12', 'C13', 'C35'])
    expect(asked('opening')).toEqual(['C05', 'C12', 'C13'])
  })

  test.each(removals)('is undetermined without %s', (_, given) => {
    const assessment = assessed(given)
    expect(assessment.verdict).toBe('undetermined')
    expect(mayOffer(assessment, aStranger()).kind).toBe('excluded')
  })

  test('passes acceptance once the declaration is signed, and opening once asked again', () => {
    expect(assessed({ stage: 'acceptance' }).verdict).toBe('undetermined')
    expect(assessed({ stage: 'acceptance', declaration: aDeclaration() }).verdict).toBe('clear')
    expect(assessed({ stage: 'opening', declaration: aDeclaration() }).verdict).toBe('undetermined')
    expect(assessed({ stage: 'opening', declaration: aDeclaration(), opening: openingAnswers() }).verdict).toBe('clear')
  })

  test('who is full is not offered, and no less independent', () => {
    const candidate = { openCases: 2, cap: 2 }
    const assessment = assessed({ candidate })
    expect(assessment.verdict).toBe('note')
    expect(mayOffer(assessment, candidate)).toEqual({ kind: 'full' })
  })
})

// Conflicts and known histories to combine at will; each candidate list grows by what is drawn.
const posts = [
  aPost({ org: org('XA1'), site: 'none' }),
  aPost({ org: org('XA0'), site: 'none', to: day('2025-12-31') }),
  aPost({ kind: 'visiting', site: org('XA101'), from: day('2026-01-01') }),
  aPost({ org: org('XA1'), site: 'none', to: day('2020-01-01') }),
  aPost({ org: org('XB1'), site: org('XB101') }),
  aPost({ kind: 'academic', site: org('XA101'), to: day('2026-01-01') }),
]
const trainingTies = (['trainee-of', 'trainer-of', 'co-trainee'] as const).map((kind) => ({
  with: gmc(901),
  kind,
  from: day('2018-01-01'),
  to: day('2019-01-01'),
}))
const managementTies = [{ with: gmc(901), kind: 'manages', from: day('2018-01-01'), to: 'ongoing' } as const]
const teams = [{ team: 'north-mdt', kind: 'mdt', from: day('2018-01-01'), to: 'ongoing' } as const]

type Lists = Pick<CandidateFacts, 'posts' | 'trainingTies' | 'managementTies' | 'teams'>
const candidates: fc.Arbitrary<Partial<CandidateFacts>> = fc.record({
  posts: fc.subarray(posts).map((some) => [aPost(), ...some]),
  trainingTies: fc.subarray(trainingTies),
  managementTies: fc.subarray(managementTies),
  teams: fc.subarray(teams),
  registration: fc.constantFrom(registration, registration && { ...registration, warning: true }),
  openCases: fc.constantFrom(0, 2),
})
const requests: fc.Arbitrary<Partial<RequestFacts>> = fc.record({
  unwelcome: fc.subarray([gmc(1), gmc(2)]),
  discussedWith: fc.subarray([gmc(1), gmc(2)]),
  treatedBy: fc.subarray([gmc(1), gmc(2)]),
  urgency: fc.constantFrom('U0', 'U2'),
  treating: fc.constantFrom(
    [aConsultant()] as const,
    [aConsultant({ teams }), aConsultant({ gmc: gmc(902), org: org('XB1'), role: 'treating' })] as const,
  ),
})
const declarations = fc
  .record({
    C07: fc.constantFrom('yes', 'no', 'unsure'),
    C10: fc.constantFrom('no', 'they-taught-me', 'i-taught-them', 'unsure'),
  } as const)
  .map((ties) => aDeclaration({ consultants: [noTies(ties), noTies({ gmc: gmc(902) })] }))
const cases: fc.Arbitrary<Case> = fc.record({
  stage: fc.constantFrom('offer', 'acceptance', 'opening'),
  candidate: candidates,
  request: requests,
  declaration: fc.option(declarations, { nil: undefined }),
  opening: fc.option(fc.constant(openingAnswers()), { nil: undefined }),
})

const withList = <K extends keyof Lists>(given: Case, key: K, list: Lists[K]): Case => ({
  ...given,
  candidate: { ...given.candidate, [key]: list },
})

describe('an assessment', () => {
  test('never grows milder by another conflict', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...posts), fc.constantFrom(...trainingTies), (given, post, tie) => {
        expect(weight(withList(given, 'posts', [...(given.candidate?.posts ?? []), post]))).toBeGreaterThanOrEqual(
          weight(given),
        )
        expect(
          weight(withList(given, 'trainingTies', [...(given.candidate?.trainingTies ?? []), tie])),
        ).toBeGreaterThanOrEqual(weight(given))
        expect(weight(withList(given, 'managementTies', managementTies))).toBeGreaterThanOrEqual(weight(given))
        expect(weight({ ...given, request: { ...given.request, unwelcome: [gmc(1)] } })).toBeGreaterThanOrEqual(
          weight(given),
        )
      }),
    )
  })

  test('never becomes clear, nor passable, by a fact taken away', () => {
    const takeAway: readonly ((given: Case) => Case)[] = [
      ...(['posts', 'trainingTies', 'managementTies', 'teams'] as const).map(
        (key) => (given: Case) => withList(given, key, null),
      ),
      ...(['unwelcome', 'discussedWith', 'treatedBy', 'instructedOn'] as const).map(
        (key) =>
          (given: Case): Case => ({ ...given, request: { ...given.request, [key]: null } }),
      ),
      (given) =>
        withList(
          given,
          'posts',
          (given.candidate?.posts ?? []).map((post) => ({ ...post, site: null })),
        ),
      (given) =>
        withList(
          given,
          'posts',
          (given.candidate?.posts ?? []).map((post) => ({ ...post, from: null })),
        ),
      (given) =>
        withList(
          given,
          'posts',
          (given.candidate?.posts ?? []).map((post) => ({ ...post, to: null })),
        ),
      (given) => ({ ...given, candidate: { ...given.candidate, registration: null } }),
      ({ declaration: _, ...given }) => given,
      ({ opening: _, ...given }) => given,
    ]
    const verdict = (given: Case) => assessed({ ...given, stage: 'opening' }).verdict
    const blocks = (kind: VerdictKind) => kind === 'barred' || kind === 'undetermined'
    fc.assert(
      fc.property(cases, fc.constantFrom(...takeAway), (given, without) => {
        const [before, after] = [verdict(given), verdict(without(given))]
        if (before !== 'clear') expect(after).not.toBe('clear')
        if (blocks(before)) expect(blocks(after)).toBe(true)
      }),
      runs(500),
    )
  })

  test('is the same in whatever order rules and facts come', () => {
    const turned = <T>(list: readonly T[] | null | undefined) => list?.toReversed() ?? null
    fc.assert(
      fc.property(cases, (given) => {
        const [first, ...others] = (given.request?.treating ?? [aConsultant()]).toReversed()
        const reordered: Case = {
          ...given,
          candidate: {
            ...given.candidate,
            posts: turned(given.candidate?.posts),
            trainingTies: turned(given.candidate?.trainingTies),
          },
          request: {
            ...given.request,
            treating: [first ?? aConsultant(), ...others],
            unwelcome: turned(given.request?.unwelcome),
          },
        }
        expect(JSON.stringify(assessing(rules.toReversed())(reordered))).toBe(JSON.stringify(assessed(given)))
      }),
    )
  })

  test('is undetermined for a specialty the policy does not know', () => {
    const tfc = must(parseTfc, '999')
    const given = { request: { tfc }, candidate: { practice: [{ tfc, lastPractisedOn: day('2026-06-01') }] } }
    expect(assessed(given).verdict).toBe('undetermined')
  })
})
