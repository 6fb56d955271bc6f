import { someRouting } from '@concord/testkit/drafts'
import { aCommand, actorAs, aJourneyTo, aRef, aRequest, aSection, begun, take } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
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

  test('that is withdrawn forgets who was asked, and keeps where it stood', () => {
    const { state } = take(aRequest('accepted'), { command: aCommand('withdraw'), by: actorAs('requester'), at: begun })
    const { status, was, because, submittedAt } = { submittedAt: null, was: null, because: null, ...state }
    expect({ status, was, because }).toEqual({
      status: 'withdrawn',
      was: 'accepted',
      because: 'agreement-withdrawn',
    })
    expect(submittedAt).toBe(aRequest('submitted').submittedAt)
    expect(JSON.stringify(state)).not.toContain(aRef(1).id)
  })

  test('is begun and sent by people, and begun once', () => {
    const [begin, send] = aJourneyTo('submitted').flatMap(({ events }) => events)
    if (!begin || !send) throw new Error('A submitted request was begun and sent')
    expect(() => evolve(undefined, { ...begin, by: clock })).toThrow('request.drafted')
    expect(() => evolve(aRequest('draft'), { ...send, by: clock })).toThrow('request.submitted')
    expect(() => evolve(aRequest('draft'), begin)).toThrow('request.drafted cannot happen to a request that is draft')
  })
})
