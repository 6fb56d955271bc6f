import type { WorkAnswer } from '@concord/domain/evidence/works-to-say'
import type { ClinicianId, RequestId, Subject } from '@concord/domain/ids'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import type { DeclineReason } from '@concord/domain/request/request'
import type { Opinion } from '@concord/domain/request/texts'
import { judgeStep, type StepName } from '@concord/domain/request/transitions'
import { acceptOffer, declineOffer } from './answer-offer.ts'
import { breakGlass, readOpenedCase } from './break-glass.ts'
import type { Caller } from './caller.ts'
import { changeClinician, readClinician, readRegister } from './change-clinician.ts'
import type { Deps } from './deps.ts'
import { draftRequest } from './draft-request.ts'
import { drawShortlist, makeOffer, readShortlist } from './draw-shortlist.ts'
import { readGlasses, readGlassesToReview, readWhoHasSeen, reviewGlass } from './guard-cases.ts'
import { readJointWorks } from './joint-works.ts'
import { changeRole, readRoles } from './keep-roles.ts'
import { openPack, reportOpinion } from './open-pack.ts'
import { refuseStep } from './reach.ts'
import { readCase } from './read-case.ts'
import { exportReleases, readOwn, readReleases, readWorklist } from './read-lists.ts'
import { withRefusalsOnRecord } from './refusals-on-record.ts'
import { keepRestrictedNote, type RestrictedText, readRestrictedNote } from './restricted-note.ts'
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
  | { readonly type: 'decline'; readonly because: DeclineReason }
  | { readonly type: 'open-pack'; readonly answers: Omit<OpeningAnswers, 'answeredAt'> }
  | { readonly type: 'report'; readonly opinion: Opinion }

/** All that a face of Concord can ask for: the API and the console call the same. */
export const useCases = (deps: Deps) => {
  const plain = stepRequest(deps)
  const [shortlist, offer, accept, decline] = [
    drawShortlist(deps),
    makeOffer(deps),
    acceptOffer(deps),
    declineOffer(deps),
  ]
  const [open, report] = [openPack(deps), reportOpinion(deps)]
  const draft = draftRequest(deps)
  const restrict = keepRestrictedNote(deps)
  const refuse = refuseStep(deps)
  const isNever = (step: StepName, caller: Caller) => judgeStep(step, 'none', caller.membership.role) === 'not-yours'
  const recorded = withRefusalsOnRecord(deps)
  return {
    draft: recorded('draft', async (drafted: Parameters<typeof draft>[0], caller: Caller) =>
      drafted.revises && isNever('revise', caller)
        ? refuse({ id: drafted.revises, step: 'revise' }, caller)
        : draft(drafted, caller),
    ),
    step: recorded('step', async (id: RequestId, call: StepCall, asked: Asked, caller: Caller) => {
      if (isNever(call.type, caller)) return refuse({ id, step: call.type }, caller)
      switch (call.type) {
        case 'shortlist':
          return shortlist({ id, asked }, caller)
        case 'offer':
          return offer({ id, clinician: call.clinician, asked }, caller)
        case 'accept':
          return accept({ id, declaration: call.declaration, works: call.works ?? [], asked }, caller)
        case 'decline':
          return decline({ id, because: call.because, asked }, caller)
        case 'open-pack':
          return open({ id, answers: call.answers, asked }, caller)
        case 'restrict':
          return restrict({ id, note: call.note, readers: call.readers, asked }, caller)
        case 'report':
          return report({ id, opinion: call.opinion, asked }, caller)
        default:
          return plain({ id, step: call, asked }, caller)
      }
    }),
    readCase: recorded('read-case', readCase(deps)),
    readShortlist: recorded('read-shortlist', readShortlist(deps)),
    readWorklist: recorded('read-worklist', readWorklist(deps)),
    readJointWorks: recorded('read-joint-works', readJointWorks(deps)),
    readOwn: recorded('read-own', readOwn(deps)),
    readReleases: recorded('read-releases', readReleases(deps)),
    exportReleases: recorded('export-releases', exportReleases(deps)),
    readRegister: recorded('read-register', readRegister(deps)),
    readClinician: recorded('read-clinician', readClinician(deps)),
    changeClinician: recorded('change-clinician', changeClinician(deps)),
    readRestrictedNote: recorded('read-restricted-note', readRestrictedNote(deps)),
    breakGlass: recorded('break-glass', breakGlass(deps)),
    readOpenedCase: recorded('read-opened-case', readOpenedCase(deps)),
    readGlasses: recorded('read-glasses', readGlasses(deps)),
    reviewGlass: recorded('review-glass', reviewGlass(deps)),
    readGlassesToReview: recorded('read-glasses-to-review', readGlassesToReview(deps)),
    readWhoHasSeen: recorded('read-who-has-seen', readWhoHasSeen(deps)),
    readRoles: recorded('read-roles', readRoles(deps)),
    changeRole: recorded('change-role', changeRole(deps)),
  }
}

export type UseCases = ReturnType<typeof useCases>
/** Every way in which a use case can refuse: each becomes one problem, or does not compile. */
export type Refusal = Exclude<
  { [Name in keyof UseCases]: Awaited<ReturnType<UseCases[Name]>> }[keyof UseCases],
  {
    readonly kind:
      | 'done'
      | 'case'
      | 'joint-works'
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
  }
>
