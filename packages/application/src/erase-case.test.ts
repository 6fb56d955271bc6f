import { type ClinicianId, must, parseGlassId, parseRequestId, parseSubject, type RequestId } from '@concord/domain/ids'
import { storedErasure } from '@concord/store/case-erasure'
import { scopedTables } from '@concord/store/scoped-tables'
import type { TableAccess } from '@concord/store/table-access'
import { aDraft, anOpinion } from '@concord/testkit/drafts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, done, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { gatedTables } from '../../../test/isolation/defences.ts'
import { type Erasure, eraseCase } from './erase-case.ts'
import { compartmentTags } from './grants.ts'
import { eraserScope, placeFor, type RequestPlace } from './scope.ts'

let tables: ReturnType<typeof memoryTables>
let world: World
let clinician: ClinicianId
beforeEach(async () => {
  tables = memoryTables()
  world = await aWorld({ tables })
  clinician = await world.aListed(1)
})

const operator = must(parseSubject, 'an-operator')
const erasing = (id: RequestId, over: Partial<Erasure> = {}, through: TableAccess = tables) => {
  const erasureFor = (place: RequestPlace) => storedErasure(scopedTables(through, eraserScope(place)))
  return eraseCase({ ...world.deps, erasureFor })({
    ...{ network: world.networks.one, id, because: 'asked-for', by: operator, isMeant: true },
    ...over,
  })
}
const read = async (who: Parameters<World['as']>[0], id: RequestId) => {
  const outcome = await world.cases.readCase({ id }, world.as(who))
  if (outcome.kind !== 'case') throw new Error(`Not read: ${outcome.kind}`)
  return outcome.view
}
const itemsOf = (id: RequestId) => tables.all().filter(({ item }) => item.pk.includes(id) || item.sk.includes(id))
const sealedOf = (id: RequestId) => itemsOf(id).filter(({ table }) => table === 'sealed')
const keysOf = (id: RequestId) => itemsOf(id).filter(({ table }) => table === 'keys')
const entriesOf = (id: RequestId) =>
  itemsOf(id).filter(({ table, item }) => table === 'audit' && String(item['did']).startsWith('case.erased'))
const textsOf = ({ brief, identity, narrative, opinion }: Awaited<ReturnType<typeof read>>) => [
  brief,
  identity,
  narrative,
  opinion,
]

describe('erasing a case', () => {
  test('takes every text, every key and what finds its child, and says how much that was', async () => {
    const id = await world.aRequestAt('reported', { clinician })
    expect(await erasing(id)).toMatchObject({
      kind: 'erased',
      found: { status: 'reported', keys: 2, texts: 4, isFindable: true, erasedAt: null },
    })
    expect(sealedOf(id)).toEqual([])
    expect(keysOf(id).map(({ item }) => [item['kind'], item['wrapped']])).toEqual(
      compartmentTags.map(() => ['erased', undefined]),
    )
    const left = tables.all().filter(({ item }) => /\/child(\/|$)/.test(item.pk))
    // That it was sent, and when, stays: a guardian still sees who had read it.
    expect(left.map(({ item }) => Object.keys(item).toSorted())).toEqual([['at', 'kind', 'pk', 'sk']])
    expect(left.map(({ item }) => item['kind'])).toEqual(['sent'])
  })

  test('is final a day later, when the keys can no longer be recovered', async () => {
    const id = await world.aRequestAt('submitted')
    expect(await erasing(id)).toMatchObject({ finalAt: '2026-06-16T09:00:00.000Z' })
  })

  test('leaves where it stood, what happened when, and the others as they were', async () => {
    const [id, other] = [
      await world.aRequestAt('reported', { clinician }),
      await world.aRequestAt('reported', { clinician }),
    ]
    const before = { own: await read('requester', id), other: await read('requester', other) }
    await erasing(id)
    const after = await read('requester', id)
    expect({ ...after, erasedAt: null }).toEqual({
      ...before.own,
      brief: null,
      identity: null,
      narrative: null,
      opinion: null,
    })
    expect(await read('requester', other)).toEqual(before.other)
  })

  test.each(['requester', 'coordinator', 'clinician'] as const)('is told to a %s who reads it', async (who) => {
    const id = await world.aRequestAt('in-review', { clinician })
    await erasing(id)
    const view = await read(who === 'clinician' ? clinician : who, id)
    expect(view.erasedAt).toBe('2026-06-15T09:00:00.000Z')
    expect(textsOf(view)).toEqual([null, null, null, null])
  })

  test('leads from no other request to this one any more', async () => {
    const [id, other] = [await world.aRequestAt('submitted'), await world.aRequestAt('submitted')]
    expect((await read('coordinator', other)).sameChild).toEqual([id])
    await erasing(id)
    expect((await read('coordinator', other)).sameChild).toEqual([])
  })

  test('is on record once, with who did it and why', async () => {
    const id = await world.aRequestAt('submitted')
    await erasing(id, { because: 'kept-long-enough' })
    await erasing(id, { because: 'kept-long-enough' })
    expect(entriesOf(id).map(({ item }) => item)).toMatchObject([
      { who: 'an-operator', role: 'operator', did: 'case.erased kept-long-enough', about: `network-one/XA1/${id}` },
    ])
  })

  test('takes every version of a draft that was saved often', async () => {
    const id = await world.aRequestAt('draft')
    for (let n = 0; n < 40; n += 1)
      await world.cases.draft({ ...aDraft(), asked: world.asked(), revises: id }, world.as('requester'))
    expect(await erasing(id)).toMatchObject({ found: { texts: 123 } })
    expect(sealedOf(id)).toEqual([])
  })
})

describe('what is sealed beside the texts of a case', () => {
  const note = () => ({ id, note: { text: 'safeguarding' }, readers: [], asked: world.asked() })
  const breakIt = () =>
    world.cases.breakGlass({ id, reason: 'An emergency.', asked: world.asked() }, world.as('clinicalLead'))
  const review = (glass: string) =>
    world.cases.reviewGlass(
      { id, glass: must(parseGlassId, glass), finding: 'justified', note: 'It had to be.', asked: world.asked() },
      world.as('guardian'),
    )
  let id: RequestId
  beforeEach(async () => {
    id = await world.aRequestAt('reported', { clinician })
    done(await world.cases.step(id, { type: 'restrict', ...note() }, world.asked(), world.as('requester')))
  })

  test('is erased with them: what was restricted, why the glass was broken and what the guardian wrote', async () => {
    const { id: glass } = done(await breakIt())
    world.passMinutes(61)
    done(await review(glass))
    expect(await erasing(id)).toMatchObject({ kind: 'erased', found: { keys: 4, texts: 7, reviewsDue: 0 } })
    expect(sealedOf(id)).toEqual([])
    expect(await world.cases.readRestrictedNote({ id }, world.as('requester'))).toMatchObject({ kind: 'erased' })
    expect(await world.cases.readGlasses({ id }, world.as('guardian'))).toMatchObject({
      kind: 'glasses',
      glasses: [{ reason: null, review: { finding: 'justified', note: null } }],
    })
  })

  test('is erased only once a guardian has looked at why the glass was broken', async () => {
    const { id: glass } = done(await breakIt())
    for (const isMeant of [false, true])
      expect(await erasing(id, { isMeant })).toEqual({ kind: 'review-waits', reviews: 1 })
    world.passMinutes(61)
    done(await review(glass))
    expect(await erasing(id)).toMatchObject({ kind: 'erased' })
  })

  test('is not begun anew: no glass is broken, and nothing restricted is kept', async () => {
    await erasing(id)
    expect(await breakIt()).toMatchObject({ kind: 'erased' })
    expect(
      await world.cases.step(id, { type: 'restrict', ...note() }, world.asked(), world.as('requester')),
    ).toMatchObject({ kind: 'erased' })
  })
})

describe('erasing that is not meant', () => {
  test('says what it would take and takes nothing', async () => {
    const id = await world.aRequestAt('reported', { clinician })
    const before = tables.all()
    expect(await erasing(id, { isMeant: false })).toMatchObject({ kind: 'would-erase', found: { keys: 2, texts: 4 } })
    expect(tables.all()).toEqual(before)
  })
})

describe('a case that', () => {
  test('is not there is refused', async () => {
    const unknown = must(parseRequestId, 'req_XA1_00000000-0000-7000-8000-000000000001')
    const elsewhere = await world.aRequestAt('draft')
    const before = tables.all()
    expect(await erasing(unknown)).toEqual({ kind: 'not-found', what: 'request' })
    expect(await erasing(elsewhere, { network: world.networks.two })).toEqual({ kind: 'not-found', what: 'request' })
    expect(tables.all()).toEqual(before)
  })

  test('was erased before is told so, and nothing changes', async () => {
    const id = await world.aRequestAt('reported', { clinician })
    await erasing(id)
    const before = itemsOf(id)
    world.passMinutes(90)
    expect(await erasing(id)).toEqual({ kind: 'erased-before', at: '2026-06-15T09:00:00.000Z', cleared: 0 })
    expect(itemsOf(id)).toEqual(before)
  })

  test('was erased when the machine stopped half way is cleared by the next try, without a second entry', async () => {
    const id = await world.aRequestAt('reported', { clinician })
    const failing: TableAccess = {
      ...tables,
      write: async (writes) => {
        if (writes.some(({ table }) => table === 'sealed')) throw new Error('The machine stops')
        return tables.write(writes)
      },
    }
    await expect(erasing(id, {}, failing)).rejects.toThrow('The machine stops')
    expect(textsOf(await read('requester', id))).toEqual([null, null, null, null])
    expect(await erasing(id)).toMatchObject({ kind: 'erased-before', cleared: 4 })
    expect([sealedOf(id).length, entriesOf(id).length]).toEqual([0, 1])
  })

  test('somebody writes into meanwhile is erased with that, or not at all', async () => {
    const id = await world.aRequestAt('draft')
    const path = `brief/network-one/XA1/${id}`
    let isFirst = true
    const meeting: TableAccess = {
      ...tables,
      write: async (writes) => {
        const item = await tables.get('keys', { pk: path, sk: 'key' })
        // Wrapped anew between the look and the writing.
        if (isFirst && item) {
          isFirst = false
          await tables.write([{ kind: 'put', table: 'keys', item: { ...item, version: 2 }, when: { kind: 'none' } }])
        }
        return tables.write(writes)
      },
    }
    expect(await erasing(id, {}, meeting)).toMatchObject({ kind: 'erased' })
    expect(keysOf(id).map(({ item }) => item['kind'])).toEqual(compartmentTags.map(() => 'erased'))
    expect(entriesOf(id)).toHaveLength(1)
  })
})

describe('into an erased case', () => {
  test('nobody writes a text again: no draft is changed and no opinion issued', async () => {
    const [draft, inReview] = [await world.aRequestAt('draft'), await world.aRequestAt('in-review', { clinician })]
    for (const id of [draft, inReview]) await erasing(id)
    const revised = await world.cases.draft(
      { ...aDraft(), asked: world.asked(), revises: draft },
      world.as('requester'),
    )
    const reported = await world.step(clinician, inReview, { type: 'report', opinion: anOpinion() })
    expect([revised, reported]).toMatchObject([{ kind: 'erased' }, { kind: 'erased' }])
    expect([...sealedOf(draft), ...sealedOf(inReview)]).toEqual([])
  })

  test('no key can be put where one was', async () => {
    const id = await world.aRequestAt('draft')
    await erasing(id)
    for (const { item } of keysOf(id)) {
      const key = { pk: item.pk, sk: item.sk, kind: 'key', version: 1, wrapped: new Uint8Array(4) }
      const written = await tables.write([{ kind: 'put', table: 'keys', item: key, when: { kind: 'absent' } }])
      expect(written.kind).toBe('refused')
    }
  })

  test('the request can still be withdrawn', async () => {
    const id = await world.aRequestAt('offered', { clinician })
    await erasing(id)
    await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
    expect(await read('requester', id)).toMatchObject({ status: 'withdrawn', brief: null })
  })
})

describe('whoever erases one case', () => {
  test('needs no more than the role made for it', async () => {
    const id = await world.aRequestAt('reported', { clinician })
    const scope = eraserScope(placeFor(world.networks.one, id))
    expect(await erasing(id, {}, gatedTables(tables, scope))).toMatchObject({ kind: 'erased' })
  })

  test('reaches no other case by that role', async () => {
    const [id, other] = [await world.aRequestAt('draft'), await world.aRequestAt('draft')]
    const scope = eraserScope(placeFor(world.networks.one, other))
    await expect(erasing(id, {}, gatedTables(tables, scope))).rejects.toThrow('GetItem of')
  })
})
