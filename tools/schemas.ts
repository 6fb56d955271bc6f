import { mkdirSync, writeFileSync } from 'node:fs'
import { schemaDocuments } from '../packages/contracts/src/exchange/schemas.ts'

// Writes the JSON Schemas of the lines the commands read and write; a test fails when the two differ.
const folder = new URL('../docs/schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, document] of Object.entries(schemaDocuments()))
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(document, null, 2)}\n`)
console.log('docs/schemas is written')
