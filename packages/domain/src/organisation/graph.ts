import { must, type OrgCode } from '../ids.ts'
import { addDays, type CalendarDate, parseDate } from '../time.ts'
import type { Organisation, Organisations } from './organisation.ts'
import { type Place, type Places, placesOf } from './places.ts'

/** Looks up what the rules and the pages ask of organisations. Built once for an import, asked many times. */
export type OrganisationGraph = Places & {
  /** Of the import it was built from: assessments keep it. */
  readonly version: string
  readonly find: (code: OrgCode) => Organisation | undefined
  /** Codes of the networks that a trust or what became of it belongs to, for one specialty. */
  readonly clinicalNetworksOf: (trust: OrgCode, tfc: string) => readonly string[]
  readonly sitesOf: (trust: OrgCode) => readonly OrgCode[]
  /** The sites that are a trust's own and open on a day, those of its predecessors among them. */
  readonly ownSites: (trust: OrgCode, on: CalendarDate) => readonly OrgCode[]
  /** Whether a code is that of a trust or health board that is open on a day. */
  readonly isOpenTrust: (code: OrgCode, on: CalendarDate) => boolean
}

/**
 * Two codes are the same trust on a day when what they became by then meets: a past post at a predecessor is a post at the
 * successor, whenever it was held, while a merger still to come joins nobody. A succession without a date takes effect the
 * day after its trust closed, or always when that day is unknown too. What went nobody knows where could be anything.
 */
export const organisationGraph = ({
  version,
  organisations,
  successions,
  clinicalNetworks,
  groups,
}: Pick<
  Organisations,
  'version' | 'organisations' | 'successions' | 'clinicalNetworks' | 'groups'
>): OrganisationGraph => {
  const byCode = new Map<string, Organisation>(organisations.map((one) => [one.code, one]))
  const sites = Map.groupBy(organisations, ({ parent }) => parent)
  const became = Map.groupBy(successions, ({ from }) => from)
  const groupsOf = Map.groupBy(
    groups.flatMap(({ code, members, from, to }) => members.map((member) => ({ member, id: code, from, to }))),
    ({ member }) => member,
  )

  const heirs = (code: OrgCode): readonly OrgCode[] => [
    code,
    ...(became.get(code) ?? []).flatMap(({ to }) => (to === null ? [] : heirs(to))),
  ]
  // A network's list may be older than a merger: what became of a member belongs to it.
  const networksOf = Map.groupBy(
    clinicalNetworks.flatMap(({ code, specialties, members }) =>
      [...new Set(members.flatMap(heirs))].map((member) => ({
        member,
        id: code,
        specialties,
        from: ALWAYS,
        to: 'ongoing' as const,
      })),
    ),
    ({ member }) => member,
  )

  const places = organisations.map((one): Place => {
    const closed = one.closed === 'open' ? null : one.closed
    const known = (became.get(one.code) ?? []).map(({ to, on }) => ({ code: to, on: on ?? afterClosing(one) }))
    const isLost = closed !== null && one.kind !== 'site' && known.length === 0
    return {
      code: one.code,
      name: writtenName(one.name),
      alsoKnownAs: [one.name],
      kind: one.kind === 'site' ? 'site' : one.kind === 'trust' || one.kind === 'board' ? 'trust' : 'other',
      parents: one.parent === null ? [] : [{ code: one.parent, from: one.opened, to: 'ongoing' }],
      region: one.region,
      networks: networksOf.get(one.code) ?? [],
      isDisputed: false,
      successors: isLost ? [{ code: null, on: afterClosing(one) }] : known,
      // Of one that is open still and has a successor, the files say only that it will close.
      open: { from: one.opened, to: closed ? closed.on : known.length > 0 ? null : 'ongoing' },
      groups: groupsOf.get(one.code) ?? [],
      mergers: [],
      sameSiteAs: [],
    }
  })
  const answers = placesOf(places)

  return {
    ...answers,
    version,
    find: (code) => byCode.get(code),
    clinicalNetworksOf: (trust, tfc) =>
      (networksOf.get(byCode.get(trust)?.parent ?? trust) ?? [])
        .filter(({ specialties }) => specialties.includes(tfc))
        .map(({ id }) => id),
    sitesOf: (trust) => (sites.get(trust) ?? []).map(({ code }) => code),
    ownSites: (trust, on) =>
      [...sites].flatMap(([parent, ones]) =>
        parent !== null && answers.isSameTrust(parent, trust, on) === 'yes'
          ? ones.filter((one) => one.kind === 'site' && isOpenOn(one, on)).map(({ code }) => code)
          : [],
      ),
    isOpenTrust: (code, on) => {
      const one = byCode.get(code)
      return one !== undefined && (one.kind === 'trust' || one.kind === 'board') && isOpenOn(one, on)
    },
  }
}

// The files say of a network only that it is.
const ALWAYS = must(parseDate, '1948-07-05')

const isOpenOn = ({ opened, closed }: Organisation, on: CalendarDate) =>
  (opened === null || opened <= on) && (closed === 'open' || (closed.on !== null && on <= closed.on))

const afterClosing = ({ closed }: Organisation): CalendarDate | null =>
  closed !== 'open' && closed.on ? addDays(closed.on, 1) : null

const SMALL_WORDS = new Set(['and', 'at', 'for', 'in', 'le', 'of', 'on', 'the', 'upon'])
const ABBREVIATIONS = new Set(['NHS', 'II', 'CDC', 'HQ', 'EPMA', 'EPACT', 'GSTT', 'KMH', 'MKGH', 'QMC', 'RBH'])

/** The official files shout; people do not. A word with a figure in it, such as a code, stays as it is. */
const writtenName = (name: string) =>
  name === name.toUpperCase()
    ? name.replaceAll(/[A-Z0-9][A-Z0-9'’]*/g, (word, at: number) => writtenWord(word, at))
    : name

const writtenWord = (word: string, at: number) => {
  if (/\d/.test(word) || ABBREVIATIONS.has(word)) return word
  const lower = word.toLowerCase()
  return at > 0 && SMALL_WORDS.has(lower) ? lower : word.charAt(0) + lower.slice(1)
}
