import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { assessReply } from '@concord/contracts/exchange/reply'
import { describe, expect, test } from 'vitest'
import { answerAssessLine } from './assess-line.ts'
import { answerLines } from './lines.ts'

const worked = (name: string) =>
  readFileSync(new URL(`../../docs/schemas/worked/${name}.ndjson`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
const lines = worked('assess')
const replies = worked('assess.replies').map((line) => JSON.parse(line))
const written = (line: object) => JSON.stringify(line)
const complete = JSON.parse(lines[2] ?? '')
const [post] = complete.candidate.posts
const tie = { with: 'T1', kind: 'spouse', from: '2020-01-01', to: 'ongoing' }
const withCandidate = (over: object) => written({ ...complete, candidate: { ...complete.candidate, ...over } })
const withRequest = (over: object) => written({ ...complete, request: { ...complete.request, ...over } })

type Finding = { readonly rule: string; readonly severity: string; readonly stage: string; readonly appliesTo: string }
const told = (findings: readonly Finding[]) =>
  [
    ...new Set(findings.map(({ rule, severity, stage, appliesTo }) => [rule, severity, stage, appliesTo].join(' '))),
  ].toSorted()

describe('a line of assess', () => {
  test.each(lines.map((line, at) => ({ line, expected: replies[at], id: JSON.parse(line).id })))(
    'that is worked, $id, is answered as it says',
    ({ line, expected }) => {
      const reply = answerAssessLine(line)
      if ('error' in reply) {
        const { code, path } = reply.error
        expect({ id: reply.id, error: { code, path } }).toEqual(expected)
        return
      }
      expect({ ...reply, findings: told(reply.findings), toAsk: [] }).toEqual({
        ...expected,
        findings: told(expected.findings),
        toAsk: [],
      })
      expect(assessReply.parse(reply)).toEqual(reply)
    },
  )

  test('that is worked has a reply, and there are ten', () => {
    expect(lines).toHaveLength(10)
    expect(replies.map(({ id }) => id)).toEqual(lines.map((line) => JSON.parse(line).id))
  })

  test.each([
    ['is no JSON', '{"id": "cut short"', 'not-json', ''],
    ['is no object', '[]', 'malformed', ''],
    ['has no id', written({ ...complete, id: undefined }), 'malformed', 'id'],
    ['has no request', written({ ...complete, request: undefined }), 'malformed', 'request'],
    ['has no treating consultant', withRequest({ treating: [] }), 'malformed', 'request.treating'],
    ['names a stage there is not', withRequest({ stage: 'lunch' }), 'malformed', 'request.stage'],
    ['asks for a trust nobody knows', withRequest({ requestingOrg: 'XQ9' }), 'unknown-id', 'request.requestingOrg'],
    [
      'names a post at an organisation nobody knows',
      withCandidate({ posts: [{ ...post, org: 'XQ9' }] }),
      'unknown-id',
      'candidate.posts[0].org',
    ],
    [
      'names a consultant who is not there',
      withCandidate({ personalTies: [{ ...tie, with: 'T9' }] }),
      'unknown-id',
      'candidate.personalTies[0].with',
    ],
    [
      'ends before it starts',
      withCandidate({ posts: [post, { ...post, from: '2024-05-02', to: '2024-05-01' }] }),
      'dates-out-of-order',
      'candidate.posts[1]',
    ],
    [
      'ends in a year before it starts',
      withCandidate({ teams: [{ id: 'x', kind: 'team', from: '2024', to: '2023' }] }),
      'dates-out-of-order',
      'candidate.teams[0]',
    ],
    [
      'is of 30 February',
      withCandidate({ posts: [{ ...post, from: '2024-02-30' }] }),
      'malformed',
      'candidate.posts[0].from',
    ],
    ['is as of a day before any rule', written({ ...complete, asOf: '2024-03-31' }), 'malformed', 'asOf'],
    ['is as of no day', written({ ...complete, asOf: '15/06/2026' }), 'malformed', 'asOf'],
    [
      'tells of a relation nobody knows',
      withCandidate({ trainingTies: [{ ...tie, kind: 'fencing-partner' }] }),
      'unknown-relation',
      'candidate.trainingTies[0].kind',
    ],
    [
      'lists an organisation twice',
      written({ ...complete, organisations: [...complete.organisations, complete.organisations[0]] }),
      'duplicate-id',
      `organisations[${complete.organisations.length}].code`,
    ],
    ['names two people by one id', withCandidate({ person: 'T1' }), 'duplicate-id', 'request'],
  ])('that %s is told so, with the place', (_, line, code, path) => {
    expect(answerAssessLine(line)).toEqual({
      id: /"id":"works-where/.test(line) ? complete.id : null,
      error: { code, path, message: expect.stringMatching(/\.$/) },
    })
  })

  test('that cannot be read leaves the lines after it to be answered', async () => {
    const answers: string[] = []
    await answerLines(Readable.from([`${lines[0]}\nnot JSON\n`, `${lines[2]}`]), answerAssessLine, (text) => {
      answers.push(text)
    })
    expect(answers.map((text) => JSON.parse(text))).toMatchObject([
      { id: 'a-stranger-at-the-offer', verdict: 'clear' },
      { id: null, error: { code: 'not-json', message: expect.stringMatching(/^line 2: /) } },
      { id: 'works-where-the-child-is-seen', verdict: 'barred' },
    ])
  })
})
