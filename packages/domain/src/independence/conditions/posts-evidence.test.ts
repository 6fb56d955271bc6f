import { day, org, today } from '@concord/testkit/facts'
import { always, aPair, aTreating, heldAt, judging, type PairOver } from '@concord/testkit/pairs'
import { aRule } from '@concord/testkit/rules'
import { weighing } from '@concord/testkit/weighing'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../time.ts'
import type { CandidateSide, Post } from '../pair.ts'

type Case = readonly [story: string, given: PairOver, says: readonly string[]]

const [yesterday, tomorrow] = [addDays(today, -1), addDays(today, 1)]
const until = (to: typeof today) => ({ from: day('2010-01-01'), to })
const posts = (...some: readonly Post[]): PairOver => ({ candidate: { posts: some } })
const entry = (severity: string, fact: string) => `${severity}: ${fact} (candidate, register entry)`
const unasked = entry('UNKNOWN', 'the posts held, and until when')
const open = (words: string) => entry('UNKNOWN', `the dates, the site and the trust of ${words}`)
const also = (over: PairOver, request: NonNullable<PairOver['request']>): PairOver => ({ ...over, request })
const employedAt = (code: string, over: Partial<Post> = {}) => ({
  treating: [aTreating(), aTreating({ person: 'T2', role: 'treating', org: null, posts: [heldAt(code, over)] })],
})

describe('a post at the trust that asks, or that employs', () => {
  const says = weighing(aRule({ severity: 'MANAGE', condition: { kind: 'post-at-trust', confirmedWithin: 6 } }))
  const employer = 'UNKNOWN: the trust that employs each treating consultant (treating consultant, request)'
  const stale = entry('UNKNOWN', 'a confirmation of the posts that is not out of date')
  const confirmed = (postsConfirmedOn: CandidateSide['postsConfirmedOn']): PairOver => ({
    candidate: { postsConfirmedOn },
  })

  test.each<Case>([
    [
      'is told by its kind and its trust',
      posts(heldAt('XA1')),
      [entry('MANAGE', 'a substantive post at Invented Trust XA1')],
    ],
    [
      'is told with the article of its kind',
      posts(heldAt('XA1', { kind: 'honorary' })),
      [entry('MANAGE', 'an honorary post at Invented Trust XA1')],
    ],
    [
      'is told in words of several parts',
      posts(heldAt('XA1', { kind: 'guest-lecture' })),
      [entry('MANAGE', 'a guest lecture post at Invented Trust XA1')],
    ],
    [
      'is told without a kind',
      posts(heldAt('XA1', { kind: null })),
      [entry('MANAGE', 'an unnamed post at Invented Trust XA1')],
    ],
    [
      'is told by its site, where nobody knows the trust',
      posts(heldAt('XA1', { orgs: [], site: org('XA101') })),
      [entry('MANAGE', 'a substantive post at Invented Trust XA101')],
    ],
    [
      'is told by no place, where none is known',
      posts(heldAt('XA1', { orgs: [] })),
      [open('a substantive post at a place that no file knows')],
    ],
    [
      'is told by no place, where nobody asked for the site',
      posts(heldAt('XA1', { orgs: [], site: null })),
      [open('a substantive post at a place that no file knows')],
    ],
    [
      'ends a year ago to the day',
      posts(heldAt('XA1', until(day('2025-06-15')))),
      [entry('MANAGE', 'a substantive post at Invented Trust XA1')],
    ],
    ['ends the day before', posts(heldAt('XA1', until(day('2025-06-14')))), []],
    ['starts tomorrow', posts(heldAt('XA1', { from: tomorrow })), []],
    [
      'ends on a day nobody knows',
      posts(heldAt('XA1', { to: null })),
      [open('a substantive post at Invented Trust XA1')],
    ],
    ['is elsewhere, on days nobody knows', posts(heldAt('XC1', { to: null })), []],
    [
      'is at a ward of the trust',
      posts(heldAt('XU1', { site: org('XA101') })),
      [entry('MANAGE', 'a substantive post at Invented Trust XU1')],
    ],
    ['is at a university that no ward is known of', posts(heldAt('XU1')), []],
    [
      'is at a trust of which nobody knows what became, on a ward elsewhere',
      posts(heldAt('XZ1', { site: org('XC101') })),
      [],
    ],
    [
      'is there by its name, on a ward elsewhere',
      posts(heldAt('XA1', { site: org('XC101') })),
      [entry('MANAGE', 'a substantive post at Invented Trust XA1')],
    ],
    [
      'is elsewhere by its name, on a ward that no file knows',
      posts(heldAt('XB1', { site: org('XQ901') })),
      [open('a substantive post at Invented Trust XB1')],
    ],
    ['is of several trusts that are not it', posts(heldAt('XB1', { orgs: [org('XB1'), org('XC1')] })), []],
    [
      'is of several trusts, of which one is it',
      posts(heldAt('XA1', { orgs: [org('XA1'), org('XB1')] })),
      [open('a substantive post at Invented Trust XA1')],
    ],
    [
      'is where another consultant holds a post',
      also(posts(heldAt('XB1')), employedAt('XB1')),
      [employer, entry('MANAGE', 'a substantive post at Invented Trust XB1')],
    ],
    [
      'is where another consultant held one until yesterday',
      also(posts(heldAt('XB1')), employedAt('XB1', until(yesterday))),
      [employer],
    ],
    [
      'is where another consultant may hold one',
      also(posts(heldAt('XB1')), employedAt('XB1', { to: null })),
      [employer, open('a substantive post at Invented Trust XB1')],
    ],
    [
      'is elsewhere, where another consultant may hold one',
      also(posts(heldAt('XC1')), employedAt('XB1', { to: null })),
      [employer],
    ],
    ['is at the university of another consultant', also(posts(heldAt('XU1')), employedAt('XU1')), [employer]],
    [
      'is where one of two posts of a consultant’s is, by a name of several',
      also(posts(heldAt('XB1')), employedAt('XB1', { orgs: [org('XB1'), org('XC1')] })),
      [employer],
    ],
    ['is nothing that anybody asked about', { candidate: { posts: null } }, [unasked]],
    ['was confirmed six months ago to the day', confirmed(day('2025-12-15')), []],
    ['was confirmed the day before', confirmed(day('2025-12-14')), [stale]],
    ['was confirmed today', confirmed(today), []],
    ['was confirmed tomorrow', confirmed(tomorrow), [stale]],
    ['was never confirmed', confirmed(null), [stale]],
    ['is elsewhere, the consultant’s posts being unknown', { request: { treating: [aTreating({ posts: null })] } }, []],
  ])('%s', (_, given, expected) => {
    expect(says(given).toSorted()).toEqual(expected.toSorted())
  })

  test('keeps its days and the day of the confirmation in the evidence', () => {
    const evidence = (postsConfirmedOn: CandidateSide['postsConfirmedOn']) =>
      judging([aRule({ severity: 'MANAGE' })])(
        aPair({ candidate: { postsConfirmedOn, posts: [heldAt('XA1', until(today))] } }),
      ).findings.map(({ severity, evidence: { from, to, asOf } }) => [severity, from, to, asOf])
    expect(evidence(day('2026-03-01'))).toEqual([['MANAGE', '2010-01-01', today, '2026-03-01']])
    expect(evidence(day('2024-03-01'))).toEqual([
      ['UNKNOWN', null, null, '2024-03-01'],
      ['MANAGE', '2010-01-01', today, '2024-03-01'],
    ])
  })

  test('is declared where one of several trusts is named', () => {
    const { findings } = judging([aRule()])(
      aPair({ candidate: { posts: [heldAt('XB1')] }, request: { treating: [aTreating({ org: org('XB1') })] } }),
    )
    expect(findings.map(({ confidence }) => confidence)).toEqual(['declared'])
  })

  test('is looked up anew for each request', () => {
    const judged = judging([aRule()])
    const pair = aPair(posts(heldAt('XB1')))
    expect(judged(pair).verdict).toBe('clear')
    const treating = [aTreating({ org: org('XB1') })]
    expect(judged({ ...pair, request: { ...pair.request, treating } }).verdict).toBe('barred')
  })
})

describe('a site where the child is seen', () => {
  const says = weighing(aRule({ condition: { kind: 'shared-site' }, severity: 'MANAGE' }))
  const worked = (code: string, period: object = always): PairOver => ({
    candidate: { posts: [], sitesWorked: [{ site: org(code), ...always, ...period }] },
  })
  const here = entry('MANAGE', 'works at Invented Trust XA101')
  const everySite = entry('UNKNOWN', 'every hospital site worked at, visiting clinics included')

  test.each<Case>([
    ['is worked at', worked('XA101'), [here]],
    ['is worked at until today', worked('XA101', until(today)), [here]],
    ['was worked at until yesterday', worked('XA101', until(yesterday)), []],
    [
      'is worked at on unknown days',
      worked('XA101', { to: null }),
      [entry('UNKNOWN', 'works at Invented Trust XA101')],
    ],
    ['is another', worked('XA102'), []],
    [
      'is that of a post',
      posts(heldAt('XU1', { site: org('XA101') })),
      [entry('MANAGE', 'a substantive post at Invented Trust XU1')],
    ],
    ['is that of a post until yesterday', posts(heldAt('XU1', { site: org('XA101'), ...until(yesterday) })), []],
    [
      'is that of a post on unknown days',
      posts(heldAt('XU1', { site: org('XA101'), to: null })),
      [entry('UNKNOWN', 'a substantive post at Invented Trust XU1')],
    ],
    ['is none of a post without one', posts(heldAt('XA1')), []],
    [
      'may be that of a post nobody asked about',
      { candidate: { posts: [heldAt('XA1', { site: null })], sitesWorked: null } },
      [everySite, entry('UNKNOWN', 'the hospital site of a substantive post at Invented Trust XA1')],
    ],
    [
      'is none of a post nobody asked about, that ended',
      { candidate: { posts: [heldAt('XA1', { site: null, ...until(yesterday) })], sitesWorked: null } },
      [everySite],
    ],
    [
      'is none of a post nobody asked about, where all sites are named',
      { candidate: { posts: [heldAt('XA1', { site: null })], sitesWorked: [] } },
      [],
    ],
    ['is nothing that is known, without the posts', { candidate: { posts: null } }, [everySite]],
    ['is nothing that is known, without the sites', { candidate: { sitesWorked: null } }, [everySite]],
    [
      'is not known yet',
      { request: { sites: null } },
      ['UNKNOWN: the sites where the child is seen (requester, request)'],
    ],
    ['is none, the posts being unknown', { request: { sites: [] }, candidate: { posts: null } }, []],
    ['is one of two', also(worked('XA101'), { sites: [org('XB101'), org('XA101')] }), [here]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})

describe('a trust under one roof', () => {
  const says = weighing(aRule({ condition: { kind: 'same-group' }, severity: 'MANAGE' }))
  const group = entry('MANAGE', 'a group with Invented Trust XA1, through a substantive post at Invented Trust XG1')

  test.each<Case>([
    ['is that of a post', posts(heldAt('XG1')), [group]],
    [
      'is told by a merger',
      posts(heldAt('XM1')),
      [entry('MANAGE', 'a merger announced with Invented Trust XA1, through a substantive post at Invented Trust XM1')],
    ],
    ['is that of a post until yesterday', posts(heldAt('XG1', until(yesterday))), []],
    ['may be that of a post on unknown days', posts(heldAt('XG1', { to: null })), [group.replace('MANAGE', 'UNKNOWN')]],
    ['is the trust itself, which is another rule’s', posts(heldAt('XA1')), []],
    [
      'is one where another consultant is employed',
      also(posts(heldAt('XG1')), { ...employedAt('XA1'), trust: org('XC1') }),
      [group],
    ],
    [
      'is told by the site, where the trust has several names',
      posts(heldAt('XG1', { orgs: [org('XG1'), org('XC1')], site: org('XC101') })),
      [],
    ],
    [
      'is told by the site, where nobody knows the name',
      {
        candidate: { posts: [heldAt('XA1', { orgs: [], site: org('XA101') })] },
        request: { trust: org('XG1'), treating: [aTreating({ org: org('XG1'), posts: [] })] },
      },
      [entry('MANAGE', 'a group with Invented Trust XG1, through a substantive post at Invented Trust XA101')],
    ],
    ['is nothing of a post that is nowhere', posts(heldAt('XG1', { orgs: [] })), []],
    [
      'is nothing of a post of several trusts and no site',
      posts(heldAt('XG1', { orgs: [org('XG1'), org('XC1')] })),
      [],
    ],
    ['is nothing that anybody asked about', { candidate: { posts: null } }, [unasked]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('is found by files, not declared', () => {
    const { findings } = judging([aRule({ condition: { kind: 'same-group' } })])(
      aPair(posts(heldAt('XG1', until(today)))),
    )
    expect(findings.map(({ confidence, evidence: { from, to, asOf } }) => [confidence, from, to, asOf])).toEqual([
      ['derived', '2010-01-01', today, '2026-03-01'],
    ])
  })
})

test('a trust under one roof is told once of two posts in it, by the one that began first', () => {
  const [early, late] = [heldAt('XG1', { from: day('2012-01-01') }), heldAt('XG1', { from: day('2020-01-01') })]
  for (const some of [
    [early, late],
    [late, early],
  ]) {
    const { findings } = judging([aRule({ condition: { kind: 'same-group' } })])(aPair(posts(...some)))
    expect(findings.map(({ evidence: { from } }) => from)).toEqual(['2012-01-01'])
  }
})

describe('a trust that was left', () => {
  const says = weighing(
    aRule({
      condition: { kind: 'left-trust', afterMonths: 12, older: 'NOTE' },
      lookBackMonths: 60,
      severity: 'MANAGE',
    }),
  )
  const left = entry('MANAGE', 'a substantive post at Invented Trust XA1')
  const longAgo = entry('NOTE', 'a substantive post at Invented Trust XA1')
  const perhaps = open('a substantive post at Invented Trust XA1')
  const year = (of: string) => ({
    from: day('2010-01-01'),
    to: { earliest: day(`${of}-01-01`), latest: day(`${of}-12-31`) },
  })

  test.each<Case>([
    ['a year and a day ago', posts(heldAt('XA1', until(day('2025-06-14')))), [left]],
    ['a year ago to the day', posts(heldAt('XA1', until(day('2025-06-15')))), []],
    ['five years ago to the day', posts(heldAt('XA1', until(day('2021-06-15')))), [left]],
    ['five years and a day ago', posts(heldAt('XA1', until(day('2021-06-14')))), [longAgo]],
    ['some time in a year', posts(heldAt('XA1', year('2022'))), [left]],
    ['some time in the year that began the look-back', posts(heldAt('XA1', year('2021'))), [perhaps]],
    ['some time in the year that ended it', posts(heldAt('XA1', year('2025'))), [perhaps]],
    ['long before', posts(heldAt('XA1', year('2019'))), [longAgo]],
    ['nobody knows when', posts(heldAt('XA1', { to: null })), [perhaps]],
    [
      'nobody knows when, beside one left long ago',
      posts(heldAt('XA1', { to: null }), heldAt('XA1', { kind: 'locum', ...until(day('2015-01-01')) })),
      [perhaps],
    ],
    [
      'nobody knows when, beside one left lately',
      posts(heldAt('XA1', { to: null }), heldAt('XA1', { kind: 'locum', ...until(day('2024-01-01')) })),
      [entry('MANAGE', 'a locum post at Invented Trust XA1')],
    ],
    [
      'twice, both of them told',
      posts(heldAt('XA1', until(day('2023-01-01'))), heldAt('XA1', { kind: 'locum', ...until(day('2024-01-01')) })),
      [entry('MANAGE', 'a locum post at Invented Trust XA1'), left],
    ],
    ['for another post there', posts(heldAt('XA1', until(day('2023-01-01'))), heldAt('XA1')), []],
    ['before a post elsewhere', posts(heldAt('XA1', until(day('2023-01-01'))), heldAt('XC1')), [left]],
    [
      'before a post there that starts tomorrow',
      posts(heldAt('XA1', until(day('2023-01-01'))), heldAt('XA1', { from: tomorrow })),
      [left],
    ],
    ['that is of no matter', posts(heldAt('XB1', until(day('2023-01-01')))), []],
    [
      'of which nobody knows what became',
      posts(heldAt('XZ1', until(day('2023-01-01')))),
      [open('a substantive post at Invented Trust XZ1')],
    ],
    ['that nobody asked about', { candidate: { posts: null } }, [unasked]],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })

  test('is declared where it is named, and derived where it took a file to see it', () => {
    const rule = aRule({ condition: { kind: 'left-trust', afterMonths: 12, older: 'NOTE' }, lookBackMonths: 60 })
    const confidence = (code: string) =>
      judging([rule])(aPair(posts(heldAt(code, until(day('2023-01-01')))))).findings.map((one) => one.confidence)
    expect([confidence('XA1'), confidence('XA0')]).toEqual([['declared'], ['derived']])
  })
})

describe('a neighbour', () => {
  const says = weighing(aRule({ condition: { kind: 'neighbour', centres: 3, fewCentres: 'MANAGE' }, severity: 'NOTE' }))
  const told = (severity: string, fact: string) => `${severity}: ${fact} (candidate, organisations)`
  const region = told('NOTE', 'the region North')

  test.each<Case>([
    ['is in the region', posts(heldAt('XN1')), [region]],
    ['is in the network', posts(heldAt('XW1')), [told('NOTE', 'a clinical network')]],
    [
      'weighs more where few centres do the specialty',
      also(posts(heldAt('XN1')), { centres: 2 }),
      [told('MANAGE', 'the region North')],
    ],
    ['weighs as it does where there are enough', also(posts(heldAt('XN1')), { centres: 3 }), [region]],
    [
      'is open where nobody counted the centres',
      also(posts(heldAt('XN1')), { centres: null }),
      [told('UNKNOWN', 'how many centres do this specialty')],
    ],
    ['is none where nobody counted them, elsewhere', also(posts(heldAt('XB1')), { centres: null }), []],
    ['is in the region until today', posts(heldAt('XN1', until(today))), [region]],
    ['was in the region until yesterday', posts(heldAt('XN1', until(yesterday))), []],
    ['is none where nobody asked for the posts', { candidate: { posts: null } }, []],
    [
      'is none in one team with a consultant',
      { candidate: { posts: [heldAt('XN1')], teams: [{ id: 'team-a', kind: 'team', ...always }] } },
      [],
    ],
    [
      'is none in one of two teams, with one of two consultants',
      {
        candidate: {
          posts: [heldAt('XN1')],
          teams: ['team-c', 'team-a'].map((id) => ({ id, kind: 'team' as const, ...always })),
        },
        request: {
          treating: [
            aTreating({ teams: ['team-b', 'team-a'].map((id) => ({ id, kind: 'team' as const, ...always })) }),
            aTreating({ person: 'T2', role: 'treating', teams: [] }),
          ],
        },
      },
      [],
    ],
    [
      'is one again once the team is left',
      { candidate: { posts: [heldAt('XN1')], teams: [{ id: 'team-a', kind: 'team', ...until(yesterday) }] } },
      [region],
    ],
    [
      'is one in a team that nobody treats in',
      { candidate: { posts: [heldAt('XN1')], teams: [{ id: 'team-c', kind: 'team', ...always }] } },
      [region],
    ],
    [
      'is one where nobody asked for the clinician’s teams',
      { candidate: { posts: [heldAt('XN1')], teams: null } },
      [region],
    ],
    [
      'is one where nobody asked for the team’s',
      also(posts(heldAt('XN1')), { treating: [aTreating({ teams: null })] }),
      [region],
    ],
  ])('%s', (_, given, expected) => {
    expect(says(given)).toEqual(expected)
  })
})
