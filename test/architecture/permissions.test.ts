import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { permissionsPage } from '../../tools/permissions-page.ts'

// evidence: ASVS 8.1.1, 8.1.2, 8.1.3, 8.1.4
test('docs/permissions.md is what the tables of steps, pages, grants and limits say: `npm run permissions` writes it', () => {
  expect(readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8')).toBe(permissionsPage())
})
