import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { sayChildNumber } from '@concord/domain/child-number'
import { must, parseRequestId, type RequestId } from '@concord/domain/ids'
import { gcm } from '@concord/platform/cipher'
import { logger } from '@concord/platform/logger'
import { sha256 } from '@concord/platform/system'
import { aDraft, anOpinion, canaries } from '@concord/testkit/drafts'
import { openingAnswers } from '@concord/testkit/facts'
import { keyVault } from '@concord/testkit/key-vault'
import { listenToLogs } from '@concord/testkit/listen-to-logs'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, done } from '@concord/testkit/world'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { reactToRecords } from '../../../functions/react/react-to-records.ts'
import { react } from './reactions/react.ts'

const { texts } = aDraft()
const words = [...Object.values(canaries), sayChildNumber(canaries.nhsNumber), texts.identity.bornOn]
/** A word as it stands, and as it would stand in what is encoded or hashed by itself. */
const traces = words.flatMap((word) => [
  word.toLowerCase(),
  Buffer.from(word).toString('hex'),
  Buffer.from(word).toString('base64').replace(/.=*$/, '').toLowerCase(),
  sha256(word),
  sha256(JSON.stringify(word)),
])
const hashes = [texts.brief, texts.identity, texts.narrative, anOpinion()].map((text) => sha256(JSON.stringify(text)))
const found = (text: string) => [...traces, ...hashes].filter((trace) => text.toLowerCase().includes(trace))

const asText = (item: object) =>
  JSON.stringify(item, (_, value: unknown) => {
    if (!(value instanceof Uint8Array)) return value
    // Two bytes tell gzip: an assessment is read as its reader reads it.
    return value[0] === 0x1f && value[1] === 0x8b
      ? gunzipSync(value).toString('utf8')
      : Buffer.from(value).toString('latin1')
  })

const tables = memoryTables()
let world: Awaited<ReturnType<typeof aWorld>>
const requests: Record<string, RequestId> = {}
const logged: string[] = []

beforeAll(async () => {
  listenToLogs(logged)

  world = await aWorld({ tables })
  const clinicians = [await world.aListed(1), await world.aListed(2), await world.aListed(3)] as const
  const closed = await world.aRequestAt('closed', { clinician: clinicians[0] })
  const withdrawn = await world.aRequestAt('in-review', { clinician: clinicians[0] })
  await world.mustStep('requester', withdrawn, { type: 'withdraw', because: 'agreement-withdrawn' })
  const objected = await world.aRequestAt('accepted', { clinician: clinicians[1] })
  await world.mustStep('requester', objected, { type: 'record-objection' })
  const conflicted = await world.aRequestAt('engaged', { clinician: clinicians[2] })
  await world.mustStep(clinicians[2], conflicted, { type: 'open-pack', answers: openingAnswers({ C12: 'yes' }) })
  const declined = await world.aRequestAt('offered', { clinician: clinicians[1] })
  await world.mustStep(clinicians[1], declined, { type: 'decline', because: 'conflict' })

  // A draft that was changed, one that gives the child away, and the same asked again.
  const drafted = await world.cases.draft(
    { ...aDraft(), asked: world.asked(null, 'a-key-of-a-draft'), revises: null },
    world.as('requester'),
  )
  const draft = must(parseRequestId, done(drafted).id)
  await world.cases.draft({ ...aDraft(), asked: world.asked(), revises: draft }, world.as('requester'))
  const naming = { ...texts, brief: { ...texts.brief, background: `It is about ${canaries.givenName}.` } }
  const refused = await world.cases.draft(
    { ...aDraft(), texts: naming, asked: world.asked(), revises: draft },
    world.as('requester'),
  )
  expect(refused).toMatchObject({ kind: 'brief-names-child' })
  await world.cases.draft(
    { ...aDraft(), asked: world.asked(null, 'a-key-of-a-draft'), revises: null },
    world.as('requester'),
  )
  const restricting = { type: 'restrict', note: { text: canaries.restricted }, readers: [] } as const
  await world.mustStep('requester', objected, restricting)
  const broken = { id: objected, reason: canaries.glassReason, asked: world.asked() }
  done(await world.cases.breakGlass(broken, world.as('clinicalLead')))
  await world.settle()
  Object.assign(requests, { closed, withdrawn, objected, conflicted, declined, draft })

  for (const id of Object.values(requests))
    for (const who of ['requester', 'esoLead', 'coordinator', 'otherRequester', ...clinicians] as const)
      await world.cases.readCase({ id }, world.as(who))
  // A stream that delivers a record nobody can read, and mail that nobody takes.
  const failing = react({
    ...world.reactorDeps,
    notifier: { send: async () => Promise.reject(new Error(`Cannot tell of ${canaries.givenName}`)) },
  })
  await failing({ ...(world.history.at(-1) as unknown as Parameters<typeof failing>[0]), id: 'evt_again' })
  const handle = reactToRecords({ react: failing, log: logger('react') })
  await handle({ Records: [{ eventID: 'x', dynamodb: { NewImage: { name: { S: canaries.familyName } } } }] })
  vi.restoreAllMocks()
})

describe('what a family’s case is about', () => {
  test('is read by those whom it is for', async () => {
    const id = requests['closed'] ?? must(parseRequestId, '')
    const objected = requests['objected'] ?? must(parseRequestId, '')
    const shown = JSON.stringify([
      await world.cases.readCase({ id }, world.as('requester')),
      await world.cases.readRestrictedNote({ id: objected }, world.as('requester')),
      await world.cases.readGlasses({ id: objected }, world.as('guardian')),
    ])
    for (const word of Object.values(canaries)) expect(shown).toContain(word)
  })

  test('can be found by this test where it is not sealed', () => {
    for (const word of words) {
      expect(found(asText({ text: `… ${word} …` }))).not.toEqual([])
      expect(found(asText({ text: Uint8Array.from(Buffer.from(word)) }))).not.toEqual([])
      expect(found(asText({ hash: sha256(word) }))).not.toEqual([])
    }
  })

  test.each(['records', 'keys', 'audit', 'figures', 'sealed'] as const)('is in no item of %s', (table) => {
    const items = tables.all().filter((one) => one.table === table)
    expect(items.length).toBeGreaterThan(0)
    for (const { item } of items) expect([item.pk, item.sk, ...found(asText(item))]).toEqual([item.pk, item.sk])
  })

  test('is in no event on the stream', () => {
    expect(world.history.length).toBeGreaterThan(60)
    for (const event of world.history) expect(found(asText(event))).toEqual([])
  })

  test('is in no mail', () => {
    expect(world.mail.length).toBeGreaterThan(20)
    for (const notice of world.mail) expect(found(asText(notice))).toEqual([])
  })

  test('is in nothing that was logged', () => {
    expect(logged.join('\n')).toContain('A record could not be reacted to')
    expect(found(logged.join('\n'))).toEqual([])
  })

  test('is in no cursor of a list', async () => {
    for (let n = 0; n < 25; n += 1) await world.aRequestAt('draft')
    const list = await world.cases.readWorklist({ cursor: null }, world.as('requester'))
    const cursor = list.kind === 'worklist' ? (list.page.next ?? '') : ''
    expect(cursor).not.toBe('')
    expect(found(`${cursor} ${Buffer.from(cursor, 'base64url').toString('latin1')}`)).toEqual([])
  })

  test('does not open without its key, with another, or with the key of another stage', async () => {
    const all = tables.all()
    const bodies = all.flatMap(({ table, item }) =>
      table === 'sealed' && item['body'] instanceof Uint8Array ? [item] : [],
    )
    const wrapped = all.flatMap(({ table, item }) => (table === 'keys' ? [item] : []))
    expect([bodies.length > 15, wrapped.length > 10]).toEqual([true, true])
    for (const { pk, sk, body } of bodies)
      expect(() => gcm.unseal(randomBytes(32), body as Uint8Array, `sealed|${pk}|${sk}|body`)).toThrow()
    for (const one of wrapped) await expect(keyVault().open(one['wrapped'] as Uint8Array, one.pk)).rejects.toThrow()
  })
})
