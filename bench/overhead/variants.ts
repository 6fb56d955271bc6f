import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type CallerRole, callerRoles } from '@concord/application/grants'
import type { Vault } from '@concord/application/ports/outside'
import type { RequestPlace, Scope } from '@concord/application/scope'
import { paths } from '@concord/application/scope'
import { isNonEmpty } from '@concord/domain/result'
import { kmsVault } from '@concord/platform/kms-vault'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { keys } from '@concord/store/keys'
import type { Item, TableAccess } from '@concord/store/table-access'
import type { TableNames } from '@concord/store/tables'
import { onRecord } from '@concord/testkit/on-record'
import type { World } from '@concord/testkit/world'
import { lambda } from '../../functions/api/lambda.ts'
import { limitsOf } from '../../functions/limits.ts'
import { callersOf, wire } from '../../functions/wiring.ts'
import { kmsKeys, owner, type standIns } from './stand-ins.ts'

/** What a variant goes without. */
export type Without = 'sealing' | 'audit' | 'scoped credentials'

type Ground = {
  readonly url: string
  readonly names: TableNames
  readonly world: World
  readonly clouds: ReturnType<typeof standIns>
  readonly watch: (client: DynamoDBClient) => DynamoDBClient
  /** Of the case that is read, what would stand in the request itself if nothing were sealed. */
  readonly texts: ReadonlyMap<string, Item>
}

/** Calls are counted as always, and nobody here calls too often. */
const enough = { burst: 1_000_000_000, eachMs: 1 }
const plenty = { calls: enough, costly: enough, misses: enough }

/** The api's Lambda function wired as in the cloud, and the same without one or the other of what keeps tenants apart. */
export const variantsOn = ({ url, names, world, clouds, watch, texts }: Ground) => {
  const connected = { endpoint: url, region: 'eu-west-2' }
  const own = watch(new DynamoDBClient({ ...connected, credentials: owner }))
  // One agent for all, and for the bare commands: nobody waits for a socket that somebody else has.
  const { requestHandler } = own.config
  const ownTables = dynamoTables({ client: own, names })
  const arn = 'arn:aws:iam::000000000000:role/bench'
  // Of every role, since the list of them is what is gone through.
  const roleArns = Object.fromEntries(callerRoles.map((role) => [role, arn])) as Record<CallerRole, string>
  return (without: readonly Without[]) => {
    const scoped = callersOf({
      names,
      ...kmsKeys,
      roleArns,
      clients: {
        sts: clouds.sts,
        kms: clouds.kms,
        dynamoDb: (credentials) => watch(new DynamoDBClient({ ...connected, credentials, requestHandler })),
      },
    })
    const unscoped = { tables: ownTables, vault: kmsVault({ client: clouds.kms(), ...kmsKeys }) }
    const meansOf = without.includes('scoped credentials') ? () => unscoped : scoped
    const meansFor = (scope: Scope) => {
      const means = meansOf(scope)
      return without.includes('sealing')
        ? { tables: unsealed(means.tables, texts), vault: { ...means.vault, ...plain } }
        : means
    }
    const deps = wire({ tables: ownTables, meansFor, stage: 'local', clock: world.deps.clock })
    return lambda({
      ...deps,
      ...(without.includes('audit') && { audit: { put: async () => {} } }),
      limits: limitsOf(deps.clock, plenty),
      report: (error) => {
        throw error
      },
    })
  }
}

const sections = [
  ['brief', 'question'],
  ['pack', 'identity'],
  ['pack', 'narrative'],
  ['pack', 'opinion'],
] as const

/** The texts of a case as they read, by where a query looks for them. */
export const textsOf = async ({ deps }: World, scope: Scope, place: RequestPlace) => {
  const store = deps.storeFor(scope)
  const read = sections.map(async ([kind, section]) => {
    const text = await (await store.compartment(kind, place)).read(section, onRecord)
    const key = keys.section(paths.compartment(kind, place), section, 1)
    const item: Item = { ...key, section, version: 1, hash: '', body: Buffer.from(JSON.stringify(text)) }
    return [`${key.pk} ${section}/`, item] as const
  })
  return new Map(await Promise.all(read))
}

/** Without sealing, no key and no text has an item of its own: no command is spent on either. */
const unsealed = (tables: TableAccess, texts: ReadonlyMap<string, Item>): TableAccess => ({
  get: async (table, key) => (table === 'keys' ? undefined : tables.get(table, key)),
  query: async (table, query) => {
    if (table !== 'sealed') return tables.query(table, query)
    const text = texts.get(`${query.pk} ${query.prefix}`)
    return text ? [text] : []
  },
  write: async (writes) => {
    const left = writes.filter(({ table }) => table !== 'sealed' && table !== 'keys')
    return isNonEmpty(left) ? tables.write(left) : { kind: 'written' }
  },
})

const plain: Omit<Vault, 'keyedHash'> = {
  newKey: async () => ({ key: new Uint8Array(), wrapped: new Uint8Array() }),
  open: async () => new Uint8Array(),
  seal: (_, text) => Buffer.from(text),
  unseal: (_, body) => Buffer.from(body).toString('utf8'),
}
