// The only place that reads the environment: each function parses what the template gives it, once, and starts with nothing missing.
import { z } from 'zod'

const text = z.string().min(1)

export const tableEnv = {
  TABLE_RECORDS: text,
  TABLE_SEALED: text,
  TABLE_KEYS: text,
  TABLE_AUDIT: text,
  TABLE_FIGURES: text,
}
export const stageEnv = { STAGE: text }
export const sealingEnv = { SEALING_KEY: text }

export const readEnv = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).parse(process.env)
