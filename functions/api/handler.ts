import { useCases } from '@concord/application/use-cases'
import { logger } from '@concord/platform/logger'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { handle } from 'hono/aws-lambda'
import { callerFrom } from '../caller.ts'
import { callerEnv, readEnv, roleArnsFrom, stageEnv, tableEnv } from '../env.ts'
import { limitsOf } from '../limits.ts'
import { callersOf, tablesOf, wire } from '../wiring.ts'
import { api } from './app.ts'

const env = readEnv({ ...stageEnv, ...tableEnv, ...callerEnv })
const names = tableNamesFrom(env)
const deps = wire({
  tables: tablesOf(names),
  meansFor: callersOf({
    names,
    keyId: env.SEALING_KEY,
    childKeyId: env.CHILD_KEY,
    roleArns: roleArnsFrom(env),
  }),
  stage: env.STAGE,
})
const log = logger('api')

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that replaces it is not published yet.
export const handler = handle(
  api({
    useCases: useCases(deps),
    digest: deps.digest,
    callerOf: (claims) => callerFrom(deps, claims),
    limits: limitsOf(deps.clock),
    clock: deps.clock,
    report: (error) => log.error('A call broke', error instanceof Error ? error : new Error('unknown')),
  }),
)
