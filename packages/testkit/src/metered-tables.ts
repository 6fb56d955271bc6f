import type { TableAccess } from '@concord/store/table-access'

/** Counts what a use case asks of the database. Calls made side by side are one trip. */
export const meteredTables = (tables: TableAccess) => {
  let trips = 0
  let calls = 0
  let waiting = 0
  const metered =
    <Asked extends readonly unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      calls += 1
      if (waiting === 0) trips += 1
      waiting += 1
      try {
        // A turn of the loop, so that calls begun together are seen to wait together.
        await new Promise((resolve) => setImmediate(resolve))
        return await call(...asked)
      } finally {
        waiting -= 1
      }
    }
  return {
    tables: {
      get: metered(tables.get),
      query: metered(tables.query),
      write: metered(tables.write),
    } satisfies TableAccess,
    spent: async <T>(work: () => Promise<T>) => {
      trips = 0
      calls = 0
      const result = await work()
      return { result, trips, calls }
    },
  }
}
