import type { ClinicianId, GmcNumber, NetworkCode, RequestId } from '../ids.ts'
import type { CandidateFacts, Urgency } from '../independence/facts.ts'
import type { RankingFacts } from '../ranking/rank.ts'
import type { Language } from '../request/languages.ts'
import type { ClinicianRef, Mode } from '../request/request.ts'
import { addMonths, type CalendarDate } from '../time.ts'

/** What a clinician puts on the register and may change; the workload is the platform's own. */
export type Entry = {
  readonly name: string
  readonly visibility: 'network' | 'national'
  readonly languages: readonly Language[]
  readonly modes: readonly Mode[]
  readonly urgencies: readonly Urgency[]
  readonly facts: Omit<CandidateFacts, 'openCases' | 'cap'>
  /** How many cases at once. */
  readonly cap: number
}

/** An application: what verification and the clinician's own signature say is not theirs to enter who applies. */
export type Application = Omit<Entry, 'facts'> & {
  readonly facts: Omit<
    Entry['facts'],
    'registration' | 'specialistRegister' | 'standingDeclarationSignedOn' | 'jointWorks'
  >
}

/** A clinician on the one register that holds them: their home network verifies them, and theirs is the one workload. */
export type ClinicianState = {
  readonly status: 'applied' | 'verified' | 'listed' | 'unlisted'
  readonly id: ClinicianId
  readonly home: NetworkCode
  readonly gmc: GmcNumber
  readonly version: number
  readonly entry: Entry
  /** Cases in hand, from acceptance until the place is given back; none is taken beyond the cap, which may be lowered meanwhile. */
  readonly openCases: readonly RequestId[]
  /** The list of works the clinician last brought, which is kept beside; null where they never did. */
  readonly works: { readonly count: number; readonly recordedOn: CalendarDate } | null
  /** Days on which opinions were given, kept for a rolling year: load is shared fairly by it. */
  readonly givenOn: readonly CalendarDate[]
}

export const refTo = ({ id, home, gmc }: ClinicianState): ClinicianRef => ({ id, home, gmc })

export const candidateFacts = ({ entry, openCases }: Pick<ClinicianState, 'entry' | 'openCases'>): CandidateFacts => ({
  ...entry.facts,
  openCases: openCases.length,
  cap: entry.cap,
})

export const rankingFacts = ({ id, entry, openCases, givenOn }: Card, on: CalendarDate): RankingFacts => ({
  id,
  practice: entry.facts.practice,
  urgencies: entry.urgencies,
  modes: entry.modes,
  languages: entry.languages,
  openCases: openCases.length,
  cap: entry.cap,
  opinionsLastYear: givenOn.filter((day) => day > addMonths(on, -12)).length,
})

/** Who can be asked, as every network that may ask sees them: advice only, since the acceptance looks at the clinician's own state. */
export type Card = Pick<ClinicianState, 'id' | 'home' | 'gmc' | 'version' | 'entry' | 'openCases' | 'givenOn'>

/** The card of a listed clinician; nobody else has one. */
export const cardOf = ({ status, id, home, gmc, version, entry, openCases, givenOn }: ClinicianState): Card | null =>
  status === 'listed' ? { id, home, gmc, version, entry, openCases, givenOn } : null
