import { type ClinicianId, must, parseRequestId, parseTrustCode, type RequestId } from '@concord/domain/ids'
import { refOf } from '@concord/domain/request/request'
import { addMinutes } from '@concord/domain/time'
import { eventEnvelope } from '@concord/store/concord-store'
import { anApplication } from '@concord/testkit/clinicians'
import { aDraft } from '@concord/testkit/drafts'
import { aPost, gmc, org } from '@concord/testkit/facts'
import { localTables } from '@concord/testkit/local-tables'
import { aRequest, begun } from '@concord/testkit/requests'
import { aWorld, declarationFor, done, tagSeen, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { react } from './reactions/react.ts'
import type { DomainEvent } from './reactions/reactions.ts'
import { placeFor, reactorScope } from './scope.ts'

let world: World
beforeEach(async () => {
  world = await aWorld({ tables: localTables() })
})

const kinds = (outcomes: readonly { readonly kind: string }[]) =>
  Object.fromEntries([...Map.groupBy(outcomes, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]))
const stateOf = (id: RequestId, network = world.networks.one) =>
  world.deps.storeFor(reactorScope(network)).request(placeFor(network, id))
const entryOf = (id: ClinicianId) =>
  world.deps.storeFor(reactorScope(world.networks.one)).clinician(world.networks.one, id)
const typeOf = (event: unknown) => (event as DomainEvent).type

/** Somebody whom both networks can ask: far from the trusts of both. */
const elsewhere = (n: number, cap: number) => {
  const { facts } = anApplication()
  return world.aListed(n, {
    cap,
    facts: { ...facts, gmc: gmc(n), posts: [aPost({ org: org('XB1'), site: org('XB101') })] },
  })
}

/** So many requests, of the two networks in turn, all offered to one clinician. */
const offeredTo = async (clinician: ClinicianId, count: number) => {
  const entry = await entryOf(clinician)
  if (!entry) throw new Error('The clinician is on the register')
  const offer = { ...refOf(entry), name: entry.entry.name, offeredAt: begun, replyBy: addMinutes(begun, 24 * 60) }
  const all = Array.from({ length: count }, (_, n) => ({ n, far: n % 2 === 1 }))
  return Promise.all(
    all.map(async ({ n, far }) => {
      const [network, trust] = far ? [world.networks.two, 'XC1'] : [world.networks.one, 'XA1']
      const id = must(parseRequestId, `req_${trust}_00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)
      const { routing } = aDraft({ far })
      const state = {
        ...aRequest('offered'),
        id,
        network,
        trust: must(parseTrustCode, trust),
        routing,
        offers: [offer] as const,
      }
      await world.deps.storeFor(reactorScope(network)).commit({ request: { before: 0, state, events: [] } })
      const place = placeFor(network, id)
      await world.reactorDeps.reactor.putCase(offer, {
        ...place,
        seq: 1,
        stage: 'offered',
        acceptedBy: null,
        at: begun,
        replyBy: offer.replyBy,
      })
      return { id, network, far }
    }),
  )
}

/** How many places a clinician held after each change, by the clinician's own history. */
const placesHeld = (clinician: ClinicianId) => {
  let held = 0
  return world.history
    .filter(({ pk }) => pk.endsWith(clinician))
    .toSorted((a, b) => Number(a['seq']) - Number(b['seq']))
    .map(({ event }) => {
      held += { 'place.taken': 1, 'place.given-back': -1 }[typeOf(event) as string] ?? 0
      return held
    })
}

describe('a clinician’s places', () => {
  test('are never more than the cap, when fifty cases of two networks are accepted at once', async () => {
    const clinician = await elsewhere(1, 3)
    const cases = await offeredTo(clinician, 50)
    const accept = ({ id, far }: (typeof cases)[number]) =>
      world.step(clinician, id, { type: 'accept', declaration: declarationFor(far) })
    const outcomes = await Promise.all(cases.map(accept))
    expect(kinds(outcomes)).toEqual({ done: 3, full: 47 })
    const accepted = cases.filter((_, n) => outcomes[n]?.kind === 'done')
    expect(new Set((await entryOf(clinician))?.openCases)).toEqual(new Set(accepted.map(({ id }) => id)))
    for (const [n, { id, network }] of cases.entries())
      expect(await stateOf(id, network)).toMatchObject({
        status: outcomes[n]?.kind === 'done' ? 'accepted' : 'offered',
      })
    expect(Math.max(...placesHeld(clinician))).toBe(3)

    // One is withdrawn, and told twice and after the reactors heard of something later: one place is free again, not two.
    await world.settle()
    const [given, ...rest] = accepted
    if (!given) throw new Error('Three were accepted')
    const trust = given.far ? 'farRequester' : 'requester'
    await world.step(trust, given.id, { type: 'withdraw', because: 'resolved' })
    const [withdrawal] = world.stream.splice(0).map((item) => eventEnvelope.parse(item))
    if (!withdrawal) throw new Error('It was withdrawn')
    const tell = react(world.reactorDeps)
    await Promise.all([tell(withdrawal), tell(withdrawal)])
    const waiting = cases.filter((one) => !accepted.includes(one))
    const [next] = waiting
    if (!next) throw new Error('Others are waiting')
    done(await accept(next))
    expect(await tell(withdrawal)).toEqual([])
    expect(kinds(await Promise.all(waiting.slice(1, 6).map(accept)))).toEqual({ full: 5 })
    expect(new Set((await entryOf(clinician))?.openCases)).toEqual(new Set([...rest, next].map(({ id }) => id)))
    expect(Math.max(...placesHeld(clinician))).toBe(3)
    expect(world.history.filter(({ event }) => typeOf(event) === 'place.given-back')).toHaveLength(1)
  })
})

describe('a request', () => {
  test('accepted by two at once is the first one’s, and the other keeps their place', async () => {
    const [first, second] = [await world.aListed(1), await world.aListed(2)]
    const id = await world.aRequestAt('offered', { clinician: first })
    await world.mustStep('coordinator', id, { type: 'offer', clinician: second })
    const outcomes = await Promise.all(
      [first, second].map((who) => world.step(who, id, { type: 'accept', declaration: declarationFor() })),
    )
    // Whose the case is no longer is not told whose it is.
    expect(kinds(outcomes)).toEqual({ done: 1, 'not-found': 1 })
    const winner = outcomes[0]?.kind === 'done' ? first : second
    expect(await stateOf(id)).toMatchObject({ status: 'accepted', acceptance: { id: winner } })
    for (const one of [first, second])
      expect(await entryOf(one)).toMatchObject({ openCases: one === winner ? [id] : [] })
  })

  test('offered to four by two at once is offered to three', async () => {
    const clinicians = [await world.aListed(1), await world.aListed(2), await world.aListed(3), await world.aListed(4)]
    const id = await world.aRequestAt('shortlisted')
    const outcomes = await Promise.all(
      clinicians.map((clinician, n) =>
        world.step(n % 2 ? 'clinicalLead' : 'coordinator', id, { type: 'offer', clinician }),
      ),
    )
    expect(kinds(outcomes)).toEqual({ done: 3, 'not-offerable': 1 })
    const state = await stateOf(id)
    expect(state?.status === 'offered' && state.offers.length).toBe(3)
  })

  test('offered to one clinician by two at once is offered once', async () => {
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('shortlisted', { clinician })
    const outcomes = await Promise.all(
      (['coordinator', 'clinicalLead'] as const).map((who) => world.step(who, id, { type: 'offer', clinician })),
    )
    expect(kinds(outcomes)).toEqual({ done: 1, 'not-offerable': 1 })
    expect(await stateOf(id)).toMatchObject({ offers: [{ id: clinician }] })
  })

  test('accepted while it is withdrawn is one or the other, and no place is kept', async () => {
    const clinician = await world.aListed(1)
    const id = await world.aRequestAt('offered', { clinician })
    const [accepted, withdrawn] = await Promise.all([
      world.step(clinician, id, { type: 'accept', declaration: declarationFor() }),
      world.step('requester', id, { type: 'withdraw', because: 'resolved' }),
    ])
    // The withdrawal is possible before and after; the acceptance before it alone.
    expect(withdrawn.kind).toBe('done')
    expect(['done', 'not-possible', 'not-found']).toContain(accepted.kind)
    await world.settle()
    expect(await stateOf(id)).toMatchObject({ status: 'withdrawn' })
    expect(await entryOf(clinician)).toMatchObject({ openCases: [] })
  })

  test('changed by two at once who saw the same version is changed by one', async () => {
    const id = await world.aRequestAt('draft')
    const tag = await tagSeen(world, id, 'requester')
    const revise = (question: string) => {
      const { routing, texts } = aDraft()
      const brief = { ...texts.brief, question }
      return world.cases.draft(
        { routing, texts: { ...texts, brief }, revises: id, asked: world.asked(tag) },
        world.as('requester'),
      )
    }
    const outcomes = await Promise.all(['One?', 'Two?', 'Three?'].map(revise))
    expect(kinds(outcomes)).toEqual({ done: 1, changed: 2 })
    const winner = ['One?', 'Two?', 'Three?'][outcomes.findIndex(({ kind }) => kind === 'done')]
    expect(await world.cases.readCase({ id }, world.as('requester'))).toMatchObject({
      view: { brief: { question: winner } },
    })
  })
})

describe('one key sent ten times at once', () => {
  const tenTimes = async (ask: () => Promise<{ readonly kind: string }>) => {
    const answers = (await Promise.all(Array.from({ length: 10 }, ask))).map(done)
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    const [answer] = answers
    if (!answer) throw new Error('Ten were asked')
    return answer
  }
  const eventsOf = (type: string) => world.history.filter(({ event }) => typeOf(event) === type)

  test('begins one request', async () => {
    const asked = world.asked()
    await tenTimes(() => world.cases.draft({ ...aDraft(), asked, revises: null }, world.as('requester')))
    expect(eventsOf('request.drafted')).toHaveLength(1)
    const list = await world.cases.readWorklist({ cursor: null }, world.as('requester'))
    expect(list).toMatchObject({ page: { rows: [{ status: 'draft' }], next: null } })
  })

  test('makes one offer, takes one place and declines once', async () => {
    const [first, second] = [await world.aListed(1), await world.aListed(2)]
    const id = await world.aRequestAt('shortlisted', { clinician: first })
    const offering = world.asked()
    await tenTimes(() => world.cases.step(id, { type: 'offer', clinician: first }, offering, world.as('coordinator')))
    await world.mustStep('coordinator', id, { type: 'offer', clinician: second })
    const declining = world.asked()
    const decline = () => world.cases.step(id, { type: 'decline', because: 'other' }, declining, world.as(second))
    const declined = await tenTimes(decline)
    const accepting = world.asked()
    const declaration = declarationFor()
    await tenTimes(() => world.cases.step(id, { type: 'accept', declaration }, accepting, world.as(first)))
    expect(
      [eventsOf('offer.made'), eventsOf('offer.declined'), eventsOf('offer.accepted')].map((all) => all.length),
    ).toEqual([2, 1, 1])
    expect(await entryOf(first)).toMatchObject({ openCases: [id] })
    // The case has left the inbox since, and the answer is the same.
    await world.settle()
    expect(done(await decline())).toEqual(declined)
  })

  test('enters one clinician', async () => {
    const asked = world.asked()
    const entry = anApplication()
    await tenTimes(() =>
      world.cases.changeClinician({ id: null, step: { type: 'apply', entry }, asked }, world.as('coordinator')),
    )
    expect(eventsOf('clinician.applied')).toHaveLength(1)
  })

  test('for two different things does one of them', async () => {
    const id = await world.aRequestAt('triage')
    const asked = (hash: string) => ({ once: { key: 'the-same-key-twice', hash }, ifMatch: null })
    const outcomes = await Promise.all([
      world.cases.step(id, { type: 'complete-triage' }, asked('one'), world.as('coordinator')),
      world.cases.step(id, { type: 'close', outcome: 'other' }, asked('other'), world.as('coordinator')),
      world.cases.step(id, { type: 'complete-triage' }, asked('third'), world.as('coordinator')),
    ])
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1)
    expect(eventsOf('request.triaged')).toHaveLength(1)
  })
})

test('one GMC number entered by two networks at once is claimed by one', async () => {
  const apply = (who: 'coordinator' | 'otherCoordinator') =>
    world.cases.changeClinician(
      { id: null, step: { type: 'apply', entry: anApplication() }, asked: world.asked() },
      world.as(who),
    )
  const outcomes = await Promise.all([apply('coordinator'), apply('otherCoordinator')])
  expect(kinds(outcomes)).toEqual({ done: 1, 'number-claimed': 1 })
})
