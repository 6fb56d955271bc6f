import { day, neurology, org, today } from '@concord/testkit/facts'
import { always, aPlace, aSite } from '@concord/testkit/pairs'
import { describe, expect, test } from 'vitest'
import { addDays } from '../time.ts'
import { type Merger, type Place, placesOf } from './places.ts'

const a = org('XA1')
const b = org('XB1')
const c = org('XC1')
const site = org('XS101')
const yesterday = addDays(today, -1)
const tomorrow = addDays(today, 1)
const until = (to: string) => ({ from: day('2000-01-01'), to: day(to) })
const closed = (on: string, successors: Place['successors']): Partial<Place> => ({ open: until(on), successors })

describe('a place', () => {
  const places = placesOf([
    aPlace('XA1', { name: 'St. Éloi’s Trust', alsoKnownAs: ['SET'] }),
    aPlace('XB1', { alsoKnownAs: ['SET'] }),
    aPlace('XU1', { kind: 'other' }),
  ])

  test('is found by its code, its name and its other names, however they are written', () => {
    expect(places.codeOf('XA1')).toBe(a)
    expect(places.codeOf('XQ9')).toBeUndefined()
    for (const written of ['st eloi’s trust', 'ST. ELOI’S  TRUST', 'xa1']) expect(places.written(written)).toEqual([a])
    expect(places.written('set')).toEqual([a, b])
    expect(places.written('nowhere')).toEqual([])
  })

  test('that no file knows stands for itself', () => {
    expect(places.name(org('XQ9'))).toBe('XQ9')
    expect(places.isTrust(org('XQ9'))).toBe(false)
  })

  test('is a trust or something else', () => {
    expect([a, org('XU1')].map(places.isTrust)).toEqual([true, false])
  })
})

describe('whether it is the same trust', () => {
  const same = (list: readonly Place[], on = today) => placesOf(list).isSameTrust(a, b, on)

  test('is yes of one code, even of one nobody knows, and no of two', () => {
    expect(placesOf([]).isSameTrust(a, a, today)).toBe('yes')
    expect(same([aPlace('XA1'), aPlace('XB1')])).toBe('no')
    expect(same([aPlace('XA1')])).toBe('unknown')
  })

  test('follows a succession from its day on, in either direction', () => {
    const list = [aPlace('XA1', closed('2026-06-14', [{ code: b, on: today }])), aPlace('XB1')]
    const said = [yesterday, today, tomorrow].map((on) => same(list, on))
    expect(said).toEqual(['no', 'yes', 'yes'])
    expect(placesOf(list).isSameTrust(b, a, today)).toBe('yes')
  })

  test('follows a chain of successions, and two that became a third', () => {
    const chain = [
      aPlace('XA1', closed('2020-01-01', [{ code: c, on: day('2020-01-02') }])),
      aPlace('XC1', closed('2024-01-01', [{ code: b, on: day('2024-01-02') }])),
      aPlace('XB1'),
    ]
    expect(same(chain)).toBe('yes')
    const both = [
      aPlace('XA1', closed('2020-01-01', [{ code: c, on: day('2020-01-02') }])),
      aPlace('XB1', closed('2020-01-01', [{ code: c, on: day('2020-01-02') }])),
      aPlace('XC1'),
    ]
    expect(same(both)).toBe('yes')
  })

  test('is unknown where a trust closed and nobody knows what it became, or only a part went over', () => {
    expect(same([aPlace('XA1', closed('2020-01-01', [{ code: null, on: null }])), aPlace('XB1')])).toBe('unknown')
    expect(same([aPlace('XA1', { successors: [{ code: b, on: day('2020-01-01') }] }), aPlace('XB1')])).toBe('unknown')
  })

  test('is settled by a merger from the day it takes effect, unless it was abandoned', () => {
    const merger = (over: Partial<Merger>): readonly Place[] => [
      aPlace('XA1', {
        mergers: [
          { with: b, announced: day('2025-01-01'), effective: today, abandoned: null, isDisputed: false, ...over },
        ],
      }),
      aPlace('XB1'),
    ]
    expect([yesterday, today].map((on) => same(merger({}), on))).toEqual(['no', 'yes'])
    expect(same(merger({ abandoned: true }))).toBe('no')
    expect(same(merger({ abandoned: day('2026-01-01') }))).toBe('no')
    expect(same(merger({ abandoned: false }))).toBe('yes')
  })

  test('does not go round in a circle', () => {
    const circle = [
      aPlace('XA1', closed('2020-01-01', [{ code: b, on: day('2020-01-02') }])),
      aPlace('XB1', closed('2020-01-01', [{ code: a, on: day('2020-01-02') }])),
    ]
    expect(same(circle)).toBe('yes')
  })
})

describe('a site', () => {
  const moved = aPlace('XS101', {
    kind: 'site',
    parents: [
      { code: a, ...until('2024-12-31') },
      { code: b, from: day('2025-01-01'), to: 'ongoing' },
    ],
  })
  const list = [moved, aPlace('XA1'), aPlace('XB1')]
  const at = (trust: typeof a, from: string, to: string) =>
    placesOf(list).isSameTrust(site, trust, today, { from: day(from), to: day(to) })

  test('belongs to the trust that had it while the post was held there', () => {
    expect(at(a, '2020-01-01', '2024-12-31')).toBe('yes')
    expect(at(b, '2020-01-01', '2024-12-31')).toBe('no')
    expect(at(b, '2020-01-01', '2025-01-01')).toBe('yes')
    expect(at(a, '2025-01-01', '2026-01-01')).toBe('no')
  })

  test('belongs today to the trust that has it today', () => {
    expect([a, b].map((trust) => placesOf(list).isSameTrust(site, trust, today))).toEqual(['no', 'yes'])
  })

  test('of which nobody knows the trust may be any’s', () => {
    for (const parents of [null, [], [{ code: null, ...always }]])
      expect(placesOf([{ ...moved, parents }, aPlace('XA1')]).isSameTrust(site, a, today)).toBe('unknown')
  })

  test('of which nobody knows the trust for a time is settled outside it', () => {
    const parents = [
      { code: null, ...until('2019-12-31') },
      { code: a, from: day('2020-01-01'), to: 'ongoing' },
    ] as const
    const said = (trust: typeof a, from: string, to: string) =>
      placesOf([{ ...moved, parents }, aPlace('XA1'), aPlace('XB1')]).isSameTrust(site, trust, today, {
        from: day(from),
        to: day(to),
      })
    expect([said(b, '2021-01-01', '2022-01-01'), said(b, '2018-01-01', '2022-01-01')]).toEqual(['no', 'unknown'])
    expect(said(a, '2018-01-01', '2022-01-01')).toBe('yes')
  })

  test('is the same under its other code, whichever of the two says so', () => {
    const places = placesOf([
      aSite('XS101', 'XA1', { sameSiteAs: [org('XS102')] }),
      aSite('XS102', 'XA1'),
      aSite('XS103', 'XA1'),
    ])
    expect(places.isSameSite(site, site)).toBe(true)
    expect(places.isSameSite(site, org('XS102'))).toBe(true)
    expect(places.isSameSite(org('XS102'), site)).toBe(true)
    expect(places.isSameSite(site, org('XS103'))).toBe(false)
  })
})

describe('one roof over two trusts', () => {
  const roof = (one: Partial<Place>, other: Partial<Place>, on = today) => {
    const places = placesOf([aPlace('XA1', one), aPlace('XB1', other)])
    const said = places.isSameGroup(a, b, on)
    expect(places.isSameGroup(b, a, on)).toEqual(said)
    return said
  }
  const group = (over: object = {}) => [{ id: 'g', ...always, ...over }]
  const merger = { with: b, announced: today, effective: null, abandoned: null, isDisputed: false }

  test('is a group that both are in on the day', () => {
    expect(roof({ groups: group() }, { groups: group() })).toEqual({ is: 'yes', by: 'a group' })
    expect(roof({ groups: group({ to: yesterday }) }, { groups: group() }).is).toBe('no')
    expect(roof({ groups: group({ to: today }) }, { groups: group({ from: today }) }).is).toBe('yes')
    expect(roof({ groups: group({ id: 'h' }) }, { groups: group() }).is).toBe('no')
  })

  test('is unknown where nobody asked, unless one of them is in none', () => {
    expect(roof({ groups: null }, { groups: group() }).is).toBe('unknown')
    expect(roof({ groups: null }, { groups: [] }).is).toBe('no')
    expect(roof({ groups: group({ id: null }) }, { groups: group() }).is).toBe('unknown')
  })

  test.each([
    ['announced today', {}, 'yes'],
    ['to be announced tomorrow', { announced: tomorrow }, 'no'],
    ['in effect since today, when they are one', { effective: today }, 'no'],
    ['in effect from tomorrow', { effective: tomorrow }, 'yes'],
    ['abandoned today', { abandoned: today }, 'no'],
    ['to be abandoned tomorrow', { abandoned: tomorrow }, 'yes'],
    ['abandoned, nobody knows when', { abandoned: true }, 'no'],
    ['announced nobody knows when', { announced: null }, 'unknown'],
    ['with nobody knows whom', { with: null }, 'unknown'],
    ['with a third', { with: c }, 'no'],
    ['on whose days sources disagree', { isDisputed: true }, 'unknown'],
  ] as const)('is, by a merger %s, to be told by its days', (_, over, is) => {
    expect(roof({ mergers: [{ ...merger, ...over }] }, {}).is).toBe(is)
  })

  test('is none over what is no trust, and unknown over what nobody knows', () => {
    const places = placesOf([aPlace('XA1', { groups: group() }), aPlace('XU1', { kind: 'other', groups: group() })])
    expect(places.isSameGroup(a, org('XU1'), today).is).toBe('no')
    expect(places.isSameGroup(a, b, today).is).toBe('unknown')
  })

  test('holds for the sites under it', () => {
    const places = placesOf([
      aPlace('XA1', { groups: group() }),
      aPlace('XB1', { groups: group() }),
      aSite('XS101', 'XB1'),
    ])
    expect(places.isSameGroup(site, a, today).is).toBe('yes')
  })
})

describe('a neighbour', () => {
  const near = (one: Partial<Place>, other: Partial<Place>, tfc: typeof neurology | null = neurology) =>
    placesOf([aPlace('XA1', { region: null, ...one }), aPlace('XB1', { region: null, ...other })]).isNeighbour(
      a,
      b,
      today,
      tfc,
    )
  const network = (over: object = {}) => [{ id: 'n', specialties: null, ...always, ...over }]

  test('is in the same region', () => {
    expect(near({ region: 'North' }, { region: 'North' })).toEqual({ is: 'yes', by: 'the region North' })
    expect(near({ region: 'North' }, { region: 'South' }).is).toBe('no')
    expect(near({ region: null }, { region: null }).is).toBe('no')
  })

  test('is in the same network on the day, for the specialty asked for', () => {
    expect(near({ networks: network() }, { networks: network() })).toEqual({ is: 'yes', by: 'a clinical network' })
    expect(near({ networks: network({ to: yesterday }) }, { networks: network() }).is).toBe('no')
    expect(near({ networks: network({ specialties: ['321'] }) }, { networks: network() }).is).toBe('no')
    expect(near({ networks: network({ specialties: ['421'] }) }, { networks: network() }).is).toBe('yes')
    expect(near({ networks: network({ specialties: ['321'] }) }, { networks: network() }, null).is).toBe('yes')
  })

  test('is nobody where nobody collected regions and networks, and open where sources disagree', () => {
    expect(near({ networks: null }, { networks: network() }).is).toBe('no')
    expect(near({ isDisputed: true }, {}).is).toBe('unknown')
  })
})

describe('the keys of a place', () => {
  test('hold every code by which it may turn out to be the same, and say when they may be too few', () => {
    const places = placesOf([
      aPlace('XA1', closed('2020-01-01', [{ code: b, on: day('2020-01-02') }])),
      aPlace('XB1', { successors: [{ code: c, on: tomorrow }] }),
      aPlace('XC1', { successors: [{ code: null, on: null }] }),
      aSite('XS101', 'XA1'),
    ])
    expect(new Set(places.keys(site).codes)).toEqual(new Set([site, a, b, c]))
    expect(places.keys(b).codes).toEqual([b, c])
    expect(places.keys(c)).toEqual({ codes: [c], isOpenEnded: true })
    expect(places.keys(org('XQ9')).isOpenEnded).toBe(true)
  })
})
