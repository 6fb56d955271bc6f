import { identifierText } from './text/identifier-text.ts'

declare const brand: unique symbol

/** Text that was checked once and is known to be what its name says. */
export type Branded<Name extends string> = string & { readonly [brand]: Name }

/** An ODS code of a trust or health board, such as RA7. */
export type TrustCode = Branded<'TrustCode'>
/** An ODS code of any organisation: trust, board, site, university, agency. */
export type OrgCode = TrustCode | Branded<'OrgCode'>
/** A brokering network, such as `south-west`; `platform` is the name of those who belong to none. */
export type NetworkCode = Branded<'NetworkCode'>
/** Seven digits, or L and six (S-UKC); no check digit is published. */
export type GmcNumber = Branded<'GmcNumber'>
/** A treatment function code: three digits (S-TFC). */
export type Tfc = Branded<'Tfc'>
/** `req_<trust>_<uuid>`: a request's public id carries the trust that asks. */
export type RequestId = Branded<'RequestId'>
/** `cln_<uuid>`: a clinician on a register. */
export type ClinicianId = Branded<'ClinicianId'>
/** `glass_<uuid>`: one time that somebody broke the glass over a case. */
export type GlassId = Branded<'GlassId'>
/** `team_<owner>_<hex>`: a team on the list of a trust or a network, whose code it carries. */
export type TeamId = Branded<'TeamId'>
/** The subject of a verified token: who acts, whatever the role. */
export type Subject = Branded<'Subject'>

// The single branding line of the codebase.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the brand is what the caller says it is.
const branded = <B extends string>(text: string) => text as B

/** Each parser says its own pattern too, so that the documents of the API can. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- likewise.
const parser = <B extends string>(pattern: RegExp) =>
  Object.assign((text: string): B | undefined => (pattern.test(text) ? branded<B>(text) : undefined), {
    pattern: pattern.source,
  })

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

export const parseTrustCode = parser<TrustCode>(/^[A-Z0-9]{3,12}$/)
export const parseOrgCode = parser<OrgCode>(/^[A-Z0-9]{3,12}$/)
export const parseNetworkCode = parser<NetworkCode>(/^(?!platform$)[a-z][a-z0-9-]{1,30}$/)
export const parseGmcNumber = parser<GmcNumber>(/^(\d{7}|L\d{6})$/)
export const parseTfc = parser<Tfc>(/^\d{3}$/)
export const parseRequestId = parser<RequestId>(new RegExp(`^req_[A-Z0-9]{3,12}_${uuid}$`))
export const parseClinicianId = parser<ClinicianId>(new RegExp(`^cln_${uuid}$`))
export const parseGlassId = parser<GlassId>(new RegExp(`^glass_${uuid}$`))
export const parseTeamId = parser<TeamId>(/^team_([A-Z0-9]{3,12}|[a-z][a-z0-9-]{1,30})_[0-9a-f]{12}$/)
export const parseSubject = parser<Subject>(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,127}$/)

/** The same for codes that people type or paste: spaces, dashes and joiners are dropped and letters are capitals. Keys and addresses are never read so. */
const lenient = <B extends string>(parse: ((text: string) => B | undefined) & { readonly pattern: string }) =>
  Object.assign((text: string): B | undefined => parse(text) ?? parse(identifierText(text)), { pattern: parse.pattern })

export const readTrustCode = lenient(parseTrustCode)
export const readOrgCode = lenient(parseOrgCode)
export const readGmcNumber = lenient(parseGmcNumber)

/** For text that must already be right (a stored key, a literal): anything else is a bug and throws. */
export const must = <B extends string>(parse: (text: string) => B | undefined, text: string): B => {
  const value = parse(text)
  if (value === undefined) throw new Error(`Not what it should be: ${JSON.stringify(text)}`)
  return value
}

/** The trust that a request's id carries. */
export const trustOf = (id: RequestId): TrustCode => must(parseTrustCode, id.split('_')[1] ?? '')

/** The trust or network that a team's id carries. */
export const ownerOf = (id: TeamId): string => id.split('_')[1] ?? ''

/** Whether a GMC number lies in the range kept for invented people, refused in production. */
export const isInventedGmc = (gmc: GmcNumber) => gmc.startsWith('999')
