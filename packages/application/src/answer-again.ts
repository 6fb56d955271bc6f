import { refTo } from '@concord/domain/clinician/clinician'
import type { RequestId } from '@concord/domain/ids'
import type { CaseDeclaration, OpeningAnswers } from '@concord/domain/independence/facts'
import { openingAnswersOf } from '@concord/domain/request/declared'
import { declaredBy } from '@concord/domain/request/request'
import { type Caller, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { OwnAnswers } from './ports/store.ts'
import { answererScope, scopeOf } from './scope.ts'
import { answersIn, signedIn } from './signed-answers.ts'
import { acting } from './tag.ts'
import { type Asked, type PreparedStep, tryStep, untilSettled } from './take-step.ts'
import { weighOwn } from './weigh-own.ts'

/** What is said a second time: the case declaration, or the answers at the opening of the pack. */
export type SaidAgain =
  | { readonly stage: 'acceptance'; readonly declaration: Omit<CaseDeclaration, 'signedAt'> }
  | { readonly stage: 'opening'; readonly answers: Omit<OpeningAnswers, 'answeredAt'> }

const notFound = { kind: 'not-found', what: 'request' } as const

/**
 * Signs a change of mind when the first answers have closed the offer or the pack. Both are kept, and the network decides whether
 * to ask again. The case is no longer in hand, and so it is found by what the clinician signed, and nothing of its texts is reached.
 */
export const answerAgain =
  (deps: Deps) =>
  async (
    { id, again, asked }: { readonly id: RequestId; readonly again: SaidAgain; readonly asked: Asked },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (membership.role !== 'clinician') return notFound
    const { home, clinician } = membership
    const ownStore = deps.storeFor(scopeOf(membership))
    return untilSettled(ownStore, asked, async () => {
      const loaded = await whileStanding(
        caller,
        Promise.all([ownStore.own(home, clinician), ownStore.signedAnswers(home, clinician, id)]),
      )
      if (loaded === 'not-standing') return { kind: 'not-standing' } as const
      const [own, all] = loaded
      // What somebody else signed on the same register entry is not theirs to change.
      const signed = all.filter(({ signedBy }) => signedBy === caller.subject)
      const declaration = signed.findLast(isDeclaration)?.declaration
      // Only of what closed the case to them; anything else they signed is not open to be changed.
      const place = signed.findLast((one) => one.isBarred && one.stage === again.stage)?.place
      if (!own || !declaration || !place) return notFound
      const organisations = await deps.organisations()
      const actor = acting(deps, caller)
      return tryStep(
        deps,
        // What they answered is on record with the request, whoever has the case now.
        { ...actor, sees: (state) => declaredBy(state, clinician, again.stage) !== undefined },
        {
          scope: answererScope(membership, place),
          place,
          asked,
          beside: async () => undefined,
          prepare: async (state, _, at) => {
            if (!state) return notFound
            const opening = again.stage === 'opening' ? { ...again.answers, answeredAt: at } : undefined
            const newDeclaration = again.stage === 'acceptance' ? { ...again.declaration, signedAt: at } : declaration
            const weighed = {
              stage: again.stage,
              ...{ state, own, at, organisations, declaration: newDeclaration },
              ...(opening && { opening }),
            }
            const said = opening
              ? { stage: 'opening' as const, declaration: opening }
              : { stage: 'acceptance' as const, declaration: newDeclaration }
            return {
              kind: 'prepared',
              command: {
                type: 'answer-again',
                clinician: refTo(own.state),
                stage: again.stage,
                answers: opening
                  ? { said: openingAnswersOf(opening), works: [] }
                  : answersIn(state, own.state, newDeclaration),
                assessment: await weighOwn(deps, weighed),
              },
              beside: (events) => signedIn(events, { own: own.state, place, ...said }),
            } as const satisfies PreparedStep
          },
        },
      )
    })
  }

/** Shows a clinician what they signed for a case that it closed to them: their own answers, and nothing of the case. */
export const readOwnAnswers =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'clinician') return notFound
    const { home, clinician } = membership
    const all = await whileStanding(caller, deps.storeFor(scopeOf(membership)).signedAnswers(home, clinician, id))
    if (all === 'not-standing') return { kind: 'not-standing' } as const
    const signed = all.filter(({ signedBy }) => signedBy === caller.subject)
    const bar = lastBar(signed)
    if (!bar) return notFound
    await putOnRecord(deps, caller, { about: recordOf(bar.place), did: 'declaration.read' })
    const { stage } = bar
    return { kind: 'own-answers', id, stage, signed: signed.filter((one) => one.stage === stage) } as const
  }

const isDeclaration = (one: OwnAnswers) => one.stage === 'acceptance'
/** The answers that closed the case to them, the opening's before those of the acceptance. */
const lastBar = (signed: readonly OwnAnswers[]) =>
  signed.findLast((one) => one.isBarred && one.stage === 'opening') ?? signed.findLast((one) => one.isBarred)
