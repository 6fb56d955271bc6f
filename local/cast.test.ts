import { join } from 'node:path'
import { mustBeMembership } from '@concord/application/scope'
import { candidateFacts } from '@concord/domain/clinician/clinician'
import { must, parseSubject, parseTfc, parseTrustCode } from '@concord/domain/ids'
import { assess } from '@concord/domain/independence/assess'
import type { RequestFacts } from '@concord/domain/independence/facts'
import { mayOffer } from '@concord/domain/independence/may-offer'
import { pairOf } from '@concord/domain/independence/pair-of'
import { rulesOn } from '@concord/domain/independence/rule'
import { organisationGraph } from '@concord/domain/organisation/graph'
import { parseDate } from '@concord/domain/time'
import { readOrganisationFiles } from '@concord/platform/organisation-files/read-organisation-files'
import { policyFor } from '@concord/policy/current-policy'
import { rules } from '@concord/policy/rules'
import { storedPeople } from '@concord/store/people'
import { memoryTables } from '@concord/testkit/memory-tables'
import { describe, expect, test } from 'vitest'
import { demoNetworks } from './cast/networks.ts'
import { inventedGmc, inventRegister } from './cast/register.ts'
import { cast } from './cast.ts'

const read = await readOrganisationFiles(join(import.meta.dirname, '../data'))
if (read.kind !== 'read') throw new Error(JSON.stringify(read.errors))
const organisations = organisationGraph(read.organisations)
const today = must(parseDate, '2026-11-22')
const register = inventRegister(read.organisations, today)
const bristol = must(parseTrustCode, 'RA7')
const neurology = must(parseTfc, '421')

/** A question from Bristol, where one of the register's own neurologists treats the child. */
const request: RequestFacts = {
  trust: bristol,
  sites: organisations.sitesOf(bristol),
  urgency: 'U2',
  tfc: neurology,
  treating: [{ gmc: inventedGmc(8), role: 'lead', org: bristol, grade: 'consultant', teams: [] }],
  unwelcome: [],
  discussedWith: [],
  treatedBy: [],
  instructedOn: null,
}
const inForce = rulesOn(rules, today)
const shortlist = new Map(
  register
    .filter(({ facts }) => facts.practice?.some(({ tfc }) => tfc === neurology))
    .map((entry) => {
      const candidate = candidateFacts({ entry, openCases: [] })
      const { fieldOf } = policyFor('england-and-wales')(today)
      const pair = pairOf({ asOf: today, request, candidate, organisations, history: null, field: fieldOf(neurology) })
      return [entry.id, mayOffer(assess({ pair, rules: inForce, policyVersion: 'any', stage: 'offer' }), candidate)]
    }),
)
const offerOf = (subject: string) => {
  const membership = mustBeMembership(cast.find((one) => one.subject === subject)?.actsAs ?? '')
  return membership.role === 'clinician' ? shortlist.get(membership.clinician) : undefined
}

describe('the people who can sign in', () => {
  test('have each a subject, a name, an address and a story of their own', () => {
    for (const own of ['subject', 'name', 'email', 'about'] as const) {
      expect(new Set(cast.map((one) => one[own])).size).toBe(cast.length)
    }
    expect(cast.every(({ subject, email }) => must(parseSubject, subject) && email.endsWith('.example'))).toBe(true)
  })

  test('hold every role there is, and one of them none', () => {
    const roles = cast.flatMap(({ actsAs }) => (actsAs === null ? [] : [mustBeMembership(actsAs).role]))
    const all = [
      'clinical-lead',
      'clinician',
      'commissioner',
      'coordinator',
      'eso-lead',
      'guardian',
      'operator',
      'requester',
    ]
    expect([...new Set(roles)].toSorted()).toEqual(all)
    expect(cast.filter(({ actsAs }) => actsAs === null)).toHaveLength(1)
  })

  // evidence: ASVS 6.3.2
  test('hold nothing where nobody granted it: a deployment begins with nobody', async () => {
    const people = storedPeople(memoryTables())
    const usual = ['admin', 'administrator', 'root', 'operator', 'system', 'test', 'guest', 'clock', 'react']
    for (const subject of [...cast.map((one) => one.subject), ...usual])
      expect(await people.memberships(must(parseSubject, subject), today), subject).toEqual([])
  })

  test('belong to trusts of their network', () => {
    const trusts = demoNetworks(read.organisations).find(({ code }) => code === 'south-west')?.trusts ?? []
    const theirs = cast.flatMap(({ actsAs }) => {
      const membership = actsAs === null ? undefined : mustBeMembership(actsAs)
      return membership && 'trust' in membership ? [membership.trust] : []
    })
    expect(theirs).toEqual(['RA7', 'RA7', 'RH8'])
    expect(theirs.every((trust) => trusts.includes(trust))).toBe(true)
  })

  test('have, as clinicians, the name and the home that the register gives them', () => {
    for (const { name, actsAs } of cast) {
      const membership = actsAs === null ? undefined : mustBeMembership(actsAs)
      if (membership?.role !== 'clinician') continue
      const entry = register.find(({ id }) => id === membership.clinician)
      expect({ name, home: membership.home }).toEqual({ name: `Dr ${entry?.name}`, home: entry?.home })
    }
  })
})

describe('when Bristol asks for a neurologist', () => {
  test.each(['neurologist-newcastle', 'neurologist-liverpool', 'neurologist-cambridge'])(
    '%s can be offered',
    (subject) => {
      expect(offerOf(subject)).toEqual({ kind: 'offerable' })
    },
  )

  test('the one who lately worked there cannot, by C01', () => {
    expect(offerOf('neurologist-lately-bristol')).toMatchObject({ kind: 'excluded', findings: [{ rule: 'C01' }] })
  })

  test('the shortlist has both: enough to choose from, and several excluded by different rules', () => {
    const offers = [...shortlist.values()]
    expect(offers.filter(({ kind }) => kind === 'offerable').length).toBeGreaterThanOrEqual(5)
    const rulesSeen = offers.flatMap((one) => (one.kind === 'excluded' ? one.findings.map(({ rule }) => rule) : []))
    expect(new Set(rulesSeen)).toEqual(new Set(['C01', 'C02', 'C05', 'C11', 'C35', 'C37']))
  })
})
