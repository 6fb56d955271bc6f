import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { exampleStage } from './stage.ts'

const folder = mkdtempSync(join(tmpdir(), 'concord-synth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// Whoever opens a connection or asks for a name ends the synthesis.
const offline = `data:text/javascript,${encodeURIComponent(`
import net from 'node:net'
import dns from 'node:dns'
const refuse = () => { throw new Error('a call to the network') }
net.Socket.prototype.connect = refuse
dns.lookup = refuse`)}`

const synth = (...words: string[]) => {
  const script = join(import.meta.dirname, 'synth.ts')
  const start = ['--disable-warning=ExperimentalWarning', '--import', offline, script, ...words]
  const env = { PATH: process.env['PATH'], HOME: folder, CDK_OUTDIR: join(folder, 'cdk.out') }
  return spawnSync(process.execPath, start, { encoding: 'utf8', cwd: join(import.meta.dirname, '..'), env })
}
const settingsFile = (content: string) => {
  const file = join(folder, 'settings.json')
  writeFileSync(file, content)
  return file
}

describe('npm run synth', () => {
  test('makes both stacks and the bundles of the functions without a network or an account', {
    timeout: 240_000,
  }, () => {
    const { status, stdout, stderr } = synth(settingsFile(JSON.stringify(exampleStage('trial'))))
    expect({ status, stderr: stderr.replace(/^Bundling asset .*\n/gm, '') }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Synthesised concord-trial-data and concord-trial-service into')
    const made = readdirSync(join(folder, 'cdk.out'))
    expect(made.filter((file) => file.endsWith('.template.json'))).toEqual([
      'Data.template.json',
      'Service.template.json',
    ])
    expect(made.filter((file) => file.startsWith('asset.'))).toHaveLength(4)
  })

  // evidence: ASVS 13.4.1
  test('puts into the bundles the code and the look, and nothing of version control or of this machine', () => {
    const out = join(folder, 'cdk.out')
    const files = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => relative(out, join(one.parentPath, one.name)).replaceAll('\\', '/'))
      .filter((file) => file.startsWith('asset.'))
    expect(files.length).toBeGreaterThan(4)
    const wanted =
      /^asset\.\w+\/(index\.mjs(\.map)?|assets\/[\w-]+(\.min)?\.css|assets\/images\/[\w./-]+\.(svg|png|ico|webmanifest|json))$/
    expect(files.filter((file) => !wanted.test(file) || /\/\./.test(file))).toEqual([])
  })

  test.each([
    {
      wrong: 'settings that are not complete',
      content: '{"name":"trial"}',
      says: "The stage's settings are not complete: account",
    },
    { wrong: 'settings that are not JSON', content: 'name = trial', says: "The stage's settings cannot be read" },
  ])('stops with one sentence at $wrong', { timeout: 60_000 }, ({ content, says }) => {
    const { status, stderr } = synth(settingsFile(content))
    expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 1, lines: 1 })
    expect(stderr).toContain(says)
  })
})
