import { routes } from '@concord/contracts/routes'
import { apiBodies } from '@concord/testkit/api-bodies'
import { apiOf } from '@concord/testkit/call-api'
import { canaries } from '@concord/testkit/drafts'
import { describe, expect, test, vi } from 'vitest'
import { type Defence, gatedTables, unguarded } from './defences.ts'
import { moments, storyUpTo } from './story.ts'

// A use case that forgets to look whose a request is: what stands behind it has to hold by itself.
vi.mock(import('../../packages/application/src/scope.ts'), async (original) => ({
  ...(await original()),
  canReach: () => true,
}))
vi.setConfig({ testTimeout: 600_000 })

const bodies: Readonly<Record<string, object>> = apiBodies
const ofRequest = Object.values(routes)
  .flat()
  .filter(({ config }) => config.path.includes('/requests/{id}'))
const nowhere = 'req_XA1_99999999-0000-7000-8000-000000000000'
/** Ids as somebody might bend them: none of these is another way to write one. */
const bent = (id: string) => [
  id.toLowerCase(),
  id.replace('XA1', 'XA12'),
  id.replace('XA1', 'XA'),
  id.replace('XA1', 'XB1'),
  id.replace('req_', 'cln_'),
  encodeURIComponent(`${id}/../${id}`),
  `${id}%00`,
  `${id}*`,
  'req_*',
  `..%2f${id}`,
]

/** Every route of a request, as somebody without business with it would call it, behind these walls and no other. */
const tryAll = async (defence: Defence) => {
  const tried = { cells: 0, refusedByStore: 0, refusedByPolicies: 0 }
  const full = process.env['CONCORD_FULL'] !== undefined
  const seed = Number(process.env['CONCORD_SEED'] ?? 0)
  const chosen = moments.filter((_, at) => full || at === seed % moments.length)
  for (const moment of chosen) {
    const told = await storyUpTo(moment, defence)
    const errors: unknown[] = []
    const send = apiOf(told.world, errors)
    const ids = full
      ? [told.id, nowhere, ...bent(told.id)]
      : [told.id, nowhere, ...bent(told.id).slice(seed % 5, (seed % 5) + 1)]
    const before = told.dump()
    for (const who of told.outsiders)
      for (const { config } of ofRequest) {
        const answers = await Promise.all(
          ids.map(async (id) => {
            const path = config.path.replace('{id}', id)
            const answer = await send(who, config.method.toUpperCase(), path, {
              body: bodies[config.operationId ?? ''],
            })
            tried.cells += 1
            return { status: answer.status, body: (await answer.text()).replaceAll(id, '{id}') }
          }),
        )
        const [foreign, unknown] = answers
        const asked = `${who} at ${config.operationId}, ${moment}`
        // A wall that is met is a bug of ours and answered as one: alike whether the request is there or not.
        expect(foreign, asked).toEqual(unknown)
        expect([401, 404, 500], asked).toContain(foreign?.status)
        for (const { body } of answers)
          for (const word of [...Object.values(canaries), told.id]) expect(body, asked).not.toContain(word)
      }
    expect(told.dump(), moment).toBe(before)
    const names = errors.map((error) => (error instanceof Error ? error.name : ''))
    tried.refusedByStore += names.filter((name) => name === 'OutsideScopeError').length
    tried.refusedByPolicies += names.filter((name) => name === 'AccessDenied').length
    expect(names.filter((name) => name !== 'OutsideScopeError' && name !== 'AccessDenied')).toEqual([])
  }
  return tried
}

describe('of a case of XA1 nothing comes out, nor is anything done to it,', () => {
  // evidence: ASVS 8.4.1
  test('where the use cases look away: the store refuses before the policies are asked', async () => {
    const { cells, refusedByStore, refusedByPolicies } = await tryAll({ gate: gatedTables })
    expect(cells).toBeGreaterThan(500)
    expect(refusedByStore).toBeGreaterThan(0)
    expect(refusedByPolicies).toBe(0)
  })

  // evidence: ASVS 8.3.3, 8.4.1
  test('where the store looks away too: the access policies refuse', async () => {
    const { refusedByPolicies, refusedByStore } = await tryAll({ gate: gatedTables, guard: unguarded })
    expect(refusedByPolicies).toBeGreaterThan(0)
    expect(refusedByStore).toBe(0)
  })

  // evidence: ASVS 8.4.1
  test('where there are no access policies: the store refuses by itself', async () => {
    const { refusedByStore } = await tryAll({})
    expect(refusedByStore).toBeGreaterThan(0)
  })

  test('and with neither something does: what is tried here can fail', async () => {
    await expect(tryAll({ guard: unguarded })).rejects.toThrow()
  })
})
