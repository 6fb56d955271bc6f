import { type Asker, mustStand } from '@concord/application/caller'
import type { Vault } from '@concord/application/ports/outside'
import type { TableAccess } from './table-access.ts'

type Means = { readonly tables: TableAccess; readonly vault: Vault }

/**
 * The tables and the vault for somebody whose membership is still being read. Reads leave at once, beside that reading, so that it
 * costs no trip. What they bring is handed on only when the membership holds; before that nothing is parsed, unsealed or written.
 * If it does not hold, nobody waits for the reads, so that the time taken does not depend on what is stored.
 */
export const onceStanding = ({ tables, vault }: Means, asker: Asker): Means => {
  if (asker === 'platform') return { tables, vault }
  const read = async <Found>(reading: Promise<Found>): Promise<Found> => {
    // How it ended is not for somebody who does not hold the membership to hear.
    reading.catch(() => undefined)
    await mustStand(asker)
    return reading
  }
  const after = async <Done>(work: () => Promise<Done>): Promise<Done> => {
    await mustStand(asker)
    return work()
  }
  return {
    tables: {
      get: (table, key) => read(tables.get(table, key)),
      query: (table, query) => read(tables.query(table, query)),
      write: (writes) => after(() => tables.write(writes)),
    },
    vault: {
      newKey: (context) => after(() => vault.newKey(context)),
      open: (wrapped, context) => after(() => vault.open(wrapped, context)),
      keyedHash: (text) => after(() => vault.keyedHash(text)),
      // Both need a key that only the others give out.
      seal: vault.seal,
      unseal: vault.unseal,
    },
  }
}
