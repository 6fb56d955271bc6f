import { tenDigits } from '@concord/domain/child-number'
import {
  parseClinicianId,
  parseGlassId,
  parseNetworkCode,
  parseRequestId,
  parseSubject,
  parseTeamId,
  parseTfc,
  readGmcNumber,
  readOrgCode,
  readTrustCode,
} from '@concord/domain/ids'
import { languages } from '@concord/domain/request/languages'
import { parseDate, parseInstant } from '@concord/domain/time'
import { z } from 'zod'

type Parser<T> = ((text: string) => T | undefined) & { readonly pattern?: string }

/** Text that the domain can read, as the domain's own type; anything else is refused in the words given. */
const read = <T extends string>(parse: Parser<T>, what: string, example: string, format?: 'date' | 'date-time') =>
  z
    .string()
    .max(200)
    .transform((text, context): T => {
      const value = parse(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: `Expected ${what}, such as ${example}` })
      return z.NEVER
    })
    .meta({
      description: what,
      examples: [example],
      ...(parse.pattern && { pattern: parse.pattern }),
      ...(format && { format }),
    })

export const trustCode = read(readTrustCode, 'the ODS code of a trust or health board', 'RA7')
export const orgCode = read(readOrgCode, 'the ODS code of an organisation or site', 'RA723')
export const networkCode = read(parseNetworkCode, 'the code of a network', 'south-west')
export const gmcNumber = read(readGmcNumber, 'a GMC number, seven digits or L and six', '9990001')
export const childNumber = read(tenDigits, 'an NHS, CHI or H&C number, ten digits', '9990100071')
export const tfc = read(parseTfc, 'a treatment function code', '421')
export const requestId = read(parseRequestId, 'the id of a request', 'req_RA7_01999999-0f66-7f8c-9d0e-3f4b8f8f3a11')
export const clinicianId = read(parseClinicianId, 'the id of a clinician', 'cln_01999999-1d2e-7c4b-8a6f-5e6d7c8b9a01')
export const glassId = read(parseGlassId, 'the id of a broken glass', 'glass_01999999-1d2e-7c4b-8a6f-5e6d7c8b9a01')
export const teamId = read(parseTeamId, 'the id of a team on a list', 'team_RA7_0f668d9e3f4b')
export const subject = read(parseSubject, 'the subject of a token', 'requester-bristol')
export const instant = read(parseInstant, 'a moment', '2026-11-22T09:00:00Z', 'date-time')
export const calendarDate = read(parseDate, 'a day in the United Kingdom', '2026-11-22', 'date')
export const endDate = z
  .union([z.literal('ongoing'), calendarDate], 'Expected a day such as 2026-11-22, “ongoing”, or null')
  .nullable()
  .meta({ description: 'The last day in force; ongoing is known not to have ended, null is unknown' })

/** One of the list, never a word of anybody's own: it stays in the clear after an erasure. */
export const language = z.enum(languages).meta({
  description: 'ISO 639-1, or 639-3 where that has none; `x-` for ways of communicating that have no code of either',
})

/** A line of text, and a text of several. Limits keep an item well under what the table can hold. */
export const line = z.string().trim().min(1).max(200)
export const prose = z.string().trim().min(1).max(8000)

/** One at least, with what the documents need to say so. */
export const atLeastOne = <Item extends z.ZodType>(item: Item) =>
  z.tuple([item], item).meta({ items: refTo(item), minItems: 1 })

/** Something named, or nothing: of `.nullable()` the documents would make what is both. */
export const orNull = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.null()])

/** A named schema as the documents point at it. */
const refTo = (schema: z.ZodType) => ({ $ref: `#/components/schemas/${schema.meta()?.id}` })
