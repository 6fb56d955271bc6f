// What one row of each official file says. Each reader answers with the thing or with a sentence about what is wrong.
import { type OrgCode, parseOrgCode, parseTrustCode } from '@concord/domain/ids'
import type {
  ClinicalNetwork,
  Organisation,
  OrganisationKind,
  Succession,
  TrustGroup,
} from '@concord/domain/organisation/organisation'
import { parseDate } from '@concord/domain/time'
import type { RowReader, TableShape } from './csv.ts'

const named = ['ods_code', 'gss_code', 'name'] as const

/** The files of one import. The trust file has no header; the College keeps itself in its own list of sites. */
export const shapes = {
  regions: { file: 'regions.csv', columns: named },
  icbs: { file: 'icbs.csv', columns: named },
  boards: { file: 'health-boards.csv', columns: named },
  trusts: { file: 'ods-etr.csv', columns: 27 },
  sites: {
    file: 'paediatric-sites.csv',
    columns: ['ods_code', 'name', 'parent_ods_code', 'city', 'postcode', 'latitude', 'longitude'],
    leavesOut: { '8HV48': '8HV48 is the Royal College itself, not a site' },
  },
  networks: { file: 'clinical-networks.csv', columns: ['code', 'name', 'country'] },
  members: { file: 'clinical-network-members.csv', columns: ['network_code', 'org_ods_code'] },
  successions: { file: 'successions.csv', columns: ['from', 'to', 'on', 'source', 'checked'] },
  groups: { file: 'trust-groups.csv', columns: ['code', 'name', 'member', 'from', 'to', 'source', 'checked'] },
} as const satisfies Record<string, TableShape>

/** The trust file's sign for Wales, which has neither regions of NHS England nor integrated care boards. */
const WALES = 'W00'
/** Paediatric neurology and epilepsy: what the clinical networks of these files are about (C09). */
const NETWORK_SPECIALTIES = ['421', '223'] as const

const unknowns = { region: null, icb: null, parent: null, place: null, opened: null, closed: 'open' } as const

/** A region, an integrated care board or a health board. */
export const readNamed =
  (kind: OrganisationKind, country: Organisation['country']): RowReader<Organisation> =>
  ([codeText = '', , name = '']) => {
    const code = parseTrustCode(codeText)
    if (!code) return notACode(codeText)
    if (!name) return `${code} has no name`
    return { ...unknowns, code, name, kind, country }
  }

/** A trust, with its region and its board checked against theirs. */
export const readTrust =
  (known: { readonly regions: ReadonlySet<string>; readonly icbs: ReadonlySet<string> }): RowReader<Organisation> =>
  ([codeText = '', name = '', regionText = '', icbText = '', , , , , , , openedText = '', closedText = '']) => {
    const code = parseTrustCode(codeText)
    if (!code) return notACode(codeText)
    if (!name) return `${code} has no name`

    const opened = compactDate(openedText)
    if (!opened) return `${code} was opened on ${JSON.stringify(openedText)}, which is no day`
    const closedOn = compactDate(closedText)
    if (closedText && !closedOn) return `${code} was closed on ${JSON.stringify(closedText)}, which is no day`
    if (closedOn && closedOn < opened) return `${code} was closed before it was opened`

    const trust = {
      ...unknowns,
      code,
      name,
      kind: 'trust',
      opened,
      closed: closedOn ? { on: closedOn } : 'open',
    } as const
    if (regionText === WALES) return { ...trust, country: 'Wales' }

    const region = parseOrgCode(regionText)
    if (!region || !known.regions.has(region))
      return `${code} lies in ${JSON.stringify(regionText)}, which is no region`
    const icb = parseOrgCode(icbText)
    if (!icb || !known.icbs.has(icb)) return `${code} lies under ${JSON.stringify(icbText)}, which is no care board`
    return { ...trust, country: 'England', region, icb }
  }

/** A trust of which nothing is known but that it closed. */
export const closedTrust = (code: OrgCode): Organisation => {
  const name = `Closed trust ${code}`
  return { ...unknowns, code, name, kind: 'trust', country: 'England', closed: { on: null } }
}

/** A site, which lies where its trust or board does. */
export const readSite =
  (parents: ReadonlyMap<string, Organisation>): RowReader<Organisation> =>
  ([codeText = '', name = '', parentText = '', , , latitudeText = '', longitudeText = '']) => {
    const code = parseOrgCode(codeText)
    if (!code) return notACode(codeText)
    if (!name) return `${code} has no name`
    const parent = parents.get(parentText)
    if (!parent) return `${code} belongs to ${JSON.stringify(parentText)}, which no file knows`
    const place = placeOf(latitudeText, longitudeText)
    if (place === undefined) return `${code} lies at ${latitudeText}, ${longitudeText}, which is nowhere`
    return { ...unknowns, code, name, kind: 'site', country: parent.country, parent: parent.code, place }
  }

/** What became of a trust. A cell left empty is unknown. */
export const readSuccession: RowReader<Succession> = ([
  fromText = '',
  toText = '',
  onText = '',
  source = '',
  checked = '',
]) => {
  const from = parseTrustCode(fromText)
  if (!from) return notACode(fromText)
  const to = toText ? parseTrustCode(toText) : null
  if (to === undefined) return notACode(toText)
  if (to === from) return `${from} cannot follow itself`
  const on = onText ? parseDate(onText) : null
  if (on === undefined) return `${JSON.stringify(onText)} is no day`
  if (!source) return `The succession of ${from} names no source`
  if (checked !== 'yes' && checked !== 'no') return `Checked is yes or no, not ${JSON.stringify(checked)}`
  return { from, to, on, source, checked: checked === 'yes' }
}

/** That a trust stands in a group. An end left empty has not come. */
export const readGroup =
  (trusts: ReadonlyMap<string, Organisation>): RowReader<TrustGroup> =>
  ([code = '', name = '', memberText = '', fromText = '', toText = '', source = '', checked = '']) => {
    const member = trusts.get(memberText)
    if (!code || !name) return `A group lacks its code or its name`
    if (!member) return `${JSON.stringify(memberText)} is a member that no file knows`
    const from = parseDate(fromText)
    const to = toText === '' ? 'ongoing' : parseDate(toText)
    if (!from || !to) return `${JSON.stringify(from ? toText : fromText)} is no day`
    if (to !== 'ongoing' && to < from) return `${memberText} left ${code} before it joined`
    if (!source) return `The group ${code} names no source`
    if (checked !== 'yes' && checked !== 'no') return `Checked is yes or no, not ${JSON.stringify(checked)}`
    return { code, name, members: [member.code], from, to, source, checked: checked === 'yes' }
  }

/** A clinical network, its members still to come. */
export const readClinicalNetwork: RowReader<ClinicalNetwork> = ([code = '', name = '', country = '']) => {
  if (!/^[A-Z]{3,8}$/.test(code)) return `${JSON.stringify(code)} is no network code`
  if (!name || !country) return `${code} lacks its name or its country`
  return { code, name, country, specialties: NETWORK_SPECIALTIES, members: [] }
}

export type Membership = { readonly network: string; readonly member: OrgCode }

/** That a trust or board belongs to a clinical network. */
export const readMembership =
  (networks: ReadonlySet<string>, members: ReadonlyMap<string, Organisation>): RowReader<Membership> =>
  ([network = '', memberText = '']) => {
    if (!networks.has(network)) return `${JSON.stringify(network)} is no network of ${shapes.networks.file}`
    const member = members.get(memberText)
    if (!member) return `${JSON.stringify(memberText)} is a member that no file knows`
    return { network, member: member.code }
  }

/** Degrees, or nothing at all. */
const placeOf = (latitudeText: string, longitudeText: string) => {
  if (latitudeText === '' && longitudeText === '') return null
  const [latitude, longitude] = [Number(latitudeText), Number(longitudeText)]
  const isSomewhere =
    latitudeText !== '' && longitudeText !== '' && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  return isSomewhere ? { latitude, longitude } : undefined
}

const notACode = (text: string) => `${JSON.stringify(text)} is no ODS code`

/** The trust file writes 20241231. */
const compactDate = (text: string) =>
  /^\d{8}$/.test(text) ? parseDate(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`) : undefined
