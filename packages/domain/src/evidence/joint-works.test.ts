import { describe, expect, test } from 'vitest'
import { jointWorks, type Person } from './joint-works.ts'
import type { Author, Work } from './work.ts'

const carberry = '0000-0002-1825-0097'
const another = '0009-9999-0000-0019'

const by = (...authors: readonly (string | Author)[]): Work => ({
  ids: { pmid: '99900001', doi: null, other: [] },
  title: 'An invented title',
  on: '2024',
  kind: 'article',
  authors: authors.map((author) => (typeof author === 'string' ? { name: author, orcid: null } : author)),
  authorCount: authors.length,
  isConsortium: false,
  sameWorkAs: [],
})
const ada: Person = { name: 'Dr Ada Beispiel', alsoKnownAs: [], orcid: carberry }
const matches = (works: readonly Work[], person: Person = ada) =>
  jointWorks({ works, consortiumFrom: 15 }, person).map(({ match }) => match)

describe('a joint work', () => {
  test('is the work itself, and by what the person is an author of it', () => {
    const joint = by('Muster, Carl', 'Beispiel, Ada B')
    expect(jointWorks({ works: [by('Muster, Carl'), joint], consortiumFrom: 15 }, ada)).toEqual([
      { work: joint, match: 'name' },
    ])
  })

  test('is proved by the iD, whatever the name, and however the iD is written', () => {
    const works = [by({ name: 'Muster, Ada', orcid: carberry }, 'Beispiel, Ada')]
    expect(matches(works)).toEqual(['orcid'])
    expect(matches(works, { ...ada, orcid: `https://orcid.org/${carberry}` })).toEqual(['orcid'])
  })

  test('is only possible by initials', () => {
    expect(matches([by('Muster C', 'Beispiel AB')])).toEqual(['initials'])
  })

  test('takes the surest of its authors', () => {
    expect(matches([by('Beispiel A', 'Beispiel, Ada')])).toEqual(['name'])
  })

  test('is found under a former name', () => {
    expect(matches([by('Muster, Ada')])).toEqual([])
    expect(matches([by('Muster, Ada')], { ...ada, alsoKnownAs: ['Ada Muster'] })).toEqual(['name'])
  })

  test('is none where the iDs differ, and may be where one of them is unknown', () => {
    const works = [by({ name: 'Beispiel, Ada', orcid: another })]
    expect(matches(works)).toEqual([])
    expect(matches(works, { ...ada, orcid: null })).toEqual(['name'])
    expect(matches(works, { ...ada, orcid: 'not one' })).toEqual(['name'])
  })

  test('of a namesake does not hide that of the person', () => {
    expect(matches([by({ name: 'Beispiel, Ada', orcid: another }, 'Beispiel A')])).toEqual(['initials'])
  })

  test('is not that of a consortium, nor of more than so many authors', () => {
    const authors = Array.from({ length: 14 }, (_, n) => `Invented ${'ABCDEFGHIJKLMN'[n] ?? ''}`)
    expect(matches([by('Beispiel, Ada', ...authors)])).toEqual(['name'])
    expect(matches([by('Beispiel, Ada', 'Muster C', ...authors)])).toEqual([])
    expect(matches([{ ...by('Beispiel, Ada'), isConsortium: true }])).toEqual([])
    expect(matches([{ ...by('Beispiel, Ada'), authorCount: 16 }])).toEqual([])
  })

  test('cannot be told where no authors are named', () => {
    expect(matches([by()])).toEqual([])
  })
})
