import type { OrgCode, Tfc, TrustCode } from '../ids.ts'
import type { OrganisationGraph } from '../organisation/graph.ts'
import type { CalendarDate } from '../time.ts'
import type { RoutingFacts } from './request.ts'

/** What a place of a call would have to be: one of a list that the platform knows. */
export type ListName = 'own-site' | 'open-trust' | 'specialty' | 'reader' | 'team'
/** Where a call names something that is on no list, and which list it should come from. Never what was typed there. */
export type NotListed = { readonly at: string; readonly list: ListName }

type Lists = {
  readonly trust: TrustCode
  readonly on: CalendarDate
  readonly organisations: Pick<OrganisationGraph, 'ownSites' | 'isOpenTrust'>
  readonly isSpecialty: (tfc: Tfc) => boolean
}

/** Routing facts are kept in the clear after an erasure, so each of their codes must be one of a list and not only look like one. */
export const notListedIn = (
  { tfc, sites, treating }: Pick<RoutingFacts, 'tfc' | 'sites' | 'treating'>,
  { trust, on, organisations, isSpecialty }: Lists,
): readonly NotListed[] => {
  const own: ReadonlySet<OrgCode> = new Set(organisations.ownSites(trust, on))
  return [
    ...(isSpecialty(tfc) ? [] : [{ at: 'routing.tfc', list: 'specialty' } as const]),
    ...sites.flatMap((site, n) => (own.has(site) ? [] : [{ at: `routing.sites.${n}`, list: 'own-site' } as const])),
    ...treating.flatMap(({ org }, n) =>
      organisations.isOpenTrust(org, on) ? [] : [{ at: `routing.treating.${n}.org`, list: 'open-trust' } as const],
    ),
  ]
}
