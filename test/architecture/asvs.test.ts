import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { asvsPage, countOf, faults } from '../../tools/asvs-page.ts'
import { evidenceIn } from '../../tools/evidence-tags.ts'

describe('the evidence towards the ASVS', () => {
  test('says something of every requirement, and rests on tests and files that there are', () => {
    expect(faults()).toEqual([])
  })

  test('is what docs/asvs.md says: `npm run asvs` writes it', () => {
    expect(readFileSync(new URL('../../docs/asvs.md', import.meta.url), 'utf8')).toBe(asvsPage())
  })

  test('is that all thirteen of authorisation and seventy of level 1 are listed', () => {
    const all = (['test', 'config', 'not-applicable', 'falls-short'] as const).map(countOf)
    expect(all.reduce((sum, one) => sum + one, 0)).toBe(79)
  })
})

describe('a tag', () => {
  const tag = '// evidence: ASVS 8.2.2, 8.4.1'
  const found = (text: string) => evidenceIn('some.test.ts', text)

  test.each([
    { above: 'a test', code: `${tag}\ntest('holds', () => {})`, title: 'holds' },
    { above: 'many tests', code: `${tag}\ntest.each([1, 2])('holds for %s', () => {})`, title: 'holds for %s' },
    {
      above: 'a test of a group',
      code: `describe('a wall', () => {\n  ${tag}\n  test('holds', () => {})\n})`,
      title: 'a wall › holds',
    },
    { above: 'a group', code: `${tag}\ndescribe('a wall', () => {\n  test('holds', () => {})\n})`, title: 'a wall' },
  ])('above $above counts', ({ code, title }) => {
    expect(found(code)).toEqual({
      evidence: [{ file: 'some.test.ts', title, ids: ['8.2.2', '8.4.1'] }],
      stray: [],
    })
  })

  test.each([
    { what: 'with a line between', code: `${tag}\n\ntest('holds', () => {})` },
    { what: 'above nothing', code: tag },
    { what: 'above no test', code: `${tag}\nconst test = 1` },
    { what: 'above a test that is skipped', code: `${tag}\ntest.skip('holds', () => {})` },
    { what: 'above a test that waits', code: `${tag}\ntest.todo('holds')` },
    {
      what: 'in a group that is skipped',
      code: `describe.skip('a wall', () => {\n  ${tag}\n  test('holds', () => {})\n})`,
    },
    { what: 'written otherwise', code: `// evidence: ASVS V8.2.2\ntest('holds', () => {})` },
  ])('$what counts for nothing and is told', ({ code }) => {
    const { evidence, stray } = found(code)
    expect([evidence, stray.length]).toEqual([[], 1])
  })
})
