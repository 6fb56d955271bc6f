import type { Organisations } from '@concord/domain/organisation/organisation'
import { z } from 'zod'
import { calendarDate, line, orgCode } from './scalars.ts'

const organisation = z.strictObject({
  code: orgCode,
  name: line,
  kind: z.enum(['trust', 'board', 'site', 'icb', 'region']),
  country: z.enum(['England', 'Wales']),
  region: orgCode.nullable(),
  icb: orgCode.nullable(),
  parent: orgCode.nullable(),
  place: z.strictObject({ latitude: z.number(), longitude: z.number() }).nullable(),
  opened: calendarDate.nullable(),
  closed: z.union([z.literal('open'), z.strictObject({ on: calendarDate.nullable() })]),
})

/** Everything known of organisations at one import, as it is stored. */
export const organisations = z.strictObject({
  version: line,
  asOf: z.array(z.strictObject({ file: line, asOf: line, source: line, licence: line })),
  organisations: z.array(organisation),
  successions: z.array(
    z.strictObject({
      from: orgCode,
      to: orgCode.nullable(),
      on: calendarDate.nullable(),
      source: line,
      checked: z.boolean(),
    }),
  ),
  groups: z.array(
    z.strictObject({
      code: line,
      name: line,
      members: z.array(orgCode),
      from: calendarDate.nullable(),
      to: z.union([z.literal('ongoing'), calendarDate]),
      source: line,
      checked: z.boolean(),
    }),
  ),
  clinicalNetworks: z.array(
    z.strictObject({
      code: line,
      name: line,
      country: line,
      specialties: z.array(z.string()),
      members: z.array(orgCode),
    }),
  ),
}) satisfies z.ZodType<Organisations>
