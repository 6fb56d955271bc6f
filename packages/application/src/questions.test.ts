import { draftBody } from '@concord/contracts/bodies'
import { must, parseRequestId } from '@concord/domain/ids'
import type { RequestEvent } from '@concord/domain/request/events'
import { aDraft } from '@concord/testkit/drafts'
import { day, gmc } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, type World } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import type { Drafted } from './draft-request.ts'

const NOW = '2026-06-15T09:00:00Z'
const may = (question: string, routing: Partial<Drafted['routing']> = {}): Drafted => {
  const { texts, ...draft } = aDraft({ routing })
  return {
    ...draft,
    texts: { ...texts, brief: { ...texts.brief, question }, identity: { ...texts.identity, givenName: 'May' } },
  }
}
const save = (world: World, drafted: Drafted, confirmed: readonly string[] = [], revises: string | null = null) =>
  world.cases.draft(
    {
      ...drafted,
      confirmed,
      asked: world.asked(),
      revises: revises === null ? null : must(parseRequestId, revises),
    },
    world.as('requester'),
  )
const askedIn = (outcome: Awaited<ReturnType<typeof save>>) =>
  outcome.kind === 'to-confirm' ? outcome.questions.map(({ id }) => id) : []
const saved = (outcome: Awaited<ReturnType<typeof save>>) => (outcome.kind === 'done' ? outcome.done.id : '')

describe('what is only likely', () => {
  test('is asked, once for each place, and nothing is kept until it is answered', async () => {
    const world = await aWorld({ now: NOW })
    const refused = await save(world, may('The child may need surgery.', { decideBy: day('2020-01-01') }))
    expect(refused).toMatchObject({
      kind: 'to-confirm',
      questions: [
        { at: 'texts.brief.question', kind: 'name', about: 'may' },
        { at: 'routing.decideBy', kind: 'decision-past', about: '2020-01-01' },
      ],
    })
    const [first = ''] = askedIn(refused)
    // One answer is not both.
    expect(
      askedIn(await save(world, may('The child may need surgery.', { decideBy: day('2020-01-01') }), [first])),
    ).toHaveLength(1)
  })

  test('is taken with the answers, and a change of the draft does not ask it again', async () => {
    const world = await aWorld({ now: NOW })
    const drafted = may('The child may need surgery.')
    const id = saved(await save(world, drafted, askedIn(await save(world, drafted))))
    expect(id).not.toBe('')
    const background = { ...drafted.texts.brief, background: 'Another background.' }
    expect(await save(world, { ...drafted, texts: { ...drafted.texts, brief: background } }, [], id)).toMatchObject({
      kind: 'done',
    })
  })

  test('is asked again where the word stands otherwise, or a word more', async () => {
    const world = await aWorld({ now: NOW })
    const drafted = may('The child may need surgery.')
    const id = saved(await save(world, drafted, askedIn(await save(world, drafted))))
    for (const question of ['Does May need surgery?', 'The child may need surgery. May cries.'])
      expect((await save(world, may(question), [], id)).kind).toBe('to-confirm')
  })

  test('was answered by somebody, and the record says who, when and where, and not what', async () => {
    const tables = memoryTables()
    const world = await aWorld({ now: NOW, tables })
    const drafted = may('The child may need surgery.')
    await save(world, drafted, askedIn(await save(world, drafted)))
    const events = tables.all().flatMap(({ item }) => (item['kind'] === 'event' ? [item['event'] as RequestEvent] : []))
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'request.drafted',
        by: { subject: 'requester', role: 'requester' },
        answered: [{ at: 'texts.brief.question', kind: 'name' }],
      }),
    )
  })

  test.each(['routing.agreement.on', 'routing.familyInformedOn'])('is a day before the birth: %s', async (at) => {
    const world = await aWorld({ now: NOW })
    const on = day('2018-12-01')
    const routing =
      at === 'routing.agreement.on' ? { agreement: { basis: 'parent', on } as const } : { familyInformedOn: on }
    expect(await save(world, aDraft({ routing }))).toMatchObject({ questions: [{ at, kind: 'before-birth' }] })
  })
})

describe('what is certain', () => {
  // Report 05, its last line; and the team of a consultant is a text too.
  test('is refused wherever it is typed, every place at once', async () => {
    const { routing, texts } = aDraft()
    const world = await aWorld({ now: NOW })
    const named = `for ${texts.identity.givenName} ${texts.identity.familyName}`
    const brief = {
      question: `${texts.identity.givenName}?`,
      background: 'NHS no 999 020 0149',
      team: [{ gmc: gmc(901), name: `Dr Example, ${named}` }],
    }
    const refused = await save(world, { routing, texts: { ...texts, brief } })
    expect(refused).toMatchObject({ kind: 'brief-names-child' })
    expect(refused.kind === 'brief-names-child' && new Set(refused.found.map(({ at }) => at))).toEqual(
      new Set(['texts.brief.question', 'texts.brief.background', 'texts.brief.team.0.name']),
    )
  })
})

// Report 07: nothing would be found among a clinician's works of a consultant without a name.
test('a request whose brief does not name a treating consultant is not complete', async () => {
  const { texts } = aDraft()
  const world = await aWorld({ now: NOW })
  const draft = { texts: { ...texts, brief: { ...texts.brief, team: [] } } }
  const id = await world.aRequestAt('draft', { draft })
  expect(await world.step('esoLead', id, { type: 'submit' })).toEqual({
    kind: 'incomplete',
    missing: ['the name of each treating consultant'],
  })
})

test('a call without answers reads as one with none', () => {
  expect(draftBody.parse(aDraft()).confirmed).toEqual([])
})
