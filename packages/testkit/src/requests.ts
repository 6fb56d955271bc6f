import type { Exchange } from '@concord/application/ports/store'
import type { Actor, Role } from '@concord/domain/actor'
import {
  type ClinicianId,
  must,
  parseNetworkCode,
  parseRequestId,
  parseSubject,
  parseTrustCode,
} from '@concord/domain/ids'
import type { Finding, Stage, VerdictKind } from '@concord/domain/independence/verdict'
import type { RequestCommand } from '@concord/domain/request/commands'
import { decide } from '@concord/domain/request/decide'
import {
  type Answers,
  type AnswersOnRecord,
  effectiveOf,
  isToDecide,
  newestOf,
  openingOf,
  openQuestions,
  saysTheSame,
} from '@concord/domain/request/declared'
import type { RequestEvent } from '@concord/domain/request/events'
import { evolve } from '@concord/domain/request/evolve'
import {
  type ClinicianRef,
  type PlanApprover,
  type RequestState,
  type RoutingFacts,
  refOf,
  type SectionRef,
  type Status,
} from '@concord/domain/request/request'
import { judgeStep, type StepName, stepNames, transitions } from '@concord/domain/request/transitions'
import { addMinutes, type Instant } from '@concord/domain/time'
import fc from 'fast-check'
import { someRouting } from './drafts.ts'
import { at, clinicianId, gmc, openingAnswers, org, today } from './facts.ts'

export const networkOne = must(parseNetworkCode, 'network-one')
export const aRequestId = (n: number) =>
  must(parseRequestId, `req_XA1_00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)
export const aRef = (n: number): ClinicianRef => ({ id: clinicianId(n), home: networkOne, gmc: gmc(n) })
/** The same as the shortlist names them. */
export const aCandidate = (n: number) => ({ ...aRef(n), name: `Clinician ${n} (invented)` })

/** An opinion that a clinician of XC1 gave to the lead consultant of XA1. */
export const anExchange = (n: number, over: Partial<Exchange> = {}): Exchange => ({
  id: aRequestId(n),
  on: today,
  opinionBy: gmc(1),
  opinionUnit: org('XC1'),
  requestedBy: gmc(901),
  requestingUnit: org('XA1'),
  requestingOrg: must(parseTrustCode, 'XA1'),
  ...over,
})

/** One person of each role, and the clock. */
export const actorAs = (role: Actor['role']): Actor =>
  role === 'system' ? { subject: 'clock', role } : person(role, role)
export const person = (role: Role, name: string): Actor => ({ subject: must(parseSubject, name), role })

/** When the requests of these builders begin; each further step is taken a minute later. */
export const begun = at('2026-06-15T09:00:00Z')

export const aSection = (section: string, version = 1): SectionRef => ({
  compartment: section === 'question' ? 'brief' : 'pack',
  section,
  version,
  hash: String(version).repeat(64).slice(0, 64),
})

export const aFinding = (severity: Finding['severity'], rule = 'C10'): Finding => ({
  rule,
  severity,
  stage: 'acceptance',
  appliesTo: gmc(1),
  confidence: severity === 'UNKNOWN' ? 'unknown' : 'declared',
  evidence: {
    fact: 'an invented fact',
    whose: gmc(1),
    from: null,
    to: null,
    source: 'case declaration',
    asOf: '2026-06-15',
  },
  sentence: 'Invented.',
  familySentence: 'Invented.',
})

const weighing = { barred: ['BAR'], undetermined: ['UNKNOWN'], manage: ['MANAGE'], note: ['NOTE'], clear: [] } as const

export const anAssessment = (verdict: VerdictKind = 'clear', stage: Stage = 'acceptance') => ({
  verdict,
  stage,
  policyVersion: 'test',
  findings: weighing[verdict].map((severity) => aFinding(severity)),
  toAsk: [],
})

type CommandOf<S extends StepName> = Extract<RequestCommand, { readonly type: S }>

const usual: { readonly [S in StepName]: CommandOf<S> } = {
  draft: {
    type: 'draft',
    id: aRequestId(1),
    network: networkOne,
    trust: must(parseTrustCode, 'XA1'),
    tagKey: 'a key for tags',
    routing: someRouting(),
    sections: ['question', 'identity', 'narrative'].map((section) => aSection(section)),
    unnamed: [],
    answered: [],
  },
  revise: {
    type: 'revise',
    routing: someRouting(),
    sections: [aSection('question', 2)],
    unnamed: [],
    answered: [],
  },
  restrict: { type: 'restrict', section: { ...aSection('restricted'), compartment: 'restricted' }, readers: [] },
  submit: { type: 'submit', deadlines: [{ step: 'acknowledge', by: addMinutes(begun, 60), provisional: false }] },
  'take-up': { type: 'take-up' },
  'complete-triage': { type: 'complete-triage' },
  shortlist: {
    type: 'shortlist',
    shortlist: { takenAt: begun, hash: '0'.repeat(64), policyVersion: 'test', offerable: 6, excluded: 0 },
  },
  offer: { type: 'offer', candidate: aCandidate(1), standing: 'offerable', replyBy: addMinutes(begun, 2 * 24 * 60) },
  accept: {
    type: 'accept',
    clinician: aRef(1),
    answers: { said: [], works: [] },
    assessment: anAssessment(),
    noPlace: null,
  },
  'answer-again': {
    type: 'answer-again',
    clinician: aRef(1),
    stage: 'acceptance',
    answers: { said: [], works: [] },
    assessment: anAssessment(),
  },
  'settle-declaration': {
    type: 'settle-declaration',
    clinician: aRef(1).id,
    settled: [{ rule: 'C05', about: null, answer: 'no', how: 'spoke-with-clinician' }],
    assessment: anAssessment(),
  },
  'decide-declaration': { type: 'decide-declaration', clinician: aRef(1).id, decision: 'ask-again' },
  decline: { type: 'decline', clinician: aRef(1), because: 'no-capacity' },
  'expire-offer': { type: 'expire-offer', clinician: aRef(1) },
  'approve-plan': { type: 'approve-plan' },
  'record-objection': { type: 'record-objection' },
  engage: { type: 'engage', familyView: 'agrees' },
  'open-pack': {
    type: 'open-pack',
    clinician: aRef(1),
    answers: openingAnswers(),
    assessment: anAssessment('clear', 'opening'),
  },
  recheck: { type: 'recheck', clinician: aRef(1), assessment: anAssessment('undetermined') },
  free: {
    type: 'free',
    clinician: aRef(1),
    holder: must(parseSubject, 'newcomer'),
    since: addMinutes(begun, 7 * 24 * 60),
  },
  report: { type: 'report', clinician: aRef(1), opinion: aSection('opinion'), share: null },
  share: { type: 'share' },
  close: { type: 'close', outcome: 'plan-confirmed' },
  withdraw: { type: 'withdraw', because: 'agreement-withdrawn' },
}

/** A command of a step, as it usually comes. */
export const aCommand = <S extends StepName>(
  step: S,
  over: Partial<Omit<CommandOf<S>, 'type'>> = {},
): CommandOf<S> => ({
  ...usual[step],
  ...over,
})

/** A command, and who gives it when. */
export type Move = { readonly command: RequestCommand; readonly by: Actor; readonly at: Instant }
export type Taken = { readonly move: Move; readonly events: readonly RequestEvent[]; readonly state: RequestState }

/** Takes a step that has to be legal: a refusal fails the test. */
export const take = (state: RequestState | undefined, move: Move): Taken => {
  const decision = decide(state, move.command, { at: move.at, actor: move.by, ownTrusts: [] })
  if (decision.kind !== 'decided') throw new Error(`${move.command.type} was refused: ${JSON.stringify(decision)}`)
  const [first, ...others] = decision.events
  return { move, events: decision.events, state: others.reduce<RequestState>(evolve, evolve(state, first)) }
}

type Path = {
  readonly routing?: Partial<RoutingFacts>
  /** Who is asked; the first of them accepts. */
  readonly asked?: readonly [number, ...number[]]
  /** What the engine says at the acceptance; a plan is then approved before the pack is shared. */
  readonly verdict?: VerdictKind
}

/** Each state of the main path, with the commands that lead there from the one before. */
const pathOf = ({ routing = {}, asked = [1], verdict = 'clear' }: Path): readonly (readonly [Status, Steps])[] => {
  const clinician = aRef(asked[0])
  const plan: Steps = [
    [aCommand('approve-plan'), 'clinical-lead'],
    [aCommand('approve-plan'), 'eso-lead'],
  ]
  return [
    ['draft', [[aCommand('draft', { routing: someRouting(routing) }), 'requester']]],
    ['submitted', [[aCommand('submit'), 'eso-lead']]],
    ['triage', [[aCommand('take-up'), 'coordinator']]],
    [
      'matching',
      [
        [aCommand('complete-triage'), 'coordinator'],
        [aCommand('shortlist'), 'coordinator'],
      ],
    ],
    ['offered', asked.map((n) => [aCommand('offer', { candidate: aCandidate(n) }), 'coordinator'])],
    ['accepted', [[aCommand('accept', { clinician, assessment: anAssessment(verdict) }), 'clinician']]],
    ['engaged', [...(verdict === 'manage' ? plan : []), [aCommand('engage'), 'requester']]],
    ['in-review', [[aCommand('open-pack', { clinician }), 'clinician']]],
    ['reported', [[aCommand('report', { clinician }), 'clinician']]],
    ['shared', [[aCommand('share'), 'requester']]],
    ['closed', [[aCommand('close'), 'requester']]],
  ]
}
type Steps = readonly (readonly [RequestCommand, Role])[]

/** The steps that lead a request along the main path to where it is wanted; a withdrawn one is withdrawn as a draft. */
export const aJourneyTo = (wanted: Status, path: Path = {}): readonly Taken[] => {
  const states = pathOf(path)
  const last = states.findIndex(([status]) => status === (wanted === 'withdrawn' ? 'draft' : wanted))
  const steps = states.slice(0, last + 1).flatMap(([, some]) => some)
  const withdrawn: Steps = wanted === 'withdrawn' ? [[aCommand('withdraw'), 'requester']] : []
  const taken: Taken[] = []
  for (const [command, role] of [...steps, ...withdrawn])
    taken.push(take(taken.at(-1)?.state, { command, by: actorAs(role), at: addMinutes(begun, taken.length) }))
  return taken
}

/** A request that stands where it is wanted, as the process made it. */
export const aRequest = <S extends Status>(
  wanted: S,
  path: Path = {},
): Extract<RequestState, { readonly status: S }> => {
  const state = aJourneyTo(wanted, path).at(-1)?.state
  if (state?.status !== wanted) throw new Error(`The path led to ${state?.status}, not to ${wanted}`)
  return state as Extract<RequestState, { readonly status: S }>
}

/** What the commands of a journey say of the people in it, kept apart from what the states say. */
export type Ledger = {
  readonly asked: ReadonlyMap<ClinicianId, Instant>
  /** Left out for good, and whether for a conflict: that alone can be lifted, by a decision on changed answers. */
  readonly out: ReadonlyMap<ClinicianId, 'conflict' | 'other'>
  /** Passed over, and free to be asked again. */
  readonly passed: ReadonlySet<ClinicianId>
  readonly holder: ClinicianId | null
  readonly toApprove: readonly PlanApprover[]
  /** A plan for the holder was needed, whoever has approved it. */
  readonly isPlanned: boolean
  /** A later look at the holder left something undetermined. */
  readonly isDoubted: boolean
  readonly isShortlisted: boolean
}
const emptyLedger: Ledger = {
  asked: new Map(),
  out: new Map(),
  passed: new Set(),
  holder: null,
  toApprove: [],
  isPlanned: false,
  isDoubted: false,
  isShortlisted: false,
}

const approvers: readonly PlanApprover[] = ['clinical-lead', 'eso-lead']

/** The ledger after a command was obeyed; whether answers led to the step they were given with, what happened says. */
const entered = (ledger: Ledger, { command, by }: Move, happened: readonly RequestEvent['type'][]): Ledger => {
  const { asked, out, passed, holder } = ledger
  const withMore = (set: ReadonlySet<ClinicianId>, ...more: readonly (ClinicianId | null)[]) =>
    new Set([...set, ...more.filter((one) => one !== null)])
  const outWith = (because: 'conflict' | 'other', id: ClinicianId | null) =>
    id === null ? out : new Map([...out, [id, because] as const])
  const withoutOffer = (id: ClinicianId) => new Map([...asked].filter(([one]) => one !== id))
  switch (command.type) {
    case 'shortlist':
      return { ...ledger, isShortlisted: true }
    case 'offer':
      return { ...ledger, asked: new Map([...asked, [command.candidate.id, command.replyBy]]) }
    case 'decline':
    case 'expire-offer': {
      const { id } = command.clinician
      const left = { ...ledger, asked: withoutOffer(id) }
      return command.type === 'decline'
        ? { ...left, out: outWith(command.because === 'conflict' ? 'conflict' : 'other', id) }
        : { ...left, passed: withMore(passed, id) }
    }
    case 'accept': {
      const { id } = command.clinician
      if (happened.includes('offer.declined'))
        return { ...ledger, asked: withoutOffer(id), out: outWith('conflict', id) }
      if (!happened.includes('offer.accepted')) return ledger
      const isPlanned = command.assessment.verdict === 'manage'
      const toApprove = isPlanned ? approvers : []
      const others = [...asked.keys()].filter((one) => one !== id)
      return { ...emptyLedger, holder: id, out, passed: withMore(passed, ...others), toApprove, isPlanned }
    }
    case 'approve-plan':
      return { ...ledger, toApprove: ledger.toApprove.filter((role) => role !== by.role) }
    case 'record-objection':
      return { ...emptyLedger, out: outWith('other', holder), passed }
    case 'open-pack':
      return happened.includes('pack.closed') ? { ...emptyLedger, out: outWith('conflict', holder), passed } : ledger
    case 'settle-declaration': {
      if (happened.includes('pack.closed')) return { ...emptyLedger, out: outWith('conflict', holder), passed }
      if (!happened.includes('offer.declined')) return ledger
      const id = command.clinician
      return { ...ledger, asked: withoutOffer(id), out: outWith('conflict', id) }
    }
    case 'decide-declaration': {
      const isLifted = command.decision === 'ask-again' && out.get(command.clinician) === 'conflict'
      return isLifted ? { ...ledger, out: new Map([...out].filter(([id]) => id !== command.clinician)) } : ledger
    }
    case 'recheck': {
      const { verdict } = command.assessment
      if (verdict === 'barred') return { ...emptyLedger, out: outWith('conflict', holder), passed }
      if (verdict === 'manage') return { ...ledger, isDoubted: false, isPlanned: true, toApprove: approvers }
      return { ...ledger, isDoubted: verdict === 'undetermined' }
    }
    case 'free':
      return { ...emptyLedger, out, passed: withMore(passed, holder) }
    case 'report':
    case 'withdraw':
      return { ...emptyLedger, out, passed }
    case 'draft':
    case 'revise':
    case 'restrict':
    case 'submit':
    case 'take-up':
    case 'complete-triage':
    case 'engage':
    case 'answer-again':
    case 'share':
    case 'close':
      return ledger
  }
}

/** Answers on a question that is asked at both stages, so that one list serves either. */
export const saying = (answer?: 'yes' | 'unsure'): Answers => ({
  said: answer ? [{ rule: 'C05', about: null, answer }] : [],
  works: [],
})
/** Answers that differ from what counts, or from what waits to be decided on. */
const changesOf = (record: AnswersOnRecord): readonly Answers[] => {
  const before = record.stands === 'to-decide' ? newestOf(record) : effectiveOf(record)
  return [saying(), saying('unsure')].filter((one) => !saysTheSame(before, one))
}
/** What may be answered beside what is on record, and what the engine then says. */
const answersFor = (
  record: AnswersOnRecord | undefined,
  passing: readonly VerdictKind[] = ['clear', 'note', 'manage'],
): readonly (readonly [Answers, VerdictKind])[] => {
  const barred = [saying('yes'), 'barred'] as const
  if (!record)
    return [...passing.map((verdict) => [saying(), verdict] as const), [saying('unsure'), 'undetermined'], barred]
  const same = record.stands === 'settled' ? ([[effectiveOf(record), 'clear']] as const) : []
  return [...same, ...changesOf(record).map((answers) => [answers, 'clear'] as const)]
}

/** Everything that may be done to a request that stands here, with this ledger, at this moment. */
const legalMoves = (state: RequestState | undefined, ledger: Ledger, at: Instant): readonly Move[] => {
  const { asked, out, holder, toApprove, isPlanned, isDoubted, isShortlisted } = ledger
  const isSettled = toApprove.length === 0 && !isDoubted
  // A text that is written anew has the next version, as the store gives it.
  const again = 1 + (state?.version ?? 0)
  const free = [1, 2, 3, 4, 5, 6].map(aCandidate).filter(({ id }) => !asked.has(id) && !out.has(id))
  const askedUntil = (stands: (replyBy: Instant) => boolean) =>
    [1, 2, 3, 4, 5, 6].map(aRef).filter(({ id }) => stands(asked.get(id) ?? begun) && asked.has(id))
  const held = [1, 2, 3, 4, 5, 6].map(aRef).filter(({ id }) => id === holder)
  const declared = state && 'declarations' in state ? state.declarations : []
  const variants: { readonly [S in StepName]: readonly CommandOf<S>[] } = {
    draft: (['U0', 'U2'] as const).map((urgency) => aCommand('draft', { routing: someRouting({ urgency }) })),
    revise: [aCommand('revise', { routing: state?.routing ?? someRouting(), sections: [aSection('question', again)] })],
    restrict: [[], [must(parseSubject, 'eso-lead')]].map((readers) =>
      aCommand('restrict', { section: { ...usual.restrict.section, version: again }, readers }),
    ),
    submit: [aCommand('submit')],
    'take-up': [aCommand('take-up')],
    'complete-triage': [aCommand('complete-triage')],
    shortlist: [aCommand('shortlist', { shortlist: { ...usual.shortlist.shortlist, takenAt: at } })],
    offer:
      isShortlisted && asked.size < 3
        ? free.map((candidate) => aCommand('offer', { candidate, replyBy: addMinutes(at, 24 * 60) }))
        : [],
    accept: askedUntil((replyBy) => at <= replyBy).flatMap((clinician) =>
      answersFor(declared.find((one) => one.id === clinician.id && one.stage === 'acceptance')).map(
        ([answers, verdict]) => aCommand('accept', { clinician, answers, assessment: anAssessment(verdict) }),
      ),
    ),
    'answer-again': declared
      .filter((one) => !asked.has(one.id) && one.id !== holder)
      .flatMap((record) =>
        changesOf(record).map((answers) =>
          aCommand('answer-again', { clinician: refOf(record), stage: record.stage, answers }),
        ),
      ),
    'settle-declaration': declared
      .filter(({ id, stage }) => (stage === 'acceptance' ? asked.has(id) : id === holder))
      .flatMap((record) => {
        const [first, ...others] = openQuestions(record).map(
          (one) => ({ ...one, answer: 'no', how: 'clinician-wrote' }) as const,
        )
        if (!first) return []
        return (['clear', 'barred'] as const).map((verdict) =>
          aCommand('settle-declaration', {
            clinician: record.id,
            settled: [first, ...others],
            assessment: anAssessment(verdict),
          }),
        )
      }),
    'decide-declaration': declared
      .filter(isToDecide)
      .flatMap(({ id, stands }) =>
        (stands === 'to-decide' ? (['first-stands', 'ask-again'] as const) : (['ask-again'] as const)).map((decision) =>
          aCommand('decide-declaration', { clinician: id, decision }),
        ),
      ),
    decline: askedUntil(() => true).flatMap((clinician) =>
      (['no-capacity', 'conflict'] as const).map((because) => aCommand('decline', { clinician, because })),
    ),
    'expire-offer': askedUntil((replyBy) => replyBy < at).map((clinician) => aCommand('expire-offer', { clinician })),
    'approve-plan': toApprove.length > 0 ? [aCommand('approve-plan')] : [],
    'record-objection': [aCommand('record-objection')],
    engage: !isSettled ? [] : [aCommand('engage')],
    'open-pack': held.flatMap((clinician) =>
      answersFor(
        declared.find((one) => one.id === clinician.id && one.stage === 'opening'),
        ['clear'],
      )
        .filter(([, verdict]) => isSettled || verdict === 'barred')
        .map(([{ said }, verdict]) =>
          aCommand('open-pack', {
            clinician,
            answers: openingOf(said, at),
            assessment: anAssessment(verdict, 'opening'),
          }),
        ),
    ),
    recheck: held.flatMap((clinician) =>
      ([isDoubted ? 'clear' : 'undetermined', 'barred', ...(isPlanned ? [] : (['manage'] as const))] as const).map(
        (verdict) => aCommand('recheck', { clinician, assessment: anAssessment(verdict) }),
      ),
    ),
    free: held.map((clinician) => aCommand('free', { clinician, since: at })),
    report: (isSettled ? held : []).map((clinician) => aCommand('report', { clinician })),
    share: [aCommand('share')],
    close: [aCommand('close')],
    withdraw: [aCommand('withdraw')],
  }
  const named: readonly string[] | undefined = state?.restricted?.readers
  const hasDrafted = (role: string) => state?.did.some(({ duty, subject }) => duty === 'draft' && subject === role)
  const mayTake = (step: StepName, role: Actor['role']) =>
    (step !== 'restrict' || !named || named.includes(role)) &&
    (step !== 'submit' || role === 'eso-lead' || state?.routing.urgency === 'U0') &&
    (step !== 'approve-plan' || (toApprove.some((one) => one === role) && !hasDrafted(role)))
  return stepNames
    .filter((step) => judgeStep(step, state?.status ?? 'none', transitions[step].by[0]) === 'possible')
    .flatMap((step) =>
      transitions[step].by
        .filter((role) => mayTake(step, role))
        .flatMap((role) => variants[step].map((command) => ({ command, by: actorAs(role), at }))),
    )
}

/** One number for what is done next, one for how, and one for how long it is waited before. */
export const wanderings: fc.Arbitrary<readonly Turn[]> = fc.array(
  fc.tuple(fc.nat(999), fc.nat(999), fc.constantFrom(1, 30, 12 * 60)),
  { minLength: 1, maxLength: 40, size: 'max' },
)
type Turn = readonly [step: number, variant: number, minutes: number]
export type Walked = Taken & { readonly before: RequestState | undefined; readonly ledger: Ledger }

/** Walks a legal way through the process: at each turn one of the steps that are possible, until none is. */
export const walk = (turns: readonly Turn[]): readonly Walked[] => {
  const walked: Walked[] = []
  let at = begun
  for (const [step, variant, minutes] of turns) {
    at = addMinutes(at, minutes)
    const last = walked.at(-1)
    const [state, ledger] = [last?.state, last?.ledger ?? emptyLedger]
    const moves = legalMoves(state, ledger, at)
    // A withdrawal ends a journey and a look again may set it back: both are tried only now and then, so that most come far.
    const steps = [...new Set(moves.map(({ command }) => command.type))].filter(
      (type) =>
        (type !== 'withdraw' || variant % 8 === 0) &&
        (type !== 'recheck' || variant % 5 === 0) &&
        (type !== 'free' || variant % 7 === 0) &&
        (type !== 'restrict' || variant % 20 === 0),
    )
    const type = steps[step % Math.max(steps.length, 1)]
    const variants = moves.filter(({ command }) => command.type === type)
    const move = variants[variant % Math.max(variants.length, 1)]
    if (!move) break
    const taken = take(state, move)
    const happened = taken.events.map((event) => event.type)
    walked.push({ ...taken, before: state, ledger: entered(ledger, move, happened) })
  }
  return walked
}
