import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AuditEntry } from '@concord/domain/audit/entry'
import { at } from '@concord/testkit/facts'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { auditEventOf } from './audit-event.ts'
import { rowOf } from './deeds.ts'

// The constraints of IHE ITI BALP 1.1 on FHIR R4 (PatientRead, PatientQuery, PatientCreate, PatientUpdate and those without a
// patient), in our own words: what has to be there, how often, and under which codes.
const hl7 = 'http://terminology.hl7.org/CodeSystem'
const code = (system: string, ...codes: readonly [string, ...string[]]) =>
  z.strictObject({ system: z.literal(system), code: z.enum(codes) })
const concept = (system: string, ...codes: readonly [string, ...string[]]) =>
  z.strictObject({ coding: z.tuple([code(system, ...codes)]) })
const identifier = z.strictObject({ system: z.string().startsWith('urn:concord:'), value: z.string().min(1) })
const who = z.union([z.strictObject({ identifier }), z.strictObject({ display: z.string().min(1) })])
const absent = z.strictObject({
  extension: z.tuple([
    z.strictObject({
      url: z.literal('http://hl7.org/fhir/StructureDefinition/data-absent-reason'),
      valueCode: z.literal('unknown'),
    }),
  ]),
})
const network = z.union([absent, z.strictObject({ address: z.url(), type: z.literal('5') })])
const reason = concept(`${hl7}/v3-ActReason`, 'TREAT', 'BTG')
const device = (type: '110152' | '110153') =>
  z.strictObject({
    type: concept('http://dicom.nema.org/resources/ontology/DCM', type),
    who,
    requestor: z.boolean(),
    network,
  })
const person = (type: 'IRCP' | 'AUT') =>
  z.strictObject({
    type: concept(`${hl7}/v3-ParticipationType`, type),
    role: z.tuple([
      concept(
        'urn:concord:role',
        ...(['requester', 'eso-lead', 'coordinator', 'clinical-lead', 'clinician', 'operator'] as const),
      ),
    ]),
    who: z.strictObject({ identifier }),
    requestor: z.literal(true),
    purposeOfUse: z.tuple([reason]).optional(),
  })
const agents = (user: 'IRCP' | 'AUT', client: '110152' | '110153', server: '110152' | '110153') =>
  z.union([z.tuple([person(user), device(client), device(server)]), z.tuple([device(client), device(server)])])
const object = code(`${hl7}/audit-entity-type`, '2')
const data = z.strictObject({
  type: object,
  role: code(`${hl7}/object-role`, '4', '3', '20'),
  what: z.strictObject({ identifier }),
  description: z.string(),
})
const query = z.strictObject({
  type: object,
  role: code(`${hl7}/object-role`, '24'),
  description: z.string(),
  query: z.base64().min(4),
})
const patient = z.strictObject({
  type: code(`${hl7}/audit-entity-type`, '1'),
  role: code(`${hl7}/object-role`, '1'),
  what: z.strictObject({ type: z.literal('Patient'), identifier }),
})
const entities = (first: typeof data | typeof query, isOfPatient: boolean) =>
  isOfPatient ? z.tuple([first, patient]) : z.tuple([first])

const shapes = {
  read: { subtype: 'read', action: 'R', agents: agents('IRCP', '110152', '110153'), first: data },
  query: { subtype: 'search', action: 'E', agents: agents('IRCP', '110153', '110152'), first: query },
  create: { subtype: 'create', action: 'C', agents: agents('AUT', '110153', '110152'), first: data },
  update: { subtype: 'update', action: 'U', agents: agents('AUT', '110153', '110152'), first: data },
} as const
const shapeOf = (pattern: keyof typeof shapes, isOfPatient: boolean) =>
  z.strictObject({
    resourceType: z.literal('AuditEvent'),
    id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
    type: code(`${hl7}/audit-event-type`, 'rest'),
    subtype: z.tuple([code('http://hl7.org/fhir/restful-interaction', shapes[pattern].subtype)]),
    action: z.literal(shapes[pattern].action),
    recorded: z.iso.datetime({ offset: true }),
    outcome: z.literal('0'),
    purposeOfEvent: z.tuple([reason]).optional(),
    agent: shapes[pattern].agents,
    source: z.strictObject({
      site: z.string(),
      observer: z.strictObject({ display: z.string() }),
      type: z.tuple([code(`${hl7}/security-source-type`, '4')]),
    }),
    entity: entities(shapes[pattern].first, isOfPatient),
  })

const ofCase = 'south-west/RA7/req_RA7_01999999-7e57-7c0d-8a6f-5e6d7c8b9a01'
const entry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  at: at('2026-06-15T09:00:00Z'),
  id: 'evt_01999999-7e57-7c0d-8a6f-5e6d7c8b9a02',
  about: ofCase,
  who: 'coordinator',
  role: 'coordinator',
  did: 'case.read',
  ...over,
})

describe('an entry of the audit as an AuditEvent', () => {
  test.each([
    { did: 'case.read', about: ofCase, pattern: 'read' },
    { did: 'shortlist.read', about: ofCase, pattern: 'read' },
    { did: 'clinician.read cln_1', about: 'south-west/office', pattern: 'read' },
    { did: 'worklist.read', about: 'south-west/RA7/office', pattern: 'query' },
    { did: 'register.search 421', about: 'south-west/office', pattern: 'query' },
    { did: 'request.drafted', about: ofCase, pattern: 'create' },
    { did: 'opinion.reported', about: ofCase, pattern: 'create' },
    { did: 'offer.made', about: ofCase, pattern: 'update' },
    { did: 'clinician.listed', about: 'south-west/office', pattern: 'update' },
  ] as const)('of $did has what the pattern of a $pattern asks for', ({ did, about, pattern }) => {
    const shape = shapeOf(pattern, about === ofCase)
    for (const server of [null, 'https://concord.example.nhs.uk'])
      expect(shape.parse(auditEventOf(entry({ did, about }), server))).toBeTruthy()
  })

  test('of a case has exactly one patient, who is the case’s own reference and no identity', () => {
    const { entity } = auditEventOf(entry())
    expect(entity.filter(({ role }) => role.code === '1')).toEqual([
      expect.objectContaining({ what: { type: 'Patient', identifier: { system: 'urn:concord:case', value: ofCase } } }),
    ])
  })

  test('of what was done by itself names no person: the clock is the client that asked', () => {
    const event = auditEventOf(entry({ did: 'offer.expired', who: 'clock', role: 'system' }))
    expect(shapeOf('update', true).parse(event)).toBeTruthy()
    expect(event.agent.map(({ requestor }) => requestor)).toEqual([true, false])
  })

  test('says that a case is read for treatment, and that the glass was broken', () => {
    const reasonOf = (did: string) => auditEventOf(entry({ did })).purposeOfEvent?.[0]?.coding[0]?.code
    expect([reasonOf('case.read'), reasonOf('glass.case.read'), reasonOf('offer.made')]).toEqual([
      'TREAT',
      'BTG',
      undefined,
    ])
  })

  test('of a deed that nobody told the table of is an operation, and is not left out', () => {
    const event = auditEventOf(entry({ did: 'something.new' }))
    expect([event.subtype[0]?.code, event.action, JSON.stringify(event.entity)]).toEqual([
      'operation',
      'E',
      expect.stringContaining('something.new'),
    ])
  })
})

describe('the table of deeds', () => {
  const src = fileURLToPath(new URL('../../..', import.meta.url))
  const sources = ['application/src', 'domain/src'].flatMap((room) =>
    readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(src, room, file), 'utf8')),
  )
  const said = sources.flatMap((text) => [...text.matchAll(/\bdid: ['"`]([\w.-]+)/g)].map(([, did = '']) => did))
  // Whatever happens to a request or to an entry of the register is copied under its own name.
  const happened = sources.flatMap((text) =>
    [...text.matchAll(/readonly type: '([\w-]+\.[\w-]+)'/g)].map(([, type = '']) => type),
  )

  test('has a row for every deed that the code puts on record', () => {
    expect(new Set(said).size).toBeGreaterThan(5)
    expect(new Set(happened).size).toBeGreaterThan(25)
    expect([...new Set([...said, ...happened])].filter((did) => rowOf(did) === undefined)).toEqual([])
  })
})
