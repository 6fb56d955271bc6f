import { compartmentTags } from '@concord/application/grants'
import type { Rewrap } from '@concord/application/ports/outside'
import { paths, type RequestPlace } from '@concord/application/scope'
import { keyItem } from './compartment.ts'
import { keys } from './keys.ts'
import { readItem } from './read-item.ts'
import type { TableAccess } from './table-access.ts'

/** The data keys of a case that open something, as they are wrapped. */
export const wrappedKeysOf = async (tables: TableAccess, place: RequestPlace): Promise<readonly Uint8Array[]> => {
  const found = compartmentTags.map((kind) => tables.get('keys', keys.compartmentKey(paths.compartment(kind, place))))
  return (await Promise.all(found)).flatMap((item) => {
    const key = item && readItem(keyItem, item)
    return key?.kind === 'key' ? [key.wrapped] : []
  })
}

/** Has every data key of a case wrapped anew, and counts them. One that was erased, or wrapped anew by another, meanwhile is left as it is. */
export const rewrapCase =
  ({ tables, rewrap }: { readonly tables: TableAccess; readonly rewrap: Rewrap }) =>
  async (place: RequestPlace): Promise<number> => {
    const done = compartmentTags.map(async (kind): Promise<number> => {
      const path = paths.compartment(kind, place)
      const item = await tables.get('keys', keys.compartmentKey(path))
      const key = item && readItem(keyItem, item)
      if (key?.kind !== 'key') return 0
      const wrapped = await rewrap(key.wrapped, path)
      const next = { ...keys.compartmentKey(path), kind: 'key', version: key.version + 1, wrapped }
      // Without this an erasure that came between would be undone.
      const when = { kind: 'version', is: key.version } as const
      const written = await tables.write([{ kind: 'put', table: 'keys', item: next, when }])
      return written.kind === 'written' ? 1 : 0
    })
    return (await Promise.all(done)).reduce((sum, one) => sum + one, 0)
  }
