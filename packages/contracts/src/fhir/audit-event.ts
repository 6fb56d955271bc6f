import type { AuditEntry } from '@concord/domain/audit/entry'
import { type Deed, deedOf } from './deeds.ts'

const terminology = 'http://terminology.hl7.org/CodeSystem'
const dicom = 'http://dicom.nema.org/resources/ontology/DCM'
const interactions = 'http://hl7.org/fhir/restful-interaction'

const coding = (system: string, code: string) => ({ system, code })
const concept = (system: string, code: string) => ({ coding: [coding(system, code)] })

/** What the patterns ask for and an entry does not keep is said to be unknown, and never made up. */
const unknown = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
}

const patterns = {
  read: { code: 'read', action: 'R' },
  query: { code: 'search', action: 'E' },
  create: { code: 'create', action: 'C' },
  update: { code: 'update', action: 'U' },
  other: { code: 'operation', action: 'E' },
} as const satisfies Record<Deed['pattern'], { readonly code: string; readonly action: string }>

/**
 * An entry of the audit as a FHIR R4 AuditEvent, shaped after IHE's basic audit patterns (BALP). `server`: where this stage
 * answers, when it is known. No identity stands in the audit, so the patient is the case's own reference: whoever may know the
 * child finds them by it.
 */
export const auditEventOf = (entry: AuditEntry, server: string | null = null) => {
  const { at, id, did, about } = entry
  const deed = deedOf(did)
  const { code, action } = patterns[deed.pattern]
  return {
    resourceType: 'AuditEvent',
    // An id of FHIR has no underscore.
    id: id.replaceAll('_', '-'),
    type: coding(`${terminology}/audit-event-type`, 'rest'),
    subtype: [coding(interactions, code)],
    action,
    recorded: at,
    // Refused, in HL7’s words: a minor failure, by what the caller asked and not by a fault of the service.
    outcome: deed.isRefused ? '4' : '0',
    ...(deed.why && { purposeOfEvent: [concept(`${terminology}/v3-ActReason`, deed.why)] }),
    agent: agentsOf(entry, { deed, server }),
    source: {
      site: about.split('/')[0],
      observer: { display: 'Concord' },
      type: [coding(`${terminology}/security-source-type`, '4')],
    },
    entity: [...(deed.pattern === 'query' ? [queryOf(did)] : [dataOf(entry, deed)]), ...patientOf(about)],
  }
}

const agentsOf = (
  { who, role }: AuditEntry,
  { deed, server }: { readonly deed: Deed; readonly server: string | null },
) => {
  // The clock and the reactors act as no person: then it is the client itself that asked.
  const isPerson = role !== 'system'
  const isRead = deed.pattern === 'read'
  // A read flows from the server to the client, everything else the other way.
  const [client, its] = isRead ? ['110152', '110153'] : ['110153', '110152']
  const person = {
    type: concept(`${terminology}/v3-ParticipationType`, isRead || deed.pattern === 'query' ? 'IRCP' : 'AUT'),
    role: [concept('urn:concord:role', role)],
    who: { identifier: { system: 'urn:concord:subject', value: who } },
    requestor: true,
    ...(deed.why && { purposeOfUse: [concept(`${terminology}/v3-ActReason`, deed.why)] }),
  }
  return [
    ...(isPerson ? [person] : []),
    {
      type: concept(dicom, client),
      who: isPerson
        ? { display: 'The console or a client of the API: the entry does not say which' }
        : { identifier: { system: 'urn:concord:function', value: who } },
      requestor: !isPerson,
      network: unknown,
    },
    {
      type: concept(dicom, its),
      who: { display: 'Concord' },
      requestor: false,
      network: server === null ? unknown : { address: server, type: '5' },
    },
  ]
}

const dataOf = ({ about, did }: AuditEntry, { what }: Deed) => ({
  type: coding(`${terminology}/audit-entity-type`, '2'),
  role: coding(`${terminology}/object-role`, what === 'report' ? '3' : '4'),
  what: { identifier: { system: 'urn:concord:record', value: about } },
  description: did,
})

/** What was looked for, as far as the entry keeps it: never the query as it was sent. */
const queryOf = (did: string) => ({
  type: coding(`${terminology}/audit-entity-type`, '2'),
  role: coding(`${terminology}/object-role`, '24'),
  description: did,
  query: btoa(did),
})

const patientOf = (about: string) => {
  const [, , request = ''] = about.split('/')
  if (!request.startsWith('req_')) return []
  return [
    {
      type: coding(`${terminology}/audit-entity-type`, '1'),
      role: coding(`${terminology}/object-role`, '1'),
      what: { type: 'Patient', identifier: { system: 'urn:concord:case', value: about } },
    },
  ]
}
