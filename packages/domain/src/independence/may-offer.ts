import { isNonEmpty } from '../result.ts'
import type { CandidateFacts } from './facts.ts'
import type { Assessment, BlockingFindings } from './verdict.ts'

/** Whether a candidate can be offered a request: independence first, then a free place, which is no verdict on them (C42). */
export type Offerability =
  | { readonly kind: 'offerable' }
  | { readonly kind: 'excluded'; readonly findings: BlockingFindings }
  | { readonly kind: 'full' }

/** Says whether the case may be offered, or by which findings the candidate is excluded. */
export const mayOffer = (
  { findings }: Pick<Assessment, 'findings'>,
  { openCases, cap }: Pick<CandidateFacts, 'openCases' | 'cap'>,
): Offerability => {
  const blocking = findings.filter(({ severity }) => severity === 'BAR' || severity === 'UNKNOWN')
  if (isNonEmpty(blocking)) return { kind: 'excluded', findings: blocking }
  // Where nothing was agreed, there is no place.
  return openCases >= (cap ?? 0) ? { kind: 'full' } : { kind: 'offerable' }
}
