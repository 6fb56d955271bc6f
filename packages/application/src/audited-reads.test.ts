import { setImmediate as turn } from 'node:timers/promises'
import type { AuditLog, Vault } from '@concord/application/ports/outside'
import type { AuditEntry } from '@concord/domain/audit/entry'
import type { ClinicianId, RequestId } from '@concord/domain/ids'
import { eventEnvelope } from '@concord/store/concord-store'
import { aBibliography } from '@concord/testkit/bibliography'
import { anOpinion, canaries } from '@concord/testkit/drafts'
import { neurology } from '@concord/testkit/facts'
import { keyVault } from '@concord/testkit/key-vault'
import { memoryTables } from '@concord/testkit/memory-tables'
import { aWorld, declarationFor, done, type Who, type World } from '@concord/testkit/world'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import { type StepCall, type UseCases, useCases } from './use-cases.ts'

const tables = memoryTables()
let world: World
let id: RequestId
let offered: RequestId
let clinician: ClinicianId
/** A case that a clinician's own answers closed to them. */
let barred: { readonly id: RequestId; readonly clinician: ClinicianId }
beforeAll(async () => {
  world = await aWorld({ tables })
  clinician = await world.aListed(1)
  id = await world.aRequestAt('reported', { clinician })
  offered = await world.aRequestAt('offered', { clinician })
  const other = await world.aListed(2)
  barred = { id: await world.aRequestAt('offered', { clinician: other }), clinician: other }
  await world.mustStep(other, barred.id, { type: 'accept', declaration: { ...declarationFor(), C05: 'yes' } })
  await world.mustStep('requester', id, { type: 'restrict', note: { text: canaries.restricted }, readers: [] })
  const breaking = { id, reason: canaries.glassReason, asked: world.asked() }
  done(await world.cases.breakGlass(breaking, world.as('clinicalLead')))
  await world.settle()
})

type Read = {
  readonly of: keyof UseCases
  readonly what: string
  readonly who: () => Who
  readonly ask: (cases: UseCases, caller: Caller) => Promise<{ readonly kind: string }>
  readonly entry: () => Partial<AuditEntry>
}
const about = () => `network-one/XA1/${id}`
const reads: readonly Read[] = [
  {
    of: 'readCase',
    what: 'a case, by its trust',
    who: () => 'requester',
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: 'requester', role: 'requester', did: 'case.read' }),
  },
  {
    of: 'readCase',
    what: 'a case, by its network',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: 'coordinator', role: 'coordinator', did: 'case.read' }),
  },
  {
    of: 'readCase',
    what: 'a case, by the clinician',
    who: () => clinician,
    ask: (cases, caller) => cases.readCase({ id }, caller),
    entry: () => ({ about: about(), who: clinician, role: 'clinician', did: 'case.read' }),
  },
  {
    of: 'readShortlist',
    what: 'a shortlist',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readShortlist({ id }, caller),
    entry: () => ({ about: about(), who: 'coordinator', did: 'shortlist.read' }),
  },
  {
    of: 'readWorklist',
    what: 'the list of a trust',
    who: () => 'requester',
    ask: (cases, caller) => cases.readWorklist({ cursor: null }, caller),
    entry: () => ({ about: 'network-one/XA1/office', who: 'requester', did: 'worklist.read' }),
  },
  {
    of: 'readWorklist',
    what: 'the list of a network',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readWorklist({ cursor: null }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: 'worklist.read' }),
  },
  {
    of: 'readRegister',
    what: 'a specialty of the register',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readRegister({ tfc: neurology }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: `register.search ${neurology}` }),
  },
  {
    of: 'readClinician',
    what: 'an entry of the register',
    who: () => 'coordinator',
    ask: (cases, caller) => cases.readClinician({ id: clinician }, caller),
    entry: () => ({ about: 'network-one/office', who: 'coordinator', did: `clinician.read ${clinician}` }),
  },
  {
    of: 'readCase',
    what: 'a case, by a clinician who is only asked',
    who: () => clinician,
    ask: (cases, caller) => cases.readCase({ id: offered }, caller),
    entry: () => ({ about: `network-one/XA1/${offered}`, who: clinician, did: 'offer.read' }),
  },
  {
    of: 'readOwnAnswers',
    what: 'the answers that closed a case to the clinician who gave them',
    who: () => barred.clinician,
    ask: (cases, caller) => cases.readOwnAnswers({ id: barred.id }, caller),
    entry: () => ({ about: `network-one/XA1/${barred.id}`, who: barred.clinician, did: 'declaration.read' }),
  },
  {
    of: 'readJointWorks',
    what: 'the joint works of a case',
    who: () => clinician,
    ask: (cases, caller) => cases.readJointWorks({ id }, caller),
    entry: () => ({ about: about(), who: clinician, did: 'joint-works.read' }),
  },
  {
    of: 'readOwn',
    what: 'one’s own entry and inbox',
    who: () => clinician,
    ask: (cases, caller) => cases.readOwn({}, caller),
    entry: () => ({ about: 'network-one/office', who: clinician, did: 'inbox.read' }),
  },
  {
    of: 'readReleases',
    what: 'figures',
    who: () => 'commissioner',
    ask: (cases, caller) => cases.readReleases({}, caller),
    entry: () => ({ about: 'network-one/office', who: 'commissioner', did: 'figures.read' }),
  },
  {
    of: 'exportReleases',
    what: 'figures to be taken away',
    who: () => 'commissioner',
    ask: (cases, caller) => cases.exportReleases({}, caller),
    entry: () => ({ about: 'network-one/office', who: 'commissioner', did: 'figures.exported' }),
  },
  {
    of: 'readRestrictedNote',
    what: 'a restricted note',
    who: () => 'requester',
    ask: (cases, caller) => cases.readRestrictedNote({ id }, caller),
    entry: () => ({ about: about(), who: 'requester', did: 'restricted.read' }),
  },
  {
    of: 'readOpenedCase',
    what: 'a case under a broken glass',
    who: () => 'clinicalLead',
    ask: (cases, caller) => cases.readOpenedCase({ id }, caller),
    entry: () => ({ about: about(), who: 'clinicalLead', did: 'glass.read' }),
  },
  {
    of: 'readGlasses',
    what: 'why a glass was broken',
    who: () => 'guardian',
    ask: (cases, caller) => cases.readGlasses({ id }, caller),
    entry: () => ({ about: about(), who: 'guardian', did: 'review.read' }),
  },
  {
    of: 'readGlassesToReview',
    what: 'the glasses that wait for a review',
    who: () => 'guardian',
    ask: (cases, caller) => cases.readGlassesToReview({}, caller),
    entry: () => ({ about: 'network-one/office', who: 'guardian', did: 'glass.list-read' }),
  },
  {
    of: 'readWhoHasSeen',
    what: 'who has seen a case',
    who: () => 'guardian',
    ask: (cases, caller) => cases.readWhoHasSeen({ id, cursor: null }, caller),
    entry: () => ({ about: about(), who: 'guardian', did: 'audit.read' }),
  },
  {
    of: 'readTeams',
    what: 'the teams of a trust',
    who: () => 'esoLead',
    ask: (cases, caller) => cases.readTeams({ trust: null }, caller),
    entry: () => ({ about: 'network-one/XA1/office', who: 'esoLead', did: 'teams.read' }),
  },
  {
    of: 'readRoles',
    what: 'the roles of an office',
    who: () => 'clinicalLead',
    ask: (cases, caller) => cases.readRoles({ trust: null }, caller),
    entry: () => ({ about: 'network-one/office', who: 'clinicalLead', did: 'roles.read' }),
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

test('each use case that reads has an entry said above', () => {
  const all = Object.keys(world.cases).filter((name) => /^(read|export)/.test(name))
  expect(new Set(reads.map((one): string => one.of))).toEqual(new Set(all))
})

describe('a text that a step needs', () => {
  const openings = async (ask: (world: World) => Promise<readonly [Who, RequestId, StepCall]>) => {
    const vault = keyVault()
    let opened = 0
    const open: Vault['open'] = async (...asked) => {
      opened += 1
      return vault.open(...asked)
    }
    const there = await aWorld({ vault: { ...vault, open } })
    const [who, of, call] = await ask(there)
    opened = 0
    const { kind } = await there.step(who, of, call)
    const entries = await there.deps.auditChain.auditOf(`network-one/XA1/${of}`)
    const read = entries.map(({ entry }) => entry['did']).filter((did) => /^(brief|narrative)\./.test(String(did)))
    return { kind, opened, read }
  }
  const withWorks = async (there: World) => {
    const one = await there.aListed(1)
    const bringing = { id: one, step: { type: 'record-works', works: aBibliography }, asked: there.asked() } as const
    done(await there.cases.changeClinician(bringing, there.as(one)))
    return one
  }
  const accept = { type: 'accept', declaration: declarationFor() } as const
  const report = { type: 'report', opinion: anOpinion() } as const

  test('leaves its entry where the acceptance it was opened for is refused', async () => {
    const { kind, opened, read } = await openings(async (there) => {
      const one = await withWorks(there)
      return [one, await there.aRequestAt('offered', { clinician: one }), accept]
    })
    expect([kind, opened, read]).toEqual(['works-to-say', 1, ['brief.read']])
  })

  test('is not opened for an acceptance that comes too late', async () => {
    const { kind, opened, read } = await openings(async (there) => {
      const one = await withWorks(there)
      const late = await there.aRequestAt('offered', { clinician: one })
      there.passMinutes(14 * 24 * 60)
      return [one, late, accept]
    })
    expect([kind, opened, read]).toEqual(['offer-expired', 0, []])
  })

  test('leaves its entry where an opinion leaves a question of the family open', async () => {
    const { kind, opened, read } = await openings(async (there) => {
      const one = await there.aListed(1)
      const opinion = { ...anOpinion(), answers: [] }
      return [one, await there.aRequestAt('in-review', { clinician: one }), { type: 'report', opinion }]
    })
    expect([kind, opened, read]).toEqual(['unanswered', 1, ['narrative.read']])
  })

  test.each(['accepted', 'engaged', 'reported'] as const)(
    'is not opened for an opinion on a case that is %s: the pack is not open then',
    async (status) => {
      const { opened, read } = await openings(async (there) => {
        const one = await there.aListed(1)
        const id = await there.aRequestAt(status, { clinician: one })
        return [one, id, report]
      })
      expect([opened, read]).toEqual([0, status === 'reported' ? ['narrative.read'] : []])
    },
  )
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
