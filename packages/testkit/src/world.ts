import { randomUUID } from 'node:crypto'
import type { Caller } from '@concord/application/caller'
import type { Notice, Vault } from '@concord/application/ports/outside'
import type { ReactorDeps } from '@concord/application/reactions/perform'
import { react } from '@concord/application/reactions/react'
import { mustBeMembership, paths, type Scope } from '@concord/application/scope'
import { type StepCall, useCases } from '@concord/application/use-cases'
import type { Application } from '@concord/domain/clinician/clinician'
import {
  type ClinicianId,
  must,
  parseClinicianId,
  parseNetworkCode,
  parseRequestId,
  parseSubject,
  parseTrustCode,
  type RequestId,
} from '@concord/domain/ids'
import { addMinutes, dateAt } from '@concord/domain/time'
import { eventEnvelope } from '@concord/store/concord-store'
import { keys } from '@concord/store/keys'
import { storedReactorStore } from '@concord/store/reactor-store'
import { scopedTables } from '@concord/store/scoped-tables'
import type { Item, TableAccess } from '@concord/store/table-access'
import { noticeWords } from '../../../functions/react/notice-words.ts'
import { wire } from '../../../functions/wiring.ts'
import { anApplication } from './clinicians.ts'
import { aDraft, anOpinion } from './drafts.ts'
import {
  aDeclaration,
  aStranger,
  aTeamId,
  at,
  clinicianId,
  gmc,
  inventedFiles,
  noTies,
  openingAnswers,
} from './facts.ts'
import { keyVault } from './key-vault.ts'
import { memoryTables } from './memory-tables.ts'

/** Who acts in the invented world: two networks, their trusts and clinicians, and a trust and a network whose codes begin like others. */
export const memberships = {
  requester: 'requester@network/network-one/trust/XA1',
  esoLead: 'eso-lead@network/network-one/trust/XA1',
  otherRequester: 'requester@network/network-one/trust/XB1',
  otherEsoLead: 'eso-lead@network/network-one/trust/XB1',
  alikeRequester: 'requester@network/network-one/trust/XA12',
  coordinator: 'coordinator@network/network-one',
  clinicalLead: 'clinical-lead@network/network-one',
  otherCoordinator: 'coordinator@network/network-two',
  alikeCoordinator: 'coordinator@network/network-one-east',
  farRequester: 'requester@network/network-two/trust/XC1',
  farEsoLead: 'eso-lead@network/network-two/trust/XC1',
  farClinicalLead: 'clinical-lead@network/network-two',
  guardian: 'guardian@network/network-one',
  trustGuardian: 'guardian@network/network-one/trust/XA1',
  otherTrustGuardian: 'guardian@network/network-one/trust/XB1',
  otherGuardian: 'guardian@network/network-two',
  commissioner: 'commissioner@release/network-one',
  operator: 'operator@reference',
} as const
export type Who = keyof typeof memberships | ClinicianId

const networkOne = must(parseNetworkCode, 'network-one')
const networkTwo = must(parseNetworkCode, 'network-two')

/** The whole of Concord but for HTTP and AWS: real use cases and reactors over tables in memory, or over those given. */
export const aWorld = async ({
  tables = memoryTables(),
  vault = keyVault(),
  gate = (ungated) => ungated,
  guard = scopedTables,
  now = '2026-06-15T09:00:00Z',
}: WorldOptions = {}) => {
  let time = at(now)
  const clock = { now: () => time }
  const stream: Item[] = []
  const history: Item[] = []
  const mail: Notice[] = []
  const told = (event: Item) => {
    stream.push(event)
    history.push(event)
  }
  const streamed = streaming(tables, told)
  const wired = wire({
    tables: streamed,
    meansFor: (scope) => ({ tables: gate(streamed, scope), vault }),
    guard,
    stage: 'local',
    clock,
  })
  // What a test reads or puts there itself, it does in the platform's name.
  const deps = { ...wired, storeFor: wired.storesOf('platform') }
  const cases = useCases(deps)
  const homes = new Map<ClinicianId, string>()
  const reactorDeps: ReactorDeps = {
    ...deps,
    reactor: storedReactorStore(tables),
    notifier: { send: async (notice) => void mail.push(notice) },
    words: noticeWords,
    consoleUrl: 'https://concord.example',
  }

  const membershipOf = (who: Who) => {
    const named = Object.entries(memberships).find(([name]) => name === who)?.[1]
    return named ?? `clinician@network/${homes.get(must(parseClinicianId, who)) ?? networkOne}/clinician/${who}`
  }
  const subjectOf = (who: Who) => must(parseSubject, who)
  const as = (who: Who): Caller => {
    const membership = membershipOf(who)
    const subject = subjectOf(who)
    const standing = deps.people.holds(subject, membership, dateAt(time))
    return { subject, membership: mustBeMembership(membership), standing }
  }
  const asked = (ifMatch: string | null = null, key: string = randomUUID()) => ({ once: { key, hash: key }, ifMatch })
  const grant = async (who: Who) =>
    deps.people.grant(subjectOf(who), {
      membership: membershipOf(who),
      from: dateAt(at('2026-01-01T00:00:00Z')),
      to: null,
      // Whoever walks through years is still there: what lapses has tests of its own.
      reviewBy: dateAt(at('2036-01-01T00:00:00Z')),
    })

  /** Lets the reactors do all that the events so far imply, and what follows from that. */
  const settle = async () => {
    for (let item = stream.shift(); item; item = stream.shift()) await react(reactorDeps)(eventEnvelope.parse(item))
  }

  const step = (who: Who, id: RequestId, call: StepCall) => cases.step(id, call, asked(), as(who))
  const mustStep = async (who: Who, id: RequestId, call: StepCall) => {
    done(await step(who, id, call))
    await settle()
  }

  /** A listed clinician: applied for, verified, declared and listed, as the process has it. */
  const aListed = async (n: number, over: Partial<Application> = {}, home = networkOne): Promise<ClinicianId> => {
    const broker = home === networkOne ? 'coordinator' : 'otherCoordinator'
    const { registration, specialistRegister } = aStranger()
    const entry = anApplication({
      name: `Clinician ${n} (invented)`,
      visibility: 'national',
      languages: ['en'],
      urgencies: ['U0', 'U1', 'U2', 'U3'],
      facts: { ...anApplication().facts, gmc: gmc(n) },
      ...over,
    })
    const change = (id: ClinicianId | null, who: Who, one: Parameters<typeof cases.changeClinician>[0]['step']) =>
      cases.changeClinician({ id, step: one, asked: asked() }, as(who)).then(done)
    const id = must(parseClinicianId, (await change(null, broker, { type: 'apply', entry })).id)
    homes.set(id, home)
    await grant(id)
    await deps.people.setOffice(paths.clinician(home, id), `${id}@concord.example`)
    if (!registration || !specialistRegister) throw new Error('The stranger is registered')
    await change(id, broker, {
      type: 'verify',
      registration: { ...registration, checkedOn: dateAt(time) },
      specialistRegister,
    })
    await change(id, id, { type: 'declare' })
    await change(id, broker, { type: 'list' })
    await settle()
    return id
  }

  /** A request of a trust, taken along the main path until it stands where it is wanted. */
  const aRequestAt = async (
    status: PathStatus,
    { clinician, others = [], far = false, draft = {} }: RequestOptions = {},
  ): Promise<RequestId> => {
    const [requester, lead, broker]: readonly Who[] = far
      ? ['farRequester', 'farEsoLead', 'otherCoordinator']
      : ['requester', 'esoLead', 'coordinator']
    if (!requester || !lead || !broker) throw new Error('Nobody is missing')
    const begins = aDraft({ far, ...draft })
    const drafted = await cases.draft({ ...begins, asked: asked(), revises: null }, as(requester))
    const consultants = begins.routing.treating.map((one) => noTies({ gmc: one.gmc }))
    const id = must(parseRequestId, done(drafted).id)
    // Where nobody is listed yet, the path does not lead beyond a shortlist.
    const chosen = clinician ?? [...homes.keys()][0] ?? clinicianId(0)
    const path: readonly (readonly [PathStatus, Who, StepCall])[] = [
      ['submitted', lead, { type: 'submit' }],
      ['triage', broker, { type: 'take-up' }],
      ['matching', broker, { type: 'complete-triage' }],
      ['shortlisted', broker, { type: 'shortlist' }],
      ['offered', broker, { type: 'offer', clinician: chosen }],
      ['accepted', chosen, { type: 'accept', declaration: { ...declarationFor(far), consultants } }],
      ['engaged', requester, { type: 'engage', familyView: 'agrees' }],
      ['in-review', chosen, { type: 'open-pack', answers: openingAnswers() }],
      ['reported', chosen, { type: 'report', opinion: anOpinion() }],
      ['shared', requester, { type: 'share' }],
      ['closed', requester, { type: 'close', outcome: 'plan-confirmed' }],
    ]
    await settle()
    if (status === 'draft') return id
    for (const [reached, who, call] of path) {
      await mustStep(who, id, call)
      if (reached === 'offered')
        for (const other of others) await mustStep(broker, id, { type: 'offer', clinician: other })
      if (reached === status) break
    }
    return id
  }

  for (const office of ['network-one', 'network-one/XA1', 'network-one/XB1', 'network-two', 'network-two/XC1'])
    for (const n of [1, 2]) {
      const id = aTeamId(office.split('/').at(-1) ?? '', n)
      const team = { id, name: `Invented team ${n} of ${office}`, version: 1, retiredOn: null }
      const item = { ...keys.team(paths.teams(office), id), kind: 'team', version: 1, team }
      await tables.write([{ kind: 'put', table: 'records', item, when: { kind: 'none' } }])
    }
  for (const who of Object.keys(memberships)) await grant(who as keyof typeof memberships)
  await deps.reference.save(inventedFiles)
  await deps.reference.saveNetworks([
    {
      code: networkOne,
      name: 'Network One (invented)',
      trusts: ['XA1', 'XB1', 'XA12'].map((code) => must(parseTrustCode, code)),
    },
    { code: networkTwo, name: 'Network Two (invented)', trusts: [must(parseTrustCode, 'XC1')] },
  ])
  for (const office of [
    'network-one',
    'network-one/trust/XA1',
    'network-one/trust/XB1',
    'network-two',
    'network-two/trust/XC1',
  ])
    for (const [path, name] of [
      [`network/${office}`, office],
      [paths.guardians(`network/${office}`), `guardian.${office}`],
    ] as const)
      await deps.people.setOffice(path, `${name.replaceAll('/', '.')}@concord.example`)
  return {
    tables,
    deps,
    reactorDeps,
    cases,
    /** What happened and was not reacted to yet, and all that ever happened. */
    stream,
    history,
    mail,
    as,
    asked,
    grant,
    settle,
    step,
    mustStep,
    aListed,
    aRequestAt,
    networks: { one: networkOne, two: networkTwo },
    passMinutes: (minutes: number) => {
      time = addMinutes(time, minutes)
    },
  }
}

export type World = Awaited<ReturnType<typeof aWorld>>
type WorldOptions = {
  readonly tables?: TableAccess
  readonly vault?: Vault
  readonly now?: string
  /** What stands between a caller and the tables, and what looks at each key before: as they are, or as a test wants them. */
  readonly gate?: (tables: TableAccess, scope: Scope) => TableAccess
  readonly guard?: typeof scopedTables
}
type RequestOptions = {
  readonly clinician?: ClinicianId
  /** To whom it is offered as well. */
  readonly others?: readonly ClinicianId[]
  readonly far?: boolean
  readonly draft?: Parameters<typeof aDraft>[0]
}
export type PathStatus =
  | 'draft'
  | 'submitted'
  | 'triage'
  | 'matching'
  | 'shortlisted'
  | 'offered'
  | 'accepted'
  | 'engaged'
  | 'in-review'
  | 'reported'
  | 'shared'
  | 'closed'

/** What came of a step that had to be done: anything else fails the test with the refusal. */
export const done = (outcome: { readonly kind: string }): { readonly id: string; readonly tag: string } => {
  if (outcome.kind === 'done' && 'done' in outcome) return outcome.done as { id: string; tag: string }
  throw new Error(`Not done: ${JSON.stringify(outcome)}`)
}

/** The tag of a request as somebody last saw it. */
export const tagSeen = async ({ cases, as }: Pick<World, 'cases' | 'as'>, id: RequestId, who: Who): Promise<string> => {
  const seen = await cases.readCase({ id }, as(who))
  if (seen.kind !== 'case') throw new Error(`${who} sees no such request`)
  return seen.view.tag
}

export const declarationFor = (far = false) => {
  const { signedAt: _, ...said } = aDeclaration({ consultants: [noTies({ gmc: gmc(far ? 902 : 901) })] })
  return said
}

/** The tables, with what was written as an event kept in order, as the stream would tell it. */
const streaming = (tables: TableAccess, told: (event: Item) => void): TableAccess => ({
  ...tables,
  write: async (writes) => {
    const written = await tables.write(writes)
    if (written.kind === 'written')
      for (const write of writes) if (write.kind === 'put' && write.item['kind'] === 'event') told(write.item)
    return written
  },
})
