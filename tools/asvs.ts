import { writeFileSync } from 'node:fs'
import { asvsPage, faults } from './asvs-page.ts'

const wrong = faults()
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
writeFileSync(new URL('../docs/asvs.md', import.meta.url), asvsPage())
console.log('docs/asvs.md is written')
