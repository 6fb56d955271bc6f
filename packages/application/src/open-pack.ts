import { refTo } from '@concord/domain/clinician/clinician'
import type { RequestId } from '@concord/domain/ids'
import type { OpeningAnswers } from '@concord/domain/independence/facts'
import type { Narrative, Opinion } from '@concord/domain/request/texts'
import { dateAt } from '@concord/domain/time'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { stepInHand } from './engagement.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import { signedIn } from './signed-answers.ts'
import { acting } from './tag.ts'
import { type Asked, type PreparedStep, tryStep } from './take-step.ts'
import { weighOwn } from './weigh-own.ts'

/** Opens the pack once the names were seen and the close ties asked again; a tie closes it and frees the place. */
export const openPack =
  (deps: Deps) =>
  async (
    {
      id,
      answers: said,
      asked,
    }: { readonly id: RequestId; readonly answers: Omit<OpeningAnswers, 'answeredAt'>; readonly asked: Asked },
    caller: Caller,
  ) =>
    stepInHand(deps, caller, { id, asked }, async ({ own, inHand, scope }) => {
      const organisations = await deps.organisations()
      return tryStep(deps, acting(deps, caller), {
        scope,
        place: inHand,
        asked,
        beside: (store) => store.declaration(own.state.home, own.state.id, id),
        prepare: async (state, declaration, at) => {
          if (!state || !declaration) return { kind: 'not-found', what: 'request' } as const
          const answers = { ...said, answeredAt: at }
          const assessment = await weighOwn(deps, {
            stage: 'opening',
            state,
            own,
            at,
            organisations,
            declaration,
            opening: answers,
          })
          return {
            kind: 'prepared',
            command: { type: 'open-pack', clinician: refTo(own.state), answers, assessment },
            beside: (events) =>
              signedIn(events, { own: own.state, place: inHand, stage: 'opening', declaration: answers }),
          } as const satisfies PreparedStep
        },
      })
    })

/** Stands for an opinion that is not sealed yet, for what is refused before. */
const unwritten = { compartment: 'pack', section: 'opinion', version: 1, hash: '' } as const

/** Issues the written opinion: one answer to each of the family's questions, sealed into the pack, version 1, never edited. */
export const reportOpinion =
  (deps: Deps) =>
  async (
    { id, opinion, asked }: { readonly id: RequestId; readonly opinion: Opinion; readonly asked: Asked },
    caller: Caller,
  ) =>
    stepInHand(deps, caller, { id, asked }, ({ own, inHand, scope }) =>
      tryStep(deps, acting(deps, caller), {
        scope,
        place: inHand,
        asked,
        // Without the pack in scope nothing may be sealed into it: the case is not open to this clinician yet.
        beside: async (store) => (inHand.stage === 'engaged' ? store.compartment('pack', inHand) : null),
        prepare: async (state, pack, at, _, refusedAnyway) => {
          if (!state) return { kind: 'not-found', what: 'request' } as const
          if (!pack) return { kind: 'not-engaged' } as const
          if (pack.erasedAt) return { kind: 'erased', at: pack.erasedAt } as const
          const clinician = refTo(own.state)
          const share = deps.policy(dateAt(at)).shareBy(state.routing.urgency, at)
          // A report on a case that is not open opens nothing of it.
          const command = { type: 'report', clinician, opinion: unwritten, share } as const
          const refused = refusedAnyway(state, command)
          if (refused) return refused
          const entry = putOnRecord(deps, caller, { about: recordOf(inHand), did: 'narrative.read' })
          // Sealed by this room as a narrative; the cipher's tag says nobody changed it since.
          const { familyQuestions: questions } = ((await pack.read('narrative', entry)) ?? {
            familyQuestions: [],
          }) as Narrative
          if (opinion.answers.length !== questions.length)
            return { kind: 'unanswered', questions: questions.length, answers: opinion.answers.length } as const
          const sealed = await pack.seal('opinion', opinion)
          return {
            kind: 'prepared',
            command: { ...command, opinion: sealed.ref },
            beside: { sealed: [sealed], compartments: [pack] },
          } as const
        },
      }),
    )
