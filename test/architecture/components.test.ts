import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const named = z.record(z.string(), z.string())
const { dependencies, devDependencies } = z
  .looseObject({ dependencies: named, devDependencies: named })
  .parse(JSON.parse(read('package.json')))
const page = read('docs/components.md')

describe('parts from elsewhere', () => {
  // evidence: ASVS 15.1.1
  test('have a time written down within which they are replaced, the graver the sooner, and sooner where they are deployed', () => {
    const rows = [...page.matchAll(/^\| .* \| (\d+) days \| (\d+) days \|$/gm)].map(([, deployed, other]) => ({
      deployed: Number(deployed),
      other: Number(other),
    }))
    expect(rows.length).toBe(6)
    for (const { deployed, other } of rows) expect(deployed).toBeLessThanOrEqual(other)
    const times = rows.map(({ deployed }) => deployed)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })

  // evidence: ASVS 15.1.1
  test('are listed where they are deployed, each with what it is for', () => {
    const listed = [...page.matchAll(/^\| `([^`]+)` \| .+ \| (?:yes|no) \|$/gm)].map(([, name]) => name)
    expect(listed).toEqual(Object.keys(dependencies))
  })

  test('are pinned to one version, and all that they bring along by its hash', () => {
    const versions = Object.values({ ...dependencies, ...devDependencies })
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    const locked = z.looseObject({ packages: z.record(z.string(), z.looseObject({})) })
    const all = Object.entries(locked.parse(JSON.parse(read('package-lock.json'))).packages)
    const fetched = all.filter(([name, { link, inBundle }]) => name.includes('node_modules/') && !link && !inBundle)
    expect(fetched.length).toBeGreaterThan(100)
    expect(fetched.filter(([, { integrity }]) => !/^sha512-/.test(String(integrity))).map(([name]) => name)).toEqual([])
  })
})
