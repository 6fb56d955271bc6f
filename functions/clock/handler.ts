import { tick } from '@concord/application/tick'
import { logger } from '@concord/platform/logger'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { readEnv, stageEnv, tableEnv } from '../env.ts'
import { notSealing } from '../not-sealing.ts'
import { tablesOf, wire } from '../wiring.ts'

const env = readEnv({ ...stageEnv, TABLE_RECORDS: tableEnv.TABLE_RECORDS })
const others = { TABLE_SEALED: 'none', TABLE_KEYS: 'none', TABLE_AUDIT: 'none', TABLE_FIGURES: 'none' }
const tables = tablesOf(tableNamesFrom({ ...env, ...others }))
const deps = wire({ tables, meansFor: () => ({ tables, vault: notSealing }), stage: env.STAGE })
const log = logger('clock')

/** Once a minute: what is due, in each network. */
export const handler = async () => {
  const { expired } = await tick(deps)()
  if (expired > 0) log.info('Offers expired', { expired })
}
