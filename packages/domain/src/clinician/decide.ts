import type { Actor } from '../actor.ts'
import { withWords } from '../evidence/works-to-say.ts'
import { type ClinicianId, isInventedGmc, type NetworkCode, type RequestId } from '../ids.ts'
import type {
  JointWorkSaid,
  ManagementTie,
  Post,
  Registration,
  TeamMembership,
  TrainingTie,
  Urgency,
} from '../independence/facts.ts'
import { type ImplausibleDates, type WrongDate, wrongInApplication, wrongInCheck, wrongInTies } from '../plausible.ts'
import type { Mode } from '../request/request.ts'
import { isNonEmpty, type NonEmpty } from '../result.ts'
import { addMonths, type CalendarDate, dateAt, type Instant } from '../time.ts'
import type { Application, ClinicianState, Entry } from './clinician.ts'

export type Availability = {
  readonly cap: number
  readonly urgencies: readonly Urgency[]
  readonly modes: readonly Mode[]
}
export type Affiliations = {
  readonly posts: readonly Post[]
  readonly teams: readonly TeamMembership[]
  readonly trainingTies: readonly TrainingTie[]
  readonly managementTies: readonly ManagementTie[]
}

export type ClinicianCommand =
  | { readonly type: 'apply'; readonly id: ClinicianId; readonly home: NetworkCode; readonly entry: Application }
  | { readonly type: 'verify'; readonly registration: Registration; readonly specialistRegister: readonly string[] }
  | { readonly type: 'list' }
  | { readonly type: 'unlist' }
  | { readonly type: 'set-availability'; readonly availability: Availability }
  | { readonly type: 'record-affiliations'; readonly affiliations: Affiliations }
  | { readonly type: 'declare'; readonly signedOn: CalendarDate }
  | { readonly type: 'record-works'; readonly count: number }
  | { readonly type: 'say-works'; readonly said: NonEmpty<JointWorkSaid> }
  | { readonly type: 'take-place'; readonly request: RequestId }
  | { readonly type: 'give-back'; readonly request: RequestId; readonly because: 'given' | 'released' }

type Happened =
  | { readonly type: 'clinician.applied'; readonly id: ClinicianId; readonly home: NetworkCode; readonly entry: Entry }
  | {
      readonly type: 'clinician.verified'
      readonly registration: Registration
      readonly specialistRegister: readonly string[]
    }
  | { readonly type: 'clinician.listed' }
  | { readonly type: 'clinician.unlisted' }
  | { readonly type: 'clinician.availability-set'; readonly availability: Availability }
  | { readonly type: 'clinician.affiliations-recorded'; readonly affiliations: Affiliations }
  | { readonly type: 'clinician.declared'; readonly signedOn: CalendarDate }
  | { readonly type: 'clinician.works-recorded'; readonly count: number }
  | { readonly type: 'clinician.works-said'; readonly said: NonEmpty<JointWorkSaid> }
  | { readonly type: 'place.taken'; readonly request: RequestId }
  | { readonly type: 'place.given-back'; readonly request: RequestId; readonly because: 'given' | 'released' }
export type ClinicianEvent = Happened & { readonly at: Instant; readonly by: Actor }

type ClinicianStatus = ClinicianState['status'] | 'none'
type Step = { readonly from: readonly ClinicianStatus[]; readonly by: readonly Actor['role'][] }
const broker = ['coordinator', 'clinical-lead'] as const

/** The register's process as one table, like that of a request. */
export const clinicianSteps = {
  apply: { from: ['none'], by: [...broker] },
  verify: { from: ['applied', 'verified', 'listed', 'unlisted'], by: [...broker] },
  list: { from: ['verified', 'unlisted'], by: [...broker] },
  unlist: { from: ['listed'], by: [...broker, 'clinician'] },
  'set-availability': { from: ['applied', 'verified', 'listed', 'unlisted'], by: [...broker, 'clinician'] },
  'record-affiliations': { from: ['applied', 'verified', 'listed', 'unlisted'], by: [...broker, 'clinician'] },
  declare: { from: ['applied', 'verified', 'listed', 'unlisted'], by: ['clinician'] },
  'record-works': { from: ['applied', 'verified', 'listed', 'unlisted'], by: ['clinician'] },
  'say-works': { from: ['applied', 'verified', 'listed', 'unlisted'], by: ['clinician'] },
  'take-place': { from: ['listed'], by: ['clinician'] },
  // A place is given back whatever became of the entry, and by nobody but the reactor.
  'give-back': { from: ['applied', 'verified', 'listed', 'unlisted'], by: ['system'] },
} as const satisfies Record<ClinicianCommand['type'], Step>

export type ClinicianRefusal =
  | { readonly kind: 'entry-not-possible'; readonly step: ClinicianCommand['type']; readonly status: ClinicianStatus }
  | { readonly kind: 'entry-not-yours'; readonly step: ClinicianCommand['type']; readonly role: Actor['role'] }
  | { readonly kind: 'not-declared' }
  | { readonly kind: 'no-affiliations' }
  | { readonly kind: 'full'; readonly cap: number }
  | { readonly kind: 'in-hand-already' }
  | { readonly kind: 'invented-number' }
  | ImplausibleDates

/** Decides what a command makes happen to a register entry. Giving back a place that is not held happens to nobody, and is no refusal. */
export const decideClinician = (
  state: ClinicianState | undefined,
  command: ClinicianCommand,
  { at, actor, inventedAllowed }: { readonly at: Instant; readonly actor: Actor; readonly inventedAllowed: boolean },
):
  | { readonly kind: 'decided'; readonly events: NonEmpty<ClinicianEvent> }
  | { readonly kind: 'nothing-to-do' }
  | ClinicianRefusal => {
  const status: ClinicianStatus = state?.status ?? 'none'
  const step: Step = clinicianSteps[command.type]
  if (!step.by.includes(actor.role)) return { kind: 'entry-not-yours', step: command.type, role: actor.role }
  const refusedHere = { kind: 'entry-not-possible', step: command.type, status } as const
  if (!step.from.includes(status)) return refusedHere
  const happened = (happening: Happened) => ({ kind: 'decided', events: [{ ...happening, at, by: actor }] }) as const

  const wrong = wrongDatesIn(command, dateAt(at))
  if (isNonEmpty(wrong)) return { kind: 'implausible-dates', wrong }

  if (command.type === 'apply') {
    if (!inventedAllowed && isInventedGmc(command.entry.facts.gmc)) return { kind: 'invented-number' }
    const facts = {
      ...command.entry.facts,
      registration: null,
      specialistRegister: null,
      standingDeclarationSignedOn: null,
      jointWorks: [],
    }
    return happened({
      type: 'clinician.applied',
      id: command.id,
      home: command.home,
      entry: { ...command.entry, facts },
    })
  }
  if (!state) return refusedHere
  switch (command.type) {
    case 'verify':
      return happened({
        type: 'clinician.verified',
        registration: command.registration,
        specialistRegister: command.specialistRegister,
      })
    case 'list':
      if (state.entry.facts.posts === null) return { kind: 'no-affiliations' }
      return state.entry.facts.standingDeclarationSignedOn === null
        ? { kind: 'not-declared' }
        : happened({ type: 'clinician.listed' })
    case 'unlist':
      return happened({ type: 'clinician.unlisted' })
    case 'set-availability':
      return happened({ type: 'clinician.availability-set', availability: command.availability })
    case 'record-affiliations':
      return happened({ type: 'clinician.affiliations-recorded', affiliations: command.affiliations })
    case 'declare':
      return happened({ type: 'clinician.declared', signedOn: command.signedOn })
    case 'record-works':
      return happened({ type: 'clinician.works-recorded', count: command.count })
    case 'say-works':
      return happened({ type: 'clinician.works-said', said: command.said })
    case 'take-place':
      if (state.openCases.includes(command.request)) return { kind: 'in-hand-already' }
      return state.openCases.length < state.entry.cap
        ? happened({ type: 'place.taken', request: command.request })
        : { kind: 'full', cap: state.entry.cap }
    case 'give-back':
      return state.openCases.includes(command.request)
        ? happened({ type: 'place.given-back', request: command.request, because: command.because })
        : { kind: 'nothing-to-do' }
  }
}

const wrongDatesIn = (command: ClinicianCommand, today: CalendarDate): readonly WrongDate[] => {
  switch (command.type) {
    case 'apply':
      return wrongInApplication(command.entry, today)
    case 'verify':
      return wrongInCheck(command.registration, today)
    case 'record-affiliations':
      return wrongInTies(command.affiliations, today)
    // Nobody types a date for these.
    case 'list':
    case 'unlist':
    case 'set-availability':
    case 'declare':
    case 'record-works':
    case 'say-works':
    case 'take-place':
    case 'give-back':
      return []
  }
}

/** What a register entry becomes when something happened to it. */
export const evolveClinician = (state: ClinicianState | undefined, event: ClinicianEvent): ClinicianState => {
  if (event.type === 'clinician.applied') {
    const { id, home, entry } = event
    return {
      status: 'applied',
      id,
      home,
      gmc: entry.facts.gmc,
      version: 1,
      entry,
      openCases: [],
      works: null,
      givenOn: [],
    }
  }
  if (!state) throw new Error(`${event.type} cannot happen to a clinician who is not there`)
  const next = { ...state, version: state.version + 1 }
  const withFacts = (facts: Partial<Entry['facts']>) => ({
    ...next,
    entry: { ...state.entry, facts: { ...state.entry.facts, ...facts } },
  })
  switch (event.type) {
    case 'clinician.verified': {
      const verified = withFacts({ registration: event.registration, specialistRegister: event.specialistRegister })
      return state.status === 'applied' ? { ...verified, status: 'verified' } : verified
    }
    case 'clinician.listed':
      return { ...next, status: 'listed' }
    case 'clinician.unlisted':
      return { ...next, status: 'unlisted' }
    case 'clinician.availability-set':
      return { ...next, entry: { ...state.entry, ...event.availability } }
    case 'clinician.affiliations-recorded':
      return withFacts(event.affiliations)
    case 'clinician.declared':
      return withFacts({ standingDeclarationSignedOn: event.signedOn })
    case 'clinician.works-recorded':
      return { ...next, works: { count: event.count, recordedOn: dateAt(event.at) } }
    case 'clinician.works-said':
      return withFacts({ jointWorks: withWords(state.entry.facts.jointWorks, event.said) })
    case 'place.taken':
      return { ...next, openCases: [...state.openCases, event.request] }
    case 'place.given-back': {
      const openCases = state.openCases.filter((one) => one !== event.request)
      if (event.because === 'released') return { ...next, openCases }
      const on = dateAt(event.at)
      return { ...next, openCases, givenOn: [...state.givenOn.filter((day) => day > addMonths(on, -12)), on] }
    }
  }
}
