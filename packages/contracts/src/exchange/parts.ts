import { z } from 'zod'

// The scalars of the exchange format. A field that is left out says the same as null: nobody asked.

/** Known, or null: nobody asked. A field left out says null too. */
export const known = <Schema extends z.ZodType>(schema: Schema) => schema.nullable().default(null)

/** Known, or null; or “none”, which means something of its own here. */
export const orNone = <Schema extends z.ZodType>(schema: Schema, none: () => z.output<Schema> | null = () => null) =>
  z
    .union([z.literal('none').transform(none), schema])
    .nullable()
    .default(null)

export const id = z.string().trim().min(1).max(120)
export const text = z.string().max(2000)
export const yes = z.boolean()
export const saidYesNo = z.enum(['yes', 'no'])
export const said = z.enum(['yes', 'no', 'unsure'])
/** Asked, and none (an empty list), or null: nobody asked. */
export const list = <Schema extends z.ZodType>(item: Schema, most = 2000) =>
  known(z.union([z.literal('none').transform((): z.output<Schema>[] => []), z.array(item).max(most)]))

const isDay = (value: string) => {
  const [year = 0, month = 0, day = 0] = value.split('-').map(Number)
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}
/** A day, or the year where only that is known. */
export const day = z
  .string()
  .regex(/^\d{4}(-\d{2}-\d{2})?$/, 'Expected a day such as 2026-06-15, or a year')
  .refine((value) => value.length === 4 || isDay(value), 'There is no such day')
  .meta({ examples: ['2026-06-15', '2019'] })
export const wholeDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'Expected a day such as 2026-06-15')
  .refine(isDay, 'There is no such day')
  .meta({ examples: ['2026-06-15'] })
/** The last day in force, or known not to have ended. */
export const end = z.union([z.literal('ongoing'), day], 'Expected a day such as 2026-06-15, a year, or “ongoing”')

const claims = <Name extends string, Schema extends z.ZodType>(name: Name, schema: Schema) =>
  list(
    z.object({ source: known(text), [name]: schema.nullable() } as { source: z.ZodType<string | null> } & Record<
      Name,
      z.ZodNullable<Schema>
    >),
    20,
  )

/** From the first day to the last, both in force. Where sources disagree, the field is null and the claims say what each holds. */
export const period = {
  from: known(day),
  to: known(end),
  fromClaims: claims('from', day),
  toClaims: claims('to', end),
}
