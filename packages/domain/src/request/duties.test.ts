import { actorAs, aJourneyTo, aRequest, begun, person } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { must, parseSubject } from '../ids.ts'
import { duties, dutyPairs, ruledOutBy, whyApart } from './duties.ts'
import { dutyOf, withDeed } from './duty-of.ts'
import { stepNames, transitions } from './transitions.ts'

const anna = must(parseSubject, 'anna')
const pairs = duties.flatMap((one) => duties.map((other) => [one, other] as const))

describe('the table of duties', () => {
  test.each(pairs)('answers alike in both orders: %s and %s', (one, other) => {
    expect(dutyPairs[one][other]).toBe(dutyPairs[other][one])
  })

  test.each(duties)('lets a person go on with what they began: %s', (duty) => {
    expect(dutyPairs[duty][duty]).toBe('together')
  })

  test.each(duties.filter((one) => one !== 'opine'))('keeps an opinion apart from every other duty: %s', (duty) => {
    expect(dutyPairs.opine[duty]).not.toBe('together')
  })

  test('gives a reason for each pair that it keeps apart, and has no reason that nothing needs', () => {
    const given = new Set(pairs.map(([one, other]) => dutyPairs[one][other]).filter((why) => why !== 'together'))
    expect([...given].toSorted()).toEqual(Object.keys(whyApart).toSorted())
  })

  test('has a duty for every step that a person takes, but for saying no to an offer', () => {
    const without = stepNames.filter((step) =>
      transitions[step].by.some((role) => role !== 'system' && dutyOf(step, role) === null),
    )
    expect(without).toEqual(['decline'])
  })

  test('has none for the platform', () => {
    expect(stepNames.map((step) => dutyOf(step, 'system'))).toEqual(stepNames.map(() => null))
  })
})

describe('who did what on a request', () => {
  test('is kept through all that happens to it, each person once with each duty', () => {
    expect(aRequest('closed', { verdict: 'manage' }).did).toEqual([
      { duty: 'draft', subject: 'requester' },
      { duty: 'submit', subject: 'eso-lead' },
      { duty: 'broker', subject: 'coordinator' },
      { duty: 'opine', subject: 'clinician' },
      { duty: 'approve-as-clinical-lead', subject: 'clinical-lead' },
      { duty: 'approve-as-eso-lead', subject: 'eso-lead' },
      { duty: 'speak-for-trust', subject: 'requester' },
    ])
  })

  test('counts nothing that the platform did', () => {
    const event = { type: 'offer.expired', clinician: aRequest('offered').offers[0], at: begun } as const
    expect(withDeed([], { ...event, by: actorAs('system') })).toEqual([])
  })

  test('counts a refused offer as no part in the case', () => {
    const [offer] = aRequest('offered').offers
    const declined = { type: 'offer.declined', clinician: offer, because: 'no-capacity', at: begun } as const
    expect(withDeed([], { ...declined, by: person('clinician', 'anna') })).toEqual([])
  })

  test('is not forgotten when the case is matched again', () => {
    const journey = aJourneyTo('accepted')
    expect(journey.at(-1)?.state.did).toContainEqual({ duty: 'opine', subject: 'clinician' })
  })
})

describe('what somebody did', () => {
  test.each(pairs)('rules out what the table keeps apart for them, and for nobody else: %s, then %s', (did, asked) => {
    const why = dutyPairs[did][asked]
    expect(ruledOutBy([{ duty: did, subject: anna }], { subject: anna, duty: asked })).toEqual(
      why === 'together' ? undefined : { did, why },
    )
    expect(ruledOutBy([{ duty: did, subject: anna }], { subject: must(parseSubject, 'ben'), duty: asked })).toBe(
      undefined,
    )
  })
})
