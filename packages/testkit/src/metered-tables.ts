import type { TableAccess } from '@concord/store/table-access'

/** Counts what a use case asks of the database. Calls made side by side are one trip: none goes on before all of them are answered. */
export const meteredTables = (tables: TableAccess) => {
  let trips = 0
  let calls = 0
  let items = 0
  let waiting: (() => Promise<unknown>)[] = []
  const leave = async () => {
    const together = waiting
    waiting = []
    trips += 1
    await Promise.all(together.map((call) => call()))
  }
  const metered =
    <Asked extends readonly unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>) =>
    (...asked: Asked): Promise<Answer> => {
      calls += 1
      // A turn of the loop later, so that calls begun together leave together.
      if (waiting.length === 0) setImmediate(() => void leave())
      const { promise, resolve, reject } = Promise.withResolvers<Answer>()
      waiting.push(() => call(...asked).then(resolve, reject))
      return promise
    }
  return {
    tables: {
      get: metered(tables.get),
      query: metered(async (table, query) => {
        const found = await tables.query(table, query)
        items += found.length
        return found
      }),
      write: metered(tables.write),
    } satisfies TableAccess,
    /** How many trips and calls a piece of work cost, and how many items its queries brought. */
    spent: async <T>(work: () => Promise<T>) => {
      trips = 0
      calls = 0
      items = 0
      const result = await work()
      return { result, trips, calls, items }
    },
  }
}
