import { type BreakGlass, breakers, type GlassEvent, reviewFindings } from '@concord/domain/break-glass/break-glass'
import { z } from 'zod'
import { eventHeader, sectionRef } from './request.ts'
import { glassId, instant, networkCode, requestId, subject, trustCode } from './scalars.ts'

const broken = {
  id: glassId,
  network: networkCode,
  trust: trustCode,
  request: requestId,
  wasSent: z.boolean(),
  until: instant,
  reason: sectionRef,
  reviewBy: instant,
}
export const finding = z.enum(reviewFindings)

/** A broken glass as it is stored. */
export const breakGlass = z.strictObject({
  ...broken,
  version: z.int().positive(),
  by: z.strictObject({ subject, role: z.enum(breakers) }),
  openedAt: instant,
  review: z.strictObject({ by: subject, at: instant, finding, note: sectionRef }).nullable(),
}) satisfies z.ZodType<BreakGlass>

/** What happened to it, as the stream tells it. */
export const glassEvent = z.discriminatedUnion('type', [
  z.strictObject({ ...eventHeader, type: z.literal('glass.broken'), ...broken }),
  z.strictObject({ ...eventHeader, type: z.literal('glass.reviewed'), id: glassId, finding, note: sectionRef }),
]) satisfies z.ZodType<GlassEvent>
