import { readFileSync } from 'node:fs'
import { applyBody, draftBody } from '@concord/contracts/bodies'
import { caseDeclaration, openingAnswers } from '@concord/contracts/domain/facts'
import { opinion } from '@concord/contracts/domain/texts'
import { apiOf } from '@concord/testkit/call-api'
import { aWorld } from '@concord/testkit/world'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, test, vi } from 'vitest'
import { openApiDocument } from '../../functions/api/document.ts'
import examples from '../../functions/api/examples.json' with { type: 'json' }

vi.setConfig({ testTimeout: 30_000 })
const written = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')

// evidence: ASVS 2.1.1
test('docs/openapi.json is what the API says of itself: `npm run openapi` writes it', async () => {
  const send = apiOf(await aWorld())
  const served = await send('nobody', 'GET', '/v1/openapi.json')
  expect(served.status).toBe(200)
  expect(JSON.parse(written)).toEqual(await served.json())
  expect(written).toBe(`${JSON.stringify(openApiDocument(), null, 2)}\n`)
})

test('the document holds to OpenAPI 3.1, its examples to their schemas', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'no-invalid-schema-examples': 'error',
      'no-invalid-media-type-examples': 'error',
      'no-unused-components': 'error',
    },
  })
  const found = await lintFromString({ source: written, config })
  expect(found.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} at ${at?.pointer}`)).toEqual([])
})

test('the examples are calls that would be read', () => {
  draftBody.parse(examples.Draft)
  applyBody.parse({ entry: examples.Application })
  caseDeclaration.parse(examples.CaseDeclaration)
  openingAnswers.parse(examples.OpeningAnswers)
  opinion.parse(examples.Opinion)
})
