import { aBibliography } from '@concord/testkit/bibliography'
import { consoleOf, hiddenIn } from '@concord/testkit/browser'
import { aWorld } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const world = await aWorld()
const self = await world.aListed(1)
const { app, browser } = consoleOf(world)
const orcid = JSON.stringify({
  group: [{ 'work-summary': [{ 'put-code': 1, title: { title: { value: 'An invented work' } } }] }],
})

/** Sends a file of publications as a browser does. */
const bring = async (name: string, text: string) => {
  const there = browser()
  await there.signIn(self)
  const action = `/register/${self}/works`
  const form = new FormData()
  for (const [field, value] of Object.entries(hiddenIn((await there.get(`/register/${self}`)).html, action)))
    form.append(field, value)
  form.append('works', new File([text], name))
  const cookie = [...there.jar].map((pair) => pair.join('=')).join('; ')
  return app.request(`https://concord.example${action}`, { method: 'POST', body: form, headers: { cookie } })
}

describe('a file of publications', () => {
  // evidence: ASVS 5.2.2
  test.each([
    ['mine.nbib', aBibliography],
    ['citations.txt', aBibliography],
    ['Works.JSON', orcid],
  ])('called %s is taken for what it holds', async (name, text) => {
    const answer = await bring(name, text)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/register/${self}?done=record-works`])
  })

  // evidence: ASVS 5.2.2
  test.each([
    ['mine.nbib.exe', aBibliography],
    ['mine.html', aBibliography],
    ['mine.json', aBibliography],
    ['mine.nbib', orcid],
    ['mine', aBibliography],
  ])('called %s is refused, and what to choose is said', async (name, text) => {
    const answer = await bring(name, text)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('choose a .nbib file from PubMed')
  })

  // evidence: ASVS 5.2.2
  test.each([
    ['mine.nbib', 'MZ\u0090\u0000 a program'],
    ['mine.txt', '<html><body>A page</body></html>'],
    ['mine.json', '{"group": 1}'],
  ])('called %s that holds something else is refused with its place', async (name, text) => {
    const answer = await bring(name, text)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toMatch(/Line 1: |group: /)
  })
})
