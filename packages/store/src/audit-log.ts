import type { AuditLog } from '@concord/application/ports/outside'
import { type AuditEntry, tenantOf } from '@concord/domain/audit/entry'
import { keys, unchainedPk } from './keys.ts'
import type { Key, TableAccess, Write } from './table-access.ts'
import { unchainedIndex } from './tables.ts'

/** An entry is put at the first, and put again with its place at the second: a chained one is never chained again. */
export const auditVersions = { waiting: 1, chained: 2 } as const

/** An entry as it is put, to wait for its place in the chain of its network. */
export const auditWrite = (entry: AuditEntry): Write => {
  const key: Key = keys.audit(entry.about, entry.at, entry.id)
  const waits = { [unchainedIndex.partition]: unchainedPk(tenantOf(entry.about)), [unchainedIndex.sort]: key.sk }
  const item = { ...key, kind: 'audit', version: auditVersions.waiting, ...entry, ...waits }
  return { kind: 'put', table: 'audit', item, when: { kind: 'absent' } }
}

/** Puts entries of who saw or did what, by case. An entry already there is left as it is. */
export const storedAuditLog = (tables: TableAccess): AuditLog => ({
  put: async (entry) => {
    // Refused means the entry is there: the same event copied twice, by a reactor that was asked twice.
    await tables.write([auditWrite(entry)])
  },
})
