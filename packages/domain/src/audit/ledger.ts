import type { Instant } from '../time.ts'

/** One entry's place in its tenant's chain. */
export type Link = {
  readonly tenant: string
  readonly seq: number
  /** The name of the entry. */
  readonly entry: string
  readonly entryHash: string
  readonly previous: string
  readonly hash: string
}

/** How far a chain has come: nothing before it can change without this changing too. */
export type ChainEnd = { readonly tenant: string; readonly length: number; readonly hash: string }

/** What is published for all tenants at once: the ends of their chains under one root, and the head before. */
export type Head = {
  readonly number: number
  readonly at: Instant
  readonly root: string
  readonly previous: string | null
  readonly hash: string
  readonly ends: readonly ChainEnd[]
}

/** A head as its witness keeps it, and whether the witness's key signed it. */
export type Witnessed = { readonly head: Head; readonly isSigned: boolean }
