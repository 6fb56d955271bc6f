/**
 * What becomes of a string that somebody sends. `sealed`: under a key of the case, gone when it is erased. `listed`: kept in the clear, and
 * refused unless it is on a list or leads to something the caller may see. `shaped`: kept in the clear, a day or a number in which no
 * word can stand. `staff`: an organisation's own, of people at work and never of a case. `unkept`: read and forgotten.
 */
export type Fate = 'sealed' | 'listed' | 'shaped' | 'staff' | 'unkept'
type Strings = Readonly<Record<string, Fate>>

const draft: Strings = {
  // Only the id of a question that was just asked is kept, and that under the key of the pack.
  'confirmed.*': 'unkept',
  'routing.decideBy': 'shaped',
  'routing.familyInformedOn': 'shaped',
  'routing.agreement.on': 'shaped',
  'routing.sites.*': 'listed',
  'routing.tfc': 'listed',
  'routing.treating.*.gmc': 'shaped',
  'routing.treating.*.org': 'listed',
  'routing.treating.*.teams.*.from': 'shaped',
  'routing.treating.*.teams.*.to': 'shaped',
  'routing.treating.*.teams.*.team': 'listed',
  'routing.unwelcome.*': 'shaped',
  'routing.discussedWith.*': 'shaped',
  'routing.treatedBy.*': 'shaped',
  'texts.brief.question': 'sealed',
  'texts.brief.background': 'sealed',
  'texts.brief.team.*.gmc': 'sealed',
  'texts.brief.team.*.name': 'sealed',
  'texts.identity.givenName': 'sealed',
  'texts.identity.familyName': 'sealed',
  'texts.identity.bornOn': 'sealed',
  'texts.identity.nhsNumber': 'sealed',
  'texts.narrative.summary': 'sealed',
  'texts.narrative.teamView': 'sealed',
  'texts.narrative.familyQuestions.*': 'sealed',
}

const tiesAt = (at: string): Strings => ({
  [`${at}.posts.*.from`]: 'shaped',
  [`${at}.posts.*.to`]: 'shaped',
  [`${at}.posts.*.org`]: 'staff',
  [`${at}.posts.*.site`]: 'staff',
  [`${at}.teams.*.from`]: 'shaped',
  [`${at}.teams.*.to`]: 'shaped',
  [`${at}.teams.*.team`]: 'listed',
  [`${at}.trainingTies.*.from`]: 'shaped',
  [`${at}.trainingTies.*.to`]: 'shaped',
  [`${at}.trainingTies.*.with`]: 'shaped',
  [`${at}.managementTies.*.from`]: 'shaped',
  [`${at}.managementTies.*.to`]: 'shaped',
  [`${at}.managementTies.*.with`]: 'shaped',
})
const aRole: Strings = { subject: 'staff', membership: 'listed' }

/** Of every body that takes a string: each, by its place. A new string fails a test until it stands here. */
export const inBodies: Readonly<Record<string, Strings>> = {
  draft,
  revise: draft,
  restrict: { 'note.text': 'sealed', 'readers.*': 'listed' },
  offer: { clinician: 'listed' },
  accept: { 'declaration.consultants.*.gmc': 'shaped', 'works.*.with': 'shaped', 'works.*.evidence': 'listed' },
  'answer-again': { 'again.declaration.consultants.*.gmc': 'shaped' },
  'settle-declaration': { clinician: 'listed', 'settled.*.about': 'shaped' },
  'decide-declaration': { clinician: 'listed' },
  report: {
    'opinion.limits': 'sealed',
    'opinion.reasoning': 'sealed',
    'opinion.answers.*': 'sealed',
    'opinion.plainSummary': 'sealed',
  },
  'break-glass': { reason: 'sealed' },
  'review-glass': { glass: 'listed', note: 'sealed' },
  'clinician-apply': {
    'entry.name': 'staff',
    'entry.facts.gmc': 'shaped',
    'entry.facts.practice.*.tfc': 'shaped',
    'entry.facts.practice.*.lastPractisedOn': 'shaped',
    'entry.facts.indemnity.validTo': 'shaped',
    ...tiesAt('entry.facts'),
  },
  'clinician-verify': { 'registration.checkedOn': 'shaped', 'specialistRegister.*': 'staff' },
  'clinician-record-affiliations': tiesAt('affiliations'),
  'clinician-record-works': { works: 'staff' },
  'clinician-say-works': { 'works.*.with': 'shaped', 'works.*.evidence': 'listed' },
  'role-grant': { ...aRole, name: 'staff', to: 'shaped' },
  'role-confirm': aRole,
  'role-end': aRole,
  'team-add': { name: 'staff' },
  'team-rename': { team: 'listed', name: 'staff' },
  'team-retire': { team: 'listed' },
  'team-restore': { team: 'listed' },
}

/** The same of what stands beside a body, whatever the call. */
export const besideBodies: Strings = {
  'params.id': 'listed',
  'query.cursor': 'unkept',
  'query.tfc': 'shaped',
  'query.trust': 'listed',
  // A program makes it, and it says nothing of what was sent.
  'headers.idempotency-key': 'unkept',
  'headers.if-match': 'unkept',
}
