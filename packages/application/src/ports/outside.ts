import type { AuditEntry } from '@concord/domain/audit/entry'
import type { Work } from '@concord/domain/evidence/work'
import type { Instant } from '@concord/domain/time'

export type Clock = { readonly now: () => Instant }
/** `secret` is a word that nobody can guess. */
export type Ids = { readonly uuid: () => string; readonly secret: () => string }
/** A short fingerprint of a text, for comparing and for naming documents. */
export type Digest = (text: string) => string
/** A hash that nobody makes or checks who has not the key: it tells nothing of the text. */
export type Mac = (key: string, text: string) => string

/** Keeps the key of keys: gives out data keys, wrapped for one context, and opens them for that context alone. */
export type Vault = {
  readonly newKey: (context: string) => Promise<{ readonly key: Uint8Array; readonly wrapped: Uint8Array }>
  readonly open: (wrapped: Uint8Array, context: string) => Promise<Uint8Array>
  readonly seal: (key: Uint8Array, text: string, bound: string) => Uint8Array
  readonly unseal: (key: Uint8Array, body: Uint8Array, bound: string) => string
  /** A hash that nobody makes without a key that never leaves: the same text has the same, and it tells nothing of the text. */
  readonly keyedHash: (text: string) => Promise<string>
}

/** Wraps a data key anew by the newest version of the key of keys, for the same context. */
export type Rewrap = (wrapped: Uint8Array, context: string) => Promise<Uint8Array>

/** A message that says who must act next and where, and nothing else. */
export type Notice = {
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly reference: string
}
export type Notifier = { readonly send: (notice: Notice) => Promise<void> }

declare const recorded: unique symbol
/** That an entry is stored. A sealed text is handed out for one of these and for nothing else, so none is read without a trace. */
export type OnRecord = { readonly [recorded]: true }

export type AuditLog = { readonly put: (entry: AuditEntry) => Promise<void> }

/** Reads the publications that somebody brought; refused with the line or place that does not read, and what to do. */
export type ReadBibliography = (
  text: string,
) =>
  | { readonly kind: 'works'; readonly works: readonly Work[] }
  | { readonly kind: 'unreadable-works'; readonly because: string }
