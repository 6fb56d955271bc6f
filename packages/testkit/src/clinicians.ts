import type { Actor } from '@concord/domain/actor'
import type { Application, ClinicianState } from '@concord/domain/clinician/clinician'
import {
  type ClinicianCommand,
  type ClinicianEvent,
  clinicianSteps,
  decideClinician,
  evolveClinician,
} from '@concord/domain/clinician/decide'
import { addMinutes, type Instant } from '@concord/domain/time'
import fc from 'fast-check'
import { aJointWork, aPost, aStranger, clinicianId, today } from './facts.ts'
import { actorAs, aRequestId, begun, networkOne } from './requests.ts'

const {
  registration,
  specialistRegister,
  standingDeclarationSignedOn: _,
  jointWorks: _j,
  openCases: _o,
  cap: _c,
  ...facts
} = aStranger()
if (!registration || !specialistRegister) throw new Error('The stranger is registered')

export const anApplication = (over: Partial<Application> = {}): Application => ({
  name: 'Clinician One (invented)',
  visibility: 'network',
  languages: ['en'],
  modes: ['records', 'video'],
  urgencies: ['U1', 'U2'],
  facts,
  cap: 2,
  ...over,
})

export type EntryStepName = ClinicianCommand['type']
type CommandOf<S extends EntryStepName> = Extract<ClinicianCommand, { readonly type: S }>

const usual: { readonly [S in EntryStepName]: CommandOf<S> } = {
  apply: { type: 'apply', id: clinicianId(1), home: networkOne, entry: anApplication() },
  verify: { type: 'verify', registration, specialistRegister },
  list: { type: 'list' },
  unlist: { type: 'unlist' },
  'set-availability': { type: 'set-availability', availability: { cap: 1, urgencies: ['U0'], modes: ['in-person'] } },
  'record-affiliations': {
    type: 'record-affiliations',
    affiliations: { posts: [aPost({ kind: 'locum' })], teams: [], trainingTies: [], managementTies: [] },
  },
  declare: { type: 'declare', signedOn: today },
  'record-works': { type: 'record-works', count: 12 },
  'say-works': { type: 'say-works', said: [aJointWork()] },
  'take-place': { type: 'take-place', request: aRequestId(1) },
  'give-back': { type: 'give-back', request: aRequestId(1), because: 'given' },
}

/** A command of a step of the register, as it usually comes. */
export const anEntryCommand = <S extends EntryStepName>(
  step: S,
  over: Partial<Omit<CommandOf<S>, 'type'>> = {},
): CommandOf<S> => ({ ...usual[step], ...over })

/** Takes a step of a register entry that has to be legal; giving back what is not held is, and changes nothing. */
export const takeEntryStep = (
  state: ClinicianState | undefined,
  command: ClinicianCommand,
  { by = actorAs(clinicianSteps[command.type].by[0]), at = begun }: { readonly by?: Actor; readonly at?: Instant } = {},
): { readonly events: readonly ClinicianEvent[]; readonly state: ClinicianState | undefined } => {
  const decision = decideClinician(state, command, { at, actor: by, inventedAllowed: true })
  if (decision.kind === 'nothing-to-do') return { events: [], state }
  if (decision.kind !== 'decided') throw new Error(`${command.type} was refused: ${JSON.stringify(decision)}`)
  return { events: decision.events, state: decision.events.reduce(evolveClinician, state) }
}

/** A register entry that stands where it is wanted, as the process made it, with these cases in hand. */
export const aClinician = (
  wanted: ClinicianState['status'],
  { entry = anApplication(), cases = [] }: { readonly entry?: Application; readonly cases?: readonly number[] } = {},
): ClinicianState => {
  const path: readonly EntryStepName[] = ['apply', 'verify', 'declare', 'list']
  const length = { applied: 1, verified: 3, listed: 4, unlisted: 4 }[wanted]
  const commands: readonly ClinicianCommand[] = [
    ...path.slice(0, length).map((step) => (step === 'apply' ? anEntryCommand('apply', { entry }) : usual[step])),
    ...cases.map((n) => anEntryCommand('take-place', { request: aRequestId(n) })),
    ...(wanted === 'unlisted' ? [anEntryCommand('unlist')] : []),
  ]
  const state = commands.reduce<ClinicianState | undefined>(
    (before, command) => takeEntryStep(before, command).state,
    undefined,
  )
  if (state?.status !== wanted) throw new Error(`The path led to ${state?.status}, not to ${wanted}`)
  return state
}

/** What may be asked of a register, at random: places of five requests taken and given back, and the entry changed between. */
export const entryWanderings: fc.Arbitrary<readonly EntryTurn[]> = fc.array(
  fc.record({
    command: fc.oneof(
      { weight: 4, arbitrary: fc.nat(4).map((n) => anEntryCommand('take-place', { request: aRequestId(n) })) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.nat(4), fc.constantFrom('given', 'released'))
          .map(([n, because]) => anEntryCommand('give-back', { request: aRequestId(n), because })),
      },
      fc
        .nat(3)
        .map((cap) =>
          anEntryCommand('set-availability', { availability: { ...usual['set-availability'].availability, cap } }),
        ),
      fc.constantFrom(
        ...(['verify', 'list', 'unlist', 'declare', 'record-affiliations', 'record-works', 'say-works'] as const).map(
          (step) => usual[step],
        ),
      ),
    ),
    days: fc.constantFrom(0, 1, 200),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
)
type EntryTurn = { readonly command: ClinicianCommand; readonly days: number }
export type EntryWalked = ReturnType<typeof takeEntryStep> & {
  readonly command: ClinicianCommand
  readonly before: ClinicianState | undefined
}

/** Walks a legal way through a register entry: what is not possible where it stands is left out. */
export const walkEntry = (turns: readonly EntryTurn[]): readonly EntryWalked[] => {
  const walked: EntryWalked[] = [{ command: usual.apply, before: undefined, ...takeEntryStep(undefined, usual.apply) }]
  let at = begun
  for (const { command, days } of turns) {
    at = addMinutes(at, days * 24 * 60)
    const before = walked.at(-1)?.state
    const by = actorAs(clinicianSteps[command.type].by[0])
    const decision = decideClinician(before, command, { at, actor: by, inventedAllowed: true })
    if (decision.kind === 'decided' || decision.kind === 'nothing-to-do')
      walked.push({ command, before, ...takeEntryStep(before, command, { by, at }) })
  }
  return walked
}
