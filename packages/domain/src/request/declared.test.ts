import { aDeclaration, gmc, noTies, openingAnswers } from '@concord/testkit/facts'
import { aCandidate, aCommand, actorAs, anAssessment, aRef, aRequest, begun } from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseDeclaration } from '../independence/facts.ts'
import type { VerdictKind } from '../independence/verdict.ts'
import { addMinutes } from '../time.ts'
import { decide } from './decide.ts'
import {
  type Answers,
  answersOf,
  changedQuestions,
  declarationOf,
  notSettled,
  openingAnswersOf,
  openingOf,
  questionRules,
  type SaidAnswer,
  type SignedAnswers,
  saysTheSame,
  settlingAnswers,
} from './declared.ts'
import type { RequestEvent } from './events.ts'
import { evolve } from './evolve.ts'
import type { RequestState } from './request.ts'

const consultants = [gmc(901), gmc(902)]
const plain = fc.constantFrom('yes', 'no', 'unsure')
const lighter = fc.constantFrom('yes', 'yes-lighter', 'no', 'unsure')
const someTies = (who: CaseDeclaration['consultants'][number]['gmc']) =>
  fc.record({
    gmc: fc.constant(who),
    ...{ C07: plain, C08: plain, C12: plain },
    C10: fc.constantFrom('no', 'unsure', 'they-taught-me', 'i-taught-them', 'trained-together'),
  })
const { interests } = aDeclaration()
const declarations = fc.record({
  signedAt: fc.constant(begun),
  ...{ C05: plain, C13: plain, C06: fc.constantFrom('yes', 'no', 'unsure', 'urgency-triage') },
  consultants: fc.tuple(...consultants.map(someTies)),
  interests: fc.record(Object.fromEntries(Object.keys(interests).map((rule) => [rule, lighter]))),
}) as fc.Arbitrary<CaseDeclaration> // One answer for each rule, by its keys.

describe('a declaration in codes', () => {
  test('loses no answer, whatever was said', () => {
    fc.assert(
      fc.property(declarations, (one) => {
        expect(declarationOf(answersOf(one, consultants), consultants, begun)).toEqual(one)
      }),
      runs(200),
    )
  })

  test('differs where one answer differs, and nowhere else', () => {
    fc.assert(
      fc.property(declarations, declarations, (one, other) => {
        const [a, b] = [answersOf(one, consultants), answersOf(other, consultants)]
        const isEqual = JSON.stringify(one) === JSON.stringify(other)
        expect(changedQuestions(a, b).length === 0).toBe(isEqual)
        expect(changedQuestions(a, a)).toEqual([])
      }),
      runs(200),
    )
  })

  test('takes a treating consultant who was left out for an open question on each tie, and nobody else’s ties for anything', () => {
    const said = answersOf(
      aDeclaration({ consultants: [noTies({ gmc: gmc(901) }), noTies({ gmc: gmc(77), C07: 'yes' })] }),
      consultants,
    )
    expect(said).toEqual(['C07', 'C08', 'C10', 'C12'].map((rule) => ({ rule, about: gmc(902), answer: 'unsure' })))
  })

  test('keeps each of two answers to one question, and judges by the weightier', () => {
    const twice = aDeclaration({ consultants: [noTies({ C08: 'unsure' }), noTies({ C08: 'yes' })] })
    const said = answersOf(twice, [gmc(901)])
    expect(said).toHaveLength(2)
    expect(declarationOf(said, [gmc(901)], begun).consultants).toEqual([noTies({ C08: 'yes' })])
  })

  test('never takes a word that the question does not know for a no', () => {
    const odd: SaidAnswer = { rule: 'C05', about: null, answer: 'they-taught-me' }
    expect(declarationOf([odd], consultants, begun).C05).toBe('unsure')
  })

  test('of the opening loses no answer either', () => {
    const answers = openingAnswers({ C05: 'unsure', C12: 'yes' })
    expect(openingOf(openingAnswersOf(answers), answers.answeredAt)).toEqual(answers)
  })

  test('of works says the same only if each work is spoken of as before; another work more changes nothing', () => {
    const work = (n: number, said: 'both' | 'not-mine') => ({ with: gmc(901), evidence: String(n), said })
    const of = (...works: readonly ReturnType<typeof work>[]): Answers => ({ said: [], works })
    expect(saysTheSame(of(work(1, 'both')), of(work(1, 'both'), work(2, 'both')))).toBe(true)
    expect(saysTheSame(of(work(1, 'both')), of(work(1, 'not-mine')))).toBe(false)
    expect(saysTheSame(of(work(1, 'both')), of(work(2, 'both')))).toBe(false)
  })
})

describe('a question', () => {
  test.each(questionRules)('on %s is settled by an answer, and never by "unsure"', (rule) => {
    const answers: readonly string[] = settlingAnswers(rule)
    expect(answers).toContain('no')
    expect(answers).not.toContain('unsure')
    expect(answers.length).toBeGreaterThan(1)
  })

  const open = [{ rule: 'C08', about: gmc(901) }] as const
  const how = 'spoke-with-clinician'
  test.each([
    ['without an answer', []],
    [
      'answered twice',
      [
        { ...open[0], answer: 'no', how },
        { ...open[0], answer: 'yes', how },
      ],
    ],
  ] as const)('%s is not settled', (_, settled) => {
    expect(notSettled(open, settled).missing).toEqual(open)
  })

  test.each([
    ['that is not open', { rule: 'C08', about: gmc(902), answer: 'no', how }],
    ['by a word it does not know', { ...open[0], answer: 'they-taught-me', how }],
  ] as const)('%s is not settled', (_, one) => {
    expect(notSettled([], [one]).notAsked).toBe(1)
  })
})

/** What may happen to a declaration, by number: answers of the clinician, and the acts of others. */
type Act =
  | { readonly does: 'answer'; readonly said: readonly SaidAnswer[]; readonly isFull: boolean }
  | { readonly does: 'settle'; readonly as: 'yes' | 'no' }
  | { readonly does: 'decide'; readonly decision: 'first-stands' | 'ask-again' }
  | { readonly does: 'expire' | 'offer' | 'withdraw' | 'decline' }
const ofC05 = fc.constantFrom('yes', 'no', 'unsure')
const ofC17 = fc.constantFrom('yes', 'no', 'unsure')
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('answer' as const),
      said: fc
        .tuple(ofC05, ofC17)
        .map(([C05, C17]) => answersOf(aDeclaration({ C05, interests: { ...interests, C17 } }), [gmc(901)])),
      isFull: fc.nat(9).map((n) => n === 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('settle' as const), as: fc.constantFrom('yes', 'no') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('decide' as const),
      decision: fc.constantFrom('first-stands', 'ask-again'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('offer' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('expire' as const) }) },
  { weight: 1, arbitrary: fc.nat(9).map((n) => ({ does: n === 0 ? ('withdraw' as const) : ('decline' as const) })) },
)

/** A little engine: a yes to C05 bars, one to C17 is to be managed, and what is unsure is undetermined. */
const verdictOf = (said: readonly SaidAnswer[]): VerdictKind => {
  const is = (rule: string, answer: string) => said.some((one) => one.rule === rule && one.answer === answer)
  if (is('C05', 'yes')) return 'barred'
  if (is('C05', 'unsure') || is('C17', 'unsure')) return 'undetermined'
  return is('C17', 'yes') ? 'manage' : 'clear'
}
const weight: Readonly<Record<VerdictKind, number>> = { clear: 0, note: 1, manage: 2, undetermined: 3, barred: 4 }
const clinician = aRef(1)

type Played = {
  readonly sent: readonly (readonly SaidAnswer[])[]
  readonly events: readonly RequestEvent[]
  readonly state: RequestState
}
const play = (some: readonly Act[]): Played => {
  let state: RequestState = aRequest('offered')
  let at = addMinutes(begun, 30)
  const sent: (readonly SaidAnswer[])[] = []
  const events: RequestEvent[] = []
  for (const act of some) {
    at = addMinutes(at, act.does === 'expire' ? 3 * 24 * 60 : 1)
    const [command, role] = commandOf(act, state, at)
    const decision = decide(state, command, { at, actor: actorAs(role), ownTrusts: [] })
    if (decision.kind !== 'decided') continue
    if (act.does === 'answer') sent.push(act.said)
    events.push(...decision.events)
    state = decision.events.reduce<RequestState>(evolve, state)
  }
  return { sent, events, state }
}
const commandOf = (act: Act, state: RequestState, at: typeof begun) => {
  switch (act.does) {
    case 'answer': {
      const answers = { said: act.said, works: [] }
      const given = { clinician, answers, assessment: anAssessment(verdictOf(act.said)) }
      const noPlace = act.isFull ? ({ kind: 'full', cap: 0 } as const) : null
      const isOffered = state.status === 'offered'
      return [
        isOffered ? aCommand('accept', { ...given, noPlace }) : aCommand('answer-again', given),
        'clinician',
      ] as const
    }
    case 'settle': {
      const record = 'declarations' in state ? state.declarations[0] : undefined
      const said = record?.signed.find(({ version }) => version === record.counts)?.said ?? []
      const [first, ...others] = said
        .filter(({ answer }) => answer === 'unsure')
        .map(({ rule, about }) => ({ rule, about, answer: act.as, how: 'clinician-wrote' }) as const)
      const now = said.map((one) => (one.answer === 'unsure' ? { ...one, answer: act.as } : one))
      const settled = first ? ([first, ...others] as const) : aCommand('settle-declaration').settled
      const verdict = verdictOf(now.flatMap(({ answer, ...one }) => (answer === 'no' ? [] : [{ ...one, answer }])))
      return [aCommand('settle-declaration', { settled, assessment: anAssessment(verdict) }), 'coordinator'] as const
    }
    case 'decide':
      return [aCommand('decide-declaration', { decision: act.decision }), 'coordinator'] as const
    case 'offer':
      return [
        aCommand('offer', { candidate: aCandidate(1), replyBy: addMinutes(at, 2 * 24 * 60) }),
        'coordinator',
      ] as const
    case 'expire':
      return [aCommand('expire-offer'), 'system'] as const
    case 'withdraw':
      return [aCommand('withdraw'), 'requester'] as const
    case 'decline':
      return [aCommand('decline'), 'clinician'] as const
  }
}
const signedIn = (events: readonly RequestEvent[]): readonly SignedAnswers[] =>
  events.flatMap((event) => ('signed' in event && event.signed ? [event.signed] : []))

describe('whatever a clinician answers, and whatever becomes of the offer', () => {
  const onEveryWay = (holds: (played: Played) => void) =>
    fc.assert(
      fc.property(fc.array(acts, { minLength: 1, maxLength: 25, size: 'max' }), (some) => holds(play(some))),
      runs(1000),
    )

  test('everything that was signed is in the record, the first first, and each once', () => {
    onEveryWay(({ sent, events }) => {
      const signed = signedIn(events)
      expect(signed.map(({ said }) => said)).toEqual(sent)
      expect(signed.map(({ version }) => version)).toEqual(signed.map((_, n) => n + 1))
    })
  })

  test('the request keeps it too, until it is withdrawn', () => {
    onEveryWay(({ events, state }) => {
      if (state.status === 'withdrawn') return
      const kept = 'declarations' in state ? state.declarations.flatMap(({ signed }) => signed) : []
      expect(kept).toEqual(signedIn(events))
    })
  })

  test('answers that bar lead to no acceptance unless the network has asked again', () => {
    onEveryWay(({ events }) => {
      const accepted = events.findIndex(({ type }) => type === 'offer.accepted')
      const before = accepted < 0 ? [] : events.slice(0, accepted)
      const barred = before.findLastIndex((event) => 'signed' in event && event.signed?.verdict === 'barred')
      const asked = before.findLastIndex(
        (event) => event.type === 'declaration.decided' && event.decision === 'ask-again',
      )
      expect(asked).toBeGreaterThanOrEqual(barred)
    })
  })

  test('what is accepted is no milder than what was signed before, unless the network settled or decided in between', () => {
    onEveryWay(({ events }) => {
      const accepted = events.findIndex(({ type }) => type === 'offer.accepted')
      const [answers] = signedIn(events.slice(accepted, accepted + 1))
      if (accepted < 0 || !answers) return
      const before = events.slice(0, accepted)
      const acted = before.findLastIndex(({ type }) => type === 'declaration.decided' || type === 'declaration.settled')
      const since = signedIn(before.slice(acted + 1))
      for (const one of since) expect(weight[answers.verdict]).toBeGreaterThanOrEqual(weight[one.verdict])
    })
  })

  test('an answer that nobody is sure of never ends in an acceptance that nobody settled', () => {
    onEveryWay(({ events }) => {
      const accepted = events.find((event) => event.type === 'offer.accepted')
      expect(accepted?.signed?.said.filter(({ answer }) => answer === 'unsure') ?? []).toEqual([])
    })
  })
})
