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
/** Where published heads of the audit are kept, and the key that signs them. */
export const witnessEnv = { WITNESS_BUCKET: text, WITNESS_KEY: text }
/** For a function that acts for callers: the key of the stage, that for hashes of children, and the role of each kind of caller. */
export const callerEnv = {
  SEALING_KEY: text,
  CHILD_KEY: text,
  ROLE_TRUST: text,
  ROLE_NETWORK: text,
  ROLE_CLINICIAN: text,
  ROLE_COMMISSIONER: text,
  ROLE_GUARDIAN: text,
  ROLE_OPERATOR: text,
  ROLE_NAMED: text,
  ROLE_BREAKER: text,
  ROLE_STEWARD: text,
}
export const roleArnsFrom = (env: Readonly<Record<keyof typeof callerEnv, string>>) => ({
  trust: env.ROLE_TRUST,
  network: env.ROLE_NETWORK,
  clinician: env.ROLE_CLINICIAN,
  commissioner: env.ROLE_COMMISSIONER,
  guardian: env.ROLE_GUARDIAN,
  operator: env.ROLE_OPERATOR,
  named: env.ROLE_NAMED,
  breaker: env.ROLE_BREAKER,
  steward: env.ROLE_STEWARD,
})

export const readEnv = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).parse(process.env)
