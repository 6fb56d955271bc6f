import { day, org, today } from '@concord/testkit/facts'
import { aPair, aTreating, heldAt, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { CandidateSide, Override, RequestSide } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]
type Contact = NonNullable<CandidateSide['caseContact']>[number]

describe('having treated the child or advised on the case', () => {
  const says = weighing(aRule({ id: 'C05', lookBackMonths: null, condition: { kind: 'advised-before' } }))
  const asked = 'whether the clinician ever treated the child or advised on the case'
  const contact = (kind: Contact['kind'], child: Contact['child'] = 'this'): PairOver => ({
    candidate: { caseContact: [{ kind, child }] },
  })
  const found = (request: NonNullable<PairOver['request']>, isAlso: readonly string[] = []): PairOver => ({
    request,
    candidate: { isAlso },
  })

  test.each<Case>([
    ['treated', contact('treated'), ['BAR: treated this child (candidate, case declaration)']],
    ['advised', contact('informal-advice'), ['BAR: advised informally on this case (candidate, case declaration)']],
    [
      'gave an opinion',
      contact('formal-opinion'),
      ['BAR: gave an opinion on this child before (candidate, case declaration)'],
    ],
    ['was at an MDT', contact('mdt-attendance'), ['BAR: was at an MDT about this child (candidate, case declaration)']],
    ['is not sure', contact('unsure'), [`UNKNOWN: ${asked} (candidate, case declaration)`]],
    ['does not say how', contact(null), [`UNKNOWN: ${asked} (candidate, case declaration)`]],
    ['does not say which child', contact('treated', null), [`UNKNOWN: ${asked} (candidate, case declaration)`]],
    ['another child', contact('treated', 'other'), []],
    ['another child, without saying how', contact(null, 'other'), []],
    [
      'nobody asked the clinician',
      { candidate: { caseContact: null } },
      [`UNKNOWN: ${asked} (candidate, case declaration)`],
    ],
    ['the requester says so', found({ requester: { treatedChild: 'yes' } }), [`BAR: ${asked} (requester, request)`]],
    [
      'the requester is not sure',
      found({ requester: { treatedChild: 'unsure' } }),
      [`UNKNOWN: ${asked} (requester, request)`],
    ],
    [
      'nobody asked the requester',
      found({ requester: { treatedChild: null } }),
      [`UNKNOWN: ${asked} (requester, request)`],
    ],
    [
      'treats the child under another id',
      found({}, ['T1']),
      ['BAR: a treating consultant (candidate, request)', 'BAR: an earlier opinion on this child (candidate, request)'],
    ],
    [
      'treats the child, where somebody else gave the first opinion',
      found({ firstOpinionBy: 'X1' }, ['T1']),
      ['BAR: a treating consultant (candidate, request)'],
    ],
    [
      'gave the first opinion',
      found({ firstOpinionBy: 'candidate' }),
      ['BAR: an earlier opinion on this child (candidate, request)'],
    ],
    [
      'gave an earlier opinion under another id',
      found({ earlierOpinions: [{ by: 'X1' }, { by: 'X2' }] }, ['X2']),
      ['BAR: an earlier opinion on this child (candidate, request)'],
    ],
    ['an earlier opinion of nobody knows whom', found({ firstOpinionBy: null, earlierOpinions: [{ by: null }] }), []],
    [
      'is named in letters beside others',
      found({ lettersNaming: ['X1', 'candidate'] }),
      ['BAR: named in letters about this child (candidate, record search)'],
    ],
    ['others are named in letters', found({ lettersNaming: ['X1'] }), []],
    [
      'nobody looked through the letters',
      found({ lettersNaming: null }),
      [`UNKNOWN: ${asked} (requester, record search)`],
    ],
    [
      'nobody looked for earlier opinions',
      found({ earlierOpinions: null }),
      [`UNKNOWN: ${asked} (requester, record search)`],
    ],
    [
      'treats the child beside another, under another id',
      found({ firstOpinionBy: 'X1', treating: [aTreating(), aTreating({ person: 'T2' })] }, ['T2']),
      ['BAR: a treating consultant (candidate, request)'],
    ],
    ['none of it', {}, []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('having spoken of the case before', () => {
  const rule = aRule({
    id: 'C06',
    lookBackMonths: null,
    downgrade: { severity: 'MANAGE', when: 'urgency-triage', urgencies: ['U0'], by: 'clinical-lead' },
    condition: { kind: 'discussed-before' },
  })
  const says = weighing(rule)
  const asked = 'whether the case was discussed with the clinician before they were asked'
  const mine = (severity: string) => [`${severity}: ${asked} (candidate, case declaration)`]
  const theirs = (severity: string) => [`${severity}: ${asked} (requester, request)`]
  const spoke = (
    discussed: CandidateSide['discussed'],
    requester: Partial<RequestSide['requester']> = {},
    override: Partial<Override> | null = {},
  ): PairOver => ({
    urgency: 'U0',
    candidate: { discussed },
    request: {
      requester,
      overrides:
        override === null
          ? null
          : [{ rule: 'C06', by: 'Dr Lead', role: 'network-clinical-lead', reason: 'no time', on: today, ...override }],
    },
  })
  const triage = { answer: 'yes', with: 'T1', purpose: 'urgency-triage' } as const
  const opinion = { ...triage, purpose: 'opinion' } as const
  const no = { answer: 'no', with: null, purpose: null } as const

  test.each<Case>([
    ['for an opinion', spoke(opinion), mine('BAR')],
    ['for a purpose that nobody says', spoke({ ...triage, purpose: null }), mine('BAR')],
    ['for its urgency, at once, a clinical lead answering for it', spoke(triage), mine('MANAGE')],
    [
      'the same, the requester says for an opinion',
      spoke(triage, { discussed: 'yes', discussedFor: 'opinion' }),
      mine('BAR'),
    ],
    [
      'the same, the requester says for its urgency too',
      spoke(triage, { discussed: 'yes', discussedFor: 'urgency-triage' }),
      mine('MANAGE'),
    ],
    ['the same, the requester does not say what for', spoke(triage, { discussed: 'yes' }), mine('MANAGE')],
    ['the same, the requester says no', spoke(triage, { discussedFor: 'opinion' }), mine('MANAGE')],
    [
      'for its urgency, as the requester alone says',
      spoke(no, { discussed: 'yes', discussedFor: 'urgency-triage' }),
      theirs('MANAGE'),
    ],
    [
      'for an opinion, as the requester alone says',
      spoke(no, { discussed: 'yes', discussedFor: 'opinion' }),
      theirs('BAR'),
    ],
    [
      'for what the requester does not say, and nobody asked the clinician',
      spoke(null, { discussed: 'yes' }),
      mine('UNKNOWN'),
    ],
    [
      'for what the requester does not say, though it could wait',
      { ...spoke(null, { discussed: 'yes' }), urgency: 'U1' },
      theirs('BAR'),
    ],
    ['for what the requester does not say, and the clinician denies', spoke(no, { discussed: 'yes' }), theirs('BAR')],
    ['for its urgency, though it could wait', { ...spoke(triage), urgency: 'U1' }, mine('BAR')],
    ['for its urgency, which nobody knows', { ...spoke(triage), urgency: null }, mine('BAR')],
    ['answered for by nobody', spoke(triage, {}, null), mine('BAR')],
    ['answered for on another rule', spoke(triage, {}, { rule: 'C05' }), mine('BAR')],
    ['answered for by nobody by name', spoke(triage, {}, { by: null }), mine('BAR')],
    ['answered for by a blank name', spoke(triage, {}, { by: ' ' }), mine('BAR')],
    ['answered for without a reason', spoke(triage, {}, { reason: null }), mine('BAR')],
    ['answered for with a blank reason', spoke(triage, {}, { reason: ' ' }), mine('BAR')],
    ['answered for by another part', spoke(triage, {}, { role: 'eso-lead' }), mine('BAR')],
    ['answered for in a part that nobody knows', spoke(triage, {}, { role: null }), mine('BAR')],
    ['answered for on no day', spoke(triage, {}, { on: null }), mine('BAR')],
    ['answered for yesterday', spoke(triage, {}, { on: addDays(today, -1) }), mine('MANAGE')],
    ['answered for tomorrow', spoke(triage, {}, { on: addDays(today, 1) }), mine('BAR')],
    [
      'for its urgency, as the requester alone says, and nobody asked the clinician',
      spoke(null, { discussed: 'yes', discussedFor: 'urgency-triage' }),
      theirs('MANAGE'),
    ],
    [
      'for its urgency, as the requester says, whatever the clinician who denies it names',
      spoke({ ...opinion, answer: 'no' }, { discussed: 'yes', discussedFor: 'urgency-triage' }),
      theirs('MANAGE'),
    ],
    ['nobody, as both say', spoke(no), []],
    ['of which the clinician is not sure', spoke({ ...no, answer: 'unsure' }), mine('UNKNOWN')],
    ['nobody asked the clinician', spoke(null), mine('UNKNOWN')],
    ['nobody asked the requester', spoke(no, { discussed: null }), theirs('UNKNOWN')],
    ['of which the requester is not sure', spoke(no, { discussed: 'unsure' }), theirs('UNKNOWN')],
    ['nobody asked either', spoke(null, { discussed: null }), [...mine('UNKNOWN'), ...theirs('UNKNOWN')]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('weighs less by one of several who answered for it', () => {
    const given = spoke(triage)
    const other = { rule: 'C05', by: 'Dr Lead', role: 'network-clinical-lead', reason: 'no time', on: today }
    const overrides = [other, ...(given.request?.overrides ?? [])]
    expect(says({ ...given, request: { ...given.request, overrides } })).toEqual(mine('MANAGE'))
  })

  test('weighs no less where the rule has no milder form', () => {
    expect(weighing({ ...rule, downgrade: null })(spoke(triage))).toEqual(mine('BAR'))
  })
})

describe('what is asked again at opening', () => {
  const question = (which: 'C05' | 'C12' | 'C13') =>
    judging([aRule({ id: which, settledBy: 'opening', condition: { kind: 'said-at-opening', question: which } })])

  test.each([
    ['C05', 'whether the clinician, knowing the name, ever treated the child or advised on the case'],
    ['C12', 'whether the clinician, knowing the names, is close to a treating consultant'],
    ['C13', 'whether the clinician, knowing the name, is close to the child or the family'],
  ] as const)('is of each question its own: %s', (which, fact) => {
    const says = (answer: 'yes' | 'no' | 'unsure' | null) =>
      question(which)(aPair({ candidate: { opening: { [which]: answer } } })).findings.map(
        ({ severity, evidence }) => `${severity}: ${evidence.fact} (${evidence.whose}, ${evidence.source})`,
      )
    expect(says('yes')).toEqual([`BAR: ${fact} (candidate, answers at opening)`])
    expect(says('unsure')).toEqual([`UNKNOWN: ${fact} (candidate, answers at opening)`])
    expect(says(null)).toEqual([`UNKNOWN: ${fact} (candidate, answers at opening)`])
    expect(says('no')).toEqual([])
  })
})

describe('whom the family would not want', () => {
  const says = weighing(aRule({ id: 'C43', lookBackMonths: null, condition: { kind: 'unwelcome' } }))
  const named = (family: NonNullable<NonNullable<PairOver['request']>['family']>, candidate = {}): PairOver => ({
    request: { family },
    candidate,
  })
  const unwanted = 'BAR: whom the family would not want (family, family view)'
  const open = 'UNKNOWN: whom the family would not want (family, family view)'

  test.each<Case>([
    ['this clinician', named({ view: 'objects' }), ['BAR: the family objects to this clinician (family, family view)']],
    ['by name', named({ objectsTo: ['X1', 'candidate'] }), [unwanted]],
    ['by another id', named({ objectsTo: ['X9'] }, { isAlso: ['X9'] }), [unwanted]],
    ['by where they work', named({ lossOfConfidenceIn: [org('XC1')] }), [unwanted]],
    [
      'by where they work beside',
      named({ lossOfConfidenceIn: [org('XB1')] }, { posts: [heldAt('XC1'), heldAt('XB1')] }),
      [unwanted],
    ],
    ['by where they do not work', named({ lossOfConfidenceIn: [org('XB1')] }), []],
    [
      'by name, though nobody asked of confidence',
      named({ objectsTo: ['candidate'], lossOfConfidenceIn: null }),
      [unwanted],
    ],
    [
      'for want of confidence, though nobody asked of objections',
      named({ objectsTo: null, lossOfConfidenceIn: ['candidate'] }),
      [unwanted],
    ],
    ['nobody asked whom', named({ objectsTo: null }), [open]],
    ['nobody asked of confidence', named({ lossOfConfidenceIn: null }), [open]],
    ['somebody else, where the posts are not known', named({ objectsTo: ['X1'] }, { posts: null }), []],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

test('at opening it is asked of who has not answered at all', () => {
  const rule = aRule({ id: 'C05', settledBy: 'opening', condition: { kind: 'said-at-opening', question: 'C05' } })
  expect(weighing(rule)({ candidate: { opening: null } })).toEqual([
    'UNKNOWN: whether the clinician, knowing the name, ever treated the child or advised on the case (candidate, answers at opening)',
  ])
})

test('a finding of an earlier day speaks for the day it is judged on', () => {
  const rule = aRule({ id: 'C43', from: day('2000-01-01'), condition: { kind: 'unwelcome' } })
  const asOf = day('2026-01-01')
  const [finding] = judging([rule])(aPair({ asOf, request: { family: { view: 'objects' } } })).findings
  expect(finding?.evidence).toMatchObject({ from: null, to: null, asOf })
})
