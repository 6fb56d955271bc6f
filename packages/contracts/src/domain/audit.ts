import type { AuditEntry } from '@concord/domain/audit/entry'
import type { ChainEnd, Head, Link } from '@concord/domain/audit/ledger'
import type { Receipt } from '@concord/domain/audit/receipt'
import { z } from 'zod'
import { instant } from './scalars.ts'

/** An entry of the audit as it is read again; it may say more than this. */
export const auditEntry = z.object({
  at: instant,
  id: z.string(),
  about: z.string(),
  who: z.string(),
  role: z.string(),
  did: z.string(),
}) satisfies z.ZodType<AuditEntry>

/** The parts of the audit's chains as they are stored, published and handed out. */
export const auditEnd = z.strictObject({
  tenant: z.string(),
  length: z.int(),
  hash: z.string(),
}) satisfies z.ZodType<ChainEnd>

export const auditLink = z.strictObject({
  tenant: z.string(),
  seq: z.int(),
  entry: z.string(),
  entryHash: z.string(),
  previous: z.string(),
  hash: z.string(),
}) satisfies z.ZodType<Link>

export const auditHead = z.strictObject({
  number: z.int(),
  at: instant,
  root: z.string(),
  previous: z.string().nullable(),
  hash: z.string(),
  ends: z.array(auditEnd),
}) satisfies z.ZodType<Head>

export const auditReceipt = z.strictObject({
  entry: z.record(z.string(), z.unknown()),
  link: auditLink,
  after: z.array(z.string()),
  way: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: z.string() })),
  head: auditHead.omit({ ends: true }),
}) satisfies z.ZodType<Receipt>
