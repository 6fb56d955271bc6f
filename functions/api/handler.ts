import { logger, reporter } from '@concord/platform/logger'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { callerEnv, readEnv, roleArnsFrom, stageEnv, tableEnv } from '../env.ts'
import { limitsOf } from '../limits.ts'
import { callersOf, tablesOf, wire } from '../wiring.ts'
import { lambda } from './lambda.ts'

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

export const handler = lambda({
  ...deps,
  limits: limitsOf(deps.clock),
  report: reporter(logger('api'), 'A call broke'),
})
