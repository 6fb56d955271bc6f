import { paths, placeFor, type Scope, scopeOf } from '@concord/application/scope'
import type { RequestId } from '@concord/domain/ids'
import { rewrapCase } from '@concord/store/key-wrapping'
import type { Operator } from './operator.ts'
import { stop } from './stop.ts'

const NOT_HERE =
  'KMS turns the key of a deployment over by itself, keeps every version of it, and needs nothing wrapped anew: see docs/deploy.md.'
const hereOf = ({ here }: Operator) => here ?? stop(NOT_HERE)

/** Adds a version to the key of this machine. */
export const rotatedKey = (operator: Operator) =>
  `New data keys are wrapped by version ${hereOf(operator).stageKeys.rotate()} from now on; the others still open. “rewrap” wraps the old ones by it too.`

/** Has the data keys of every request wrapped by the newest version: of every network, found by the worklists. */
export const rewrappedKeys = async (operator: Operator) => {
  const { rewrap } = hereOf(operator)
  const again = rewrapCase({ tables: operator.tables, rewrap })
  let [cases, keys] = [0, 0]
  for (const { code, trusts } of await operator.reference.networks()) {
    const found = new Set<RequestId>()
    for (const id of await listed(operator, scopeOf({ role: 'coordinator', network: code }), paths.network(code)))
      found.add(id)
    // Drafts stand on their trust's list alone.
    for (const trust of trusts)
      for (const id of await listed(
        operator,
        scopeOf({ role: 'requester', network: code, trust }),
        paths.trust(code, trust),
      ))
        found.add(id)
    for (const id of found) keys += await again(placeFor(code, id))
    cases += found.size
  }
  return `${keys} data keys of ${cases} requests are wrapped by the newest version. No text was touched.`
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
    ids.push(...page.rows.map(({ id }: { readonly id: RequestId }) => id))
    cursor = page.next
  } while (cursor !== null)
  return ids
}

/** Throws a version of this machine's key away. What it alone wrapped opens no more: on this disk, in a copy, anywhere. */
export const retiredKey = (
  operator: Operator,
  { version, yes }: { readonly version: string; readonly yes: boolean },
) => {
  const { stageKeys } = hereOf(operator)
  if (!yes)
    return `Version ${version} would be thrown away, and whatever only it wrapped would open no more. Run “rewrap” first; add --yes where it is meant.`
  switch (stageKeys.retire(Number(version))) {
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
