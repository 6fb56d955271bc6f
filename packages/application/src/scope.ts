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
import type { CompartmentKind } from '@concord/domain/request/request'
import {
  type CallerRole,
  callerGrants,
  compartmentTags,
  eraserGrant,
  type Grant,
  pathsIn,
  platformGrant,
  type Reach,
  type TableName,
  type Tags,
  UNUSED,
} from './grants.ts'

/** A role somebody holds at one place, written `<role>@<path>`: `requester@network/south-west/trust/RA7`. */
export type Membership =
  | { readonly role: 'requester' | 'eso-lead'; readonly network: NetworkCode; readonly trust: TrustCode }
  | { readonly role: 'coordinator' | 'clinical-lead'; readonly network: NetworkCode }
  | { readonly role: 'clinician'; readonly home: NetworkCode; readonly clinician: ClinicianId }
  | { readonly role: 'commissioner'; readonly networks: readonly NetworkCode[] }
  /** Watches over a network, or over one of its trusts: no part in any case, and so named apart from those who have one. */
  | { readonly role: 'guardian'; readonly watches: Watched }
  | { readonly role: 'operator' }
export type Watched = { readonly network: NetworkCode; readonly trust: TrustCode | null }

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
  if (role === 'guardian') {
    if (kind === undefined) return { role, watches: { network: code, trust: null } }
    const trust = parseTrustCode(id)
    return kind === 'trust' && trust ? { role, watches: { network: code, trust } } : undefined
  }
  const clinician = parseClinicianId(id)
  return role === 'clinician' && kind === 'clinician' && clinician ? { role, home: code, clinician } : undefined
}

/** Writes a membership in the one form in which it is read. */
export const writeMembership = (membership: Membership): string => {
  const { role } = membership
  switch (role) {
    case 'requester':
    case 'eso-lead':
      return `${role}@${paths.trust(membership.network, membership.trust)}`
    case 'coordinator':
    case 'clinical-lead':
      return `${role}@${paths.network(membership.network)}`
    case 'clinician':
      return `${role}@${paths.clinician(membership.home, membership.clinician)}`
    case 'commissioner':
      return `${role}@${membership.networks.map(paths.release).join(',')}`
    case 'guardian': {
      const { network, trust } = membership.watches
      return `${role}@${trust === null ? paths.network(network) : paths.trust(network, trust)}`
    }
    case 'operator':
      return `${role}@reference`
  }
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
  readonly role: CallerRole | 'platform' | 'eraser'
  readonly tags: Tags
  /** Where this caller's once-records stand. */
  readonly once: string
}

/** The paths a scope may read, write or erase at in a table. */
export const pathsOf = ({ role, tags }: Scope, table: TableName, does: keyof Reach): readonly string[] =>
  pathsIn(grantOf(role)[table]?.[does] ?? [], tags)

const grantOf = (role: Scope['role']): Grant => {
  if (role === 'platform') return platformGrant
  return role === 'eraser' ? eraserGrant : callerGrants[role]
}

export const paths = {
  network: (network: NetworkCode) => `network/${network}`,
  trust: (network: NetworkCode, trust: TrustCode) => `network/${network}/trust/${trust}`,
  request: ({ network, trust, id }: RequestPlace) => `network/${network}/trust/${trust}/request/${id}`,
  clinician: (home: NetworkCode, id: ClinicianId) => `network/${home}/clinician/${id}`,
  compartment: (kind: CompartmentKind, { network, trust, id }: RequestPlace) => `${kind}/${network}/${trust}/${id}`,
  glass: (place: RequestPlace) => paths.compartment('glass', place),
  /** Where notices for the guardians of an office go. */
  guardians: (office: string) => `${office}/guardian`,
  /** The list of the roles held at a network or a trust; those held at neither stand together. */
  members: (office: string) => `members/${office}`,
  /** The list of teams that a network or a trust keeps. */
  teams: (office: string) => `members/${office}/team`,
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
    case 'guardian': {
      const office = officeOf(membership)
      const glass = `glass/${office}`
      return {
        role: 'guardian',
        tags: tagged({ own: paths.members(office), glass, audit: `audit/${office}` }),
        once: glass,
      }
    }
    case 'operator':
      return { role: 'operator', tags: tagged({}), once: 'reference' }
  }
}

/** A request for a clinician whose answers have closed it to them: that they answered again is written there, and no text of it is reached. */
export const answererScope = (membership: Extract<Membership, { role: 'clinician' }>, place: RequestPlace): Scope => {
  const own = paths.clinician(membership.home, membership.clinician)
  return { role: 'clinician', tags: tagged({ own, case: paths.request(place) }), once: own }
}

/** What a guardian finds the other cases of one case's child by, among those they watch over, and whether it was sent: no case itself. */
export const watcherScope = (membership: Membership, place: RequestPlace): Scope | undefined => {
  if (membership.role !== 'guardian') return undefined
  const { network, trust } = membership.watches
  if (network !== place.network || (trust !== null && trust !== place.trust)) return undefined
  const { role, tags, once } = scopeOf(membership)
  const watched = trust === null ? paths.network(network) : paths.trust(network, trust)
  return { role, once, tags: { ...tags, case: paths.request(place), child: `${watched}/child` } }
}

/** What is restricted of one case, for somebody of its trust; who of them is named on it, the case itself says. */
export const namedScope = (membership: Membership, place: RequestPlace): Scope | undefined => {
  if (!('trust' in membership) || !canReach(scopeOf(membership), place)) return undefined
  const own = paths.request(place)
  return {
    role: 'named',
    tags: tagged({ case: own, restricted: paths.compartment('restricted', place) }),
    once: own,
  }
}

/** One case for whoever breaks its glass: before that nothing of it but that it is there, while it is broken all that is sealed. */
export const breakerScope = (membership: Membership, place: RequestPlace, isBroken: boolean): Scope | undefined => {
  const mayBreak = membership.role === 'clinical-lead' || membership.role === 'eso-lead'
  if (!mayBreak || !canReach(scopeOf(membership), place)) return undefined
  const glass = paths.glass(place)
  const opened = isBroken && {
    brief: paths.compartment('brief', place),
    pack: paths.compartment('pack', place),
    restricted: paths.compartment('restricted', place),
  }
  return { role: 'breaker', tags: tagged({ case: paths.request(place), glass, ...opened }), once: glass }
}

/** The lists of roles of a place, for whoever keeps them. */
export const stewardScope = (office: string): Scope => {
  const own = paths.members(office)
  return { role: 'steward', tags: tagged({ own }), once: own }
}

/** The list of teams of one office, and nothing beside it. */
export const teamsScope = (office: string): Scope => {
  const own = paths.teams(office)
  return { role: 'steward', tags: tagged({ own }), once: own }
}

/** The office a membership belongs to, as the audit and the lists of roles name it: a network's, a trust's, or the platform's. */
export const officeOf = (membership: Membership): string => {
  switch (membership.role) {
    case 'requester':
    case 'eso-lead':
      return `${membership.network}/${membership.trust}`
    case 'coordinator':
    case 'clinical-lead':
      return membership.network
    case 'clinician':
      return membership.home
    case 'guardian': {
      const { network, trust } = membership.watches
      return trust === null ? network : `${network}/${trust}`
    }
    case 'commissioner':
    case 'operator':
      return PLATFORM
  }
}
/** Where those stand who belong to no network: no network may be called so. */
export const PLATFORM = 'platform'

/** Every tag with a value: one of ours, made of ids that were read, or none. */
const tagged = (tags: Partial<Tags>): Tags => ({
  own: UNUSED,
  case: UNUSED,
  brief: UNUSED,
  pack: UNUSED,
  restricted: UNUSED,
  glass: UNUSED,
  audit: UNUSED,
  child: UNUSED,
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

/** What an operator reaches who erases this one case. */
export const eraserScope = (place: RequestPlace): Scope => ({
  role: 'eraser',
  tags: tagged({
    own: paths.trust(place.network, place.trust),
    case: paths.request(place),
    ...Object.fromEntries(compartmentTags.map((kind) => [kind, paths.compartment(kind, place)])),
  }),
  once: UNUSED,
})

/** The place of a request as this caller would reach it: a foreign id lies where the caller has no key, so nobody finds it. */
export const placeFor = (network: NetworkCode, id: RequestId): RequestPlace => ({
  network,
  trust: must(parseTrustCode, id.split('_')[1] ?? ''),
  id,
})
