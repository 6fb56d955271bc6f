import { compartmentTags } from '@concord/application/grants'
import type { CaseErasure } from '@concord/application/ports/case-erasure'
import { paths, type RequestPlace } from '@concord/application/scope'
import { breakGlass } from '@concord/contracts/domain/break-glass'
import { requestState } from '@concord/contracts/domain/request'
import { isNonEmpty } from '@concord/domain/result'
import { z } from 'zod'
import { auditWrite } from './audit-log.ts'
import { sameChildAs } from './child.ts'
import { keyItem } from './compartment.ts'
import { keys } from './keys.ts'
import { readItem } from './read-item.ts'
import type { TableAccess, Write } from './table-access.ts'

const stateItem = z.object({ state: requestState })
const glassItem = z.object({ state: breakGlass })
/** Of items without conditions a transaction bears a hundred. */
const TOGETHER = 100

/** Erases what is sealed of a case, compartment by compartment of the one list of kinds. */
export const storedErasure = (tables: TableAccess): CaseErasure => {
  const pathsOf = (place: RequestPlace) => compartmentTags.map((kind) => paths.compartment(kind, place))
  const keysOf = async (place: RequestPlace) =>
    Promise.all(
      pathsOf(place).map(async (path) => {
        const item = await tables.get('keys', keys.compartmentKey(path))
        return { path, key: item && readItem(keyItem, item) }
      }),
    )
  const textsOf = async (place: RequestPlace) =>
    (await Promise.all(pathsOf(place).map((pk) => tables.query('sealed', { pk })))).flat()

  return {
    async look(place) {
      const [item, found, texts, { hash }, glasses] = await Promise.all([
        tables.get('records', keys.request(place)),
        keysOf(place),
        textsOf(place),
        sameChildAs(tables, place),
        tables.query('records', { pk: paths.glass(place), prefix: 'state/' }),
      ])
      if (!item) return undefined
      const erased = found.flatMap(({ key }) => (key?.kind === 'erased' ? [key.at] : []))
      return {
        status: readItem(stateItem, item).state.status,
        keys: found.filter(({ key }) => key?.kind === 'key').length,
        texts: texts.length,
        isFindable: hash !== null,
        reviewsDue: glasses.filter((one) => readItem(glassItem, one).state.review === null).length,
        erasedAt: erased.toSorted()[0] ?? null,
      }
    },
    async eraseKeys(place, entry) {
      const [found, { hash }] = await Promise.all([keysOf(place), sameChildAs(tables, place)])
      const marks = found.flatMap(({ path, key }): readonly Write[] => {
        if (key?.kind === 'erased') return []
        const version = (key?.version ?? 0) + 1
        const item = { ...keys.compartmentKey(path), kind: 'erased', version, at: entry.at }
        // A key that was made or wrapped anew meanwhile is met, and erased at the next try.
        const when = key ? ({ kind: 'version', is: key.version } as const) : ({ kind: 'absent' } as const)
        return [{ kind: 'put', table: 'keys', item, when }]
      })
      const written = await tables.write([
        auditWrite(entry),
        ...marks,
        ...(hash === null ? [] : [gone('records', keys.child(place, hash))]),
        gone('records', keys.hashOfChild(place)),
      ])
      return written.kind === 'written' ? 'erased' : 'met-another'
    },
    async clear(place) {
      // Until none is left: one that was being written beside the keys' end comes late, and opens by nothing.
      for (let left = await textsOf(place); left.length > 0; left = await textsOf(place)) {
        const now = left.slice(0, TOGETHER).map(({ pk, sk }) => gone('sealed', { pk, sk }))
        if (isNonEmpty(now)) await tables.write(now)
      }
    },
  }
}

const gone = (table: 'records' | 'sealed', { pk, sk }: { readonly pk: string; readonly sk: string }): Write => ({
  kind: 'delete',
  table,
  key: { pk, sk },
})
