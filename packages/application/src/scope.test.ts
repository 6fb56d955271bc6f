import { clinicianId } from '@concord/testkit/facts'
import { aRequest } from '@concord/testkit/requests'
import { describe, expect, test } from 'vitest'
import { canReach, mustBeMembership, parseMembership, placeFor, scopeOf, writeMembership } from './scope.ts'

const clinician = `clinician@network/south-west/clinician/${clinicianId(1)}`

describe('a membership', () => {
  test.each([
    ['requester@network/south-west/trust/RA7', { role: 'requester', network: 'south-west', trust: 'RA7' }],
    ['eso-lead@network/south-west/trust/RA7', { role: 'eso-lead', network: 'south-west', trust: 'RA7' }],
    ['coordinator@network/south-west', { role: 'coordinator', network: 'south-west' }],
    ['clinical-lead@network/south-west', { role: 'clinical-lead', network: 'south-west' }],
    [clinician, { role: 'clinician', home: 'south-west', clinician: clinicianId(1) }],
    ['commissioner@release/south-west', { role: 'commissioner', networks: ['south-west'] }],
    ['commissioner@release/south-west,release/london', { role: 'commissioner', networks: ['south-west', 'london'] }],
    ['guardian@network/south-west', { role: 'guardian', watches: { network: 'south-west', trust: null } }],
    ['guardian@network/south-west/trust/RA7', { role: 'guardian', watches: { network: 'south-west', trust: 'RA7' } }],
    ['operator@reference', { role: 'operator' }],
  ])('%s is read, and written as it was read', (text, membership) => {
    expect(parseMembership(text)).toEqual(membership)
    expect(writeMembership(mustBeMembership(text))).toBe(text)
  })

  test.each([
    '',
    '@',
    'coordinator',
    'coordinator@',
    'coordinator@network',
    'coordinator@network/',
    'coordinator@network/South-West',
    'coordinator@network/south-west/',
    'coordinator@network/south-west/trust/RA7',
    'coordinator@network/south-west@network/london',
    'coordinator@network/*',
    'Coordinator@network/south-west',
    ' coordinator@network/south-west',
    'requester@network/south-west',
    'requester@network/south-west/trust/',
    'requester@network/south-west/trust/ra7',
    'requester@network/south-west/trust/RA7/request/1',
    'requester@network/south-west/clinician/RA7',
    'requester@south-west/trust/RA7',
    'clinician@network/south-west/clinician/cln_1',
    `${clinician}/state`,
    `requester@network/south-west/clinician/${clinicianId(1)}`,
    'commissioner@',
    'commissioner@release/',
    'commissioner@release/south-west,',
    'commissioner@network/south-west',
    'operator@',
    'operator@reference/organisations',
    'operator@network/south-west',
    'guardian@network/south-west/trust/',
    'guardian@network/south-west/clinician/RA7',
    'guardian@audit/south-west',
    'coordinator@network/platform',
    'administrator@network/south-west',
  ])('%j is none, and stands for no role by default', (text) => {
    expect(parseMembership(text)).toBeUndefined()
    expect(() => mustBeMembership(text)).toThrow('Not a membership')
  })
})

describe('a request', () => {
  const { id } = aRequest('draft')
  const reaches = (membership: string, network: Parameters<typeof placeFor>[0]) =>
    canReach(scopeOf(mustBeMembership(membership)), placeFor(network, id))
  const { network } = aRequest('draft')

  test.each([
    ['requester@network/network-one/trust/XA1', true],
    ['requester@network/network-one/trust/XA10', false],
    ['requester@network/network-one/trust/XA12', false],
    ['requester@network/network-one/trust/XB1', false],
    ['requester@network/network-two/trust/XA1', false],
    ['coordinator@network/network-one', true],
    ['coordinator@network/network-two', false],
    [`clinician@network/network-one/clinician/${clinicianId(1)}`, false],
    ['commissioner@release/network-one', false],
    ['operator@reference', false],
  ])('of XA1 in the first network lies where %s may look: %s', (membership, expected) => {
    expect(reaches(membership, network)).toBe(expected)
  })
})
