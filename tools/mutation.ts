import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Stryker } from '@stryker-mutator/core'

/** The rooms in which every line helps to decide who may be asked: a change there that no test notices is a hole. */
const rooms = ['packages/domain/src/independence/**/*.ts', 'packages/domain/src/ranking/**/*.ts']

// The quick way to many pairs is held to the plain way pair by pair; that it judges more pairs than it must, as many a change would have it, is no fault.
const aside = /\/(assess-many|conditions\/reach)\.ts$/

const { CONCORD_FULL: isFull, CONCORD_SEED: seed = '1' } = process.env
const [report] = process.argv.slice(2)

// In percent, of all mutants; of a sample less, by as much as it strays.
const LEAST = 90
const LEAST_OF_SAMPLE = 87
const LINES_OF_SAMPLE = 240

const files = globSync(rooms)
  .filter((file) => !file.endsWith('.test.ts') && !aside.test(file))
  .toSorted()

/** Single lines in an order drawn by the commit's seed; what is changed across lines is left to the full form. */
const sampled = () => {
  const lot = (line: string) => createHash('sha256').update(`${seed} ${line}`).digest('hex')
  return files
    .flatMap((file) => linesOf(file).map((_, at) => `${file}:${at + 1}-${at + 1}`))
    .toSorted((a, b) => (lot(a) < lot(b) ? -1 : 1))
    .slice(0, LINES_OF_SAMPLE)
}
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n')

console.log(`${isFull ? 'Every line' : `${LINES_OF_SAMPLE} lines, drawn by seed ${seed},`} of ${files.length} files`)

const results = await new Stryker({
  mutate: isFull ? files : sampled(),
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  concurrency: availableParallelism(),
  // Outside the tree, so that no other check comes upon the copies.
  tempDirName: join(tmpdir(), `concord-mutants-${process.pid}`),
  ignorePatterns: [
    '**',
    '!packages/**',
    '!test/setup.ts',
    '!vitest.mutation.config.ts',
    '!tsconfig.json',
    '!package.json',
  ],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
}).runMutationTest()

const count = (...kinds: readonly string[]) => results.filter(({ status }) => kinds.includes(status)).length
const [killed, timedOut, survived] = [count('Killed'), count('Timeout'), count('Survived', 'NoCoverage')]
const all = killed + timedOut + survived
const score = all === 0 ? 0 : ((killed + timedOut) / all) * 100
const least = isFull ? LEAST : LEAST_OF_SAMPLE
const said = `${killed} mutants killed, ${timedOut} timed out, ${survived} survived: ${score.toFixed(1)} %`
console.log(`${said}, of ${least} % wanted`)
if (report) writeFileSync(report, JSON.stringify({ said }))
process.exit(score >= least ? 0 : 1)
