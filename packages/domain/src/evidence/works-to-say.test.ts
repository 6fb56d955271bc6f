import { sha256 } from '@concord/platform/system'
import { aJointWork, day, gmc } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import type { JointWorkSaid } from '../independence/facts.ts'
import type { Work } from './work.ts'
import { withWords, wordOn, wordsOn, worksToSay } from './works-to-say.ts'

const on = day('2026-06-15')
const aWork = (id: string, authors: readonly string[], over: Partial<Work> = {}): Work => ({
  ids: { pmid: id, doi: null, other: [] },
  title: `Work ${id}`,
  on: '2025-03',
  kind: 'article',
  authors: authors.map((name) => ({ name, orcid: null })),
  authorCount: authors.length,
  isConsortium: false,
  sameWorkAs: [],
  ...over,
})
const asked = (works: readonly Work[], said: readonly JointWorkSaid[] = [], at = on) =>
  worksToSay({
    works,
    self: 'Ada Beispiel',
    team: [{ gmc: gmc(901), name: 'Dr Carla Muster' }],
    said,
    consortiumFrom: 30,
    on: at,
    digest: sha256,
  })
const ids = (works: readonly { readonly work: { readonly ids: readonly string[] } }[]) =>
  works.map(({ work }) => work.ids[0])
const joint = aWork('1', ['Beispiel, Ada', 'Muster, Carla'])

describe('a work is asked about', () => {
  test('where a treating consultant is, or by initials may be, another of its authors', () => {
    const works = [joint, aWork('2', ['Beispiel A', 'Muster C']), aWork('3', ['Beispiel, Ada', 'Muster, Doris'])]
    expect(asked(works).map(({ work, match }) => [work.ids[0], match])).toEqual([
      ['pmid:1', 'name'],
      ['pmid:2', 'initials'],
    ])
  })

  test('not where the one author of the consultant’s name is the clinician', () => {
    const namesakes = (works: readonly Work[]) =>
      worksToSay({
        works,
        self: 'Carla Muster',
        team: [{ gmc: gmc(901), name: 'Dr Carla Muster' }],
        said: [],
        consortiumFrom: 30,
        on,
        digest: sha256,
      })
    expect(ids(namesakes([joint]))).toEqual([])
    expect(ids(namesakes([aWork('4', ['Muster, Carla', 'Muster C'])]))).toEqual(['pmid:4'])
  })

  test('not of a consortium', () => {
    expect(
      asked([
        { ...joint, authorCount: 31 },
        { ...joint, isConsortium: true },
      ]),
    ).toEqual([])
    expect(ids(asked([{ ...joint, authorCount: 30 }]))).toEqual(['pmid:1'])
  })
})

describe('a word on a work', () => {
  const [first] = asked([joint])
  if (!first) throw new Error('The joint work is asked about')

  test('that confirms it is not asked for again', () => {
    expect(asked([joint], [wordOn(first, 'both', on)], day('2036-06-15'))).toEqual([])
  })

  test.each(['not-mine', 'not-theirs'] as const)('of %s holds for a year, its last day among it', (said) => {
    const word = wordOn(first, said, on)
    expect(word.until).toBe('2027-06-15')
    expect(asked([joint], [word], day('2027-06-15'))).toEqual([])
    expect(ids(asked([joint], [word], day('2027-06-16')))).toEqual(['pmid:1'])
  })

  test('of one consultant says nothing of another', () => {
    expect(ids(asked([joint], [{ ...wordOn(first, 'not-theirs', on), with: gmc(902) }]))).toEqual(['pmid:1'])
  })

  test.each([
    ['another date', { on: '2025-04' }],
    ['another count of authors', { authorCount: 3 }],
    ['another id', { ids: { pmid: '1', doi: '10.5555/1', other: [] } }],
    ['the consultant’s name in full', { authors: [joint.authors[0], { name: 'Muster C', orcid: null }] }],
  ])('is asked for again where the evidence is now of %s', (_, over) => {
    expect(ids(asked([{ ...joint, ...over } as Work], [wordOn(first, 'not-mine', on)]))).toEqual(['pmid:1'])
  })
})

describe('the words of a declaration', () => {
  const works = asked([joint, aWork('5', ['Beispiel A', 'Muster C'])])
  const answers = works.map(({ with: consultant, evidence }) => ({ with: consultant, evidence, said: 'both' as const }))

  test('are kept where each work has its own, the later where one has two', () => {
    const changed = [...answers, ...answers.slice(0, 1).map((one) => ({ ...one, said: 'not-mine' as const }))]
    const words = wordsOn(works, changed, on)
    expect(words.kind === 'said' && words.said.map(({ said }) => said)).toEqual(['not-mine', 'both'])
  })

  test('are refused where a work has none, which is named', () => {
    expect(wordsOn(works, answers.slice(1), on)).toEqual({
      kind: 'works-to-say',
      missing: works.slice(0, 1),
      notAsked: 0,
    })
  })

  test('are refused where they speak of what was not asked', () => {
    expect(wordsOn(works.slice(1), answers, on)).toEqual({ kind: 'works-to-say', missing: [], notAsked: 1 })
  })

  test('take the place of what was said of the same work and consultant before, and of nothing else', () => {
    const [old, other] = [aJointWork(), aJointWork({ with: gmc(902) })]
    const now = aJointWork({ evidence: 'fedcba9876543210', said: 'not-mine' })
    expect(withWords([old, other], [now])).toEqual([other, now])
  })
})
