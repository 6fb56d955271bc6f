import type { WorkAnswer } from '@concord/domain/evidence/works-to-say'
import type { ClinicianId, RequestId, Subject } from '@concord/domain/ids'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import type { DeclarationDecision, Settlement } from '@concord/domain/request/declared'
import type { DeclineReason } from '@concord/domain/request/request'
import type { Opinion } from '@concord/domain/request/texts'
import { judgeStep, type StepName } from '@concord/domain/request/transitions'
import type { NonEmpty } from '@concord/domain/result'
import { answerAgain, readOwnAnswers, type SaidAgain } from './answer-again.ts'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { asEachCaller } from './as-each-caller.ts'
import { breakGlass, readOpenedCase } from './break-glass.ts'
import type { Caller } from './caller.ts'
import { changeClinician, readClinician, readRegister } from './change-clinician.ts'
import type { UnboundDeps } from './deps.ts'
import { draftRequest } from './draft-request.ts'
import { drawShortlist, makeOffer, readShortlist } from './draw-shortlist.ts'
import { readGlasses, readGlassesToReview, readWhoHasSeen, reviewGlass } from './guard-cases.ts'
import { readJointWorks } from './joint-works.ts'
import { changeRole, readRoles } from './keep-roles.ts'
import { changeTeam, readTeams } from './keep-teams.ts'
import { openPack, reportOpinion } from './open-pack.ts'
import { refuseStep } from './reach.ts'
import { readCase } from './read-case.ts'
import { exportReleases, readOwn, readReleases, readWorklist } from './read-lists.ts'
import { keepRestrictedNote, type RestrictedText, readRestrictedNote } from './restricted-note.ts'
import { decideDeclaration, settleDeclaration } from './settle-declaration.ts'
import { type PlainStep, stepRequest } from './step-request.ts'
import type { Asked } from './take-step.ts'

/** Any step of a request after its draft, as a caller says it. */
export type StepCall =
  | PlainStep
  | { readonly type: 'restrict'; readonly note: RestrictedText; readonly readers: readonly Subject[] }
  | { readonly type: 'shortlist' }
  | { readonly type: 'offer'; readonly clinician: ClinicianId }
  | {
      readonly type: 'accept'
      readonly declaration: Omit<CaseDeclaration, 'signedAt'>
      readonly works?: readonly WorkAnswer[]
    }
  | { readonly type: 'answer-again'; readonly again: SaidAgain }
  | {
      readonly type: 'settle-declaration'
      readonly clinician: ClinicianId
      readonly settled: NonEmpty<Settlement>
    }
  | { readonly type: 'decide-declaration'; readonly clinician: ClinicianId; readonly decision: DeclarationDecision }
  | { readonly type: 'decline'; readonly because: DeclineReason }
  | { readonly type: 'open-pack'; readonly answers: Omit<OpeningAnswers, 'answeredAt'> }
  | { readonly type: 'report'; readonly opinion: Opinion }

/** All that a face of Concord can ask for: the API and the console call the same. */
export const useCases = (deps: UnboundDeps) => {
  const call = asEachCaller(deps)
  return {
    draft: call('draft', (own) => {
      const [draft, refuse] = [draftRequest(own), refuseStep(own)]
      return async (drafted: Parameters<typeof draft>[0], caller: Caller) =>
        drafted.revises && isNever('revise', caller)
          ? refuse({ id: drafted.revises, step: 'revise' }, caller)
          : draft(drafted, caller)
    }),
    step: call('step', (own) => async (id: RequestId, step: StepCall, asked: Asked, caller: Caller) => {
      if (isNever(step.type, caller)) return refuseStep(own)({ id, step: step.type }, caller)
      switch (step.type) {
        case 'shortlist':
          return drawShortlist(own)({ id, asked }, caller)
        case 'offer':
          return makeOffer(own)({ id, clinician: step.clinician, asked }, caller)
        case 'accept':
          return acceptOffer(own)({ id, declaration: step.declaration, works: step.works ?? [], asked }, caller)
        case 'answer-again':
          return answerAgain(own)({ id, again: step.again, asked }, caller)
        case 'settle-declaration':
          return settleDeclaration(own)({ id, clinician: step.clinician, settled: step.settled, asked }, caller)
        case 'decide-declaration':
          return decideDeclaration(own)({ id, clinician: step.clinician, decision: step.decision, asked }, caller)
        case 'decline':
          return declineOffer(own)({ id, because: step.because, asked }, caller)
        case 'open-pack':
          return openPack(own)({ id, answers: step.answers, asked }, caller)
        case 'restrict':
          return keepRestrictedNote(own)({ id, note: step.note, readers: step.readers, asked }, caller)
        case 'report':
          return reportOpinion(own)({ id, opinion: step.opinion, asked }, caller)
        default:
          return stepRequest(own)({ id, step, asked }, caller)
      }
    }),
    readCase: call('read-case', readCase),
    readShortlist: call('read-shortlist', readShortlist),
    readWorklist: call('read-worklist', readWorklist),
    readJointWorks: call('read-joint-works', readJointWorks),
    readOwnAnswers: call('read-own-answers', readOwnAnswers),
    readOwn: call('read-own', readOwn),
    readReleases: call('read-releases', readReleases),
    exportReleases: call('export-releases', exportReleases),
    readRegister: call('read-register', readRegister),
    readClinician: call('read-clinician', readClinician),
    changeClinician: call('change-clinician', changeClinician),
    readRestrictedNote: call('read-restricted-note', readRestrictedNote),
    breakGlass: call('break-glass', breakGlass),
    readOpenedCase: call('read-opened-case', readOpenedCase),
    readGlasses: call('read-glasses', readGlasses),
    reviewGlass: call('review-glass', reviewGlass),
    readGlassesToReview: call('read-glasses-to-review', readGlassesToReview),
    readWhoHasSeen: call('read-who-has-seen', readWhoHasSeen),
    readRoles: call('read-roles', readRoles),
    changeRole: call('change-role', changeRole),
    readTeams: call('read-teams', readTeams),
    changeTeam: call('change-team', changeTeam),
  }
}

const isNever = (step: StepName, caller: Caller) => judgeStep(step, 'none', caller.membership.role) === 'not-yours'

export type UseCases = ReturnType<typeof useCases>
/** Every way in which a use case can refuse: each becomes one problem, or does not compile. */
export type Refusal = Exclude<
  { [Name in keyof UseCases]: Awaited<ReturnType<UseCases[Name]>> }[keyof UseCases],
  {
    readonly kind:
      | 'done'
      | 'case'
      | 'joint-works'
      | 'own-answers'
      | 'worklist'
      | 'own'
      | 'releases'
      | 'shortlist'
      | 'register'
      | 'clinician'
      | 'restricted'
      | 'opened-case'
      | 'glasses'
      | 'to-review'
      | 'who-has-seen'
      | 'roles'
      | 'teams'
  }
>
