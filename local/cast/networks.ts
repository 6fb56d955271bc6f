import { must, type NetworkCode, type OrgCode, parseNetworkCode } from '@concord/domain/ids'
import type { Organisations } from '@concord/domain/organisation/organisation'

export type DemoNetwork = { readonly code: NetworkCode; readonly name: string; readonly trusts: readonly OrgCode[] }

export const southWest = must(parseNetworkCode, 'south-west')
export const north = must(parseNetworkCode, 'north')

// No brokering network exists in public data: these two are invented, and their names say so.
const regionsOf = [
  { code: southWest, name: 'South West Second Opinion Network (invented)', regions: ['Y58'] },
  { code: north, name: 'North of England Second Opinion Network (invented)', regions: ['Y62', 'Y63'] },
]

/** The demo's networks: of their regions, the trusts that have a paediatric site. */
export const demoNetworks = ({ organisations }: Pick<Organisations, 'organisations'>): readonly DemoNetwork[] => {
  const withSite = new Set(organisations.map(({ parent }) => parent))
  return regionsOf.map(({ code, name, regions }) => {
    const isMember = ({ region, closed, ...one }: Organisations['organisations'][number]) =>
      closed === 'open' && region !== null && regions.includes(region) && withSite.has(one.code)
    return { code, name, trusts: organisations.filter(isMember).map((one) => one.code) }
  })
}
