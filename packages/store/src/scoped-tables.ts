import type { Reach, TableName } from '@concord/application/grants'
import { isInside, pathsOf, type Scope } from '@concord/application/scope'
import { LoggableError } from '@concord/domain/loggable-error'
import { sameChildListOf } from './keys.ts'
import type { Item, TableAccess, Write } from './table-access.ts'
import { priorInvolvementIndex, rolesIndex, worklistIndexes } from './tables.ts'

/** Thrown when code asks for a key outside its caller's scope: always a bug, so it never becomes an answer. */
export class OutsideScopeError extends LoggableError {
  override readonly name = 'OutsideScopeError'
}

/** The tables as one caller may use them: whatever the code above does, a key outside the scope is not touched. */
export const scopedTables = (tables: TableAccess, scope: Scope): TableAccess => {
  const guard = (table: TableName, pk: string, does: keyof Reach) => {
    if (!isInside(pk, pathsOf(scope, table, does)))
      throw new OutsideScopeError(`${does} of ${table} outside the caller's scope`)
  }
  return {
    get: async (table, key) => {
      guard(table, key.pk, 'read')
      return tables.get(table, key)
    },
    query: async (table, query) => {
      guard(table, query.pk, 'read')
      return tables.query(table, query)
    },
    write: async (writes) => {
      for (const write of writes) {
        guard(write.table, pkOf(write), write.kind === 'put' ? 'write' : 'erase')
        if (write.kind === 'put' && !(isOnOwnLists(write.item) && isTheirOwnRole(write.item)))
          throw new OutsideScopeError(`write of ${write.table} onto a list that its place is not part of`)
      }
      return tables.write(writes)
    },
  }
}

/** Access policies do not check index keys on a write: a request stands on the lists of its own trust, network and child or on none. */
const isOnOwnLists = (item: Item) => {
  const child = item[priorInvolvementIndex.partition]
  if (child !== undefined && child !== sameChildListOf(item.pk)) return false
  return Object.values(worklistIndexes).every(({ partition }) => {
    const list = item[partition]
    return list === undefined || (typeof list === 'string' && isInside(item.pk, [list.replace(/\/worklist$/, '')]))
  })
}

/** A role is found from whoever it says holds it, and from nobody else. */
const isTheirOwnRole = (item: Item) => {
  if (!(rolesIndex.partition in item)) return true
  const found = [item[rolesIndex.partition], item[rolesIndex.sort]].join('/')
  return item.pk.startsWith('members/') && found === `person/${item.sk}`
}

const pkOf = (write: Write) => (write.kind === 'put' ? write.item.pk : write.key.pk)
