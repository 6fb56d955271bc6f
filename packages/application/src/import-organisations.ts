import type { Organisation, Organisations } from '@concord/domain/organisation/organisation'
import type { OrganisationsRead } from './ports/organisation-files.ts'
import type { ReferenceStore } from './ports/reference-store.ts'

export type ImportOrganisationsDeps = {
  readonly read: () => Promise<OrganisationsRead>
  readonly reference: Pick<ReferenceStore, 'save'>
}

export type OrganisationCounts = ReturnType<typeof countOrganisations>

export type ImportOutcome =
  | (Omit<Extract<OrganisationsRead, { kind: 'read' }>, 'kind' | 'organisations'> &
      Pick<Organisations, 'version' | 'asOf'> & {
        readonly kind: 'imported' | 'unchanged'
        readonly counts: OrganisationCounts
      })
  | Extract<OrganisationsRead, { kind: 'malformed' }>

/** Brings the official organisations in for all networks: every row of every file, or nothing at all. */
export const importOrganisations =
  ({ read, reference }: ImportOrganisationsDeps) =>
  async (): Promise<ImportOutcome> => {
    const found = await read()
    if (found.kind === 'malformed') return found

    const { organisations, warnings, leftOut } = found
    const saved = await reference.save(organisations)
    const { version, asOf } = organisations
    const kind = saved === 'saved' ? 'imported' : 'unchanged'
    return { kind, version, asOf, counts: countOrganisations(organisations), warnings, leftOut }
  }

/** How many of each there are, as the sources count them: trusts closed before the trust file are apart. */
export const countOrganisations = ({ organisations, successions, clinicalNetworks }: Organisations) => {
  const count = (is: (organisation: Organisation) => boolean) => organisations.filter(is).length
  const isTrust = ({ kind, closed }: Organisation) => kind === 'trust' && (closed === 'open' || closed.on !== null)
  return {
    trusts: count(isTrust),
    closedTrusts: count((one) => isTrust(one) && one.closed !== 'open'),
    welshTrusts: count((one) => isTrust(one) && one.country === 'Wales'),
    trustsClosedEarlier: count(({ closed }) => closed !== 'open' && closed.on === null),
    boards: count(({ kind }) => kind === 'board'),
    icbs: count(({ kind }) => kind === 'icb'),
    regions: count(({ kind }) => kind === 'region'),
    sites: count(({ kind }) => kind === 'site'),
    clinicalNetworks: clinicalNetworks.length,
    networkMemberships: clinicalNetworks.reduce((sum, { members }) => sum + members.length, 0),
    successions: successions.length,
  }
}
