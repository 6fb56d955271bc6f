import {
  parseClinicianId,
  parseGmcNumber,
  parseNetworkCode,
  parseOrgCode,
  parseRequestId,
  parseSubject,
  parseTfc,
  parseTrustCode,
} from '@concord/domain/ids'
import { parseDate, parseInstant } from '@concord/domain/time'
import { z } from 'zod'

/** Text that the domain can read, as the domain's own type; anything else is refused in the words given. */
const read = <T extends string>(parse: (text: string) => T | undefined, expected: string) =>
  z
    .string()
    .max(200)
    .transform((text, context): T => {
      const value = parse(text)
      if (value !== undefined) return value
      context.addIssue({ code: 'custom', message: `Expected ${expected}` })
      return z.NEVER
    })

export const trustCode = read(parseTrustCode, 'an ODS code of a trust, such as RA7')
export const orgCode = read(parseOrgCode, 'an ODS code, such as RA7 or RA701')
export const networkCode = read(parseNetworkCode, 'the code of a network, such as south-west')
export const gmcNumber = read(parseGmcNumber, 'a GMC number: seven digits, or L and six')
export const tfc = read(parseTfc, 'a treatment function code: three digits')
export const requestId = read(parseRequestId, 'the id of a request')
export const clinicianId = read(parseClinicianId, 'the id of a clinician')
export const subject = read(parseSubject, 'the subject of a token')
export const instant = read(parseInstant, 'a moment such as 2026-11-22T09:00:00Z')
export const calendarDate = read(parseDate, 'a day such as 2026-11-22')
export const endDate = z.union([z.literal('ongoing'), calendarDate]).nullable()

/** A line of text, and a text of several. Limits keep an item well under what the table can hold. */
export const line = z.string().trim().min(1).max(200)
export const prose = z.string().trim().min(1).max(8000)
