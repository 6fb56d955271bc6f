import { aConsultant, day, inventedOrganisations, neurology, org, someRequest } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { must, parseTrustCode } from '../ids.ts'
import { notListedIn } from './not-listed.ts'

const lists = {
  trust: must(parseTrustCode, 'XA1'),
  on: day('2026-06-15'),
  organisations: inventedOrganisations,
  isSpecialty: (tfc: string) => tfc === neurology,
}

describe('what a draft names', () => {
  test('is on the lists: one’s own sites, open trusts, a paediatric specialty', () => {
    expect(notListedIn(someRequest(), lists)).toEqual([])
  })

  test('may be a site of a predecessor from the day it became one’s own', () => {
    const facts = someRequest({ sites: [org('XA001')] })
    const at = [{ at: 'routing.sites.0', list: 'own-site' }]
    expect([day('2025-12-31'), day('2026-01-01')].map((on) => notListedIn(facts, { ...lists, on }))).toEqual([at, []])
  })

  test.each(['XB101', 'XA1', 'XA1201', 'LUCJA'])('is refused where it is no site of one’s own: %s', (site) => {
    const facts = someRequest({ sites: [org('XA101'), org(site)] })
    expect(notListedIn(facts, lists)).toEqual([{ at: 'routing.sites.1', list: 'own-site' }])
  })

  test.each(['XA0', 'XZ1', 'XA101', 'LUCJA'])('is refused where it is no trust that is open: %s', (code) => {
    const facts = someRequest({ treating: [aConsultant(), aConsultant({ org: org(code) })] })
    expect(notListedIn(facts, lists)).toEqual([{ at: 'routing.treating.1.org', list: 'open-trust' }])
  })

  test('may be employed by a trust until the day it closed', () => {
    const facts = someRequest({ treating: [aConsultant({ org: org('XA0') })] })
    const on = day('2025-12-31')
    expect(notListedIn(facts, { ...lists, on }).map(({ list }) => list)).not.toContain('open-trust')
  })
})
