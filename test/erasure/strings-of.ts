import { z } from 'zod'

/** The place of every string that a schema takes, a star for each of a list. What is only one of a few words, a number or a yes is no string. */
export const stringsOf = (schema: unknown, at = ''): readonly string[] => {
  if (schema instanceof z.ZodPipe) return stringsOf(schema.in, at)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return stringsOf(schema.unwrap(), at)
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, part]) => stringsOf(part, at === '' ? name : `${at}.${name}`))
  if (schema instanceof z.ZodArray) return stringsOf(schema.element, `${at}.*`)
  if (schema instanceof z.ZodTuple) return stringsOf(schema.def.rest, `${at}.*`)
  if (schema instanceof z.ZodUnion) return [...new Set(schema.options.flatMap((one) => stringsOf(one, at)))]
  if (schema instanceof z.ZodString) return [at]
  const closed = [z.ZodEnum, z.ZodLiteral, z.ZodNumber, z.ZodBoolean, z.ZodNull, z.ZodUndefined]
  if (closed.some((kind) => schema instanceof kind)) return []
  throw new Error(`Nobody said whether there is a string in ${at}`)
}
