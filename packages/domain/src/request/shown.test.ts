import { clinicianId } from '@concord/testkit/facts'
import {
  aCandidate,
  aCommand,
  actorAs,
  aJourneyTo,
  aRef,
  begun,
  take,
  type Walked,
  walk,
  wanderings,
} from '@concord/testkit/requests'
import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ClinicianId, must, parseSubject } from '../ids.ts'
import { addMinutes } from '../time.ts'
import { seenAs, seenBy } from './audiences.ts'
import { type RequestState, wasSent } from './request.ts'
import { type Party, shownOf, tracesOf } from './shown.ts'

/** A clinician as the journeys have them sign. */
const aClinician = (id: ClinicianId) =>
  ({ audience: 'clinician', id, subject: must(parseSubject, 'clinician') }) as const
const parties: readonly Party[] = [
  { audience: 'trust' },
  { audience: 'network' },
  ...[1, 2, 3, 4, 5, 6].map((n) => aClinician(clinicianId(n))),
]
/** All that a party can tell of a request by how it stands. */
const told = (state: RequestState | undefined, party: Party) =>
  state && JSON.stringify([shownOf(state, party), tracesOf(state, party)])
/** Whether the request is there for a party at all. */
const isThere = (state: RequestState | undefined, party: Party) => {
  if (!state) return false
  if (party.audience !== 'clinician') return party.audience === 'trust' || wasSent(state)
  if (state.status === 'offered') return state.offers.some(({ id }) => id === party.id)
  return 'acceptance' in state && state.acceptance.id === party.id
}
const onEveryJourney = (holds: (journey: readonly Walked[]) => void) =>
  fc.assert(
    fc.property(wanderings, (turns) => holds(walk(turns))),
    runs(200),
  )

describe('what a party is shown of a request', () => {
  test.each(parties)('changes by what they see happen, and by nothing else: $audience $id', (party) => {
    onEveryJourney((journey) => {
      for (const { before, state, events } of journey) {
        if (!isThere(before, party) || !isThere(state, party)) continue
        const isSeen = events.some((event) => seenAs(event, party) !== undefined)
        const what = events.map(({ type }) => type).join()
        expect([what, told(state, party) !== told(before, party)]).toEqual([what, isSeen])
      }
    })
  })

  test('is none of the answers that a former holder of the register entry signed', () => {
    const second = must(parseSubject, 'second-sign-in')
    let signed = 0
    onEveryJourney((journey) => {
      for (const { state } of journey) {
        const own = state && 'declarations' in state ? state.declarations : []
        for (const { id } of own) {
          signed += 1
          expect(state && shownOf(state, { ...aClinician(id), subject: second }).declarations).toEqual([])
          expect(state && shownOf(state, aClinician(id)).declarations.length).toBeGreaterThan(0)
        }
      }
    })
    expect(signed).toBeGreaterThan(0)
  })

  test('is due by the clinician’s own reply, whenever another has to answer', () => {
    const [first, second] = [addMinutes(begun, 500), addMinutes(begun, 30)]
    const matching = aJourneyTo('matching').at(-1)?.state
    const by = actorAs('coordinator')
    const offered = [first, second].reduce<RequestState | undefined>(
      (state, replyBy, n) =>
        take(state, { command: aCommand('offer', { candidate: aCandidate(n + 1), replyBy }), by, at: begun }).state,
      matching,
    )
    const dueFor = (party: Party) => offered && shownOf(offered, party).due
    expect(dueFor(aClinician(aRef(1).id))).toEqual({ step: 'reply', by: first })
    expect(dueFor(aClinician(aRef(2).id))).toEqual({ step: 'reply', by: second })
    expect(dueFor({ audience: 'network' })).toEqual({ step: 'reply', by: second })
  })

  test('is due by nothing of theirs once a clinician gave the opinion', () => {
    const reported = aJourneyTo('reported').at(-1)?.state
    expect(reported && shownOf(reported, aClinician(aRef(1).id)).due).toBeNull()
  })
})

describe('what happened to a request', () => {
  test('before their own offer is no clinician’s to see, but that it was submitted', () => {
    const events = aJourneyTo('accepted', { asked: [2, 1], verdict: 'manage' }).flatMap((one) => one.events)
    const seen = events.filter((event) => seenAs(event, aClinician(aRef(1).id)))
    expect(seen.map(({ type }) => type)).toEqual(['request.submitted', 'offer.made'])
  })

  test('is nobody’s to see of those who have no part in a case and watch over none', () => {
    const sights = Object.values(seenBy).flatMap(({ commissioner, operator }) => [commissioner, operator])
    expect(new Set(sights)).toEqual(new Set(['never']))
  })

  test('is told to a trust and its guardian without whom, where somebody was asked who has not accepted', () => {
    const events = aJourneyTo('offered').flatMap((one) => one.events)
    const offer = events.find(({ type }) => type === 'offer.made')
    for (const audience of ['trust', 'trust-guardian'] as const)
      expect(offer && seenAs(offer, { audience })).toEqual({ clinician: null })
    expect(offer && seenAs(offer, { audience: 'network' })).toEqual({ clinician: clinicianId(1) })
  })
})
