import type { Actor } from '../actor.ts'
import type { Deed, Duty } from './duties.ts'
import type { RequestEvent } from './events.ts'
import type { StepName, transitions } from './transitions.ts'

type PersonIn<S extends StepName> = Exclude<(typeof transitions)[S]['by'][number], 'system'>
const forTrust = <D extends Duty>(duty: D) => ({ requester: duty, 'eso-lead': duty }) as const
const forNetwork = { coordinator: 'broker', 'clinical-lead': 'broker' } as const

/** Which duty each step is part of, for each role that may take it; a step that nobody is ever ruled out of is none. */
const dutiesBy: { readonly [S in StepName]: Readonly<Record<PersonIn<S>, Duty | 'none'>> } = {
  draft: forTrust('draft'),
  revise: forTrust('draft'),
  restrict: forTrust('speak-for-trust'),
  submit: forTrust('submit'),
  'take-up': forNetwork,
  'complete-triage': forNetwork,
  shortlist: forNetwork,
  offer: forNetwork,
  accept: { clinician: 'opine' },
  'answer-again': { clinician: 'opine' },
  'settle-declaration': forNetwork,
  'decide-declaration': forNetwork,
  // To say no is always possible, and makes nobody part of a case.
  decline: { clinician: 'none' },
  'expire-offer': {},
  'approve-plan': { 'clinical-lead': 'approve-as-clinical-lead', 'eso-lead': 'approve-as-eso-lead' },
  'record-objection': forTrust('speak-for-trust'),
  engage: forTrust('speak-for-trust'),
  'open-pack': { clinician: 'opine' },
  recheck: {},
  free: {},
  report: { clinician: 'opine' },
  share: forTrust('speak-for-trust'),
  close: { ...forTrust('speak-for-trust'), ...forNetwork },
  withdraw: forTrust('speak-for-trust'),
}

/** The step that makes each thing happen: a new event says here whose doing it is. */
const stepBehind: Readonly<Record<RequestEvent['type'], StepName>> = {
  'request.drafted': 'draft',
  'request.revised': 'revise',
  'restricted.noted': 'restrict',
  'request.submitted': 'submit',
  'request.taken-up': 'take-up',
  'request.triaged': 'complete-triage',
  'request.shortlisted': 'shortlist',
  'offer.made': 'offer',
  'offer.accepted': 'accept',
  'offer.declined': 'decline',
  'declaration.signed': 'answer-again',
  'declaration.settled': 'settle-declaration',
  'declaration.decided': 'decide-declaration',
  'offer.expired': 'expire-offer',
  'plan.approved': 'approve-plan',
  'family.objected': 'record-objection',
  'request.engaged': 'engage',
  'pack.opened': 'open-pack',
  'pack.closed': 'open-pack',
  'case.freed': 'free',
  'clearance.doubted': 'recheck',
  'clearance.confirmed': 'recheck',
  'plan.needed': 'recheck',
  'opinion.reported': 'report',
  'opinion.shared': 'share',
  'request.closed': 'close',
  'request.withdrawn': 'withdraw',
}

/** The duty that a step is for this role; none for the platform, which is nobody. */
export const dutyOf = (step: StepName, role: Actor['role']): Duty | null => {
  const byRole: Readonly<Partial<Record<Actor['role'], Duty | 'none'>>> = dutiesBy[step]
  const duty = byRole[role] ?? 'none'
  return duty === 'none' ? null : duty
}

/** Who did what, after something happened: each person once with each duty. */
export const withDeed = (did: readonly Deed[], { type, by }: RequestEvent): readonly Deed[] => {
  if (by.role === 'system') return did
  const duty = dutyOf(stepBehind[type], by.role)
  const isKnown = did.some((one) => one.duty === duty && one.subject === by.subject)
  return duty === null || isKnown ? did : [...did, { duty, subject: by.subject }]
}
