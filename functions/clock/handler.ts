import { KMSClient } from '@aws-sdk/client-kms'
import { S3Client } from '@aws-sdk/client-s3'
import { chainAudit } from '@concord/application/chain-audit'
import { tick } from '@concord/application/tick'
import { auditHead } from '@concord/contracts/domain/audit'
import { logger, reporter } from '@concord/platform/logger'
import { s3Witness } from '@concord/platform/s3-witness'
import { tableNamesFrom } from '@concord/store/dynamo-tables'
import { readEnv, stageEnv, tableEnv, witnessEnv } from '../env.ts'
import { notSealing } from '../not-sealing.ts'
import { tablesOf, wire } from '../wiring.ts'

const { TABLE_RECORDS, TABLE_AUDIT } = tableEnv
const env = readEnv({ ...stageEnv, TABLE_RECORDS, TABLE_AUDIT, ...witnessEnv })
const others = { TABLE_SEALED: 'none', TABLE_KEYS: 'none', TABLE_FIGURES: 'none' }
const tables = tablesOf(tableNamesFrom({ ...env, ...others }))
const witness = s3Witness({
  s3: new S3Client({}),
  kms: new KMSClient({}),
  bucket: env.WITNESS_BUCKET,
  keyId: env.WITNESS_KEY,
  readHead: (value) => auditHead.parse(value),
})
const wired = wire({ tables, meansFor: () => ({ tables, vault: notSealing }), stage: env.STAGE })
const deps = { ...wired, storeFor: wired.storesOf('platform'), witness }
const log = logger('clock')
const report = reporter(log, 'A part of the tick failed')

/** Once a minute: what is due, in each network, and the chains of the audit with their head. */
export const handler = async () => {
  const [ticked, chained] = await Promise.allSettled([tick(deps)(), chainAudit(deps)()])
  if (ticked.status === 'fulfilled' && ticked.value.expired > 0) log.info('Offers expired', ticked.value)
  // Neither keeps the other from its work, and each is told of.
  const failed = [ticked, chained].flatMap((one): readonly unknown[] => (one.status === 'rejected' ? [one.reason] : []))
  for (const error of failed) report(error)
  // Lambda logs what is thrown as it is, so there is nothing in it: the line before says what it was.
  if (failed.length > 0) throw new Error('The tick failed in part')
}
