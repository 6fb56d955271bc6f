import {
  type ClinicianId,
  type GmcNumber,
  must,
  type OrgCode,
  parseClinicianId,
  parseGmcNumber,
  parseOrgCode,
  parseTeamId,
  parseTfc,
  type TeamId,
} from '@concord/domain/ids'
import { assess } from '@concord/domain/independence/assess'
import type {
  CandidateFacts,
  CaseDeclaration,
  DeclaredTies,
  JointWorkSaid,
  OpeningAnswers,
  Post,
  RequestFacts,
  TreatingConsultant,
} from '@concord/domain/independence/facts'
import { type Field, pairOf, type Records } from '@concord/domain/independence/pair-of'
import { type RuleRow, rulesOn } from '@concord/domain/independence/rule'
import type { Stage } from '@concord/domain/independence/verdict'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Organisation, Organisations } from '@concord/domain/organisation/organisation'
import { type CalendarDate, type Instant, parseDate, parseInstant } from '@concord/domain/time'

export const day = (text: string): CalendarDate => must(parseDate, text)
export const at = (text: string): Instant => must(parseInstant, text)
export const gmc = (n: number): GmcNumber => must(parseGmcNumber, String(9990000 + n))
export const org = (code: string): OrgCode => must(parseOrgCode, code)
export const clinicianId = (n: number): ClinicianId =>
  must(parseClinicianId, `cln_00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)

/** A team of an office's list, as the invented world has it. */
export const aTeamId = (owner: string, n = 1): TeamId =>
  must(parseTeamId, `team_${owner}_${String(n).padStart(12, '0')}`)

/** The day on which the facts of these builders are judged. */
export const today = day('2026-06-15')
export const neurology = must(parseTfc, '421')

const trust = (code: string, over: Partial<Organisation> = {}): Organisation => ({
  code: org(code),
  name: `Invented Trust ${code}`,
  kind: 'trust',
  country: 'England',
  region: null,
  icb: null,
  parent: null,
  place: null,
  opened: null,
  closed: 'open',
  ...over,
})

/**
 * Invented trusts: XA1 asks, XB1 treats too, XC1 is far away, XA12 begins like XA1; XA0 became XA1 on 1 January 2026; nobody knows
 * what became of XZ1.
 */
export const inventedFiles: Organisations = {
  version: 'invented',
  asOf: [{ file: 'invented.csv', asOf: 'June 2026', source: 'Invented', licence: 'MIT' }],
  organisations: [
    trust('XA1'),
    trust('XB1'),
    trust('XC1'),
    trust('XA12'),
    trust('XA0', { closed: { on: day('2025-12-31') } }),
    trust('XZ1', { closed: { on: null } }),
    ...['XA101', 'XB101', 'XC101', 'XA1201', 'XA001'].map((code) =>
      trust(code, { kind: 'site', parent: org(code.slice(0, -2)) }),
    ),
  ],
  successions: [
    { from: org('XA0'), to: org('XA1'), on: day('2026-01-01'), source: 'invented', checked: true },
    { from: org('XZ1'), to: null, on: null, source: 'invented', checked: false },
  ],
  clinicalNetworks: [],
  groups: [],
}
export const inventedOrganisations = organisationGraph(inventedFiles)

export const aPost = (over: Partial<Post> = {}): Post => ({
  org: org('XC1'),
  site: org('XC101'),
  kind: 'substantive',
  from: day('2015-01-01'),
  to: 'ongoing',
  ...over,
})

export const aConsultant = (over: Partial<TreatingConsultant> = {}): TreatingConsultant => ({
  gmc: gmc(901),
  role: 'lead',
  org: org('XA1'),
  grade: 'consultant',
  teams: [],
  ...over,
})

/** A request of XA1 with one treating consultant, everything asked and nothing in the way. */
export const someRequest = (over: Partial<RequestFacts> = {}): RequestFacts => ({
  trust: org('XA1'),
  sites: [org('XA101')],
  urgency: 'U2',
  tfc: neurology,
  treating: [aConsultant()],
  unwelcome: [],
  discussedWith: [],
  treatedBy: [],
  instructedOn: today,
  ...over,
})

/** A complete register entry of a stranger: everything asked, nothing in the way. */
export const aStranger = (over: Partial<CandidateFacts> = {}): CandidateFacts => ({
  gmc: gmc(1),
  grade: 'consultant',
  specialistRegister: ['Paediatrics', 'Paediatric neurology'],
  practice: [{ tfc: neurology, lastPractisedOn: day('2026-06-01') }],
  posts: [aPost()],
  teams: [],
  trainingTies: [],
  managementTies: [],
  registration: {
    status: 'registered',
    licence: true,
    conditionsAffectScope: false,
    interimOrder: false,
    warning: false,
    checkedOn: day('2026-06-01'),
  },
  indemnity: { route: 'employer', validTo: 'ongoing', employerView: 'permits' },
  standingDeclarationSignedOn: day('2026-01-10'),
  jointWorks: [],
  openCases: 0,
  cap: 2,
  ...over,
})

export const noTies = (over: Partial<DeclaredTies> = {}): DeclaredTies => ({
  gmc: gmc(901),
  C07: 'no',
  C08: 'no',
  C10: 'no',
  C12: 'no',
  ...over,
})

const noInterests = (over: Partial<CaseDeclaration['interests']> = {}): CaseDeclaration['interests'] => ({
  C14: 'no',
  C15: 'no',
  C16: 'no',
  C17: 'no',
  C18: 'no',
  C19: 'no',
  C20: 'no',
  C21: 'no',
  C22: 'no',
  C23: 'no',
  C24: 'no',
  C27: 'no',
  C28: 'no',
  C29: 'no',
  C30: 'no',
  C31: 'no',
  ...over,
})

export const aDeclaration = (over: Partial<CaseDeclaration> = {}): CaseDeclaration => ({
  signedAt: at('2026-06-15T10:00:00Z'),
  C05: 'no',
  C06: 'no',
  C13: 'no',
  consultants: [noTies()],
  interests: noInterests(),
  ...over,
})

/** A paper of the candidate and a treating consultant, as the candidate said. */
export const aJointWork = (over: Partial<JointWorkSaid> = {}): JointWorkSaid => ({
  with: gmc(901),
  work: { ids: ['pmid:90000001'], title: 'An invented trial', on: '2025-03', authorCount: 4 },
  evidence: '0123456789abcdef',
  said: 'both',
  saidOn: today,
  until: null,
  ...over,
})

export const openingAnswers = (over: Partial<OpeningAnswers> = {}): OpeningAnswers => ({
  answeredAt: at('2026-06-15T12:00:00Z'),
  C05: 'no',
  C12: 'no',
  C13: 'no',
  ...over,
})

/** What the invented policy says of neurology. */
const aField: Field = { registers: ['paediatricneurology'], centres: 28 }

export type Case = Partial<Omit<Records, 'candidate' | 'request'>> & {
  readonly candidate?: Partial<CandidateFacts>
  readonly request?: Partial<RequestFacts>
  readonly stage?: Stage
}

/** Judges the stranger and the request, but for what the case says otherwise, under the rules given. */
export const assessing =
  (rules: readonly RuleRow[]) =>
  ({ candidate, request, stage = 'offer', asOf = today, ...others }: Case = {}) =>
    assess({
      rules: rulesOn(rules, asOf),
      policyVersion: 'test',
      stage,
      pair: pairOf({
        asOf,
        organisations: inventedOrganisations,
        field: aField,
        history: null,
        ...others,
        candidate: aStranger(candidate),
        request: someRequest(request),
      }),
    })
