import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readOrcid } from './record.ts'

const externalId = (type: string, value: string, relationship: string | null = 'self') => ({
  'external-id-type': type,
  'external-id-value': value,
  'external-id-normalized': { value, transient: true },
  'external-id-normalized-error': null,
  'external-id-url': null,
  'external-id-relationship': relationship,
})
const date = (year: string, month: string | null = null, day: string | null = null) => ({
  year: { value: year },
  month: month === null ? null : { value: month },
  day: day === null ? null : { value: day },
})
const summary = (over: Readonly<Record<string, unknown>> = {}) => ({
  'put-code': 99_900_001,
  'created-date': { value: 1_700_000_000_000 },
  source: { 'source-name': { value: 'Crossref' } },
  title: { title: { value: 'An invented trial' }, subtitle: null, 'translated-title': null },
  'external-ids': { 'external-id': [externalId('doi', 'https://doi.org/10.5555/Invented.1')] },
  url: null,
  type: 'journal-article',
  'publication-date': date('2024', '03', '05'),
  'journal-title': { value: 'Invented Journal' },
  visibility: 'public',
  'display-index': '1',
  ...over,
})
const groupOf = (...summaries: readonly unknown[]) => ({
  'last-modified-date': { value: 1 },
  'external-ids': { 'external-id': [] },
  'work-summary': summaries,
})
const worksOf = (...groups: readonly unknown[]) => ({ 'last-modified-date': null, group: groups, path: '/x/works' })
const workIn = (over: Readonly<Record<string, unknown>>) => {
  const read = readOrcid(worksOf(groupOf(summary(over))))
  return read.kind === 'works' ? read.works[0] : read
}

const work = {
  ids: { pmid: null, doi: '10.5555/invented.1', other: [] },
  title: 'An invented trial',
  on: '2024-03-05',
  kind: 'article',
  authors: [],
  authorCount: 0,
  isConsortium: false,
  sameWorkAs: [],
}

describe('an ORCID record', () => {
  test('is read as the works in it, which name no authors', () => {
    const json = {
      'orcid-identifier': { path: '0000-0002-1825-0097' },
      person: null,
      'activities-summary': { educations: {}, works: worksOf(groupOf(summary())) },
    }
    expect(readOrcid(json)).toEqual({ kind: 'works', works: [work] })
  })

  test('is read from its works alone, and from works in full', () => {
    expect(readOrcid(worksOf(groupOf(summary())))).toEqual({ kind: 'works', works: [work] })
    expect(readOrcid({ bulk: [{ work: summary() }, { error: { 'error-code': 9034 } }] })).toEqual({
      kind: 'works',
      works: [work],
    })
  })

  test.each([{ 'activities-summary': null }, { 'activities-summary': { works: null } }, worksOf(), worksOf(groupOf())])(
    'may have no public works: %j',
    (json) => {
      expect(readOrcid(json)).toEqual({ kind: 'works', works: [] })
    },
  )

  test('has one work for each group, under all its ids', () => {
    const fromPubMed = summary({
      'external-ids': { 'external-id': [externalId('doi', '10.5555/invented.1'), externalId('pmid', '99900001')] },
      'publication-date': date('2024'),
    })
    expect(readOrcid(worksOf(groupOf(summary(), fromPubMed), groupOf(summary({ title: null }))))).toMatchObject({
      works: [{ ids: { pmid: '99900001', doi: '10.5555/invented.1', other: [] } }, { title: '' }],
    })
  })
})

describe('a work on ORCID', () => {
  test('has the ids that are its own, and of others only what it is a version of', () => {
    const ids = [
      externalId('doi', '10.5555/one'),
      externalId('doi', '10.5555/two'),
      externalId('doi', 'none'),
      externalId('pmid', 'https://pubmed.ncbi.nlm.nih.gov/99900001/'),
      externalId('pmid', 'PMID: 99900002'),
      externalId('pmc', 'PMC9990001'),
      externalId('arxiv', 'arXiv:2401.99999'),
      externalId('eid', '2-s2.0-99900001'),
      externalId('wosuid', 'WOS:000999000000001'),
      externalId('isbn', '9780000000000'),
      externalId('issn', '9999-0001'),
      externalId('source-work-id', '1'),
      externalId('doi', '10.5555/book', 'part-of'),
      externalId('doi', '10.5555/funder', 'funded-by'),
      externalId('doi', '10.5555/unknown', null),
      externalId('doi', '10.5555/preprint', 'version-of'),
      externalId('pmid', '99900003', 'VERSION_OF'),
    ]
    expect(workIn({ 'external-ids': { 'external-id': ids } })).toMatchObject({
      ids: {
        pmid: '99900001',
        doi: '10.5555/one',
        other: [
          'arxiv:2401.99999',
          'doi:10.5555/two',
          'eid:2-S2.0-99900001',
          'pmc:PMC9990001',
          'pmid:99900002',
          'wosuid:000999000000001',
        ],
      },
      sameWorkAs: ['doi:10.5555/preprint', 'pmid:99900003'],
    })
  })

  test('may lack everything but its put-code', () => {
    expect(readOrcid(worksOf(groupOf({ 'put-code': 1 })))).toEqual({
      kind: 'works',
      works: [{ ...work, ids: { pmid: null, doi: null, other: [] }, title: '', on: null, kind: 'other' }],
    })
    expect(
      workIn({
        'external-ids': { 'external-id': [externalId('doi', '')].map((id) => ({ ...id, 'external-id-value': null })) },
      }),
    ).toMatchObject({ ids: { doi: null } })
  })

  test.each([
    [date('2024'), '2024'],
    [date('2024', '11'), '2024-11'],
    [date('1930', '02', '29'), '1930-02'],
    [{ year: null, month: null, day: null }, null],
    [null, null],
  ])('is dated as far as is known: %j', (given, on) => {
    expect(workIn({ 'publication-date': given })).toMatchObject({ on })
  })

  test.each([
    ['journal-article', 'article'],
    ['JOURNAL_ARTICLE', 'article'],
    ['conference-paper', 'article'],
    ['review', 'article'],
    ['preprint', 'preprint'],
    ['standards-and-policy', 'guideline'],
    ['data-set', 'other'],
    ['constructor', 'other'],
    [null, 'other'],
  ])('of type %j is %s', (type, kind) => {
    expect(workIn({ type })).toMatchObject({ kind })
  })

  test('given in full names its authors, each once, and not the editor of the book', () => {
    const contributor = (name: string | null, path: string | null, role: string | null = null) => ({
      'credit-name': name === null ? null : { value: name },
      'contributor-orcid': path === null ? null : { uri: `https://orcid.org/${path}`, path, host: 'orcid.org' },
      'contributor-attributes': { 'contributor-sequence': null, 'contributor-role': role },
    })
    const contributors = {
      contributor: [
        contributor('Ada Beispiel', '0000-0002-1825-0097', 'author'),
        contributor('A. Beispiel', '0000-0002-1825-0097', 'http://credit.niso.org/contributor-roles/software/'),
        contributor('Carl Muster', null),
        contributor('Muster, Carl', null, 'author'),
        contributor(null, '0009-9999-0000-0019'),
        contributor('Eve Invented', '0009-9999-0000-0018', 'author'),
        contributor('Otto Herausgeber', null, 'EDITOR'),
        contributor(null, null),
        { 'credit-name': { value: 'Plain Name' } },
      ],
    }
    expect(workIn({ contributors })).toMatchObject({
      authors: [
        { name: 'Ada Beispiel', orcid: '0000-0002-1825-0097' },
        { name: 'Carl Muster', orcid: null },
        { name: '', orcid: '0009-9999-0000-0019' },
        { name: 'Eve Invented', orcid: null },
        { name: 'Plain Name', orcid: null },
      ],
      authorCount: 5,
    })
  })

  test.each([null, { contributor: null }, { contributor: [] }])('may say %j of its contributors', (contributors) => {
    expect(workIn({ contributors })).toMatchObject({ authors: [], authorCount: 0 })
  })
})

describe('what is no ORCID record', () => {
  test.each([undefined, null, 'text', 7, [], {}, { person: {} }])(
    'is unreadable, and what was expected is said: %j',
    (json) => {
      expect(readOrcid(json)).toEqual({
        kind: 'unreadable',
        path: '',
        message: expect.stringContaining('Expected an ORCID record'),
      })
    },
  )

  test('is unreadable at the place of its first fault', () => {
    const faulty = worksOf(groupOf(summary()), groupOf(summary({ 'put-code': 'one' })))
    expect(readOrcid({ 'activities-summary': { works: faulty } })).toEqual({
      kind: 'unreadable',
      path: 'activities-summary.works.group.1.work-summary.0.put-code',
      message: expect.stringContaining('expected number'),
    })
  })

  test('is told apart without failing, whatever it is', () => {
    const forms = fc.constantFrom('activities-summary', 'group', 'bulk', 'works', 'work-summary')
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(forms, fc.jsonValue())), (json) => {
        expect(['works', 'unreadable']).toContain(readOrcid(json).kind)
      }),
      runs(200),
    )
  })
})
