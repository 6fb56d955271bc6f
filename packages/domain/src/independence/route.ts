import type { Exhaustion } from './pair.ts'
import type { Assessment } from './verdict.ts'

/** The route for when only conflicted experts are left: open, closed, or not in question. */
export type Route = 'open' | 'closed' | 'none'

/**
 * Whether the route stands open for a barred candidate (C44): nobody unconflicted is left anywhere, two named people signed
 * (the network's clinical lead and the requesting medical director), a second or an overseas opinion is arranged, and the
 * ethics note is written. Never past the rules that no approval can mend, and never past what is not known.
 */
export const routeFor = (
  { findings, verdict }: Pick<Assessment, 'findings' | 'verdict'>,
  exhaustion: Exhaustion | null,
  never: readonly string[],
): Route => {
  if (exhaustion === null || (verdict !== 'barred' && verdict !== 'undetermined')) return 'none'
  const blocking = findings.filter(({ severity }) => severity === 'BAR' || severity === 'UNKNOWN')
  const isMendable = blocking.every(({ rule, severity }) => severity === 'BAR' && !never.includes(rule))
  const isArranged = exhaustion.hasSecondOpinion === true || exhaustion.hasOverseasOpinion === true
  const isProved = exhaustion.result === 'none-other' && exhaustion.on !== null
  return isMendable && isProved && isArranged && exhaustion.hasEthicsNote === true && isSigned(exhaustion)
    ? 'open'
    : 'closed'
}

/** Signed by both roles, and by two people: of whom nobody knows who they are, that cannot be said. */
const isSigned = ({ approvedBy }: Exhaustion) => {
  const by = (part: string) =>
    (approvedBy ?? []).flatMap(({ name, role }) => (name !== null && role?.includes(part) ? [name] : []))
  return by('clinical-lead').some((lead) => by('medical-director').some((director) => lead !== director))
}
