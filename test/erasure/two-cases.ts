import { randomInt } from 'node:crypto'
import type { Drafted } from '@concord/application/draft-request'
import { parseChildNumber } from '@concord/domain/child-number'
import { type ClinicianId, must, parseGlassId, parseRequestId } from '@concord/domain/ids'
import type { Opinion } from '@concord/domain/request/texts'
import { aDraft, anOpinion } from '@concord/testkit/drafts'
import { day, gmc, openingAnswers } from '@concord/testkit/facts'
import { declarationFor, done, type World } from '@concord/testkit/world'

/** Letters that stand in no hash and no number, so that what is found of them was theirs. */
const letters = 'ghijklmnopqrstuvwxyz'
const aWord = () => Array.from({ length: 24 }, () => letters[randomInt(letters.length)]).join('')
const aNumber = (): string => {
  const number = `999${String(randomInt(10_000_000)).padStart(7, '0')}`
  return parseChildNumber(number, { inventedAllowed: true }).kind === 'read' ? number : aNumber()
}

/** A case every sealed field of which has a word of its own that stands nowhere else. */
export const aTellingCase = () => {
  const { routing } = aDraft()
  const texts: Drafted['texts'] = {
    brief: { question: aWord(), background: aWord(), team: [{ gmc: gmc(901), name: aWord() }] },
    identity: { givenName: aWord(), familyName: aWord(), bornOn: day('2017-08-23'), nhsNumber: aNumber() },
    narrative: { summary: aWord(), teamView: aWord(), familyQuestions: [aWord(), aWord()] },
  }
  const opinion: Opinion = anOpinion({
    limits: aWord(),
    reasoning: aWord(),
    answers: [aWord(), aWord()],
    plainSummary: aWord(),
  })
  const apart = { restricted: aWord(), reason: aWord(), review: aWord() }
  const { brief, identity, narrative } = texts
  const number = identity.nhsNumber ?? ''
  const words = [
    ...[brief.question, brief.background, ...brief.team.map(({ name }) => name)],
    ...[identity.givenName, identity.familyName, identity.bornOn],
    ...[number, `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`],
    ...[narrative.summary, narrative.teamView, ...narrative.familyQuestions],
    ...Object.values(apart),
    ...[opinion.limits, opinion.reasoning, ...opinion.answers, opinion.plainSummary],
  ]
  return { drafted: { routing, texts }, opinion, apart, words }
}
export type TellingCase = ReturnType<typeof aTellingCase>

/** Takes a case the whole way to its opinion, with a draft saved twice before, a restricted note, and a glass broken and looked at. */
export const takenToReport = async (world: World, { drafted, opinion, apart }: TellingCase, clinician: ClinicianId) => {
  const { cases, as, asked, mustStep, settle, passMinutes } = world
  const draft = (revises: ReturnType<typeof idOf> | null) =>
    cases.draft({ ...drafted, asked: asked(), revises }, as('requester')).then(done)
  const idOf = (made: { readonly id: string }) => must(parseRequestId, made.id)
  const id = idOf(await draft(null))
  await draft(id)
  await settle()
  await mustStep('esoLead', id, { type: 'submit' })
  await mustStep('coordinator', id, { type: 'take-up' })
  await mustStep('coordinator', id, { type: 'complete-triage' })
  await mustStep('coordinator', id, { type: 'shortlist' })
  await mustStep('coordinator', id, { type: 'offer', clinician })
  await mustStep(clinician, id, { type: 'accept', declaration: declarationFor() })
  await mustStep('requester', id, { type: 'engage', familyView: 'agrees' })
  await mustStep(clinician, id, { type: 'open-pack', answers: openingAnswers() })
  await mustStep(clinician, id, { type: 'report', opinion })
  await mustStep('requester', id, { type: 'restrict', note: { text: apart.restricted }, readers: [] })
  const broken = await cases.breakGlass({ id, reason: apart.reason, asked: asked() }, as('clinicalLead'))
  const glass = must(parseGlassId, done(broken).id)
  await cases.readOpenedCase({ id }, as('clinicalLead'))
  passMinutes(61)
  const found = { id, glass, finding: 'justified', note: apart.review, asked: asked() } as const
  done(await cases.reviewGlass(found, as('guardian')))
  await settle()
  return id
}
