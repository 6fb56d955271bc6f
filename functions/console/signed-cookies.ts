import { isSameWord, keyedHash } from '@concord/platform/system'

// What the browser keeps for us. Nobody else can write it, and what was signed for one cookie is worth nothing in another.

/** A text as it stands in the cookie of this name. */
export const signed = (key: string, name: string, text: string): string =>
  `${keyedHash(key, 'cookie', name, text)}.${text}`

/** The text of a cookie of this name, if we wrote it there. */
export const unsigned = (key: string, name: string, value: string | undefined): string | undefined => {
  const end = value?.indexOf('.') ?? -1
  if (value === undefined || end < 0) return undefined
  const text = value.slice(end + 1)
  return isSameWord(value.slice(0, end), keyedHash(key, 'cookie', name, text)) ? text : undefined
}
