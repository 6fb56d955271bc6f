import { routes } from '@concord/contracts/routes'
import { apiOf } from '@concord/testkit/call-api'
import type { World } from '@concord/testkit/world'
import { namesIds, namingIds } from './body-ids.ts'
import type { Face } from './matrix.ts'
import { plainBodies } from './plain-bodies.ts'

/** What a list asks for before it says anything. */
const queries: Readonly<Record<string, string>> = { register: 'tfc=421' }

/** The API as isolation is tested on it. */
export const apiFace = (world: World, errors: unknown[] = []): Face => {
  const send = apiOf(world, errors)
  return {
    addresses: Object.values(routes)
      .flat()
      .map(({ config: { operationId: name = '', method, path } }) => ({
        name,
        method,
        path,
        hasIdsInBody: namesIds(plainBodies[name]),
      })),
    withoutId: [
      'draft',
      'worklist',
      'inbox',
      'clinician-apply',
      'register',
      'releases',
      'to-review',
      'roles',
      'teams',
      'team-add',
      'team-rename',
      'team-retire',
      'team-restore',
      'role-grant',
      'role-confirm',
      'role-end',
    ],
    caseAddress: 'read-case',
    isNothing: ({ status }, who) => status === (who === 'nobody' ? 401 : 404),
    call: async (who, { address: { name, method, path }, id, query, key, version, inBody }) => {
      const asked = [queries[name], query].filter((one) => one !== undefined).join('&')
      const answer = await send(who, method.toUpperCase(), `${path.replace('{id}', () => id)}${asked && `?${asked}`}`, {
        body: inBody ? namingIds(plainBodies[name], inBody) : plainBodies[name],
        headers: {
          ...(key !== undefined && { 'idempotency-key': key }),
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
      })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    },
  }
}
