import { aCandidate, aCommand, actorAs, aRequest, begun, take } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { deadlineSteps } from '../calendar/deadlines.ts'
import { addMinutes, type Instant } from '../time.ts'
import { dueNext } from './due.ts'
import type { RequestState, Status } from './request.ts'

const deadlines = deadlineSteps.map((step, n) => ({ step, by: addMinutes(begun, (n + 1) * 1000), provisional: false }))
/** The state, with targets as the policy would have set them. */
const withTargets = (state: RequestState): RequestState => ({ ...state, ...('deadlines' in state && { deadlines }) })

describe('what is due next', () => {
  test.each<readonly [Status, string | null]>([
    ['draft', null],
    ['submitted', 'acknowledge'],
    ['triage', 'triage'],
    ['matching', 'shortlist'],
    ['accepted', 'report'],
    ['engaged', 'report'],
    ['in-review', 'report'],
    ['reported', 'share'],
    ['shared', null],
    ['closed', null],
    ['withdrawn', null],
  ])('on a request that is %s is to %s', (status, step) => {
    const by = deadlines.find((one) => one.step === step)?.by
    expect(dueNext(withTargets(aRequest(status)))).toEqual(by ? { step, by } : null)
  })

  test('on an offered one is the earliest reply, whoever was asked first', () => {
    const offer = (state: RequestState, n: number, replyBy: Instant) =>
      take(state, {
        command: aCommand('offer', { candidate: aCandidate(n), replyBy }),
        by: actorAs('coordinator'),
        at: begun,
      }).state
    const sooner = addMinutes(begun, 30)
    expect(dueNext(offer(withTargets(aRequest('offered')), 2, sooner))).toEqual({ step: 'reply', by: sooner })
  })

  test('is nothing where the policy has no target', () => {
    expect(dueNext({ ...aRequest('triage'), deadlines: [] })).toBeNull()
  })
})
