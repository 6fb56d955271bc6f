import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { releaseFigures } from '@concord/application/figures'
import { importOrganisations } from '@concord/application/import-organisations'
import { mustBeMembership, paths, reactorScope, scopeOf, teamsScope } from '@concord/application/scope'
import { useCases } from '@concord/application/use-cases'
import type { Actor } from '@concord/domain/actor'
import type { ClinicianState } from '@concord/domain/clinician/clinician'
import { type ClinicianCommand, decideClinician, evolveClinician } from '@concord/domain/clinician/decide'
import { must, parseRequestId, parseSubject, parseTrustCode } from '@concord/domain/ids'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Organisations } from '@concord/domain/organisation/organisation'
import { decideTeam, evolveTeam } from '@concord/domain/team/team'
import { addDays, addMonths, type CalendarDate, dateAt, londonTime, parseDate } from '@concord/domain/time'
import { readOrganisationFiles } from '@concord/platform/organisation-files/read-organisation-files'
import { sha256 } from '@concord/platform/system'
import { type CaseName, demoCase } from './cast/cases.ts'
import { pastYears } from './cast/figures.ts'
import { demoNetworks, southWest } from './cast/networks.ts'
import { inventRegister, type RegisterEntry } from './cast/register.ts'
import { type InventedTeam, inventTeams } from './cast/teams.ts'
import { apiClients, cast } from './cast.ts'
import type { Operator } from './operator.ts'

const folderOfFiles = join(import.meta.dirname, '../data')

/** Fills an empty system with the real organisations and the invented people, once. What an earlier, interrupted seed left is gone over again. */
export const seed = async (operator: Operator, say: (line: string) => void): Promise<'seeded' | 'seeded-before'> => {
  if ((await operator.reference.networks()).length > 0) return 'seeded-before'
  say('Importing the organisations of data/ …')
  const read = await readOrganisationFiles(folderOfFiles)
  if (read.kind === 'malformed') throw new Error(`data/ does not read: ${JSON.stringify(read.errors)}`)
  await importOrganisations({ read: async () => read, reference: operator.reference })()
  const today = dateAt(operator.clock.now())
  const register = inventRegister(read.organisations, today)

  say(`Inventing a register of ${register.length} clinicians and the people who can sign in …`)
  await inTurns(inventTeams(read.organisations, register), (team) => list(operator, team))
  await inTurns(register, (entry) => enter(operator, entry))
  for (const { subject, name, actsAs } of [...cast, ...apiClients]) {
    const membership = actsAs ?? `coordinator@${paths.network(southWest)}`
    const to = actsAs === null ? addMonths(today, -1) : null
    mustBeMembership(membership)
    await operator.people.grant(must(parseSubject, subject), {
      membership,
      name,
      from: addMonths(today, -18),
      to,
      reviewBy: addMonths(today, 5),
    })
  }
  const networks = demoNetworks(read.organisations).map((one) => ({
    ...one,
    trusts: one.trusts.map((code) => must(parseTrustCode, code)),
  }))
  for (const { code, trusts } of networks) {
    const offices = [
      [paths.network(code), code],
      ...trusts.map((trust) => [paths.trust(code, trust), trust.toLowerCase()] as const),
    ] as const
    for (const [place, name] of offices) {
      await operator.people.setOffice(place, `second-opinions.${name}@concord.example`)
      await operator.people.setOffice(paths.guardians(place), `guardian.${name}@concord.example`)
    }
  }
  await inTurns(register, ({ home, id, gmc }) =>
    operator.people.setOffice(paths.clinician(home, id), `clinician.${gmc}@concord.example`),
  )
  await publishPastYears(operator)

  say('Waiting until everybody on the register can be asked …')
  await untilListed(operator, register)
  await beginCases(operator, read.organisations, today)
  await operator.reference.saveNetworks(networks)
  return 'seeded'
}

/** Goes through a list a few at a time: one by one is slow, all at once more than the tables here bear. */
const inTurns = async <T>(list: readonly T[], each: (one: T) => Promise<unknown>) => {
  for (let at = 0; at < list.length; at += 8) await Promise.all(list.slice(at, at + 8).map(each))
}

/** Puts a team on the list of the office whose it is. */
const list = async ({ storeFor, clock }: Operator, { id, office, name }: InventedTeam) => {
  const role = office.includes('/') ? 'eso-lead' : 'coordinator'
  const actor: Actor = { subject: must(parseSubject, role), role }
  const decision = decideTeam([], { type: 'add', team: id, name }, { at: clock.now(), actor })
  if (decision.kind !== 'decided') throw new Error(`The team ${name} was refused: ${decision.kind}`)
  const state = evolveTeam(undefined, decision.event, name)
  await storeFor(teamsScope(office)).commit({
    team: { list: paths.teams(office), before: 0, state, event: decision.event },
  })
}

/** Puts a clinician on the register by the process itself: applied, verified, declared (those who have), listed (those who can be). */
const enter = async ({ storeFor, clock }: Operator, { id, gmc, home, ...entry }: RegisterEntry) => {
  const { registration, specialistRegister, standingDeclarationSignedOn: signedOn, ...facts } = entry.facts
  const commands: readonly (ClinicianCommand | null)[] = [
    { type: 'apply', id, home, entry: { ...entry, facts } },
    registration && specialistRegister ? { type: 'verify', registration, specialistRegister } : null,
    signedOn ? { type: 'declare', signedOn } : null,
    signedOn ? { type: 'list' } : null,
  ]
  const broker: Actor = { subject: must(parseSubject, 'coordinator'), role: 'coordinator' }
  const self: Actor = { subject: must(parseSubject, `clinician-${gmc}`), role: 'clinician' }
  const at = clock.now()
  const events = []
  let state: ClinicianState | undefined
  for (const command of commands) {
    if (!command) continue
    const actor = command.type === 'declare' ? self : broker
    const decision = decideClinician(state, command, { at, actor, inventedAllowed: true })
    if (decision.kind !== 'decided') throw new Error(`${command.type} of ${gmc} was refused: ${decision.kind}`)
    state = decision.events.reduce<ClinicianState | undefined>(evolveClinician, state)
    events.push(...decision.events)
  }
  if (!state) throw new Error('An application makes an entry')
  const store = storeFor(reactorScope(home))
  await store.commit({ clinician: { before: 0, state, events } })
}

const publishPastYears = async ({ reactor, clock, workingDays }: Operator) => {
  for (const [period, requests] of Object.entries(pastYears)) {
    const begins = must(parseDate, `${period.slice(0, 4)}-04-01`)
    await inTurns([...requests.entries()], async ([n, past]) => {
      const submittedOn = addDays(begins, past.submittedAfterDays)
      const request = must(parseRequestId, `req_${past.trust}_${uuidOf(`${period} ${n}`)}`)
      const note = (what: 'submitted' | 'matched' | 'reported', after: number | null) =>
        after === null
          ? undefined
          : reactor.putFact({
              network: southWest,
              period,
              request,
              what,
              at: londonTime(addDays(submittedOn, after), '12:00'),
            })
      await Promise.all([
        note('submitted', 0),
        note('matched', past.matchedAfterDays),
        note('reported', past.reportedAfterDays),
      ])
    })
    await releaseFigures({ reactor, clock, workingDays })(southWest, period)
  }
}

const uuidOf = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')

/** The cards are put by the reactor, seconds after the register: a shortlist drawn before would miss somebody. */
const untilListed = async ({ storeFor }: Operator, register: readonly RegisterEntry[]) => {
  const listed = register.filter(({ facts }) => facts.standingDeclarationSignedOn !== null)
  const fields = new Set(listed.flatMap(({ facts }) => (facts.practice ?? []).map(({ tfc }) => tfc)))
  for (const tfc of fields)
    for (const network of new Set(listed.map(({ home }) => home))) {
      const expected = listed.filter(
        ({ home, visibility, facts }) =>
          (home === network || visibility === 'national') && facts.practice?.some((one) => one.tfc === tfc),
      )
      for (let tries = 0; ; tries += 1) {
        const cards = await storeFor(scopeOf({ role: 'coordinator', network })).cards(network, tfc)
        if (cards.length >= expected.length) break
        if (tries === 600) throw new Error('The register was not listed within two minutes: see the log of the reactor')
        await wait(200)
      }
    }
}

/** Three requests on their way, so that nobody's first list is empty. */
const beginCases = async (operator: Operator, files: Organisations, today: CalendarDate) => {
  const organisations = organisationGraph(files)
  const { draft, step } = useCases(operator)
  const caller = (subject: string, membership: string) => ({
    subject: must(parseSubject, subject),
    membership: mustBeMembership(membership),
    standing: Promise.resolve(true),
  })
  const begin = async (name: CaseName, code: string, isSent: boolean) => {
    const trust = must(parseTrustCode, code)
    const office = paths.trust(southWest, trust)
    const asked = (what: string) => ({ once: { key: `seed-${name}-${what}`, hash: sha256(name) }, ifMatch: null })
    const by = code === 'RA7' ? 'bristol' : 'exeter'
    const lead = caller(`eso-lead-${by}`, `eso-lead@${office}`)
    const drafted = await draft(
      { ...demoCase(name, { trust, today, organisations }), asked: asked('draft'), revises: null },
      lead,
    )
    if (drafted.kind !== 'done') throw new Error(`The case ${name} was refused: ${drafted.kind}`)
    const id = must(parseRequestId, drafted.done.id)
    if (isSent) await step(id, { type: 'submit' }, asked('submit'), lead)
    return id
  }
  const joe = caller('coordinator', `coordinator@${paths.network(southWest)}`)
  await begin('neurology', 'RA7', false)
  await begin('gastroenterology', 'RH8', true)
  const respiratory = await begin('respiratory', 'RA7', true)
  await step(
    respiratory,
    { type: 'take-up' },
    { once: { key: 'seed-respiratory-take-up', hash: 'seed' }, ifMatch: null },
    joe,
  )
}
