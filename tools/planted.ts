import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** Plants bugs of authorisation one at a time in a copy of the tree and asks whether the tests notice: all in full, two by the seed otherwise. */
const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'test/isolation/planted')
const { CONCORD_FULL: isFull, ...quickly } = process.env
const { CONCORD_SEED: seed = '1' } = quickly
const all = readdirSync(folder).filter((file) => file.endsWith('.patch'))
const picked = [0, 1].map((n) => (Number(seed) * 7 + n * Math.floor(all.length / 2)) % all.length)
const chosen = isFull ? all : all.filter((_, index) => picked.includes(index))

const git = (words: readonly string[], cwd = root) => spawnSync('git', words, { cwd, encoding: 'utf8' })
const files = git(['ls-files', '-co', '--exclude-standard']).stdout.split('\n').filter(Boolean)
const copy = mkdtempSync(join(tmpdir(), 'concord-planted-'))
const failed = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
      message: z.string(),
    }),
  ),
})

/** The test that noticed, or nothing: of all of them, or of those in a room. */
const noticed = (room?: string): string | undefined => {
  const report = join(copy, 'report.json')
  const words = [
    'run',
    '--config',
    'test/isolation/planted/vitest.config.ts',
    '--reporter=json',
    `--outputFile=${report}`,
    ...(room ? [room, '--passWithNoTests'] : []),
  ]
  // In full as well the tests are those that anybody runs: it is all the bugs that are planted then.
  const how = { cwd: copy, env: quickly, encoding: 'utf8' } as const
  const { status } = spawnSync(join(root, 'node_modules/.bin/vitest'), words, how)
  if (status === 0) return undefined
  const { testResults } = failed.parse(JSON.parse(readFileSync(report, 'utf8')))
  const named = testResults.flatMap(({ assertionResults, message }) => [
    ...assertionResults.filter((one) => one.status === 'failed').map(({ fullName }) => fullName),
    ...(message === '' ? [] : [message.split('\n')[0] ?? '']),
  ])
  return named[0] ?? 'a test that could not be run'
}

/** The room of the first file that a bug is planted in: most bugs are noticed by the tests beside it, which take seconds. */
const roomOf = (patch: string) => /^\+\+\+ b\/((?:packages\/)?[^/]+\/)/m.exec(readFileSync(patch, 'utf8'))?.[1]

let missed = 0
try {
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction')
  // In the quick form the same tests have just run without any.
  const before = isFull ? noticed() : undefined
  if (before !== undefined) throw new Error(`Without any bug planted a test fails: ${before}`)
  for (const name of chosen) {
    const patch = join(folder, name)
    const planted = git(['apply', patch], copy)
    if (planted.status !== 0) throw new Error(`${name} no longer fits: make it anew.\n${planted.stderr}`)
    const by = noticed(roomOf(patch)) ?? noticed()
    git(['apply', '-R', patch], copy)
    if (by === undefined) missed += 1
    console.log(`${by === undefined ? 'MISSED ' : 'noticed'}  ${name.replace('.patch', '')}${by ? `: ${by}` : ''}`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
const said = `${chosen.length} of ${all.length} planted, ${chosen.length - missed} noticed`
console.log(said)
const [toLeave] = process.argv.slice(2)
if (toLeave) writeFileSync(toLeave, JSON.stringify({ said }))
process.exit(missed === 0 ? 0 : 1)
