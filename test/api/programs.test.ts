import { problem } from '@concord/contracts/problem'
import { must, parseSubject } from '@concord/domain/ids'
import { addDays, dateAt } from '@concord/domain/time'
import { apiOf } from '@concord/testkit/call-api'
import { aDraft } from '@concord/testkit/drafts'
import { aWorld, memberships } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'

const system = must(parseSubject, 'records-system')
/** A token by client credentials, as the gateway gives on what it says. */
const claims = { sub: system, client_id: system, iss: 'https://issuer.example', aud: 'urn:concord:api' }

const aWorldWith = async (...held: readonly string[]) => {
  const world = await aWorld()
  const today = dateAt(world.deps.clock.now())
  for (const membership of held) await world.deps.people.grant(system, { membership, from: today, to: null })
  return { world, today, send: apiOf(world) }
}

describe('a program', () => {
  test('does under its own name what its membership lets it, and nothing of another trust', async () => {
    const { world, send } = await aWorldWith(memberships.requester)
    const drafted = await send(claims, 'POST', '/v1/requests', { body: aDraft() })
    expect(drafted.status).toBe(201)
    const { id } = (await drafted.json()) as { readonly id: string }
    expect((await send(claims, 'GET', `/v1/requests/${id}`)).status).toBe(200)
    expect(JSON.stringify(world.history)).toContain(`"subject":"${system}"`)
    const foreign = await world.aRequestAt('submitted', { far: true })
    expect((await send(claims, 'GET', `/v1/requests/${foreign}`)).status).toBe(404)
  })

  test('whose membership has ended is refused on the next call', async () => {
    const { world, today, send } = await aWorldWith(memberships.requester)
    expect((await send(claims, 'GET', '/v1/requests')).status).toBe(200)
    const over = { membership: memberships.requester, from: addDays(today, -30), to: addDays(today, -1) }
    await world.deps.people.grant(system, over)
    const refused = await send(claims, 'GET', '/v1/requests')
    expect([refused.status, problem.parse(await refused.json()).code]).toEqual([401, 'not-signed-in'])
  })

  test('is given nothing by what its token says', async () => {
    const { send } = await aWorldWith()
    const said = {
      scope: 'admin',
      roles: '[coordinator]',
      'cognito:groups': '[coordinator]',
      acts_as: memberships.coordinator,
    }
    expect((await send({ ...claims, ...said }, 'GET', '/v1/requests')).status).toBe(401)
  })

  test.each(['esoLead', 'clinicalLead', 'operator'] as const)(
    'does not act as %s, whatever was granted: that is a person',
    async (who) => {
      const { send } = await aWorldWith(memberships[who])
      for (const named of [{}, { acts_as: memberships[who] }])
        for (const own of [claims, { ...claims, client_id: 'another-client', azp: system }])
          expect((await send({ ...own, ...named }, 'GET', '/v1/requests')).status).toBe(401)
    },
  )

  test('does not sign, judge or open anything as a clinician', async () => {
    const { world, send } = await aWorldWith()
    const clinician = await world.aListed(1)
    const own = { sub: clinician, acts_as: `clinician@network/network-one/clinician/${clinician}` }
    expect((await send({ ...own, client_id: 'concord-demo' }, 'GET', '/v1/inbox')).status).toBe(200)
    expect((await send({ ...own, client_id: clinician }, 'GET', '/v1/inbox')).status).toBe(401)
  })
})
