import type { TableName } from '@concord/application/grants'
import type { Item, Key, TableAccess, Write } from '@concord/store/table-access'
import { memoryTables } from '@concord/testkit/memory-tables'

type Before = { readonly table: TableName; readonly key: Key; readonly item: Item | undefined }

/** Tables in memory that remember what is written to them and can take it back: each call is tried on the same story. */
export const undoableTables = () => {
  const tables = memoryTables()
  const done: Before[] = []
  const before = async (write: Write): Promise<Before> => {
    const { table } = write
    const { pk, sk } = write.kind === 'put' ? write.item : write.key
    return { table, key: { pk, sk }, item: await tables.get(table, { pk, sk }) }
  }
  const kept: TableAccess = {
    ...tables,
    write: async (writes) => {
      const stood = await Promise.all(writes.map(before))
      const written = await tables.write(writes)
      if (written.kind === 'written') done.push(...stood)
      return written
    },
  }
  return {
    ...kept,
    all: tables.all,
    /** What was written since it was last taken back, but for the audit: a call that came to nothing may well be on record. */
    written: () => done.filter(({ table }) => table !== 'audit'),
    undo: async () => {
      for (let one = done.pop(); one; one = done.pop()) {
        const { table, key, item } = one
        await tables.write([
          item ? { kind: 'put', table, item, when: { kind: 'none' } } : { kind: 'delete', table, key },
        ])
      }
    },
    /** From here on what was written stays. */
    keep: () => void done.splice(0),
  }
}
export type UndoableTables = ReturnType<typeof undoableTables>
