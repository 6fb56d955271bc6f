import type { Change, SameChild } from '@concord/application/ports/store'
import type { RequestPlace } from '@concord/application/scope'
import { requestId } from '@concord/contracts/domain/scalars'
import { trustOf } from '@concord/domain/ids'
import { z } from 'zod'
import { childPk, keys, sameChildPk } from './keys.ts'
import { readItem } from './read-item.ts'
import type { TableAccess, Write } from './table-access.ts'
import { priorInvolvementIndex } from './tables.ts'

const hashItem = z.object({ hash: z.string().nullable() })
const childItem = z.object({ sk: requestId })

/** What a request is noted under, and a way to ask for the others that are about the same child. */
export const sameChildAs = async (tables: TableAccess, place: RequestPlace): Promise<SameChild> => {
  const noted = await tables.get('records', keys.hashOfChild(place))
  const hash = noted ? readItem(hashItem, noted).hash : null
  const { network, trust } = place
  return {
    hash,
    within: async (where) => {
      if (hash === null) return []
      const asked =
        where === 'trust'
          ? { pk: childPk(network, trust, hash) }
          : { pk: sameChildPk(network, hash), index: priorInvolvementIndex }
      const found = await tables.query('records', asked)
      // No policy looks at an index on a write: what lies elsewhere, or under another trust's name, is not believed.
      return found
        .map((item) => ({ pk: item.pk, id: readItem(childItem, item).sk }))
        .filter(({ pk, id }) => pk === childPk(network, trustOf(id), hash) && id !== place.id)
        .map(({ id }) => id)
    },
  }
}

/** What finds the child's other requests, in the request's own transaction: under the hash, and under the request so that it can be erased. */
export const childWrites = ({ place, before, hash, isListed }: NonNullable<Change['child']>): readonly Write[] => {
  const put = (item: Extract<Write, { kind: 'put' }>['item']): Write => ({
    kind: 'put',
    table: 'records',
    item,
    when: { kind: 'none' },
  })
  const { partition, sort } = priorInvolvementIndex
  const listed = hash !== null && isListed && { [partition]: sameChildPk(place.network, hash), [sort]: place.id }
  return [
    ...(before !== null && before !== hash
      ? [{ kind: 'delete' as const, table: 'records' as const, key: keys.child(place, before) }]
      : []),
    ...(hash === null ? [] : [put({ ...keys.child(place, hash), kind: 'child', ...listed })]),
    put({ ...keys.hashOfChild(place), kind: 'child-hash', hash }),
  ]
}
