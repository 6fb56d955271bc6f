import { placeFor, type RequestPlace } from '@concord/application/scope'
import { parseNetworkCode, parseRequestId } from '@concord/domain/ids'
import { parseInstant } from '@concord/domain/time'

/** Where a page ended: which request, and what it stood by. Its key follows from that, so that no other can be said. */
type PageEnd = { readonly place: RequestPlace; readonly sort: string }
type Digest = (bytes: Uint8Array) => string

/** Where a page of a list ended, as text that opens at the same list alone. */
export const encodeCursor = (sort: string, list: string, digest: Digest): string =>
  Buffer.from(`${nameOf(list, digest)} ${sort}`).toString('base64url')

/** Reads a cursor back for the same list, or says it is none. */
export const decodeCursor = (cursor: string, list: string, digest: Digest): PageEnd | undefined => {
  const [name, sort = '', ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const [by = '', id = '', ...rest] = sort.split('/')
  const network = parseNetworkCode(list.split('/')[1] ?? '')
  const request = parseRequestId(id)
  if (name !== nameOf(list, digest) || more.length > 0 || rest.length > 0) return undefined
  return network && request && parseInstant(by) === by ? { place: placeFor(network, request), sort } : undefined
}

const nameOf = (list: string, digest: Digest) => digest(Buffer.from(list)).slice(0, 16)

/** Reads back where a page of the audit ended: when an entry was made, and its id. */
export const decodeEntryCursor = (cursor: string, list: string, digest: Digest): string | undefined => {
  const [name, sort = '', ...more] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const [at = '', id = '', ...rest] = sort.split('/')
  const isOfList = name === nameOf(list, digest) && more.length === 0 && rest.length === 0
  return isOfList && parseInstant(at) === at && /^[\w-]{1,64}$/.test(id) ? sort : undefined
}
