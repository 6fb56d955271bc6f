// One thing, however long: what each step needs and makes happen, so that no guard of the process stands anywhere else.
import type { Actor } from '../actor.ts'
import type { ClinicianRefusal } from '../clinician/decide.ts'
import type { Subject, TrustCode } from '../ids.ts'
import type { Assessment, Finding } from '../independence/verdict.ts'
import { passes } from '../independence/verdict.ts'
import type { NonEmpty } from '../result.ts'
import { isNonEmpty } from '../result.ts'
import type { Instant } from '../time.ts'
import type { RequestCommand, Standing } from './commands.ts'
import {
  type Answered,
  type AnswersStand,
  blockingRules,
  type DeclaredStage,
  isToDecide,
  judgeAnswers,
  notSettled,
  openingAnswersOf,
  openQuestions,
} from './declared.ts'
import { type Duty, ruledOutBy, type WhyApart } from './duties.ts'
import { dutyOf } from './duty-of.ts'
import type { RequestEvent, RequestHappening } from './events.ts'
import type { Acceptance, Cleared, ClinicianRef, HeldRequest, RequestState, RoutingFacts, Status } from './request.ts'
import { declaredBy, holderOf, isHeld, isOut, refOf, wasSent, withCaseInHand } from './request.ts'
import { judgeStep, type StepName } from './transitions.ts'

/** Why a step was not taken: a value, never a throw. Each becomes one problem code at the edge. */
export type RequestRefusal =
  | { readonly kind: 'not-possible'; readonly step: StepName; readonly status: Status | 'none' }
  | { readonly kind: 'not-yours'; readonly step: StepName; readonly role: Actor['role'] }
  | { readonly kind: 'incomplete'; readonly missing: NonEmpty<string> }
  | { readonly kind: 'deteriorating' }
  | { readonly kind: 'no-shortlist' }
  | {
      readonly kind: 'not-offerable'
      readonly standing: Exclude<Standing, 'offerable'> | 'already-offered' | 'left-out-before' | 'three-offered'
    }
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'offer-expired' }
  /** The same answers are on record already, and it is not the clinician's turn. */
  | { readonly kind: 'answer-on-record'; readonly stands: AnswersStand }
  | { readonly kind: 'nothing-declared' }
  | { readonly kind: 'nothing-to-settle' }
  | { readonly kind: 'questions-open'; readonly missing: number; readonly notAsked: number }
  | { readonly kind: 'offer-not-open' }
  | { readonly kind: 'nothing-to-decide' }
  | ClinicianRefusal
  | { readonly kind: 'not-due' }
  | { readonly kind: 'approved-already' }
  | { readonly kind: 'own-approval' }
  /** What they did on this request rules out what they ask to do on it. */
  | { readonly kind: 'duties-apart'; readonly did: Duty; readonly asked: Duty }
  /** Nobody gives an opinion to a trust in which they hold a role. */
  | { readonly kind: 'role-in-trust' }
  | { readonly kind: 'plan-not-approved'; readonly by: readonly string[] }
  | { readonly kind: 'waiver-not-allowed' }
  | { readonly kind: 'clearance-doubted'; readonly rules: NonEmpty<string> }
  | { readonly kind: 'not-engaged' }
  /** Of the trust, and not among those who may read what is restricted. */
  | { readonly kind: 'not-named' }

export type RequestDecision =
  | {
      readonly kind: 'decided'
      readonly events: NonEmpty<RequestEvent>
      /** What is on record now, and all the same led no further: the step itself is refused. */
      readonly told?: RequestRefusal
    }
  | { readonly kind: 'nothing-to-do' }
  | RequestRefusal

/** At most this many are asked at once (process A.3, row 9). */
const MOST_OFFERS = 3
const PLAN_APPROVERS = ['clinical-lead', 'eso-lead'] as const

/** Who acts and when, and in which trusts they hold any role that day: nobody gives an opinion to their own. */
export type ActingNow = { readonly at: Instant; readonly actor: Actor; readonly ownTrusts: readonly TrustCode[] }

/** Decides what a command makes happen to a request: the table first, then the guards of its row. A look again that finds nothing new is no refusal. */
export const decide = (
  state: RequestState | undefined,
  command: RequestCommand,
  { at, actor, ownTrusts }: ActingNow,
): RequestDecision => {
  const status = state?.status ?? 'none'
  const judged = judgeStep(command.type, status, actor.role)
  if (judged === 'not-yours') return { kind: 'not-yours', step: command.type, role: actor.role }
  const refusedHere = { kind: 'not-possible', step: command.type, status } as const
  if (judged === 'not-possible') return refusedHere
  const ruledOut = state && ruledOutFor(state, command, { actor, ownTrusts })
  if (ruledOut) return ruledOut

  const happened = (first: RequestHappening, ...more: readonly RequestHappening[]): RequestDecision => ({
    kind: 'decided',
    events: [{ ...first, at, by: actor }, ...more.map((one) => ({ ...one, at, by: actor }))],
  })
  /** What is said for the first time is on record, though the step waits for something else. */
  const signedOnly = (
    { signed }: Exclude<Answered, { readonly kind: 'answer-on-record' }>,
    of: Parameters<typeof ofAnswers>[1],
    told: RequestRefusal,
  ): RequestDecision => {
    const [first] = ofAnswers({ kind: 'recorded', signed, stands: 'settled' }, of)
    return { kind: 'decided', events: [{ ...first, at, by: actor }], told }
  }
  // Each branch names the states its row allows, so that the compiler knows what the state holds.
  switch (command.type) {
    case 'draft': {
      const { type: _type, ...drafted } = command
      return worsening(command.routing) ?? happened({ type: 'request.drafted', ...drafted })
    }
    case 'revise':
      return worsening(command.routing) ?? happened({ ...command, type: 'request.revised' })
    case 'restrict': {
      if (!state || actor.role === 'system') return refusedHere
      const named: readonly Subject[] = state.restricted?.readers ?? [actor.subject]
      // Who may not read a note may not write over it either.
      if (!named.includes(actor.subject)) return { kind: 'not-named' }
      const others = command.readers.filter((one) => one !== actor.subject)
      const readers = [actor.subject, ...new Set(others)] as const
      return happened({ type: 'restricted.noted', section: command.section, readers })
    }
    case 'submit': {
      if (state?.status !== 'draft') return refusedHere
      // The ESO lead approves; where a decision is hours away, approval may follow (row 2).
      if (actor.role !== 'eso-lead' && state.routing.urgency !== 'U0')
        return { kind: 'not-yours', step: 'submit', role: actor.role }
      const missing = missingFor(state)
      return isNonEmpty(missing)
        ? { kind: 'incomplete', missing }
        : happened({ type: 'request.submitted', deadlines: command.deadlines })
    }
    case 'take-up':
      return happened({ type: 'request.taken-up' })
    case 'complete-triage':
      return happened({ type: 'request.triaged' })
    case 'shortlist':
      return happened({ type: 'request.shortlisted', shortlist: command.shortlist })
    case 'offer': {
      if (state?.status !== 'matching' && state?.status !== 'offered') return refusedHere
      if (!state.shortlist) return { kind: 'no-shortlist' }
      const offers = state.status === 'offered' ? state.offers : []
      if (offers.some(({ id }) => id === command.candidate.id))
        return { kind: 'not-offerable', standing: 'already-offered' }
      if (state.exclusions.some((one) => one.clinician === command.candidate.id && isOut(one)))
        return { kind: 'not-offerable', standing: 'left-out-before' }
      if (command.standing !== 'offerable') return { kind: 'not-offerable', standing: command.standing }
      if (offers.length >= MOST_OFFERS) return { kind: 'not-offerable', standing: 'three-offered' }
      return happened({
        type: 'offer.made',
        offer: { ...refOf(command.candidate), name: command.candidate.name, offeredAt: at, replyBy: command.replyBy },
      })
    }
    case 'accept': {
      if (state?.status !== 'offered' || actor.role === 'system') return refusedHere
      const offer = state.offers.find(({ id }) => id === command.clinician.id)
      if (!offer) return { kind: 'not-offered' }
      if (offer.replyBy < at) return { kind: 'offer-expired' }
      const before = declaredBy(state, offer.id, 'acceptance')
      const answered = judgeAnswers(before, { ...command, at, by: actor.subject })
      if (answered.kind === 'answer-on-record') return answered
      if (answered.kind === 'recorded') {
        const [signed, ended] = ofAnswers(answered, { clinician: offer, stage: 'acceptance' })
        return ended
          ? happened(signed, { type: 'offer.declined', clinician: refOf(offer), because: 'conflict' })
          : happened(signed)
      }
      if (command.noPlace)
        return before
          ? command.noPlace
          : signedOnly(answered, { clinician: offer, stage: 'acceptance' }, command.noPlace)
      const others = state.offers.filter(({ id }) => id !== offer.id).map(refOf)
      const approvalsNeeded = command.assessment.verdict === 'manage' ? PLAN_APPROVERS : []
      const acceptance = {
        ...refOf(offer),
        name: offer.name,
        offeredAt: offer.offeredAt,
        acceptedAt: at,
        acceptedBy: actor.subject,
        cleared: clearedBy(command.assessment),
        approvalsNeeded,
        doubts: [],
      }
      return happened({ type: 'offer.accepted', acceptance, others, signed: answered.signed })
    }
    case 'answer-again': {
      if (!state || actor.role === 'system') return refusedHere
      const before = declaredBy(state, command.clinician.id, command.stage)
      // While an offer or a case is in hand, answers are given with the step itself.
      const isInHand = withCaseInHand(state).some(({ id }) => id === command.clinician.id)
      if (!before || isInHand) return { kind: 'nothing-declared' }
      // Another sign-in on the same register entry changes nothing of what somebody else signed.
      if (before.signed.some(({ signedBy }) => signedBy !== actor.subject)) return { kind: 'not-offered' }
      const answered = judgeAnswers(before, { ...command, at, by: actor.subject })
      if (answered.kind === 'answer-on-record') return answered
      // What was never changed has nothing to be decided on; whoever may go on waits to be asked.
      if (answered.kind === 'goes-on') return { kind: 'answer-on-record', stands: before.stands }
      return happened(ofAnswers(answered, { clinician: before, stage: command.stage })[0])
    }
    case 'settle-declaration': {
      if (state?.status !== 'offered' && state?.status !== 'engaged') return refusedHere
      const { clinician: id, settled, assessment } = command
      const record = state.declarations.find((one) => one.id === id && openQuestions(one).length > 0)
      if (!record) return { kind: 'nothing-to-settle' }
      const { stage } = record
      const isOpen = stage === 'acceptance' ? state.status === 'offered' : state.status === 'engaged'
      if (!isOpen || !withCaseInHand(state).some((one) => one.id === id)) return { kind: 'offer-not-open' }
      const { missing, notAsked } = notSettled(openQuestions(record), settled)
      if (missing.length > 0 || notAsked > 0) return { kind: 'questions-open', missing: missing.length, notAsked }
      const bars = assessment?.verdict === 'barred' ? blockingRules(assessment) : []
      const clinician = refOf(record)
      const settling = { type: 'declaration.settled', clinician, stage, settled, bars } as const
      if (!isNonEmpty(bars)) return happened(settling)
      return stage === 'acceptance'
        ? happened(settling, { type: 'offer.declined', clinician, because: 'conflict' })
        : happened(settling, { type: 'pack.closed', released: clinician, rules: bars })
    }
    case 'decide-declaration': {
      if (!state || !('declarations' in state)) return refusedHere
      const record = state.declarations.find((one) => one.id === command.clinician && isToDecide(one))
      // What only the register leaves open can be asked again, and not be let stand as it is.
      if (!record || (record.stands === 'to-settle' && command.decision === 'first-stands'))
        return { kind: 'nothing-to-decide' }
      const { stage } = record
      return happened({ type: 'declaration.decided', clinician: refOf(record), stage, decision: command.decision })
    }
    case 'decline':
      return offeredTo(state, command.clinician)
        ? happened({ type: 'offer.declined', clinician: refOf(command.clinician), because: command.because })
        : { kind: 'not-offered' }
    case 'expire-offer': {
      const offer = offeredTo(state, command.clinician)
      if (!offer) return { kind: 'not-offered' }
      return offer.replyBy < at ? happened({ type: 'offer.expired', clinician: refOf(offer) }) : { kind: 'not-due' }
    }
    case 'approve-plan': {
      if (!state || !isHeld(state)) return refusedHere
      const as = state.acceptance.approvalsNeeded.find((one) => one === actor.role)
      return as
        ? happened({ type: 'plan.approved', clinician: refOf(state.acceptance), as })
        : { kind: 'approved-already' }
    }
    case 'record-objection':
      if (state?.status !== 'accepted') return refusedHere
      return happened({ type: 'family.objected', released: refOf(state.acceptance) })
    case 'engage': {
      if (state?.status !== 'accepted') return refusedHere
      const unsettled = unsettledIn(state)
      if (unsettled) return unsettled
      // Only where a decision is hours away may the family's view be waited for no longer (row 16).
      if (command.familyView === 'waived-immediate' && state.routing.urgency !== 'U0')
        return { kind: 'waiver-not-allowed' }
      return happened({
        type: 'request.engaged',
        clinician: refOf(state.acceptance),
        acceptedBy: state.acceptance.acceptedBy,
        familyView: command.familyView,
      })
    }
    case 'open-pack': {
      if (state?.status !== 'engaged') return refusedHere
      if (!isTheirs(state, command.clinician, actor)) return { kind: 'not-offered' }
      if (actor.role === 'system') return refusedHere
      const before = declaredBy(state, command.clinician.id, 'opening')
      const said = { said: openingAnswersOf(command.answers), works: [] }
      const answered = judgeAnswers(before, { answers: said, assessment: command.assessment, at, by: actor.subject })
      if (answered.kind === 'answer-on-record') return answered
      const unsettled = unsettledIn(state)
      if (answered.kind === 'goes-on') {
        if (!unsettled)
          return happened({ type: 'pack.opened', clinician: refOf(state.acceptance), answers: command.answers })
        return before ? unsettled : signedOnly(answered, { clinician: state.acceptance, stage: 'opening' }, unsettled)
      }
      // What only the clinician's record leaves open is settled there, and the same answers are then judged once more.
      const isOfRecord =
        answered.stands === 'to-settle' && !answered.signed.said.some(({ answer }) => answer === 'unsure')
      const { rules } = answered.signed
      if (isOfRecord && isNonEmpty(rules)) {
        const doubted = { kind: 'clearance-doubted', rules } as const
        return before ? doubted : signedOnly(answered, { clinician: state.acceptance, stage: 'opening' }, doubted)
      }
      // A conflict seen only with the names closes the pack and frees the place (row 28); what is unsure is not opened past.
      const [signed, ended] = ofAnswers(answered, { clinician: state.acceptance, stage: 'opening' })
      return ended
        ? happened(signed, { type: 'pack.closed', released: refOf(state.acceptance), rules })
        : happened(signed)
    }
    case 'recheck': {
      if (!state || !isHeld(state)) return refusedHere
      if (state.acceptance.id !== command.clinician.id) return { kind: 'not-engaged' }
      const found = lookedAgain(state.acceptance, command.assessment)
      return found ? happened(found) : { kind: 'nothing-to-do' }
    }
    case 'free': {
      if (!state || !isHeld(state)) return refusedHere
      const { acceptance } = state
      if (acceptance.id !== command.clinician.id) return { kind: 'not-engaged' }
      // A replay or a late delivery finds what the new holder accepted since, and leaves it to them.
      const isFromBefore = acceptance.acceptedBy !== command.holder && acceptance.acceptedAt <= command.since
      return isFromBefore ? happened({ type: 'case.freed', released: refOf(acceptance) }) : { kind: 'nothing-to-do' }
    }
    case 'report':
      if (state?.status !== 'in-review') return refusedHere
      if (!isTheirs(state, command.clinician, actor)) return { kind: 'not-offered' }
      return (
        unsettledIn(state) ??
        happened({
          type: 'opinion.reported',
          opinion: command.opinion,
          share: command.share,
          released: refOf(state.acceptance),
        })
      )
    case 'share':
      if (state?.status !== 'reported') return refusedHere
      return happened({ type: 'opinion.shared', clinician: refOf(state.acceptance) })
    case 'close':
      if (state?.status !== 'shared') return refusedHere
      return happened({ type: 'request.closed', outcome: command.outcome, clinician: refOf(state.acceptance) })
    case 'withdraw': {
      if (!state || state.status === 'closed' || state.status === 'withdrawn') return refusedHere
      return happened({
        type: 'request.withdrawn',
        because: command.because,
        was: state.status,
        wasSent: wasSent(state),
        released: holderOf(state),
        ended: withCaseInHand(state),
      })
    }
  }
}

const worsening = ({ screen }: RoutingFacts): RequestRefusal | undefined =>
  screen.deteriorating && !screen.marthasRuleUsed ? { kind: 'deteriorating' } : undefined

/** What this person did on the request, or is in its trust, that rules the step out for them. */
const ruledOutFor = (
  { did, trust }: RequestState,
  { type }: RequestCommand,
  { actor, ownTrusts }: Pick<ActingNow, 'actor' | 'ownTrusts'>,
): RequestRefusal | undefined => {
  const asked = dutyOf(type, actor.role)
  if (asked === null) return undefined
  const apart = ruledOutBy(did, { subject: actor.subject, duty: asked })
  if (apart)
    return type === 'approve-plan' && isOwnApproval[apart.why]
      ? { kind: 'own-approval' }
      : { kind: 'duties-apart', did: apart.did, asked }
  return asked === 'opine' && ownTrusts.includes(trust) ? { kind: 'role-in-trust' } : undefined
}

/** Whether an approval is refused as one's own, or as what it is beside another part in the case. */
const isOwnApproval: Readonly<Record<WhyApart, boolean>> = {
  'asks-and-approves': true,
  'approves-twice': true,
  'asks-and-brokers': false,
  'asks-and-opines': false,
  'brokers-and-opines': false,
  'approves-and-opines': false,
}

/** A case is the person's who accepted it: another sign-in on the same entry has no part in it. */
const isTheirs = ({ acceptance }: HeldRequest, { id }: ClinicianRef, { subject }: Actor) =>
  acceptance.id === id && acceptance.acceptedBy === subject

const offeredTo = (state: RequestState | undefined, { id }: ClinicianRef) =>
  state?.status === 'offered' ? state.offers.find((offer) => offer.id === id) : undefined

/** What is recorded of answers that lead no further, and whether they end the clinician's part. */
const ofAnswers = (
  { signed, stands }: Extract<Answered, { readonly kind: 'recorded' }>,
  { clinician, stage }: { readonly clinician: ClinicianRef & { readonly name: string }; readonly stage: DeclaredStage },
): readonly [signed: RequestHappening, isEnded: boolean] => [
  { type: 'declaration.signed', clinician: refOf(clinician), name: clinician.name, stage, signed, stands },
  stands === 'barred',
]

const rulesOf = ({ findings }: Assessment, weight: Finding['severity']) => [
  ...new Set(findings.filter(({ severity }) => severity === weight).map(({ rule }) => rule)),
]

/** Nothing goes on past what a later look at the clinician left open, or past a plan that is not approved. */
const unsettledIn = ({ acceptance: { doubts, approvalsNeeded } }: HeldRequest): RequestRefusal | undefined => {
  if (isNonEmpty(doubts)) return { kind: 'clearance-doubted', rules: doubts }
  return approvalsNeeded.length > 0 ? { kind: 'plan-not-approved', by: approvalsNeeded } : undefined
}

/** What a later look at whoever accepted makes happen, if it finds anything that the acceptance did not. */
const lookedAgain = (acceptance: Acceptance, assessment: Assessment): RequestHappening | undefined => {
  const clinician = refOf(acceptance)
  if (assessment.verdict === 'barred')
    return { type: 'pack.closed', released: clinician, rules: rulesOf(assessment, 'BAR') }
  if (assessment.verdict === 'undetermined') {
    const rules = rulesOf(assessment, 'UNKNOWN')
    return rules.join() === acceptance.doubts.join() ? undefined : { type: 'clearance.doubted', clinician, rules }
  }
  const managed = (findings: Cleared['findings'] | Assessment['findings'], rule: string) =>
    findings.filter((one) => one.rule === rule && one.severity === 'MANAGE').length
  const isUnplanned = (rule: string) => managed(assessment.findings, rule) > managed(acceptance.cleared.findings, rule)
  if (rulesOf(assessment, 'MANAGE').some(isUnplanned))
    return { type: 'plan.needed', clinician, cleared: clearedBy(assessment), approvalsNeeded: PLAN_APPROVERS }
  return acceptance.doubts.length > 0 ? { type: 'clearance.confirmed', clinician } : undefined
}

const clearedBy = (assessment: Assessment): Cleared => {
  if (!passes(assessment)) throw new Error('Only a verdict that passes can clear an acceptance')
  const findings = assessment.findings.flatMap(({ rule, severity }) =>
    severity === 'UNKNOWN' ? [] : [{ rule, severity }],
  )
  return { policyVersion: assessment.policyVersion, verdict: assessment.verdict, findings }
}

/** What a request must hold before it can be sent: the fields in words, so that the page can say them. */
const missingFor = ({
  routing,
  sections,
  unnamed,
}: Pick<RequestState, 'routing' | 'sections' | 'unnamed'>): readonly string[] => {
  const has = (name: string) => sections.some(({ section }) => section === name)
  const asked: readonly (readonly [boolean, string])[] = [
    [routing.familyInformedOn !== null, 'the day the family was told'],
    [routing.agreement !== null, 'the agreement to share, or the lawful reason for doing without'],
    [routing.unwelcome !== null, 'whom the family would not want asked, or that there is nobody'],
    [routing.discussedWith !== null, 'with whom the team already discussed the case, or that there is nobody'],
    [routing.treatedBy !== null, 'who has treated the child or advised before, or that there is nobody'],
    [routing.sites.length > 0, 'the sites where the child is seen'],
    [
      routing.treating.every(({ teams }) => teams !== null),
      'the teams of each treating consultant, or that there are none',
    ],
    [unnamed.length === 0, 'the name of each treating consultant'],
    [has('question'), 'the question to be answered'],
    [has('identity'), 'who the child is'],
    [has('narrative'), 'the clinical summary'],
  ]
  return asked.flatMap(([there, words]) => (there ? [] : [words]))
}
