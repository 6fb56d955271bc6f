import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { ReactorDeps } from '@concord/application/reactions/perform'
import { react } from '@concord/application/reactions/react'
import { logger } from '@concord/platform/logger'
import { govukNotify } from '@concord/platform/notify'
import { outsideSecret } from '@concord/platform/outside-secret'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { storedReactorStore } from '@concord/store/reactor-store'
import middy from '@middy/core'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { z } from 'zod'
import { readEnv, stageEnv, tableEnv } from '../env.ts'
import { notSealing } from '../not-sealing.ts'
import { tablesOf, wire } from '../wiring.ts'
import { noticeWords } from './notice-words.ts'
import { reactToRecords } from './react-to-records.ts'

const text = z.string().min(1)
const { TABLE_SEALED: _sealed, TABLE_KEYS: _keys, ...reactorTables } = tableEnv
const env = readEnv({
  ...stageEnv,
  ...reactorTables,
  NOTIFY_URL: text,
  NOTIFY_TEMPLATE: text,
  CONSOLE_URL: text,
  OUTSIDE_SECRET: text,
})
// The reactor has no right to the sealed tables, so it is told no name for them.
const tables = tablesOf(tableNamesFrom({ ...env, TABLE_SEALED: 'none', TABLE_KEYS: 'none' }))
const secret = outsideSecret({ client: new SecretsManagerClient({}), arn: env.OUTSIDE_SECRET })
const log = logger('react')

const wired = wire({ tables, meansFor: () => ({ tables, vault: notSealing }), stage: env.STAGE })
const deps: ReactorDeps = {
  ...wired,
  storeFor: wired.storesOf('platform'),
  reactor: storedReactorStore(tables),
  notifier: {
    send: async (notice) => {
      const { notifyApiKey } = await secret()
      return govukNotify({ url: env.NOTIFY_URL, template: env.NOTIFY_TEMPLATE, apiKey: notifyApiKey }).send(notice)
    },
  },
  words: noticeWords,
  consoleUrl: env.CONSOLE_URL,
}

export const handler = middy((event: DynamoDBStreamEvent) => reactToRecords({ react: react(deps), log })(event))
