import type { Demands } from '@concord/contracts/demands'
import type { Subject } from '@concord/domain/ids'
import type { Instant } from '@concord/domain/time'
import { type Allowance, buckets } from './buckets.ts'

/** A call, as far as it counts. */
export type Counted = Pick<Demands, 'isCostly'> & {
  /** Whether its address has an id in it, which could be a guess. */
  readonly namesId: boolean
}
export type Limits = {
  /** Counts a call of somebody who was verified, and says in how many seconds to come again when it is one too many: 0 is now. */
  readonly count: (subject: Subject, call: Counted) => number
  /** Whether a call would be one too many, without counting it. */
  readonly isOver: (subject: Subject, call: Counted) => boolean
  /** Notes that what a call named is not there for its caller. */
  readonly missed: (subject: Subject) => void
}
export type Allowances = Readonly<Record<'calls' | 'costly' | 'misses', Allowance>>

/** Plenty for a person, and for a program that asks when it has reason to. */
export const usualAllowances: Allowances = {
  calls: { burst: 120, eachMs: 500 },
  costly: { burst: 40, eachMs: 3_000 },
  misses: { burst: 20, eachMs: 10_000 },
}
/** How many people an instance remembers: their names and one number for each bucket. */
const MOST_REMEMBERED = 10_000

/**
 * How often one subject may call this instance. The subject of a verified token or session alone is what counts, never an address, a
 * place or a name that somebody only says is theirs: so nobody can use up what is another's.
 */
export const limitsOf = (clock: { readonly now: () => Instant }, allowances: Allowances = usualAllowances): Limits => {
  const bucketsOf = (name: keyof Allowances) => buckets(allowances[name], MOST_REMEMBERED)
  const [calls, costly, misses] = [bucketsOf('calls'), bucketsOf('costly'), bucketsOf('misses')]
  const now = () => Date.parse(clock.now())
  const waitMs = (subject: Subject, { isCostly, namesId }: Counted) => {
    const at = now()
    // Whoever guesses ids finds nothing more under an id for a while, there or not; the rest of their work goes on.
    const asked = [calls, ...(isCostly ? [costly] : []), ...(namesId ? [misses] : [])]
    return Math.max(...asked.map((one) => one.waitMs(subject, at)))
  }
  return {
    count: (subject, call) => {
      const wait = waitMs(subject, call)
      if (wait > 0) return Math.ceil(wait / 1000)
      calls.take(subject, now())
      if (call.isCostly) costly.take(subject, now())
      return 0
    },
    isOver: (subject, call) => waitMs(subject, call) > 0,
    missed: (subject) => misses.take(subject, now()),
  }
}
