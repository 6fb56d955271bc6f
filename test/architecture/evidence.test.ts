import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8')

/** Every test that a document of evidence names: `file` › title. */
const namedIn = (document: string) =>
  [...read(document).matchAll(/`([^`]+\.ts)` › ([^|·]+?)\s*(?=[|·])/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }))

describe.each(['docs/hazard-log.md', 'docs/threat-model.md', 'docs/dpia.md', 'docs/dtac.md'])('%s', (document) => {
  test('names tests in each of its rows', () => {
    const rows = read(document).match(/^\| [HTRD]\d\d .*$/gm) ?? []
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => !row.includes('` › '))).toEqual([])
  })

  test('names tests that there are', () => {
    const gone = namedIn(document).filter(
      ({ file, title }) => !existsSync(`${root}/${file}`) || !read(file).includes(title),
    )
    expect(gone).toEqual([])
  })
})
