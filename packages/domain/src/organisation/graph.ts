import type { OrgCode } from '../ids.ts'
import { addDays, type CalendarDate } from '../time.ts'
import type { Organisation, Organisations, Succession } from './organisation.ts'

export type SameTrust = 'yes' | 'no' | 'unknown'

/** Looks up what the rules and the pages ask of organisations. Built once for an import, asked many times. */
export type OrganisationGraph = {
  /** Of the import it was built from: assessments keep it. */
  readonly version: string
  readonly find: (code: OrgCode) => Organisation | undefined
  /** The trust or board a site belongs to; any other organisation stands for itself. */
  readonly trustOf: (code: OrgCode) => OrgCode | undefined
  readonly isSameTrust: (a: OrgCode, b: OrgCode, on: CalendarDate) => SameTrust
  /** Codes of the networks that a trust or what became of it belongs to, for one specialty. */
  readonly clinicalNetworksOf: (trust: OrgCode, tfc: string) => readonly string[]
  readonly sitesOf: (trust: OrgCode) => readonly OrgCode[]
  /** The name as people write it; a code that no file knows stands for itself. */
  readonly name: (code: OrgCode) => string
}

/**
 * Two codes are the same trust on the day the question is asked (never the day of a post) when one is the other, or
 * successions that have taken effect by then join them, in either direction and over any number of steps. A past post
 * at a predecessor is therefore a post at the successor, whenever it was held; a merger still to come joins nobody.
 *
 * A succession without a date takes effect the day after its trust closed, or always when that day is unknown too.
 * When successions do not join the two, the answer is `unknown` if either could still be the other: its successor,
 * or that of a trust it is joined to, is not known, or no file knows the code at all. Otherwise it is `no`.
 */
export const organisationGraph = ({
  version,
  organisations,
  successions,
  clinicalNetworks,
}: Pick<Organisations, 'version' | 'organisations' | 'successions' | 'clinicalNetworks'>): OrganisationGraph => {
  const byCode = new Map<string, Organisation>(organisations.map((one) => [one.code, one]))
  const sites = Map.groupBy(organisations, ({ parent }) => parent)
  const links = linksOf(organisations, successions, byCode)
  const trustOf = (code: OrgCode) => byCode.get(code)?.parent ?? byCode.get(code)?.code

  /** All that successions join to a trust by a day, itself included; open-ended when one of them went nobody knows where. */
  const kinOf = (trust: OrgCode, on: CalendarDate | 'ever') => {
    const kin = new Set([trust])
    let openEnded = false
    for (const member of kin) {
      for (const { to, from } of links.get(member) ?? []) {
        if (on !== 'ever' && from !== 'always' && from > on) continue
        if (to === null) openEnded = true
        else kin.add(to)
      }
    }
    return { kin, openEnded }
  }

  const networks = new Map<string, Set<string>>()
  for (const { code, specialties, members } of clinicalNetworks) {
    for (const member of members.flatMap((one) => [...kinOf(one, 'ever').kin])) {
      for (const tfc of specialties) {
        const key = `${member} ${tfc}`
        networks.set(key, (networks.get(key) ?? new Set()).add(code))
      }
    }
  }

  return {
    version,
    find: (code) => byCode.get(code),
    trustOf,
    isSameTrust: (a, b, on) => {
      if (a === b) return 'yes'
      const [one, other] = [trustOf(a), trustOf(b)]
      if (one === undefined || other === undefined) return 'unknown'
      if (one === other) return 'yes'
      const { kin, openEnded } = kinOf(one, on)
      if (kin.has(other)) return 'yes'
      return openEnded || kinOf(other, on).openEnded ? 'unknown' : 'no'
    },
    clinicalNetworksOf: (trust, tfc) => [...(networks.get(`${trustOf(trust)} ${tfc}`) ?? [])],
    sitesOf: (trust) => (sites.get(trust) ?? []).map(({ code }) => code),
    name: (code) => {
      const official = byCode.get(code)?.name
      return official === undefined ? code : writtenName(official)
    },
  }
}

type Link = { readonly to: OrgCode | null; readonly from: CalendarDate | 'always' }

/** Each succession as a link in both directions; a closed trust without any succession went nobody knows where. */
const linksOf = (
  organisations: readonly Organisation[],
  successions: readonly Succession[],
  byCode: ReadonlyMap<string, Organisation>,
) => {
  const links = new Map<OrgCode, Link[]>()
  const link = (code: OrgCode, to: Link) => links.set(code, [...(links.get(code) ?? []), to])
  for (const { from, to, on } of successions) {
    const effective = on ?? afterClosing(byCode.get(from))
    link(from, { to, from: effective })
    if (to) link(to, { to: from, from: effective })
  }

  const succeeded = new Set(successions.map(({ from }) => from))
  for (const one of organisations) {
    if (one.closed !== 'open' && one.kind !== 'site' && !succeeded.has(one.code)) {
      link(one.code, { to: null, from: afterClosing(one) })
    }
  }
  return links
}

const afterClosing = (organisation: Organisation | undefined) =>
  organisation && organisation.closed !== 'open' && organisation.closed.on
    ? addDays(organisation.closed.on, 1)
    : 'always'

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
