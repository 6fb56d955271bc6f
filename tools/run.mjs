// Runs one of the project's programs on Node 24, installing what is missing first: `node tools/run.mjs local/start.ts [words]`.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { node24, npm } from './node24.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { node, env } = node24()

/** npm leaves its own copy of the lockfile behind; where the two name the same packages, all is installed. */
const isInstalled = () => {
  const installed = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(installed)) return false
  const versions = (file, skip) =>
    Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages)
      .filter(([path, entry]) => path !== '' && !entry.optional && !entry.link && !skip(path))
      .map(([path, entry]) => `${path} ${entry.version}`)
  const there = new Set(versions(installed, () => false))
  return versions(join(root, 'package-lock.json'), (path) => path.startsWith('packages/')).every((one) =>
    there.has(one),
  )
}

if (!isInstalled()) {
  console.error('Installing the dependencies of package-lock.json …')
  if (npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: root, env }).status !== 0) {
    console.error('The dependencies could not be installed: see the lines above, then run the same command again.')
    process.exit(1)
  }
}

const [program, ...words] = process.argv.slice(2)
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, program), ...words], {
  stdio: 'inherit',
  env,
  cwd: root,
})
// The child hears Ctrl-C itself, being in the same group; this process only waits for it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => signal === 'SIGTERM' && child.kill('SIGTERM'))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
