import { must, parseSubject } from '@concord/domain/ids'
import type { TableAccess, Written } from '@concord/store/table-access'
import { aDraft } from '@concord/testkit/drafts'
import { day } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, declarationFor, done, memberships, tagSeen } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

/** Tables on which a transaction may meet another: it is then refused, and nothing says what stood in its way. */
const meeting = (meets: () => boolean) => {
  const tables = memoryTables()
  const met = (writes: readonly unknown[]): Written => ({ kind: 'refused', by: writes.map(() => 'raced') })
  const write: TableAccess['write'] = async (writes) => {
    if (writes.length > 1 && meets()) return met(writes)
    const written = await tables.write(writes)
    return written.kind === 'written' ? written : met(writes)
  }
  return { ...tables, write }
}

describe('a step that meets another', () => {
  test('is tried again, and done once', async () => {
    let left = 0
    const world = await aWorld({ tables: meeting(() => left-- > 0) })
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    for (const [who, call] of [
      [clinician, { type: 'accept', declaration: declarationFor() }],
      ['requester', { type: 'engage', familyView: 'agrees' }],
    ] as const) {
      left = 5
      await world.mustStep(who, id, call)
    }
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({ view: { status: 'engaged' } })
    left = 5
    const listing = { id: clinician, step: { type: 'unlist' }, asked: world.asked() } as const
    expect(done(await world.cases.changeClinician(listing, world.as(clinician)))).toMatchObject({ id: clinician })
  })

  test('again and again fails as an outage does: nothing is said of a change, and nothing is done', async () => {
    let isBusy = false
    const world = await aWorld({ tables: meeting(() => isBusy) })
    const id = await world.aRequestAt('draft')
    isBusy = true
    await expect(world.step('esoLead', id, { type: 'submit' })).rejects.toThrow('too much is written to one place')
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({ view: { status: 'draft' } })
  })

  test('under the same key gives the same answer, though nothing says that it was the same', async () => {
    const world = await aWorld({ tables: meeting(() => false) })
    const asked = world.asked()
    const draft = () => world.cases.draft({ ...aDraft(), asked, revises: null }, world.as('requester'))
    const answers = await Promise.all([draft(), draft(), draft()])
    expect(new Set(answers.map((answer) => done(answer).id)).size).toBe(1)
  })

  test('and was made for a version that is gone is refused, not tried on the next one', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('submitted')
    const [broker, team] = [await tagSeen(world, id, 'coordinator'), await tagSeen(world, id, 'requester')]
    const takeUp = () => world.cases.step(id, { type: 'take-up' }, world.asked(broker), world.as('coordinator'))
    const withdraw = () =>
      world.cases.step(id, { type: 'withdraw', because: 'resolved' }, world.asked(team), world.as('requester'))
    const outcomes = await Promise.all([takeUp(), withdraw()])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['changed', 'done'])
  })
})

describe('a key that was used', () => {
  test('is answered as before, although the request has moved on and the version is another', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('submitted')
    const asked = world.asked(await tagSeen(world, id, 'coordinator'))
    const takeUp = () => world.cases.step(id, { type: 'take-up' }, asked, world.as('coordinator'))
    const first = done(await takeUp())
    await world.mustStep('coordinator', id, { type: 'complete-triage' })
    expect(await takeUp()).toEqual({ kind: 'done', done: first, repeated: true })
  })

  test('a moment ago is found, although it was missed when the request was read', async () => {
    const tables = memoryTables()
    let missed = 0
    const get: TableAccess['get'] = async (table, key) =>
      key.pk.endsWith('/once') && missed-- > 0 ? undefined : tables.get(table, key)
    const world = await aWorld({ tables: { ...tables, get } })
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    const asked = world.asked()
    const accept = () =>
      world.cases.step(id, { type: 'accept', declaration: declarationFor() }, asked, world.as(clinician))
    const unlisting = { id: clinician, step: { type: 'unlist' }, asked: world.asked() } as const
    const unlist = () => world.cases.changeClinician(unlisting, world.as(clinician))
    for (const ask of [accept, unlist]) {
      const first = done(await ask())
      missed = 1
      expect(await ask()).toEqual({ kind: 'done', done: first, repeated: true })
    }
  })

  test('for something else is refused, and nothing happens', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('submitted')
    const asked = (hash: string) => ({ once: { key: 'one-and-the-same', hash }, ifMatch: null })
    done(await world.cases.step(id, { type: 'take-up' }, asked('one'), world.as('coordinator')))
    expect(await world.cases.step(id, { type: 'complete-triage' }, asked('two'), world.as('coordinator'))).toEqual({
      kind: 'key-reused',
    })
    expect(await world.cases.readCase({ id }, world.as('coordinator'))).toMatchObject({ view: { status: 'triage' } })
  })

  test('by somebody else is nothing to its next user, in the same role or in another of the same person', async () => {
    const world = await aWorld()
    const esoLead = must(parseSubject, 'esoLead')
    const asRequester = memberships.requester
    await world.deps.people.grant(esoLead, { membership: asRequester, from: day('2026-01-01'), to: null })
    const both = { ...world.as('requester'), subject: esoLead }
    const drafts: string[] = []
    // Three times the same key, the last for something else: none of them is told of another's use.
    for (const [caller, hash] of [
      [world.as('requester'), 'one'],
      [both, 'one'],
      [world.as('esoLead'), 'two'],
    ] as const) {
      const asked = { once: { key: 'one-and-the-same', hash }, ifMatch: null }
      const outcome = await world.cases.draft({ ...aDraft(), asked, revises: null }, caller)
      expect(outcome).toMatchObject({ kind: 'done', repeated: false })
      drafts.push(done(outcome).id)
    }
    expect(new Set(drafts).size).toBe(3)
  })

  test('is not stored as it was sent: a name in it goes nowhere', async () => {
    const tables = memoryTables()
    const world = await aWorld({ tables })
    const asked = { once: { key: 'Zebedee-Quillfeather-2019-03-04', hash: 'a-hash' }, ifMatch: null }
    const draft = () => world.cases.draft({ ...aDraft(), asked, revises: null }, world.as('requester'))
    const first = done(await draft())
    expect(await draft()).toEqual({ kind: 'done', done: first, repeated: true })
    expect(JSON.stringify(tables.all()).includes('Zebedee')).toBe(false)
  })

  test.each(['accept', 'decline'] as const)(
    'to %s is answered as before once the case has left the inbox',
    async (type) => {
      const world = await aWorld()
      const clinician = await world.aListed(1)
      const id = await world.aRequestAt('offered', { clinician })
      const asked = world.asked()
      const call =
        type === 'accept' ? ({ type, declaration: declarationFor() } as const) : ({ type, because: 'other' } as const)
      const answer = () => world.cases.step(id, call, asked, world.as(clinician))
      const first = done(await answer())
      await world.settle()
      if (type === 'accept') await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
      expect(await world.cases.readOwn({}, world.as(clinician))).toMatchObject({ own: { cases: [] } })
      expect(await answer()).toEqual({ kind: 'done', done: first, repeated: true })
    },
  )

  test('by whoever has lost the role since is answered to nobody', async () => {
    const world = await aWorld()
    const id = await world.aRequestAt('submitted')
    const asked = world.asked()
    const caller = { ...world.as('coordinator'), standing: Promise.resolve(false) }
    done(await world.cases.step(id, { type: 'take-up' }, asked, world.as('coordinator')))
    expect(await world.cases.step(id, { type: 'take-up' }, asked, caller)).toEqual({ kind: 'not-standing' })
  })
})
