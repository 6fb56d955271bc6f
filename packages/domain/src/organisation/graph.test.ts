import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { must, parseOrgCode } from '../ids.ts'
import { parseDate } from '../time.ts'
import { organisationGraph } from './graph.ts'
import type { Organisation, Succession } from './organisation.ts'

const code = (text: string) => must(parseOrgCode, text)
const day = (text: string) => must(parseDate, text)
const today = day('2026-11-22')

const organisation = (text: string, more: Partial<Organisation> = {}): Organisation => ({
  code: code(text),
  name: `${text} HOSPITALS NHS TRUST`,
  kind: 'trust',
  country: 'England',
  region: null,
  icb: null,
  parent: null,
  place: null,
  opened: null,
  closed: 'open',
  ...more,
})
const succession = (from: string, to: string | null, on: string | null): Succession => ({
  from: code(from),
  to: to === null ? null : code(to),
  on: on === null ? null : day(on),
  source: 'test',
  checked: false,
})

// OLD1 and OLD2 merged into NEW; LOST went nobody knows where; GONE closed and no succession speaks of it.
const graph = organisationGraph({
  version: 'test',
  organisations: [
    ...['NEW', 'FAR', 'NEXT'].map((one) => organisation(one)),
    organisation('OLD1', { closed: { on: day('2025-03-31') } }),
    organisation('OLD2', { closed: { on: day('2025-03-31') } }),
    organisation('LOST', { closed: { on: day('2024-09-30') } }),
    organisation('GONE', { closed: { on: null } }),
    organisation('OLD1A', { kind: 'site', parent: code('OLD1'), name: "ST MARY'S HOSPITAL FOR CHILDREN (HQ)" }),
    organisation('NEWA', { kind: 'site', parent: code('NEW') }),
    organisation('NEWB', { kind: 'site', parent: code('NEW') }),
  ],
  successions: [
    succession('OLD1', 'NEW', '2025-04-01'),
    succession('OLD2', 'NEW', null),
    succession('LOST', null, null),
    succession('NEW', 'NEXT', '2027-04-01'),
  ],
  groups: [],
  clinicalNetworks: [
    { code: 'EAST', name: 'East', country: 'England', specialties: ['421', '223'], members: [code('OLD1')] },
    { code: 'WEST', name: 'West', country: 'England', specialties: ['421'], members: [code('NEW'), code('FAR')] },
  ],
})
const same = (a: string, b: string, on = '2026-11-22') => graph.isSameTrust(code(a), code(b), day(on))

describe('whether two codes are the same trust', () => {
  test.each([
    { a: 'OLD1', b: 'NEW', why: 'the one became the other' },
    { a: 'NEW', b: 'OLD1', why: 'and the other way round' },
    { a: 'OLD1', b: 'OLD2', why: 'both became the same trust' },
    { a: 'NEWA', b: 'NEWB', why: 'both are its sites' },
    { a: 'OLD1A', b: 'NEWB', why: 'the sites came along' },
    { a: 'NEWA', b: 'NEW', why: 'a site belongs to it' },
    { a: 'NOBODY', b: 'NOBODY', why: 'a code is itself' },
  ])('$a and $b: yes, for $why', ({ a, b }) => expect(same(a, b)).toBe('yes'))

  test.each([
    { a: 'NEW', b: 'FAR', on: '2026-11-22', why: 'nothing joins them' },
    { a: 'OLD1', b: 'NEW', on: '2025-03-31', why: 'the merger is a day away' },
    { a: 'OLD2', b: 'NEW', on: '2025-03-31', why: 'an undated merger follows the closing' },
    { a: 'NEW', b: 'NEXT', on: '2026-11-22', why: 'a merger to come joins nobody' },
    { a: 'LOST', b: 'FAR', on: '2024-09-30', why: 'it was open that day' },
  ])('$a and $b on $on: no, for $why', ({ a, b, on }) => expect(same(a, b, on)).toBe('no'))

  test.each([
    { a: 'OLD1', b: 'NEW', on: '2025-04-01' },
    { a: 'OLD2', b: 'NEW', on: '2025-04-01' },
    { a: 'NEW', b: 'NEXT', on: '2027-04-01' },
    { a: 'OLD1', b: 'NEXT', on: '2027-04-01' },
  ])('$a and $b: yes from $on, the day the merger takes effect', ({ a, b, on }) => expect(same(a, b, on)).toBe('yes'))

  test.each([
    { a: 'LOST', b: 'FAR', why: 'the successor is unknown' },
    { a: 'FAR', b: 'LOST', why: 'whichever way it is asked' },
    { a: 'GONE', b: 'FAR', why: 'a closed trust of which no succession speaks has gone somewhere' },
    { a: 'NOBODY', b: 'FAR', why: 'no file knows the code' },
  ])('$a and $b: unknown, for $why', ({ a, b }) => expect(same(a, b)).toBe('unknown'))

  test('does not depend on which is asked about first', () => {
    const codes = fc.constantFrom('NEW', 'FAR', 'NEXT', 'OLD1', 'OLD2', 'LOST', 'GONE', 'OLD1A', 'NEWB', 'NOBODY')
    const days = fc.constantFrom('2024-01-01', '2025-03-31', '2025-04-01', '2026-11-22', '2027-04-01')
    fc.assert(fc.property(codes, codes, days, (a, b, on) => same(a, b, on) === same(b, a, on)))
  })
})

describe('looking up an organisation', () => {
  test('finds the trust of a site, and a trust for itself', () => {
    expect(graph.find(code('NEWA'))?.parent).toBe('NEW')
    expect(graph.codeOf('NOBODY')).toBeUndefined()
    expect(graph.sitesOf(code('NEW'))).toEqual(['NEWA', 'NEWB'])
    expect(graph.find(code('OLD1'))?.closed).toEqual({ on: '2025-03-31' })
  })

  test('counts a predecessor’s clinical network as the successor’s, for the specialties it names', () => {
    expect(graph.clinicalNetworksOf(code('NEWA'), '421')).toEqual(['EAST', 'WEST'])
    expect(graph.clinicalNetworksOf(code('NEW'), '223')).toEqual(['EAST'])
    expect(graph.clinicalNetworksOf(code('NEW'), '321')).toEqual([])
  })

  test('writes names as people do, and leaves a code that nobody knows', () => {
    expect(graph.name(code('NEW'))).toBe('New Hospitals NHS Trust')
    expect(graph.name(code('OLD1A'))).toBe("St Mary's Hospital for Children (HQ)")
    expect(graph.name(code('NOBODY'))).toBe('NOBODY')
  })

  test('answers 100,000 questions in a moment', () => {
    const [a, b] = [code('OLD1A'), code('FAR')]
    const started = performance.now()
    for (let asked = 0; asked < 100_000; asked += 1) graph.isSameTrust(a, b, today)
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
