import { someRouting } from '@concord/testkit/drafts'
import {
  aCommand,
  actorAs,
  aJourneyTo,
  anAssessment,
  aRef,
  aRequest,
  aSection,
  begun,
  take,
} from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { addMinutes } from '../time.ts'
import { evolve } from './evolve.ts'

const clock = actorAs('system')

describe('a request', () => {
  test('that is revised holds the latest of each section, and the new routing', () => {
    const routing = someRouting({ urgency: 'U1' })
    const { state } = take(aRequest('draft'), {
      command: aCommand('revise', { routing, sections: [aSection('narrative', 2), aSection('notes')] }),
      by: actorAs('requester'),
      at: begun,
    })
    expect(state.routing).toEqual(routing)
    expect(state.sections).toEqual([
      aSection('question'),
      aSection('identity'),
      aSection('narrative', 2),
      aSection('notes'),
    ])
  })

  test('that is reported holds where the opinion lies, beside what it was asked with', () => {
    expect(aRequest('reported').sections).toEqual([...aCommand('draft').sections, aSection('opinion')])
  })

  test('keeps its shortlist while offers are declined, and needs a new one after an objection', () => {
    const declined = take(aRequest('offered'), { command: aCommand('decline'), by: actorAs('clinician'), at: begun })
    expect(declined.state).toMatchObject({ status: 'matching', shortlist: aCommand('shortlist').shortlist })
    const objected = take(aRequest('accepted'), {
      command: aCommand('record-objection'),
      by: actorAs('requester'),
      at: begun,
    })
    expect(objected.state).toMatchObject({ status: 'matching', shortlist: null })
  })

  test.each([
    ['no-capacity', 'declined'],
    ['conflict', 'conflict'],
  ] as const)('remembers why a clinician is left out: %s as %s', (because, remembered) => {
    const { state } = take(aRequest('offered', { asked: [1, 2] }), {
      command: aCommand('decline', { because }),
      by: actorAs('clinician'),
      at: begun,
    })
    expect(state).toMatchObject({
      status: 'offered',
      offers: [aRef(2)],
      exclusions: [{ clinician: aRef(1).id, because: remembered }],
    })
  })

  test('that is submitted holds what it was drafted with, who sent it when, and its targets', () => {
    const { version: _, did, ...draft } = aRequest('draft')
    const { deadlines } = aCommand('submit')
    expect(aRequest('submitted')).toStrictEqual({
      ...draft,
      status: 'submitted',
      version: 2,
      did: [...did, { duty: 'submit', subject: 'eso-lead' }],
      submittedAt: addMinutes(begun, 1),
      submittedBy: 'eso-lead',
      deadlines,
      exclusions: [],
      declarations: [],
    })
  })

  test.each([
    ['draft', null],
    ['accepted', addMinutes(begun, 1)],
  ] as const)('that is withdrawn when %s forgets who was asked, and keeps where it stood', (was, submittedAt) => {
    const state = aRequest(was)
    const { id, network, trust, version, tagKey, routing, sections, unnamed, restricted, draftedAt, draftedBy, did } =
      state
    const withdrawn = take(state, { command: aCommand('withdraw'), by: actorAs('requester'), at: begun })
    expect(withdrawn.state).toStrictEqual({
      ...{ id, network, trust, tagKey, routing, sections, unnamed, restricted, draftedAt, draftedBy, submittedAt, was },
      did: [...did, { duty: 'speak-for-trust', subject: 'requester' }],
      status: 'withdrawn',
      version: version + 1,
      withdrawnAt: begun,
      because: 'agreement-withdrawn',
    })
  })

  test('whose pack was closed is matched anew, as if nobody had been engaged', () => {
    const { acceptance: _, familyView: _v, engagedAt: _e, version, ...engaged } = aRequest('engaged')
    const assessment = anAssessment('barred', 'opening')
    const closed = take(aRequest('engaged'), {
      command: aCommand('open-pack', { assessment }),
      by: actorAs('clinician'),
      at: begun,
    })
    expect(closed.state).toStrictEqual({
      ...engaged,
      status: 'matching',
      version: version + 2,
      declarations: [
        expect.objectContaining({ stage: 'acceptance', stands: 'settled' }),
        expect.objectContaining({ stage: 'opening', stands: 'barred' }),
      ],
      shortlist: null,
      exclusions: [{ clinician: aRef(1).id, because: 'conflict' }],
    })
  })

  test.each(['accepted', 'engaged', 'in-review'] as const)(
    'that was %s when its clinician was barred is matched anew, as if nobody had accepted',
    (status) => {
      const { shortlist: _s, offers: _o, ...sent } = aRequest('offered')
      const assessment = anAssessment('barred')
      const command = aCommand('recheck', { assessment })
      const { state } = take(aRequest(status), { command, by: actorAs('system'), at: begun })
      expect(state).toStrictEqual({
        ...sent,
        // What somebody did stays done.
        did: aRequest(status).did,
        declarations: aRequest(status).declarations,
        status: 'matching',
        version: aRequest(status).version + 1,
        shortlist: null,
        exclusions: [{ clinician: aRef(1).id, because: 'conflict' }],
      })
    },
  )

  test('that is triaged has no shortlist yet, and nobody can have been offered it without one', () => {
    const { state } = take(aRequest('triage'), {
      command: aCommand('complete-triage'),
      by: actorAs('coordinator'),
      at: begun,
    })
    const { version, ...triage } = aRequest('triage')
    expect(state).toStrictEqual({ ...triage, version: version + 1, status: 'matching', shortlist: null })
    const [offered] = aJourneyTo('offered').flatMap(({ events }) => events.filter(({ type }) => type === 'offer.made'))
    if (!offered) throw new Error('An offered request was offered')
    expect(() => evolve(state, offered)).toThrow('offer.made')
  })

  test('is begun and sent by people, and begun once', () => {
    const [begin, send] = aJourneyTo('submitted').flatMap(({ events }) => events)
    if (!begin || !send) throw new Error('A submitted request was begun and sent')
    expect(() => evolve(undefined, { ...begin, by: clock })).toThrow('request.drafted')
    expect(() => evolve(aRequest('draft'), { ...send, by: clock })).toThrow('request.submitted')
    expect(() => evolve(aRequest('draft'), begin)).toThrow('request.drafted cannot happen to a request that is draft')
  })
})
