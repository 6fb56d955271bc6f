import { routes } from '@concord/contracts/routes'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf } from '@concord/testkit/call-api'
import { isolationOf } from './matrix.ts'

const bodies: Readonly<Record<string, object>> = apiBodies

isolationOf('the API', (world) => {
  const send = apiOf(world)
  return {
    addresses: Object.values(routes)
      .flat()
      .map(({ config: { operationId: name = '', method, path } }) => ({ name, method, path })),
    withoutId: [
      'draft',
      'worklist',
      'inbox',
      'clinician-apply',
      'register',
      'releases',
      'to-review',
      'roles',
      'role-grant',
      'role-confirm',
      'role-end',
    ],
    caseAddress: 'read-case',
    isNothing: ({ status }, who) => status === (who === 'nobody' ? 401 : 404),
    call: async (who, { name, method, path }, id) => {
      const query = name === 'register' ? '?tfc=421' : ''
      const answer = await send(who, method.toUpperCase(), `${path.replace('{id}', id)}${query}`, {
        body: bodies[name],
      })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    },
  }
})
