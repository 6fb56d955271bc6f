import {
  type ClinicianId,
  must,
  type NetworkCode,
  parseClinicianId,
  parseNetworkCode,
  parseTrustCode,
  type RequestId,
  type TrustCode,
} from '@concord/domain/ids'
import { type CallerRole, callerGrants, pathsIn, platformGrant, type TableName, type Tags, UNUSED } from './grants.ts'

/** A role somebody holds at one place, written `<role>@<path>`: `requester@network/south-west/trust/RA7`. */
export type Membership =
  | { readonly role: 'requester' | 'eso-lead'; readonly network: NetworkCode; readonly trust: TrustCode }
  | { readonly role: 'coordinator' | 'clinical-lead'; readonly network: NetworkCode }
  | { readonly role: 'clinician'; readonly home: NetworkCode; readonly clinician: ClinicianId }
  | { readonly role: 'commissioner'; readonly networks: readonly NetworkCode[] }
  | { readonly role: 'operator' }

/** Reads a membership; anything but its exact form is none. There is no default role. */
export const parseMembership = (text: string): Membership | undefined => {
  const [role = '', place = '', ...rest] = text.split('@')
  if (rest.length > 0) return undefined
  const [first, network = '', kind, id = '', ...more] = place.split('/')
  const code = parseNetworkCode(network)
  if (role === 'operator') return place === 'reference' ? { role } : undefined
  if (role === 'commissioner') {
    const networks = place
      .split(',')
      .map((one) => (one.startsWith('release/') ? parseNetworkCode(one.slice(8)) : undefined))
    return networks.every((one) => one !== undefined) ? { role, networks } : undefined
  }
  if (first !== 'network' || !code || more.length > 0) return undefined
  if (role === 'coordinator' || role === 'clinical-lead')
    return kind === undefined ? { role, network: code } : undefined
  if (role === 'requester' || role === 'eso-lead') {
    const trust = parseTrustCode(id)
    return kind === 'trust' && trust ? { role, network: code, trust } : undefined
  }
  const clinician = parseClinicianId(id)
  return role === 'clinician' && kind === 'clinician' && clinician ? { role, home: code, clinician } : undefined
}

/** For memberships that are written by us: anything unreadable is a bug. */
export const mustBeMembership = (text: string) => {
  const membership = parseMembership(text)
  if (!membership) throw new Error(`Not a membership: ${JSON.stringify(text)}`)
  return membership
}

/** Where a request lies. The trust is in its public id; the network comes from the caller, never from the call. */
export type RequestPlace = { readonly network: NetworkCode; readonly trust: TrustCode; readonly id: RequestId }
/** A clinician's case in hand, as their own partition tells it. */
export type CaseInHand = RequestPlace & { readonly stage: 'offered' | 'accepted' | 'engaged' }

/** Whose grant a caller acts by, and the values of its tags. */
export type Scope = {
  readonly role: CallerRole | 'platform'
  readonly tags: Tags
  /** Where this caller's once-records stand. */
  readonly once: string
}

/** The paths a scope may read or write in a table. */
export const pathsOf = ({ role, tags }: Scope, table: TableName, does: 'read' | 'write'): readonly string[] =>
  pathsIn((role === 'platform' ? platformGrant : callerGrants[role])[table]?.[does] ?? [], tags)

export const paths = {
  network: (network: NetworkCode) => `network/${network}`,
  trust: (network: NetworkCode, trust: TrustCode) => `network/${network}/trust/${trust}`,
  request: ({ network, trust, id }: RequestPlace) => `network/${network}/trust/${trust}/request/${id}`,
  clinician: (home: NetworkCode, id: ClinicianId) => `network/${home}/clinician/${id}`,
  compartment: (kind: 'brief' | 'pack', { network, trust, id }: RequestPlace) => `${kind}/${network}/${trust}/${id}`,
  release: (network: NetworkCode) => `release/${network}`,
} as const

/** What a membership may reach. A clinician reaches one case beside their own record: the one in hand. */
export const scopeOf = (membership: Membership, inHand?: CaseInHand): Scope => {
  switch (membership.role) {
    case 'requester':
    case 'eso-lead': {
      const { network, trust } = membership
      const own = paths.trust(network, trust)
      const tags = {
        own,
        brief: `brief/${network}/${trust}`,
        pack: `pack/${network}/${trust}`,
        release: paths.release(network),
      }
      return { role: 'trust', tags: tagged(tags), once: own }
    }
    case 'coordinator':
    case 'clinical-lead': {
      const { network } = membership
      const own = paths.network(network)
      const tags = { own, brief: `brief/${network}`, release: paths.release(network) }
      return { role: 'network', tags: tagged(tags), once: own }
    }
    case 'clinician': {
      const own = paths.clinician(membership.home, membership.clinician)
      const inCase = inHand && {
        case: paths.request(inHand),
        brief: paths.compartment('brief', inHand),
        ...(inHand.stage === 'engaged' && { pack: paths.compartment('pack', inHand) }),
      }
      return { role: 'clinician', tags: tagged({ own, ...inCase }), once: own }
    }
    case 'commissioner': {
      const [network, ...others] = membership.networks
      // A session has one network's figures: of several, each is read in its own.
      const release = network && others.length === 0 ? { release: paths.release(network) } : {}
      return { role: 'commissioner', tags: tagged(release), once: UNUSED }
    }
    case 'operator':
      return { role: 'operator', tags: tagged({}), once: 'reference' }
  }
}

/** Every tag with a value: one of ours, made of ids that were read, or none. */
const tagged = (tags: Partial<Tags>): Tags => ({
  own: UNUSED,
  case: UNUSED,
  brief: UNUSED,
  pack: UNUSED,
  release: UNUSED,
  fact: UNUSED,
  ...tags,
})

/** Whether a key lies inside: equal to a path, or going on after a `/`. RJ12 is not inside RJ1. */
export const isInside = (pk: string, allowed: readonly string[]) =>
  allowed.some((path) => pk === path || pk.startsWith(`${path}/`))

/** Whether a request lies where this caller may look at all. Anywhere else it does not exist for them: no key of it is asked for. */
export const canReach = (scope: Scope, place: RequestPlace) =>
  isInside(paths.request(place), pathsOf(scope, 'records', 'read'))

/** What the platform's own reactor may reach in one network: nothing sealed. */
export const reactorScope = (network: NetworkCode): Scope => ({
  role: 'platform',
  tags: tagged({ own: paths.network(network), release: paths.release(network), fact: `fact/${network}` }),
  // Apart from the network's own: no coordinator's Idempotency-Key can stand in the clock's way.
  once: `${paths.network(network)}/platform`,
})

/** The place of a request as this caller would reach it: a foreign id lies where the caller has no key, so nobody finds it. */
export const placeFor = (network: NetworkCode, id: RequestId): RequestPlace => ({
  network,
  trust: must(parseTrustCode, id.split('_')[1] ?? ''),
  id,
})
