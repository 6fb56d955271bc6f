// One thing, however long: every refusal there is, and what is said of it. Two files would let one be said twice.
import type { Refusal } from '@concord/application/use-cases'
import { FRESH_MINUTES } from '@concord/contracts/demands'
import type { Problem } from '@concord/contracts/problem'
import { sayChildNumber } from '@concord/domain/child-number'
import { grantors } from '@concord/domain/membership/role-held'
import type { WrongDate } from '@concord/domain/plausible'
import { dutyWords } from '@concord/domain/request/duties'
import type { Find } from '@concord/domain/request/finds'
import type { ListName } from '@concord/domain/request/not-listed'
import type { QuestionKind } from '@concord/domain/request/questions'
import { transitions } from '@concord/domain/request/transitions'
import { sayDate } from '../web/times.ts'

/** The only place where a refusal becomes a status and words. A new kind of refusal does not compile until it stands here. */
export const problemOf = (refused: Refusal): Problem => {
  switch (refused.kind) {
    case 'not-standing':
      return say(
        401,
        'not-signed-in',
        'You are not signed in in this role',
        'The role has ended, or nobody granted it; or several are held and none is named. Sign in again, or ask whoever keeps the roles of your organisation.',
      )
    case 'not-found':
      return say(
        404,
        `no-such-${refused.what.replace(' ', '-')}`,
        `There is no such ${refused.what}`,
        'It is not here, or not for you. Check the address, or go back to your list.',
      )
    case 'changed':
      return say(412, 'changed', 'Somebody changed this meanwhile', 'Look at how it stands now, then decide again.')
    case 'key-reused':
      return say(
        422,
        'key-reused',
        'That Idempotency-Key was used for something else',
        'Make a new key for each new thing you ask.',
      )
    case 'not-possible':
      return say(
        409,
        'not-possible',
        `Not possible while the request is ${words(refused.status)}`,
        `“${transitions[refused.step].words}” can be done while it is ${transitions[refused.step].from.map(words).join(' or ')}.`,
      )
    case 'not-yours':
      return say(
        403,
        'not-yours',
        'This step belongs to another role',
        `“${transitions[refused.step].words}” is done by ${transitions[refused.step].by.map(words).join(' or ')}, and you act as ${words(refused.role)}.`,
      )
    case 'incomplete':
      return {
        ...say(409, 'incomplete', 'The request is not complete yet', `Still missing: ${refused.missing.join('; ')}.`),
        errors: refused.missing.map((problem) => ({ at: 'request', problem })),
      }
    case 'deteriorating':
      return say(
        409,
        'deteriorating',
        'A child who is getting worse needs help now',
        'First use Martha’s Rule (in England) or your health board’s rapid review (in Wales): a second opinion must not delay it. Record that it was used, then go on.',
      )
    case 'brief-names-child':
      return {
        ...say(
          422,
          'brief-names-child',
          'The brief gives the child away',
          'Clinicians read the brief before anybody checks that they are independent. Write “the child” instead, then send it again.',
        ),
        errors: refused.found.map(({ at, what, word }) => ({ at: `body.${at}`, problem: findWords[what](word) })),
      }
    case 'to-confirm':
      return {
        ...say(
          422,
          'to-confirm',
          'Check what you typed',
          'Change what is wrong. Confirm what is right, then send it again.',
        ),
        errors: refused.questions.map(({ at, kind, about }) => ({
          at: `body.${at}`,
          problem: questionWords[kind](about),
        })),
        questions: refused.questions.map(({ id, at, kind, about }) => ({
          id,
          at: `body.${at}`,
          words: questionWords[kind](about),
          answer: answerWords[kind],
        })),
      }
    case 'no-shortlist':
      return say(409, 'no-shortlist', 'There is no shortlist to offer from', 'Draw up the shortlist first.')
    case 'not-on-the-list':
      return {
        ...say(
          422,
          'not-on-the-list',
          'Something you entered is not on our lists',
          'Nothing was saved. Change each place named in “errors”, then send it again.',
        ),
        errors: refused.places.map(({ at, list }) => ({ at, problem: listWords[list] })),
      }
    case 'empty-register':
      return say(
        409,
        'empty-register',
        'Nobody of this specialty is listed',
        `No clinician of treatment function ${refused.tfc} is on your network’s listings or the national ones. Ask neighbouring networks, or take the MDT route.`,
      )
    case 'not-offerable':
      return say(
        409,
        `not-offerable-${refused.standing}`,
        notOfferable[refused.standing],
        'Choose somebody who is offerable on the shortlist that stands, or draw it up again.',
      )
    case 'not-offered':
      return say(
        404,
        'no-such-request',
        'There is no such request',
        'The offer is closed, or was never yours. Your inbox shows what is at hand.',
      )
    case 'offer-expired':
      return say(
        409,
        'offer-expired',
        'The time to reply is over',
        'Tell the network if you still could: they can offer it to you again.',
      )
    case 'not-due':
      return say(409, 'not-due', 'The offer still runs', 'It expires by itself once its time is over.')
    case 'answer-on-record':
      return say(409, `answer-${onRecord[refused.stands][0]}`, onRecord[refused.stands][1], onRecord[refused.stands][2])
    case 'nothing-declared':
      return say(
        409,
        'nothing-declared',
        'You have no closed answers to correct here',
        'If you have an offer or a case open, answer in its own form. Your inbox shows what you have.',
      )
    case 'nothing-to-settle':
      return say(
        409,
        'nothing-to-settle',
        'This clinician has no open question to settle',
        'Read the request again to see where their declaration has come to.',
      )
    case 'questions-open':
      return say(
        409,
        'questions-open',
        'Settle each open question once',
        refused.missing > 0
          ? `${refused.missing} open ${refused.missing === 1 ? 'question has' : 'questions have'} no answer yet. Answer each of them, and nothing else.`
          : 'You answered a question that is not open, or gave an answer it does not allow. Load the page again and answer what it asks.',
      )
    case 'offer-not-open':
      return say(
        409,
        'offer-not-open',
        'This clinician no longer has the offer or the case',
        'Their answers stay on record. Offer them the request again first, or ask somebody else.',
      )
    case 'nothing-to-decide':
      return say(
        409,
        'nothing-to-decide',
        'There is nothing to decide about this clinician’s answers',
        'Read the request again to see where their declaration has come to.',
      )
    case 'approved-already':
      return say(
        409,
        'approved-already',
        'Nothing waits for your approval',
        'You approved the plan already, or there is none to approve.',
      )
    case 'own-approval':
      return say(
        403,
        'own-approval',
        'Somebody else has to approve this',
        'Whoever asked for the opinion does not approve the plan, and its two approvals come from two people.',
      )
    case 'duties-apart':
      return say(
        403,
        'duties-apart',
        'Somebody else must do this',
        `You ${dutyWords[refused.did].past}, so you cannot also ${dutyWords[refused.asked].asks}. Ask a colleague to do it.`,
      )
    case 'role-in-trust':
      return say(
        403,
        'role-in-trust',
        'You cannot give an opinion to this trust',
        'You hold a role at the trust that asks for the opinion. Tell the network, so that they can ask somebody else.',
      )
    case 'unreadable-works':
      return say(422, 'unreadable-works', 'That file does not read as a list of publications', refused.because)
    case 'works-to-say':
      return {
        ...say(
          409,
          'works-to-say',
          'Say of each joint work whose it is',
          refused.missing.length > 0
            ? `Your publications show ${refused.missing.length} more with a treating consultant’s name. Each is used only once you said whether you wrote it together.`
            : 'Some of what you said is about works that are not asked about, or are shown differently now. Load them again and answer those.',
        ),
        errors: refused.missing.map(({ name, work }) => ({ at: 'works', problem: `“${work.title}”, with ${name}` })),
      }
    case 'unanswered':
      return say(
        409,
        'unanswered',
        'Each of the family’s questions needs its answer',
        `They asked ${refused.questions} and there are ${refused.answers} answers. Where you cannot answer one, say so in its place.`,
      )
    case 'nhs-number':
      return say(422, 'nhs-number', 'That number cannot be the child’s', nhsNumberWords[refused.because])
    case 'implausible-dates':
      return {
        ...say(
          422,
          'implausible-dates',
          'Check the dates',
          'Correct each date that is named here, then send it again.',
        ),
        errors: refused.wrong.map(({ at, because, limit }) => ({
          at: `body.${at}`,
          problem: dateWords[because](sayDate(limit)),
        })),
      }
    case 'plan-not-approved':
      return say(
        409,
        'plan-not-approved',
        'The management plan is not approved yet',
        `Still to approve: ${refused.by.map(words).join(' and ')}.`,
      )
    case 'clearance-doubted':
      return say(
        409,
        'clearance-doubted',
        'The clinician’s independence has to be settled first',
        `Their record has changed since they accepted, and leaves open: ${refused.rules.join(', ')}. Nothing goes on until it says enough again.`,
      )
    case 'waiver-not-allowed':
      return say(
        409,
        'waiver-not-allowed',
        'The family’s view is needed',
        'Only an immediate request (U0) may go on without it. Ask the family, and record what they say.',
      )
    case 'not-engaged':
      return say(
        409,
        'not-engaged',
        'You are not engaged on this request',
        'The pack opens once the trust has shared it with you.',
      )
    case 'not-named':
      return say(
        403,
        'not-named',
        'You are not named on the restricted note',
        'Those who are named can add you. In an emergency the second opinion lead can break the glass.',
      )
    case 'glass-not-yours':
      return say(
        403,
        'glass-not-yours',
        'This belongs to another role',
        refused.does === 'break'
          ? 'The network’s clinical lead or the trust’s second opinion lead breaks the glass.'
          : 'A guardian looks at it.',
      )
    case 'glass-not-broken':
      return say(
        409,
        'glass-not-broken',
        'The case is not open to you',
        'Break the glass first, with the reason in words. It opens the case to you for an hour.',
      )
    case 'glass-still-open':
      return say(
        409,
        'glass-still-open',
        'The case is still open under it',
        `Look at it after ${refused.until}: what is opened until then belongs into the review.`,
      )
    case 'glass-reviewed-already':
      return say(409, 'glass-reviewed-already', 'It was looked at already', 'A review stands as it was recorded.')
    case 'own-glass':
      return say(403, 'own-glass', 'Somebody else has to look at this', 'Nobody reviews what they opened themselves.')
    case 'not-a-guardian':
      return say(404, 'not-a-guardian', 'There is nothing here for you', `As ${words(refused.role)} you see no audit.`)
    case 'role-not-yours':
      return say(
        403,
        'role-not-yours',
        'That role is granted by somebody else',
        `The role of ${words(refused.asked)} is granted and ended by ${grantors[refused.asked].map(words).join(' or ')}.`,
      )
    case 'own-role':
      return say(
        403,
        'own-role',
        'Somebody else has to do this',
        'Nobody grants, confirms or ends a role of their own.',
      )
    case 'held-already':
      return say(409, 'held-already', 'They hold that role already', 'Confirm it at its review, or end it first.')
    case 'entry-held':
      return say(
        409,
        'entry-held',
        'Somebody else holds this register entry',
        'An entry has one holder at a time. End the role of its present holder first, then grant it.',
      )
    case 'not-held':
      return say(409, 'not-held', 'They do not hold that role', 'It was never granted, or has ended. Grant it anew.')
    case 'team-listed-already':
      return say(
        409,
        'team-listed-already',
        'A team of that name is on your list already',
        'Use that one, or give this one a name that tells the two apart. If the other is no longer in use, retire it first.',
      )
    case 'team-unchanged':
      return say(
        409,
        'team-unchanged',
        refused.step === 'retire' ? 'That team was retired already' : 'That team is in use already',
        'Somebody else may have changed it. Look at the list again.',
      )
    case 'erased':
      return say(
        409,
        'erased',
        'The texts of this request were erased',
        `Since ${refused.at.slice(0, 10)} nobody can read or add any. Where the request stands stays on record. Ask anew where an opinion is still needed.`,
      )
    case 'bad-cursor':
      return say(400, 'bad-cursor', 'That is not a page of this list', 'Begin again without a cursor.')
    case 'no-worklist':
      return say(404, 'no-worklist', 'You have no worklist', `As ${words(refused.role)} you have no list of requests.`)
    case 'no-figures':
      return say(404, 'no-figures', 'There are no figures for you', `As ${words(refused.role)} you see no figures.`)
    case 'entry-not-possible':
      return say(
        409,
        'entry-not-possible',
        `Not possible while the entry is ${words(refused.status)}`,
        'Look at how the entry stands now.',
      )
    case 'entry-not-yours':
      return say(403, 'entry-not-yours', 'This step belongs to another role', `You act as ${words(refused.role)}.`)
    case 'not-declared':
      return say(
        409,
        'not-declared',
        'The standing declaration is missing',
        'The clinician signs it in their own account; then the entry can be listed.',
      )
    case 'no-affiliations':
      return say(
        409,
        'no-affiliations',
        'The posts are missing',
        'Record where the clinician works and worked, with dates: independence is judged by it.',
      )
    case 'full':
      return say(
        409,
        'full',
        'You have as many cases as you agreed to',
        `Your cap is ${refused.cap}. Finish one, or raise the cap.`,
      )
    case 'in-hand-already':
      return say(409, 'in-hand-already', 'You have this case already', 'It is in your inbox.')
    case 'invented-number':
      return say(
        422,
        'invented-number',
        'That GMC number is kept for invented people',
        'Numbers from 9990000 up are never a real doctor’s. Enter the number of the register.',
      )
    case 'number-claimed':
      return say(
        409,
        'number-claimed',
        'That GMC number is on a register already',
        'A clinician has one home network. Ask the operator which it is.',
      )
  }
}

const say = (status: number, code: string, title: string, detail: string): Problem => ({
  type: `urn:concord:problem:${code}`,
  code,
  title,
  status,
  detail,
})

const words = (name: string) => name.replaceAll('-', ' ')

/** What is said when the same answers come again: the code's end, the title and what happens next. */
const onRecord = {
  barred: [
    'on-record',
    'These answers are on record already',
    'They close this request to you. If an answer was wrong, change it and send it: the network then decides.',
  ],
  'to-settle': [
    'to-settle',
    'The network has been asked about your answers',
    'You said that you are not sure, or your register entry leaves something open. A coordinator will settle it with you: you do not need to send anything now.',
  ],
  'to-decide': [
    'to-decide',
    'The network has not yet decided about your changed answers',
    'Both sets of answers are on record. A coordinator compares them and tells you: you do not need to send anything now.',
  ],
  settled: [
    'settled',
    'These answers are on record already',
    'Nothing about them needs deciding. If the network asks you again, you will find the offer in your inbox.',
  ],
} as const

const nhsNumberWords = {
  'not-ten-digits': 'An NHS, CHI or H&C number has ten digits. Leave it empty if the child has none yet.',
  'check-digit': 'The last digit does not fit the others. Check the number, or leave it empty.',
  'never-issued': 'Nobody was ever given a number of ten equal digits. Leave it empty if the child has none yet.',
  invented: 'Numbers that begin with 999 are for tests only. Enter the child’s own number, or leave it empty.',
} as const

const listWords: Readonly<Record<ListName, string>> = {
  'own-site': 'Choose a site of your own trust that is open today.',
  'open-trust': 'Choose an NHS trust or health board that is open today.',
  team: 'Choose a team from the list of your trust or your network. Whoever keeps the list can add one.',
  specialty: 'Choose one of the paediatric treatment functions.',
  reader: 'Choose a requester or second opinion lead who holds that role at your trust today.',
}

const dateWords: Readonly<Record<WrongDate['because'], (limit: string) => string>> = {
  'too-early': (limit) => `Enter a date that is not before ${limit}`,
  'too-late': (limit) => `Enter a date that is not after ${limit}`,
  'before-its-start': (limit) => `Enter a date that is not before the start, ${limit}`,
}

const findWords: Readonly<Record<Find['what'], (word: string) => string>> = {
  name: (word) => `Take out “${word}”: it is the child’s name`,
  number: (word) => `Take out the number ${sayChildNumber(word)}: it is an NHS, CHI or H&C number`,
  birthday: () => 'Take out the child’s date of birth',
}
const questionWords: Readonly<Record<QuestionKind, (about: string) => string>> = {
  name: (word) => `“${word}” is also the child’s name. Does it mean the child here?`,
  number: (word) => `“${word}” could be somebody’s NHS, CHI or H&C number. Is it?`,
  birthday: (word) => `“${word}” could be the child’s date of birth. Is it?`,
  'before-birth': (on) => `${sayDate(on)} is before the child was born. Is it right?`,
  'decision-past': (on) => `${sayDate(on)} has passed. Is it still the day by which a decision is needed?`,
}
/** What whoever confirms says: with it, nothing is changed. */
const answerWords: Readonly<Record<QuestionKind, string>> = {
  name: 'This is not the child',
  number: 'This is not anybody’s number',
  birthday: 'This is not the child’s date of birth',
  'before-birth': 'Yes, this was before the birth',
  'decision-past': 'Yes, this is the day',
}

const notOfferable = {
  full: 'The clinician has no free place',
  excluded: 'A rule of independence excludes the clinician',
  'shortlist-changed': 'The shortlist was drawn up again meanwhile',
  'already-offered': 'The request is offered to this clinician already',
  'left-out-before': 'This clinician was asked before and is out for this request',
  'three-offered': 'Three are asked already',
} as const

/** What is said when something broke: nothing of what it was. */
export const broken: Problem = say(
  500,
  'broken',
  'Something went wrong on our side',
  'Nothing was half done. Try again; if it happens again, tell the operator the time.',
)

/** Said of whatever needs a sign-in just made, before anybody looks whether it is there. */
export const signInAgain = say(
  401,
  'sign-in-again',
  'A person has to sign in for this, just now',
  `It goes into a child’s record under one’s name. Sign in once more, so that the token’s auth_time is less than ${FRESH_MINUTES} minutes ago, and send it again. A program cannot do it.`,
)
/** Said of a verified token that is not an access token, or does not say what it is. */
export const notAccessToken = say(
  401,
  'not-an-access-token',
  'This is not an access token',
  'Send the access token that your issuer gave you for this API, not the identity token. It must have the claims client_id and jti.',
)
/** Said to whoever called too often: in how many seconds to come again. */
export const tooMany = (seconds: number): Problem =>
  say(
    429,
    'too-many-calls',
    'That was a lot in a short time',
    `Nothing was done. Go on in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}. Nobody else is held up by it.`,
  )

// What a call can get wrong before anything is asked.
export const noSuchRoute = say(
  404,
  'no-such-route',
  'There is no such route',
  'See /v1/openapi.json for those there are.',
)
export const notJson = say(
  400,
  'not-json',
  'The body is not JSON',
  'Send one JSON object: {} where there is nothing to say.',
)
export const notJsonType = say(
  415,
  'not-json-type',
  'The body is not said to be JSON',
  'Send content-type: application/json and one JSON object: {} where there is nothing to say.',
)
export const tooLarge = say(
  413,
  'too-large',
  'The body is too large',
  'A call may hold 200 KB in all, and a list of publications 3 MB: of publications, send the latest.',
)
export const notForm = say(
  400,
  'not-a-form',
  'The form does not read',
  'Load the page again, fill it in and send it once more.',
)
export const notTextFile = say(
  415,
  'not-text-file',
  'That file is not a list of publications',
  'Choose what PubMed exports (.nbib) or ORCID gives (JSON). Pictures, documents and programs are not taken.',
)

/** Names the places that do not read, and never what stood there: that may be a child's name. */
export const unreadable = (
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): Problem => ({
  ...say(400, 'unreadable', 'Something in the call does not read', 'See “errors” for each place.'),
  errors: issues.slice(0, 20).map(({ path, message }) => ({ at: path.join('.'), problem: message.slice(0, 300) })),
})
