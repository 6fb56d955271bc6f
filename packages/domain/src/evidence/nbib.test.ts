import { runs } from '@concord/testkit/runs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNbib } from './nbib.ts'

const trial = `PMID- 99900001
OWN - NLM
STAT- MEDLINE
DCOM- 20240401
IS  - 9999-0001 (Electronic)
VI  - 12
DP  - 2024 Mar 5
TI  - Ketogenic diet in infants with drug-resistant epilepsy: an invented multicentre
      randomised trial.
PG  - 101-110
LID - S9999-0001(24)00001-1 [pii]
LID - 10.5555/Invented.2024.001 [doi]
AB  - BACKGROUND: Nothing in this abstract is
      AU  - not an author.
FAU - Beispiel, Ada B
AU  - Beispiel AB
AUID- ORCID: http://orcid.org/0000-0002-1825-0097
AD  - Department of Nowhere, Example Hospital, Bristol, UK.
FAU - van der Muster, Ludwig
AU  - van der Muster L
AD  - Example Hospital, Bristol, UK.
FAU - O'Invented, Siobhán
AU  - O'Invented S
AUID- ORCID: 000999990000006X
LA  - eng
PT  - Journal Article
PT  - Multicenter Study
PT  - Randomized Controlled Trial
UOF - medRxiv. 2023 Jan 5:2023.01.04.99900002. doi: 10.5555/2023.01.04.99900002. PMID: 
      99900002
CIN - Invented J. 2024 May;1(1):1. doi: 10.5555/comment. PMID: 99900003
EDAT- 2024/03/06 00:00
XXX - a tag that nobody knows
PMC - PMC9990001
AID - S9999-0001(24)00001-1 [pii]
AID - 10.5555/Invented.2024.001 [doi]
SO  - Invented J. 2024 Mar 5;12:101-110.
`

const record = (...lines: readonly string[]) => ['PMID- 99900009', 'TI  - An invented title.', ...lines].join('\n')
const workIn = (text: string) => {
  const read = readNbib(text)
  return read.kind === 'works' ? read.works[0] : undefined
}
const kindOf = (...types: readonly string[]) => workIn(record(...types.map((type) => `PT  - ${type}`)))?.kind

describe('a PubMed export', () => {
  test('is read as the works in it', () => {
    expect(readNbib(trial)).toEqual({
      kind: 'works',
      works: [
        {
          ids: { pmid: '99900001', doi: '10.5555/invented.2024.001', other: ['pmc:PMC9990001'] },
          title: 'Ketogenic diet in infants with drug-resistant epilepsy: an invented multicentre randomised trial.',
          on: '2024-03-05',
          kind: 'article',
          authors: [
            { name: 'Beispiel, Ada B', orcid: '0000-0002-1825-0097' },
            { name: 'van der Muster, Ludwig', orcid: null },
            { name: "O'Invented, Siobhán", orcid: '0009-9999-0000-006X' },
          ],
          authorCount: 3,
          isConsortium: false,
          sameWorkAs: ['pmid:99900002', 'doi:10.5555/2023.01.04.99900002'],
        },
      ],
    })
  })

  test('is the same with a byte order mark, Windows or old line ends, and more blank lines', () => {
    const plain = readNbib(`${trial}\n${record()}\n`)
    expect(plain).toMatchObject({ kind: 'works', works: [{}, {}] })
    expect(readNbib(`\uFEFF\n\n${trial}\n \n\n${record()}`)).toEqual(plain)
    for (const end of ['\r\n', '\r']) expect(readNbib(`${trial}\n${record()}`.replaceAll('\n', end))).toEqual(plain)
  })

  test('put together by hand may lack the blank line before the next PMID', () => {
    expect(readNbib(`${record()}\n${record()}`)).toMatchObject({ works: [{}, {}] })
  })

  test('may name a work by its title alone, and a book by the title of the book', () => {
    expect(workIn('BTI - An invented book\nDP  - 2020')).toMatchObject({ title: 'An invented book', on: '2020' })
    expect(workIn('PMID- 1')).toMatchObject({ ids: { pmid: '1' }, title: '', on: null, kind: 'other', sameWorkAs: [] })
  })

  test('may have a value begin on the line after its tag', () => {
    expect(workIn('PMID- 1\nTI  -\n      A title\n      of three\n      lines')?.title).toBe('A title of three lines')
  })

  test('keeps a second DOI beside the first', () => {
    const work = workIn(
      record('LID - 10.5555/one [doi]', 'AID - 10.5555/ONE [doi]', 'AID - 10.5555/two [doi]', 'AID - x [doi]'),
    )
    expect(work?.ids).toEqual({ pmid: '99900009', doi: '10.5555/one', other: ['doi:10.5555/two'] })
  })
})

describe('the authors of a record', () => {
  test('are cited by AU alone in older ones', () => {
    const work = workIn(record('AU  - Beispiel AB', 'AU  - Muster C', 'AU  - et al.'))
    expect(work).toMatchObject({ authors: [{ name: 'Beispiel AB' }, { name: 'Muster C' }], authorCount: 2 })
  })

  test('may be in full for some and short for others', () => {
    const work = workIn(record('FAU - Beispiel, Ada', 'FAU - Muster, Carl', 'AU  - Muster C', 'AU  - Invented E'))
    expect(work?.authors.map(({ name }) => name)).toEqual(['Beispiel, Ada', 'Muster, Carl', 'Invented E'])
  })

  test('keep the first iD that is one', () => {
    const ids = ['AUID- ISNI: 0000 0001', 'AUID- ORCID: 0000-0002-1825-0098', 'AUID- ORCID: 0000-0002-1825-0097']
    const work = workIn(record('FAU - Beispiel, Ada', 'AU  - Beispiel A', ...ids, 'AUID- ORCID: 0009-9999-0000-0019'))
    expect(work?.authors).toEqual([{ name: 'Beispiel, Ada', orcid: '0000-0002-1825-0097' }])
  })

  test.each([
    'CN  - Invented Study Group',
    'FED - Muster, Carl',
    'ED  - Muster C',
    'FIR - Muster, Carl',
    'IR  - Muster C',
  ])('do not take the iD of %j', (other) => {
    const work = workIn(record('AU  - Beispiel A', other, 'AUID- ORCID: 0000-0002-1825-0097', 'AU  - Invented E'))
    expect(work?.authors).toEqual([
      { name: 'Beispiel A', orcid: null },
      { name: 'Invented E', orcid: null },
    ])
  })

  test('with a group among them are a consortium', () => {
    expect(workIn(record('CN  - Invented Study Group'))).toMatchObject({ isConsortium: true, authorCount: 0 })
  })
})

describe('the kind of a work', () => {
  test.each([
    [['Journal Article'], 'article'],
    [['Case Reports'], 'article'],
    [['Clinical Trial, Phase II'], 'article'],
    [['Multicenter Study'], 'article'],
    [['Journal Article', 'Preprint'], 'preprint'],
    [['Journal Article', 'Practice Guideline'], 'guideline'],
    [['Consensus Development Conference, NIH'], 'guideline'],
    [['Letter', 'Comment'], 'letter'],
    [['Published Erratum', 'Journal Article'], 'erratum'],
    [['Editorial'], 'other'],
    [[], 'other'],
  ])('of %j is %s', (types, kind) => {
    expect(kindOf(...types)).toBe(kind)
  })
})

describe('a relation to another record', () => {
  const citation = 'Invented J. 2025;1(1):1-9. doi: 10.5555/other. PMID: 99900010'

  test('makes a preprint the same work as its article', () => {
    expect(workIn(record('PT  - Preprint', `UIN - ${citation}`))?.sameWorkAs).toEqual([
      'pmid:99900010',
      'doi:10.5555/other',
    ])
  })

  test('joins an erratum and what it corrects', () => {
    expect(workIn(record(`EIN - ${citation}`))?.sameWorkAs).toEqual(['pmid:99900010', 'doi:10.5555/other'])
    expect(workIn(record('PT  - Published Erratum', `EFR - ${citation}`))?.sameWorkAs).toHaveLength(2)
  })

  test.each(['UOF', 'UIN', 'CON', 'CIN'])(
    'leaves what is only about it, or a later edition of it, another work (%s)',
    (tag) => {
      expect(workIn(record(`${tag} - ${citation}`))?.sameWorkAs).toEqual([])
    },
  )

  test('without an id says nothing', () => {
    expect(workIn(record('EIN - Invented J. 2025;1(1):1-9'))?.sameWorkAs).toEqual([])
  })
})

describe('what is no PubMed export', () => {
  test.each([
    ['', 1, /nothing in it/],
    [' \n\n', 1, /nothing in it/],
    ['<?xml version="1.0"?>', 1, /Expected a line such as/],
    ['PMID,Title,Authors\n1,A,B', 1, /Expected a line such as/],
    ['1: Beispiel AB. An invented title.', 1, /Save and the format/],
    ['TY  - JOUR\nTI  - A title', 1, /RIS/],
    ['\n      A title', 2, /Expected a line such as/],
    [`${record()}\n    FAU - Beispiel, Ada`, 3, /Expected a line such as/],
    [`${record()}\n\nAB  - Nothing else`, 4, /its PMID/],
    ['PMID- none\nTI  - A title', 1, /of digits alone/],
  ])('is unreadable, with the line and what to do: %j', (text, line, message) => {
    expect(readNbib(text)).toEqual({ kind: 'unreadable', line, message: expect.stringMatching(message) })
  })

  test('is unreadable over 5 MB, in whatever letters', () => {
    const message = expect.stringContaining('5 MB')
    expect(readNbib('x'.repeat(5_000_001))).toEqual({ kind: 'unreadable', line: 1, message })
    expect(readNbib('é'.repeat(2_500_001))).toEqual({ kind: 'unreadable', line: 1, message })
  })

  test('is unreadable over 5,000 works, and read up to there', () => {
    const most = 'PMID- 1\n\n'.repeat(5000)
    expect(readNbib(most).kind).toBe('works')
    expect(readNbib(`${most}PMID- 1`)).toMatchObject({ kind: 'unreadable', line: 10_001 })
  })

  test('is told apart without failing, whatever it is', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'PMID- 1',
        'FAU - A, B',
        'AU  - A B',
        'AUID- x',
        'CN  - x',
        'DP  - 2024-',
        '',
        '      more',
        'AID - [doi]',
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        expect(['works', 'unreadable']).toContain(readNbib(lines.join('\n')).kind)
      }),
      runs(300),
    )
  })
})
