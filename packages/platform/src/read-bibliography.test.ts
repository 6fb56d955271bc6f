import { aBibliography } from '@concord/testkit/bibliography'
import { describe, expect, test } from 'vitest'
import { readBibliography } from './read-bibliography.ts'

const nbib = (count: number, authors = 1) =>
  Array.from({ length: count }, (_, n) =>
    [
      `PMID- ${n + 1}`,
      `TI  - Invented work number ${n + 1}`,
      ...Array.from({ length: authors }, (_a, a) => `AU  - Invented${n}x${a} A`),
    ].join('\n'),
  ).join('\n\n')
const read = (text: string) => {
  const found = readBibliography(text)
  return found.kind === 'works' ? found.works.length : found.because
}

describe('a bibliography', () => {
  test('of PubMed is read, each work once', () => {
    expect(read(`${aBibliography}\n${aBibliography}`)).toBe(3)
  })

  test('of ORCID is read by its JSON', () => {
    const summary = { 'put-code': 1, title: { title: { value: 'An invented work' } } }
    expect(read(JSON.stringify({ group: [{ 'work-summary': [summary] }] }))).toBe(1)
  })

  test.each([
    ['{ "group": ', /^It begins like JSON/],
    ['{}', /^The whole: /],
    ['{ "group": 1 }', /^group: /],
    ['PMID- 1\nnonsense', /^Line 2: /],
    ['', /^Line 1: /],
    [JSON.stringify({ group: [] }), /^There is no work in it/],
    [nbib(1001), /^It holds 1001 works/],
    [nbib(900, 90), /^It holds 900 works/],
  ])('%.12s… is refused with its place and what to do', (text, because) => {
    expect(read(text)).toMatch(because)
  })

  test('of as many works as can be kept is read', () => {
    expect(read(nbib(1000))).toBe(1000)
  })

  test('keeps no authors of a work of hundreds', () => {
    const found = readBibliography(nbib(1, 101))
    expect(found.kind === 'works' && found.works.map(({ authors, authorCount }) => [authors, authorCount])).toEqual([
      [[], 101],
    ])
  })
})
