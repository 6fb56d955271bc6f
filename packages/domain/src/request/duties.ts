import type { Actor } from '../actor.ts'
import type { Subject } from '../ids.ts'

/** What a person does on a request that may rule out something else for them, whatever roles they hold. */
export const duties = [
  'draft',
  'submit',
  'speak-for-trust',
  'broker',
  'approve-as-clinical-lead',
  'approve-as-eso-lead',
  'opine',
] as const
export type Duty = (typeof duties)[number]

/** Who did what on a request. It is kept by person and not by role: somebody may hold two roles, and lose one. */
export type Deed = { readonly duty: Duty; readonly subject: Subject }

/** Each duty in words: of somebody who did it, and of somebody who asks to. */
export const dutyWords: Readonly<Record<Duty, { readonly past: string; readonly asks: string }>> = {
  draft: { past: 'wrote this request', asks: 'write it' },
  submit: { past: 'submitted this request', asks: 'submit it' },
  'speak-for-trust': { past: 'acted for the trust on this request', asks: 'act for the trust on it' },
  broker: { past: 'brokered this request for the network', asks: 'broker it for the network' },
  'approve-as-clinical-lead': {
    past: 'approved the management plan for the network',
    asks: 'approve the management plan for the network',
  },
  'approve-as-eso-lead': {
    past: 'approved the management plan for the trust',
    asks: 'approve the management plan for the trust',
  },
  opine: { past: 'took this case on as the independent clinician', asks: 'give the opinion' },
}

/** Why two duties on one request are never one person's. The rows and the section are those of the process (docs/domain.md). */
export const whyApart = {
  'asks-and-approves': 'Nobody both requests an opinion and approves the plan for it (A.3, separation of duties).',
  'asks-and-brokers': 'Whoever brokers a request is not a member of the team that asks (A.3, row 4).',
  'asks-and-opines': 'Whoever gives an opinion is independent of those who ask, and does not edit the request (A.3).',
  'brokers-and-opines': 'Whoever brokers a request does not write the opinion (A.3, separation of duties).',
  'approves-and-opines': 'Nobody approves the plan by which their own interest is managed (A.3, row 14).',
  'approves-twice': 'The network and the trust each approve the plan, by two people (A.3, row 14).',
} as const
export type WhyApart = keyof typeof whyApart

const TRUST_AND_BROKER = 'asks-and-brokers'
const TRUST_AND_OPINION = 'asks-and-opines'
const TRUST_AND_PLAN = 'asks-and-approves'
const PLAN_AND_OPINION = 'approves-and-opines'

/** Which duties on one request one person may have, as one table: every pair has its answer, and the same in both orders. */
export const dutyPairs: Readonly<Record<Duty, Readonly<Record<Duty, 'together' | WhyApart>>>> = {
  draft: {
    draft: 'together',
    submit: 'together',
    'speak-for-trust': 'together',
    broker: TRUST_AND_BROKER,
    'approve-as-clinical-lead': TRUST_AND_PLAN,
    'approve-as-eso-lead': TRUST_AND_PLAN,
    opine: TRUST_AND_OPINION,
  },
  submit: {
    draft: 'together',
    submit: 'together',
    'speak-for-trust': 'together',
    broker: TRUST_AND_BROKER,
    'approve-as-clinical-lead': TRUST_AND_PLAN,
    // Row 14 names the lead of the trust that asks; the one who also drafted is somebody else's to check.
    'approve-as-eso-lead': 'together',
    opine: TRUST_AND_OPINION,
  },
  'speak-for-trust': {
    draft: 'together',
    submit: 'together',
    'speak-for-trust': 'together',
    broker: TRUST_AND_BROKER,
    'approve-as-clinical-lead': TRUST_AND_PLAN,
    'approve-as-eso-lead': 'together',
    opine: TRUST_AND_OPINION,
  },
  broker: {
    draft: TRUST_AND_BROKER,
    submit: TRUST_AND_BROKER,
    'speak-for-trust': TRUST_AND_BROKER,
    broker: 'together',
    'approve-as-clinical-lead': 'together',
    'approve-as-eso-lead': TRUST_AND_BROKER,
    opine: 'brokers-and-opines',
  },
  'approve-as-clinical-lead': {
    draft: TRUST_AND_PLAN,
    submit: TRUST_AND_PLAN,
    'speak-for-trust': TRUST_AND_PLAN,
    broker: 'together',
    'approve-as-clinical-lead': 'together',
    'approve-as-eso-lead': 'approves-twice',
    opine: PLAN_AND_OPINION,
  },
  'approve-as-eso-lead': {
    draft: TRUST_AND_PLAN,
    submit: 'together',
    'speak-for-trust': 'together',
    broker: TRUST_AND_BROKER,
    'approve-as-clinical-lead': 'approves-twice',
    'approve-as-eso-lead': 'together',
    opine: PLAN_AND_OPINION,
  },
  opine: {
    draft: TRUST_AND_OPINION,
    submit: TRUST_AND_OPINION,
    'speak-for-trust': TRUST_AND_OPINION,
    broker: 'brokers-and-opines',
    'approve-as-clinical-lead': PLAN_AND_OPINION,
    'approve-as-eso-lead': PLAN_AND_OPINION,
    opine: 'together',
  },
}

/** What this person did on the request that rules the duty out for them, and why; nothing, where nothing does. */
export const ruledOutBy = (
  did: readonly Deed[],
  { subject, duty }: { readonly subject: Actor['subject']; readonly duty: Duty },
): { readonly did: Duty; readonly why: WhyApart } | undefined => {
  for (const one of did) {
    const pair = dutyPairs[one.duty][duty]
    if (one.subject === subject && pair !== 'together') return { did: one.duty, why: pair }
  }
  return undefined
}
