import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { mostCandidates, type RankReply, rankReply } from '@concord/contracts/exchange/rank-line'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerAssessLine } from './assess-line.ts'
import { answerLines } from './lines.ts'
import { answerRankLine } from './rank-line.ts'

const worked = (name: string) =>
  readFileSync(new URL(`../../docs/schemas/worked/${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
const lines = worked('rank')
const replies = worked('rank.replies').map((line) => JSON.parse(line))
const ordinary = JSON.parse(lines[0] ?? '')
const candidates: readonly { readonly person: string; readonly posts: readonly object[]; readonly offers: object }[] =
  ordinary.candidates
const [first] = candidates
const withLine = (over: object) => JSON.stringify({ ...ordinary, ...over })
const withFirst = (over: object) => withLine({ candidates: [{ ...first, ...over }, ...candidates.slice(1)] })

const withRequest = (over: object) => withLine({ request: { ...ordinary.request, ...over } })

const ranked = (line: string): RankReply => {
  const reply = answerRankLine(line)
  if ('error' in reply) throw new Error(JSON.stringify(reply.error))
  return reply
}
const everybody = ({ offered, runnersUp, excluded }: RankReply) => [...offered, ...runnersUp, ...excluded]

describe('a line of rank', () => {
  test.each(lines.map((line, at) => ({ line, expected: replies[at], id: JSON.parse(line).id })))(
    'that is worked, $id, is answered as it says',
    ({ line, expected }) => {
      const reply = answerRankLine(line)
      expect(reply).toMatchObject(expected)
      if (!('error' in reply)) expect(rankReply.parse(reply)).toEqual(reply)
    },
  )

  test.each([
    ['is no JSON', 'rank these', null, 'not-json', ''],
    ['has nobody to rank', withLine({ candidates: [] }), ordinary.id, 'empty-register', 'candidates'],
    ['is as of a day before any rule', withLine({ asOf: '2024-03-31' }), ordinary.id, 'malformed', 'asOf'],
    ['names no candidates', withLine({ candidates: undefined }), ordinary.id, 'malformed', 'candidates'],
    [
      'has a hundred thousand of them',
      withLine({ candidates: Array.from({ length: 100_000 }, (_, n) => ({ person: `C${n}` })) }),
      ordinary.id,
      'too-many',
      'candidates',
    ],
    [
      'has one more than it may',
      withLine({ candidates: Array.from({ length: mostCandidates + 1 }, () => null) }),
      ordinary.id,
      'too-many',
      'candidates',
    ],
    [
      'names two candidates by one id',
      withLine({ candidates: [...candidates, first] }),
      ordinary.id,
      'duplicate-id',
      `candidates[${candidates.length}].person`,
    ],
    ['names a candidate like a consultant', withFirst({ person: 'T1' }), ordinary.id, 'duplicate-id', 'request'],
    [
      'names an organisation nobody knows',
      withFirst({ posts: [...(first?.posts ?? []), { ...first?.posts[0], org: 'XQ9' }] }),
      ordinary.id,
      'unknown-id',
      'candidates[0].posts[1].org',
    ],
    [
      'names a person who is not there',
      withFirst({ personalTies: [{ with: 'T9', kind: 'spouse' }] }),
      ordinary.id,
      'unknown-id',
      'candidates[0].personalTies[0].with',
    ],
    [
      'ends before it starts',
      withFirst({ posts: [{ ...first?.posts[0], from: '2024-05-02', to: '2024-05-01' }] }),
      ordinary.id,
      'dates-out-of-order',
      'candidates[0].posts[0]',
    ],
    [
      'tells of a relation nobody knows',
      withFirst({ managementTies: [{ with: 'T1', kind: 'fences-with' }] }),
      ordinary.id,
      'unknown-relation',
      'candidates[0].managementTies[0].kind',
    ],
    [
      'tells of a tie of the family to one of them, and not to whom',
      withRequest({
        family: { ...ordinary.request.family, tiesToCandidate: [{ person: 'parent-1', kind: 'neighbour' }] },
      }),
      ordinary.id,
      'unknown-id',
      'request.family.tiesToCandidate[0].with',
    ],
    [
      'tells of a letter naming a candidate, and not whom',
      withRequest({ recordSearch: { lettersNaming: ['C1', { by: 'candidate' }], publicStatements: [] } }),
      ordinary.id,
      'unknown-id',
      'request.recordSearch.lettersNaming[1]',
    ],
    [
      'has a place off the earth',
      withFirst({ offers: { ...first?.offers, place: { latitude: 91, longitude: 0 } } }),
      ordinary.id,
      'malformed',
      'candidates[0].offers.place.latitude',
    ],
    [
      'wishes for a way there is not',
      withLine({ wishes: { ...ordinary.wishes, mode: 'by-pigeon' } }),
      ordinary.id,
      'malformed',
      'wishes.mode',
    ],
  ])('that %s is told so, with the place', (_, line, id, code, path) => {
    expect(answerRankLine(line)).toEqual({ id, error: { code, path, message: expect.stringMatching(/\.$/) } })
  })

  test('has everybody in exactly one place, and says the same bytes in whatever order they come', () => {
    const reply = ranked(lines[0] ?? '')
    expect(
      everybody(reply)
        .map(({ person }) => person)
        .toSorted(),
    ).toEqual(candidates.map(({ person }) => person).toSorted())
    fc.assert(
      fc.property(fc.shuffledSubarray([...candidates], { minLength: candidates.length }), (shuffled) => {
        expect(JSON.stringify(ranked(withLine({ candidates: shuffled })))).toBe(JSON.stringify(reply))
      }),
      { numRuns: 20 },
    )
  })

  test('gives scores that are the sums of their parts', () => {
    const { offered, runnersUp } = ranked(lines[0] ?? '')
    for (const { score, parts } of [...offered, ...runnersUp])
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(score)
  })

  test('finds of each candidate what assess finds of them alone, though the request is read once', () => {
    const [consultant] = ordinary.request.treating
    const named = (name: string | null) => ({
      ...ordinary.request,
      stage: 'acceptance',
      treating: [
        {
          ...consultant,
          personalTies: [{ withName: name ?? 'Dr Nobody Here', kind: 'spouse', from: '2020-01-01', to: 'ongoing' }],
          publications: [
            { id: 'p', kind: 'paper', on: '2026-01-01', authorCount: 2, authors: [{ name: 'Kim Probe' }] },
          ],
        },
      ],
    })
    for (const name of [null, 'Carys Probe', 'R. Probe']) {
      const request = named(name)
      const reply = ranked(withLine({ request }))
      for (const { person, verdict, findings } of everybody(reply)) {
        const candidate = candidates.find((one) => one.person === person)
        const { candidates: _, wishes: __, ...line } = ordinary
        expect(answerAssessLine(JSON.stringify({ ...line, request, candidate }))).toMatchObject({ verdict, findings })
      }
      const isBarred = everybody(reply).filter(({ findings }) =>
        findings.some(({ rule, severity }) => rule === 'C12' && severity === 'BAR'),
      )
      expect(isBarred.map(({ person }) => person)).toEqual(name === 'Carys Probe' ? ['C2'] : [])
    }
  })

  test('may name one of its candidates in what another says, and in the request', () => {
    const [consultant] = ordinary.request.treating
    const tied = { ...consultant, personalTies: [{ with: 'C2', kind: 'spouse', from: '2020-01-01', to: 'ongoing' }] }
    const reply = ranked(withLine({ request: { ...ordinary.request, treating: [tied] } }))
    expect(reply.excluded.find(({ person }) => person === 'C2')?.rules).toEqual(['C12'])
    expect(reply.offered.map(({ person }) => person)).toEqual(['C1'])
  })

  test('is not swayed by past agreement, which is no field of it', () => {
    const told = candidates.map((one) => ({
      ...one,
      agreedWithRequester: 9,
      offers: { ...one.offers, agreement: 'always', confirmedPlans: 9 },
    }))
    expect(ranked(withLine({ candidates: told }))).toEqual(ranked(lines[0] ?? ''))
  })

  test.each([
    ['the day a year ago and a day', ['2025-06-16'], 5],
    ['the day exactly a year ago', ['2025-06-15'], 6],
    ['today', ['2026-06-15'], 5],
    ['a day ahead', ['2026-06-16'], 6],
    ['a year that may lie in it', ['2025'], 5],
    ['a year before', ['2024'], 6],
    ['nobody knows when', null, 0],
  ])('counts an opinion given on %s', (_, opinionsGivenOn, points) => {
    const reply = ranked(withFirst({ offers: { ...first?.offers, opinionsGivenOn } }))
    expect(reply.offered.find(({ person }) => person === 'C1')?.parts['fair-load']).toBe(points)
  })

  test('of which nothing is wished or offered ranks all the same', () => {
    const bare = candidates.map(({ offers: _, ...one }) => one)
    const reply = ranked(withLine({ wishes: undefined, urgency: null, candidates: bare }))
    expect(reply.offered.map(({ person }) => person).toSorted()).toEqual(['C1', 'C2', 'C5'])
    expect(new Set(reply.offered.map(({ score }) => score))).toEqual(new Set([32]))
  })

  test('opens the route for who is left, once it is proved and signed', () => {
    const nobody = JSON.parse(lines[1] ?? '')
    const exhaustion = {
      result: 'none-other',
      searchedBy: 'broker',
      on: '2026-06-12',
      secondOpinionArranged: true,
      overseasArranged: false,
      ethicsNote: true,
      approvedBy: [
        { person: 'X1', name: 'Lee Muster', role: 'network-clinical-lead' },
        { person: 'X2', name: 'Jo Muster', role: 'requesting-medical-director' },
      ],
    }
    const reply = ranked(JSON.stringify({ ...nobody, request: { ...nobody.request, exhaustion } }))
    expect(reply.nobodyFits?.routes).toMatchObject([{ route: 'mdt' }, { route: 'least-conflicted', isOpen: true }])
  })

  test('that cannot be read leaves the lines after it to be answered', async () => {
    const answers: string[] = []
    await answerLines(Readable.from([lines.toReversed().join('\n')]), answerRankLine, (text) => void answers.push(text))
    expect(answers.map((text) => JSON.parse(text))).toMatchObject([
      { error: { code: 'unknown-id', message: expect.stringMatching(/^line 1: XQ9/) } },
      { id: 'nobody-fits' },
      { id: 'one-of-each' },
    ])
  })
})
