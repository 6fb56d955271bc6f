import { mustBeMembership, paths, placeFor, scopeOf } from '@concord/application/scope'
import { tagFor } from '@concord/application/tag'
import { must, parseClinicianId, parseNetworkCode, parseRequestId, parseTrustCode } from '@concord/domain/ids'
import { sha256 } from '@concord/platform/system'
import { keys, worklistPk } from '@concord/store/keys'
import { onceKeyOf } from '@concord/store/once-key'
import { worklistIndexes } from '@concord/store/tables'
import type { World } from '@concord/testkit/world'
import type { Kind } from './bends.ts'
import type { FaceOf } from './cells.ts'
import type { Answer, Anybody, Call } from './matrix.ts'

const network = must(parseNetworkCode, 'network-one')
const ownersPath = paths.trust(network, must(parseTrustCode, 'XA1'))

/** What a weak product would know of the one case of XA1: its id, its tag, and the keys that its trust used. */
type Item = {
  readonly id: string
  readonly version: string
  readonly isUsed: (key: string) => Promise<boolean>
  readonly isListed: (clinician: string) => Promise<boolean>
}
/** What a weak product takes a call for: one of the case's owner, an answer of its own, or what it is. */
type Weakness = (call: Call, item: Item) => Promise<Call | Answer | undefined> | Call | Answer | undefined

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
/** Takes a call for one of the case, where its id is taken for the case's. */
const taking =
  (isTaken: (id: string, real: string) => boolean): Weakness =>
  (call, { id }) =>
    call.address.path.includes('/requests/{id}') && call.query === undefined && isTaken(call.id, id)
      ? { ...call, id }
      : undefined
const bent = (isTaken: (id: string, real: string) => boolean) => taking((id, real) => id !== real && isTaken(id, real))

/** For each kind of bend a product that falls for it. */
const weaknesses: Readonly<Record<Kind, Weakness>> = {
  'as it is': taking((id, real) => id === real),
  'another case of letters': bent((id, real) => id.toLowerCase() === real.toLowerCase()),
  'percent-encoding': bent((id, real) => decoded(decoded(id)) === real),
  'a wildcard': bent((id, real) => {
    const pattern = decoded(id).replace(/[%*]/g, '.*').replace(/[?]/g, '.')
    return /[.*]/.test(pattern) && new RegExp(`^${pattern}$`).test(real)
  }),
  'pieces of a path': bent((id, real) =>
    decoded(id)
      .split(/[/\\;]/)
      .includes(real),
  ),
  'a code or id that begins alike': bent((id, real) => id.length > 4 && (real.startsWith(id) || id.startsWith(real))),
  'an id of another kind': bent((id, real) => id.endsWith(real.slice(-36))),
  // What a body names is looked for before anybody asks whose it is.
  'an id in the body': async ({ inBody }, { isListed }) =>
    inBody && (await isListed(inBody.clinician)) ? { status: 409, headers: {}, body: '{}' } : undefined,
  'a sort key': bent(
    (id, real) =>
      decoded(id)
        .trim()
        .split(/[/#|\0]/)[0] === real,
  ),
  // Any cursor of a worklist leads to the list that it was made for.
  'a cursor': (call, { id }) => {
    const [, cursor = ''] = /^cursor=(.*)$/.exec(call.query ?? '') ?? []
    const isCaseOf = Buffer.from(cursor, 'base64url').toString('utf8').includes(id)
    const { query: _, ...plain } = call
    return isCaseOf && call.address.name === 'worklist' ? plain : undefined
  },
  // A once-record is found whoever it is of.
  'a key': async ({ key, address }, { id, version, isUsed }) =>
    key !== undefined && address.method !== 'get' && (await isUsed(key))
      ? { status: 200, headers: { etag: `"${version}"` }, body: JSON.stringify({ id, tag: version }) }
      : undefined,
  // A tag is compared before anybody asks whose it is.
  'a version': ({ id: asked, version }, { id, version: real }) =>
    asked === id && version === real ? { status: 403, headers: {}, body: '{}' } : undefined,
  // Whatever network is named, its figures and requests are given.
  'an export': (call) => {
    const { query = '', ...plain } = call
    return query.includes('network-one') && /release|network=/.test(query) ? plain : undefined
  },
}

/** A face with one weakness: whoever falls under it is answered as the owner would be. */
export const weakened =
  (faceOf: FaceOf, kind: Kind): FaceOf =>
  (world, errors) => {
    const face = faceOf(world, errors)
    const item = itemOf(world)
    return {
      ...face,
      call: async (who: Anybody, call: Call) => {
        const taken = await weaknesses[kind](call, await item)
        if (!taken) return face.call(who, call)
        return 'status' in taken ? taken : face.call('requester', taken)
      },
    }
  }

const itemOf = async ({ tables, deps, as }: World): Promise<Item> => {
  const [found] = await tables.query('records', { pk: worklistPk(ownersPath), index: worklistIndexes.trust })
  if (!found) throw new Error('XA1 has a case')
  const id = must(parseRequestId, found.pk.split('/').at(-1) ?? '')
  const membership = mustBeMembership('requester@network/network-one/trust/XA1')
  const state = await deps.storeFor(scopeOf(membership)).request(placeFor(network, id))
  if (!state) throw new Error('The case of XA1 is there')
  return {
    id,
    version: tagFor(deps, { ...as('requester'), membership }, state),
    isListed: async (clinician) => {
      const one = must(parseClinicianId, clinician)
      const homes = ['network-one', 'network-two'].map((home) => must(parseNetworkCode, home))
      const found = await Promise.all(homes.map((home) => tables.get('records', keys.clinician(home, one))))
      return found.some((one) => one !== undefined)
    },
    isUsed: async (key) =>
      (await tables.get('records', keys.once(ownersPath, onceKeyOf(sha256, as('requester'), key)))) !== undefined,
  }
}
