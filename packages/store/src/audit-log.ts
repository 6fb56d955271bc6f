import type { AuditLog } from '@concord/application/ports/outside'
import { keys } from './keys.ts'
import type { TableAccess } from './table-access.ts'

/** Puts entries of who saw or did what, by case. An entry already there is left as it is. */
export const storedAuditLog = (tables: TableAccess): AuditLog => ({
  put: async (entry) => {
    const item = { ...keys.audit(entry.about, entry.at, entry.id), kind: 'audit', ...entry }
    // Refused means the entry is there: the same event copied twice, by a reactor that was asked twice.
    await tables.write([{ kind: 'put', table: 'audit', item, when: { kind: 'absent' } }])
  },
})
