import { day, inventedOrganisations } from '@concord/testkit/facts'
import { aPair } from '@concord/testkit/pairs'
import { describe, expect, test } from 'vitest'
import { forRequest } from './for-request.ts'

describe('what the candidates of a request share', () => {
  const pair = aPair()
  const reckonings = () => {
    let count = 0
    const reckon = forRequest(() => {
      count += 1
      return count
    })
    return (...asked: readonly Parameters<typeof reckon>[0][]) => asked.map(reckon)
  }

  test('is reckoned once, whoever the candidate', () => {
    const another = { ...pair, candidate: { ...pair.candidate } }
    expect(reckonings()(pair, another)).toEqual([1, 1])
  })

  test.each([
    ['request', { request: { ...pair.request } }],
    ['history', { history: [] }],
    ['day', { asOf: day('2020-01-01') }],
    ['file of organisations', { organisations: { ...inventedOrganisations } }],
  ])('is reckoned anew for another %s', (_, other) => {
    expect(reckonings()(pair, { ...pair, ...other })).toEqual([1, 2])
  })
})
