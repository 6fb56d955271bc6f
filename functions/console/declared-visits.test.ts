import type { ClinicianId, RequestId } from '@concord/domain/ids'
import { consoleOf } from '@concord/testkit/browser'
import { noTies } from '@concord/testkit/facts'
import { aWorld, declarationFor, type Who, type World } from '@concord/testkit/world'
import { beforeEach, describe, expect, test } from 'vitest'
import { typedFrom } from './read-form.ts'

let world: World
let clinician: ClinicianId
let id: RequestId
let there: ReturnType<ReturnType<typeof consoleOf>['browser']>
let atNetwork: typeof there
let path: string
const signIn = async (who: Who) => {
  const at = consoleOf(world).browser()
  await at.signIn(who)
  return at
}
beforeEach(async () => {
  world = await aWorld()
  clinician = await world.aListed(1)
  id = await world.aRequestAt('offered', { clinician })
  path = `/requests/${id}`
  ;[there, atNetwork] = [await signIn(clinician), await signIn('coordinator')]
})

type Said = 'yes' | 'no' | 'unsure'
const declared = (C08: Said) => ({ ...declarationFor(), consultants: [noTies({ C08 })] })
const fieldsOf = (value: unknown) => Object.fromEntries(typedFrom(value))
const accept = async (C08: Said, more: Readonly<Record<string, string>> = {}) => {
  const reply = await there.send(`${path}/acceptance`, `${path}/acceptance`, {
    ...fieldsOf({ declaration: declared(C08) }),
    ...more,
  })
  await world.settle()
  return reply
}
const answerAgain = (C08: Said) =>
  there.send(
    `${path}/second-answer`,
    `${path}/second-answer`,
    fieldsOf({ again: { stage: 'acceptance', declaration: declared(C08) } }),
  )
const settle = (fields: Readonly<Record<string, string>>) =>
  atNetwork.send(`${path}/settlement?clinician=${clinician}`, `${path}/settlement`, fields)
const decide = (decision: string) =>
  atNetwork.send(`${path}/declaration-decision`, `${path}/declaration-decision`, { decision })
const sameTeam = 'Do you work in the same team, MDT, rota or transport service?'
const checkedIn = (html: string, name: string) =>
  [...html.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => tag.includes(`name="${name}"`))
    .map((tag) => [/value="([^"]*)"/.exec(tag)?.[1], tag.includes('checked')])

describe('answers that bar', () => {
  test('lead to a page that says which answer, what came of it, and that nothing more is needed', async () => {
    const reply = await accept('yes')
    expect(reply.to).toBe(`${path}/declaration`)
    const page = await there.get(`${path}/declaration`)
    expect(page.status).toBe(200)
    for (const words of [
      'You cannot give this opinion',
      sameTeam,
      'You answered: Yes',
      'The offer has been declined for you for this reason.',
      'You do not need to do anything more.',
      'I answered wrongly',
    ])
      expect(page.html).toContain(words)
    expect(page.html).not.toContain('You accepted')
  })

  test('sent twice lead to the same page, and once', async () => {
    const key = 'once-and-for-all-0001'
    const form = await there.get(`${path}/acceptance`)
    expect(form.status).toBe(200)
    const seal = /name="token" value="([^"]*)"\/><input type="hidden" name="as" value="([^"]*)"/.exec(form.html)
    const fields = {
      ...fieldsOf({ declaration: declared('yes') }),
      ...{ token: seal?.[1] ?? '', as: seal?.[2] ?? '', key },
    }
    const replies = [
      await there.post(`${path}/acceptance`, fields),
      await there.post(`${path}/acceptance`, fields),
    ].map(({ to }) => to)
    expect(replies).toEqual([`${path}/declaration`, `${path}/declaration`])
  })

  test('are there for nobody else', async () => {
    await accept('yes')
    for (const other of [await signIn('requester'), atNetwork, await signIn(await world.aListed(2))])
      for (const page of ['declaration', 'second-answer'])
        expect([page, (await other.get(`${path}/${page}`)).status]).toEqual([page, 404])
  })

  test('can be signed once more, filled in as they were, and both go to the network', async () => {
    await accept('yes')
    const form = await there.get(`${path}/second-answer`)
    expect(checkedIn(form.html, 'again.declaration.consultants.0.C08')).toContainEqual(['yes', true])
    expect(form.html).toContain('Both are kept, and the network sees both')
    expect((await answerAgain('no')).to).toBe(`${path}/declaration?done=answer-again`)
    expect((await there.get(`${path}/declaration`)).html).toContain('You have signed new answers')
  })

  test('with an answer left out are refused on the same form, and nothing is signed', async () => {
    await accept('yes')
    const fields = fieldsOf({ again: { stage: 'acceptance', declaration: { ...declared('no'), C05: '' } } })
    const reply = await there.send(`${path}/second-answer`, `${path}/second-answer`, fields)
    expect([reply.status, reply.html.includes('href="#again.declaration.C05"')]).toEqual([400, true])
    expect((await there.get(`${path}/declaration`)).html).not.toContain('You have signed new answers')
  })

  test('signed once more after the session ran out keep what was typed', async () => {
    await accept('yes')
    const form = await there.get(`${path}/second-answer`)
    world.passMinutes(20)
    const reply = await there.post(`${path}/second-answer`, {
      ...fieldsOf({ again: { stage: 'acceptance', declaration: declared('no') } }),
      token: /name="token" value="([^"]*)"/.exec(form.html)?.[1] ?? '',
      as: /name="as" value="([^"]*)"/.exec(form.html)?.[1] ?? '',
    })
    expect([reply.status, reply.html.includes('You were signed out')]).toEqual([401, true])
    expect(reply.html).toContain('name="again.declaration.consultants.0.C08" value="no"')
  })

  test('are not signed once more in the same words', async () => {
    await accept('yes')
    const reply = await answerAgain('yes')
    expect([reply.status, reply.html.includes('<title>Error: ')]).toEqual([409, true])
  })
})

describe('an answer that the clinician is not sure of', () => {
  test('leaves the offer open and says that the network has been asked', async () => {
    expect((await accept('unsure')).to).toBe(`${path}?done=answer-unsure`)
    const { html } = await there.get(path)
    expect(html).toContain('The network has been asked to settle an answer with you')
    expect(html).toContain('Your offer stays open')
    expect(html).toContain(sameTeam)
    expect(html).not.toContain('You accepted')
  })

  test('is a question for the network to settle, in the words it was asked in', async () => {
    await accept('unsure')
    const { html } = await atNetwork.get(path)
    expect(html).toContain('Needs a decision')
    expect(html).toContain(sameTeam)
    expect((await settle({ 'settled.0.answer': 'no' })).status).toBe(400)
    const how = { 'settled.0.answer': 'no', 'settled.0.how': 'spoke-with-clinician' }
    expect((await settle(how)).to).toBe(`${path}?done=settle-declaration`)
    expect((await atNetwork.get(path)).html).toContain('I spoke with the clinician')
  })

  test('comes back filled in once it was settled, with the answer agreed as the only one', async () => {
    await accept('unsure')
    await settle({ 'settled.0.answer': 'no', 'settled.0.how': 'clinician-wrote' })
    expect((await there.get(path)).html).toContain('Your answers are settled')
    const { html } = await there.get(`${path}/acceptance`)
    expect(checkedIn(html, 'declaration.consultants.0.C08')).toEqual([['no', true]])
    expect(checkedIn(html, 'declaration.C05')).toContainEqual(['no', true])
    expect(html).toContain('You settled this with the network')
    expect((await accept('no')).to).toBe(`${path}?done=accept`)
  })

  test('settled as a bar ends the offer', async () => {
    await accept('unsure')
    await settle({ 'settled.0.answer': 'yes', 'settled.0.how': 'employer-or-trust-confirmed' })
    await world.settle()
    expect((await there.get(path)).status).toBe(404)
  })

  test('is nobody’s to settle but the network’s', async () => {
    await accept('unsure')
    for (const who of ['requester', 'eso-lead'] as const) {
      const at = await signIn(who === 'requester' ? 'requester' : 'esoLead')
      expect((await at.get(`${path}/settlement`)).to).toBe(path)
      expect((await at.get(path)).html).not.toContain('Needs a decision')
    }
  })
})

describe('an answer that was changed', () => {
  test('is shown to the network beside the first, and asked again when the network says so', async () => {
    await accept('yes')
    await answerAgain('no')
    await world.settle()
    expect((await atNetwork.get(path)).html).toContain('Needs a decision')
    const { html } = await atNetwork.get(`${path}/declaration-decision`)
    for (const words of [sameTeam, 'What changed', 'The first answer stands', 'Ask them again'])
      expect(html).toContain(words)
    expect((await decide('ask-again')).to).toBe(`${path}?done=decide-declaration`)
    expect((await atNetwork.get(`${path}/declaration-decision`)).to).toBe(path)
  })

  test('while the network settles the first says that the network decides', async () => {
    await accept('unsure')
    expect((await accept('no')).to).toBe(`${path}?done=answer-changed`)
    expect((await there.get(path)).html).toContain('The network decides on the answers you changed')
    await decide('first-stands')
    expect((await there.get(path)).html).toContain('The network has been asked to settle an answer with you')
  })
})
