import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

type Suite = { readonly name: string; readonly words: readonly string[]; readonly counts?: boolean }

const bin = (name: string) => join('node_modules', '.bin', name)
const vitest = (project: string): Suite => ({
  name: project,
  words: [bin('vitest'), 'run', '--project', project],
  counts: true,
})

const rooms = ['packages', 'functions', 'web', 'infra', 'local', 'test', 'bench', 'tools']

/** Every check there is, the cheap ones first. Each is one command that can be run by itself. */
const suites: readonly Suite[] = [
  { name: 'format and lint', words: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', words: [bin('tsc')] },
  { name: 'lint of types', words: [bin('eslint'), ...rooms] },
  { name: 'unused code', words: [bin('knip')] },
  vitest('unit'),
  vitest('db'),
  vitest('journeys'),
]

const commit = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
const seed = Number.parseInt(commit.slice(0, 7) || '1', 16)
const isFull = process.argv.includes('--full')
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const chosen = suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
if (chosen.length === 0) {
  console.error(`There is no suite ${wanted.join(' ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`)
  process.exit(1)
}

const reports = mkdtempSync(join(tmpdir(), 'concord-test-'))
const totals = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numPendingTests: z.int() })

const run = ({ name, words: [program = '', ...words], counts }: Suite) => {
  const began = performance.now()
  const report = join(reports, `${name}.json`)
  const reporters = counts ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  const env = { ...process.env, CONCORD_SEED: String(seed), ...(isFull && { CONCORD_FULL: 'yes' }) }
  console.log(`\n── ${name}`)
  const { status } = spawnSync(program, [...words, ...reporters], {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  })
  const seconds = (performance.now() - began) / 1000
  const tests = counts ? read(report) : undefined
  return { name, seconds, isGood: status === 0, tests }
}

const read = (report: string) => {
  try {
    return totals.parse(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0 }
  }
}

console.log(`Seed of this commit: ${seed}${isFull ? ', in full' : ''}`)
const results = chosen.map(run)
console.log('\n   seconds  suite')
for (const { name, seconds, isGood, tests } of results)
  console.log(
    `${seconds.toFixed(1).padStart(10)}  ${name}${tests ? `, ${tests.numPassedTests} tests` : ''}${isGood ? '' : '  FAILED'}`,
  )
const sum = (count: keyof z.infer<typeof totals>) => results.reduce((all, { tests }) => all + (tests?.[count] ?? 0), 0)
console.log(`\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`)
process.exit(results.every(({ isGood }) => isGood) ? 0 : 1)
