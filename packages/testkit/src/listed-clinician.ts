import type { Application, ClinicianState } from '@concord/domain/clinician/clinician'
import type { ClinicianCommand, ClinicianEvent } from '@concord/domain/clinician/decide'
import { must, type NetworkCode, parseNetworkCode } from '@concord/domain/ids'
import { anApplication, anEntryCommand, takeEntryStep } from './clinicians.ts'
import { clinicianId, gmc } from './facts.ts'
import { networkOne } from './requests.ts'

export const networkTwo = must(parseNetworkCode, 'network-two')

type Options = { readonly home?: NetworkCode; readonly entry?: Partial<Application> }
type Entered = { readonly state: ClinicianState; readonly events: readonly ClinicianEvent[] }

/** The nth clinician as the process has them once they are listed for every network, with all that happened until then. */
export const aListedClinician = (n: number, { home = networkOne, entry = {} }: Options = {}): Entered => {
  const { facts, ...usual } = anApplication({ visibility: 'national', ...entry })
  const application = { ...usual, facts: { ...facts, gmc: gmc(n) } }
  return enter(undefined, [
    anEntryCommand('apply', { id: clinicianId(n), home, entry: application }),
    anEntryCommand('verify'),
    anEntryCommand('declare'),
    anEntryCommand('list'),
  ])
}

/** Takes these steps one after the other. */
export const enter = (before: ClinicianState | undefined, commands: readonly ClinicianCommand[]): Entered => {
  let state = before
  const events: ClinicianEvent[] = []
  for (const command of commands) {
    const taken = takeEntryStep(state, command)
    state = taken.state
    events.push(...taken.events)
  }
  if (!state) throw new Error('Whoever applied is there')
  return { state, events }
}
