import type { ClinicianId, RequestId } from '@concord/domain/ids'
import type { RuleRow } from '@concord/domain/independence/rule'
import type { RequestState } from '@concord/domain/request/request'
import { requestFacts } from '@concord/domain/request/request'
import { addMonths, dateAt } from '@concord/domain/time'
import { type Caller, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord, recordOf } from './on-record.ts'
import type { AssessmentDocument, ScopedStore } from './ports/store.ts'
import { placeFor, type RequestPlace, scopeOf } from './scope.ts'
import { acting } from './tag.ts'
import { type Asked, nothingBeside, takeStep } from './take-step.ts'
import { withTeamNames } from './teams-listed.ts'
import { type Assessed, weighRegister } from './weigh-register.ts'

/** Runs the engine over every clinician of the specialty and keeps what it saw with what it found, in the step's own transaction. */
export const drawShortlist =
  (deps: Deps) =>
  async ({ id, asked }: { readonly id: RequestId; readonly asked: Asked }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-yours', step: 'shortlist', role: membership.role } as const
    const place = placeFor(membership.network, id)
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place,
      asked,
      beside: nothingBeside,
      prepare: async (state, _, at, store) => {
        if (!state) return { kind: 'not-found', what: 'request' } as const
        const policy = await deps.rulesFor(place, dateAt(at))
        const [cards, history] = await Promise.all([
          store.cards(membership.network, state.routing.tfc),
          store.exchanges(membership.network, {
            about: [...state.routing.treating.map(({ gmc }) => gmc), state.trust],
            since: addMonths(dateAt(at), -monthsOfHistory(policy.rules)),
          }),
        ])
        if (cards.length === 0) return { kind: 'empty-register', tfc: state.routing.tfc } as const
        const seen = {
          takenAt: at,
          request: requestFacts(state),
          wished: wishedOf(state),
          network: membership.network,
          candidates: cards,
          history,
        }
        const assessed = weighRegister(seen, { policy, organisations: await deps.organisations() })
        const json = JSON.stringify(assessed)
        const document = { takenAt: at, json, hash: deps.digest(json) }
        const { offerable, full, excluded } = assessed.result
        const ref = {
          takenAt: at,
          hash: document.hash,
          policyVersion: assessed.policyVersion,
          offerable: offerable.length,
          excluded: excluded.length + full.length,
        }
        return {
          kind: 'prepared',
          command: { type: 'shortlist', shortlist: ref },
          beside: { assessment: { ...document, place } },
        } as const
      },
    })
  }

/** How far back opinions brokered before can bear on this one: further where a network or a trust made the rules stricter. */
const monthsOfHistory = (rules: readonly RuleRow[]) =>
  Math.max(
    ...rules.flatMap(({ condition: { kind }, lookBackMonths }) =>
      kind === 'reciprocity' || kind === 'closed-circle' ? [lookBackMonths ?? 0] : [],
    ),
    0,
  )

// What ranking asks of a request, and nothing else of it: the document keeps what it saw.
const wishedOf = ({ id, routing: { tfc, urgency, mode, language } }: RequestState) => ({
  id,
  tfc,
  urgency,
  mode,
  language,
})

/** The shortlist last drawn for a request, as it was kept. */
export const readShortlist =
  (deps: Deps) =>
  async ({ id }: { readonly id: RequestId }, caller: Caller) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-found', what: 'request' } as const
    const place = placeFor(membership.network, id)
    const document = await whileStanding(
      caller,
      latestAssessment(deps.storeFor(scopeOf(membership)), place, deps.digest),
    )
    if (document === 'not-standing') return { kind: 'not-standing' } as const
    if (!document) return { kind: 'not-found', what: 'shortlist' } as const
    await putOnRecord(deps, caller, { about: recordOf(place), did: 'shortlist.read' })
    const { result, ...assessed } = document.assessed
    const named = await withTeamNames(deps, membership.network, result)
    return { kind: 'shortlist', assessed: { ...assessed, result: named } } as const
  }

/** Offers a request to a clinician who is offerable on the shortlist that stands. */
export const makeOffer =
  (deps: Deps) =>
  async (
    { id, clinician, asked }: { readonly id: RequestId; readonly clinician: ClinicianId; readonly asked: Asked },
    caller: Caller,
  ) => {
    const { membership } = caller
    if (membership.role !== 'coordinator' && membership.role !== 'clinical-lead')
      return { kind: 'not-yours', step: 'offer', role: membership.role } as const
    const place = placeFor(membership.network, id)
    return takeStep(deps, acting(deps, caller), {
      scope: scopeOf(membership),
      place,
      asked,
      beside: (store) => latestAssessment(store, place, deps.digest),
      prepare: async (state, document, at) => {
        if (!state) return { kind: 'not-found', what: 'request' } as const
        const card = document?.assessed.candidates.find((one) => one.id === clinician)
        if (!document || !card) return { kind: 'not-found', what: document ? 'clinician' : 'shortlist' } as const
        const { offerable, full } = document.assessed.result
        const isOf = (list: readonly { readonly id: ClinicianId }[]) => list.some((one) => one.id === clinician)
        const isCurrent = 'shortlist' in state && state.shortlist?.hash === document.hash
        const standing = !isCurrent
          ? 'shortlist-changed'
          : isOf(offerable)
            ? 'offerable'
            : isOf(full)
              ? 'full'
              : 'excluded'
        const replyBy = deps.policy(dateAt(at)).replyBy(state.routing.urgency, at)
        return {
          kind: 'prepared',
          command: { type: 'offer', candidate: { ...card, name: card.entry.name }, standing, replyBy },
        } as const
      },
    })
  }

/** The shortlist's document last kept, if it is what its hash says. */
export const latestAssessment = async (store: ScopedStore, place: RequestPlace, digest: Deps['digest']) => {
  const document: AssessmentDocument | undefined = await store.assessment(place)
  if (!document) return undefined
  // A document that is not what its hash says was changed in the table: nothing rests on it.
  if (digest(document.json) !== document.hash) throw new Error(`The assessment of ${place.id} does not match its hash`)
  // Kept by this room under this type, and not changed since.
  return { hash: document.hash, assessed: JSON.parse(document.json) as Assessed }
}
