import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { problemWords, type ReleaseProblem, signatureProblems } from './release/problem-words.ts'
import { problemsInTree } from './release/tree.ts'

/** What has to hold of a release beyond its tests: exact versions, licences, the registry's signatures, and a bill of materials. */
const root = resolve(import.meta.dirname, '..')
const isOffline = process.argv.includes('--offline')
const billFile = join('.concord', 'release', 'sbom.cdx.json')

const npm = (...words: readonly string[]) => {
  const options = {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  } as const
  const { status, stdout, stderr } = spawnSync('npm', words, options)
  return { isGood: status === 0, stdout, said: `${stderr}\n${stdout}` }
}

const signatures = (): readonly ReleaseProblem[] =>
  isOffline ? [] : signatureProblems(npm('audit', 'signatures', '--json').stdout)

const billShape = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.string(),
  components: z.array(z.unknown()),
})
const bill = (): { readonly problems: readonly ReleaseProblem[]; readonly parts: number } => {
  const { isGood, stdout, said } = npm(
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
  )
  if (!isGood) return { problems: [{ kind: 'no-bill-of-materials', said: said.trim().slice(0, 500) }], parts: 0 }
  const { components } = billShape.parse(JSON.parse(stdout))
  mkdirSync(join(root, '.concord', 'release'), { recursive: true })
  writeFileSync(join(root, billFile), stdout)
  return { problems: [], parts: components.length }
}

const tree = problemsInTree(root)
const made = bill()
const unsigned = signatures()
console.log(`Versions    ${tree.manifests} files of packages read`)
console.log(`Licences    ${tree.parts} parts that ship read`)
if (made.parts > 0) console.log(`Materials   ${made.parts} parts, ours among them, in ${billFile} (CycloneDX)`)
console.log(
  `Signatures  ${isOffline ? 'NOT CHECKED, as asked (--offline)' : unsigned.length === 0 ? 'hold' : 'see below'}`,
)

const problems = [...tree.problems, ...made.problems, ...unsigned]
for (const problem of problems) console.error(`\n${problem.kind}: ${problemWords(problem)}`)
console.log(
  problems.length === 0 ? '\nNothing stands in the way of a release.' : `\n${problems.length} in the way of a release.`,
)
process.exit(problems.length === 0 ? 0 : 1)
