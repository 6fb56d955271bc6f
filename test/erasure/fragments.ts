/** How many bytes of a text in a row are a fragment of it. */
const FRAGMENT = 8

const pieces = (text: string, length: number) =>
  text.length < length ? [] : Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length))

/** Base64 as a text would stand in it, at each of the three places where it may begin; what depends on its neighbours is left off. */
const inBase64 = (text: string, encoding: 'base64' | 'base64url') =>
  [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString(encoding)
    return [encoded.replace(/=*$/, '').slice(before === 0 ? 0 : before + 1, -2)]
  })

const utf16 = (text: string, order: 'le' | 'be') => {
  const bytes = Buffer.from(text, 'utf16le')
  return (order === 'le' ? bytes : bytes.swap16()).toString('latin1')
}

/** Every fragment of these texts in every form in which one could stand in a file, by its length; all as bytes read as Latin 1. */
const fragmentsOf = (texts: readonly string[]): ReadonlyMap<number, ReadonlySet<string>> => {
  const bytesOf = (text: string) => Buffer.from(text).toString('latin1')
  const all = texts.flatMap((text) => [
    ...pieces(bytesOf(text), FRAGMENT),
    ...pieces(bytesOf(text).toUpperCase(), FRAGMENT),
    ...(['le', 'be'] as const).flatMap((order) => pieces(utf16(text, order), 2 * FRAGMENT)),
    ...pieces(Buffer.from(text).toString('hex'), 2 * FRAGMENT),
    ...pieces(Buffer.from(text).toString('hex').toUpperCase(), 2 * FRAGMENT),
    ...(['base64', 'base64url'] as const).flatMap((one) => inBase64(text, one).flatMap((it) => pieces(it, 11))),
  ])
  return new Map([...Map.groupBy(all, ({ length }) => length)].map(([length, ones]) => [length, new Set(ones)]))
}

/** Looks for fragments of texts that must stand nowhere but under a key. */
export const fragmentFinder = (texts: readonly string[]) => {
  const wanted = [...fragmentsOf(texts)].map(([length, set]) => {
    // Most places are none by their first two bytes already.
    const begins = new Uint8Array(0x1_00_00)
    for (const one of set) begins[one.charCodeAt(0) * 256 + one.charCodeAt(1)] = 1
    return { length, set, begins }
  })
  return (content: string | Uint8Array): readonly string[] => {
    const text = Buffer.from(content).toString('latin1')
    const found = new Set<string>()
    for (const { length, set, begins } of wanted)
      for (let at = 0; at + length <= text.length; at += 1) {
        if (begins[text.charCodeAt(at) * 256 + text.charCodeAt(at + 1)] !== 1) continue
        const piece = text.slice(at, at + length)
        if (set.has(piece)) found.add(piece)
      }
    return [...found]
  }
}
