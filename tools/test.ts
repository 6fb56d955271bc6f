import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

type Suite = {
  readonly name: string
  readonly words: readonly string[]
  /** What it leaves in a report: how many of its tests passed, or what it found of the tests themselves. */
  readonly leaves?: 'tests' | 'finding'
}

const bin = (name: string) => join('node_modules', '.bin', name)
const vitest = (project: string, ...more: readonly string[]): Suite => ({
  name: project,
  words: [bin('vitest'), 'run', '--project', project, ...more],
  leaves: 'tests',
})

const rooms = ['packages', 'functions', 'web', 'infra', 'local', 'test', 'bench', 'tools']

/** Every check there is, the cheap ones first. Each is one command that can be run by itself. */
const suites: readonly Suite[] = [
  { name: 'format and lint', words: [bin('biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', words: [bin('tsc')] },
  { name: 'lint of types', words: [bin('eslint'), ...rooms] },
  { name: 'unused code', words: [bin('knip')] },
  vitest('unit'),
  // Some long files: side by side on as many cores as there are.
  vitest('isolation', '--maxWorkers=100%'),
  vitest('db'),
  vitest('journeys'),
  { name: 'planted', words: [process.execPath, join('tools', 'planted.ts')], leaves: 'finding' },
  { name: 'mutation', words: [process.execPath, join('tools', 'mutation.ts')], leaves: 'finding' },
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
type Totals = z.infer<typeof totals>
/** What tests counted beside: how many calls they made, how many were refused by what. */
const counted = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({ meta: z.object({ counted: z.record(z.string(), z.int()).optional() }).optional() }),
      ),
    }),
  ),
})
const finding = z.object({ said: z.string() })

const run = ({ name, words: [program = '', ...words], leaves }: Suite) => {
  const began = performance.now()
  const report = join(reports, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const more = leaves === 'tests' ? reporters : leaves === 'finding' ? [report] : []
  const env = { ...process.env, CONCORD_SEED: String(seed), ...(isFull && { CONCORD_FULL: 'yes' }) }
  console.log(`\n── ${name}`)
  const { status } = spawnSync(program, [...words, ...more], {
    stdio: 'inherit',
    env,
    shell: process.platform === 'win32',
  })
  const seconds = (performance.now() - began) / 1000
  return { name, seconds, ...outcome(status === 0, report, leaves) }
}

type Outcome = { readonly isGood: boolean; readonly said: string; readonly tests: Totals }

const none: Totals = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 }

/** A suite that judges the tests themselves counts as one of them, and one that left no report has failed. */
const outcome = (isGood: boolean, report: string, leaves: Suite['leaves']): Outcome => {
  if (!leaves) return { isGood, said: '', tests: none }
  try {
    const left: unknown = JSON.parse(readFileSync(report, 'utf8'))
    if (leaves === 'finding')
      return {
        isGood,
        said: `, ${finding.parse(left).said}`,
        tests: { ...none, [isGood ? 'numPassedTests' : 'numFailedTests']: 1 },
      }
    const tests = totals.parse(left)
    const sums = sumsOf(counted.parse(left)).map(([name, count]) => `, ${count} ${name}`)
    return { isGood, said: `, ${tests.numPassedTests} tests${sums.join('')}`, tests }
  } catch {
    return { isGood: false, said: ', no report', tests: { ...none, numFailedTests: 1 } }
  }
}

const sumsOf = ({ testResults }: z.infer<typeof counted>) => {
  const sums = new Map<string, number>()
  for (const { meta } of testResults.flatMap(({ assertionResults }) => assertionResults))
    for (const [name, count] of Object.entries(meta?.counted ?? {})) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums]
}

console.log(`Seed of this commit: ${seed}${isFull ? ', in full' : ''}`)
const results = chosen.map(run)
console.log('\n   seconds  suite')
for (const { name, seconds, isGood, said } of results)
  console.log(`${seconds.toFixed(1).padStart(10)}  ${name}${said}${isGood ? '' : '  FAILED'}`)
const sum = (count: keyof Totals) => results.reduce((all, { tests }) => all + tests[count], 0)
console.log(`\n${sum('numPassedTests')} passed, ${sum('numFailedTests')} failed, ${sum('numPendingTests')} skipped`)
process.exit(results.every(({ isGood }) => isGood) ? 0 : 1)
