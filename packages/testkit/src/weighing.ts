import type { RuleRow } from '@concord/domain/independence/rule'
import { aPair, judging, type PairOver } from './pairs.ts'

/** What one rule says of a pair at the last stage, each finding in one line: how heavily it weighs, which fact, and who said so where. */
export const weighing =
  (rule: RuleRow) =>
  (over: PairOver = {}): readonly string[] =>
    judging([rule])(aPair(over)).findings.map(
      ({ severity, evidence: { fact, whose, source } }) => `${severity}: ${fact} (${whose}, ${source})`,
    )
