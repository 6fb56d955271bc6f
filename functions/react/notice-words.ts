import type { NoticeWords } from '@concord/application/reactions/effects'

/** What notices say: that something waits, and nothing of the case, not even its specialty. */
export const noticeWords: Readonly<Record<NoticeWords, { readonly subject: string; readonly text: string }>> = {
  submitted: {
    subject: 'A request for a second opinion has come in',
    text: 'A trust of your network has submitted a request. Please take it up for triage.',
  },
  offered: {
    subject: 'You are asked for a second opinion',
    text: 'A network asks whether you could give an independent opinion. Please read the brief, then declare and accept, or decline.',
  },
  accepted: {
    subject: 'A clinician has accepted',
    text: 'An independent clinician has declared and accepted. Please ask the family for their view, then share the pack.',
  },
  declined: {
    subject: 'An offer was not taken up',
    text: 'A clinician declined, or the time to reply is over. Please offer the request to the next on the shortlist.',
  },
  'to-settle': {
    subject: 'A clinician is not sure of an answer',
    text: 'The network needs to settle a question about a clinician’s independence. Please speak with the clinician and record what you agree.',
  },
  'to-decide': {
    subject: 'A clinician has changed an answer',
    text: 'A clinician has signed answers that differ from their first. Please compare the two and decide whether to ask them again.',
  },
  settled: {
    subject: 'Your question about independence is settled',
    text: 'The network has recorded the answers you agreed. Please check them and sign your declaration.',
  },
  decided: {
    subject: 'The network has decided about your answers',
    text: 'The network has looked at the answers you changed. If it asks you again, you will find the offer in your inbox.',
  },
  plan: {
    subject: 'A management plan needs your approval',
    text: 'A clinician has accepted, with an interest that has to be managed. The plan needs two approvals before the pack is shared.',
  },
  'late-plan': {
    subject: 'A management plan needs your approval',
    text: 'The record of a clinician who had accepted now shows an interest that has to be managed. The request waits until the plan has two approvals.',
  },
  engaged: {
    subject: 'The pack is ready for you',
    text: 'The trust has shared the pack. The names come first: please answer the close ties once more before you open the rest.',
  },
  conflict: {
    subject: 'A request has to be matched again',
    text: 'The clinician who had accepted cannot go on. Please draw up the shortlist again.',
  },
  freed: {
    subject: 'A request has to be matched again',
    text: 'The clinician who had accepted no longer holds their register entry, and somebody else does. The case was taken back and nothing of it was passed on. The network needs to draw up a new shortlist.',
  },
  doubted: {
    subject: 'A clinician’s independence has to be settled',
    text: 'The record of a clinician who had accepted has changed, and no longer says enough. The request waits: please settle it with the clinician.',
  },
  reported: {
    subject: 'The second opinion is here',
    text: 'The opinion has been issued. Please read it and share it with the family.',
  },
  'glass-broken': {
    subject: 'Somebody broke the glass over a case',
    text: 'A case was opened in an emergency. Please look at why, and at what was opened, by the end of the next working day.',
  },
  'holder-changed': {
    subject: 'A register entry has a new holder',
    text: 'Somebody new can now sign in as this independent clinician. If you did not expect this, tell your network at once.',
  },
  withdrawn: {
    subject: 'A request was withdrawn',
    text: 'The trust has withdrawn a request. There is nothing more to do.',
  },
}
