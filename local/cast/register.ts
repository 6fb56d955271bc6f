import { createHash } from 'node:crypto'
import type { Entry } from '@concord/domain/clinician/clinician'
import * as ids from '@concord/domain/ids'
import type { Post, PostKind, TeamMembership, Urgency } from '@concord/domain/independence/facts'
import { organisationGraph } from '@concord/domain/organisation/graph'
import type { Organisations } from '@concord/domain/organisation/organisation'
import type { Mode } from '@concord/domain/request/request'
import { addDays, addMonths, type CalendarDate, parseDate } from '@concord/domain/time'
import { specialtyOf } from '@concord/policy/specialties'
import fields from './fields.json' with { type: 'json' }
import { inventedName } from './names.ts'
import { north, southWest } from './networks.ts'
import { type Random, randomFrom } from './random.ts'
import { teamsFor } from './teams.ts'

/** A clinician as the register of their home network holds them. */
export type RegisterEntry = Entry & {
  readonly id: ids.ClinicianId
  readonly gmc: ids.GmcNumber
  readonly home: ids.NetworkCode
}

/** The GMC number of the nth invented clinician, counted from 0. */
export const inventedGmc = (n: number) => ids.must(ids.parseGmcNumber, String(9990001 + n))

/** An id that stays the same from one start to the next, since people sign in with it. */
export const clinicianIdFor = (gmc: ids.GmcNumber) => {
  const hex = createHash('sha256').update(`invented clinician ${gmc}`).digest('hex')
  const uuid = hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5')
  return ids.must(ids.parseClinicianId, `cln_${uuid}`)
}

const site = (code: string) => ids.must(ids.parseOrgCode, code)
const sites = (first: string, ...rest: readonly string[]) => [site(first), ...rest.map(site)] as const
// Specialist centres far from the South West, and hospitals in it.
const far =
  'RBS25 RGT01 RHM01 R0A03 RR801 RCUEF RQ301 RP401 RTH08 RX1PD RWEAA RJ122 RJZ01 RJ701 RYJ01 RRV03 R1H12 RM102'
const centres = sites('RTD02', ...far.split(' '), 'G0W1C', 'RXN02', '7A4H1')
const bristol = site('RA723')
const inRegion = [bristol, ...sites('RK950', 'RH801', 'RTE03', 'REF12', 'R0D01')] as const

/** The circumstances of one career: where they work, where before, and which hospital of the South West may come into it. */
type Life = {
  readonly here: ids.OrgCode
  readonly before: ids.OrgCode
  readonly there: ids.OrgCode
  readonly today: CalendarDate
  readonly random: Random
  readonly post: (at: ids.OrgCode, kind: PostKind, from: CalendarDate, to?: CalendarDate) => Post
}

const elsewhere = ({ post, here, before, today, random }: Life, months = random.between(40, 200)): readonly Post[] => {
  const since = addMonths(today, -months)
  const trainedFrom = addMonths(since, -60)
  return [post(here, 'substantive', since), post(before, 'training', trainedFrom, addDays(since, -1))]
}

const movedAway = ({ post, here, there, today }: Life, monthsAgo: number): readonly Post[] => {
  const moved = addMonths(today, -monthsAgo)
  return [post(here, 'substantive', moved), post(there, 'substantive', addMonths(moved, -70), addDays(moved, -1))]
}

/** What ties every twelfth of a field to the South West, and how; all others have spent their careers elsewhere. */
const careers: Readonly<Record<number, (life: Life) => readonly Post[]>> = {
  3: (life) => movedAway(life, life.random.between(2, 11)),
  5: (life) => [...elsewhere(life), life.post(life.there, 'visiting', addMonths(life.today, -20))],
  6: (life) => movedAway(life, life.random.between(14, 58)),
  8: ({ post, there, today }) => [post(there, 'substantive', addMonths(today, -90))],
  10: (life) => [...elsewhere(life), life.post(life.there, 'honorary', addMonths(life.today, -30))],
  // Yeovil's trust has since become part of Somerset's: the tie is found through the succession alone.
  11: ({ post, here }) => {
    const yeovil = post(site('RA430'), 'locum', day('2019-08-01'), day('2023-03-31'))
    return [post(here, 'substantive', day('2023-04-01')), { ...yeovil, org: site('RA4') }]
  },
}
const LOCAL = 8

/** What stands against asking some of them, whoever asks: ordinary things, and nobody's misconduct. */
const lapses: Readonly<Record<number, (facts: Entry['facts'], today: CalendarDate) => Partial<Entry['facts']>>> = {
  9: (_, today) => ({ standingDeclarationSignedOn: addMonths(today, -14) }),
  13: () => ({ grade: 'associate-specialist', specialistRegister: [] }),
  15: () => ({ standingDeclarationSignedOn: null }),
  18: ({ registration }, today) => ({
    registration: registration && { ...registration, checkedOn: addMonths(today, -13) },
  }),
  25: ({ practice }, today) => ({
    practice: practice?.map(({ tfc }) => ({ tfc, lastPractisedOn: addMonths(today, -30) })) ?? null,
  }),
  29: ({ indemnity }, today) => ({ indemnity: indemnity && { ...indemnity, validTo: addDays(today, -10) } }),
  33: () => ({ indemnity: null }),
}
const LAPSES_EVERY = 40

/** The invented register of the demo: who can be asked on a day, from real hospitals all over England and Wales. */
export const inventRegister = (organisations: Organisations, today: CalendarDate): readonly RegisterEntry[] => {
  const { find } = organisationGraph(organisations)
  const teamOf = teamsFor(organisations)
  const post: Life['post'] = (at, kind, from, to) => {
    const org = find(at)?.parent ?? find(at)?.code
    if (!org) throw new Error(`The register's hospital ${at} is in no file`)
    return { org, site: at, kind, from, to: to ?? 'ongoing' }
  }
  const places = fields.flatMap((field) => Array.from({ length: field.count }, (_, nth) => ({ ...field, nth })))

  return places.map(({ tfc, besides, nth }, n): RegisterEntry => {
    const random = randomFrom(n)
    const specialty = specialtyOf(ids.must(ids.parseTfc, tfc))
    if (!specialty) throw new Error(`${tfc} is no paediatric specialty`)

    const here = centres[n % centres.length] ?? centres[0]
    const before = centres[(n + random.between(1, centres.length - 1)) % centres.length] ?? centres[0]
    // The first dozen know Bristol, so that a request from there meets every kind of tie.
    const there = n < 12 ? bristol : random.pick(inRegion)
    const posts = (careers[nth % 12] ?? elsewhere)({ here, before, there, today, random, post })
    const isSouthWest = n % 10 < 7 || nth % 12 === LOCAL
    const home = isSouthWest ? southWest : north
    const teams = posts.flatMap((one): readonly TeamMembership[] => {
      const team = teamOf(one, specialty.name, home)
      const { from, to } = one
      return team ? [{ team: team.id, kind: one.kind === 'visiting' ? 'mdt' : 'team', from, to }] : []
    })
    const facts: Entry['facts'] = {
      gmc: inventedGmc(n),
      grade: 'consultant',
      specialistRegister: specialty.registers.slice(0, 2),
      practice: [tfc, ...besides].map((code) => ({
        tfc: ids.must(ids.parseTfc, code),
        lastPractisedOn: addDays(today, -random.between(1, 40)),
      })),
      posts,
      teams,
      trainingTies: [],
      managementTies: [],
      registration: {
        status: 'registered',
        licence: true,
        conditionsAffectScope: false,
        interimOrder: false,
        warning: false,
        checkedOn: addDays(today, -random.between(1, 200)),
      },
      indemnity: { route: 'employer', validTo: addMonths(today, random.between(6, 24)), employerView: 'permits' },
      jointWorks: [],
      standingDeclarationSignedOn: addDays(today, -random.between(10, 300)),
    }
    return {
      id: clinicianIdFor(facts.gmc),
      gmc: facts.gmc,
      home,
      name: inventedName(n),
      visibility: isSouthWest ? 'network' : 'national',
      languages: random.between(0, 2) > 0 ? ['en'] : ['en', random.pick(secondLanguages)],
      modes: modes.slice(0, n < 3 ? 3 : random.between(1, 3)),
      urgencies: urgencies.slice(0, n < 3 ? 4 : random.between(2, 4)),
      // A few take no case for the time being.
      cap: n % LAPSES_EVERY === 38 ? 0 : random.between(1, 3),
      facts: { ...facts, ...lapses[n % LAPSES_EVERY]?.(facts, today) },
    }
  })
}

const day = (text: string) => ids.must(parseDate, text)
const modes: readonly Mode[] = ['records', 'video', 'in-person']
const urgencies: readonly Urgency[] = ['U3', 'U2', 'U1', 'U0']
const secondLanguages = ['cy', 'ur', 'bn', 'pa', 'pl', 'ar', 'gu', 'ta', 'ro', 'bfi'] as const
