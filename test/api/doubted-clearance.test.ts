import { problem } from '@concord/contracts/problem'
import { caseView } from '@concord/contracts/replies'
import { consoleOf } from '@concord/testkit/browser'
import { apiOf } from '@concord/testkit/call-api'
import { aPost, org } from '@concord/testkit/facts'
import { aWorld, done } from '@concord/testkit/world'
import { expect, test } from 'vitest'

test('a clearance in doubt is told to whoever sees the case, and holds up what comes next', async () => {
  const world = await aWorld()
  const clinician = await world.aListed(1)
  const id = await world.aRequestAt('accepted', { clinician })
  const posts = [aPost(), aPost({ org: org('XA1'), site: 'none', to: null })]
  const affiliations = { posts, teams: [], trainingTies: [], managementTies: [] }
  const step = { type: 'record-affiliations', affiliations } as const
  done(await world.cases.changeClinician({ id: clinician, step, asked: world.asked() }, world.as(clinician)))
  await world.settle()

  const send = apiOf(world)
  for (const who of ['requester', 'coordinator', clinician] as const) {
    const reply = caseView.parse(await (await send(who, 'GET', `/v1/requests/${id}`)).json())
    expect(reply.acceptance?.doubts).toEqual(['C01', 'C04'])
    expect(reply.timeline.at(-1)).toMatchObject({ type: 'clearance.doubted', role: 'system', clinician })
  }
  const refused = await send('requester', 'POST', `/v1/requests/${id}/engagement`, { body: { familyView: 'agrees' } })
  expect(refused.status).toBe(409)
  expect(problem.parse(await refused.json())).toMatchObject({
    code: 'clearance-doubted',
    detail: expect.stringContaining('C01, C04'),
  })

  const browser = consoleOf(world).browser()
  await browser.signIn('coordinator')
  const { html } = await browser.get(`/requests/${id}`)
  expect(html).toContain('settles with the clinician what their record leaves open since it changed')
  expect(html).toContain('In doubt since the clinician’s record changed')
  expect(html).toContain('C01, C04')
})
