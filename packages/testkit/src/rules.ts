import type { RuleRow } from '@concord/domain/independence/rule'
import { day } from './facts.ts'

/** A row of invented policy: a post at the trust that asks is a bar from the offer on. */
export const aRule = (over: Partial<RuleRow> = {}): RuleRow => ({
  id: 'C01',
  severity: 'BAR',
  settledBy: 'offer',
  lookBackMonths: 12,
  downgrade: null,
  condition: { kind: 'post-at-trust', confirmedWithin: 12 },
  sentence: 'Because of {fact}.',
  familySentence: 'Because of something.',
  source: 'invented',
  from: day('2024-01-01'),
  to: 'ongoing',
  ...over,
})
