import { fileURLToPath } from 'node:url'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { useCases } from '@concord/application/use-cases'
import { logger, reporter } from '@concord/platform/logger'
import { outsideSecret } from '@concord/platform/outside-secret'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { handle } from 'hono/aws-lambda'
import { z } from 'zod'
import { callerEnv, readEnv, roleArnsFrom, stageEnv, tableEnv } from '../env.ts'
import { limitsOf } from '../limits.ts'
import { callersOf, tablesOf, wire } from '../wiring.ts'
import { consoleApp } from './app.ts'
import { assetsIn } from './assets.ts'
import { bookOf } from './book.ts'
import { identityOf } from './identity.ts'
import { sessionsOf } from './sessions.ts'

const env = readEnv({
  ...stageEnv,
  ...tableEnv,
  ...callerEnv,
  ISSUER: z.url(),
  OIDC_CLIENT_ID: z.string(),
  CONSOLE_URL: z.url(),
  OUTSIDE_SECRET: z.string(),
})
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
const secret = outsideSecret({ client: new SecretsManagerClient({}), arn: env.OUTSIDE_SECRET })

// eslint-disable-next-line @typescript-eslint/no-deprecated -- the package that replaces it is not published yet.
export const handler = handle(
  consoleApp({
    ...deps,
    useCases: useCases(deps),
    sessions: sessionsOf({ ...deps, issuer: env.ISSUER }),
    identity: identityOf({
      issuer: env.ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: async () => (await secret()).oidcClientSecret,
      consoleUrl: env.CONSOLE_URL,
    }),
    cookieKey: async () => (await secret()).cookieKey,
    book: () => bookOf(deps),
    limits: limitsOf(deps.clock),
    assets: assetsIn(fileURLToPath(new URL('./assets/', import.meta.url))),
    consoleUrl: env.CONSOLE_URL,
    issuer: env.ISSUER,
    isInvented: env.STAGE === 'local',
    report: reporter(logger('console'), 'A page broke'),
  }),
)
