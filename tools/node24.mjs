// Finds Node 24, or installs the pinned copy of tools/node24. Plain JavaScript for Node 20, since it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const copies = join(here, 'node24', 'node_modules')
const copy = join(copies, `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, 'bin')

/** The folder of a Node 24 and an environment in which it comes first. */
export const node24 = () => {
  if (Number(process.versions.node.split('.')[0]) >= 24) return { node: process.execPath, env: process.env }
  const node = join(copy, process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(node)) {
    console.error(
      `This is Node ${process.versions.node}; Concord runs on Node 24. Installing a pinned copy into tools/node24 …`,
    )
    const done = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: join(here, 'node24'),
      env: process.env,
    })
    if (done.status !== 0 || !existsSync(node)) {
      console.error('Node 24 could not be installed. Install it yourself (see .nvmrc) and run the same command again.')
      process.exit(1)
    }
  }
  return { node, env: { ...process.env, PATH: `${copy}${delimiter}${process.env.PATH ?? ''}` } }
}

/** Runs npm quietly: its words are shown only when it fails. */
export const npm = (words, options) => {
  const done = spawnSync('npm', words, { encoding: 'utf8', shell: process.platform === 'win32', ...options })
  if (done.status !== 0) console.error(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  return done
}
