/** How often something may be done: so many times at once, and again one each so many milliseconds. */
export type Allowance = { readonly burst: number; readonly eachMs: number }

/** Looks into a bucket, which is one number: when it will be full again. Says until when once one more is taken out, or for how long there is none. */
export const takeOne = (
  { burst, eachMs }: Allowance,
  { fullAt, now }: { readonly fullAt: number; readonly now: number },
): { readonly kind: 'taken'; readonly fullAt: number } | { readonly kind: 'empty'; readonly waitMs: number } => {
  const next = Math.max(fullAt, now) + eachMs
  const waitMs = next - now - burst * eachMs
  return waitMs > 0 ? { kind: 'empty', waitMs } : { kind: 'taken', fullAt: next }
}

export type Buckets = {
  /** How long a holder has to wait for one more; nothing is taken. */
  readonly waitMs: (holder: string, now: number) => number
  readonly take: (holder: string, now: number) => void
}

/**
 * A bucket for each holder, of whom the latest so many are remembered. Whoever is forgotten finds theirs full: one holder's calls
 * never take anything from another.
 */
export const buckets = (allowance: Allowance, most: number): Buckets => {
  const held = new Map<string, number>()
  const look = (holder: string, now: number) => takeOne(allowance, { fullAt: held.get(holder) ?? 0, now })
  return {
    waitMs: (holder, now) => {
      const found = look(holder, now)
      return found.kind === 'empty' ? found.waitMs : 0
    },
    take: (holder, now) => {
      const found = look(holder, now)
      if (found.kind === 'empty') return
      // Put in again, so that the first of the map is whoever was not seen for longest.
      held.delete(holder)
      held.set(holder, found.fullAt)
      const [longestAgo] = held.size > most ? held.keys() : []
      if (longestAgo !== undefined) held.delete(longestAgo)
    },
  }
}
