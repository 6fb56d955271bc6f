import type { NetworkCode } from '@concord/domain/ids'
import { type Caller, whileStanding } from './caller.ts'
import type { Deps } from './deps.ts'
import { casesOf } from './engagement.ts'
import { putOnRecord } from './on-record.ts'
import { paths, scopeOf } from './scope.ts'

/** How many rows a page of a list holds. */
const PAGE = 25

/** The requests of a trust, or of a network, what is due first at the top. */
export const readWorklist =
  (deps: Deps) =>
  async ({ cursor }: { readonly cursor: string | null }, caller: Caller) => {
    const { membership } = caller
    if (!('network' in membership)) return { kind: 'no-worklist', role: membership.role } as const
    const path =
      'trust' in membership ? paths.trust(membership.network, membership.trust) : paths.network(membership.network)
    const page = await whileStanding(caller, deps.storeFor(scopeOf(membership)).worklist(path, { cursor, limit: PAGE }))
    if (page === 'not-standing' || page === 'bad-cursor') return { kind: page } as const
    const office =
      'trust' in membership ? `${membership.network}/${membership.trust}/office` : `${membership.network}/office`
    await putOnRecord(deps, caller, { about: office, did: 'worklist.read' })
    return { kind: 'worklist', page } as const
  }

/** A clinician's own entry and the cases at hand. */
export const readOwn = (deps: Deps) => async (_: unknown, caller: Caller) => {
  const { membership } = caller
  if (membership.role !== 'clinician') return { kind: 'not-found', what: 'clinician' } as const
  const own = await whileStanding(caller, deps.storeFor(scopeOf(membership)).own(membership.home, membership.clinician))
  if (own === 'not-standing') return { kind: 'not-standing' } as const
  if (!own) return { kind: 'not-found', what: 'clinician' } as const
  await putOnRecord(deps, caller, { about: `${membership.home}/office`, did: 'inbox.read' })
  // By whose sign-in a case was accepted is on record, and nobody's to read.
  const cases = casesOf(own, caller).map(({ acceptedBy: _by, ...shown }) => shown)
  return { kind: 'own', own: { ...own, cases } } as const
}

/**
 * Published figures of the networks a commissioner commissions in, or of one's own network; nothing that was not released. Whether
 * they were read or taken away as a file is on record at each network whose figures they are.
 */
const releasesFor =
  (did: 'figures.read' | 'figures.exported') => (deps: Deps) => async (_: unknown, caller: Caller) => {
    const { membership } = caller
    const networks =
      membership.role === 'commissioner' ? membership.networks : 'network' in membership ? [membership.network] : []
    if (networks.length === 0) return { kind: 'no-figures', role: membership.role } as const
    const releasesOf = (network: NetworkCode) => {
      const own = membership.role === 'commissioner' ? { ...membership, networks: [network] } : membership
      return deps.storeFor(scopeOf(own)).releases(network)
    }
    const releases = await whileStanding(caller, Promise.all(networks.map(releasesOf)))
    if (releases === 'not-standing') return { kind: 'not-standing' } as const
    await Promise.all(networks.map((network) => putOnRecord(deps, caller, { about: `${network}/office`, did })))
    return {
      kind: 'releases',
      networks: networks.map((network, index) => ({ network, releases: releases[index] ?? [] })),
    } as const
  }

export const readReleases = releasesFor('figures.read')
export const exportReleases = releasesFor('figures.exported')
