// Every key in the five tables is built here and nowhere else. A partition key is a path, `/` separates; what two roles may not
// both see stands in two partitions, since access policies see partition keys and never sort keys.
import { mustBeMembership, officeOf, type PLATFORM, paths, type RequestPlace } from '@concord/application/scope'
import type {
  ClinicianId,
  GlassId,
  GmcNumber,
  NetworkCode,
  OrgCode,
  RequestId,
  Subject,
  TeamId,
  Tfc,
  TrustCode,
} from '@concord/domain/ids'
import type { RoleHeld } from '@concord/domain/membership/role-held'
import type { DeclaredStage } from '@concord/domain/request/declared'
import type { Team } from '@concord/domain/team/team'
import type { CalendarDate, Instant } from '@concord/domain/time'

const padded = (seq: number) => String(seq).padStart(8, '0')

export const keys = {
  request: (place: RequestPlace) => ({ pk: paths.request(place), sk: 'state' }),
  clinician: (home: NetworkCode, id: ClinicianId) => ({ pk: paths.clinician(home, id), sk: 'state' }),
  event: (pk: string, seq: number) => ({ pk, sk: `event/${padded(seq)}` }),
  case: (home: NetworkCode, id: ClinicianId, request: RequestId) => ({
    pk: paths.clinician(home, id),
    sk: `case/${request}`,
  }),
  signedAnswers: (
    home: NetworkCode,
    id: ClinicianId,
    {
      request,
      stage,
      version,
    }: { readonly request: RequestId; readonly stage: DeclaredStage; readonly version: number },
  ) => ({ pk: paths.clinician(home, id), sk: `${signedPrefix(stage, request)}${padded(version)}` }),
  works: (home: NetworkCode, id: ClinicianId) => ({ pk: `${paths.clinician(home, id)}/works`, sk: 'latest' }),
  claim: (gmc: GmcNumber) => ({ pk: `national/gmc/${gmc}`, sk: 'claim' }),
  card: (network: NetworkCode | 'national', tfc: Tfc, id: ClinicianId) => ({ pk: cardsPk(network, tfc), sk: id }),
  once: (path: string, key: string) => ({ pk: `${path}/once`, sk: key }),
  assessment: ({ network, id }: RequestPlace, takenAt: Instant) => ({ pk: assessmentPk(network, id), sk: takenAt }),
  evidence: (network: NetworkCode, about: GmcNumber | OrgCode, on: CalendarDate, request: RequestId) => ({
    pk: evidencePk(network, about),
    sk: `${on}/${request}`,
  }),
  child: ({ network, trust, id }: RequestPlace, hash: string) => ({ pk: childPk(network, trust, hash), sk: id }),
  hashOfChild: (place: RequestPlace) => ({ pk: `${paths.request(place)}/child`, sk: 'hash' }),
  section: (path: string, section: string, version: number) => ({ pk: path, sk: `${section}/${padded(version)}` }),
  compartmentKey: (path: string) => ({ pk: path, sk: 'key' }),
  /** When a request was sent, where the guardian of the network may read it and nothing else of the case. */
  sent: (place: RequestPlace) => ({ pk: `${paths.request(place)}/child`, sk: 'sent' }),
  role: (subject: Subject, membership: string) => ({
    pk: paths.members(officeOf(mustBeMembership(membership))),
    sk: `${subject}/${membership}`,
  }),
  /** By whom an entry of the register is held, beside the list of roles: the same item for whoever is granted it. */
  holder: (membership: string) => ({
    pk: paths.members(officeOf(mustBeMembership(membership))),
    sk: `holder/${membership}`,
  }),
  roleEvent: (
    office: string,
    { subject, membership, version }: Pick<RoleHeld, 'subject' | 'membership' | 'version'>,
  ) => ({
    pk: paths.members(office),
    sk: `event/${subject}/${membership}/${padded(version)}`,
  }),
  team: (list: string, id: TeamId) => ({ pk: list, sk: `team/${id}` }),
  teamEvent: (list: string, { id, version }: Pick<Team, 'id' | 'version'>) => ({
    pk: list,
    sk: `event/${id}/${padded(version)}`,
  }),
  glass: (place: RequestPlace, id: GlassId) => ({ pk: paths.glass(place), sk: `state/${id}` }),
  glassEvent: (place: RequestPlace, id: GlassId, seq: number) => ({
    pk: paths.glass(place),
    sk: `event/${id}/${padded(seq)}`,
  }),
  session: (subject: Subject, hash: string) => ({ pk: personPk(subject), sk: `session/${hash}` }),
  issuerSession: (hash: string) => ({ pk: issuerSessionPk(hash), sk: 'subject' }),
  office: (path: string) => ({ pk: path, sk: 'office' }),
  parked: (network: NetworkCode | typeof PLATFORM, reaction: string, eventId: string) => ({
    pk: parkedPk(network),
    sk: `${reaction}/${eventId}`,
  }),
  fact: (network: NetworkCode, period: string, request: string, what: string) => ({
    pk: factPk(network, period),
    sk: `${request}/${what}`,
  }),
  release: (network: NetworkCode, period: string) => ({ pk: paths.release(network), sk: period }),
  reference: (kind: string, version: string) => ({ pk: `reference/${kind}`, sk: version }),
  audit: (about: string, at: Instant, id: string) => ({ pk: auditPk(about), sk: `${at}/${id}` }),
  auditLink: (network: string, seq: number) => ({ pk: auditChainPk(network), sk: `link/${padded(seq)}` }),
  auditEnd: (network: string) => ({ pk: auditChainPk(network), sk: 'end' }),
  auditHead: (number: number) => ({ pk: auditHeadPk, sk: padded(number) }),
} as const

/** Under which a clinician's own partition keeps each version of what they signed for a request. */
export const signedPrefix = (stage: DeclaredStage, request: RequestId) =>
  `${stage === 'acceptance' ? 'declaration' : 'opening'}/${request}/`
export const cardsPk = (network: NetworkCode | 'national', tfc: Tfc) =>
  network === 'national' ? `national/card/${tfc}` : `${paths.network(network)}/card/${tfc}`
export const assessmentPk = (network: NetworkCode, id: RequestId) => `${paths.network(network)}/assessment/${id}`
export const evidencePk = (network: NetworkCode, about: GmcNumber | OrgCode) =>
  `${paths.network(network)}/evidence/${about}`
export const parkedPk = (network: NetworkCode | typeof PLATFORM) => `network/${network}/parked`
export const childPk = (network: NetworkCode, trust: TrustCode, hash: string) =>
  `${paths.trust(network, trust)}/child/${hash}`
/** The list of a network on which the requests about one child stand, and the only one on which an item of this key may. */
export const sameChildPk = (network: NetworkCode, hash: string) => `${paths.network(network)}/child/${hash}`
export const sameChildListOf = (pk: string): string | undefined => {
  const [, network, hash] = /^(network\/[^/]+)\/trust\/[^/]+\/child\/([^/]+)$/.exec(pk) ?? []
  return hash && `${network}/child/${hash}`
}
export const factPk = (network: NetworkCode, period: string) => `fact/${network}/${period}`
export const personPk = (subject: Subject) => `person/${subject}`
/** By which a session is found that the issuer names without saying whose it is. */
const issuerSessionPk = (hash: string) => `person/issuer-session/${hash}`
/** Between which the entries of a case lie that were made from one moment to another, both of them with it. */
export const auditHours = (from: Instant, to: Instant) => ({ from, to: `${to}/~` })
export const auditPk = (about: string) => `audit/${about}`
export const auditChainPk = (network: string) => `audit-chain/${network}`
export const auditHeadPk = 'audit-head'
export const unchainedPk = (network: string) => `unchained/${network}`
export const worklistPk = (path: string) => `${path}/worklist`
