// One thing, however long: all that the use cases may ask of the tables, and what each change writes in its one transaction.
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Asker } from '@concord/application/caller'
import type { Vault } from '@concord/application/ports/outside'
import type { Change, Committed, OnceRecord, ScopedStore } from '@concord/application/ports/store'
import { paths, type Scope, writeMembership } from '@concord/application/scope'
import { auditEntry } from '@concord/contracts/domain/audit'
import { breakGlass, glassEvent } from '@concord/contracts/domain/break-glass'
import { card, clinicianEvent, clinicianState } from '@concord/contracts/domain/clinician'
import { ownAnswers, requestEvent, requestState } from '@concord/contracts/domain/request'
import { roleEvent } from '@concord/contracts/domain/role-held'
import { instant, networkCode, requestId, subject, trustCode } from '@concord/contracts/domain/scalars'
import { listedTeam, teamEvent } from '@concord/contracts/domain/team'
import { keptWorks } from '@concord/contracts/domain/works'
import type { GlassEvent } from '@concord/domain/break-glass/break-glass'
import type { ClinicianEvent } from '@concord/domain/clinician/decide'
import type { RoleEvent } from '@concord/domain/membership/role-held'
import { type DeclaredStage, declaredStages } from '@concord/domain/request/declared'
import type { RequestEvent } from '@concord/domain/request/events'
import { isNonEmpty } from '@concord/domain/result'
import type { TeamEvent } from '@concord/domain/team/team'
import { z } from 'zod'
import { childWrites, sameChildAs } from './child.ts'
import { keyWrites, openCompartment, sectionWrites } from './compartment.ts'
import { decodeCursor, decodeEntryCursor, encodeCursor } from './cursor.ts'
import { exchangeItem, glassRow, releaseItem, worklistRow } from './items.ts'
import { assessmentPk, auditHours, auditPk, cardsPk, evidencePk, keys, signedPrefix, worklistPk } from './keys.ts'
import { onceKeyOf } from './once-key.ts'
import { onceStanding } from './once-standing.ts'
import { readItem } from './read-item.ts'
import { holderItem, holderItemOf, roleItem, roleItemOf } from './roles.ts'
import type { Item, Key, TableAccess, Write } from './table-access.ts'
import { eventMarker, worklistIndexes } from './tables.ts'
import { reviewAttributes, worklistAttributes } from './worklist-keys.ts'

/** The tables and the vault as they are reached for one scope. */
export type Means = { readonly tables: TableAccess; readonly vault: Vault }
export type StoreDeps = {
  readonly meansFor: (scope: Scope) => Means
  readonly digest: (content: string | Uint8Array) => string
  readonly uuid: () => string
}

/** How many of its latest events a request is read with: a page stays quick however often a draft was saved. */
const TIMELINE = 400

const stateItem = z.object({ state: requestState })
const eventItem = z.object({ event: requestEvent })
const clinicianItem = z.object({ state: clinicianState })
const sentItem = z.object({ at: instant })
const caseItem = z.object({
  network: networkCode,
  trust: trustCode,
  id: requestId,
  stage: z.enum(['offered', 'accepted', 'engaged', 'over']),
  at: instant,
  replyBy: instant.nullable(),
  acceptedBy: subject.nullable(),
})
const signedItem = z.object({ answers: ownAnswers })
const worksItem = z.object({ body: z.instanceof(Uint8Array) })
const onceItem = z.object({ hash: z.string(), done: z.object({ id: z.string(), tag: z.string() }) })
const glassItem = z.object({ state: breakGlass })
const cardItem = z.object({ card })
const assessmentItem = z.object({ sk: instant, hash: z.string(), body: z.instanceof(Uint8Array) })

/** The store in somebody's name: everything below goes through what the scope reaches, and waits until their membership holds. */
export const concordStore =
  ({ meansFor, digest, uuid }: StoreDeps) =>
  (asker: Asker) =>
  (scope: Scope): ScopedStore => {
    const { tables, vault } = onceStanding(meansFor(scope), asker)
    const onceKey = (key: string) => keys.once(scope.once, onceKeyOf(digest, asker, key))
    return {
      async request(place) {
        const item = await tables.get('records', keys.request(place))
        return item && readItem(stateItem, item).state
      },

      async timeline(place) {
        const newest = { pk: paths.request(place), prefix: 'event/', newestFirst: true, limit: TIMELINE }
        const [item, events] = await Promise.all([
          tables.get('records', keys.request(place)),
          tables.query('records', newest),
        ])
        if (!item) return undefined
        const { state } = readItem(stateItem, item)
        return { state, events: events.map((event) => readItem(eventItem, event).event).toReversed() }
      },

      async clinician(home, id) {
        const item = await tables.get('records', keys.clinician(home, id))
        return item && readItem(clinicianItem, item).state
      },

      async own(home, id) {
        const pk = paths.clinician(home, id)
        // Beside each other rather than the whole partition: the events of years are not needed to know today's cases.
        const [state, cases] = await Promise.all([
          tables.get('records', keys.clinician(home, id)),
          tables.query('records', { pk, prefix: 'case/' }),
        ])
        if (!state) return undefined
        return {
          state: readItem(clinicianItem, state).state,
          cases: cases.flatMap((item) => {
            const { stage, at, ...entry } = readItem(caseItem, item)
            return stage === 'over' ? [] : [{ ...entry, stage, offeredAt: at }]
          }),
        }
      },

      async declaration(home, id, request) {
        const prefix = signedPrefix('acceptance', request)
        const newest = { pk: paths.clinician(home, id), prefix, newestFirst: true, limit: 1 }
        const [item] = await tables.query('records', newest)
        const answers = item && readItem(signedItem, item).answers
        return answers?.stage === 'acceptance' ? answers.declaration : undefined
      },

      async signedAnswers(home, id, request) {
        const pk = paths.clinician(home, id)
        const of = (stage: DeclaredStage) => tables.query('records', { pk, prefix: signedPrefix(stage, request) })
        const items = await Promise.all(declaredStages.map(of))
        return items.flat().map((item) => readItem(signedItem, item).answers)
      },

      async works(home, id) {
        const item = await tables.get('records', keys.works(home, id))
        return item && keptWorks.parse(JSON.parse(gunzipSync(readItem(worksItem, item).body).toString('utf8')))
      },

      async cards(network, tfc) {
        const pages = await Promise.all([
          tables.query('records', { pk: cardsPk(network, tfc) }),
          tables.query('records', { pk: cardsPk('national', tfc) }),
        ])
        const found = pages.flat().map((item) => readItem(cardItem, item).card)
        // Of somebody on both listings the newer card counts, whichever the reactor has come to first.
        const newest = new Map(found.toSorted((a, b) => a.version - b.version).map((one) => [one.id, one]))
        return [...newest.values()]
          .flatMap(({ listed, ...one }) => (listed ? [one] : []))
          .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      },

      async exchanges(network, { about, since }) {
        const asked = [...new Set(about)].map((one) =>
          tables.query('records', { pk: evidencePk(network, one), from: since }),
        )
        const found = (await Promise.all(asked))
          .flat()
          .map((item) => ({ sk: item.sk, ...readItem(exchangeItem, item) }))
        // An opinion stands with everybody it bears on, under the same sort key.
        return [...new Map(found.map(({ sk, exchange }) => [sk, exchange]))]
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([, exchange]) => exchange)
      },

      async assessment(place, at) {
        const { network, id } = place
        const found = at
          ? await tables.get('records', keys.assessment(place, at))
          : (await tables.query('records', { pk: assessmentPk(network, id), newestFirst: true, limit: 1 }))[0]
        if (!found) return undefined
        const { sk: takenAt, hash, body } = readItem(assessmentItem, found)
        return { takenAt, hash, json: gunzipSync(body).toString('utf8') }
      },

      async worklist(path, { cursor, limit }) {
        const pk = worklistPk(path)
        const index = path.includes('/trust/') ? worklistIndexes.trust : worklistIndexes.network
        const end = cursor === null ? undefined : decodeCursor(cursor, pk, digest)
        if (cursor !== null && !end) return 'bad-cursor'
        const after = end && { ...keys.request(end.place), [index.partition]: pk, [index.sort]: end.sort }
        // One more than is shown tells whether there is a next page.
        const items = await tables.query('records', { pk, index, limit: limit + 1, after })
        const shown = items.slice(0, limit)
        const last = items.length > limit ? shown.at(-1) : undefined
        return {
          rows: shown.map((item) => readItem(worklistRow, item).worklist),
          next: last ? encodeCursor(String(last[index.sort]), pk, digest) : null,
        }
      },

      compartment: (kind, place) =>
        openCompartment({ tables, vault, digest, kind, path: paths.compartment(kind, place) }),

      async glasses(place) {
        const items = await tables.query('records', { pk: paths.glass(place), prefix: 'state/' })
        return items.map((item) => readItem(glassItem, item).state)
      },

      async toReview(office) {
        const pk = worklistPk(`glass/${office}`)
        const index = office.includes('/') ? worklistIndexes.trust : worklistIndexes.network
        const items = await tables.query('records', { pk, index })
        return items.map((item) => readItem(glassRow, item).worklist)
      },

      async auditPage(about, { cursor, limit, since, shows }) {
        const pk = auditPk(about)
        const list = asker === 'platform' ? pk : `${pk} ${asker.subject} ${writeMembership(asker.membership)}`
        const end = cursor === null ? null : decodeEntryCursor(cursor, list, digest)
        if (end === undefined || (end !== null && since !== null && end < since)) return 'bad-cursor'
        const asked = { pk, newestFirst: true, limit: limit + 1, ...(since !== null && { from: since }) }
        const shown: Item[] = []
        // What is not shown leaves no gap: by a page that is short one could tell that there is something.
        for (let after = end; shown.length <= limit; ) {
          const items = await tables.query('audit', { ...asked, after: after === null ? undefined : { pk, sk: after } })
          shown.push(...items.filter((item) => shows(readItem(auditEntry, item))))
          if (items.length <= limit) break
          after = items.at(-1)?.sk ?? null
        }
        const rows = shown.slice(0, limit)
        const last = shown.length > limit ? rows.at(-1) : undefined
        return {
          rows: rows.map((item) => readItem(auditEntry, item)),
          next: last ? encodeCursor(last.sk, list, digest) : null,
        }
      },

      async auditBetween(about, { from, to }) {
        const items = await tables.query('audit', { pk: auditPk(about), ...auditHours(from, to) })
        return items.map((item) => readItem(auditEntry, item))
      },

      async roles(office) {
        const items = await tables.query('records', { pk: paths.members(office) })
        return items.flatMap((item) => (item['kind'] === 'role' ? [readItem(roleItem, item).held] : []))
      },

      async teams(list) {
        const items = await tables.query('records', { pk: list, prefix: 'team/' })
        return items.map((item) => readItem(teamItem, item).team)
      },

      async role(subject, membership) {
        const item = await tables.get('records', keys.role(subject, membership))
        return item && readItem(roleItem, item).held
      },
      async holder(membership) {
        const item = await tables.get('records', keys.holder(membership))
        return item && readItem(holderItem, item).holder
      },
      hashOfChild: (network, number) => vault.keyedHash(`${network}|${number}`),

      async sentAt(place) {
        const item = await tables.get('records', keys.sent(place))
        return item && readItem(sentItem, item).at
      },

      sameChild: (place) => sameChildAs(tables, place),

      async once(key) {
        const item = await tables.get('records', onceKey(key))
        return item && readItem(onceItem, item)
      },

      async releases(network) {
        const items = await tables.query('figures', { pk: paths.release(network), newestFirst: true })
        return items.map((item) => readItem(releaseItem, item).release)
      },

      async commit(change) {
        const writes = writesOf(change, onceKey, uuid)
        if (!isNonEmpty(writes)) throw new Error('A change that changes nothing')
        const written = await tables.write(writes)
        return written.kind === 'written' ? { kind: 'committed' } : whyRefused(writes, written.by)
      },
    }
  }

/** The once-record first, so that a repeated command is told apart from a lost race. */
const writesOf = (
  {
    once,
    request,
    clinician,
    signed,
    works,
    glass,
    role,
    team,
    sealed = [],
    compartments = [],
    assessment,
    child,
  }: Change,
  onceKey: (key: string) => Key,
  uuid: () => string,
): readonly Write[] => [
  ...(once
    ? [put({ ...onceKey(once.record.key), kind: 'once', hash: once.record.hash, done: once.done }, 'absent')]
    : []),
  ...(request ? requestWrites(request, uuid) : []),
  ...(clinician ? clinicianWrites(clinician, uuid) : []),
  ...(signed ? [signedWrite(signed)] : []),
  ...(works
    ? [
        put(
          { ...keys.works(works.home, works.clinician), kind: 'works', body: gzipSync(JSON.stringify(works.works)) },
          'any',
        ),
      ]
    : []),
  ...(assessment
    ? [
        put(
          {
            ...keys.assessment(assessment.place, assessment.takenAt),
            kind: 'assessment',
            hash: assessment.hash,
            body: gzipSync(assessment.json),
          },
          'absent',
        ),
      ]
    : []),
  ...(glass ? glassWrites(glass, uuid) : []),
  ...(role ? roleWrites(role, uuid) : []),
  ...(team ? teamWrites(team, uuid) : []),
  ...(child ? childWrites(child) : []),
  ...sectionWrites(sealed),
  ...keyWrites(compartments),
]

const requestWrites = ({ before, state, events }: NonNullable<Change['request']>, uuid: () => string) => {
  const key = keys.request(state)
  return [
    put({ ...key, kind: 'state', version: state.version, state, ...worklistAttributes(state) }, before),
    ...eventWrites(key.pk, before, events, uuid),
    // In the transaction of the submission itself, so that nobody is told of one that did not happen.
    ...events.flatMap(({ type, at }) =>
      type === 'request.submitted' ? [put({ ...keys.sent(state), kind: 'sent', at }, 'any')] : [],
    ),
  ]
}

const clinicianWrites = ({ before, state, events }: NonNullable<Change['clinician']>, uuid: () => string) => {
  const key = keys.clinician(state.home, state.id)
  return [
    put({ ...key, kind: 'state', version: state.version, state }, before),
    ...(before === 0 ? [put({ ...keys.claim(state.gmc), kind: 'claim', clinician: state.id }, 'absent')] : []),
    ...eventWrites(key.pk, before, events, uuid),
  ]
}

/** Each version once: what was signed is never written over. */
const signedWrite = ({ home, clinician, answers }: NonNullable<Change['signed']>) => {
  const { place, stage, version } = answers
  const key = keys.signedAnswers(home, clinician, { request: place.id, stage, version })
  return put({ ...key, kind: 'signed', answers }, 'absent')
}

const glassWrites = ({ before, state, events }: NonNullable<Change['glass']>, uuid: () => string) => {
  const place = { network: state.network, trust: state.trust, id: state.request }
  return [
    put(
      { ...keys.glass(place, state.id), kind: 'state', version: state.version, state, ...reviewAttributes(state) },
      before,
    ),
    ...events.map((event, index) =>
      put(eventItemOf(keys.glassEvent(place, state.id, before + index + 1), before + index + 1, event, uuid), 'absent'),
    ),
  ]
}

const roleWrites = (
  { office, before, state, event, holderBefore }: NonNullable<Change['role']>,
  uuid: () => string,
): readonly Write[] => [
  put(roleItemOf(state), before),
  ...(holderBefore === null ? [] : [put(holderItemOf({ version: holderBefore + 1, held: state }), holderBefore)]),
  put(eventItemOf(keys.roleEvent(office, state), state.version, event, uuid), 'absent'),
]

const teamItem = z.object({ team: listedTeam })
const teamWrites = ({ list, before, state, event }: NonNullable<Change['team']>, uuid: () => string) => [
  put({ ...keys.team(list, state.id), kind: 'team', version: state.version, team: state }, before),
  put(eventItemOf(keys.teamEvent(list, state), state.version, event, uuid), 'absent'),
]

const eventWrites = (
  pk: string,
  before: number,
  events: readonly (RequestEvent | ClinicianEvent)[],
  uuid: () => string,
) =>
  events.map((event, index) => {
    const seq = before + index + 1
    return put(eventItemOf(keys.event(pk, seq), seq, event, uuid), 'absent')
  })

const eventItemOf = (
  key: Key,
  seq: number,
  event: RequestEvent | ClinicianEvent | GlassEvent | RoleEvent | TeamEvent,
  uuid: () => string,
): Item => ({ ...key, [eventMarker.attribute]: eventMarker.value, id: `evt_${uuid()}`, seq, event })

/** A version that was never stored must not be there; any other must be the one that was read. */
const put = (item: Item, when: 'any' | 'absent' | number): Write => {
  const condition = when === 'any' ? 'none' : 'absent'
  return {
    kind: 'put',
    table: 'records',
    item,
    when: typeof when === 'number' && when > 0 ? { kind: 'version', is: when } : { kind: condition },
  }
}

const whyRefused = (writes: readonly Write[], by: readonly (Item | 'raced' | null)[]): Committed => {
  const stands = (kind: string) => {
    const index = writes.findIndex((write) => write.kind === 'put' && write.item['kind'] === kind)
    const found = by[index]
    return typeof found === 'object' ? found : null
  }
  const repeated = stands('once')
  if (repeated) return { kind: 'repeated', record: readItem(onceItem, repeated) satisfies OnceRecord }
  return stands('claim') ? { kind: 'claimed' } : { kind: 'stale' }
}

export const eventEnvelope = z.object({
  pk: z.string(),
  id: z.string(),
  seq: z.int(),
  event: z.union([requestEvent, clinicianEvent, glassEvent, roleEvent, teamEvent]),
})
