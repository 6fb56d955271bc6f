import { someRouting } from '@concord/testkit/drafts'
import { openingAnswers } from '@concord/testkit/facts'
import {
  aCandidate,
  aCommand,
  actorAs,
  aFinding,
  anAssessment,
  aRef,
  aRequest,
  aSection,
  begun,
  person,
  saying,
  take,
} from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { type Actor, roles } from '../actor.ts'
import type { Assessment, Finding } from '../independence/verdict.ts'
import { addMinutes } from '../time.ts'
import type { RequestCommand } from './commands.ts'
import { decide } from './decide.ts'
import { isHeld, type RequestState, type RoutingFacts, type Status, statuses } from './request.ts'
import { possibleSteps, type StepName, stepNames, transitions } from './transitions.ts'

const DAY = 24 * 60
const replyBy = addMinutes(begun, 2 * DAY)
const everyone: readonly Actor['role'][] = [...roles, 'system']
const everywhere: readonly (Status | 'none')[] = ['none', ...statuses]

const decided = (
  state: RequestState | undefined,
  command: RequestCommand,
  role: Actor['role'],
  at = addMinutes(begun, 60),
) => decide(state, command, { at, actor: actorAs(role), ownTrusts: [] })
const refused = (kind: string, more: object = {}) => ({ kind, ...more })
/** What is said of a step: where something went on record and the step was refused all the same, the refusal. */
const answered = (decision: ReturnType<typeof decide>) =>
  decision.kind === 'decided' && decision.told ? decision.told : decision
const happens = (type: string, more: object = {}) => ({ kind: 'decided', events: [{ type, ...more }] })

/** A request in a state that meets every guard of the step: immediate, so that either of the team may send it. */
const readyFor = (step: StepName, status: Status | 'none') => {
  if (status === 'none') return undefined
  if (step === 'settle-declaration') return stillOpen(status)
  if (step === 'answer-again') return closedToTheFirst(status)
  if (step === 'decide-declaration') {
    const state = closedToTheFirst(status)
    const isPossible = transitions[step].from.some((one) => one === status)
    return isPossible
      ? take(state, { command: aCommand('answer-again'), by: actorAs('clinician'), at: begun }).state
      : state
  }
  const state = aRequest(status, { routing: { urgency: 'U0' } })
  if (step !== 'approve-plan' || !isHeld(state)) return state
  const command = aCommand('recheck', { assessment: anAssessment('manage') })
  return take(state, { command, by: actorAs('system'), at: begun }).state
}
/** A question is open: with the acceptance, or at the opening. */
const stillOpen = (status: Status): RequestState => {
  const state = aRequest(status)
  const assessment = anAssessment('undetermined')
  const accepting = aCommand('accept', { answers: saying('unsure'), assessment })
  const opening = aCommand('open-pack', { answers: openingAnswers({ C05: 'unsure' }), assessment })
  if (status !== 'offered' && status !== 'engaged') return state
  return take(state, { command: status === 'offered' ? accepting : opening, by: actorAs('clinician'), at: begun }).state
}
/** The first who was asked gave answers that bar, and the second has the case, or declined. */
const closedToTheFirst = (wanted: Status): RequestState => {
  const clinician = aRef(2)
  const path: readonly (readonly [Status, RequestCommand, Actor['role']])[] = [
    ['offered', aCommand('accept', { answers: saying('yes'), assessment: anAssessment('barred') }), 'clinician'],
    wanted === 'matching'
      ? ['matching', aCommand('decline', { clinician }), 'clinician']
      : ['accepted', aCommand('accept', { clinician }), 'clinician'],
    ['engaged', aCommand('engage'), 'requester'],
    ['in-review', aCommand('open-pack', { clinician }), 'clinician'],
  ]
  const last = path.findIndex(([status]) => status === wanted)
  if (last < 0) return aRequest(wanted)
  return path
    .slice(0, last + 1)
    .reduce<RequestState>(
      (state, [, command, role]) => take(state, { command, by: actorAs(role), at: begun }).state,
      aRequest('offered', { asked: [1, 2] }),
    )
}
const readyCommand = (step: StepName, status: Status | 'none'): RequestCommand =>
  step === 'offer' && status === 'offered' ? aCommand('offer', { candidate: aCandidate(2) }) : aCommand(step)
const tryOut = (step: StepName, status: Status | 'none', role: Actor['role']) =>
  decided(
    readyFor(step, status),
    readyCommand(step, status),
    role,
    addMinutes(begun, step === 'expire-offer' ? 3 * DAY : 60),
  )

describe.each(stepNames)('the step %s', (step) => {
  const from: readonly string[] = transitions[step].from
  const by: readonly string[] = transitions[step].by
  const elsewhere = everywhere.filter((status) => !from.includes(status))
  const others = everyone.filter((role) => !by.includes(role))

  // evidence: ASVS 2.3.1
  test('is refused in every state its row leaves out, naming the state', () => {
    for (const status of elsewhere)
      for (const role of transitions[step].by)
        expect(tryOut(step, status, role)).toEqual({ kind: 'not-possible', step, status })
  })

  // evidence: ASVS 8.2.1
  test('is refused to every role its row leaves out, wherever the request stands', () => {
    for (const status of everywhere)
      for (const role of others) expect(tryOut(step, status, role)).toEqual({ kind: 'not-yours', step, role })
  })

  test('is taken from every state of its row by every role of it, as one event of theirs', () => {
    for (const status of transitions[step].from)
      for (const role of transitions[step].by) {
        const decision = tryOut(step, status, role)
        expect(decision, `${status}, ${role}`).toMatchObject({ kind: 'decided', events: [{ by: actorAs(role) }] })
      }
  })

  test('is shown as possible where it is, and nowhere else', () => {
    for (const status of everywhere)
      for (const role of everyone)
        expect(possibleSteps(status, role).includes(step)).toBe(from.includes(status) && by.includes(role))
  })
})

describe('the table of the process', () => {
  const stepsOf = (role: Actor['role']) =>
    stepNames.filter((step) => everywhere.some((at) => possibleSteps(at, role).includes(step)))

  test('lets nothing be done by itself but to end an offer, to look again at who accepted, and to take a case back', () => {
    expect(stepsOf('system')).toEqual(['expire-offer', 'recheck', 'free'])
  })

  test('keeps answers, packs and opinions to clinicians, and nothing else', () => {
    expect(stepsOf('clinician')).toEqual(['accept', 'answer-again', 'decline', 'open-pack', 'report'])
  })

  test.each(['commissioner', 'operator'] as const)('gives a %s nothing to do', (role) => {
    expect(stepsOf(role)).toEqual([])
  })

  test('has words of its own for every button', () => {
    const words = stepNames.map((step) => transitions[step].words)
    expect(words.filter((one) => !/^[A-Z]/.test(one))).toEqual([])
    expect(new Set(words).size).toBe(stepNames.length)
  })

  test('has an end: nothing follows a closed or withdrawn request', () => {
    for (const role of everyone)
      for (const status of ['closed', 'withdrawn'] as const) expect(possibleSteps(status, role)).toEqual([])
  })
})

describe('a child who is getting worse now', () => {
  const worse = someRouting({ screen: { deteriorating: true, marthasRuleUsed: false } })

  test('needs Martha’s Rule, not a request begun or changed', () => {
    expect(decided(undefined, aCommand('draft', { routing: worse }), 'requester')).toEqual(refused('deteriorating'))
    expect(decided(aRequest('draft'), aCommand('revise', { routing: worse }), 'requester')).toEqual(
      refused('deteriorating'),
    )
  })

  test('may have a request once the rule was used', () => {
    const routing = someRouting({ screen: { deteriorating: true, marthasRuleUsed: true } })
    expect(decided(undefined, aCommand('draft', { routing }), 'requester').kind).toBe('decided')
  })
})

describe('submitting', () => {
  const drafted = (routing: Partial<RoutingFacts>, sections = aCommand('draft').sections) =>
    take(undefined, {
      command: aCommand('draft', { routing: someRouting(routing), sections }),
      by: actorAs('requester'),
      at: begun,
    }).state
  const submitted = (state: RequestState, role: Actor['role'] = 'eso-lead') => decided(state, aCommand('submit'), role)

  test.each<readonly [string, RequestState]>([
    ['the day the family was told', drafted({ familyInformedOn: null })],
    ['the agreement to share, or the lawful reason for doing without', drafted({ agreement: null })],
    ['whom the family would not want asked, or that there is nobody', drafted({ unwelcome: null })],
    ['with whom the team already discussed the case, or that there is nobody', drafted({ discussedWith: null })],
    ['who has treated the child or advised before, or that there is nobody', drafted({ treatedBy: null })],
    ['the sites where the child is seen', drafted({ sites: [] })],
    ['the question to be answered', drafted({}, [aSection('identity'), aSection('narrative')])],
    ['who the child is', drafted({}, [aSection('question'), aSection('narrative')])],
    ['the clinical summary', drafted({}, [aSection('question'), aSection('identity')])],
  ])('without %s is refused, saying so', (missing, state) => {
    expect(submitted(state)).toEqual(refused('incomplete', { missing: [missing] }))
  })

  test('an empty draft names all that is missing', () => {
    const nothing = { familyInformedOn: null, agreement: null, unwelcome: null, discussedWith: null, treatedBy: null }
    expect(submitted(drafted({ ...nothing, sites: [] }, []))).toMatchObject({ missing: { length: 9 } })
  })

  test('is for the lead of the trust, unless a decision is hours away', () => {
    expect(submitted(drafted({ urgency: 'U1' }), 'requester')).toEqual(
      refused('not-yours', { step: 'submit', role: 'requester' }),
    )
    expect(submitted(drafted({ urgency: 'U0' }), 'requester')).toMatchObject(happens('request.submitted'))
  })
})

describe('an offer', () => {
  const offer = (state: RequestState, over: Parameters<typeof aCommand<'offer'>>[1] = {}) =>
    decided(state, aCommand('offer', over), 'coordinator')
  const unfit = (standing: string) => refused('not-offerable', { standing })

  test('needs a shortlist', () => {
    const { state } = take(aRequest('triage'), {
      command: aCommand('complete-triage'),
      by: actorAs('coordinator'),
      at: begun,
    })
    expect(offer(state)).toEqual(refused('no-shortlist'))
  })

  test.each(['full', 'excluded', 'shortlist-changed'] as const)('is not made to one who is %s', (standing) => {
    expect(offer(aRequest('matching'), { standing })).toEqual(unfit(standing))
    expect(offer(aRequest('offered'), { standing, candidate: aCandidate(2) })).toEqual(unfit(standing))
  })

  test('is not made twice to the same clinician', () => {
    expect(offer(aRequest('offered'))).toEqual(unfit('already-offered'))
  })

  test('is made to three at most', () => {
    expect(offer(aRequest('offered', { asked: [1, 2] }), { candidate: aCandidate(3) })).toMatchObject(
      happens('offer.made'),
    )
    expect(offer(aRequest('offered', { asked: [1, 2, 3] }), { candidate: aCandidate(4) })).toEqual(
      unfit('three-offered'),
    )
  })

  test('does not go again to one who declined', () => {
    const { state } = take(aRequest('offered'), { command: aCommand('decline'), by: actorAs('clinician'), at: begun })
    expect(offer(state)).toEqual(unfit('left-out-before'))
  })

  test('can go again to one who only missed the time', () => {
    const expiry = { command: aCommand('expire-offer'), by: actorAs('system'), at: addMinutes(begun, 3 * DAY) }
    expect(offer(take(aRequest('offered'), expiry).state)).toMatchObject(happens('offer.made'))
  })

  test('can go again to one who only was not needed, once the one who was has gone', () => {
    const accepted = take(aRequest('offered', { asked: [1, 2] }), {
      command: aCommand('accept'),
      by: actorAs('clinician'),
      at: begun,
    })
    const objection = { command: aCommand('record-objection'), by: actorAs('requester'), at: begun }
    const drawn = { command: aCommand('shortlist'), by: actorAs('coordinator'), at: begun }
    const { state } = take(take(accepted.state, objection).state, drawn)
    expect(offer(state, { candidate: aCandidate(2) })).toMatchObject(happens('offer.made'))
    expect(offer(state, { candidate: aCandidate(1) })).toEqual(unfit('left-out-before'))
  })

  test('says who is asked, since when and until when', () => {
    expect(offer(aRequest('matching'))).toMatchObject(
      happens('offer.made', { offer: { ...aRef(1), offeredAt: addMinutes(begun, 60), replyBy } }),
    )
  })
})

describe('an answer to an offer', () => {
  const offered = aRequest('offered', { asked: [1, 2, 3] })
  const accept = (over: Parameters<typeof aCommand<'accept'>>[1] = {}, at = replyBy) =>
    decided(offered, aCommand('accept', over), 'clinician', at)

  test.each([aCommand('accept', { clinician: aRef(4) }), aCommand('decline', { clinician: aRef(4) })])(
    'comes from one who was asked: $type',
    (command) => {
      expect(decided(offered, command, 'clinician')).toEqual(refused('not-offered'))
    },
  )

  test('is still an acceptance at the last moment, and too late after it', () => {
    expect(accept({}, replyBy)).toMatchObject(happens('offer.accepted'))
    expect(accept({}, addMinutes(replyBy, 1))).toEqual(refused('offer-expired'))
  })

  test('that bars is on record, and declines the offer', () => {
    const findings = [aFinding('NOTE', 'C42'), aFinding('BAR', 'C08'), aFinding('UNKNOWN', 'C12')]
    const decision = accept({ answers: saying('yes'), assessment: { ...anAssessment('barred'), findings } })
    expect(decision).toMatchObject({
      kind: 'decided',
      events: [
        {
          type: 'declaration.signed',
          clinician: aRef(1),
          stands: 'barred',
          signed: { version: 1, signedBy: 'clinician', rules: ['C08'], ...saying('yes') },
        },
        { type: 'offer.declined', clinician: aRef(1), because: 'conflict' },
      ],
    })
  })

  test('that leaves something open is on record, and leaves the offer open', () => {
    const findings = [aFinding('MANAGE', 'C36'), aFinding('UNKNOWN', 'C05')]
    const decision = accept({ answers: saying('unsure'), assessment: { ...anAssessment('undetermined'), findings } })
    expect(decision).toMatchObject(
      happens('declaration.signed', { stands: 'to-settle', signed: { rules: ['C05'], ...saying('unsure') } }),
    )
  })

  test('that finds no free place is on record all the same, once', () => {
    const noPlace = { kind: 'full', cap: 1 } as const
    const command = aCommand('accept', { noPlace })
    const first = accept({ noPlace })
    expect(first).toMatchObject({ ...happens('declaration.signed', { stands: 'settled' }), told: noPlace })
    const { state } = take(offered, { command, by: actorAs('clinician'), at: replyBy })
    expect(decided(state, command, 'clinician', replyBy)).toEqual(noPlace)
    expect(decided(state, aCommand('accept'), 'clinician', replyBy)).toMatchObject(happens('offer.accepted'))
  })

  test.each([
    ['clear', []],
    ['note', []],
    ['manage', ['clinical-lead', 'eso-lead']],
  ] as const)('that is %s keeps what it was cleared by, and needs the approvals of %j', (verdict, approvalsNeeded) => {
    const { policyVersion, findings } = anAssessment(verdict)
    const weights = findings.map(({ rule, severity }) => ({ rule, severity }))
    expect(accept({ assessment: anAssessment(verdict) })).toMatchObject(
      happens('offer.accepted', {
        acceptance: {
          ...aRef(1),
          offeredAt: offered.offers[0].offeredAt,
          acceptedAt: replyBy,
          cleared: { policyVersion, verdict, findings: weights },
          approvalsNeeded,
        },
      }),
    )
  })

  test('closes the offers of all the others', () => {
    expect(accept({ clinician: aRef(2) })).toMatchObject(happens('offer.accepted', { others: [aRef(1), aRef(3)] }))
  })

  test('is never put into somebody’s mouth before the time is over', () => {
    const expire = (clinician: ReturnType<typeof aRef>, at = replyBy) =>
      decided(offered, aCommand('expire-offer', { clinician }), 'system', at)
    expect(expire(aRef(1))).toEqual(refused('not-due'))
    expect(expire(aRef(1), addMinutes(replyBy, 1))).toMatchObject(happens('offer.expired', { clinician: aRef(1) }))
    expect(expire(aRef(4), addMinutes(replyBy, 1))).toEqual(refused('not-offered'))
  })

  test('may still be a refusal once the time is over', () => {
    expect(decided(offered, aCommand('decline'), 'clinician', addMinutes(replyBy, 1))).toMatchObject(
      happens('offer.declined'),
    )
  })
})

describe('a plan to manage a conflict', () => {
  const accepted = aRequest('accepted', { verdict: 'manage' })
  const approve = (state: RequestState, role: 'clinical-lead' | 'eso-lead') =>
    decided(state, aCommand('approve-plan'), role)
  const approvedBy = (role: 'clinical-lead' | 'eso-lead') =>
    take(accepted, { command: aCommand('approve-plan'), by: actorAs(role), at: begun }).state

  test('waits for both approvers', () => {
    expect(decided(accepted, aCommand('engage'), 'requester')).toEqual(
      refused('plan-not-approved', { by: ['clinical-lead', 'eso-lead'] }),
    )
    expect(decided(approvedBy('eso-lead'), aCommand('engage'), 'requester')).toEqual(
      refused('plan-not-approved', { by: ['clinical-lead'] }),
    )
  })

  test('is not approved by whoever asked, nor twice by one person in two roles', () => {
    const requester = person('eso-lead', 'requester')
    expect(decide(accepted, aCommand('approve-plan'), { at: begun, actor: requester, ownTrusts: [] })).toEqual(
      refused('own-approval'),
    )
    const twice = person('clinical-lead', 'eso-lead')
    expect(
      decide(approvedBy('eso-lead'), aCommand('approve-plan'), { at: begun, actor: twice, ownTrusts: [] }),
    ).toEqual(refused('own-approval'))
  })

  test.each(['clinical-lead', 'eso-lead'] as const)('is approved by the %s once', (role) => {
    expect(approve(approvedBy(role), role)).toEqual(refused('approved-already'))
  })

  test('is approved by nobody where there is none', () => {
    expect(approve(aRequest('accepted'), 'eso-lead')).toEqual(refused('approved-already'))
  })
})

describe('the family’s view', () => {
  test('is waited for, unless a decision is hours away', () => {
    const engage = (urgency: RoutingFacts['urgency']) =>
      decided(
        aRequest('accepted', { routing: { urgency } }),
        aCommand('engage', { familyView: 'waived-immediate' }),
        'requester',
      )
    expect(engage('U0')).toMatchObject(happens('request.engaged', { clinician: aRef(1) }))
    for (const urgency of ['U1', 'U2', 'U3'] as const) expect(engage(urgency)).toEqual(refused('waiver-not-allowed'))
  })

  test('against the clinician gives the place back', () => {
    expect(decided(aRequest('accepted'), aCommand('record-objection'), 'requester')).toMatchObject(
      happens('family.objected', { released: aRef(1) }),
    )
  })
})

describe('opening the pack', () => {
  const open = (over: Parameters<typeof aCommand<'open-pack'>>[1]) =>
    decided(aRequest('engaged'), aCommand('open-pack', over), 'clinician')

  test('is for the one who is engaged', () => {
    expect(open({ clinician: aRef(2) })).toEqual(refused('not-offered'))
  })

  test('is closed by a bar seen only with the names, which frees the place', () => {
    const assessment = {
      ...anAssessment('barred', 'opening'),
      findings: [aFinding('BAR', 'C13'), aFinding('UNKNOWN', 'C12'), aFinding('NOTE', 'C42')],
    }
    expect(open({ assessment })).toMatchObject({
      kind: 'decided',
      events: [
        { type: 'declaration.signed', stage: 'opening', stands: 'barred' },
        { type: 'pack.closed', released: aRef(1), rules: ['C13'] },
      ],
    })
  })

  test('waits for an answer that is not sure, which is on record', () => {
    expect(
      open({ answers: openingAnswers({ C12: 'unsure' }), assessment: anAssessment('undetermined', 'opening') }),
    ).toMatchObject(
      happens('declaration.signed', {
        stage: 'opening',
        stands: 'to-settle',
        signed: { said: [{ rule: 'C12', about: null, answer: 'unsure' }] },
      }),
    )
  })
})

describe('a case whose register entry comes to somebody else', () => {
  const held = ['accepted', 'engaged', 'in-review'] as const
  const freed = (over: Parameters<typeof aCommand<'free'>>[1] = {}, status: (typeof held)[number] = 'engaged') =>
    decided(aRequest(status), aCommand('free', over), 'system')

  test.each(held)('is taken back when it is %s', (status) => {
    expect(freed({}, status)).toMatchObject(happens('case.freed', { released: aRef(1) }))
    const { state } = take(aRequest(status), { command: aCommand('free'), by: actorAs('system'), at: begun })
    expect(state).toMatchObject({
      status: 'matching',
      exclusions: [{ clinician: aRef(1).id, because: 'holder-changed' }],
    })
  })

  test('stays with whoever accepted it and holds the entry now, or accepted it since', () => {
    const { acceptance } = aRequest('engaged')
    expect(freed({ holder: acceptance.acceptedBy })).toEqual({ kind: 'nothing-to-do' })
    expect(freed({ since: acceptance.acceptedAt }).kind).toBe('decided')
    expect(freed({ since: begun })).toEqual({ kind: 'nothing-to-do' })
    expect(freed({ clinician: aRef(2) })).toEqual(refused('not-engaged'))
  })

  test('can be offered to the new holder, who is not left out for good', () => {
    const { state } = take(aRequest('engaged'), { command: aCommand('free'), by: actorAs('system'), at: begun })
    const listed = take(state, { command: aCommand('shortlist'), by: actorAs('coordinator'), at: begun }).state
    expect(decided(listed, aCommand('offer', { candidate: aCandidate(1) }), 'coordinator').kind).toBe('decided')
  })
})

describe('a later look at who accepted', () => {
  const held = ['accepted', 'engaged', 'in-review'] as const
  const goingOn: Readonly<Record<(typeof held)[number], readonly [RequestCommand, Actor['role']]>> = {
    accepted: [aCommand('engage'), 'requester'],
    engaged: [aCommand('open-pack'), 'clinician'],
    'in-review': [aCommand('report'), 'clinician'],
  }
  const look = (state: RequestState, assessment: Assessment, n = 1) =>
    decided(state, aCommand('recheck', { clinician: aRef(n), assessment }), 'system')
  const saying = (...findings: readonly Finding[]) => ({ ...anAssessment('undetermined'), findings })
  const doubted = (status: (typeof held)[number], assessment: Assessment = anAssessment('undetermined')) =>
    take(aRequest(status), { command: aCommand('recheck', { assessment }), by: actorAs('system'), at: begun }).state

  test.each(held)('that bars them when it is %s frees the place and closes the pack, naming the rules', (status) => {
    const assessment = {
      ...anAssessment('barred'),
      findings: [aFinding('BAR', 'C01'), aFinding('BAR', 'C01'), aFinding('UNKNOWN', 'C39'), aFinding('NOTE', 'C42')],
    }
    for (const state of [aRequest(status), doubted(status)])
      expect(look(state, assessment)).toMatchObject(happens('pack.closed', { released: aRef(1), rules: ['C01'] }))
  })

  test.each(held)('that leaves something open when it is %s keeps which rules, and the clinician', (status) => {
    const assessment = saying(aFinding('UNKNOWN', 'C39'), aFinding('MANAGE', 'C10'), aFinding('UNKNOWN', 'C36'))
    expect(look(aRequest(status), assessment)).toMatchObject(
      happens('clearance.doubted', { clinician: aRef(1), rules: ['C39', 'C36'] }),
    )
    expect(doubted(status, assessment)).toMatchObject({ status, acceptance: { doubts: ['C39', 'C36'] } })
  })

  test.each(held)('that finds the same once more when it is %s does nothing', (status) => {
    for (const verdict of ['clear', 'note'] as const)
      expect(look(aRequest(status), anAssessment(verdict))).toEqual({ kind: 'nothing-to-do' })
    expect(look(aRequest(status, { verdict: 'manage' }), anAssessment('manage'))).toEqual({ kind: 'nothing-to-do' })
    expect(look(doubted(status), anAssessment('undetermined'))).toEqual({ kind: 'nothing-to-do' })
    expect(look(doubted(status), saying(aFinding('UNKNOWN', 'C36')))).toMatchObject(
      happens('clearance.doubted', { rules: ['C36'] }),
    )
  })

  test.each(held)('that shows what is to be managed when it is %s waits for a plan, and once for each', (status) => {
    const { policyVersion, findings } = anAssessment('manage')
    const looked = (state: RequestState, assessment: Assessment = anAssessment('manage')) =>
      take(state, { command: aCommand('recheck', { assessment }), by: actorAs('system'), at: begun })
    for (const before of [aRequest(status), doubted(status)]) {
      const { events, state } = looked(before)
      const cleared = { policyVersion, verdict: 'manage', findings: [{ rule: 'C10', severity: 'MANAGE' }] }
      const approvalsNeeded = ['clinical-lead', 'eso-lead']
      expect(events).toMatchObject([{ type: 'plan.needed', clinician: aRef(1), cleared, approvalsNeeded }])
      expect(state).toMatchObject({ status, acceptance: { cleared, approvalsNeeded, doubts: [] } })
      expect(look(state, anAssessment('manage'))).toEqual({ kind: 'nothing-to-do' })
      const more = { ...anAssessment('manage'), findings: [...findings, ...findings] }
      expect(look(state, more)).toMatchObject(happens('plan.needed'))
      const unapproved = refused('plan-not-approved', { by: approvalsNeeded })
      expect(answered(decided(state, ...goingOn[status]))).toEqual(unapproved)
      const approving = (one: RequestState, role: 'clinical-lead' | 'eso-lead') =>
        take(one, { command: aCommand('approve-plan'), by: actorAs(role), at: begun }).state
      const approved = approving(approving(state, 'clinical-lead'), 'eso-lead')
      expect(decided(approved, ...goingOn[status]).kind).toBe('decided')
    }
  })

  test.each(['clear', 'note'] as const)('that is %s lifts the doubt', (verdict) => {
    for (const status of held) {
      const lifted = { command: aCommand('recheck', { assessment: anAssessment(verdict) }), by: actorAs('system') }
      const { events, state } = take(doubted(status), { ...lifted, at: begun })
      expect(events).toMatchObject([{ type: 'clearance.confirmed', clinician: aRef(1) }])
      expect(state).toEqual({ ...aRequest(status), version: state.version })
    }
  })

  test('is at whoever holds the case, and at nobody else', () => {
    expect(look(aRequest('engaged'), anAssessment('barred'), 2)).toEqual(refused('not-engaged'))
  })

  test('that leaves a doubt lets neither the pack be shared or opened nor the opinion be issued', () => {
    for (const status of held)
      expect(answered(decided(doubted(status), ...goingOn[status]))).toEqual(
        refused('clearance-doubted', { rules: ['C10'] }),
      )
  })

  test('that leaves a doubt does not keep a tie seen with the names from closing the pack, nor the family from objecting', () => {
    const assessment = anAssessment('barred', 'opening')
    expect(decided(doubted('engaged'), aCommand('open-pack', { assessment }), 'clinician')).toMatchObject({
      kind: 'decided',
      events: [{ type: 'declaration.signed' }, { type: 'pack.closed' }],
    })
    expect(decided(doubted('accepted'), aCommand('record-objection'), 'requester')).toMatchObject(
      happens('family.objected'),
    )
  })
})

describe('the opinion', () => {
  test('is given by the one who is engaged, whose place is then free', () => {
    const report = (n: number) =>
      decided(aRequest('in-review'), aCommand('report', { clinician: aRef(n) }), 'clinician')
    expect(report(2)).toEqual(refused('not-offered'))
    expect(report(1)).toMatchObject(happens('opinion.reported', { released: aRef(1), opinion: aSection('opinion') }))
  })

  test('ends the case of the clinician when the request is closed', () => {
    expect(decided(aRequest('shared'), aCommand('close'), 'coordinator')).toMatchObject(
      happens('request.closed', { outcome: 'plan-confirmed', clinician: aRef(1) }),
    )
  })
})

describe('a withdrawal', () => {
  const all = [aRef(1), aRef(2)]
  test.each([
    ['draft', null, []],
    ['submitted', null, []],
    ['triage', null, []],
    ['matching', null, []],
    ['offered', null, all],
    ['accepted', aRef(1), [aRef(1)]],
    ['engaged', aRef(1), [aRef(1)]],
    ['in-review', aRef(1), [aRef(1)]],
    ['reported', null, [aRef(1)]],
    ['shared', null, [aRef(1)]],
  ] as const)('of one that is %s names whose place is given back and whose case is over', (was, released, ended) => {
    const decision = decided(aRequest(was, { asked: [1, 2] }), aCommand('withdraw'), 'requester')
    expect(decision).toMatchObject(
      happens('request.withdrawn', { was, released, ended, because: 'agreement-withdrawn' }),
    )
  })
})
