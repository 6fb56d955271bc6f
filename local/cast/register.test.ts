import { join } from 'node:path'
import { isInventedGmc, must, parseClinicianId, parseTrustCode } from '@concord/domain/ids'
import { organisationGraph } from '@concord/domain/organisation/graph'
import { addMonths, parseDate } from '@concord/domain/time'
import { readOrganisationFiles } from '@concord/platform/organisation-files/read-organisation-files'
import { describe, expect, test } from 'vitest'
import { demoNetworks, southWest } from './networks.ts'
import { inventRegister, type RegisterEntry } from './register.ts'

const read = await readOrganisationFiles(join(import.meta.dirname, '../../data'))
if (read.kind !== 'read') throw new Error(JSON.stringify(read.errors))
const { organisations } = read
const graph = organisationGraph(organisations)
const today = must(parseDate, '2026-11-22')
const register = inventRegister(organisations, today)
const [south, north] = demoNetworks(organisations)
const trustsOfSouthWest = south?.trusts ?? []

const postsHere = ({ facts }: RegisterEntry) =>
  (facts.posts ?? []).filter(({ org }) =>
    trustsOfSouthWest.some((trust) => graph.isSameTrust(org, trust, today) === 'yes'),
  )
const practising = (code: string) => register.filter(({ facts }) => facts.practice?.[0]?.tfc === code)

describe('the demo’s networks', () => {
  test('take the 15 of the South West’s 19 organisations that have a paediatric site', () => {
    expect(organisations.organisations.filter(({ region }) => region === 'Y58')).toHaveLength(19)
    expect(trustsOfSouthWest).toHaveLength(15)
    expect(trustsOfSouthWest).toContain('RA7')
    expect(trustsOfSouthWest).not.toContain('RYF')
  })

  test('say that they are invented, and share no trust', () => {
    expect([south?.name, north?.name]).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('(invented)')))
    expect(north?.trusts.some((trust) => trustsOfSouthWest.includes(trust))).toBe(false)
  })
})

describe('the invented register', () => {
  test('has 160 people, each with a name, an id and a number of their own from the invented range', () => {
    expect(register).toHaveLength(160)
    for (const own of ['name', 'id', 'gmc'] as const) expect(new Set(register.map((one) => one[own])).size).toBe(160)
    expect(register[0]?.gmc).toBe('9990001')
    expect(register.every(({ gmc, id }) => isInventedGmc(gmc) && must(parseClinicianId, id))).toBe(true)
  })

  test('comes out the same every time', () => {
    expect(inventRegister(organisations, today)).toEqual(register)
  })

  test.each(['421', '321', '251', '242', '258', '252', '422'])('has at least twelve practising %s', (code) => {
    expect(practising(code).length).toBeGreaterThanOrEqual(12)
  })

  test('is about seven tenths the South West’s own and the rest the North’s, visible to all', () => {
    const own = register.filter(({ home }) => home === southWest)
    expect(own.length / register.length).toBeCloseTo(0.7, 1)
    expect(own.every(({ visibility }) => visibility === 'network')).toBe(true)
    const others = register.filter(({ home }) => home !== southWest)
    expect(others.every(({ visibility }) => visibility === 'national')).toBe(true)
  })

  test('is employed at open trusts and boards in every region of England and in Wales', () => {
    const employers = register.flatMap(({ facts }) =>
      (facts.posts ?? [])
        .filter(({ to, kind }) => to === 'ongoing' && kind === 'substantive')
        .map(({ org }) => graph.find(org)),
    )
    expect(employers.every((one) => one?.closed === 'open')).toBe(true)
    expect(new Set(employers.map((one) => one?.region ?? one?.country)).size).toBe(8)
    expect(new Set(employers).size).toBeGreaterThan(22)
  })

  test('has every tie to the South West: lately there, there years ago, visiting, honorary, and none', () => {
    const yearAgo = addMonths(today, -12)
    const ended = register.flatMap(postsHere).flatMap(({ to }) => (to === null || to === 'ongoing' ? [] : [to]))
    expect(ended.filter((to) => to >= yearAgo).length).toBeGreaterThanOrEqual(8)
    expect(ended.filter((to) => to < yearAgo && to >= addMonths(today, -60)).length).toBeGreaterThanOrEqual(8)
    const current = register.flatMap(postsHere).filter(({ to }) => to === 'ongoing')
    for (const kind of ['visiting', 'honorary', 'substantive']) {
      expect(current.filter((post) => post.kind === kind).length).toBeGreaterThanOrEqual(6)
    }
    expect(register.filter((one) => postsHere(one).length === 0).length).toBeGreaterThanOrEqual(80)
  })

  test('has ties that only a succession shows', () => {
    const somerset = must(parseTrustCode, 'RH5')
    const throughYeovil = register.flatMap(postsHere).filter(({ org }) => org === 'RA4')
    expect(throughYeovil.length).toBeGreaterThan(0)
    expect(throughYeovil.every(({ org }) => graph.isSameTrust(org, somerset, today) === 'yes')).toBe(true)
  })

  test('has a few declarations that have run out and some that are missing', () => {
    const signed = register.map(({ facts }) => facts.standingDeclarationSignedOn)
    expect(signed.filter((on) => on === null).length).toBeGreaterThanOrEqual(3)
    expect(signed.filter((on) => on !== null && on < addMonths(today, -12)).length).toBeGreaterThanOrEqual(3)
  })

  test('ascribes nobody a complaint, a sanction or an employer who objects', () => {
    for (const { facts } of register) {
      const blameless = {
        status: 'registered',
        licence: true,
        conditionsAffectScope: false,
        interimOrder: false,
        warning: false,
      }
      expect(facts.registration).toMatchObject(blameless)
      expect(facts.indemnity?.employerView).not.toBe('objects')
    }
  })
})
