import type { ClinicianId, RequestId } from '@concord/domain/ids'
import type { CaseDeclaration } from '@concord/domain/independence/facts'
import type { Settlement } from '@concord/domain/request/declared'
import { gmc, noTies, openingAnswers } from '@concord/testkit/facts'
import { aWorld, declarationFor, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { placeFor, reactorScope } from './scope.ts'
import { tick } from './tick.ts'

let world: World
let clinician: ClinicianId
let id: RequestId
beforeEach(async () => {
  world = await aWorld()
  // On another network's register: what the brokering network decides by is with the request.
  clinician = await world.aListed(1, {}, world.networks.two)
  id = await world.aRequestAt('offered', { clinician })
  world.mail.length = 0
})

const answering = (C08: CaseDeclaration['consultants'][number]['C08'], more: Partial<CaseDeclaration> = {}) => ({
  ...declarationFor(),
  consultants: [noTies({ C08 })],
  ...more,
})
const accept = (declaration: ReturnType<typeof answering>) =>
  world.step(clinician, id, { type: 'accept', declaration }).then(settled)
const again = (declaration: ReturnType<typeof answering>) =>
  world.step(clinician, id, { type: 'answer-again', again: { stage: 'acceptance', declaration } }).then(settled)
const settleAs = (answer: Settlement['answer']) =>
  world
    .step('coordinator', id, {
      type: 'settle-declaration',
      clinician,
      settled: [{ rule: 'C08', about: gmc(901), answer, how: 'spoke-with-clinician' }],
    })
    .then(settled)
const decideTo = (decision: 'first-stands' | 'ask-again') =>
  world.step('coordinator', id, { type: 'decide-declaration', clinician, decision }).then(settled)
const offerAgain = async () => {
  world.passMinutes(1)
  await world.mustStep('coordinator', id, { type: 'shortlist' })
  await world.mustStep('coordinator', id, { type: 'offer', clinician })
}
const settled = async <T>(outcome: T): Promise<T> => {
  await world.settle()
  return outcome
}
const state = () => world.deps.storeFor(reactorScope(world.networks.one)).request(placeFor(world.networks.one, id))
const viewFor = async (who: Parameters<World['as']>[0]) => {
  const read = await world.cases.readCase({ id }, world.as(who))
  if (read.kind !== 'case') throw new Error(`Not shown: ${read.kind}`)
  return read.view
}
const subjects = () => world.mail.map(({ to, subject }) => [to, subject])
const sameTeam = { rule: 'C08', about: gmc(901), answer: 'yes' }

describe('“Yes, same team”', () => {
  test('is on record, declines the offer, and is told to the network with the question and the answer', async () => {
    expect(await accept(answering('yes'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'matching', exclusions: [{ clinician, because: 'conflict' }] })
    const { declarations, timeline } = await viewFor('coordinator')
    expect(declarations).toMatchObject([
      {
        id: clinician,
        stands: 'barred',
        signed: [{ version: 1, verdict: 'barred', rules: ['C08'], said: [sameTeam] }],
      },
    ])
    expect(timeline.slice(-2)).toMatchObject([
      { type: 'declaration.signed', clinician },
      { type: 'offer.declined', clinician },
    ])
    expect(subjects()).toEqual([['network-one@concord.example', 'An offer was not taken up']])
  })

  test('changed to “No” is a second signed answer beside the first, and accepts nothing', async () => {
    await accept(answering('yes'))
    expect(await accept(answering('no'))).toMatchObject({ kind: 'not-found' })
    expect(await again(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'matching', exclusions: [{ clinician, because: 'conflict' }] })
    expect((await viewFor('coordinator')).declarations).toMatchObject([
      { stands: 'to-decide', counts: 1, signed: [{ said: [sameTeam] }, { version: 2, said: [] }] },
    ])
    expect(subjects().at(-1)).toEqual(['network-one@concord.example', 'A clinician has changed an answer'])
  })

  test('is final where the network lets the first answers stand', async () => {
    await accept(answering('yes'))
    await again(answering('no'))
    expect(await decideTo('first-stands')).toMatchObject({ kind: 'done' })
    world.passMinutes(1)
    await world.mustStep('coordinator', id, { type: 'shortlist' })
    expect(await world.step('coordinator', id, { type: 'offer', clinician })).toEqual({
      kind: 'not-offerable',
      standing: 'left-out-before',
    })
    expect(await decideTo('ask-again')).toEqual({ kind: 'nothing-to-decide' })
  })

  test('is asked again only upon a decision, and by the answers that were decided on', async () => {
    await accept(answering('yes'))
    await again(answering('no'))
    await decideTo('ask-again')
    expect(subjects().at(-1)?.[1]).toBe('The network has decided about your answers')
    await offerAgain()
    // Any other answer than the one decided on is one more change of mind.
    expect(await accept(answering('no', { C13: 'unsure' }))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'offered', declarations: [{ stands: 'to-decide', counts: 2 }] })
    await decideTo('first-stands')
    expect(await accept(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({
      status: 'accepted',
      declarations: [{ signed: [{ said: [sameTeam] }, { said: [] }, { version: 3 }, { version: 4, said: [] }] }],
    })
  })

  test('stays on record when the request is withdrawn, with the clinician and in the history', async () => {
    await accept(answering('yes'))
    await world.mustStep('requester', id, { type: 'withdraw', because: 'resolved' })
    expect(await again(answering('no'))).toMatchObject({ kind: 'not-found' })
    const own = await world.cases.readOwnAnswers({ id }, world.as(clinician))
    expect(own).toMatchObject({
      kind: 'own-answers',
      signed: [{ version: 1, declaration: { consultants: [{ C08: 'yes' }] } }],
    })
    expect((await viewFor('coordinator')).timeline.map(({ type }) => type)).toContain('declaration.signed')
  })

  test('is neither said nor named to the trust, nor to another clinician', async () => {
    const other = await world.aListed(2)
    await world.mustStep('coordinator', id, { type: 'shortlist' }).catch(() => undefined)
    await world.mustStep('coordinator', id, { type: 'offer', clinician: other }).catch(() => undefined)
    await accept(answering('yes'))
    const forTrust = await viewFor('requester')
    expect(forTrust.declarations).toEqual([])
    expect(forTrust.timeline.filter(({ type }) => type === 'declaration.signed')).toMatchObject([{ clinician: null }])
    expect(JSON.stringify(forTrust)).not.toContain(clinician)
  })

  test('is found by nobody but the clinician who gave it, and where nothing was closed by nobody', async () => {
    expect(await world.cases.readOwnAnswers({ id }, world.as(clinician))).toMatchObject({ kind: 'not-found' })
    await accept(answering('yes'))
    const other = await world.aListed(2)
    for (const who of [other, 'coordinator', 'requester'] as const)
      expect(await world.cases.readOwnAnswers({ id }, world.as(who))).toMatchObject({ kind: 'not-found' })
    expect(
      await world.step(other, id, {
        type: 'answer-again',
        again: { stage: 'acceptance', declaration: answering('no') },
      }),
    ).toMatchObject({ kind: 'not-found' })
  })
})

describe('“I am not sure”', () => {
  test('leaves the offer open, and asks the network', async () => {
    expect(await accept(answering('unsure'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'offered', offers: [{ id: clinician }] })
    const forNetwork = await viewFor('coordinator')
    expect(forNetwork.declarations).toMatchObject([
      { stands: 'to-settle', signed: [{ rules: ['C08'], said: [{ ...sameTeam, answer: 'unsure' }] }] },
    ])
    expect((await viewFor(clinician)).declarations).toMatchObject([{ stands: 'to-settle' }])
    expect(subjects()).toEqual([['network-one@concord.example', 'A clinician is not sure of an answer']])
    expect(await accept(answering('unsure'))).toEqual({ kind: 'answer-on-record', stands: 'to-settle' })
  })

  test('and “No” after it is a change of mind, not an acceptance', async () => {
    await accept(answering('unsure'))
    expect(await accept(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({
      status: 'offered',
      declarations: [{ stands: 'to-decide', stood: 'to-settle' }],
    })
    await decideTo('first-stands')
    expect(await state()).toMatchObject({ declarations: [{ stands: 'to-settle' }] })
  })

  test('settled as “No” on record is confirmed by the clinician, who then accepts', async () => {
    await accept(answering('unsure'))
    expect(await settleAs('no')).toMatchObject({ kind: 'done' })
    expect(subjects().at(-1)?.[1]).toBe('Your question about independence is settled')
    expect(await state()).toMatchObject({
      status: 'offered',
      declarations: [
        { stands: 'settled', settled: [{ answer: 'no', how: 'spoke-with-clinician', settledBy: 'coordinator' }] },
      ],
    })
    expect(await accept(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'accepted', acceptance: { cleared: { verdict: 'clear' } } })
  })

  test('settled as “Yes” is weighed at once, and declines the offer', async () => {
    await accept(answering('unsure'))
    await settleAs('yes')
    expect(await state()).toMatchObject({
      status: 'matching',
      exclusions: [{ clinician, because: 'conflict' }],
      declarations: [{ stands: 'barred' }],
    })
  })

  test('outlasts an offer that ran out: the next offer begins where the first ended', async () => {
    await accept(answering('unsure'))
    world.passMinutes(10 * 24 * 60)
    await tick(world.deps)()
    await world.settle()
    expect(await settleAs('no')).toMatchObject({ kind: 'not-possible' })
    await offerAgain()
    expect(await accept(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'offered', declarations: [{ stands: 'to-decide' }] })
  })

  test('is settled question by question: each once, no other, and only with an answer that it allows', async () => {
    await accept(answering('unsure', { C13: 'unsure' }))
    expect(await settleAs('no')).toEqual({ kind: 'questions-open', missing: 1, notAsked: 0 })
    expect(await settleAs('they-taught-me')).toMatchObject({ kind: 'questions-open' })
  })

  test('is no matter for the trust or the clinician to settle or decide', async () => {
    await accept(answering('unsure'))
    const decision = { type: 'decide-declaration', clinician, decision: 'ask-again' } as const
    for (const who of ['requester', 'esoLead', clinician] as const)
      expect(await world.step(who, id, decision)).toMatchObject({ kind: 'not-yours' })
  })
})

describe('at the opening of the pack', () => {
  const open = (over: Parameters<typeof openingAnswers>[0] = {}) =>
    world.step(clinician, id, { type: 'open-pack', answers: openingAnswers(over) }).then(settled)
  beforeEach(async () => {
    await accept(answering('no'))
    await world.mustStep('requester', id, { type: 'engage', familyView: 'agrees' })
  })

  test('“I am not sure” asks the network, and the pack stays shut until it is settled', async () => {
    expect(await open({ C12: 'unsure' })).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'engaged' })
    expect(await open()).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({
      status: 'engaged',
      declarations: [{}, { stage: 'opening', stands: 'to-decide' }],
    })
    await decideTo('first-stands')
    const settledNo = [{ rule: 'C12', about: null, answer: 'no', how: 'clinician-wrote' }] as const
    await world.mustStep('coordinator', id, { type: 'settle-declaration', clinician, settled: settledNo })
    expect(await open()).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'in-review' })
  })

  test('an open question settled as “Yes” closes the pack and frees the place', async () => {
    await open({ C12: 'unsure' })
    const settledYes = [{ rule: 'C12', about: null, answer: 'yes', how: 'clinician-wrote' }] as const
    await world.mustStep('coordinator', id, { type: 'settle-declaration', clinician, settled: settledYes })
    expect(await state()).toMatchObject({ status: 'matching', exclusions: [{ clinician, because: 'conflict' }] })
    const own = await world.deps.storeFor(reactorScope(world.networks.two)).own(world.networks.two, clinician)
    expect(own?.state.openCases).toEqual([])
  })

  test('a “Yes” closes it, and “No” after that waits for a decision', async () => {
    await open({ C13: 'yes' })
    expect(await state()).toMatchObject({ status: 'matching' })
    const { answeredAt: _, ...answers } = openingAnswers()
    const no = { type: 'answer-again', again: { stage: 'opening', answers } } as const
    expect(await world.step(clinician, id, no)).toMatchObject({ kind: 'done' })
    await decideTo('ask-again')
    await offerAgain()
    await accept(answering('no'))
    await world.mustStep('requester', id, { type: 'engage', familyView: 'agrees' })
    await open()
    expect(await state()).toMatchObject({ status: 'in-review' })
  })
})

describe('the first answers', () => {
  test('are kept even where there is no free place, and another answer to the same offer is a change of mind', async () => {
    await world.cases.changeClinician(
      {
        id: clinician,
        step: { type: 'set-availability', availability: { cap: 0, urgencies: ['U2'], modes: ['records'] } },
        asked: world.asked(),
      },
      world.as(clinician),
    )
    expect(await accept(answering('no', { interests: { ...declarationFor().interests, C17: 'yes' } }))).toMatchObject({
      kind: 'full',
    })
    expect(await accept(answering('no'))).toMatchObject({ kind: 'done' })
    expect(await state()).toMatchObject({ status: 'offered', declarations: [{ stands: 'to-decide' }] })
  })

  test('sent twice under one key are signed once; two at once are signed one after the other', async () => {
    const twice = world.asked()
    const send = (C08: 'yes' | 'no' | 'unsure', asked = world.asked()) =>
      world.cases.step(id, { type: 'accept', declaration: answering(C08) }, asked, world.as(clinician))
    const outcomes = await Promise.all([send('unsure', twice), send('unsure', twice)])
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'done'])
    expect(await state()).toMatchObject({ declarations: [{ signed: [{ version: 1 }] }] })
    await Promise.all([send('no'), send('yes')])
    await world.settle()
    const events = world.history.flatMap(({ event }) => {
      const { type, signed } = event as { readonly type: string; readonly signed?: { readonly version: number } }
      return type === 'declaration.signed' ? [signed?.version] : []
    })
    expect(events.slice(0, 2)).toEqual([1, 2])
    expect((await state())?.status).not.toBe('accepted')
  })
})
