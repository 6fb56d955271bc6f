import type { Caller } from './caller.ts'
import type { Deps } from './deps.ts'
import { putOnRecord } from './on-record.ts'
import { officeOf } from './scope.ts'

/**
 * The refusals of those who reach for what is not theirs, or no longer is. What is only not possible now, or does not read, is no
 * matter of access and leaves no trace. Foreign and unknown are one: which of them it was is not known here either.
 */
const reaching: ReadonlySet<string> = new Set([
  'not-standing',
  'not-found',
  'not-yours',
  'entry-not-yours',
  'glass-not-yours',
  'role-not-yours',
  'own-role',
  'own-glass',
  'own-approval',
  'not-named',
  'not-a-guardian',
  'not-offered',
  'not-engaged',
  'no-worklist',
  'no-figures',
])

/** A use case whose refusals of that kind go on record at the caller's own office, before they are answered. */
export const withRefusalsOnRecord =
  (deps: Pick<Deps, 'audit' | 'clock' | 'ids'>) =>
  <Asked extends readonly unknown[], Outcome extends { readonly kind: string }>(
    name: string,
    useCase: (...asked: readonly [...Asked, Caller]) => Promise<Outcome>,
  ) =>
  async (...asked: readonly [...Asked, Caller]): Promise<Outcome> => {
    const outcome = await useCase(...asked)
    const caller = asked.at(-1) as Caller // The last of them by its type, which `at` cannot say.
    if (reaching.has(outcome.kind) && (await (caller.known ?? true)))
      await refusalOnRecord(deps, caller, `${name} ${outcome.kind}`)
    return outcome
  }

/** Puts on record that somebody was refused, and what: by name, never by what they sent. */
export const refusalOnRecord = (deps: Pick<Deps, 'audit' | 'clock' | 'ids'>, caller: Caller, what: string) =>
  putOnRecord(deps, caller, { about: `${officeOf(caller.membership)}/office`, did: `refused ${what}` })
