import type { People, Session } from '@concord/application/ports/people'
import { instant, subject } from '@concord/contracts/domain/scalars'
import { holdsOn, nextReview } from '@concord/domain/membership/role-held'
import { z } from 'zod'
import { keys, personPk } from './keys.ts'
import { readItem } from './read-item.ts'
import { holderItem, holderItemOf, roleItem, roleItemOf } from './roles.ts'
import type { TableAccess } from './table-access.ts'
import { rolesIndex } from './tables.ts'

const sessionItem = z.object({
  subject,
  name: z.string(),
  version: z.int(),
  startedAt: instant,
  seenAt: instant,
  formToken: z.string(),
  idToken: z.string().nullable(),
  issuerSession: z.string().nullable(),
  // A session begun by an earlier version did not say.
  authenticatedAt: instant.nullable().default(null),
  ended: z.boolean(),
}) satisfies z.ZodType<Session>

const issuerSessionItem = z.object({ subject })

/** Who holds which role, and who is signed in: read by the functions' own role, never through a caller's scope. */
export const storedPeople = (tables: TableAccess): People => ({
  async memberships(of, on) {
    const items = await tables.query('records', { pk: personPk(of), index: rolesIndex })
    const held = items.map((item) => readItem(roleItem, item).held)
    return held.filter((one) => holdsOn(one, on)).map(({ membership }) => membership)
  },
  async holds(of, membership, on) {
    const item = await tables.get('records', keys.role(of, membership))
    return item !== undefined && holdsOn(readItem(roleItem, item).held, on)
  },
  async everHeld(of, membership) {
    const item = await tables.get('records', keys.role(of, membership))
    return item !== undefined && readItem(roleItem, item).held.subject === of
  },
  async grant(subject, { membership, name = subject, from, to, reviewBy = nextReview(from) }) {
    const held = { subject, name, membership, version: 1, from, to, reviewBy, endedAt: null }
    const role = { kind: 'put', table: 'records', item: roleItemOf(held), when: { kind: 'none' } } as const
    if (!membership.startsWith('clinician@')) {
      await tables.write([role])
      return
    }
    // A register entry is one person's. Who takes one over is granted it as everybody is, so that it is told and on record.
    const item = await tables.get('records', keys.holder(membership))
    const last = item && readItem(holderItem, item).holder
    if (last && last.held.subject !== subject) throw new Error(`${membership} is somebody else's register entry`)
    const when = last ? ({ kind: 'version', is: last.version } as const) : ({ kind: 'absent' } as const)
    const holder = holderItemOf({ version: (last?.version ?? 0) + 1, held })
    const written = await tables.write([role, { kind: 'put', table: 'records', item: holder, when }])
    if (written.kind === 'refused') throw new Error(`${membership} was given to somebody else meanwhile`)
  },
  async setOffice(path, email) {
    const item = { ...keys.office(path), kind: 'office', email }
    await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
  },
  async session(of, hash) {
    const item = await tables.get('records', keys.session(of, hash))
    return item && readItem(sessionItem, item)
  },
  async sessions(of) {
    const prefix = 'session/'
    const items = await tables.query('records', { pk: personPk(of), prefix })
    return items.map((item) => ({ hash: item.sk.slice(prefix.length), session: readItem(sessionItem, item) }))
  },
  async keepIssuerSession(hash, of, expiresAt) {
    const item = { ...keys.issuerSession(hash), kind: 'issuer-session', subject: of, expiresAt }
    await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
  },
  async issuerSession(hash) {
    const item = await tables.get('records', keys.issuerSession(hash))
    return item && readItem(issuerSessionItem, item).subject
  },
  async keepSession(hash, session, expiresAt) {
    // No version follows an ended session's: a page that was being read meanwhile cannot bring it back.
    const version = session.ended ? -1 : session.version
    const item = { ...keys.session(session.subject, hash), kind: 'session', ...session, version, expiresAt }
    const when = version > 1 ? ({ kind: 'version', is: version - 1 } as const) : ({ kind: 'none' } as const)
    await tables.write([{ kind: 'put', table: 'records', item, when }])
  },
})
