import { parseClinicianId, parseRequestId } from '@concord/domain/ids'
import type { BodyIds } from './body-ids.ts'
import type { Call } from './matrix.ts'

/** The ways in which somebody might bend a call to come to what is not theirs. */
export const kinds = [
  'as it is',
  'another case of letters',
  'percent-encoding',
  'a wildcard',
  'pieces of a path',
  'a code or id that begins alike',
  'an id of another kind',
  'an id in the body',
  'a sort key',
  'a cursor',
  'a key',
  'a version',
  'an export',
] as const
export type Kind = (typeof kinds)[number]

/** What somebody aims at, and what they know of it. */
export type Aim = {
  readonly id: string
  /** An id of the other kind: a clinician's beside a request's, and the other way round. */
  readonly otherKind: string
  readonly version: string
  /** Cursors of lists that are not the caller's. */
  readonly cursors: readonly string[]
  /** What others have that a body could name. */
  readonly inBody: Pick<BodyIds, 'clinician' | 'glass'>
  /** Whose figures and requests they are. */
  readonly network: string
  readonly trust: string
}
/** One call bent in one way. */
export type Bent = {
  readonly kind: Kind
  readonly name: string
  readonly call: Partial<Omit<Call, 'address'>>
  /** Another way to write the same address, which a browser or server may undo: whoever owns the item may well get it. */
  readonly isSame: boolean
  /** A key that another caller used before: for this very call, or for another one. */
  readonly usedFor?: 'this call' | 'another call'
}

const encoded = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
const alphabet = 'abcdefghijklmnopqrstuvwxyz'
const swapped = (text: string) =>
  [...text].map((char) => (alphabet.includes(char) ? char.toUpperCase() : char.toLowerCase())).join('')

/** An id, written otherwise. `same` are other ways to write the address, `bent` are ids that nobody has. */
const idBends: Readonly<
  Partial<
    Record<Kind, (aim: Pick<Aim, 'id' | 'otherKind'>) => Readonly<Partial<Record<'same' | 'bent', readonly string[]>>>>
  >
> = {
  'as it is': ({ id }) => ({ same: [id] }),
  'another case of letters': ({ id }) => {
    const [lead, uuid] = partsOf(id)
    return {
      bent: [id.toUpperCase(), swapped(id), lead.toLowerCase() + uuid, lead + uuid.toUpperCase(), swapped(lead) + uuid],
    }
  },
  'percent-encoding': ({ id }) => ({
    same: [id.replaceAll('_', encoded), encoded(id) + id.slice(1)],
    bent: [
      id.replaceAll('_', '%255F'),
      id.replace('_', '%25255F'),
      // The same character in more bytes than it needs, and one that some would fold into it.
      id.replace('_', '%C1%9F'),
      id.replace('_', '%EF%BC%BF'),
      id.replace('_', '%u005F'),
      id.replace('_', '+'),
    ],
  }),
  'a wildcard': ({ id }) => {
    const [lead] = partsOf(id)
    const short = id.slice(0, -1)
    return {
      bent: ['*', '%', '%25', `${id}*`, `${id}%25`, `${lead}*`, `${lead}%25`, `${short}%3F`, `${short}_`, `${short}.`],
    }
  },
  'pieces of a path': ({ id }) => ({
    same: [`./${id}`, `x/../${id}`, `x/%2e%2e/${id}`],
    bent: [
      `${id}/x`,
      `${id}/`,
      `/${id}`,
      `${id}%2F`,
      `..%2F${id}`,
      `${id}%2F..%2F${id}`,
      `${id}/..%2F${id}`,
      `..%5C${id}`,
      `${id};x=1`,
      `..%2F..%2Ftrust%2FXA1%2Frequest%2F${id}`,
    ],
  }),
  'a code or id that begins alike': ({ id }) => {
    const [lead, uuid] = partsOf(id)
    const codes = lead.startsWith('req_') ? [`${lead.slice(0, -1)}2_`, `${lead.slice(0, -2)}_`, `${lead}_`] : []
    return {
      bent: [id.slice(0, -1), id.slice(0, -4), `${id}0`, lead, uuid, id + id, ...codes.map((code) => code + uuid)],
    }
  },
  'an id of another kind': ({ id, otherKind }) => {
    const [[lead, uuid], [otherLead, otherUuid]] = [partsOf(id), partsOf(otherKind)]
    return { bent: [otherKind, otherLead + uuid, lead + otherUuid, `evt_${uuid}`, `network%2F${id}`] }
  },
  'a sort key': ({ id }) => ({
    same: [`${id}#state`, `${id}?x=state`],
    bent: [
      `${id}/state`,
      `${id}%2Fstate`,
      `${id}%23state`,
      `${id}%2Fevent%2F00000001`,
      `${id}%00`,
      `${id}%0A`,
      `${id}%20`,
      `%20${id}`,
      `${id}%7Cstate`,
      'state',
    ],
  }),
}

const readBends: Readonly<Partial<Record<Kind, (aim: Aim) => readonly string[]>>> = {
  'a cursor': ({ cursors }) => cursors.map((cursor) => `cursor=${cursor}`),
  'an export': ({ network, trust }) => [
    `network=${network}`,
    `release=release/${network}`,
    `releases=${network},${network}`,
    `trust=${trust}`,
    `path=network/${network}/trust/${trust}`,
    `format=csv&network=${network}`,
  ],
}

/** Every way to bend a call of an address, each with its name: the same names for whatever is aimed at. */
export const bendsOf = (
  {
    method,
    path,
    hasIdsInBody = false,
  }: { readonly method: string; readonly path: string; readonly hasIdsInBody?: boolean },
  aim: Aim,
): readonly Bent[] => {
  const hasId = path.includes('{id}')
  const ids = kinds.flatMap((kind) => {
    const { same = [], bent = [] } = idBends[kind]?.(aim) ?? {}
    return [...same, ...bent].map((id, at): Bent => {
      return { kind, name: `${kind} ${at}`, call: { id }, isSame: at < same.length || id === aim.id }
    })
  })
  const reads = kinds.flatMap((kind) =>
    (readBends[kind]?.(aim) ?? []).map(
      (query, at): Bent => ({ kind, name: `${kind} ${at}`, call: { query }, isSame: true }),
    ),
  )
  const inBody = { ...aim.inBody, network: aim.network, trust: aim.trust }
  const writes: readonly Bent[] = [
    ...(hasIdsInBody
      ? [{ kind: 'an id in the body', name: 'an id in the body', call: { inBody }, isSame: true } as const]
      : []),
    ...(hasId ? [{ kind: 'a version', name: 'a version', call: { version: aim.version }, isSame: true } as const] : []),
    { kind: 'a key', name: 'a key of this call', call: {}, isSame: true, usedFor: 'this call' },
    { kind: 'a key', name: 'a key of another call', call: {}, isSame: true, usedFor: 'another call' },
  ]
  const plain: Bent = { kind: 'as it is', name: 'as it is', call: {}, isSame: true }
  return [...(hasId ? ids : [plain]), ...(method === 'get' ? reads : writes)]
}

/** Whether a bent call could come to anything: an id that does not read is refused before anybody looks for it. */
export const couldReach = ({ isSame, call: { id } }: Bent): boolean => {
  if (isSame || id === undefined) return true
  const [, last = ''] = /^\/([^/]*)$/.exec(new URL(`/${id}`, 'https://concord.example').pathname) ?? []
  const read = decodedOnce(last)
  return [parseRequestId, parseClinicianId].some((parse) => parse(read) !== undefined)
}
const decodedOnce = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What comes before the uuid of an id, and the uuid. */
const partsOf = (id: string): readonly [lead: string, uuid: string] => [id.slice(0, -36), id.slice(-36)]

/** Letters, so that it always has another case. */
const NOBODYS = 'ffffffffffff'
const lastOf = (id: string) => id.slice(-12)
const nobodysId = (id: string) => id.slice(0, -12) + NOBODYS

/** The same aim where nothing is: ids that nobody has but for their last piece, a network that is none and a trust without a request, cursors that say nothing. */
export const nobodys = (aim: Aim): Aim => ({
  ...aim,
  id: nobodysId(aim.id),
  otherKind: nobodysId(aim.otherKind),
  inBody: { clinician: nobodysId(aim.inBody.clinician), glass: nobodysId(aim.inBody.glass) },
  cursors: aim.cursors.map((cursor) => [...cursor].toReversed().join('')),
  network: 'network-nowhere',
  // It stands in the public directory, so that its name is told as any other's, and asks for nothing here.
  trust: 'XA0',
})

/** An answer without what it may repeat of what was asked: the pieces of ids in which two aims differ, and the rest of what was aimed at. */
export const nameless = (text: string, { id, otherKind, inBody, network, trust, cursors }: Aim) => {
  const pieces = [id, otherKind, ...Object.values(inBody)].map((one) => `${lastOf(one).slice(0, 8)}[0-9a-f]{0,4}`)
  return cursors
    .reduce((left, cursor) => left.replaceAll(cursor, '{cursor}'), text)
    .replace(new RegExp(pieces.join('|'), 'gi'), '{last}')
    .replaceAll(network, '{network}')
    .replaceAll(trust, '{trust}')
}
