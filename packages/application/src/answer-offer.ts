import { refTo } from '@concord/domain/clinician/clinician'
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
import { seenInWorks } from './joint-works.ts'
import { acting } from './tag.ts'
import { type Asked, nothingBeside, tryStep } from './take-step.ts'
import { weighOwn } from './weigh-own.ts'

/**
 * Accepts an offer with a case declaration, signed before anything that names the child is shown. The one command that
 * changes two aggregates: it moves the request and takes a place among the clinician's open cases, or does neither.
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
        beside: (store) => seenInWorks(deps, { store, own, inHand, on: dateAt(deps.clock.now()) }),
        prepare: async (state, seen, at) => {
          if (!state) return { kind: 'not-found', what: 'request' } as const
          const words = wordsOn(seen, answers, dateAt(at))
          if (words.kind === 'works-to-say') return words
          const by = { at, actor: actorOf(caller), inventedAllowed: true }
          const { said: worksSaid } = words
          const spoken = isNonEmpty(worksSaid)
            ? decideClinician(own.state, { type: 'say-works', said: worksSaid }, by)
            : undefined
          if (spoken && spoken.kind !== 'decided') throw new Error(`A clinician may always say: ${spoken.kind}`)
          const spokenOwn = spoken?.events.reduce(evolveClinician, own.state) ?? own.state
          const declaration = { ...said, signedAt: at }
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
          if (taken.kind !== 'decided') return taken
          const events = [...(spoken?.events ?? []), ...taken.events]
          const next = taken.events.reduce(evolveClinician, spokenOwn)
          return {
            kind: 'prepared',
            command: { type: 'accept', clinician: refTo(own.state), assessment },
            beside: {
              clinician: { before: own.state.version, state: next, events },
              declaration: { home: own.state.home, clinician: own.state.id, request: id, declaration },
            },
          } as const
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
