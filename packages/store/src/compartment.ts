import type { Vault } from '@concord/application/ports/outside'
import type { Compartment, SealedSection, Section } from '@concord/application/ports/store'
import { instant } from '@concord/contracts/domain/scalars'
import type { CompartmentKind } from '@concord/domain/request/request'
import { z } from 'zod'
import { keys } from './keys.ts'
import { readItem } from './read-item.ts'
import type { Item, TableAccess } from './table-access.ts'

const sectionItem = z.object({
  pk: z.string(),
  sk: z.string(),
  section: z.string(),
  version: z.int(),
  hash: z.string(),
  body: z.instanceof(Uint8Array),
})
/** Read only where it is asked for: most drafts raise no question. */
const SELDOM: ReadonlySet<Section> = new Set<Section>(['answers'])
/** The texts of each compartment. A draft saved a hundred times has a hundred of each, and only the newest is read. */
const sections: Readonly<Record<CompartmentKind, readonly Section[] | 'all'>> = {
  brief: ['question'],
  pack: ['identity', 'narrative', 'opinion'],
  restricted: ['restricted'],
  // A section of its own for every time, and each is written once.
  glass: 'all',
}
/** What stands where a compartment's key does: the key, or the mark that it was erased, by which no other can be put there. */
export const keyItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key'), version: z.int(), wrapped: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('erased'), version: z.int(), at: instant }),
])

type Opening = {
  readonly tables: TableAccess
  readonly vault: Vault
  readonly digest: (bytes: Uint8Array) => string
  readonly kind: CompartmentKind
  readonly path: string
}

/** Reads a compartment: the newest ciphertext of each section and its wrapped key, side by side. The key is unwrapped only when a text is asked for. */
export const openCompartment = async ({ tables, vault, digest, kind, path }: Opening): Promise<Compartment> => {
  const wanted = sections[kind]
  const [stored, ...newest] = await Promise.all([
    tables.get('keys', keys.compartmentKey(path)),
    ...(wanted === 'all'
      ? [tables.query('sealed', { pk: path })]
      : wanted.map((section) =>
          tables.query('sealed', { pk: path, prefix: `${section}/`, newestFirst: true, limit: 1 }),
        )),
  ])
  const texts = newest.flat().map((item) => readItem(sectionItem, item))
  const newestOf = async (section: Section) => {
    const read = texts.find((one) => one.section === section)
    if (read || !SELDOM.has(section)) return read
    const items = await tables.query('sealed', { pk: path, prefix: `${section}/`, newestFirst: true, limit: 1 })
    return items.map((item) => readItem(sectionItem, item))[0]
  }
  const key = stored && readItem(keyItem, stored)
  const erasedAt = key?.kind === 'erased' ? key.at : null
  let made: { readonly path: string; readonly wrapped: Uint8Array } | null = null
  let opening: Promise<Uint8Array> | undefined
  const dataKey = () => {
    if (key?.kind === 'erased') throw new Error('An erased compartment has no key and takes none')
    opening ??= key ? vault.open(key.wrapped, path) : makeKey()
    return opening
  }
  const makeKey = async () => {
    const fresh = await vault.newKey(path)
    made = { path, wrapped: fresh.wrapped }
    return fresh.key
  }

  return {
    erasedAt,
    read: async (section, entry) => {
      const latest = await newestOf(section)
      const [key] = await Promise.all([latest && !erasedAt ? dataKey() : undefined, entry])
      if (!latest || !key) return undefined
      const content: unknown = JSON.parse(vault.unseal(key, latest.body, boundTo(latest)))
      return content
    },
    seal: async (section, content): Promise<SealedSection> => {
      const version = 1 + ((await newestOf(section))?.version ?? 0)
      const body = vault.seal(await dataKey(), JSON.stringify(content), boundTo(keys.section(path, section, version)))
      // Of the ciphertext: the hash of a short text would give the text away to whoever can guess it.
      return { path, body, ref: { compartment: kind, section, version, hash: digest(body) } }
    },
    newKey: () => made,
  }
}

/** A ciphertext opens only where it was put: table, key and attribute are bound into it. */
const boundTo = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>) => `sealed|${pk}|${sk}|body`

export const sectionWrites = (sealed: readonly SealedSection[]) =>
  sealed.map(({ path, body, ref: { section, version, hash } }) => ({
    kind: 'put' as const,
    table: 'sealed' as const,
    item: { ...keys.section(path, section, version), kind: 'section', section, version, hash, body },
    when: { kind: 'absent' as const },
  }))

export const keyWrites = (compartments: readonly Compartment[]) =>
  compartments.flatMap((compartment) => {
    const made = compartment.newKey()
    if (!made) return []
    const item = { ...keys.compartmentKey(made.path), kind: 'key', version: 1, wrapped: made.wrapped }
    return [{ kind: 'put' as const, table: 'keys' as const, item, when: { kind: 'absent' as const } }]
  })
