import { problem } from '@concord/contracts/problem'
import { routes } from '@concord/contracts/routes'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf, type Claims, secondsOf } from '@concord/testkit/call-api'
import { aWorld, memberships } from '@concord/testkit/world'
import { describe, expect, test } from 'vitest'
import { routes as pages } from '../../web/routes.ts'

const fresh = Object.values(routes)
  .flat()
  .filter(({ demands }) => demands.isFresh)
const bodies: Readonly<Record<string, object>> = apiBodies

const world = await aWorld()
const clinician = await world.aListed(1)
const other = await world.aListed(2)
const id = await world.aRequestAt('in-review', { clinician })
/** By whom each is done, and a request that is somebody else's. */
const done: Readonly<Record<string, { readonly by: string; readonly foreign: string }>> = {
  report: { by: clinician, foreign: await world.aRequestAt('in-review', { clinician: other }) },
  'break-glass': { by: 'clinicalLead', foreign: await world.aRequestAt('submitted', { far: true }) },
  // At one's own office: no address of it holds an id.
  'role-grant': { by: 'esoLead', foreign: '' },
}
const send = apiOf(world)
const nowhere = 'req_XA1_99999999-0000-7000-8000-000000000000'

const seconds = Number(secondsOf(world.deps.clock.now()))
const claimsOf = (who: string, over: Claims = {}): Claims => ({
  sub: who,
  client_id: 'concord-demo',
  auth_time: String(seconds - 60),
  acts_as:
    who in memberships
      ? memberships[who as keyof typeof memberships]
      : `clinician@network/network-one/clinician/${who}`,
  ...over,
})
const late: Readonly<Record<string, Claims>> = {
  'does not say when anybody signed in': { auth_time: undefined },
  'says something unreadable of it': { auth_time: 'lately' },
  'says that it was a quarter of an hour ago': { auth_time: String(seconds - 900) },
  'says that it will be': { auth_time: String(seconds + 3_600) },
  'is a program’s own, whatever it says of a sign-in': { client_id: 'itself' },
}

test('what a person has to do is the opinion, to break the glass and to grant a role, and the console asks for the same', () => {
  expect(fresh.map(({ config }) => config.operationId)).toEqual(['report', 'break-glass', 'role-grant'])
  const inConsole = pages.flatMap((page) => {
    if (!('isFresh' in page) || !page.isFresh) return []
    if (page.page === 'role-step') return [`role-${page.step}`]
    return 'step' in page ? [page.step] : [page.page]
  })
  expect(inConsole).toEqual(fresh.map(({ config }) => config.operationId))
})

describe.each(fresh)(
  '$config.method $config.path',
  ({ status: whenDone, config: { method, path, operationId = '' } }) => {
    const { by, foreign } = done[operationId] ?? { by: '', foreign: '' }
    const call = (claims: Claims, of: string, body: unknown = bodies[operationId]) =>
      send(claims, method.toUpperCase(), path.replace('{id}', of), { body })
    const told = async (answer: Response) => ({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      said: await answer.json(),
    })

    // evidence: ASVS 8.2.4
    test.each(Object.entries(late))('is refused where the token %s, and nothing is done', async (what, over) => {
      const isItself = what.startsWith('is a program')
      const [events, claims] = [world.history.length, claimsOf(by, isItself ? { client_id: by } : over)]
      const { status, headers, said } = await told(await call(claims, id))
      expect(status).toBe(401)
      // A clinician's role is no program's to act in at all: that is said first.
      expect(problem.parse(said).code).toBe(isItself ? 'not-signed-in' : 'sign-in-again')
      if (!isItself)
        expect(headers['www-authenticate']).toMatch(
          /^Bearer error="insufficient_user_authentication", .*max_age="900"$/,
        )
      expect(world.history).toHaveLength(events)
    })

    test('is refused in the same words for a request that is there, that is somebody else’s and that is nowhere, read or not', async () => {
      const answers = []
      for (const of of [id, foreign, nowhere, 'no-id'])
        for (const body of [bodies[operationId], {}, 'no JSON'])
          answers.push(await told(await call(claimsOf(by, { auth_time: undefined }), of, body)))
      expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    })

    test('is refused in the same words to every role, and to whoever has none as ever', async () => {
      const toRequester = await told(await call(claimsOf('requester', { auth_time: undefined }), id))
      const toStranger = await told(await call(claimsOf('otherCoordinator', { auth_time: undefined }), id))
      expect(toRequester).toEqual(toStranger)
      expect(problem.parse(toRequester.said).code).toBe('sign-in-again')
      const ended = await told(await call(claimsOf('requester', { auth_time: undefined, sub: 'nobody-known' }), id))
      expect(problem.parse(ended.said).code).toBe('not-signed-in')
      expect(ended.headers['www-authenticate']).toBe('Bearer')
    })

    test.runIf(path.includes('{id}'))(
      'is somebody else’s and nowhere alike to whoever signed in just now',
      async () => {
        const [there, gone] = [
          await told(await call(claimsOf(by), foreign)),
          await told(await call(claimsOf(by), nowhere)),
        ]
        expect([there.status, there]).toEqual([404, gone])
      },
    )

    test('is taken from a person who signed in just now', async () => {
      expect((await call(claimsOf(by), id)).status).toBe(whenDone)
    })
  },
)
