import { isNonEmpty } from '../result.ts'
import { type AnswersOnRecord, type DeclaredStage, withDecision, withSettlement, withSigned } from './declared.ts'
import { withDeed } from './duty-of.ts'
import type { RequestEvent } from './events.ts'
import {
  type ClinicianRef,
  type Declared,
  declaredBy,
  type Exclusion,
  type HeldRequest,
  isHeld,
  type MatchingRequest,
  type OfferedRequest,
  type RequestState,
  type SectionRef,
} from './request.ts'

/** What a request becomes when something happened to it. Events that do not fit the state are a bug, and throw. */
export const evolve = (state: RequestState | undefined, event: RequestEvent): RequestState => {
  if (event.type === 'request.drafted') {
    if (state) throw misfit(state, event)
    const { id, network, trust, tagKey, routing, sections, unnamed, at, by } = event
    if (by.role === 'system') throw misfit(state, event)
    const drafted = { draftedAt: at, draftedBy: by.subject, restricted: null, did: withDeed([], event) }
    return { status: 'draft', id, network, trust, version: 1, tagKey, routing, sections, unnamed, ...drafted }
  }
  if (!state) throw misfit(state, event)
  const next = step(state, event)
  if (!next) throw misfit(state, event)
  return { ...next, did: withDeed(state.did, event), version: state.version + 1 }
}

const step = (
  state: RequestState,
  event: Exclude<RequestEvent, { type: 'request.drafted' }>,
): RequestState | undefined => {
  switch (event.type) {
    case 'request.revised':
      return state.status === 'draft'
        ? {
            ...state,
            routing: event.routing,
            unnamed: event.unnamed,
            sections: latest([...state.sections, ...event.sections]),
          }
        : undefined
    case 'restricted.noted':
      return state.status === 'closed' || state.status === 'withdrawn'
        ? undefined
        : { ...state, restricted: { section: event.section, readers: event.readers } }
    case 'request.submitted':
      if (state.status !== 'draft' || event.by.role === 'system') return undefined
      return {
        ...state,
        status: 'submitted',
        submittedAt: event.at,
        submittedBy: event.by.subject,
        deadlines: event.deadlines,
        exclusions: [],
        declarations: [],
      }
    case 'request.taken-up':
      return state.status === 'submitted' ? { ...state, status: 'triage' } : undefined
    case 'request.triaged':
      return state.status === 'triage' ? { ...state, status: 'matching', shortlist: null } : undefined
    case 'request.shortlisted':
      return state.status === 'matching' ? { ...state, shortlist: event.shortlist } : undefined
    case 'offer.made': {
      if (state.status === 'offered') return { ...state, offers: [...state.offers, event.offer] }
      if (state.status !== 'matching' || !state.shortlist) return undefined
      return { ...state, status: 'offered', shortlist: state.shortlist, offers: [event.offer] }
    }
    case 'offer.accepted': {
      if (state.status !== 'offered') return undefined
      const { offers: _offers, shortlist: _shortlist, ...rest } = state
      const others = event.others.map(({ id }): Exclusion => ({ clinician: id, because: 'not-needed' }))
      const { acceptance, signed } = event
      const declarations = signed
        ? declaredAnew(state, acceptance, 'acceptance', (was) =>
            withSigned(was, { stage: 'acceptance', signed, stands: 'settled' }),
          )
        : state.declarations
      return { ...rest, status: 'accepted', acceptance, declarations, exclusions: [...state.exclusions, ...others] }
    }
    case 'declaration.signed': {
      const { clinician, name, stage, signed, stands } = event
      if (!isDeclaredIn(state)) return undefined
      const was = (record: AnswersOnRecord | undefined) => withSigned(record, { stage, signed, stands })
      return { ...state, declarations: declaredAnew(state, { ...clinician, name }, stage, was) }
    }
    case 'declaration.settled': {
      const record = declaredBy(state, event.clinician.id, event.stage)
      if ((state.status !== 'offered' && state.status !== 'engaged') || !record || event.by.role === 'system')
        return undefined
      const by = { at: event.at, by: event.by.subject, isBarred: event.bars.length > 0 }
      const settled = () => withSettlement(record, event.settled, by)
      return { ...state, declarations: declaredAnew(state, record, event.stage, settled) }
    }
    case 'declaration.decided': {
      const record = declaredBy(state, event.clinician.id, event.stage)
      if (!isDeclaredIn(state) || !record) return undefined
      const decided = () => withDecision(record, event.decision)
      const isLifted = ({ clinician, because }: Exclusion) =>
        event.decision === 'ask-again' && clinician === record.id && because === 'conflict'
      return {
        ...state,
        declarations: declaredAnew(state, record, event.stage, decided),
        exclusions: state.exclusions.filter((one) => !isLifted(one)),
      }
    }
    case 'offer.declined':
      return state.status === 'offered'
        ? without(state, {
            clinician: event.clinician.id,
            because: event.because === 'conflict' ? 'conflict' : 'declined',
          })
        : undefined
    case 'offer.expired':
      return state.status === 'offered'
        ? without(state, { clinician: event.clinician.id, because: 'expired' })
        : undefined
    case 'plan.approved': {
      if (!isHeld(state)) return undefined
      const approvalsNeeded = state.acceptance.approvalsNeeded.filter((one) => one !== event.as)
      return { ...state, acceptance: { ...state.acceptance, approvalsNeeded } }
    }
    case 'family.objected':
      return state.status === 'accepted' ? matchedAgain(state, 'objection') : undefined
    case 'request.engaged':
      return state.status === 'accepted'
        ? { ...state, status: 'engaged', familyView: event.familyView, engagedAt: event.at }
        : undefined
    case 'pack.opened':
      return state.status === 'engaged' ? { ...state, status: 'in-review', openedAt: event.at } : undefined
    case 'pack.closed':
      return isHeld(state) ? matchedAgain(state, 'conflict') : undefined
    case 'case.freed':
      return isHeld(state) ? matchedAgain(state, 'holder-changed') : undefined
    case 'clearance.doubted':
      return isHeld(state) ? { ...state, acceptance: { ...state.acceptance, doubts: event.rules } } : undefined
    case 'plan.needed': {
      const { cleared, approvalsNeeded } = event
      const anew = { cleared, approvalsNeeded, doubts: [] }
      return isHeld(state) ? { ...state, acceptance: { ...state.acceptance, ...anew } } : undefined
    }
    case 'clearance.confirmed':
      return isHeld(state) ? { ...state, acceptance: { ...state.acceptance, doubts: [] } } : undefined
    case 'opinion.reported':
      return state.status === 'in-review'
        ? {
            ...state,
            status: 'reported',
            reportedAt: event.at,
            sections: latest([...state.sections, event.opinion]),
            // What was reckoned from the report's own target now counts from the report.
            deadlines: [
              ...state.deadlines.filter(({ step }) => step !== 'share'),
              ...(event.share ? [event.share] : []),
            ],
          }
        : undefined
    case 'opinion.shared':
      return state.status === 'reported' ? { ...state, status: 'shared', sharedAt: event.at } : undefined
    case 'request.closed':
      return state.status === 'shared'
        ? { ...state, status: 'closed', closedAt: event.at, outcome: event.outcome }
        : undefined
    case 'request.withdrawn': {
      if (state.status === 'closed' || state.status === 'withdrawn') return undefined
      const { id, network, trust, version, tagKey, routing, sections, unnamed, restricted, draftedAt, draftedBy, did } =
        state
      return {
        id,
        network,
        trust,
        version,
        tagKey,
        routing,
        sections,
        unnamed,
        restricted,
        draftedAt,
        draftedBy,
        did,
        status: 'withdrawn',
        submittedAt: 'submittedAt' in state ? state.submittedAt : null,
        withdrawnAt: event.at,
        because: event.because,
        was: event.was,
      }
    }
  }
}

const isDeclaredIn = (state: RequestState): state is MatchingRequest | OfferedRequest | HeldRequest =>
  state.status === 'matching' || state.status === 'offered' || isHeld(state)

/** The declarations of a request with one clinician's at one stage changed, or added. */
const declaredAnew = (
  state: MatchingRequest | OfferedRequest | HeldRequest,
  { id, home, gmc, name }: ClinicianRef & { readonly name: string },
  stage: DeclaredStage,
  change: (was: AnswersOnRecord | undefined) => AnswersOnRecord,
): readonly Declared[] => {
  const was = declaredBy(state, id, stage)
  const now: Declared = { id, home, gmc, name, ...recordOf(change(was)) }
  return was ? state.declarations.map((one) => (one === was ? now : one)) : [...state.declarations, now]
}
const recordOf = ({ stage, signed, counts, settled, stands, stood }: AnswersOnRecord): AnswersOnRecord => ({
  ...{ stage, signed, counts, settled, stands, stood },
})

/** The last offer gone, the request is matched again; the shortlist it came from still stands. */
const without = (state: OfferedRequest, exclusion: Exclusion): RequestState => {
  const { offers, ...rest } = state
  const left = offers.filter(({ id }) => id !== exclusion.clinician)
  const exclusions = [...state.exclusions, exclusion]
  return isNonEmpty(left) ? { ...state, offers: left, exclusions } : { ...rest, status: 'matching', exclusions }
}

/** As if nobody had accepted, but for who is left out now. */
const matchedAgain = (state: HeldRequest, because: 'objection' | 'conflict' | 'holder-changed'): RequestState => {
  const { id, network, trust, version, tagKey, routing, sections, unnamed, restricted, draftedAt, draftedBy, did } =
    state
  const { submittedAt, submittedBy, deadlines, declarations, acceptance } = state
  const exclusions = [...state.exclusions, { clinician: acceptance.id, because }]
  return {
    ...{ id, network, trust, version, tagKey, routing, sections, unnamed, restricted, draftedAt, draftedBy, did },
    ...{ submittedAt, submittedBy, deadlines, exclusions, declarations },
    status: 'matching',
    shortlist: null,
  }
}

const latest = (refs: readonly SectionRef[]) => [
  ...new Map(refs.map((ref) => [`${ref.compartment}/${ref.section}`, ref])).values(),
]

const misfit = (state: RequestState | undefined, event: RequestEvent) =>
  new Error(`${event.type} cannot happen to a request that is ${state?.status ?? 'not there'}`)
