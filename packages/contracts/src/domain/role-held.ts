import type { EntryHolder, RoleEvent, RoleHeld } from '@concord/domain/membership/role-held'
import { z } from 'zod'
import { eventHeader } from './request.ts'
import { calendarDate, instant, line, subject } from './scalars.ts'

const membership = z.string().max(500)

/** A role that somebody holds, as it is stored. */
export const roleHeld = z.strictObject({
  subject,
  name: line,
  membership,
  version: z.int().positive(),
  from: calendarDate,
  to: calendarDate.nullable(),
  reviewBy: calendarDate,
  endedAt: instant.nullable(),
}) satisfies z.ZodType<RoleHeld>

/** By whom a register entry was last held, as it is stored. */
export const entryHolder = z.strictObject({
  version: z.int().positive(),
  held: roleHeld,
}) satisfies z.ZodType<EntryHolder>

const header = { ...eventHeader, subject, membership }
/** What happened to it, as the stream tells it. */
export const roleEvent = z.discriminatedUnion('type', [
  z.strictObject({
    ...header,
    type: z.literal('role.granted'),
    name: line,
    from: calendarDate,
    to: calendarDate.nullable(),
    reviewBy: calendarDate,
    follows: subject.nullable(),
  }),
  z.strictObject({ ...header, type: z.literal('role.confirmed'), reviewBy: calendarDate }),
  z.strictObject({ ...header, type: z.literal('role.ended') }),
]) satisfies z.ZodType<RoleEvent>
