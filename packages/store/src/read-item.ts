import { LoggableError } from '@concord/domain/loggable-error'
import type { z } from 'zod'
import type { Item } from './table-access.ts'

/** Reads an item through its schema. One that does not fit is never skipped: a register that quietly grows shorter is a hazard. */
export const readItem = <T>(schema: z.ZodType<T>, item: Item): T => {
  const read = schema.safeParse(item)
  if (read.success) return read.data
  const where = read.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`).join(', ')
  // The places of what is wrong and never the values: this goes into a log.
  throw new LoggableError(`Item ${item.pk} ${item.sk} does not read: ${where}`)
}
