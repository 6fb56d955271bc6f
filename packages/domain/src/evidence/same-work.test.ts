import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distinctWorks } from './same-work.ts'
import { type Work, workIds } from './work.ts'

type Over = Partial<Omit<Work, 'ids' | 'authors'>> & Partial<Work['ids']> & { readonly by?: readonly string[] }

const aWork = ({ pmid = null, doi = null, other = [], by = ['Beispiel, Ada'], ...over }: Over): Work => ({
  ids: { pmid, doi, other },
  title: 'Ketogenic diet in an invented syndrome.',
  on: '2024-03-05',
  kind: 'article',
  authors: by.map((name) => ({ name, orcid: null })),
  authorCount: by.length,
  isConsortium: false,
  sameWorkAs: [],
  ...over,
})
const untitled = { title: '' }
const count = (...works: readonly Over[]) => distinctWorks(works.map(aWork)).length

describe('two records are one work', () => {
  test.each<{ readonly why: string; readonly works: readonly Over[] }>([
    {
      why: 'of the same PMID',
      works: [
        { pmid: '1', ...untitled },
        { pmid: '1', title: 'Another' },
      ],
    },
    {
      why: 'of the same DOI',
      works: [
        { doi: '10.5555/a', pmid: '1', ...untitled },
        { doi: '10.5555/a', ...untitled },
      ],
    },
    {
      why: 'of which one has the other’s DOI as a second',
      works: [{ other: ['doi:10.5555/a'], ...untitled }, { doi: '10.5555/a' }],
    },
    {
      why: 'as preprint and article',
      works: [
        { pmid: '1', kind: 'preprint', on: '2021', title: 'Before', sameWorkAs: ['pmid:2'] },
        { pmid: '2', on: '2024', title: 'After' },
      ],
    },
    {
      why: 'as article and preprint',
      works: [
        { pmid: '1', kind: 'preprint', title: 'Before' },
        { pmid: '2', title: 'After', sameWorkAs: ['pmid:1'] },
      ],
    },
    {
      why: 'of one title a year apart, where only one has ids',
      works: [{ pmid: '1' }, { title: '<i>Ketogenic</i> Diet in an Invented Syndrome', on: '2023', by: [] }],
    },
    {
      why: 'of one title, as a preprint that nobody related to its article',
      works: [
        { doi: '10.5555/p', kind: 'preprint' },
        { doi: '10.5555/a', by: ['Muster C', 'Beispiel A'] },
      ],
    },
    { why: 'of one title, by its PMID here and its DOI there', works: [{ pmid: '1' }, { doi: '10.5555/a' }] },
  ])('$why', ({ works }) => {
    expect(count(...works)).toBe(1)
  })

  test('by what a third record knows', () => {
    expect(count({ pmid: '1', ...untitled }, { doi: '10.5555/a', ...untitled }, { pmid: '1', doi: '10.5555/a' })).toBe(
      1,
    )
  })
})

describe('two records are two works', () => {
  test.each<{ readonly why: string; readonly works: readonly Over[] }>([
    { why: 'of one title and different PMIDs', works: [{ pmid: '1' }, { pmid: '2' }] },
    { why: 'of one title and different DOIs', works: [{ doi: '10.5555/a' }, { doi: '10.5555/b' }] },
    { why: 'of one title two years apart', works: [{ on: '2022-12' }, { on: '2024-01' }] },
    { why: 'of one title, one undated', works: [{ on: null }, {}] },
    { why: 'of one title by others', works: [{}, { by: ['Muster, Carl'] }] },
    { why: 'of no title', works: [untitled, { ...untitled, on: '2024' }] },
    {
      why: 'that comment on a third which is not there',
      works: [
        { pmid: '1', sameWorkAs: ['pmid:9'], ...untitled },
        { pmid: '2', sameWorkAs: ['pmid:9'], ...untitled },
      ],
    },
  ])('$why', ({ works }) => {
    expect(count(...works)).toBe(2)
  })

  test('even where a third without ids could be either', () => {
    expect(count({ pmid: '1', title: 'Reply' }, { pmid: '2', title: 'Reply' }, { title: 'Reply' })).toBe(2)
  })

  test('even where one erratum corrects both, which then is dropped', () => {
    const erratum = { pmid: '9', kind: 'erratum', sameWorkAs: ['pmid:1', 'pmid:2'] } as const
    const both = [aWork({ pmid: '1', title: 'One' }), aWork({ pmid: '2', title: 'Two', sameWorkAs: ['pmid:9'] })]
    expect(distinctWorks([aWork(erratum), ...both]).map(({ ids }) => ids.pmid)).toEqual(['1', '2'])
    expect(count({ ...erratum, sameWorkAs: [] }, { pmid: '2', sameWorkAs: ['pmid:9'] })).toBe(1)
    expect(distinctWorks([aWork(erratum)])).toHaveLength(1)
  })
})

describe('what is kept of a work', () => {
  test('is what was published and who wrote it, under every id', () => {
    const preprint = aWork({
      pmid: '1',
      doi: '10.5555/p',
      kind: 'preprint',
      on: '2023',
      by: ['Beispiel, Ada', 'Muster, Carl'],
    })
    const onOrcid = aWork({
      doi: '10.5555/a',
      on: '2024-02',
      by: [],
      sameWorkAs: ['doi:10.5555/p', 'doi:10.5555/else'],
    })
    expect(distinctWorks([preprint, onOrcid])).toEqual([
      {
        ...preprint,
        ids: { pmid: '1', doi: '10.5555/a', other: ['doi:10.5555/p'] },
        on: '2024-02',
        kind: 'article',
        sameWorkAs: ['doi:10.5555/else'],
      },
    ])
  })

  test('has the date that only another record knows', () => {
    expect(
      distinctWorks([aWork({ pmid: '1', on: null }), aWork({ pmid: '1', on: '2024', kind: 'other' })])[0],
    ).toMatchObject({
      kind: 'article',
      on: '2024',
    })
    expect(distinctWorks([aWork({ pmid: '1', on: null })])[0]?.on).toBeNull()
  })

  test('comes with the latest first, then by id', () => {
    const works = [
      aWork({ pmid: '2', title: 'b', on: '2020' }),
      aWork({ pmid: '3', title: 'c', on: null }),
      aWork({ pmid: '1', title: 'a', on: '2020' }),
      aWork({ title: 'e', on: null }),
      aWork({ title: 'd', on: null }),
      aWork({ pmid: '4', title: 'f', on: '2024' }),
    ]
    expect(distinctWorks(works).map(({ title }) => title)).toEqual(['f', 'a', 'b', 'd', 'e', 'c'])
  })
})

describe('whatever the records', () => {
  const id = fc.constantFrom('pmid:1', 'pmid:2', 'pmid:3', 'doi:10.5555/a', 'doi:10.5555/b', 'doi:10.5555/c')
  const works = fc.array(
    fc
      .record({
        pmid: fc.constantFrom(null, null, '1', '2', '3', '4'),
        doi: fc.constantFrom(null, null, '10.5555/a', '10.5555/b', '10.5555/c'),
        other: fc.array(id, { maxLength: 1 }),
        title: fc.constantFrom('', 'Reply', 'reply.', 'A trial', 'Another trial'),
        on: fc.constantFrom(null, '2021', '2022-05', '2023-01-31', '2024', '2026'),
        kind: fc.constantFrom('article', 'preprint', 'erratum', 'other'),
        by: fc.subarray(['Beispiel, Ada', 'Beispiel A', 'Muster C', 'Invented, Eve']),
        isConsortium: fc.boolean(),
        sameWorkAs: fc.array(id, { maxLength: 2 }),
      })
      .map(aWork),
    { maxLength: 9 },
  )

  test('their order changes nothing', () => {
    fc.assert(
      fc.property(
        works.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(distinctWorks(shuffled)).toEqual(distinctWorks(list))
        },
      ),
      runs(500),
    )
  })

  test('once distinct they stay as they are, and no two share an id', () => {
    fc.assert(
      fc.property(works, (list) => {
        const distinct = distinctWorks(list)
        expect(distinctWorks(distinct)).toEqual(distinct)
        const ids = distinct.flatMap(workIds)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      runs(500),
    )
  })

  test('no id of a work that stands is lost', () => {
    fc.assert(
      fc.property(works, (list) => {
        const standing = list.filter(({ kind }) => kind !== 'erratum').flatMap(workIds)
        expect(distinctWorks(list).flatMap(workIds)).toEqual(expect.arrayContaining(standing))
      }),
      runs(200),
    )
  })
})
