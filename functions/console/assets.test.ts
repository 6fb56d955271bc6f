import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { assetsIn } from './assets.ts'

const above = mkdtempSync(join(tmpdir(), 'concord-assets-'))
afterAll(() => rmSync(above, { recursive: true }))
const folder = join(above, 'assets')
for (const [file, text] of [
  ['secret.css', 'not to be seen'],
  ['assets/look.css', 'a{}'],
  ['assets/images/crest.svg', '<svg/>'],
  ['assets/.git/config', '[core]'],
  ['assets/notes.txt', 'to do'],
] as const) {
  mkdirSync(join(above, file, '..'), { recursive: true })
  writeFileSync(join(above, file), text)
}
const assets = assetsIn(folder)

describe('the files of the look', () => {
  // evidence: ASVS 4.1.1
  test('are served by their names, each as what it is', async () => {
    const [look, crest] = [assets('look.css', undefined), assets('images/crest.svg', undefined)]
    expect([await look?.text(), await crest?.text()]).toEqual(['a{}', '<svg/>'])
    expect([look?.headers.get('content-type'), crest?.headers.get('content-type')]).toEqual([
      'text/css; charset=utf-8',
      'image/svg+xml; charset=utf-8',
    ])
  })

  // evidence: ASVS 5.3.2
  test.each([
    '../secret.css',
    'images/../../secret.css',
    '..%2fsecret.css',
    '..\\secret.css',
    './look.css',
    '/look.css',
    `${folder}/look.css`,
    'look.css\0.svg',
    '',
  ])('are none by the name “%s”, which leads elsewhere', (name) => {
    expect(assets(name, undefined)).toBeUndefined()
  })

  // evidence: ASVS 13.4.1
  test.each(['.git/config', '.git/HEAD', 'notes.txt'])('are not %s, though it lies beside them', (name) => {
    expect(assets(name, undefined)).toBeUndefined()
  })
})
