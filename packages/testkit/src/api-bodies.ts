import type { PostedEntryStep, PostedRoleStep, PostedStep, PostedTeamStep } from '@concord/contracts/bodies'
import { aBibliography } from './bibliography.ts'
import { aDraft, anOpinion } from './drafts.ts'
import { aDeclaration, aPost, aStranger, aTeamId, day, gmc, openingAnswers } from './facts.ts'

type Write =
  | PostedStep
  | `clinician-${PostedEntryStep}`
  | `role-${PostedRoleStep}`
  | `team-${PostedTeamStep}`
  | 'draft'
  | 'revise'
  | 'clinician-apply'
  | 'break-glass'
  | 'review-glass'

const someTeam = { team: aTeamId('XA1') }
const someRole = { subject: 'somebody-new', membership: 'requester@network/network-one/trust/XA1' }
const { signedAt: _s, ...declaration } = aDeclaration()
const { answeredAt: _a, ...answers } = openingAnswers()
const {
  registration,
  specialistRegister,
  standingDeclarationSignedOn: _d,
  jointWorks: _j,
  openCases: _o,
  cap: _c,
  ...facts
} = aStranger()

/** A body that reads, for every route that takes one, by its operationId. A new route does not compile until it has one. */
export const apiBodies = {
  draft: aDraft(),
  revise: aDraft(),
  submit: {},
  restrict: { note: { text: 'Something is safeguarding.' }, readers: [] },
  'take-up': {},
  'complete-triage': {},
  shortlist: {},
  offer: { clinician: 'cln_00000000-0000-7000-8000-000000000001' },
  accept: { declaration },
  'answer-again': { again: { stage: 'acceptance', declaration } },
  'settle-declaration': {
    clinician: 'cln_00000000-0000-7000-8000-000000000001',
    settled: [{ rule: 'C08', about: gmc(901), answer: 'no', how: 'spoke-with-clinician' }],
  },
  'decide-declaration': { clinician: 'cln_00000000-0000-7000-8000-000000000001', decision: 'ask-again' },
  decline: { because: 'no-capacity' },
  'approve-plan': {},
  'record-objection': {},
  engage: { familyView: 'agrees' },
  'open-pack': { answers },
  report: { opinion: anOpinion() },
  share: {},
  close: { outcome: 'plan-confirmed' },
  withdraw: { because: 'resolved' },
  'clinician-apply': {
    entry: {
      name: 'Clinician 77 (invented)',
      visibility: 'national',
      languages: ['en'],
      modes: ['records'],
      urgencies: ['U2'],
      cap: 1,
      facts: { ...facts, gmc: gmc(77) },
    },
  },
  'clinician-verify': { registration: { ...registration, checkedOn: day('2026-06-15') }, specialistRegister },
  'clinician-list': {},
  'clinician-unlist': {},
  'clinician-set-availability': { availability: { cap: 3, urgencies: ['U1', 'U2'], modes: ['records'] } },
  'clinician-record-affiliations': {
    affiliations: { posts: [aPost()], teams: [], trainingTies: [], managementTies: [] },
  },
  'clinician-record-works': { works: aBibliography },
  'clinician-say-works': { works: [{ with: gmc(901), evidence: '0123456789abcdef', said: 'not-theirs' }] },
  'clinician-declare': {},
  'break-glass': { reason: 'Somebody has to look now.' },
  'review-glass': { glass: `glass_00000000-0000-7000-8000-000000000001`, finding: 'justified', note: 'It had to be.' },
  'team-add': { name: 'A team of the trust (invented)' },
  'team-rename': { ...someTeam, name: 'Another name (invented)' },
  'team-retire': someTeam,
  'team-restore': someTeam,
  'role-grant': { ...someRole, name: 'Somebody New (invented)', to: null },
  'role-confirm': someRole,
  'role-end': someRole,
} as const satisfies Record<Write, object>
