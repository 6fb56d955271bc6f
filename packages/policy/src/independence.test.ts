import { mayOffer } from '@concord/domain/independence/may-offer'
import type { Pair, RequestSide } from '@concord/domain/independence/pair'
import { passes, type Stage, stages, type VerdictKind } from '@concord/domain/independence/verdict'
import { addDays } from '@concord/domain/time'
import { day, org, today } from '@concord/testkit/facts'
import {
  aBroker,
  always,
  aPair,
  aTreating,
  conflicts,
  type FactPath,
  factsOf,
  heldAt,
  judging,
  knownPairs,
  type PairOver,
  pairs,
  renamed,
  turned,
  withOneMore,
  without,
} from '@concord/testkit/pairs'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rules } from './rules.ts'

const judged = judging(rules)
const mildFirst: readonly VerdictKind[] = ['clear', 'note', 'manage', 'undetermined', 'barred']
const weight = (verdict: VerdictKind) => mildFirst.indexOf(verdict)
const places = { openCases: 0, cap: 2 }
const written = (path: FactPath) => path.join('.')

/** What only the clinician, the requester or the family can say, before anybody has asked them. */
const unasked: PairOver = {
  request: {
    requester: { discussed: null, treatedChild: null, disputes: null, applicants: null },
    lettersNaming: null,
    spokeInPublic: null,
    family: { ties: null },
    earlierOpinions: null,
    question: null,
  },
  candidate: {
    teams: null,
    personalTies: null,
    managementTies: null,
    trainingTies: null,
    business: null,
    patents: null,
    trialRoles: null,
    payments: null,
    outsideRoles: null,
    recruitment: null,
    associates: null,
    publications: null,
    grants: null,
    committees: null,
    advocacy: null,
    expertWitness: null,
    publicStatements: null,
    disputes: null,
    caseContact: null,
    discussed: null,
    paidBy: null,
    caseDeclaration: null,
    opening: null,
    pack: null,
  },
}
// Nobody acts in the request yet: then their own ties are not in question (C32 to C34).
const committees = [{ id: 'a-college', kind: 'guideline', ...always }]
const entry = aPair({ ...unasked, request: { ...unasked.request, staff: [], treating: [aTreating({ committees })] } })

/** What the register itself must know before an offer: of each of these, any part. */
const known =
  /^candidate\.(grade|registration|specialistRegister|practice|indemnity|capacity|posts|postsConfirmedOn|sitesWorked|standingDeclaration)(\.|$)|^request\.(sites|tfc|registers|treating\.0\.org|family\.objectsTo|family\.lossOfConfidenceIn)$/
// Parts that another known fact settles: of a post at a trust far away neither the days nor the ward matter, and of a check the name.
const settledOtherwise = /^candidate\.(posts\.0\.(site|from|to)|sitesWorked\.0\.(from|to)|registration\.isSameName)$/
const entryFacts = factsOf(entry)
const offerFacts = entryFacts.filter((path) => known.test(written(path)) && !settledOtherwise.test(written(path)))
const otherFacts = entryFacts.filter((path) => !offerFacts.includes(path))

describe('a stranger with a complete entry', () => {
  test('is offerable, with the list of what is still to ask', () => {
    const assessment = judged(entry, 'offer')
    expect(assessment).toMatchObject({ verdict: 'clear', findings: [], policyVersion: 'test' })
    expect(mayOffer(assessment, places)).toEqual({ kind: 'offerable' })
    const asked = (by: Stage) => [...new Set(assessment.toAsk.filter((one) => one.by === by).map(({ rule }) => rule))]
    const between = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => `C${from + at}`)
    expect(asked('acceptance')).toEqual([
      'C05',
      'C06',
      'C07',
      'C08',
      'C10',
      ...between(12, 24),
      ...between(27, 31),
      'C35',
    ])
    expect(asked('opening')).toEqual(['C05', 'C12', 'C13'])
    expect(asked('report')).toEqual(['C40'])
  })

  test.each(offerFacts.map((path) => [written(path), path] as const))('is undetermined without %s', (_, path) => {
    const assessment = judged(without(entry, path), 'offer')
    expect(assessment.verdict).toBe('undetermined')
    expect(mayOffer(assessment, places).kind).toBe('excluded')
    for (const { sentence } of assessment.findings) expect(sentence).toMatch(/^It is not yet known: /)
  })

  test('is undetermined without each of so many facts that no list of them can be lost unseen', () => {
    expect(offerFacts.length).toBeGreaterThanOrEqual(30)
  })

  test.each(otherFacts.map((path) => [written(path), path] as const))('is offerable without %s', (_, path) => {
    expect(passes(judged(without(entry, path), 'offer'))).toBe(true)
  })

  test.each(['acceptance', 'opening', 'report'] as const)('is undetermined at %s, as nobody has asked', (stage) => {
    expect(judged(entry, stage).verdict).toBe('undetermined')
  })

  test.each(stages)('of whom everything is asked is clear at %s, with nothing left to ask', (stage) => {
    expect(judged(aPair(), stage)).toMatchObject({ verdict: 'clear', findings: [], toAsk: [] })
  })

  test('who is full is not offered, and no less independent', () => {
    const assessment = judged(aPair({ candidate: { capacity: { open: 2, cap: 2 } } }), 'offer')
    expect(assessment.verdict).toBe('clear')
    expect(mayOffer(assessment, { openCases: 2, cap: 2 })).toEqual({ kind: 'full' })
  })
})

/**
 * The nulls that the rules say are silent. Not having been asked about one name is no hindrance (C43, `family.view`); without
 * derived data C09, C25 and C26 say nothing (`history`, and the regions and networks of organisations); C32 and C33 speak when
 * somebody acts, and where nobody is named nobody does; no rule asks for the name on the register, only against another; and
 * what was not opened, or has no purpose said, is written as null.
 */
const ruledSilent =
  /^request\.(family\.view|staff|advocate|interpreter|overrides|firstOpinionBy|centres)$|^candidate\.(registration\.isSameName|pack\.firstOpinionOpenedAt)$/
/** Read so by the engine and not said by the rules: the list of sites speaks for a post's ward, and a work's ids for its authors. */
const readSilent = /^candidate\.(posts\.\d+\.site|publications\.\d+\.authors)$/
const isSilent = (path: FactPath) => ruledSilent.test(written(path)) || readSilent.test(written(path))

describe('an assessment', () => {
  test('never grows milder by another conflict', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...conflicts), fc.constantFrom(...stages), (pair, conflict, stage) => {
        const [before, after] = [judged(pair, stage), judged(withOneMore(pair, conflict), stage)]
        expect(weight(after.verdict)).toBeGreaterThanOrEqual(weight(before.verdict))
      }),
      runs(500),
    )
  })

  test('never becomes clear, nor passable, by a fact taken away', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), fc.constantFrom(...stages), (pair, which, stage) => {
        const facts = factsOf(pair).filter((path) => !isSilent(path))
        const path = facts[which % facts.length]
        if (!path) return
        const [before, after] = [judged(pair, stage), judged(without(pair, path), stage)]
        // Before its stage a question is to ask, and what was found by it is open again: only what is due can hinder.
        if (stage === 'report' && before.verdict !== 'clear') expect(after.verdict, written(path)).not.toBe('clear')
        if (stage === 'report' && !passes(before)) expect(passes(after), written(path)).toBe(false)
        const isClearer = weight(after.verdict) < weight(before.verdict)
        if (isClearer && stage !== 'report')
          expect(after.toAsk.length + after.findings.length, written(path)).toBeGreaterThan(0)
      }),
      runs(1000),
    )
  })

  test.each(
    conflicts.map((conflict) => [`${written(conflict.at)}: ${JSON.stringify(conflict.one)}`, conflict] as const),
  )('is no clearer for not knowing any part of %s', (_, conflict) => {
    const shared = [{ id: 'a-college', kind: 'guideline', ...always }]
    const pair = withOneMore(aPair({ request: { treating: [aTreating({ committees: shared })] } }), conflict)
    const { verdict, findings } = judged(pair)
    const parts = factsOf(pair).filter((path) => written(path).startsWith(written(conflict.at)) && !isSilent(path))
    for (const path of parts) {
      const after = judged(without(pair, path))
      if (verdict !== 'clear') expect(after.verdict, written(path)).not.toBe('clear')
      if (findings.some(({ severity }) => severity === 'BAR')) expect(passes(after), written(path)).toBe(false)
    }
  })

  test('without derived data of regions, networks or history says nothing of them', () => {
    const there: PairOver = { candidate: { posts: [heldAt('XN1')] } }
    expect(judged(aPair(there)).verdict).toBe('note')
    for (const given of [{ history: null }, { request: { family: { view: null } } }])
      expect(judged(aPair(given)).verdict).toBe('clear')
  })

  test('is the same whatever the people are called', () => {
    const names = { candidate: 'clinician-0', T1: 'Z9', T2: 'A1', 'parent-1': 'guardian-1', broker: 'B', X9: 'Y' }
    fc.assert(
      fc.property(pairs, fc.constantFrom(...stages), (pair, stage) => {
        const plain = ({ verdict, findings, toAsk }: ReturnType<typeof judged>) => ({
          verdict,
          findings: findings
            .map(({ rule, severity, stage: by, confidence }) => `${rule} ${severity} ${by} ${confidence}`)
            .toSorted(),
          toAsk: toAsk.map(({ rule, by }) => `${rule} ${by}`).toSorted(),
        })
        expect(plain(judged(renamed(pair, names), stage))).toEqual(plain(judged(pair, stage)))
      }),
      runs(300),
    )
  })

  test('is the same to the letter in whatever order rules, facts and people come', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...stages), (pair, stage) => {
        expect(JSON.stringify(judging(rules.toReversed())(turned(pair), stage))).toBe(
          JSON.stringify(judged(pair, stage)),
        )
      }),
      runs(300),
    )
  })

  test('is the same each time, and changes nothing it was given', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const before = JSON.stringify(pair)
        expect(JSON.stringify(judged(pair))).toBe(JSON.stringify(judged(pair)))
        expect(JSON.stringify(pair)).toBe(before)
      }),
    )
  })

  test('says what any stage says at each later one: nobody barred or undetermined at a stage passes it or the next', () => {
    fc.assert(
      fc.property(pairs, (pair) => {
        const all = stages.map((stage) => judged(pair, stage))
        all.forEach((assessment, at) => {
          const blocks = assessment.findings.some(({ severity }) => severity === 'BAR' || severity === 'UNKNOWN')
          expect(passes(assessment)).toBe(!blocks)
          expect(mayOffer(assessment, places).kind).toBe(blocks ? 'excluded' : 'offerable')
          for (const later of all.slice(at))
            expect(weight(later.verdict)).toBeGreaterThanOrEqual(weight(assessment.verdict))
        })
      }),
      runs(300),
    )
  })

  test('of pairs of which everything is known leaves nothing open', () => {
    fc.assert(
      fc.property(knownPairs, (pair) => {
        const open = judged(pair).findings.filter(({ severity }) => severity === 'UNKNOWN')
        // An entry that is out of date is the one thing that leaves a known fact open.
        for (const { rule } of open) expect(['C01', 'C36']).toContain(rule)
      }),
    )
  })
})

type Shared = Pick<
  Partial<RequestSide['treating'][number]>,
  'teams' | 'business' | 'committees' | 'grants' | 'personalTies' | 'managementTies'
>
/** The one side knows the other as `candidate`, the other the one as `T1`, whichever of them is asked. */
const between = (mine: Shared, theirs: Shared, [me, them] = ['candidate', 'T1']): Pair =>
  aPair({
    request: { firstOpinionBy: them, treating: [aTreating({ person: them, teams: [], ...theirs })] },
    candidate: { person: me, teams: [], ...mine },
  })
const swapped = (mine: Shared, theirs: Shared): Pair => between(theirs, mine, ['T1', 'candidate'])

const period = fc
  .tuple(fc.integer({ min: -1600, max: 30 }), fc.integer({ min: 0, max: 1600 }), fc.boolean())
  .map(([from, length, isOngoing]) => ({
    from: addDays(today, from),
    to: isOngoing ? ('ongoing' as const) : addDays(today, from + length),
  }))
const management = {
  manages: 'managed-by',
  employs: 'employed-by',
  appraises: 'appraised-by',
  'responsible-officer-of': 'has-as-responsible-officer',
} as const

describe('a rule that looks at both sides alike', () => {
  const swaps = (rule: string, sides: fc.Arbitrary<readonly [Shared, Shared]>) =>
    test(`finds the same when they are swapped (${rule})`, () => {
      const found: string[] = []
      fc.assert(
        fc.property(sides, ([one, other]) => {
          const weights = (pair: Pair) =>
            judged(pair)
              .findings.filter((finding) => finding.rule === rule)
              .map(({ severity }) => severity)
          const there = weights(between(one, other))
          found.push(...there)
          expect(weights(swapped(one, other))).toEqual(there)
        }),
        runs(200),
      )
      expect(found.length).toBeGreaterThan(0)
    })

  swaps(
    'C07',
    fc.tuple(fc.constantFrom('manages', 'appraised-by', 'unsure'), period, fc.boolean()).map(([kind, when, isMine]) => {
      const mine = { managementTies: [{ with: 'T1', kind, ...when }] }
      const theirs = { managementTies: [{ with: 'candidate', kind, ...when }] }
      return isMine ? [mine, {}] : [{}, theirs]
    }),
  )
  swaps(
    'C12',
    fc
      .tuple(fc.constantFrom('relative', 'close-friend', 'unsure'), period)
      .map(([kind, when]) => [{ personalTies: [{ with: 'T1', kind, ...when }] }, {}]),
  )
  swaps(
    'C08',
    fc
      .tuple(period, period, fc.constantFrom('mdt', 'rota', 'forum'))
      .map(([a, b, kind]) => [{ teams: [{ id: 'one', kind, ...a }] }, { teams: [{ id: 'one', kind, ...b }] }]),
  )
  swaps(
    'C14',
    fc
      .tuple(
        period,
        period,
        fc.constantFrom('practice', 'company', 'fund'),
        fc.constantFrom('partner', 'stake', 'paid'),
      )
      .map(([a, b, kind, role]) => [
        { business: [{ company: 'CO9', kind, role, sharePercent: 20, ...a }] },
        { business: [{ company: 'CO9', kind, role: 'partner', sharePercent: 20, ...b }] },
      ]),
  )
  swaps(
    'C23',
    fc.tuple(period, period, fc.boolean()).map(([a, b, isMine]) => {
      const grants = [
        {
          id: 'G1',
          holders: [
            { person: 'candidate', ...a },
            { person: 'T1', ...b },
          ],
        },
      ]
      return isMine ? [{ grants }, { grants: [] }] : [{ grants: [] }, { grants }]
    }),
  )
  swaps(
    'C24',
    fc
      .tuple(period, period, fc.constantFrom('guideline', 'fellowship'))
      .map(([a, b, kind]) => [
        { committees: [{ id: 'one', kind, ...a }] },
        { committees: [{ id: 'one', kind, ...b }] },
      ]),
  )
})

describe('a tie between two people', () => {
  const said = (mine: Shared, theirs: Shared, rule: string) =>
    judged(between(mine, theirs))
      .findings.filter((finding) => finding.rule === rule)
      .map(({ severity }) => severity)

  test('weighs the same whichever of the two says so (C07)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(management)), period, ([kind, inverse], when) => {
        const mine = said({ managementTies: [{ with: 'T1', kind: kind as 'manages', ...when }] }, {}, 'C07')
        expect(said({}, { managementTies: [{ with: 'candidate', kind: inverse, ...when }] }, 'C07')).toEqual(mine)
      }),
    )
  })

  test('weighs the same whichever of the two says so (C12)', () => {
    const kinds = ['partner', 'former-partner', 'relative', 'close-friend', 'acquaintance', 'unsure'] as const
    fc.assert(
      fc.property(fc.constantFrom(...kinds), period, (kind, when) => {
        const mine = said({ personalTies: [{ with: 'T1', kind, ...when }] }, {}, 'C12')
        expect(said({}, { personalTies: [{ with: 'candidate', kind, ...when }] }, 'C12')).toEqual(mine)
      }),
    )
  })
})

describe('who acts in a request', () => {
  test('weighs from when they act, at whatever stage', () => {
    const staff = [aBroker({ personalTies: [{ with: 'candidate', kind: 'relative', ...always }] })]
    for (const stage of stages) expect(judged(aPair({ request: { staff } }), stage).verdict).toBe('barred')
    expect(judged(aPair({ request: { staff: null } })).verdict).toBe('clear')
  })

  test('sharing a trust, a past employer or a network with the clinician is not enough', () => {
    const candidate = { posts: [heldAt('XC1', { site: org('XC101'), from: day('2010-01-01') })] }
    expect(judged(aPair({ candidate, request: { staff: [aBroker()] } })).verdict).toBe('clear')
  })
})
