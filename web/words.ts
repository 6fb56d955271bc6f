// Every word of the console that is not a sentence of one page. Plain, calm, and the same for the same thing everywhere.
import type { Role } from '@concord/domain/actor'
import type { Grade, PostKind, Urgency } from '@concord/domain/independence/facts'
import type { ScorePart } from '@concord/domain/ranking/rank'
import type { RequestEvent } from '@concord/domain/request/events'
import type {
  DeclineReason,
  Exclusion,
  FamilyView,
  Mode,
  OpinionKind,
  Outcome,
  Status,
  WithdrawalReason,
} from '@concord/domain/request/request'
import type { Opinion } from '@concord/domain/request/texts'
import type { StepName } from '@concord/domain/request/transitions'

type Words<Name extends string> = Readonly<Record<Name, string>>
/** What can be chosen: the value, its words and, where it helps, a hint. */
export type Options = readonly (readonly [value: string, words: string, hint?: string])[]
export const optionsOf = (words: Readonly<Record<string, string>>): Options => Object.entries(words)

/** The words for a value that came as text; a value nobody wrote words for is shown as it is. */
export const say = (words: Readonly<Record<string, string>>, value: string) =>
  words[value] ?? value.replaceAll('-', ' ')

export const roleWords: Words<Role | 'system'> = {
  requester: 'Requester',
  'eso-lead': 'Second opinion lead',
  coordinator: 'Network coordinator',
  'clinical-lead': 'Network clinical lead',
  clinician: 'Independent clinician',
  commissioner: 'Commissioner',
  operator: 'Operator',
  system: 'Concord, by the clock',
}

export const statusWords: Words<Status> = {
  draft: 'Draft',
  submitted: 'Submitted',
  triage: 'In triage',
  matching: 'Being matched',
  offered: 'Offered',
  accepted: 'Accepted',
  engaged: 'Pack shared',
  'in-review': 'In review',
  reported: 'Opinion given',
  shared: 'Shared with the family',
  closed: 'Closed',
  withdrawn: 'Withdrawn',
}

/** Who must act, and what happens next, in each state. */
export const nextWords: Readonly<Record<Status, readonly [who: string, what: string]>> = {
  draft: ['The second opinion lead of the trust', 'checks the draft and submits it to the network.'],
  submitted: ['The network coordinator', 'takes the request up for triage.'],
  triage: ['The network coordinator', 'checks that the request is complete, then begins to match it.'],
  matching: ['The network coordinator', 'draws up the shortlist and offers the request to an independent clinician.'],
  offered: ['The clinicians who were asked', 'read the brief, then declare and accept, or decline.'],
  accepted: ['The trust', 'tells the family who has accepted, records their view and shares the pack.'],
  engaged: ['The clinician', 'sees the names, answers the close ties once more and opens the pack.'],
  'in-review': ['The clinician', 'reads the pack and writes the opinion.'],
  reported: ['The trust', 'shares the opinion with the family.'],
  shared: ['The trust or the network', 'records what came of it and closes the request.'],
  closed: ['Nobody', 'has to do anything more.'],
  withdrawn: ['Nobody', 'has to do anything more. Everyone’s access to the pack has ended.'],
}

/** What a button says, what it does, and what is said once it was done. */
export const stepWords: Readonly<Record<Exclude<StepName, 'draft' | 'expire-offer'>, StepText>> = {
  revise: {
    button: 'Change the draft',
    help: 'Nothing leaves the trust until the draft is submitted.',
    done: 'The draft was saved.',
  },
  submit: {
    button: 'Submit to the network',
    help: 'The network sees the question and the facts that matching needs, never who the child is.',
    done: 'The request was submitted to the network.',
  },
  'take-up': {
    button: 'Take up for triage',
    help: 'Tells the trust that somebody is looking at it.',
    done: 'You took the request up for triage.',
  },
  'complete-triage': {
    button: 'Complete triage',
    help: 'When the question is clear and nothing is missing. Matching begins.',
    done: 'Triage is complete. Draw up the shortlist next.',
  },
  shortlist: {
    button: 'Draw up the shortlist',
    help: 'Checks every listed clinician of the specialty against the rules of independence. Each is shown with the reasons.',
    done: 'The shortlist was drawn up.',
  },
  offer: {
    button: 'Offer',
    help: 'The clinician sees the brief and nothing of the pack.',
    done: 'The request was offered.',
  },
  accept: {
    button: 'Declare and accept',
    help: 'A short declaration about this case, signed before you see anything that names the child.',
    done: 'You accepted. The trust now asks the family; we write to you when the pack is shared.',
  },
  decline: {
    button: 'Decline',
    help: 'The network asks somebody else. You need not explain.',
    done: 'You declined. Thank you for saying so.',
  },
  'approve-plan': {
    button: 'Approve the plan',
    help: 'An interest was declared that can be managed. Both leads approve how, before the pack is shared.',
    done: 'You approved the plan.',
  },
  'record-objection': {
    button: 'Record an objection',
    help: 'The family would rather not have this clinician. They need not say why; the network finds another.',
    done: 'The objection was recorded. The network finds somebody else.',
  },
  engage: {
    button: 'Record the family’s view and share the pack',
    help: 'The clinician is told that the pack is ready, and sees who the child is.',
    done: 'The family’s view was recorded and the pack was shared.',
  },
  'open-pack': {
    button: 'See the names and open the pack',
    help: 'The names come first. Answer the close ties once more; then the rest opens.',
    done: 'The pack is open.',
  },
  report: {
    button: 'Write the opinion',
    help: 'Once issued it is never changed.',
    done: 'The opinion was issued. Thank you.',
  },
  share: {
    button: 'Record that it was shared with the family',
    help: 'When somebody has gone through the opinion with the family.',
    done: 'It is recorded that the opinion was shared.',
  },
  close: {
    button: 'Record the outcome and close',
    help: 'The clinician’s access to the pack ends.',
    done: 'The outcome was recorded and the request is closed.',
  },
  withdraw: {
    button: 'Withdraw the request',
    help: 'Ends the request for everyone at once. What was written already is kept.',
    done: 'The request was withdrawn.',
  },
}
type StepText = { readonly button: string; readonly help: string; readonly done: string }

/** What is said after a redirect besides the steps. */
export const doneWords: Words<'draft' | 'closed-pack' | EntryStepName> = {
  draft: 'The draft was saved. Only your trust can see it.',
  'closed-pack':
    'Thank you for saying so. The pack stays closed, your place is free again, and the network finds somebody else.',
  verify: 'The check of the medical register was recorded.',
  list: 'The clinician is listed and can be asked, within a few seconds.',
  unlist: 'The entry was taken off the listings.',
  'set-availability': 'The availability was saved.',
  declare: 'The standing declaration was signed today.',
}
export type EntryStepName = 'verify' | 'list' | 'unlist' | 'set-availability' | 'declare'

export const urgencyWords: Words<Urgency> = {
  U0: 'Immediate: a decision within about a day',
  U1: 'Urgent: a decision within 7 days',
  U2: 'Soon: a decision within 4 weeks',
  U3: 'Planned: no date pressure',
}
export const kindWords: Words<OpinionKind> = {
  diagnosis: 'Diagnosis',
  'treatment-choice': 'Choice of treatment',
  surgery: 'Surgery',
  'end-of-life': 'Limits of treatment or end of life',
  experimental: 'Experimental or unlicensed treatment',
  're-read': 'A second reading of images or pathology',
}
export const modeWords: Words<Mode> = { records: 'From the records', video: 'By video', 'in-person': 'In person' }
export const languageWords: Readonly<Record<string, string>> = {
  en: 'English',
  ar: 'Arabic',
  bfi: 'British Sign Language',
  bn: 'Bengali',
  cy: 'Welsh',
  gu: 'Gujarati',
  pa: 'Punjabi',
  pl: 'Polish',
  ro: 'Romanian',
  ta: 'Tamil',
  ur: 'Urdu',
}
export const basisWords = {
  parent: 'A person with parental responsibility agreed',
  'young-person': 'The young person agreed',
  'lawful-reason': 'Another lawful reason, written in the notes',
} as const
export const consultantRoles = { lead: 'Lead consultant', treating: 'Another treating consultant' } as const
export const gradeWords: Words<Grade> = {
  consultant: 'Consultant',
  specialist: 'Specialist',
  'associate-specialist': 'Associate specialist',
  'specialty-doctor': 'Specialty doctor',
  resident: 'Resident doctor',
}
export const yesNo = { yes: 'Yes', no: 'No' } as const
export const yesNoUnsure = { yes: 'Yes', no: 'No', unsure: 'I am not sure' } as const

export const declineWords: Words<DeclineReason> = {
  conflict: 'I am not independent enough',
  'no-capacity': 'I have no time for it now',
  'not-my-field': 'It is not my field',
  other: 'Another reason',
}
export const withdrawalWords: Words<WithdrawalReason> = {
  'agreement-withdrawn': 'The agreement to share was withdrawn',
  discharged: 'The child was discharged',
  transferred: 'The child’s care moved elsewhere',
  resolved: 'The question is resolved',
  duplicate: 'There is another request for the same question',
}
export const outcomeWords: Words<Outcome> = {
  'plan-confirmed': 'The plan was confirmed',
  'plan-changed': 'The plan was changed',
  transferred: 'Care was transferred',
  'further-opinion': 'A further opinion was sought',
  other: 'Something else',
}
export const familyViewWords: Words<FamilyView> = {
  agrees: 'The family agrees to this clinician',
  'no-objection': 'The family has no objection',
  'waived-immediate': 'There was no time to ask: for immediate requests alone',
}
export const exclusionWords: Words<Exclusion['because']> = {
  declined: 'declined',
  expired: 'did not reply in time',
  conflict: 'is not independent',
  objection: 'the family would rather not',
  'not-needed': 'somebody else accepted first',
}
export const opinionBases: Words<Opinion['basis']> = {
  records: 'The records alone',
  video: 'The records, and the child and family seen by video',
  'in-person': 'The records, and the child and family seen in person',
}
export const diagnosisWords: Words<Opinion['diagnosis']> = {
  agree: 'Agrees with the diagnosis',
  refine: 'Would refine the diagnosis',
  differ: 'Comes to a different diagnosis',
  'cannot-say': 'Cannot say',
}
export const planWords: Words<Opinion['plan']> = {
  supports: 'Supports the plan',
  'supports-with-changes': 'Supports the plan, with changes',
  'does-not-support': 'Does not support the plan',
  insufficient: 'There is not enough to judge by',
}

export const eventWords: Words<RequestEvent['type']> = {
  'request.drafted': 'Begun',
  'request.revised': 'Draft changed',
  'request.submitted': 'Submitted to the network',
  'request.taken-up': 'Taken up for triage',
  'request.triaged': 'Triage complete',
  'request.shortlisted': 'Shortlist drawn up',
  'offer.made': 'Offered to a clinician',
  'offer.accepted': 'A clinician declared and accepted',
  'offer.declined': 'A clinician declined',
  'offer.expired': 'An offer ended without a reply',
  'plan.approved': 'Management plan approved',
  'family.objected': 'The family’s objection recorded',
  'request.engaged': 'Family’s view recorded and pack shared',
  'pack.opened': 'Pack opened',
  'pack.closed': 'Pack closed: a tie showed with the names',
  'opinion.reported': 'Opinion issued',
  'opinion.shared': 'Opinion shared with the family',
  'request.closed': 'Outcome recorded and request closed',
  'request.withdrawn': 'Request withdrawn',
}
/** What a target asks for, to be followed by a time. */
export const dueWords: Readonly<Record<string, string>> = {
  acknowledge: 'Take up',
  triage: 'Complete triage',
  shortlist: 'Shortlist and offer',
  accept: 'Family’s view and pack',
  reply: 'Reply to the offer',
  report: 'Opinion',
  share: 'Share with the family',
}

/** The parts of a score, with the most each can be. Past agreement with anybody is not among them. */
export const scoreParts: Readonly<Record<ScorePart, readonly [words: string, most: number]>> = {
  expertise: ['Recent practice in this specialty', 40],
  availability: ['Takes requests of this urgency', 25],
  mode: ['Offers the way that is asked for', 15],
  language: ['Speaks the family’s language', 10],
  'fair-load': ['Has given few opinions in the last year', 6],
  'free-places': ['Has free places', 4],
}

export const entryStatusWords = {
  applied: 'Applied',
  verified: 'Verified, not listed',
  listed: 'Listed',
  unlisted: 'Taken off the listings',
} as const
export const postWords: Words<PostKind> = {
  substantive: 'Substantive post',
  honorary: 'Honorary post',
  bank: 'Bank work',
  locum: 'Locum',
  training: 'Training post',
  academic: 'Academic post',
  visiting: 'Visiting post',
}
export const registrationWords = { registered: 'Registered', suspended: 'Suspended', erased: 'Erased' } as const

/** The questions of a case declaration, each once and in plain words, under the rule it serves. */
export const questions = {
  C05: 'Have you ever treated this child or advised on this case?',
  C06: 'Before you were asked, did you talk about this case with a doctor who treats the child?',
  C07: 'Does either of you direct, employ, appraise or answer for the other?',
  C08: 'Do you work in the same team, MDT, rota or transport service?',
  C10: 'Did either of you teach, train or supervise the other in the last 10 years?',
  C12: 'Are you close friends, partners, former partners or relatives?',
  C13: 'Are you close to the child or the family, or do you have another part in their life?',
} as const
