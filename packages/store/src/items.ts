import type { Exchange, GlassToReview, Release, WorklistRow } from '@concord/application/ports/store'
import { breakGlass } from '@concord/contracts/domain/break-glass'
import {
  calendarDate,
  gmcNumber,
  instant,
  networkCode,
  orgCode,
  requestId,
  tfc,
  trustCode,
} from '@concord/contracts/domain/scalars'
import { statuses } from '@concord/domain/request/request'
import { z } from 'zod'

/** A row of a worklist, as the index carries it. */
export const worklistRow = z.object({
  worklist: z.strictObject({
    id: requestId,
    status: z.enum(statuses),
    tfc,
    urgency: z.string(),
    due: z.strictObject({ step: z.string(), by: instant }).nullable(),
    submittedAt: instant.nullable(),
  }) satisfies z.ZodType<WorklistRow>,
})

/** A broken glass that waits for its review, as the index carries it. */
export const glassRow = z.object({
  worklist: breakGlass.pick({
    id: true,
    request: true,
    by: true,
    openedAt: true,
    until: true,
    reviewBy: true,
  }) satisfies z.ZodType<GlassToReview>,
})

/** An opinion that was brokered, as each of those it bears on has it. */
export const exchangeItem = z.object({
  exchange: z.strictObject({
    id: requestId,
    on: calendarDate,
    opinionBy: gmcNumber,
    opinionUnit: orgCode.nullable(),
    requestedBy: gmcNumber,
    requestingUnit: orgCode,
    requestingOrg: trustCode,
  }) satisfies z.ZodType<Exchange>,
})

const banded = z.union([z.literal('0-7'), z.int().min(8)])

/** A published year. */
export const releaseItem = z.object({
  release: z.strictObject({
    network: networkCode,
    period: z.string().regex(/^\d{4}-\d{2}$/),
    figures: z.strictObject({
      requests: banded,
      matched: z.union([banded, z.literal('all-but-0-7')]),
      medianWorkingDays: z.int().nullable(),
    }),
  }) satisfies z.ZodType<Release>,
})
