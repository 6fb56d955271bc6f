import { describe, expect, test } from 'vitest'
import { type Case, shortName, shownSteps, whatNext } from './next.ts'

// A view with just what these functions look at; the rest is another test's.
const view = (over: object) =>
  ({
    status: 'draft',
    steps: [],
    routing: { urgency: 'U2' },
    acceptance: null,
    offers: [],
    shortlist: null,
    restrictedTo: [],
    declarations: [],
    ...over,
  }) as unknown as Case

describe('what can be done now', () => {
  test.each([
    { step: 'submit', who: 'a requester of a planned request', role: 'requester', over: {}, shown: false },
    {
      step: 'submit',
      who: 'a requester of an immediate request',
      role: 'requester',
      over: { routing: { urgency: 'U0' } },
      shown: true,
    },
    { step: 'submit', who: 'the second opinion lead', role: 'eso-lead', over: {}, shown: true },
    { step: 'offer', who: 'a coordinator without a shortlist', role: 'coordinator', over: {}, shown: false },
    {
      step: 'offer',
      who: 'a coordinator whose shortlist has somebody',
      role: 'coordinator',
      over: { shortlist: { offerable: 1 } },
      shown: true,
    },
    {
      step: 'offer',
      who: 'a coordinator who asked three already',
      role: 'coordinator',
      over: { shortlist: { offerable: 9 }, offers: [1, 2, 3] },
      shown: false,
    },
    {
      step: 'approve-plan',
      who: 'a lead who has to',
      role: 'clinical-lead',
      over: { acceptance: { approvalsNeeded: ['clinical-lead'] } },
      shown: true,
    },
    {
      step: 'approve-plan',
      who: 'a lead who did already',
      role: 'clinical-lead',
      over: { acceptance: { approvalsNeeded: ['eso-lead'] } },
      shown: false,
    },
    {
      step: 'engage',
      who: 'a requester while a plan waits',
      role: 'requester',
      over: { acceptance: { approvalsNeeded: ['eso-lead'] } },
      shown: false,
    },
    {
      step: 'engage',
      who: 'a requester once nothing waits',
      role: 'requester',
      over: { acceptance: { approvalsNeeded: [] } },
      shown: true,
    },
    ...(['engage', 'open-pack', 'report'] as const).map((step) => ({
      step,
      who: 'anybody while the clinician is in doubt',
      role: 'requester' as const,
      over: { acceptance: { approvalsNeeded: [], doubts: ['C39'] } },
      shown: false,
    })),
  ] as const)('by $who: $step is shown: $shown', ({ step, role, over, shown }) => {
    expect(shownSteps(view({ steps: [step], ...over }), role).includes(step)).toBe(shown)
  })

  const declared = (stands: string, said: readonly object[] = []) => ({
    ...{ id: 'cln_1', stage: 'acceptance', counts: 1, settled: [], stands, stood: stands },
    signed: [{ version: 1, said, works: [] }],
  })
  const unsure = [{ rule: 'C05', about: null, answer: 'unsure' }]
  test.each([
    { step: 'accept', who: 'a clinician who has not answered', role: 'clinician', declarations: [], shown: true },
    {
      step: 'accept',
      who: 'a clinician whose answer the network settles',
      role: 'clinician',
      declarations: [declared('to-settle', unsure)],
      shown: false,
    },
    {
      step: 'accept',
      who: 'a clinician whose answers are settled',
      role: 'clinician',
      declarations: [declared('settled')],
      shown: true,
    },
    {
      step: 'settle-declaration',
      who: 'a coordinator with an open question',
      role: 'coordinator',
      declarations: [declared('to-settle', unsure)],
      shown: true,
    },
    {
      step: 'settle-declaration',
      who: 'a coordinator with none',
      role: 'coordinator',
      declarations: [declared('settled')],
      shown: false,
    },
    {
      step: 'decide-declaration',
      who: 'a coordinator with changed answers',
      role: 'coordinator',
      declarations: [declared('to-decide')],
      shown: true,
    },
    {
      step: 'decide-declaration',
      who: 'a coordinator with none',
      role: 'coordinator',
      declarations: [declared('barred')],
      shown: false,
    },
  ] as const)('of a declaration by $who: $step is shown: $shown', ({ step, role, declarations, shown }) => {
    const offers = [{ id: 'cln_1' }]
    expect(shownSteps(view({ status: 'offered', steps: [step], offers, declarations }), role).includes(step)).toBe(
      shown,
    )
  })

  test('begins with submitting, where that is possible', () => {
    expect(shownSteps(view({ steps: ['revise', 'submit', 'withdraw'] }), 'eso-lead')).toEqual([
      'submit',
      'revise',
      'withdraw',
    ])
  })
})

describe('what happens next', () => {
  test.each([
    {
      when: 'a plan waits for both',
      over: { status: 'accepted', acceptance: { approvalsNeeded: ['clinical-lead', 'eso-lead'] } },
      who: /clinical lead and .*second opinion lead/,
    },
    {
      when: 'a plan waits for one',
      over: { status: 'accepted', acceptance: { approvalsNeeded: ['eso-lead'] } },
      who: /^The trust’s second opinion lead$/,
    },
    { when: 'nothing waits', over: { status: 'accepted', acceptance: { approvalsNeeded: [] } }, who: /^The trust$/ },
    {
      when: 'a plan came to be needed after the pack was shared',
      over: { status: 'engaged', acceptance: { approvalsNeeded: ['eso-lead'] } },
      who: /^The trust’s second opinion lead$/,
    },
    {
      when: 'the clinician is in doubt',
      over: { status: 'engaged', acceptance: { approvalsNeeded: [], doubts: ['C39'] } },
      who: /coordinator/,
    },
    { when: 'nobody can be offered', over: { status: 'matching', shortlist: { offerable: 0 } }, who: /coordinator/ },
    { when: 'it is over', over: { status: 'closed' }, who: /^Nobody$/ },
  ])('names who must act when $when', ({ over, who }) => {
    expect(whatNext(view(over))[0]).toMatch(who)
  })
})

test('a short name carries the trust and nothing of a child', () => {
  expect(shortName('req_RA7_01999999-0f66-7f8c-9d0e-3f4b8f8f3a11')).toBe('RA7-01999999')
})
