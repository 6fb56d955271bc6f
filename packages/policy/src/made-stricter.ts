import type { Policy } from './current-policy.ts'
import { tighten } from './stricter.ts'

type Stricter = { readonly place: string; readonly version: string; readonly changes: unknown }

/**
 * A policy with what a network made stricter, and then a trust of it. Each was proved when it was saved; one that no longer
 * holds under the rules of this release stops the assessment, since weighing by laxer rules would be worse.
 */
export const madeStricter = (policy: Policy, stricter: readonly Stricter[]): Policy => {
  let [rules, made] = [policy.rules, policy.version]
  for (const { place, version, changes } of stricter.toSorted((a, b) => a.place.length - b.place.length)) {
    const laid = tighten(rules, changes)
    if (laid.kind === 'refused') {
      const errors = laid.errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
      throw new Error(`The stricter rules of ${place} no longer hold: ${errors}`)
    }
    rules = laid.rules
    made = `${made}+${place}@${version}`
  }
  return { ...policy, rules, version: made }
}
