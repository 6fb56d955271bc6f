// One drill, however long: two cases on a disk, one of them erased, and everything that a system leaves behind looked through.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { chainAudit } from '@concord/application/chain-audit'
import { eraseCase } from '@concord/application/erase-case'
import { compartmentTags, type TableName } from '@concord/application/grants'
import { eraserScope, paths, placeFor, type RequestPlace } from '@concord/application/scope'
import { issueReceipt, verifyAudit } from '@concord/application/verify-audit'
import { type ClinicianId, must, parseSubject, type RequestId } from '@concord/domain/ids'
import { kmsRewrap, kmsVault } from '@concord/platform/kms-vault'
import { storedErasure } from '@concord/store/case-erasure'
import { dynamoTables } from '@concord/store/dynamo-tables'
import { rewrapCase } from '@concord/store/key-wrapping'
import { scopedTables } from '@concord/store/scoped-tables'
import type { Item, TableAccess } from '@concord/store/table-access'
import { consoleOf } from '@concord/testkit/browser'
import { tableShapes } from '@concord/testkit/dynamodb-setup'
import { neurology } from '@concord/testkit/facts'
import { freePort } from '@concord/testkit/free-port'
import { listenToLogs } from '@concord/testkit/listen-to-logs'
import { memoryWitness } from '@concord/testkit/memory-witness'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { startCloud } from '../../local/cloud.ts'
import { type Call, createTables, startDynamoDb } from '../../local/dynamodb.ts'
import { localSecrets } from '../../local/secrets.ts'
import { fragmentFinder } from './fragments.ts'
import { aTellingCase, takenToReport } from './two-cases.ts'

const names = { records: 'records', sealed: 'sealed', keys: 'keys', audit: 'audit', figures: 'figures' } as const
const tableNames = Object.keys(names) as readonly TableName[]
const here = { region: 'eu-west-2', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }

/** DynamoDB Local on a disk with its stream, and a key file behind the calls of KMS: what npm start runs on. */
const aMachine = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-erasure-'))
  mkdirSync(join(folder, 'logs'))
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const database = await startDynamoDb({ root, folder, port: await freePort(), inMemory: false, say: () => {} })
  const StreamSpecification = { StreamViewType: 'NEW_IMAGE' }
  await createTables(database.call, {
    all: () =>
      tableShapes.map((one) => ({
        ...one,
        properties: { ...one.properties, ...(one.name === 'records' && { StreamSpecification }) },
      })),
  })
  const port = await freePort()
  const nobody = { principalOf: () => undefined, statementsOf: () => [], assume: () => undefined }
  const answer = () => ({ status: 403, body: '' })
  const secrets = localSecrets(folder)
  const cloud = await startCloud(port, {
    secrets,
    key: { arn: 'arn:key', statements: [] },
    childKeyArn: 'arn:child',
    secretName: '',
    principals: nobody,
    witness: { sign: () => '', publicKey: () => '', answer, keyArn: '', bucket: { name: '', arn: '', heads: '' } },
  })
  const client = new KMSClient({ ...here, endpoint: `http://127.0.0.1:${port}` })
  return {
    folder,
    call: database.call,
    tables: dynamoTables({ client: new DynamoDBClient({ ...here, endpoint: database.url }), names }),
    stage: secrets.stage,
    rewrap: kmsRewrap({ client, keyId: 'arn:key' }),
    vault: kmsVault({ client, keyId: 'arn:key', childKeyId: 'arn:child' }),
    stop: async () => {
      await cloud.stop()
      await database.stop()
      rmSync(folder, { recursive: true })
    },
  }
}

const page = z.object({ Records: z.array(z.unknown()), NextShardIterator: z.string().nullish() })
type Page = z.infer<typeof page>

/** All that a stream still tells, as it is told to readers. */
const streamed = async (call: Call) => {
  const ask = async <T>(operation: string, input: object, shape: z.ZodType<T>) =>
    shape.parse(await call(`DynamoDBStreams.${operation}`, input))
  const { Streams } = await ask('ListStreams', {}, z.object({ Streams: z.array(z.object({ StreamArn: z.string() })) }))
  const told: unknown[] = []
  for (const { StreamArn } of Streams) {
    const shardsOf = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) })
    const { StreamDescription } = await ask('DescribeStream', { StreamArn }, shardsOf)
    for (const { ShardId } of StreamDescription.Shards) {
      const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
      const first = await ask('GetShardIterator', from, z.object({ ShardIterator: z.string() }))
      let next: string | null | undefined = first.ShardIterator
      while (next) {
        const { Records, NextShardIterator }: Page = await ask('GetRecords', { ShardIterator: next }, page)
        told.push(...Records)
        next = Records.length > 0 ? NextShardIterator : null
      }
    }
  }
  return told
}

/** An item as its reader reads it: what is compressed is looked through as it was before. */
const asRead = (item: object) =>
  JSON.stringify(item, (_, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value
    return value[0] === 0x1f && value[1] === 0x8b ? gunzipSync(value).toString() : Buffer.from(value).toString('latin1')
  })

type Copy = readonly { readonly table: 'sealed' | 'keys'; readonly item: Item }[]
const copyOf = async (tables: TableAccess, place: RequestPlace): Promise<Copy> => {
  const found = compartmentTags.flatMap((kind) =>
    (['sealed', 'keys'] as const).map(async (table) =>
      (await tables.query(table, { pk: paths.compartment(kind, place) })).map((item) => ({ table, item })),
    ),
  )
  return (await Promise.all(found)).flat()
}
const bytesIn = (value: unknown) => z.instanceof(Uint8Array).parse(value)

const [gone, kept] = [aTellingCase(), aTellingCase()]
const fragmentsIn = fragmentFinder([...gone.words, ...kept.words])
const witness = memoryWitness()
const concerned = (clinician: ClinicianId): readonly Who[] => ['requester', 'esoLead', 'coordinator', clinician]

let machine: Awaited<ReturnType<typeof aMachine>>
let world: World
let clinician: ClinicianId
const ids: { gone?: RequestId; kept?: RequestId } = {}
const placeOf = (which: 'gone' | 'kept') => placeFor(world.networks.one, ids[which] as RequestId)
const logged: string[] = []
let before: { readonly copy: Copy; readonly kept: Copy; readonly reads: string; readonly keptReads: string }

const readsOf = async (which: 'gone' | 'kept') => {
  const { id } = placeOf(which)
  const all = []
  const { cases, as } = world
  for (const who of concerned(clinician)) all.push(await cases.readCase({ id }, as(who)))
  all.push(await cases.readRestrictedNote({ id }, as('requester')), await cases.readGlasses({ id }, as('guardian')))
  return JSON.stringify(all)
}
const erase = () => {
  const erasureFor = (place: RequestPlace) => storedErasure(scopedTables(machine.tables, eraserScope(place)))
  const { network, id } = placeOf('gone')
  const by = must(parseSubject, 'an-operator')
  return eraseCase({ ...world.deps, erasureFor })({ network, id, because: 'asked-for', by, isMeant: true })
}
/** Everything that a system tells or leaves behind, but for the sealed tables’ own meaning to whoever may open them. */
const leftBehind = async () => {
  const chain = chainAudit({ ...world.deps, witness })
  while ((await chain()).chained > 0);
  const { cases, as, networks } = world
  const { browser } = consoleOf(world)
  const pages = []
  for (const [who, path] of [
    ['requester', '/requests'],
    ['coordinator', '/requests'],
    ['coordinator', '/register'],
    [clinician, '/inbox'],
    ['guardian', '/audit'],
    ['commissioner', '/figures'],
  ] as const) {
    const there = browser()
    await there.signIn(who)
    pages.push((await there.get(path)).html)
  }
  const items = []
  for (const table of tableNames) {
    const { Items } = z
      .object({ Items: z.array(z.unknown()) })
      .parse(await machine.call('DynamoDB.Scan', { TableName: table }))
    items.push(JSON.stringify(Items))
  }
  const assessments = []
  for (const which of ['gone', 'kept'] as const)
    assessments.push(
      ...(await machine.tables.query('records', { pk: `network/network-one/assessment/${placeOf(which).id}` })),
    )
  const files = (folder: string): readonly Uint8Array[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? files(join(folder, one.name)) : [readFileSync(join(folder, one.name))],
    )
  return {
    'an item of a table': items,
    'an assessment, uncompressed': assessments.map(asRead),
    'the stream': [JSON.stringify(await streamed(machine.call))],
    'a log': logged,
    'a mail': world.mail.map((one) => JSON.stringify(one)),
    'a list or a page of one': [
      ...pages,
      JSON.stringify([
        await cases.readWorklist({ cursor: null }, as('requester')),
        await cases.readWorklist({ cursor: null }, as('coordinator')),
        await cases.readOwn({}, as(clinician)),
        await cases.readRegister({ tfc: neurology }, as('coordinator')),
        await cases.readReleases({}, as('commissioner')),
        await cases.readShortlist({ id: placeOf('gone').id }, as('coordinator')),
        await cases.readWhoHasSeen({ id: placeOf('gone').id, cursor: null }, as('guardian')),
        await cases.readGlassesToReview({}, as('guardian')),
      ]),
    ],
    'the audit, its heads and a receipt': [
      JSON.stringify([witness.all(), await world.deps.auditChain.auditOf(`network-one/XA1/${placeOf('gone').id}`)]),
      JSON.stringify(await issueReceipt(world.deps)(networks.one, 3)),
    ],
    'a file of the machine': files(machine.folder),
  } as const
}
type LeftBehind = Awaited<ReturnType<typeof leftBehind>>
const places = [
  'an item of a table',
  'an assessment, uncompressed',
  'the stream',
  'a log',
  'a mail',
  'a list or a page of one',
  'the audit, its heads and a receipt',
  'a file of the machine',
] as const satisfies readonly (keyof LeftBehind)[]

beforeAll(async () => {
  listenToLogs(logged)
  machine = await aMachine()
  world = await aWorld({ tables: machine.tables, vault: machine.vault })
  clinician = await world.aListed(1, { cap: 5 })
  ids.gone = await takenToReport(world, gone, clinician)
  ids.kept = await takenToReport(world, kept, clinician)
  before = {
    copy: await copyOf(machine.tables, placeOf('gone')),
    kept: await copyOf(machine.tables, placeOf('kept')),
    reads: await readsOf('gone'),
    keptReads: await readsOf('kept'),
  }
})
afterAll(async () => {
  vi.restoreAllMocks()
  await machine.stop()
})

const opens = async (copy: Copy, keys: Copy) => {
  const data: Uint8Array[] = []
  for (const { table, item } of keys)
    if (table === 'keys' && item['kind'] === 'key')
      data.push(await machine.vault.open(bytesIn(item['wrapped']), item.pk))
  return copy.flatMap(({ table, item: { pk, sk, body } }) => {
    if (table !== 'sealed') return []
    return data.filter((key) => {
      try {
        return machine.vault.unseal(key, bytesIn(body), `sealed|${pk}|${sk}|body`) !== ''
      } catch {
        return false
      }
    })
  })
}
const keysThatAre = async (): Promise<Copy> => {
  const shape = z.object({
    Items: z.array(z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) })),
  })
  const { Items } = shape.parse(await machine.call('DynamoDB.Scan', { TableName: 'keys' }))
  const found = Items.map(({ pk, sk }) => machine.tables.get('keys', { pk: pk.S, sk: sk.S }))
  return (await Promise.all(found)).flatMap((item) => (item ? [{ table: 'keys' as const, item }] : []))
}

describe('before an erasure', () => {
  let left: LeftBehind
  beforeAll(async () => {
    left = await leftBehind()
  })

  test('those concerned read every word', () => {
    for (const word of gone.words) if (!word.includes(' ')) expect(before.reads).toContain(word)
  })

  test('this drill finds a fragment in whatever form it stands', () => {
    const [word = ''] = gone.words
    const piece = word.slice(5, 15)
    for (const form of [
      piece,
      Buffer.from(piece).toString('hex'),
      Buffer.from(piece, 'utf16le'),
      Buffer.from(piece, 'utf16le').swap16(),
      ...['', 'x', 'xy'].map((lead) => Buffer.from(`${lead}${word}and more`).toString('base64')),
    ])
      expect(fragmentsIn(Buffer.concat([Buffer.from('… '), Buffer.from(form), Buffer.from(' …')]))).not.toEqual([])
    expect(left['a file of the machine'].length).toBeGreaterThan(1)
    expect(left['the stream'].join('').length).toBeGreaterThan(20_000)
  })

  test.each(places)('no fragment of a sealed text stands in %s', (place) => {
    expect(left[place].length).toBeGreaterThan(place === 'a log' ? -1 : 0)
    for (const one of left[place]) expect(fragmentsIn(one)).toEqual([])
  })

  test('each of its texts opens by its own compartment’s key', async () => {
    const texts = before.copy.filter(({ table }) => table === 'sealed')
    // Three of them in two versions, the opinion, what is restricted, why the glass was broken and what came of it.
    expect(texts).toHaveLength(10)
    expect(await opens(before.copy, before.copy)).toHaveLength(texts.length)
  })
})

describe('after an erasure', () => {
  let left: LeftBehind
  beforeAll(async () => {
    expect(await erase()).toMatchObject({ kind: 'erased', found: { keys: 4, texts: 10, isFindable: true } })
    left = await leftBehind()
  })

  test('those concerned are told so, and read none of it', async () => {
    const reads = await readsOf('gone')
    expect(reads.match(/"kind":"case"/g)).toHaveLength(4)
    expect(reads.match(/"erasedAt":"2026/g)).toHaveLength(4)
    expect(reads).toContain('{"kind":"erased"')
    expect(fragmentsIn(reads)).toEqual([])
  })

  test.each(places)('no fragment of a sealed text stands in %s', (place) => {
    for (const one of left[place]) expect(fragmentsIn(one)).toEqual([])
  })

  test('no ciphertext that was copied before opens by any key the system still has', async () => {
    const keys = await keysThatAre()
    expect(keys.filter(({ item }) => item['kind'] === 'key')).toHaveLength(4)
    expect(await opens(before.copy, keys)).toEqual([])
  })

  test('the other case reads as before, byte for byte, and lies as it lay', async () => {
    expect(await readsOf('kept')).toBe(before.keptReads)
    expect(await copyOf(machine.tables, placeOf('kept'))).toEqual(before.kept)
  })

  test('the audit still verifies, with the erasure in it', async () => {
    expect(await verifyAudit({ ...world.deps, witness })(world.networks.one)).toMatchObject({ kind: 'holds' })
    expect(left['the audit, its heads and a receipt'].join()).toContain('case.erased asked-for')
  })
})

describe('restoring the keys of the day before', () => {
  test('makes the texts readable again: why they can be recovered for one day and no longer', async () => {
    for (const { table, item } of before.copy)
      await machine.tables.write([{ kind: 'put', table, item, when: { kind: 'none' } }])
    const shown = JSON.parse(await readsOf('gone')) as unknown
    expect(shown).toEqual(JSON.parse(before.reads))
  })

  test('is undone by erasing once more', async () => {
    expect(await erase()).toMatchObject({ kind: 'erased', found: { keys: 4, texts: 10 } })
    expect(fragmentsIn(await readsOf('gone'))).toEqual([])
  })
})

describe('the file in which the database of this machine keeps its tables', () => {
  const heldIn = (file: Uint8Array) => (bytes: Uint8Array) =>
    // It writes bytes as Base64, and may have written over the end of them.
    Buffer.from(file).includes(Buffer.from(bytes).toString('base64').slice(0, 40))
  const wrappedIn = (copy: Copy) => copy.flatMap(({ item }) => (item['wrapped'] ? [bytesIn(item['wrapped'])] : []))
  const fileNow = () => readFileSync(join(machine.folder, 'db/shared-local-instance.db'))

  test('holds keys as they were wrapped, so that what an erasure leaves there can be looked for', () => {
    const holds = heldIn(fileNow())
    expect(wrappedIn(before.kept).map(holds)).toEqual([true, true, true, true])
  })

  test('may keep erased keys in its free pages, and they open while the version that wrapped them is there', async () => {
    const isHeld = heldIn(fileNow())
    const { open } = machine.vault
    const left = before.copy.filter(({ item }) => item['wrapped'] && isHeld(bytesIn(item['wrapped'])))
    // How many there are depends on what the database has written over since.
    for (const { item } of left) expect(await open(bytesIn(item['wrapped']), item.pk)).toHaveLength(32)
  })

  test('gives nothing away any more once the other keys are wrapped by a new version and the old one is gone', async () => {
    const { stage, tables, rewrap, vault } = machine
    expect(stage.rotate()).toBe(2)
    const [erased, other] = [placeOf('gone'), placeOf('kept')]
    const again = rewrapCase({ tables, rewrap })
    expect([await again(erased), await again(other)]).toEqual([0, 4])
    expect(stage.retire(1)).toBe('retired')

    for (const { item } of before.copy)
      if (item['wrapped'])
        await expect(vault.open(bytesIn(item['wrapped']), item.pk)).rejects.toMatchObject({
          name: 'InvalidCiphertextException',
        })
    expect(await readsOf('kept')).toBe(before.keptReads)
    const texts = (copy: Copy) => copy.filter(({ table }) => table === 'sealed')
    expect(texts(await copyOf(tables, other))).toEqual(texts(before.kept))
  })
})
