import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../', import.meta.url))
const report = z.object({
  summary: z.object({
    totalCruised: z.int(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

const cruise = (cwd: string, folders: readonly string[]) => {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const words = [program, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...folders]
  const { stdout } = spawnSync(process.execPath, words, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  return report.parse(JSON.parse(stdout)).summary
}

const planted: string[] = []
afterEach(() => {
  for (const folder of planted.splice(0)) rmSync(folder, { recursive: true })
})

/** A tree of its own with the same rooms, holding these files and nothing else. */
const plant = (files: Readonly<Record<string, string>>) => {
  const folder = mkdtempSync(join(tmpdir(), 'concord-boundaries-'))
  planted.push(folder)
  for (const [file, text] of Object.entries({ 'tsconfig.json': '{}', ...files })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

describe('the boundaries between the rooms', () => {
  // evidence: ASVS 6.3.2
  test('are kept, and every room was looked at', { timeout: 60_000 }, () => {
    const { totalCruised, violations } = cruise(root, [
      'packages',
      'functions',
      'web',
      'infra',
      'local',
      'test',
      'bench',
    ])
    expect(violations).toEqual([])
    expect(totalCruised).toBeGreaterThan(200)
  })

  test.each([
    ['domain-is-pure', { 'packages/domain/src/a.ts': "import 'zod'\n" }],
    ['one-file-knows-temporal', { 'packages/store/src/a.ts': "import 'temporal-polyfill'\n" }],
    [
      'application-knows-only-domain',
      { 'packages/application/src/a.ts': "import '../../store/src/b.ts'\n", 'packages/store/src/b.ts': 'export {}\n' },
    ],
    ['only-the-store-touches-dynamodb', { 'functions/api/a.ts': "import '@aws-sdk/client-dynamodb'\n" }],
    [
      'infra-sees-shapes-not-code',
      { 'infra/a.ts': "import '../packages/store/src/b.ts'\n", 'packages/store/src/b.ts': 'export {}\n' },
    ],
    ['pages-know-contracts-alone', { 'web/a.ts': "import '../functions/b.ts'\n", 'functions/b.ts': 'export {}\n' }],
    [
      'tests-stay-in-tests',
      { 'functions/a.ts': "import '../packages/testkit/src/b.ts'\n", 'packages/testkit/src/b.ts': 'export {}\n' },
    ],
    [
      'nothing-deployed-knows-this-machine',
      { 'functions/a.ts': "import '../local/b.ts'\n", 'local/b.ts': 'export {}\n' },
    ],
    ['no-cycles', { 'infra/a.ts': "import './b.ts'\n", 'infra/b.ts': "import './a.ts'\n" }],
  ])('%s catches a planted violation', { timeout: 30_000 }, (name, files) => {
    const { violations } = cruise(plant(files), [
      ...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? '')),
    ])
    expect(violations.map(({ rule }) => rule.name)).toContain(name)
  })
})
