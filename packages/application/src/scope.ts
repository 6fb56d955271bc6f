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

/** The partition-key paths a caller may touch. A key is inside when it equals one or goes on after a `/`. */
export type Scope = {
  readonly read: readonly string[]
  readonly write: readonly string[]
  /** Compartments of sealed texts, and of their keys. */
  readonly sealed: readonly string[]
  readonly figures: readonly string[]
  /** Where this caller's once-records stand. */
  readonly once: string
}

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
      return {
        read: [own],
        write: [own],
        sealed: [`brief/${network}/${trust}`, `pack/${network}/${trust}`],
        figures: [paths.release(network)],
        once: own,
      }
    }
    case 'coordinator':
    case 'clinical-lead': {
      const own = paths.network(membership.network)
      // Cards, evidence and what the reactors note are read here and written by them alone. A GMC number is claimed once for all
      // networks, so applying writes beside the national cards.
      const written = ['trust', 'clinician', 'assessment', 'once'].map((kind) => `${own}/${kind}`)
      return {
        read: [own, 'national'],
        write: [...written, 'national/gmc'],
        sealed: [`brief/${membership.network}`],
        figures: [paths.release(membership.network)],
        once: own,
      }
    }
    case 'clinician': {
      const own = paths.clinician(membership.home, membership.clinician)
      if (!inHand) return { read: [own], write: [own], sealed: [], figures: [], once: own }
      const request = paths.request(inHand)
      const brief = paths.compartment('brief', inHand)
      const sealed = inHand.stage === 'engaged' ? [brief, paths.compartment('pack', inHand)] : [brief]
      return { read: [own, request], write: [own, request], sealed, figures: [], once: own }
    }
    case 'commissioner':
      return { read: [], write: [], sealed: [], figures: membership.networks.map(paths.release), once: 'none' }
    case 'operator':
      return { read: ['reference'], write: ['reference'], sealed: [], figures: [], once: 'reference' }
  }
}

/** Whether a key lies inside: equal to a path, or going on after a `/`. RJ12 is not inside RJ1. */
export const isInside = (pk: string, allowed: readonly string[]) =>
  allowed.some((path) => pk === path || pk.startsWith(`${path}/`))

/** Whether a request lies where this caller may look at all. Anywhere else it does not exist for them: no key of it is asked for. */
export const canReach = ({ read }: Scope, place: RequestPlace) => isInside(paths.request(place), read)

/** What the platform's own reactor may reach in one network: nothing sealed. */
export const reactorScope = (network: NetworkCode): Scope => ({
  read: [paths.network(network)],
  write: [paths.network(network), 'national'],
  sealed: [],
  figures: [`fact/${network}`, paths.release(network)],
  // Apart from the network's own: no coordinator's Idempotency-Key can stand in the clock's way.
  once: `${paths.network(network)}/platform`,
})

/** The place of a request as this caller would reach it: a foreign id lies where the caller has no key, so nobody finds it. */
export const placeFor = (network: NetworkCode, id: RequestId): RequestPlace => ({
  network,
  trust: must(parseTrustCode, id.split('_')[1] ?? ''),
  id,
})
