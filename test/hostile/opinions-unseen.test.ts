import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { anOpinion } from '@concord/testkit/drafts'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { typedFrom } from '../../functions/console/read-form.ts'

const written = Object.fromEntries(typedFrom({ opinion: anOpinion() }))

const atTheOpinion = async () => {
  const world = await aWorld()
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('in-review', { clinician })
  const there = consoleOf(world).browser()
  await there.signIn(clinician)
  const action = `/requests/${id}/opinion`
  const issued = () => world.history.filter(({ event }) => JSON.stringify(event).includes('opinion.reported')).length
  const check = () => there.send(action, action, written)
  return { world, clinician, id, there, action, issued, check }
}
const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1] ?? ''
const CHECK = 'Check the opinion before you issue it - Concord'

describe('an opinion', () => {
  test('that was written is shown as the trust will read it, and not issued', async () => {
    const { issued, check } = await atTheOpinion()
    const page = await check()
    expect([page.status, titleOf(page.html), issued()]).toEqual([200, CHECK, 0])
    for (const words of [anOpinion().reasoning, anOpinion().plainSummary, anOpinion().limits])
      expect(page.html.split('<form action="/requests')[0]).toContain(words)
  })

  test('is issued from the page that showed it, once however often it is sent', async () => {
    const { id, there, action, issued, check } = await atTheOpinion()
    const shown = hiddenIn((await check()).html, action)
    for (const _ of [1, 2]) expect((await there.post(action, shown)).to).toBe(`/requests/${id}?done=report`)
    expect(issued()).toBe(1)
  })

  test('is changed from there with all that was written', async () => {
    const { there, action, issued, check } = await atTheOpinion()
    const shown = hiddenIn((await check()).html, action)
    const again = await there.post(action, { ...shown, change: 'yes' })
    expect([again.status, titleOf(again.html), issued()]).toEqual([200, 'Write the opinion - Concord', 0])
    expect(again.html).toContain(`${anOpinion().reasoning}</textarea>`)
  })

  test.each([
    ['another text than the one shown', { 'opinion.reasoning': 'Something else.' }],
    ['a mark that was made up', { checked: 'x'.repeat(43) }],
    ['no mark', { checked: '' }],
  ])('sent with %s is shown, and not issued', async (_, over) => {
    const { there, action, issued, check } = await atTheOpinion()
    const page = await there.post(action, { ...hiddenIn((await check()).html, action), ...over })
    expect([titleOf(page.html), issued()]).toEqual([CHECK, 0])
  })

  test('issued from a page of another sign-in is shown once more', async () => {
    const { clinician, there, action, issued, check } = await atTheOpinion()
    const shown = hiddenIn((await check()).html, action)
    await there.signIn(clinician)
    expect([titleOf((await there.post(action, shown)).html), issued()]).toEqual([CHECK, 0])
  })

  test.each([
    ['the sign-in was too long ago', 4],
    ['the session ran out', 1],
  ])('sent when %s comes back after a sign-in as a page to check, and is issued by a second act', async (_, visits) => {
    const { world, clinician, id, there, action, issued, check } = await atTheOpinion()
    const shown = hiddenIn((await check()).html, action)
    for (let n = 0; n < visits; n += 1) {
      world.passMinutes(20 / visits)
      if (visits > 1) await there.get(action)
    }
    const late = await there.post(action, shown)
    expect(late.status).toBe(401)
    expect(late.html).toContain('Check what I typed')
    expect(late.html).not.toContain('Send what I typed')
    await there.signIn(clinician)
    const page = await there.post(action, hiddenIn(late.html, action))
    expect([titleOf(page.html), issued()]).toEqual([CHECK, 0])
    expect((await there.post(action, hiddenIn(page.html, action))).to).toBe(`/requests/${id}?done=report`)
    expect(issued()).toBe(1)
  })
})
