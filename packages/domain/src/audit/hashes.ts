import type { NamedEntry } from './entry.ts'
import type { ChainEnd, Head, Link } from './ledger.ts'

/** A cryptographic hash of a text, from outside: this room has none. */
export type Hash = (text: string) => string

/** One text for one value, whatever order its fields came in: what is hashed must read the same years later. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`
}

/** What is hashed of each part of the audit. Each kind begins with a word of its own, so that none passes for another. */
export const auditHashes = (hash: Hash) => {
  const of = (kind: string, ...parts: readonly unknown[]) => hash(canonical([kind, ...parts]))
  return {
    start: (tenant: string) => of('start', tenant),
    entry: (tenant: string, { name, entry }: NamedEntry) => of('entry', tenant, name, entry),
    // Of the entry its hash alone, which has the name in it: whoever is shown the links learns of no other case.
    link: ({ tenant, seq, entryHash, previous }: Omit<Link, 'hash' | 'entry'>) =>
      of('link', tenant, seq, entryHash, previous),
    end: ({ tenant, length, hash: last }: ChainEnd) => of('end', tenant, length, last),
    pair: (left: string, right: string) => of('pair', left, right),
    head: ({ number, at, root, previous }: Pick<Head, 'number' | 'at' | 'root' | 'previous'>) =>
      of('head', number, at, root, previous),
  }
}
export type AuditHashes = ReturnType<typeof auditHashes>
