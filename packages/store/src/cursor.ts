import { z } from 'zod'
import type { Item } from './table-access.ts'
import type { TableIndex } from './tables.ts'

const content = z.strictObject({ pk: z.string(), sk: z.string(), sort: z.string() })

/** Where a page ended, as text that says nothing by itself: the list's own key is left out and put back on return. */
export const encodeCursor = (end: Item, list: string): string => {
  const sort = Object.entries(end).find(
    ([name, value]) => name.endsWith('Sk') && typeof value === 'string' && name !== 'sk',
  )?.[1]
  return Buffer.from(
    JSON.stringify({
      pk: end.pk.startsWith(prefixOf(list)) ? end.pk.slice(prefixOf(list).length) : end.pk,
      sk: end.sk,
      sort,
    }),
  ).toString('base64url')
}

/** Reads a cursor back for the same list, or says it is none: a key outside that list cannot be said in it. */
export const decodeCursor = (cursor: string, list: string, index: TableIndex): Item | undefined => {
  try {
    const { pk, sk, sort } = content.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { pk: `${prefixOf(list)}${pk}`, sk, [index.partition]: list, [index.sort]: sort }
  } catch {
    return undefined
  }
}

const prefixOf = (list: string) => list.slice(0, -'worklist'.length)
