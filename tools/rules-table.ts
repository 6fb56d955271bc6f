import type { RuleRow } from '@concord/domain/independence/rule'
import { policyVersion } from '@concord/policy/current-policy'
import { neverMended, rules } from '@concord/policy/rules'

/** The rules as people read them; a test holds the file to the data. */
export const rulesTable = () => `# The rules of independence

Version \`${policyVersion}\`, from \`packages/policy/src/rules.ts\` by \`npm run rules\`. A rule that is settled at several stages has a row for each. Sources are
the keys of the domain notes; **[I]** is a reading or default of ours and **[R]** recalled and unchecked: neither is any body's requirement. A look-back of
n months includes the day exactly n months before. A network, and a trust for its own requests, may make a rule stricter and never laxer
(\`npm run concord -- stricter\`). No approval mends ${neverMended.join(', ')}. C44, the route when nobody fits, is a way and not a rule; there is no C41.

| Rule | Weighs | Settled by | Looks back | Sentence for the clinician | Sentence for the family | Source |
|---|---|---|---|---|---|---|
${rules.map(rowOf).join('\n')}
`

const rowOf = ({ id, severity, settledBy, lookBackMonths, downgrade, sentence, familySentence, source }: RuleRow) => {
  const lighter = downgrade
    ? `; ${downgrade.severity} at ${downgrade.urgencies.join(', ')} by the ${downgrade.by.replace('-', ' ')}`
    : ''
  const months = lookBackMonths === null ? 'today' : `${lookBackMonths} months`
  const filled = (text: string) => text.replaceAll('{months}', String(lookBackMonths)).replaceAll('{fact}', '…')
  return `| ${[id, severity + lighter, settledBy, months, filled(sentence), filled(familySentence), source].join(' | ')} |`
}
