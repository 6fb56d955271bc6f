import { day } from '@concord/testkit/facts'
import { aCommand, actorAs, aRef, aRequest, begun, take } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { holderOf, readerOf, requestFacts, type Status, statuses, wasSent, withCaseInHand } from './request.ts'

const all = [aRef(1), aRef(2)]
const one = [aRef(1)]

/** Who has something of the case in each state, where two were asked and the first accepted. */
const people: Readonly<Record<Status, { inHand: typeof all; holds: boolean; reads: boolean }>> = {
  draft: { inHand: [], holds: false, reads: false },
  submitted: { inHand: [], holds: false, reads: false },
  triage: { inHand: [], holds: false, reads: false },
  matching: { inHand: [], holds: false, reads: false },
  offered: { inHand: all, holds: false, reads: false },
  accepted: { inHand: one, holds: true, reads: false },
  engaged: { inHand: one, holds: true, reads: true },
  'in-review': { inHand: one, holds: true, reads: true },
  reported: { inHand: one, holds: false, reads: true },
  shared: { inHand: one, holds: false, reads: true },
  closed: { inHand: [], holds: false, reads: false },
  withdrawn: { inHand: [], holds: false, reads: false },
}

describe.each(statuses)('a request that is %s', (status) => {
  const state = aRequest(status, { asked: [1, 2] })
  const { inHand, holds, reads } = people[status]

  test(`is in the hands of ${inHand.length}`, () => {
    expect(withCaseInHand(state)).toEqual(inHand)
  })

  test(`is held by ${holds ? 'the one who accepted' : 'nobody'}`, () => {
    expect(holderOf(state)).toEqual(holds ? aRef(1) : null)
  })

  test(`shows its pack to ${reads ? 'the one who is engaged' : 'no clinician'}`, () => {
    expect(readerOf(state)).toEqual(reads ? aRef(1) : null)
  })
})

describe('what the engine is shown of a request', () => {
  test('is its routing and the trust that asks', () => {
    const { routing, trust } = aRequest('triage')
    const { sites, urgency, tfc, treating, unwelcome, discussedWith, treatedBy } = routing
    expect(requestFacts(aRequest('triage'))).toEqual({
      ...{ trust, sites, urgency, tfc, treating, unwelcome, discussedWith, treatedBy },
      instructedOn: null,
    })
  })

  test.each(['offered', 'accepted', 'engaged'] as const)(
    'once it is %s, is the day on which this clinician was asked, and nobody else',
    (status) => {
      const state = aRequest(status)
      expect(requestFacts(state, aRef(1).id).instructedOn).toBe(day('2026-06-15'))
      expect(requestFacts(state, aRef(2).id).instructedOn).toBeNull()
      expect(requestFacts(state).instructedOn).toBeNull()
    },
  )
})

test.each(statuses)('a request that is %s was sent unless it never left its trust', (status) => {
  const isOwn = status === 'draft' || status === 'withdrawn'
  // Withdrawn is what these builders do to a draft.
  expect(wasSent(aRequest(status))).toBe(!isOwn)
})

test('a request that was sent stays sent when it is withdrawn', () => {
  const withdrawn = take(aRequest('submitted'), { command: aCommand('withdraw'), by: actorAs('requester'), at: begun })
  expect(withdrawn.state.status).toBe('withdrawn')
  expect(wasSent(withdrawn.state)).toBe(true)
  expect(withdrawn.events).toMatchObject([{ type: 'request.withdrawn', wasSent: true }])
})
