import { writeFileSync } from 'node:fs'
import { openApiDocument } from '../functions/api/document.ts'

// Writes what the API says of itself where it can be read and reviewed; a test fails when the two differ.
writeFileSync(new URL('../docs/openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(), null, 2)}\n`)
console.log('docs/openapi.json is written')
