import { candidateFacts } from '@concord/domain/clinician/clinician'
import type { ClinicianId, RequestId } from '@concord/domain/ids'
import { assess } from '@concord/domain/independence/assess'
import { pairOf } from '@concord/domain/independence/pair-of'
import type { Assessment } from '@concord/domain/independence/verdict'
import {
  type DeclarationDecision,
  declarationOf,
  effectiveOf,
  openingOf,
  openQuestions,
  type Settlement,
  withSettled,
} from '@concord/domain/request/declared'
import { declaredBy, type RequestState, requestFacts } from '@concord/domain/request/request'
import type { NonEmpty } from '@concord/domain/result'
import { dateAt, type Instant } from '@concord/domain/time'
import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { latestAssessment } from './draw-shortlist.ts'
import { placeFor, scopeOf } from './scope.ts'
import { acting } from './tag.ts'
import { type Asked, nothingBeside, takeStep } from './take-step.ts'
import type { Assessed } from './weigh-register.ts'

type OfClinician = { readonly id: RequestId; readonly clinician: ClinicianId; readonly asked: Asked }

/** Puts on record what the network settled with a clinician who was not sure; an answer that bars ends their part at once. */
export const settleDeclaration =
  (deps: Deps) =>
  async (
    { id, clinician, settled, asked }: OfClinician & { readonly settled: NonEmpty<Settlement> },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-yours', step: 'settle-declaration', role: membership.role } as const
    const place = placeFor(membership.network, id)
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place,
      asked,
      beside: (store) => latestAssessment(store, place, deps.digest),
      prepare: async (state, document, at) => {
        if (!state) return { kind: 'not-found', what: 'request' } as const
        const assessment = await weighSettled(deps, { state, clinician, settled, at, seen: document?.assessed })
        return { kind: 'prepared', command: { type: 'settle-declaration', clinician, settled, assessment } } as const
      },
    })
  }

/** Puts on record whether the first answers stand, or the clinician may be asked again. */
export const decideDeclaration =
  (deps: Deps) =>
  async (
    { id, clinician, decision, asked }: OfClinician & { readonly decision: DeclarationDecision },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-yours', step: 'decide-declaration', role: membership.role } as const
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place: placeFor(membership.network, id),
      asked,
      beside: nothingBeside,
      prepare: async () =>
        ({ kind: 'prepared', command: { type: 'decide-declaration', clinician, decision } }) as const,
    })
  }

type ToWeigh = {
  readonly state: RequestState
  readonly clinician: ClinicianId
  readonly settled: readonly Settlement[]
  readonly at: Instant
  readonly seen: Assessed | undefined
}

/**
 * What the engine makes of the answers with what was settled in them, by the clinician's entry as the shortlist saw it: their
 * record itself may be another network's. They are weighed by it once more when they confirm.
 */
const weighSettled = async (
  deps: Deps,
  { state, clinician, settled, at, seen }: ToWeigh,
): Promise<Assessment | null> => {
  const record =
    'declarations' in state
      ? state.declarations.find((one) => one.id === clinician && openQuestions(one).length > 0)
      : undefined
  const card = seen?.candidates.find((one) => one.id === clinician)
  const accepted = declaredBy(state, clinician, 'acceptance')
  if (!record || !card || !accepted) return null
  const treating = state.routing.treating.map(({ gmc }) => gmc)
  const said = withSettled(effectiveOf(record).said, settled)
  const { stage } = record
  const signed = stage === 'acceptance' ? said : effectiveOf(accepted).said
  const asOf = dateAt(at)
  const { version: policyVersion, rules, fieldOf } = await deps.rulesFor(state, asOf)
  const request = requestFacts(state, clinician)
  const pair = pairOf({
    asOf,
    request,
    candidate: candidateFacts(card),
    history: null,
    field: fieldOf(request.tfc),
    organisations: await deps.organisations(),
    declaration: declarationOf(signed, treating, at),
    ...(stage === 'opening' && { opening: openingOf(said, at) }),
  })
  return assess({ rules, policyVersion, stage, pair })
}
