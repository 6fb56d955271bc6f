import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rulesTable } from '../../tools/rules-table.ts'

test('docs/rules.md is what the rules say: `npm run rules` writes it', () => {
  expect(readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')).toBe(rulesTable())
})
