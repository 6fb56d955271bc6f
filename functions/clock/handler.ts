import { tick } from '@concord/application/tick'
import { logger } from '@concord/platform/logger'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { readEnv, stageEnv, tableEnv } from '../env.ts'
import { notSealing } from '../not-sealing.ts'
import { tablesOf, wire } from '../wiring.ts'

const { TABLE_SEALED: _sealed, TABLE_KEYS: _keys, TABLE_AUDIT: _audit, ...clockTables } = tableEnv
const env = readEnv({ ...stageEnv, ...clockTables })
const tables = tablesOf(tableNamesFrom({ ...env, TABLE_SEALED: 'none', TABLE_KEYS: 'none', TABLE_AUDIT: 'none' }))
const deps = wire({ tables, vault: notSealing, stage: env.STAGE })
const log = logger('clock')

/** Once a minute: what is due, in each network. */
export const handler = async () => {
  const { expired } = await tick(deps)()
  if (expired > 0) log.info('Offers expired', { expired })
}
