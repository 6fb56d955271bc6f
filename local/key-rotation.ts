import { paths, placeFor, type RequestPlace, type Scope, scopeOf } from '@concord/application/scope'
import type { RequestId } from '@concord/domain/ids'
import { rewrapCase, wrappedKeysOf } from '@concord/store/key-wrapping'
import type { Operator } from './operator.ts'
import { stop } from './stop.ts'
import { versionOf } from './wrapping.ts'

const NOT_HERE =
  'KMS turns the key of a deployment over by itself, keeps every version of it, and needs nothing wrapped anew: see docs/deploy.md.'
const hereOf = ({ here }: Operator) => here ?? stop(NOT_HERE)

/** Adds a version to the key of this machine. */
export const rotatedKey = (operator: Operator) =>
  `New data keys are wrapped by version ${hereOf(operator).stageKeys.rotate()} from now on; the others still open. “rewrap” wraps the old ones by it too.`

/** Has the data keys of every request wrapped by the newest version. */
export const rewrappedKeys = async (operator: Operator) => {
  const { rewrap } = hereOf(operator)
  const again = rewrapCase({ tables: operator.tables, rewrap })
  const places = await everyRequest(operator)
  let keys = 0
  for (const place of places) keys += await again(place)
  return `${keys} data keys of ${places.length} requests are wrapped by the newest version. No text was touched.`
}

/** Throws a version of this machine's key away, once no request needs it: on this disk, in a copy, anywhere it then opens nothing. */
export const retiredKey = async (
  operator: Operator,
  { version, yes }: { readonly version: number; readonly yes: boolean },
) => {
  const { stageKeys } = hereOf(operator)
  const wrapped = (
    await Promise.all((await everyRequest(operator)).map((one) => wrappedKeysOf(operator.tables, one)))
  ).flat()
  const needed = wrapped.filter((one) => versionOf(one) === version).length
  if (needed > 0) return stop(`${needed} data keys are wrapped by version ${version}: run “rewrap” first.`)
  if (!yes) return `Version ${version} would be thrown away for good. Nothing was done: add --yes where it is meant.`
  switch (stageKeys.retire(version)) {
    case 'retired':
      return `Version ${version} is gone. What was left of erased keys under it, in files and copies too, opens no more.`
    case 'in-use':
      return stop(`Version ${version} is the newest and stays: run “rotate-key” first.`)
    case 'unknown':
      return stop(
        `There is no version ${version}. There are: ${stageKeys
          .all()
          .map((one) => one.version)
          .join(', ')}.`,
      )
  }
}

/** Every request of the networks there are, by their worklists and those of their trusts, where drafts stand. */
const everyRequest = async (operator: Operator): Promise<readonly RequestPlace[]> => {
  const places: RequestPlace[] = []
  for (const { code, trusts } of await operator.reference.networks()) {
    const lists: readonly (readonly [Scope, string])[] = [
      [scopeOf({ role: 'coordinator', network: code }), paths.network(code)],
      ...trusts.map(
        (trust) => [scopeOf({ role: 'requester', network: code, trust }), paths.trust(code, trust)] as const,
      ),
    ]
    const ids = new Set<RequestId>()
    for (const [scope, path] of lists) for (const id of await listed(operator, scope, path)) ids.add(id)
    places.push(...[...ids].map((id) => placeFor(code, id)))
  }
  return places
}

const listed = async ({ storeFor }: Operator, scope: Scope, path: string) => {
  const ids: RequestId[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<ReturnType<Operator['storeFor']>['worklist']>> = await storeFor(scope).worklist(
      path,
      {
        cursor,
        limit: 100,
      },
    )
    if (page === 'bad-cursor') throw new Error('A cursor of this very list')
    ids.push(...page.rows.map(({ id }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}
