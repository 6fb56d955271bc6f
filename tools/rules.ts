import { writeFileSync } from 'node:fs'
import { rulesTable } from './rules-table.ts'

writeFileSync(new URL('../docs/rules.md', import.meta.url), rulesTable())
console.log('docs/rules.md is written')
