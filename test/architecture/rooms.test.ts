import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const readme = readFileSync(`${root}README.md`, 'utf8')
const tracked = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).stdout.trim().split('\n')
const table = [...(/## The rooms\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '').matchAll(/^\| `([^`]+)` \|/gm)]
const named = table.map(([, room]) => room ?? '')

/** A folder of packages, or one at the top that is not a tool's own. */
const roomOf = (file: string) => {
  const [first = '', second = '', ...rest] = file.split('/')
  if (second === '' || first.startsWith('.') || first === 'tools') return []
  return first === 'packages' && rest.length > 0 ? [`packages/${second}`] : [first]
}

describe('the README', () => {
  test('names the rooms that there are, and no others', () => {
    expect(named.toSorted()).toEqual([...new Set(tracked.flatMap(roomOf))].toSorted())
  })

  test('leads to files that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, to]) => to ?? '')
    expect(links.length).toBeGreaterThan(4)
    expect(links.filter((to) => !existsSync(`${root}${to}`))).toEqual([])
  })

  test('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> }
    const commands = [...readme.matchAll(/`npm (?:run (?:-s )?)?([a-z:]+)/g)].map(([, name]) => name ?? '')
    expect([...new Set(commands)].filter((name) => !(name in scripts))).toEqual([])
  })
})
