import { type ClinicianState, refTo } from '@concord/domain/clinician/clinician'
import { decideClinician, evolveClinician } from '@concord/domain/clinician/decide'
import { type WorkAnswer, wordsOn } from '@concord/domain/evidence/works-to-say'
import type { RequestId } from '@concord/domain/ids'
import type { CaseDeclaration } from '@concord/domain/independence/facts'
import type { DeclineReason } from '@concord/domain/request/request'
import { isNonEmpty } from '@concord/domain/result'
import { dateAt } from '@concord/domain/time'
import { actorOf, type Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { stepInHand } from './engagement.ts'
import { seenInWorks, worksBeside } from './joint-works.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import { answersIn, signedIn } from './signed-answers.ts'
import { acting } from './tag.ts'
import { type Asked, nothingBeside, type PreparedStep, tryStep } from './take-step.ts'
import { weighOwn } from './weigh-own.ts'

/** As if the engine had found nothing, for what is refused before it is asked. */
const clear = { stage: 'acceptance', policyVersion: '', verdict: 'clear', findings: [], toAsk: [] } as const

/**
 * Answers an offer with a case declaration, signed before anything that names the child is shown. What is signed is kept, whatever
 * it says: it accepts, and takes a place among the clinician's open cases in the same transaction; or it declines; or it leaves
 * a question for the network to settle.
 */
export const acceptOffer =
  (deps: Deps) =>
  async (
    {
      id,
      declaration: said,
      works: answers,
      asked,
    }: {
      readonly id: RequestId
      readonly declaration: Omit<CaseDeclaration, 'signedAt'>
      readonly works: readonly WorkAnswer[]
      readonly asked: Asked
    },
    caller: Caller,
  ) =>
    stepInHand(deps, caller, { id, asked }, async ({ own, inHand, scope }) => {
      const organisations = await deps.organisations()
      return tryStep(deps, acting(deps, caller), {
        scope,
        place: inHand,
        asked,
        beside: (store) => worksBeside(deps, { store, own, inHand, on: dateAt(deps.clock.now()) }),
        prepare: async (state, beside, at, _, refusedAnyway) => {
          if (!state) return { kind: 'not-found', what: 'request' } as const
          // What would be refused whatever the brief says opens nothing.
          const declaration = { ...said, signedAt: at }
          const unread = { answers: answersIn(state, own.state, declaration), assessment: clear, noPlace: null }
          const refused = refusedAnyway(state, { type: 'accept', clinician: refTo(own.state), ...unread })
          if (refused) return refused
          const entry = beside && putOnRecord(deps, caller, { about: recordOf(inHand), did: 'brief.read' })
          const seen = beside && entry ? await seenInWorks(deps, beside, { on: dateAt(at), entry }) : []
          const words = wordsOn(seen, answers, dateAt(at))
          if (words.kind === 'works-to-say') return words
          const by = { at, actor: actorOf(caller), inventedAllowed: true }
          const { said: worksSaid } = words
          const spoken = isNonEmpty(worksSaid)
            ? decideClinician(own.state, { type: 'say-works', said: worksSaid }, by)
            : undefined
          if (spoken && spoken.kind !== 'decided') throw new Error(`A clinician may always say: ${spoken.kind}`)
          const spokenOwn = spoken?.events.reduce(evolveClinician, own.state) ?? own.state
          const assessment = await weighOwn(deps, {
            stage: 'acceptance',
            state,
            own: { ...own, state: spokenOwn },
            at,
            organisations,
            declaration,
          })
          const taken = decideClinician(spokenOwn, { type: 'take-place', request: id }, by)
          if (taken.kind === 'nothing-to-do') throw new Error('Taking a place always does something')
          return {
            kind: 'prepared',
            command: {
              type: 'accept',
              clinician: refTo(own.state),
              answers: answersIn(state, spokenOwn, declaration),
              assessment,
              noPlace: taken.kind === 'decided' ? null : taken,
            },
            beside: (events) => {
              // What was said of works is said, and signed answers are signed, whatever comes of them.
              const isAccepted = events.some(({ type }) => type === 'offer.accepted')
              const moved = [...(spoken?.events ?? []), ...(isAccepted && taken.kind === 'decided' ? taken.events : [])]
              const next = moved.reduce<ClinicianState>(evolveClinician, own.state)
              return {
                ...(moved.length > 0 && { clinician: { before: own.state.version, state: next, events: moved } }),
                ...signedIn(events, { own: own.state, place: inHand, stage: 'acceptance', declaration }),
              }
            },
          } as const satisfies PreparedStep
        },
      })
    })

/** Declines an offer, with a coded reason and nothing about third parties. */
export const declineOffer =
  (deps: Deps) =>
  async (
    { id, because, asked }: { readonly id: RequestId; readonly because: DeclineReason; readonly asked: Asked },
    caller: Caller,
  ) =>
    stepInHand(deps, caller, { id, asked }, ({ own, inHand, scope }) =>
      tryStep(deps, acting(deps, caller), {
        scope,
        place: inHand,
        asked,
        beside: nothingBeside,
        prepare: async () =>
          ({ kind: 'prepared', command: { type: 'decline', clinician: refTo(own.state), because } }) as const,
      }),
    )
