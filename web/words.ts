// Every word of the console that is not a sentence of one page. Plain, calm, and the same for the same thing everywhere.
import type { PostedRoleStep, PostedTeamStep } from '@concord/contracts/bodies'
import type { Role } from '@concord/domain/actor'
import type { ReviewFinding } from '@concord/domain/break-glass/break-glass'
import type { NumberSystem } from '@concord/domain/child-number'
import type { Grade, InterestRule, PostKind, Urgency, WorkSaid } from '@concord/domain/independence/facts'
import { mostOf, type ScorePart } from '@concord/domain/ranking/rank'
import type { AnswersStand, DeclarationDecision, DeclaredStage, SettledHow } from '@concord/domain/request/declared'
import type { RequestEvent } from '@concord/domain/request/events'
import type { Language } from '@concord/domain/request/languages'
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
import type { StepName, SystemStep } from '@concord/domain/request/transitions'

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
  guardian: 'Guardian',
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
export const nextWords = {
  draft: ['The second opinion lead of the trust', 'checks the draft and submits it to the network.'],
  'draft-immediate': [
    'The trust',
    'submits the draft now. At this urgency the second opinion lead may approve afterwards.',
  ],
  submitted: ['The network coordinator', 'takes the request up for triage.'],
  triage: ['The network coordinator', 'checks that the request is complete, then begins to match it.'],
  matching: ['The network coordinator', 'draws up the shortlist and offers the request to an independent clinician.'],
  'nobody-offerable': [
    'The network coordinator',
    'looks further: nobody on the shortlist can be offered. Neighbouring networks or the MDT route come next.',
  ],
  offered: ['The clinicians who were asked', 'read the brief, then declare and accept, or decline.'],
  accepted: ['The trust', 'tells the family who has accepted, records their view and shares the pack.'],
  'both-approve': [
    'The network’s clinical lead and the trust’s second opinion lead',
    'approve how an interest of the clinician is managed. Until then nothing goes on.',
  ],
  'clinical-lead-approves': [
    'The network’s clinical lead',
    'approves how the declared interest is managed, before the pack is shared.',
  ],
  'eso-lead-approves': [
    'The trust’s second opinion lead',
    'approves how the declared interest is managed, before the pack is shared.',
  ],
  doubted: [
    'The network coordinator',
    'settles with the clinician what their record leaves open since it changed. Until then nothing goes on.',
  ],
  engaged: ['The clinician', 'sees the names, answers the close ties once more and opens the pack.'],
  'in-review': ['The clinician', 'reads the pack and writes the opinion.'],
  reported: ['The trust', 'shares the opinion with the family.'],
  shared: ['The trust or the network', 'records what came of it and closes the request.'],
  closed: ['Nobody', 'has to do anything more.'],
  withdrawn: ['Nobody', 'has to do anything more. Everyone’s access to the pack has ended.'],
} as const satisfies Readonly<Record<Status, readonly string[]>> & Readonly<Record<string, readonly string[]>>

/** What a button says, what it does, and what is said once it was done. */
export const stepWords: Readonly<Record<Exclude<StepName, 'draft' | SystemStep>, StepText>> = {
  revise: {
    button: 'Change the draft',
    help: 'Nothing leaves the trust until the draft is submitted.',
    done: 'The draft was saved.',
  },
  restrict: {
    button: 'Write a restricted note',
    help: 'Safeguarding or legal matters stand apart from the pack: only those you name here read them, whatever else they may see.',
    done: 'The restricted note was kept.',
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
    button: 'Choose from the shortlist',
    help: 'The clinician sees the brief and nothing of the pack.',
    done: 'The request was offered.',
  },
  accept: {
    button: 'Declare and accept',
    help: 'A short declaration about this case, signed before you see anything that names the child.',
    done: 'You accepted. The trust now asks the family; we write to you when the pack is shared.',
  },
  'answer-again': {
    button: 'I gave a wrong answer',
    help: 'Change the answer that was wrong and sign again. Your first answers stay on record beside the new ones, and the network decides whether to ask you again.',
    done: 'Your new answers are signed and kept beside the first. The network decides whether to ask you again.',
  },
  'settle-declaration': {
    button: 'Settle the open questions',
    help: 'The clinician was not sure of an answer. Speak with them, then record what you agreed and how.',
    done: 'What you agreed is on record. The clinician has been told, and signs the declaration next.',
  },
  'decide-declaration': {
    button: 'Decide on the changed answers',
    help: 'The clinician signed answers that differ from their first. Compare them, then decide whether to ask again.',
    done: 'Your decision is on record, and the clinician has been told.',
  },
  decline: {
    button: 'Decline',
    help: 'The network asks somebody else. You need not explain.',
    done: 'You declined. Thank you for saying so.',
  },
  'approve-plan': {
    button: 'Approve the plan',
    help: 'An interest of the clinician can be managed. Both leads approve how; until then nothing goes on.',
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
    help: 'You check the opinion on the next page before you issue it. Once issued, it cannot be changed.',
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
export const doneWords: Words<
  | 'draft'
  | 'answer-unsure'
  | 'answer-changed'
  | 'glass'
  | 'review'
  | PostedRoleStep
  | `team-${PostedTeamStep}`
  | EntryStepName
> = {
  'team-add': 'The team was added.',
  'team-rename': 'The team was renamed.',
  'team-retire': 'The team was retired. You can bring it back.',
  'team-restore': 'The team can be chosen again.',
  glass: 'You broke the glass. The guardians have been told.',
  review: 'Your review was recorded.',
  grant: 'The role was given. It takes effect with the next page they load.',
  confirm: 'The role was confirmed for another year.',
  end: 'The role was ended, from the next page they load.',
  draft: 'The draft was saved. Only your trust can see it.',
  'answer-unsure':
    'Your answers are signed. You were not sure of one, so the network has been asked to settle it with you. You have not accepted yet, and nothing is lost by waiting.',
  'answer-changed':
    'Your new answers are signed and kept beside the first. The network decides whether they count. You have not accepted yet.',
  verify: 'The check of the medical register was recorded.',
  list: 'The clinician is listed and can be asked, within a few seconds.',
  unlist: 'The entry was taken off the listings.',
  'set-availability': 'The availability was saved.',
  declare: 'The standing declaration was signed today.',
  'record-works': 'Your publications were read. Nothing is made of them before you said whose a work is.',
  'say-works': 'What you said of the work was changed.',
}
export type EntryStepName = 'verify' | 'list' | 'unlist' | 'set-availability' | 'declare' | 'record-works' | 'say-works'

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
export const languageWords: Words<Language> = {
  sq: 'Albanian',
  am: 'Amharic',
  ar: 'Arabic',
  bn: 'Bengali',
  bfi: 'British Sign Language (BSL)',
  bg: 'Bulgarian',
  yue: 'Chinese, Cantonese',
  cmn: 'Chinese, Mandarin',
  hr: 'Croatian',
  cs: 'Czech',
  prs: 'Dari',
  'x-deafblind-manual': 'Deafblind manual alphabet',
  nl: 'Dutch',
  en: 'English',
  et: 'Estonian',
  tl: 'Filipino or Tagalog',
  fr: 'French',
  de: 'German',
  el: 'Greek',
  gu: 'Gujarati',
  he: 'Hebrew',
  hi: 'Hindi',
  hu: 'Hungarian',
  ig: 'Igbo',
  ga: 'Irish',
  isg: 'Irish Sign Language',
  it: 'Italian',
  ja: 'Japanese',
  kn: 'Kannada',
  ko: 'Korean',
  ku: 'Kurdish',
  lv: 'Latvian',
  ln: 'Lingala',
  lt: 'Lithuanian',
  'x-makaton': 'Makaton',
  ml: 'Malayalam',
  mr: 'Marathi',
  ne: 'Nepali',
  om: 'Oromo',
  ps: 'Pashto',
  fa: 'Persian or Farsi',
  pl: 'Polish',
  pt: 'Portuguese',
  pa: 'Punjabi',
  rom: 'Romani',
  ro: 'Romanian',
  ru: 'Russian',
  gd: 'Scottish Gaelic',
  sr: 'Serbian',
  sn: 'Shona',
  'x-signed-english': 'Sign Supported English',
  si: 'Sinhala',
  sk: 'Slovak',
  so: 'Somali',
  es: 'Spanish',
  sw: 'Swahili',
  sv: 'Swedish',
  syl: 'Sylheti',
  ta: 'Tamil',
  te: 'Telugu',
  th: 'Thai',
  ti: 'Tigrinya',
  tr: 'Turkish',
  ak: 'Twi',
  uk: 'Ukrainian',
  ur: 'Urdu',
  vi: 'Vietnamese',
  cy: 'Welsh',
  wo: 'Wolof',
  yi: 'Yiddish',
  yo: 'Yoruba',
}
/** What the number of a child is called where it was given out. */
export const numberWords: Words<NumberSystem> = { nhs: 'NHS number', chi: 'CHI number', hc: 'H&C number' }
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
  'holder-changed': 'the register entry has a new holder',
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
  'restricted.noted': 'Restricted note written',
  'request.submitted': 'Submitted to the network',
  'request.taken-up': 'Taken up for triage',
  'request.triaged': 'Triage complete',
  'request.shortlisted': 'Shortlist drawn up',
  'offer.made': 'Offered to a clinician',
  'offer.accepted': 'A clinician declared and accepted',
  'offer.declined': 'A clinician declined',
  'declaration.signed': 'A clinician signed a declaration',
  'declaration.settled': 'Open questions settled with a clinician',
  'declaration.decided': 'Decision on a clinician’s changed answers',
  'offer.expired': 'An offer ended without a reply',
  'plan.approved': 'Management plan approved',
  'family.objected': 'The family’s objection recorded',
  'request.engaged': 'Family’s view recorded and pack shared',
  'pack.opened': 'Pack opened',
  'pack.closed': 'Pack closed: the clinician is not independent',
  'case.freed': 'Case taken back: the clinician’s register entry has a new holder',
  'clearance.doubted': 'The clinician’s record changed, and leaves their independence open',
  'plan.needed': 'The clinician’s record shows an interest that has to be managed',
  'clearance.confirmed': 'The clinician’s independence is settled again',
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
  expertise: ['Recent practice in this specialty', mostOf.expertise],
  condition: ['Knows the condition', mostOf.condition],
  'age-band': ['Sees children of this age', mostOf['age-band']],
  'procedure-volume': ['Does the procedure often', mostOf['procedure-volume']],
  availability: ['Takes requests of this urgency', mostOf.availability],
  mode: ['Offers the way that is asked for', mostOf.mode],
  distance: ['Is near enough to be met', mostOf.distance],
  language: ['Speaks the family’s language', mostOf.language],
  'fair-load': ['Has given few opinions in the last year', mostOf['fair-load']],
  'free-places': ['Has free places', mostOf['free-places']],
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

/** The words of each field, by its place in the body; `#` stands for a number. A label, and a hint where it helps. */
export const fieldWords: Readonly<Record<string, readonly [label: string, hint?: string]>> = {
  'routing.screen.deteriorating': ['Is the child getting worse now?'],
  tfc: ['Specialty'],
  'routing.tfc': ['Specialty'],
  'routing.kind': ['Kind of question'],
  'routing.urgency': ['Urgency'],
  'routing.decideBy': ['Day by which a decision is needed, if there is one'],
  'routing.mode': ['How the opinion should be given'],
  'routing.language': [
    'Language the family would like the clinician to speak',
    'If it is not in the list, say so in the background below.',
  ],
  'texts.brief.question': ['The question'],
  'texts.brief.background': ['Background', 'What somebody needs to know to say whether they can help'],
  'texts.brief.team.#.name': ['Name'],
  'routing.treating.#.gmc': ['GMC number'],
  'routing.treating.#.role': ['Part in the child’s care'],
  'routing.treating.#.org': ['Employer'],
  'routing.treating.#.grade': ['Grade'],
  'routing.treating.#.teams': [
    'Teams, standing MDTs, rotas and transport services they work in now',
    'Tick them in the list. A team that is missing can be added by your second opinion lead on the page Teams.',
  ],
  'routing.unwelcome': ['Is there anyone the family would not want to be asked?', 'They need not say why.'],
  'routing.discussedWith': ['Has the team talked about this case with a clinician elsewhere?'],
  'routing.treatedBy': ['Has anyone elsewhere treated the child or advised before?'],
  'routing.sites': ['Sites of your trust', 'Choose all of them'],
  'routing.familyInformedOn': ['Day on which the family was told'],
  'routing.agreement.basis': ['Agreement to share the record with the clinician'],
  'routing.agreement.on': ['Day of the agreement'],
  'texts.identity.givenName': ['Given name'],
  'texts.identity.familyName': ['Family name'],
  'texts.identity.bornOn': ['Date of birth'],
  'texts.identity.nhsNumber': [
    'NHS number, if there is one',
    'Ten digits, with or without spaces. A CHI number (Scotland) or an H&C number (Northern Ireland) goes here too.',
  ],
  'texts.narrative.summary': ['Clinical summary'],
  'texts.narrative.teamView': ['The team’s own view'],
  'texts.narrative.familyQuestions': [
    'The family’s questions, in their own words',
    'One on each line. Each is answered by itself.',
  ],
  'note.text': ['What is safeguarding or legal', 'It takes the place of the note that is there now.'],
  readers: [
    'Who else may read it',
    'You can always read what you wrote. Nobody else can unless you choose them here, not even your lead.',
  ],
  reason: [
    'Why the case has to be opened now',
    'Guardians read this. Write it so that somebody who was not there understands.',
  ],
  'settled.#.answer': ['The answer you agreed'],
  'settled.#.how': ['How it was settled'],
  decision: ['Your decision'],
  finding: ['What you find'],
  note: ['What your finding rests on'],
  subject: ['Who they are when they sign in', 'The name the sign-in service knows them by, such as a CIS2 user id'],
  name: ['Name', 'As colleagues know them'],
  membership: ['Role'],
  to: ['Last day, if one is known'],
  request: ['Request', 'Its id, such as req_RA7_01999999-0f66-7f8c-9d0e-3f4b8f8f3a11'],
  'declaration.C05': ['Have you ever treated this child or advised on this case?'],
  'declaration.C06': ['Before you were asked, did you talk about this case with a doctor who treats the child?'],
  'declaration.C13': ['Are you close to the child or the family, or do you have another part in their life?'],
  'declaration.interests.C14': [
    'Do you share a practice, partnership or company with a treating consultant, or own a tenth or more of a firm that makes an option?',
  ],
  'declaration.interests.C15': ['Do you hold a smaller share in a firm that makes an option, or does one pay you?'],
  'declaration.interests.C16': ['Did you invent the treatment in question, or do you hold a patent on it?'],
  'declaration.interests.C17': ['Do you lead a trial that the child could enter?'],
  'declaration.interests.C18': [
    'Would your hospital do a planned operation, or receive the child, if your opinion favours it?',
  ],
  'declaration.interests.C19': ['Does the family, a solicitor, an insurer or a campaign pay you for this case?'],
  'declaration.interests.C20': [
    'Are you, or are you likely to be, an expert witness in this case or against this trust?',
  ],
  'declaration.interests.C21': ['Have you spoken about this case in public?'],
  'declaration.interests.C22': [
    'Have you argued strongly in print for or against the treatment in question?',
    'Your values and conscience are not asked about, and never counted.',
  ],
  'declaration.interests.C23': [
    'Have you published, or held a grant, with a treating consultant?',
    'A paper of a large consortium does not count.',
  ],
  'declaration.interests.C24': ['Do you sit on a guideline group or College committee with a treating consultant?'],
  'declaration.interests.C27': [
    'Do you have a live complaint, dispute or lawsuit with the trust, the team or the family?',
  ],
  'declaration.interests.C28': [
    'In the last six months, did you apply for a post at this trust, or try to recruit one of its consultants?',
  ],
  'declaration.interests.C29': [
    'Do you have a part in the board of this trust, or in a charity that funds the family?',
  ],
  'declaration.interests.C30': ['Did a firm that makes an option pay you or host you in the last three years?'],
  'declaration.interests.C31': ['Does somebody close to you have an interest of these kinds?'],
  'declaration.consultants.#.gmc': ['GMC number'],
  'declaration.consultants.#.C07': ['Does either of you direct, employ, appraise or answer for the other?'],
  'declaration.consultants.#.C08': ['Do you work in the same team, MDT, rota or transport service?'],
  'declaration.consultants.#.C10': ['Did either of you teach, train or supervise the other in the last 10 years?'],
  'declaration.consultants.#.C12': ['Are you close friends, partners, former partners or relatives?'],
  'answers.C05': ['Have you ever treated this child or advised on this case?'],
  works: ['File with your publications', 'A .nbib file from PubMed, or JSON from ORCID, of at most 3 MB'],
  'answers.C12': ['Are you a close friend, partner, former partner or relative of a treating consultant?'],
  'answers.C13': ['Are you close to the child or the family, or do you have another part in their life?'],
  because: ['The reason', 'Nothing about other people, please.'],
  familyView: ['What the family says'],
  outcome: ['What came of it'],
  'opinion.basis': ['What the opinion rests on'],
  'opinion.limits': ['Its limits', 'What you did not see, and what you are less sure of'],
  'opinion.diagnosis': ['The diagnosis'],
  'opinion.plan': ['The team’s plan'],
  'opinion.reasoning': ['Findings and reasoning'],
  'opinion.plainSummary': ['Summary in plain words', 'As you would say it to a child of about ten and their parents'],
  'availability.cap': ['Cases at once', '0 means none for now'],
  'availability.urgencies': ['Urgencies taken'],
  'availability.modes': ['Ways of giving an opinion'],
  'registration.status': ['Standing on the medical register'],
  'registration.licence': ['Licence to practise'],
  'registration.conditionsAffectScope': ['Conditions that affect this work'],
  'registration.interimOrder': ['Interim order'],
  'registration.warning': ['Warning'],
  'registration.checkedOn': ['Day on which you looked'],
  specialistRegister: ['Entries on the specialist register', 'One on each line, as the register writes them'],
}

/** What the clinician and the network read of a declaration that could not simply be accepted. */
export const declaredWords = {
  fromEntry: 'Your register entry: what it says of your posts, teams, ties or registration',
  fromEntryOf: 'What the clinician’s register entry says',
  barred: {
    acceptance: 'You cannot give this opinion',
    opening: 'You cannot give this opinion, and the pack stays closed',
  },
  barredWhy: {
    acceptance:
      'Because of an answer below, you are not independent enough in this case. The offer has been declined for you for this reason.',
    opening:
      'Because of an answer below, you are not independent enough in this case. The pack has not been opened, and your place is free again.',
  },
  nothingMore:
    'The network knows and will ask somebody else. You do not need to do anything more. Thank you for saying so.',
  wrongly: 'I answered wrongly',
  wronglyHelp:
    'If you chose an answer by mistake, you can sign your answers once more. The first answers are kept beside the new ones, and the network decides whether to ask you again.',
  newest: 'You have signed new answers',
  newestHelp:
    'They are kept beside your first answers. The network has been told and decides whether to ask you again. If it does, the offer will be in your inbox.',
  both: 'Your first answers are filled in below. Change only what was wrong, then sign. Both are kept, and the network sees both and decides whether to ask you again.',
  signAgain: 'Sign these answers',
  onRecord:
    'The answers you signed are filled in below. If you change one, both are kept and the network decides which counts.',
  settledHint:
    'You settled this with the network, so it cannot be changed here. If it is wrong, tell the network before you sign.',
  askedToSettle: 'The network has been asked to settle an answer with you',
  askedOffer: 'The network will contact you. Your offer stays open until then, and you do not need to do anything now.',
  askedOpening: 'The network will contact you. You keep the case, and the pack stays closed until this is settled.',
  entryOpen: 'Your register entry leaves something open. The network will contact you about it.',
  deciding: 'The network decides on the answers you changed',
  decidingHelp: 'Both your first and your new answers are on record. You will be told what the network decides.',
  settledTitle: 'Your answers are settled',
  settledHelp: 'The network has recorded what you agreed. Check your declaration and sign it.',
  changeAnswer: 'Change an answer',
  needsDecision: 'Needs a decision',
  notSure: 'was not sure of an answer. Speak with them, then record what you agreed.',
  changedMind: 'signed answers that differ from their first. Compare them, then decide.',
  entryLeavesOpen: 'gave answers that bar nothing, but their register entry leaves something open.',
  firstStands: 'The first answer stands',
  askAgain: 'Ask them again',
  firstHelp: 'The clinician stays out, or waits as before. Nothing is lost: both answers stay on record.',
  askHelp: 'Their newest answers count from now on, and you can offer them the request again.',
} as const
/** Where a declaration has come to, as the network reads it. */
export const answersStandWords: Words<AnswersStand> = {
  barred: 'Not independent',
  'to-settle': 'An answer is open',
  'to-decide': 'Answers changed',
  settled: 'Nothing in question',
}
export const declaredStageWords: Words<DeclaredStage> = {
  acceptance: 'With the acceptance',
  opening: 'On opening the pack',
}
/** How an open question was settled. */
export const settledHowWords: Words<SettledHow> = {
  'spoke-with-clinician': 'I spoke with the clinician',
  'clinician-wrote': 'The clinician wrote to us',
  'employer-or-trust-confirmed': 'Their employer or the trust confirmed it',
}
export const decisionWords: Words<DeclarationDecision> = {
  'first-stands': declaredWords.firstStands,
  'ask-again': declaredWords.askAgain,
}

/** What a milder yes means, where a rule weighs it less. */
export const milderWords: Readonly<Partial<Record<InterestRule, string>>> = {
  C15: 'Yes, but its product is not the one in question',
  C16: 'Yes, and I would give only factual input',
  C18: 'No operation, but it would receive the child, a fee or activity',
  C20: 'Only in another case against this trust, in the last two years',
  C22: 'Yes, and others give an opinion beside me',
  C23: 'Only more than three years ago, and fewer than five times',
  C30: 'Yes, less than £1,000, or more than a year ago',
  C31: 'Yes, one that would have to be managed if it were mine',
}

/** The headings of the parts of a form, and what is said under them. */
export const workSaidWords: Words<WorkSaid> = {
  both: 'We wrote it together',
  'not-mine': 'It is not mine',
  'not-theirs': 'It is mine, with somebody else of that name',
}
export const worksIntro =
  'Bring your publications once, and the works that bear a treating consultant’s name are found for you when you are asked. Only you see them, until you said whose each is. In PubMed, search for yourself, then “Send to”, “Citation manager”: that makes a .nbib file. ORCID’s JSON is read too.'
/** What a child who is getting worse needs first. Martha’s Rule is England’s; elsewhere it is the trust’s or board’s own rapid review. */
export const urgentReviewWords: Readonly<
  Record<'England' | 'Wales', { readonly question: string; readonly help: string }>
> = {
  England: {
    question: 'Has Martha’s Rule been used?',
    help: 'If the child is getting worse now, use Martha’s Rule first. A second opinion must not delay it.',
  },
  Wales: {
    question: 'Has your health board’s rapid review been used?',
    help: 'If the child is getting worse now, ask for your health board’s rapid review first. A second opinion must not delay it.',
  },
}

export const sectionWords = {
  works: [
    'Your publications',
    'These bear, or seem to bear, a treating consultant’s name. Say of each whether you wrote it together; what you say is not yours is not asked again for a year.',
  ],
  interests: [
    'Your interests and your part in this case',
    'Say “unsure” where you are: what is not known is never taken for a no.',
  ],
  safe: ['First: is it safe to wait?'],
  about: ['What you would like an opinion on'],
  brief: [
    'The brief',
    'Those who are asked see this before any conflict is cleared. Write “the child”: no name, no date of birth, no NHS number. Concord looks for these, but not for nicknames or dates written in words, so please read it through.',
  ],
  avoid: [
    'Whom not to ask',
    'By GMC number. “Nobody” is an answer; “not asked yet” is none, and the request cannot be sent with it.',
  ],
  sites: ['Where the child is seen'],
  family: ['The family'],
  identity: [
    'The pack: who the child is',
    'Sealed. The network never sees it; the clinician does once your trust has shared the pack.',
  ],
  story: ['The pack: the story'],
  case: [
    'About the child and the case',
    'You do not know the name yet: answer as far as you can tell. You are asked once more when you see it.',
  ],
  seen: ['Now that you see the names', 'A yes closes the pack and frees your place. Nobody asks why.'],
  answers: ['The family’s questions'],
  plain: ['For the family'],
} as const satisfies Readonly<Record<string, readonly [heading: string, hint?: string]>>
export const consultantsHint =
  'Name every consultant who treats the child: independence is judged against each of them.'

/** Answers that tell "nobody" apart from "not asked". */
export const peopleAsked = { '': 'Not asked yet', none: 'Nobody', some: 'Yes: the GMC numbers below' } as const
export const teamsAsked = {
  '': 'Not asked yet',
  none: 'None that anyone elsewhere could share',
  some: 'Yes: those ticked below',
} as const
export const discussedWords = { ...yesNoUnsure, 'urgency-triage': 'Only to judge how urgent it was' } as const
export const taughtWords = {
  no: 'No',
  'they-taught-me': 'They taught or supervised me',
  'i-taught-them': 'I taught or supervised them',
  'trained-together': 'We trained together',
  unsure: 'I am not sure',
} as const

/** What is said of a field that was left empty, by its kind. */
export const missingWords = {
  line: 'Enter this',
  prose: 'Enter this',
  number: 'Enter a number',
  date: 'Enter a date',
  choice: 'Choose one',
  choices: 'Choose at least one',
  select: 'Choose one',
  lines: 'Enter this',
  asked: 'Name them, or choose another answer',
  hidden: 'Load the page again',
  file: 'Choose a file',
} as const

/** What each role finds in the menu; `:id` stands for its own. */
type Menu = readonly (readonly [to: string, words: string])[]
const teamMenu: Menu = [
  ['/requests', 'Requests'],
  ['/requests/new', 'New request'],
  ['/figures', 'Figures'],
]
const brokerMenu: Menu = [
  ['/requests', 'Requests'],
  ['/register', 'Register'],
  ['/figures', 'Figures'],
  ['/people', 'People'],
  ['/teams', 'Teams'],
]
export const menus: Readonly<Record<Role, Menu>> = {
  requester: teamMenu,
  'eso-lead': [...teamMenu, ['/people', 'People'], ['/teams', 'Teams']],
  coordinator: brokerMenu,
  'clinical-lead': brokerMenu,
  clinician: [
    ['/inbox', 'Inbox'],
    ['/register/:id', 'Your entry'],
  ],
  commissioner: [['/figures', 'Figures']],
  guardian: [['/audit', 'Who has seen what']],
  operator: [],
}

export const verdictWords = {
  clear: 'Declared, and nothing stands in the way',
  note: 'Declared, with a note',
  manage: 'Declared, with an interest that is managed by a plan',
  barred: 'Barred',
  undetermined: 'Not determined',
} as const
export const stageWords = {
  offered: 'Offered to you',
  accepted: 'You accepted; the trust asks the family',
  engaged: 'The pack is shared with you',
} as const
export const indemnityWords = { employer: 'By the employer', own: 'Own', none: 'None' } as const
export const formButtons: Readonly<Record<string, string>> = {
  accept: 'Sign the declaration and accept',
  'open-pack': 'Confirm and open the pack',
  'answer-again': declaredWords.signAgain,
  'settle-declaration': 'Record what you agreed',
  'decide-declaration': 'Record your decision',
  report: 'Continue and check it',
}
/** What is said where an opinion is shown once more before it counts. */
export const checkWords = {
  title: 'Check the opinion before you issue it',
  intro: 'This is what the trust will read. You have not issued it yet.',
  once: 'Once you issue it, nobody can change it, and the trust can read it straight away.',
  issue: 'Issue the opinion',
  change: 'Change it',
} as const
export const declarationWords =
  'I declare that the posts, teams and ties above are complete, that I know of no other interest that bears on giving independent opinions, and that I shall say so when that changes. It holds for 12 months.'
export const figuresMade = [
  'Requests are those that a trust submitted to the network in the year. Drafts are not in it.',
  'Matched are those that a clinician accepted. A request withdrawn later stays in it.',
  'The median counts working days from submission to the written opinion, and is shown where 10 or more stand behind it.',
  'Counts from 0 to 7 are one band. Where all but a few were matched, that alone is said, so that no subtraction tells how few.',
  'Each year is published once, when it is over, and is not changed afterwards.',
] as const

/** What the plain pages say: a title and its paragraphs. */
export const plainWords = {
  start: [
    'Second opinions for children and young people',
    'A trust asks for fresh eyes. The network finds a clinician who knows the field, has time and is independent. The opinion goes back to the team and the family.',
  ],
  'not-found': [
    'Page not found',
    'It is not here, or not for you in the role you act in. If you typed the address, check that it is right.',
  ],
  forged: [
    'This form cannot be sent',
    'This form was not made for you, or you have signed in again since you opened it. Nothing has been done. Open the page again and fill in the form there.',
  ],
  'cannot-sign-in': [
    'You are not signed in',
    'Signing in did not finish. It may have taken longer than 10 minutes, or the sign-in service may have refused it. Your account is not affected.',
    'Try again from here. If it still does not work, contact your organisation’s IT support.',
  ],
  'no-role': [
    'You have no role here',
    'You are signed in, and nobody has given you a role in Concord, or it has ended. So there is nothing for you to see.',
    'Ask the second opinion lead of your trust or the office of your network. They tell the operator, and it takes effect the next time you load a page.',
  ],
  operator: [
    'Nothing for operators here',
    'An operator runs the platform from the command line and sees no case. There is no page for it.',
  ],
  'sign-in-again': [
    'Sign in once more',
    'You signed in more than 15 minutes ago. What you are about to do goes on record under your name, so you need to sign in again first.',
    'Nothing has been sent, and what you typed is kept on this page. Sign in in a new window, then come back to this page to go on.',
  ],
  'signed-out': [
    'You were signed out',
    'For safety, Concord signs you out after 15 minutes without a new page.',
    'Nothing has been sent, and what you typed is kept on this page. Sign in in a new window, then come back to this page to go on.',
  ],
  'signed-out-unread': [
    'You are signed out',
    'Nothing has been sent. What you typed may still be in your browser: sign in in a new window, then use your browser’s Back button on this page and send the form again.',
  ],
  'role-ended': [
    'You no longer hold this role',
    'You filled this in as somebody with a role that has ended. Nothing has been sent, and what you typed is kept on this page.',
    'If you hold another role, choose it in a new window and come back to this page. If you think the role should not have ended, ask the second opinion lead of your trust or your network’s office.',
  ],
} as const satisfies Readonly<Record<string, readonly [title: string, ...paragraphs: string[]]>>

/** What is said of a form that came when nothing could be taken. */
export const keptWords = 'What you typed is kept on this page. Wait that long, then send it.'
/** What the button says under a form that was not taken: it is sent, or it is shown once more before it counts. */
export const sendWords = { sent: 'Send what I typed', shown: 'Check what I typed' } as const
/** What is said of a form that was shown in another role. */
export const otherRoleWords = {
  title: 'Which role are you sending this in?',
  shown: (role: string) => `You filled this in as ${role}.`,
  now: (role: string) => `You now act as ${role}.`,
  noneNow: 'You have not chosen a role since you signed in.',
  kept: 'Nothing has been sent, and what you typed is kept on this page.',
  sendAs: (role: string) => `Send it as ${role}`,
  ended: (role: string) => `You no longer hold the role of ${role}, so you cannot send it in that role.`,
  notThere: (role: string) => `You cannot send it as ${role}: this form is not for that role.`,
  leave: 'Leave it and go to your start page',
} as const

/** What is said of a form that was sent before, with something else in it. */
export const formSentBefore = {
  title: 'You sent this form before',
  detail: 'The first time counted. Look at how it stands now, then send it again if you still want to.',
} as const
export const homes: Readonly<Record<Role, string | null>> = {
  requester: '/requests',
  'eso-lead': '/requests',
  coordinator: '/requests',
  'clinical-lead': '/requests',
  clinician: '/inbox',
  commissioner: '/figures',
  guardian: '/audit',
  operator: null,
}

export const findingWords: Words<ReviewFinding> = {
  justified: 'It was justified',
  'not-justified': 'It was not justified',
  'to-follow-up': 'It has to be followed up',
}

/** What stands on record, in words; an event of the process has its own. */
export const auditWords: Readonly<Record<string, string>> = {
  'case.read': 'Read the case',
  'answers.read': 'Had the answers about the brief looked up, to save the draft',
  'offer.read': 'Read the question as somebody who was asked',
  'brief.read': 'Had the joint works with the treating consultants looked up, to accept',
  'narrative.read': 'Had the family’s questions looked up, to issue the opinion',
  'shortlist.read': 'Read the shortlist',
  'declaration.read': 'Read their own signed answers',
  'joint-works.read': 'Read the joint works with the treating consultants',
  'restricted.read': 'Read the restricted note',
  'glass.broken': 'Broke the glass',
  'glass.read': 'Read the whole case under a broken glass',
  'glass.reviewed': 'Reviewed a broken glass',
  'review.read': 'Read the reviews of broken glasses',
  'audit.read': 'Looked at who has seen the case',
  'case.erased': 'Erased the texts of the case',
}
export const glassWords = {
  intro:
    'This opens everything that is sealed of this one case to you, for one hour. It is for an emergency in which waiting would harm the child.',
  told: 'The guardians of your network and of the trust are told at once. One of them looks at why, and at all that you opened, on the next working day.',
  open: 'You broke the glass over this case. Each time you look is on record.',
} as const
export const guardianWords = {
  nothing: 'Nobody has broken a glass that still waits for a look.',
  search: 'Look up who has seen a child’s case, or did something with it.',
  notTold: 'Not shown to you',
} as const
export const teamWords = {
  intro:
    'Requests and register entries choose from this list, so that a team shared by two people is found. A name here belongs to your organisation and stays when a case is erased: never put a patient in it.',
  none: 'There are no teams on your list yet. Add the first one below.',
  others: 'These can be chosen too. Your network keeps them.',
  nothingToPick: 'There are no teams on the list yet. Your second opinion lead can add them on the page Teams.',
} as const
export const peopleWords = {
  intro:
    'Roles are looked at again every year. One that nobody confirms ends by itself 28 days after its day of review. Whoever’s role is ended sees nothing from the next page on.',
  oneHolder:
    'A register entry has one holder at a time. If you give it to somebody new, the cases that the last holder had accepted go back to be matched, and the trusts and your network are told.',
  nobody: 'Nobody holds a role here yet.',
} as const
