import { setImmediate as turn } from 'node:timers/promises'
import type { AuditLog } from '@concord/application/ports/outside'
import type { AuditEntry } from '@concord/domain/audit/entry'
import type { ClinicianId, RequestId } from '@concord/domain/ids'
import { eventEnvelope } from '@concord/store/concord-store'
import { neurology } from '@concord/testkit/facts'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, type Who, type World } from '@concord/testkit/world'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import { type UseCases, useCases } from './use-cases.ts'

const tables = memoryTables()
let world: World
let id: RequestId
let clinician: ClinicianId
beforeAll(async () => {
  world = await aWorld({ tables })
  clinician = await world.aListed(1)
  id = await world.aRequestAt('reported', { clinician })
})

type Read = {
  readonly what: string
  readonly who: () => Who
  readonly ask: (cases: UseCases, caller: Caller) => Promise<{ readonly kind: string }>
  readonly entry: () => Partial<AuditEntry>
}
const about = () => `network-one/XA1/${id}`
const reads: readonly Read[] = [
  {
    what: 'a case, by its trust',
    who: () => 'requester',
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: 'requester', role: 'requester', did: 'case.read' }),
  },
  {
    what: 'a case, by its network',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: 'coordinator', role: 'coordinator', did: 'case.read' }),
  },
  {
    what: 'a case, by the clinician',
    who: () => clinician,
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: clinician, role: 'clinician', did: 'case.read' }),
  },
  {
    what: 'a shortlist',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readShortlist({ id }, caller),
    entry: () => ({ about: about(), who: 'coordinator', did: 'shortlist.read' }),
  },
  {
    what: 'the list of a trust',
    who: () => 'requester',
    ask: (cases, caller) => cases.readWorklist({ cursor: null }, caller),
    entry: () => ({ about: 'network-one/XA1/office', who: 'requester', did: 'worklist.read' }),
  },
  {
    what: 'the list of a network',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readWorklist({ cursor: null }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: 'worklist.read' }),
  },
  {
    what: 'a specialty of the register',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readRegister({ tfc: neurology }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: `register.search ${neurology}` }),
  },
  {
    what: 'an entry of the register',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readClinician({ id: clinician }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: `clinician.read ${clinician}` }),
  },
]
const casesWith = (audit: AuditLog) => useCases({ ...world.deps, audit })

describe.each(reads)('reading $what', ({ who, ask, entry }) => {
  test('is answered only once it is on record who read it', async () => {
    const { promise: stored, resolve: store } = Promise.withResolvers<undefined>()
    const { promise: begun, resolve: begin } = Promise.withResolvers<AuditEntry>()
    const put = async (one: AuditEntry) => {
      begin(one)
      return stored
    }
    let isAnswered = false
    const answer = ask(casesWith({ put }), world.as(who())).then((outcome) => {
      isAnswered = true
      return outcome
    })
    expect(await begun).toMatchObject(entry())
    for (let turns = 0; turns < 20; turns += 1) await turn()
    expect(isAnswered).toBe(false)
    store(undefined)
    expect((await answer).kind).not.toMatch(/^not-/)
  })

  test('is not answered when it cannot be put on record', async () => {
    const put = async () => Promise.reject(new Error('The audit does not answer'))
    await expect(ask(casesWith({ put }), world.as(who()))).rejects.toThrow('The audit does not answer')
  })

  test('gives nothing to somebody whose role has ended, and leaves no entry but that they were refused', async () => {
    const entries: AuditEntry[] = []
    const cases = casesWith({ put: async (one) => void entries.push(one) })
    const caller = { ...world.as(who()), standing: Promise.resolve(false) }
    expect(await ask(cases, caller)).toEqual({ kind: 'not-standing' })
    expect(entries).toMatchObject([
      { who: caller.subject, did: expect.stringMatching(/^refused [a-z-]+ not-standing$/) },
    ])
  })
})

describe('every decision', () => {
  test('is on record once, with who took it and as what', async () => {
    const found = tables.all().flatMap(({ table, item }) => (table === 'audit' ? [item] : []))
    expect(world.history.length).toBeGreaterThan(10)
    for (const item of world.history) {
      const { event, ...envelope } = eventEnvelope.parse(item)
      expect(found.filter((one) => one['id'] === envelope.id)).toMatchObject([
        { at: event.at, who: event.by.subject, role: event.by.role, did: event.type },
      ])
    }
  })

  test('is on record by the case or the office that it concerns', async () => {
    const by = (key: string) => tables.query('audit', { pk: `audit/${key}` })
    const ofCase = (await by(about())).map((one) => one['did'])
    expect(ofCase).toEqual(expect.arrayContaining(['request.drafted', 'offer.accepted', 'opinion.reported']))
    expect(ofCase).not.toContain('clinician.listed')
    expect((await by('network-one/office')).map((one) => one['did'])).toEqual(
      expect.arrayContaining(['clinician.listed', 'place.taken', 'place.given-back']),
    )
  })
})
